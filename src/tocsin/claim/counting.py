"""Which figures are an event's own: those that are likely to count what it is about, and what the grammar adds to them
or takes from them."""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.claim.arguments import has_to
from tocsin.claim.sources import cues
from tocsin.claim.status import forms
from tocsin.understand.figure_lexicon import tables
from tocsin.understand.figures import FoundFigure
from tocsin.understand.grammar import SUBJECTS
from tocsin.understand.parse import Parse
from tocsin.understand.phrases import head_of

FIGURE_AT = 0.3
"""Least probability for a figure to count what an event is about."""

PURPOSES = frozenset({"advcl", "xcomp"})
Counts = tuple[FoundFigure, ...]


def counted(parse: Parse, figures: Sequence[FoundFigure], chances: Sequence[float]) -> Counts:
    """The figures that are likely to count what an event is about; with one the same in another measure, in brackets
    after it ("a $10bn (£7.6bn) fee"), and what is added to it ("$10m at once, then $1m a year")."""
    kept: list[FoundFigure] = []
    for figure, sure in zip(figures, chances, strict=True):
        bracketed = parse.word[figure.start - 1] == "(" and any(other.end == figure.start - 1 for other in kept)
        if sure >= FIGURE_AT or bracketed or any(_is_added(parse, figure, other) for other in kept):
            kept.append(figure)
    return tuple(kept)


def _is_added(parse: Parse, figure: FoundFigure, other: FoundFigure) -> bool:
    """Whether an amount is coordinated with another of the same unit, or with a word in the phrase of that one."""
    amount, first = figure.figure, other.figure
    at = head_of(parse, figure.start, figure.end)
    if amount.unit is None or (amount.what, amount.unit) != (first.what, first.unit) or parse.dep[at] != "conj":
        return False
    while parse.dep[at] == "conj":
        at = parse.head[at]
    top = other.noun if other.noun >= 0 else head_of(parse, other.start, other.end)
    return parse.left[top] <= at <= parse.right[top]


def own_figures(parse: Parse, events: Sequence[int], found: Sequence[Counts]) -> list[Counts]:
    """The figures of each event, by its head token, without those of another one: those of whom its own verb tells
    what became of them ("the raid displaced 5,000 and killed scores"), and the subjects of a coordinated verb ("seven
    died and 35 were rescued"), are counted there only."""
    told = {(event, figure) for event, figures in zip(events, found, strict=True) for figure in figures}
    fates = tables().predicates
    result = []
    for event, figures in zip(events, found, strict=True):
        own = tuple(
            figure
            for figure in figures
            if (figure.governor, figure) not in told
            or figure.governor == event
            or not (figure.figure.what in fates or _is_of_next(parse, event, figure))
        )
        result.append(own)
    return result


def _is_of_next(parse: Parse, event: int, figure: FoundFigure) -> bool:
    """Whether those counted are the subject of a verb that is coordinated with the event's."""
    verb = figure.governor
    if parse.dep[verb] != "conj" or parse.head[verb] != event:
        return False
    head = figure.noun if figure.noun >= 0 else head_of(parse, figure.start, figure.end)
    return any(parse.dep[k] in SUBJECTS and parse.left[k] <= head <= parse.right[k] for k in parse.children[verb])


def promised_sums(parse: Parse, events: Sequence[int], found: Sequence[Counts]) -> list[Counts]:
    """The figures of each event with the money that is promised for it: "pledged $5bn to rebuild the town"."""
    own = dict(zip(events, found, strict=True))
    result = []
    for event, figures in zip(events, found, strict=True):
        verb = parse.head[event]
        for_it = verb in own and parse.dep[event] in PURPOSES and has_to(parse, event)
        if for_it and not figures and _promises(parse, verb):
            figures = tuple(figure for figure in own[verb] if figure.figure.what == "money")
        result.append(figures)
    return result


def _promises(parse: Parse, verb: int) -> bool:
    """Whether a verb makes a promise by saying so ("pledge"); one of mere intention ("seek") does not."""
    lemma = parse.lemma[verb]
    frame = cues().verbs.get(lemma, {}).get("to")
    return frame is not None and frame.manner == "promised" and lemma in forms().states.acts
