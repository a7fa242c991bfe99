"""How a verb's own form and its governor set its status.

The form of the verb group (tense, aspect, modal, negation) gives a word's own status; the effect of the predicate that
embeds it (`sources.Effect`) then changes it. `compose` is the table of that change.

Against scales of factuality from -3 to 3 (UW, MegaVeridicality) the five statuses read so: `denied` at -1 and below;
`occurred` and `ongoing` from 2; `possible` and `planned` between, where a firm plan ("will") may be rated up to 3.
"""

from __future__ import annotations

import functools
from typing import NamedTuple

from tocsin import lexicon
from tocsin.claim.sources import Effect, Predicate
from tocsin.model import Status
from tocsin.understand.parse import Parse


class Modals(lexicon.Entry, frozen=True, kw_only=True):
    """Modal auxiliaries by what they make of the verb."""

    possible: frozenset[str]
    future: frozenset[str]
    would: frozenset[str]


class States(lexicon.Entry, frozen=True, kw_only=True):
    """Words for states: verbs (present tense), participles, nouns; and verbs for acts that are done by saying so."""

    words: frozenset[str]
    acts: frozenset[str]
    participles: frozenset[str]
    nouns: frozenset[str]


class StatusFile(lexicon.Entry, frozen=True, kw_only=True):
    """The file `status.yaml`."""

    verbs: tuple[Predicate, ...]
    nouns: tuple[Predicate, ...]
    adjectives: tuple[Predicate, ...]
    modals: Modals
    negators: frozenset[str]
    modifiers: dict[Status, tuple[str, ...]]
    adverbs: dict[Status, tuple[str, ...]]
    subordinators: dict[Status, tuple[str, ...]]
    prepositions: dict[Status, tuple[str, ...]]
    ordinals: frozenset[str]
    duties: frozenset[str]
    whatever: frozenset[str]
    states: States


class Forms(NamedTuple):
    """The compiled word lists: single words → status, and the sets of the file."""

    modals: dict[str, str]
    negators: frozenset[str]
    modifiers: dict[str, Status]
    adverbs: dict[str, Status]
    subordinators: dict[str, Status]
    prepositions: dict[str, Status]
    ordinals: frozenset[str]
    duties: frozenset[str]
    whatever: frozenset[str]
    states: States


@functools.cache
def status_files() -> list[StatusFile]:
    """`status.yaml` of the package and of the user."""
    return lexicon.read_all("status.yaml", StatusFile)


def _by_word(groups: list[dict[Status, tuple[str, ...]]]) -> dict[str, Status]:
    return {word: status for group in groups for status, words in group.items() for word in words}


@functools.cache
def forms() -> Forms:
    """The word lists of `status.yaml`, compiled."""
    files = status_files()
    modals: dict[str, str] = {}
    for file in files:
        modals |= dict.fromkeys(file.modals.possible, "possible")
        modals |= dict.fromkeys(file.modals.future, "future")
        modals |= dict.fromkeys(file.modals.would, "would")
    return Forms(
        modals=modals,
        negators=frozenset().union(*(file.negators for file in files)),
        modifiers=_by_word([file.modifiers for file in files]),
        adverbs=_by_word([file.adverbs for file in files]),
        subordinators=_by_word([file.subordinators for file in files]),
        prepositions=_by_word([file.prepositions for file in files]),
        ordinals=frozenset().union(*(file.ordinals for file in files)),
        duties=frozenset().union(*(file.duties for file in files)),
        whatever=frozenset().union(*(file.whatever for file in files)),
        states=States(
            words=frozenset().union(*(file.states.words for file in files)),
            acts=frozenset().union(*(file.states.acts for file in files)),
            participles=frozenset().union(*(file.states.participles for file in files)),
            nouns=frozenset().union(*(file.states.nouns for file in files)),
        ),
    )


class Form(NamedTuple):
    """The form of a verb group. `kind`: past, perfect, present, progressive, future, would, possible (a modal),
    infinitive, gerund, participle, passive (present), bare. `hedge` is the status that an adverb sets."""

    kind: str
    negated: bool
    passive: bool
    hedge: Status | None
    explicit: bool
    """Whether the group has auxiliaries of its own; without them it may share those of the verb it is joined to."""


