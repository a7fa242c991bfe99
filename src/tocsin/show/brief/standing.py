"""What the words of a sentence do not show by themselves: how the event is meant, the bound of a number, the days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tocsin.model import Claim, Figure
from tocsin.show.brief.clauses import Edit, apply, inside, quoted
from tocsin.show.brief.days import time_out
from tocsin.show.brief.lexicon import holds, lexicon
from tocsin.show.plain import one_line
from tocsin.show.words import figure_words, number_words

BEFORE, BEHIND = 25, 10
"""How many words before and behind the trigger may show how the event is meant."""


def additions(claim: Claim, gone: Iterable[Edit]) -> Iterator[str]:
    """What has to be added to a sentence of which `gone` was cut."""
    if not shown(claim, list(gone)):
        yield f"“{one_line(claim.trigger.text)}”: {lexicon().statuses[claim.status].label}"
    for figure in claim.figures:
        if not bound_shown(claim, figure):
            yield f"{one_line(figure.text)}: {bound_out(figure)}"
    if claim.time and not inside(claim, claim.time) and (said := time_out(claim.time)):
        yield f"{one_line(claim.time.text)}: {said}"


def shown(claim: Claim, gone: list[Edit]) -> bool:
    """Whether words beside the event show that it is possible, planned or denied."""
    known = lexicon()
    wanted = {"possible": known.hedges, "planned": known.intentions, "denied": known.negations}.get(claim.status)
    return wanted is None or holds(wanted, _beside(claim, gone))


def _beside(claim: Claim, gone: list[Edit]) -> str:
    """The words by which those vouch whom the sentence names, and some words before and behind the trigger."""
    at, text = claim.evidence.start, claim.evidence.text
    start, end = claim.trigger.start - at, claim.trigger.end - at
    before = apply(text[:start], [edit for edit in gone if edit.end <= start]).split()[-BEFORE:]
    behind = text[end : min([len(text), *(edit.start for edit in gone if edit.start >= end)])].split()[:BEHIND]
    cues = [source.cue.text for source in claim.sources if source.cue and inside(claim, source.cue)]
    return " ".join([*cues, "·", *before, text[start:end], *behind])


def bound_shown(claim: Claim, figure: Figure) -> bool:
    """Whether the words of a figure, or those beside it, say its bound."""
    words = lexicon().qualifiers[figure.qualifier].words
    if not inside(claim, figure):
        return False
    at = claim.evidence.start
    near = claim.evidence.text[max(0, figure.start - at - 25) : figure.end - at + 20]
    return not words or holds(words, near)


def bound_out(figure: Figure) -> str:
    """A figure's bounds in words: `at least 1,100`, `between 30 and 40`."""
    low = number_words(figure.low) if figure.low is not None else ""
    high = number_words(figure.high) if figure.high is not None else ""
    form = lexicon().qualifiers[figure.qualifier].say
    if any(name in form and not value for name, value in (("{low}", low), ("{high}", high))):
        return figure_words(figure)
    return form.format(low=low, high=high, words=one_line(figure.text))


def dates(claim: Claim) -> Iterator[Edit]:
    """The days that the words for a time mean, behind them; a length of time is left as it is said."""
    if claim.time is None or claim.time.type == "DURATION" or not inside(claim, claim.time):
        return
    text, at = claim.evidence.text, claim.time.end - claim.evidence.start
    said = time_out(claim.time, text[: claim.time.start - claim.evidence.start])
    if said and text[at : at + 1] not in ("'", "’"):
        within = any(start < at < end for start, end in quoted(text))
        yield Edit(at, at, f" [{said}]" if within else f" ({said})")
