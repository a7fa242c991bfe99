"""Which way a time expression looks: whether what governs it has happened or is to come."""

from __future__ import annotations

from functools import cache

from tocsin.understand import timewords
from tocsin.understand.parse import Parse

PAST, OPEN, FUTURE = -1, 0, 1

PREMODIFIES = frozenset({"compound", "nummod", "amod", "poss", "nmod", "npadvmod"})
"""Dependencies of an expression that stands before its noun ("Wednesday's ruling"): the verb says nothing of it."""

STEPS = 8
"""How many heads are climbed in search of a verb."""


@cache
def _lists() -> tuple[frozenset[str], ...]:
    data = timewords.load().data
    lists = (data.ahead, data.scheduled, data.timetable, data.modals, data.entailing)
    return tuple(frozenset(words) for words in lists)


@cache
def upcoming() -> frozenset[str]:
    """Words before a noun that tell that it is to come ("Friday's planned protest")."""
    return frozenset(timewords.load().data.upcoming)


@cache
def _nobody() -> frozenset[str]:
    return frozenset(timewords.load().data.nobody)


@cache
def _unique() -> frozenset[str]:
    return frozenset(timewords.load().data.unique)


def direction(parse: Parse, start: int, end: int) -> int:
    """`PAST`, `FUTURE` or `OPEN` for the expression of tokens `start` to `end` (exclusive)."""
    i = next((k for k in range(start, end) if not start <= parse.head[k] < end), end - 1)
    if parse.pos[parse.head[i]] in ("NOUN", "PROPN") and parse.dep[i] in PREMODIFIES and parse.head[i] >= end:
        ahead = any(parse.lower[k] in upcoming() for k in parse.children[parse.head[i]])
        return FUTURE if ahead else OPEN
    if _is_to_be(parse, start):
        return FUTURE
    for _ in range(STEPS):
        head = parse.head[i]
        if parse.lower[i] == "since":
            return PAST
        if parse.pos[i] in ("VERB", "AUX"):
            found = _of_verb(parse, i)
            if found is not None:
                return found
        if head == i:
            return OPEN
        i = head
    return OPEN


def _is_to_be(parse: Parse, start: int) -> bool:
    """Whether "to be held", "to be released" stands closely before, whatever the parser makes of it."""
    low = max(parse.sents[parse.sent[start]][0], start - 6)
    for k in range(start - 1, low, -1):
        if parse.pos[k] == "PUNCT":
            return False
        if parse.tag[k] == "VBN":
            return parse.lower[k - 1] == "be" and k > 1 and parse.lower[k - 2] == "to" and parse.lower[k - 3] != "have"
    return False


def _of_verb(parse: Parse, v: int) -> int | None:
    """The direction of the verb `v`; `None` if it is for its own governor to say."""
    ahead, scheduled, timetable, modals, entailing = _lists()
    aux = [parse.lower[k] for k in parse.children[v] if parse.dep[k] in ("aux", "auxpass")]
    tag, lemma = parse.tag[v], parse.lemma[v]
    if modals.intersection(aux):
        if {"could", "would"}.intersection(aux) and _is_denied(parse, v):
            return PAST
        return PAST if {"have", "'ve"}.intersection(aux) else FUTURE
    if "to" in aux:
        return PAST if "have" in aux else _of_infinitive(parse, v, ahead, entailing)
    if tag in ("VBN", "VBD", "JJ") and lemma in scheduled and not {"had", "was", "were"}.intersection(aux):
        return FUTURE if tag != "VBD" or not aux else PAST
    if tag == "VBN" and lemma in scheduled and {"was", "were"}.intersection(aux):
        return FUTURE
    if tag == "VBN" and {"is", "are", "'s", "'re"}.intersection(aux):
        return OPEN
    if tag in ("VBD", "VBN"):
        return PAST
    if tag == "VBG":
        if {"is", "are", "'s", "'re", "am", "'m"}.intersection(aux):
            return FUTURE
        return PAST if {"was", "were", "been"}.intersection(aux) else None
    if tag in ("VBZ", "VBP"):
        return FUTURE if lemma in timetable else OPEN
    if tag == "MD":
        return FUTURE
    return OPEN if parse.head[v] == v else None


def _is_denied(parse: Parse, v: int) -> bool:
    """Whether a verb is negated, by itself or in its subject ("neither of them could be reached")."""
    subjects = [k for k in parse.children[v] if parse.dep[k] in ("nsubj", "nsubjpass")]
    words = [*subjects, *(k for subject in subjects for k in parse.children[subject])]
    return any(parse.dep[k] == "neg" for k in parse.children[v]) or any(parse.lower[k] in _nobody() for k in words)


def _of_infinitive(parse: Parse, v: int, ahead: frozenset[str], entailing: frozenset[str]) -> int | None:
    """An infinitive looks ahead under a noun, an adjective or a verb that wants, asks or plans; a purpose, what a verb
    such as "fail" entails, and what singles out its noun ("the first to join was ..."), goes with its governor."""
    h = parse.head[v]
    if h == v or parse.lemma[h] in ahead or parse.lower[h] in ahead:
        return FUTURE
    if parse.pos[h] in ("NOUN", "ADJ", "PROPN"):
        singled_out = any(parse.lower[k] in _unique() for k in parse.children[h])
        return None if singled_out and parse.dep[v] in ("relcl", "acl") else FUTURE
    if parse.dep[v] in ("xcomp", "ccomp") and parse.lemma[h] not in entailing:
        return FUTURE
    return None
