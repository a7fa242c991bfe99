"""Figures that pass a bound, or that differ from what was told before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tocsin.ledger.sightings import Sighting
from tocsin.model import Figure
from tocsin.watch.criteria import Passes

ABOUT = 0.1
"""A figure said with "about" may be off by so much, as the claim scheme has it."""


class Change(NamedTuple):
    """A figure that makes a condition true: the claim that gives it, the one with which it was compared, the number of
    that, and why, in words."""

    now: Sighting
    figure: Figure
    before: Sighting | None
    compared: float
    said: str


def passed(condition: Passes, before: Sequence[Sighting], now: Sequence[Sighting]) -> Change | None:
    """The first figure of `now` that is beyond the bound for certain, where none of `before` was."""
    if any(_beyond(condition, figure) for _, figure in _figures(condition, before)):
        return None
    for one, figure in _figures(condition, now):
        if _beyond(condition, figure):
            side, bound = ("at least", condition.above) if condition.above is not None else ("at most", condition.below)
            said = f"{side} {bound:,g} for the first time in {condition.within} days"
            return Change(one, figure, None, bound or 0.0, f"{_words(figure)}: {said}")
    return None


def changed(condition: Passes, before: Sequence[Sighting], now: Sequence[Sighting]) -> Change | None:
    """The figure of `now` that differs most from the last one told before, by at least the share that is asked for."""
    last: dict[tuple[str, str | None], tuple[Sighting, Figure]] = {}
    for one, figure in _figures(condition, before):
        last[figure.what, figure.unit] = (one, figure)
    found: list[tuple[float, Change]] = []
    for one, figure in _figures(condition, now):
        earlier = last.get((figure.what, figure.unit))
        if earlier is None or _overlap(earlier[1], figure):
            continue
        was, is_ = stated(earlier[1]), stated(figure)
        if was == 0:
            continue
        share = is_ / was - 1
        if abs(share) >= (condition.changes or 0.0):
            said = f"{_words(figure)}: {_percent(share)} than on {earlier[0].day} ({_words(earlier[1])})"
            found.append((abs(share), Change(one, figure, earlier[0], was, said)))
    return max(found, key=lambda change: change[0])[1] if found else None


def stated(figure: Figure) -> float:
    """The number that a figure states: the middle of its bounds, or the one that it has."""
    if figure.low is None or figure.high is None:
        return figure.low if figure.low is not None else figure.high or 0.0
    return (figure.low + figure.high) / 2


def _figures(condition: Passes, told: Sequence[Sighting]) -> Iterator[tuple[Sighting, Figure]]:
    """The figures of claims that count what is asked for. What is denied gives none."""
    for one in told:
        for figure in one.figures:
            if figure.what in condition.what and one.status != "denied":
                yield one, figure


def _beyond(condition: Passes, figure: Figure) -> bool:
    """Whether a figure is beyond the bound for certain."""
    if condition.above is not None:
        return figure.low is not None and figure.low >= condition.above
    return figure.high is not None and condition.below is not None and figure.high <= condition.below


def _overlap(a: Figure, b: Figure) -> bool:
    """Whether two figures may be one number. An open bound is taken as the other: “at least 30” after “at least 5” is
    told as a new number."""
    (a_low, a_high), (b_low, b_high) = _bounds(a), _bounds(b)
    return a_low <= b_high and b_low <= a_high


def _bounds(figure: Figure) -> tuple[float, float]:
    """From where to where a figure reaches."""
    low = figure.low if figure.low is not None else figure.high or 0.0
    high = figure.high if figure.high is not None else low
    return (low * (1 - ABOUT), high * (1 + ABOUT)) if figure.qualifier == "about" else (low, high)


def _percent(share: float) -> str:
    """A change in words."""
    return f"{abs(share) * 100:,.0f} % {'more' if share > 0 else 'fewer'}"


def _words(figure: Figure) -> str:
    """A figure in the words of the text, with what it counts."""
    return f"“{' '.join(figure.text.split())}” ({figure.what.replace('_', ' ')})"
