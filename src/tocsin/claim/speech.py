"""Sources that the tree does not show: speakers of quotations, and phrases that name a source.

A quotation belongs to the verb of speech beside it, or, where it stands free, to the speaker of the one before it. A
phrase such as "according to" and a verb of speech put between commas speak for the clause or sentence they stand in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from tocsin.claim.classes import lookup
from tocsin.claim.embedding import verb_cue
from tocsin.claim.parties import FIRST_PERSONS
from tocsin.claim.quotations import MARK, Quotation
from tocsin.claim.sources import Cues
from tocsin.claim.subjects import can_say, subject_of
from tocsin.countries import countries
from tocsin.model import Manner
from tocsin.understand.grammar import NOMINAL, SPEAKING
from tocsin.understand.parse import Parse

INSERTED = frozenset({"parataxis", "ccomp", "conj", "advcl", "dep"})
CLAUSE_HEADS = frozenset({"ccomp", "conj", "advcl", "relcl", "ROOT"})

REACH = 12
"""Tokens before a quotation's mark in which its verb of speech is looked for."""

RELATIVE_TAGS = frozenset({"WDT", "WP", "WP$"})
HEADING = 7
"""Tokens of a speaker's name and the colon after it, at most."""

LONG = 80
"""Tokens of a clause or a source phrase beyond which nothing is looked for."""

REACH_AFTER = 28
"""The same after a quotation, where the speaker with office and age may come first."""


@dataclass(frozen=True, slots=True)
class Speech:
    """A quotation with the one who speaks. `cue` is `None` where the quotation stands free and the speaker is that of
    the one before."""

    quotation: Quotation
    source: int
    cue: tuple[int, int] | None
    manner: Manner


class Named(NamedTuple):
    """A phrase that names a source: its own token range (cue), the source's head and the clause it speaks for. An
    `inner` source ("citing ...") stands behind whoever else speaks, any other before. `reported`: somebody else says
    what stands in the clause."""

    cue: tuple[int, int]
    source: int
    clause: int
    manner: Manner
    inner: bool = False
    reported: bool = False


def named_source(parse: Parse, i: int, lex: Cues) -> Named | None:
    """The source phrase that begins at token `i`, if one does."""
    lower = parse.lower
    for rest, phrase in lex.phrases[lower[i]]:
        end = i + 1 + len(rest)
        if tuple(lower[i + 1 : end]) != rest or end >= len(parse):
            continue
        if phrase.apart and i > parse.sents[parse.sent[i]][0] and parse.word[i - 1] != ",":
            continue  # "ten, by early reports, died", not "alarmed by reports"
        source = first_noun(parse, end)
        if source < 0 or (phrase.sayers and not can_say(parse, source, lex)):
            return None
        if phrase.nouns and (parse.lemma[source] not in phrase.nouns or parse.dep[i] == "agent"):
            return None
        if any(parse.lower[k] == "as" and k > source for k in parse.children[i]):
            return None  # "reported by the press as belonging to the army", "citing the interview as a ground"
        return Named((i, end), source, clause_for(parse, i, source), phrase.manner, phrase.inner)
    return None


def inserted(parse: Parse, i: int, lex: Cues) -> Named | None:
    """A verb of speech with its subject put between commas into the clause that it vouches for, where the parser hung
    it under that clause: "The rebels, he said, have left"."""
    h = parse.head[i]
    if h == i or parse.dep[i] not in INSERTED or parse.pos[h] not in ("VERB", "AUX"):
        return None
    subject = next((k for k in parse.children[i] if parse.dep[k] == "nsubj"), -1)
    if subject < 0 or parse.lower[subject] in FIRST_PERSONS:
        return None
    first = min(parse.left[subject], i)
    last = max(parse.right[subject], i)
    if first == 0 or parse.word[first - 1] not in (",", '"', "-", "--"):
        return None
    if last + 1 < len(parse) and parse.pos[last + 1] not in ("PUNCT", "PROPN", "ADP", "NOUN"):
        return None
    return Named(verb_cue(parse, i), subject, h, lex.speech[parse.lemma[i]])


def announced(parse: Parse, first: int, last: int) -> Named | None:
    """The speaker before a colon at the head of a sentence, as headlines and transcripts have it: "Official: talks will
    resume"."""
    for i in range(first + 1, min(first + HEADING, last - 2)):
        if parse.word[i] == ":":
            break
        if parse.pos[i] in ("VERB", "AUX", "PUNCT"):
            return None
    else:
        return None
    at = parse.entity_at[i - 1]
    label = parse.entities[at].label if at >= 0 else ""
    if label not in SPEAKING and (label or not lookup().is_agent(parse, i - 1)):
        return None
    if countries().code_of(parse.words(first, i)) is not None:
        return None  # the heading of a country's news
    clause = i + 1
    for _ in range(LONG):
        if parse.head[clause] == clause or not i < parse.head[clause] < last:
            break
        clause = parse.head[clause]
    return Named((i, i + 1), i - 1, clause, "said")


def first_noun(parse: Parse, start: int) -> int:
    """The head of the noun phrase that begins at token `start`, or -1."""
    stop = min(parse.sents[parse.sent[start]][1], start + REACH)
    for k in range(start, stop):
        if parse.pos[k] not in NOMINAL:
            if parse.pos[k] in ("VERB", "AUX") and parse.dep[k] != "amod":
                return -1
            continue
        while parse.dep[k] in ("compound", "poss", "nmod", "nummod", "amod", "quantmod") and k < parse.head[k] < stop:
            k = parse.head[k]
        return k
    return -1