def form_of(parse: Parse, i: int, words: Forms) -> Form:
    """Read the verb group of token `i` off its auxiliaries and tag."""
    modal = have = be = getting = to = negated = passive = subject = False
    kind, hedge, tense = "", None, ""
    lower, dep, tag = parse.lower, parse.dep, parse.tag
    for k in parse.children[i]:
        d = dep[k]
        if d == "aux" or d == "auxpass":
            w = lower[k]
            if d == "auxpass":
                passive = True
                if tag[k] == "VBG":
                    getting = True
            if w in words.modals:
                modal, kind = True, words.modals[w]
            elif w == "to":
                to = True
            else:
                lemma = parse.lemma[k]
                have = have or (lemma == "have" or w == "'ve")
                be = be or (lemma == "be" and d == "aux")
                tense = tense or tag[k]
        elif d == "neg":
            negated = True
        elif d == "advmod":
            w = lower[k]
            if w in words.adverbs:
                hedge = words.adverbs[w]
            elif w in words.negators:
                negated = True
        elif d == "nsubj" or d == "nsubjpass":
            subject = True
            negated = negated or lower[k] in words.negators or _has_no(parse, k, words)
        elif d == "dobj":
            negated = negated or _has_no(parse, k, words)
        elif d in ("det", "preconj", "cc") and lower[k] in words.negators:
            negated = negated or d != "cc"
    if hedge is None and dep[i] in ("acl", "relcl") and _is_any(parse, parse.head[i], words):
        hedge = "possible"
    explicit = modal or have or be or to or passive or subject
    if modal:
        return Form(kind, negated, passive, hedge, True)
    if to:
        return Form("perfect_infinitive" if have else "infinitive", negated, passive, hedge, True)
    kind = _plain_kind(tag[i], have, be, passive, tense)
    if getting and be:
        kind = "past_progressive" if tense == "VBD" and not have else "progressive"
    if kind == "bare" and subject:
        kind = "present"
    return Form(kind, negated, passive, hedge, explicit)


def _is_any(parse: Parse, noun: int, words: Forms) -> bool:
    """Whether a noun phrase tells of whatever there may be ("any missile", "anyone")."""
    return parse.lower[noun] in words.whatever or any(
        parse.dep[k] == "det" and parse.lower[k] in words.whatever for k in parse.children[noun]
    )


def _has_no(parse: Parse, noun: int, words: Forms) -> bool:
    """Whether a noun phrase begins with a negative determiner ("no soldiers", "neither side")."""
    return any(
        parse.dep[k] in ("det", "neg", "preconj") and parse.lower[k] in words.negators for k in parse.children[noun]
    )


def _plain_kind(tag: str, have: bool, progressive: bool, passive: bool, tense: str) -> str:
    """The kind of a verb group without modal and "to"."""
    if progressive and tag == "VBG":
        return "progressive" if have or tense in ("VBZ", "VBP", "VBG", "VB", "") else "past_progressive"
    if have:
        return "perfect"
    if passive:
        return "past" if tense == "VBD" else "gerund" if tense == "VBG" else "passive"
    if tense in ("VBZ", "VBP") and tag == "VB":
        return "present"
    if tense == "VBD":
        return "past"
    return {"VBD": "past", "VBZ": "present", "VBP": "present", "VBG": "gerund", "VBN": "participle", "VB": "bare"}.get(
        tag, "none"
    )


LIFTED: dict[tuple[Effect, Status], Status] = {
    ("possible", "occurred"): "possible", ("possible", "ongoing"): "possible", ("possible", "planned"): "possible",
    ("wish", "occurred"): "possible", ("wish", "ongoing"): "possible", ("wish", "planned"): "possible",
    ("planned", "occurred"): "planned", ("planned", "ongoing"): "planned",
    ("denied", "occurred"): "denied", ("denied", "ongoing"): "denied", ("denied", "planned"): "denied",
    ("denied", "possible"): "denied", ("denied", "denied"): "occurred",
}  # fmt: skip
"""(effect, own status) → status; what is not listed stays."""


def compose(effect: Effect, own: Status | None, governor: Status, negated: bool) -> Status | None:
    """The status of a complement: `own` is what its form says (`None`: nothing, an infinitive or a bare noun),
    `governor` the status of the embedding word, `negated` whether that is negated. `None`: as its form says."""
    if effect in ("fact", "factive"):
        if negated and effect == "fact" and own != "denied":
            return "possible"
        return own
    if effect == "excluded":
        return "possible" if negated else "denied"
    if effect == "lasting":
        return "ongoing" if governor == "occurred" else governor
    if effect == "tried":
        return "possible" if governor not in ("occurred", "ongoing", "denied") else governor
    if effect == "same":
        return "denied" if own == "denied" else governor
    if effect == "ended":
        return "denied" if governor in ("occurred", "ongoing") else "ongoing"
    if negated:
        if effect == "denied":
            return "occurred" if governor == "denied" else governor
        effect = "denied" if effect in ("wish", "planned") else "possible"
    elif effect == "denied" and governor == "possible":
        effect = "possible"
    if own is None:
        own = "occurred"
    return LIFTED.get((effect, own), own)