def clause_for(parse: Parse, i: int, source: int) -> int:
    """The head of the clause that a source phrase at token `i` speaks for: the whole sentence where the phrase opens
    or closes it, else the nearest clause above."""
    first, last = parse.sents[parse.sent[i]]
    k = i
    opening = i - first <= 1
    end = parse.right[source] + 1
    aside = parse.word[end : end + 1] == [","] and RELATIVE_TAGS.intersection(parse.tag[end : end + 5])
    after = range(end, end if aside else last)
    closing = last - i < LONG and not any(parse.tag[j] in ("VBD", "VBZ", "VBP", "MD") for j in after)
    for _ in range(LONG):
        if parse.head[k] == k:
            break
        k = parse.head[k]
        if opening or (closing and parse.lower[i - 1] == ","):
            continue
        if parse.pos[k] in ("VERB", "AUX") and parse.dep[k] in ("ccomp", "conj", "advcl", "relcl", "ROOT"):
            break
    return k


def speeches_of(parse: Parse, marks: list[Quotation], lex: Cues) -> tuple[list[Speech], list[int]]:
    """The quotations that somebody speaks, and for each token the index of the speech that holds it, or -1."""
    at = [-1] * len(parse)
    found: list[Speech] = []
    previous: Speech | None = None
    for q in marks:
        if previous is not None and goes_on(parse, q, previous):
            for k in range(q.start, q.end):
                at[k] = len(found)
            previous = Speech(q, previous.source, None, previous.manner)
            found.append(previous)
            continue
        if not q.direct:
            continue
        cue = cue_beside(parse, q, lex)
        if cue is not None:
            source = speaker(parse, cue, q)
            speech = Speech(q, source, verb_cue(parse, cue), lex.speech[parse.lemma[cue]])
        elif previous is not None and stands_free(parse, q, previous):
            speech = Speech(q, previous.source, None, previous.manner)
        else:
            earlier = cue_before(parse, q, lex)
            if earlier is None:
                continue
            speech = Speech(q, speaker(parse, earlier, q), verb_cue(parse, earlier), lex.speech[parse.lemma[earlier]])
        for k in range(q.start, q.end):
            at[k] = len(found)
        found.append(speech)
        previous = speech
    return found, at


def is_speech(parse: Parse, k: int, lex: Cues) -> bool:
    """Whether token `k` is a verb that can carry a quotation, not itself an infinitive or a passive participle."""
    return parse.lemma[k] in lex.speech and parse.pos[k] == "VERB" and parse.dep[k] not in ("amod", "compound")


def cue_beside(parse: Parse, q: Quotation, lex: Cues) -> int | None:
    """The verb of speech right after or right before a quotation, in its sentence."""
    n = len(parse)
    if q.end < n and parse.word[q.end - 2] not in (".",):
        for k in range(q.end, min(n, q.end + REACH_AFTER)):
            w = parse.word[k]
            if w == '"' or w in (".", "?", "!") or (w == ";" and k > q.end):
                break
            if is_speech(parse, k, lex):
                return k
    low = max(0, q.start - REACH)
    if q.start > 0 and (
        parse.word[q.start - 1] in (",", ":", "that", "-", "--", "–", "—") or is_speech(parse, q.start - 1, lex)
    ):
        for k in range(q.start - 1, low - 1, -1):
            if parse.word[k] in (".", '"', "?", "!"):
                break
            if is_speech(parse, k, lex):
                return k
    return None


def cue_before(parse: Parse, q: Quotation, lex: Cues) -> int | None:
    """For a quotation that stands as a sentence of its own: the last verb of speech in the sentence before."""
    s = parse.sent[q.start]
    if s == 0:
        return None
    first, last = parse.sents[s - 1]
    for k in range(first, last):
        if is_speech(parse, k, lex) and parse.dep[k] in ("ROOT", "conj", "ccomp", "advcl"):
            return k
    return None


def goes_on(parse: Parse, q: Quotation, previous: Speech) -> bool:
    """Whether a quotation is the second half of a sentence that was broken off for its cue: "No," he said, "never"."""
    before = previous.quotation.end
    cue = previous.cue
    return (
        cue is not None
        and before <= cue[0] < q.start
        and q.start - before <= REACH_AFTER
        and parse.word[q.start - 1] == ","
        and parse.word[before - 2] == ","
        and "." not in parse.word[cue[1] : q.start]
    )


def stands_free(parse: Parse, q: Quotation, previous: Speech) -> bool:
    """Whether a quotation without a cue goes on with what the speaker before said: it opens a sentence, and no more
    than one sentence lies between."""
    first = parse.sents[parse.sent[q.start]][0]
    return q.start - first <= 1 and parse.sent[q.start] - parse.sent[previous.quotation.end - 1] <= 2


def speaker(parse: Parse, cue: int, q: Quotation) -> int:
    """Who speaks: the subject of the verb of speech, or failing that the noun beside it, outside the quotation."""
    k = subject_of(parse, cue)
    if k >= 0 and not q.start <= k < q.end and parse.word[min(k, cue) : max(k, cue)].count(MARK) % 2 == 0:
        return k
    k = first_noun(parse, cue + 1) if cue + 1 < len(parse) else -1
    beside = k > cue and all(parse.pos[j] not in ("ADP", "PUNCT") for j in range(cue + 1, k))
    if beside and not q.start <= k < q.end:
        return k
    for j in range(cue - 1, max(-1, cue - REACH), -1):
        if q.start <= j < q.end or parse.word[j] in ('"', "."):
            break
        if parse.pos[j] in NOMINAL:
            while parse.dep[j] in ("compound", "poss", "appos") and not q.start <= parse.head[j] < q.end:
                j = parse.head[j]
            return j
    return -1
