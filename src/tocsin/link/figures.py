"""How two figures stand to each other: do their intervals overlap, who gave them, for which times do they hold.

The definitions are those of the claim scheme ("Across documents"); tolerances are in `data/series.yaml`.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from typing import NamedTuple

from tocsin.judgement import Point, Verdict
from tocsin.link.counts import Kind, rules
from tocsin.link.scopes import Scope
from tocsin.link.voices import Voice

FIRST, LAST = "0000-00-00", "9999-99-99"


class Bounds(NamedTuple):
    """An interval of numbers, both ends inclusive; an open end is infinite."""

    low: float
    high: float

    def overlaps(self, other: Bounds) -> bool:
        """Whether the two have a number in common."""
        return self.low <= other.high and other.low <= self.high

    def holds(self, other: Bounds) -> bool:
        """Whether all numbers of the other are among these."""
        return self.low <= other.low and other.high <= self.high

    def words(self) -> str:
        """`1,090 to 1,110`, `at least 1,100`, `at most 20`, `12`."""
        low, high = f"{self.low:,.10g}", f"{self.high:,.10g}"
        if self.high == math.inf:
            return f"at least {low}" if self.low > -math.inf else "any number"
        if self.low == -math.inf:
            return f"at most {high}"
        return low if self.low == self.high else f"{low} to {high}"


class Said(NamedTuple):
    """A figure with what the record of it does not show: who gave it, in which document and where in it, its scope."""

    point: Point
    voice: Voice
    document: str
    start: int
    scope: Scope


class Item(NamedTuple):
    """One side of a comparison: a figure, or several of one source that are added up. `stated` is what was said,
    without what `about` allows; an open end is `None`."""

    at: tuple[int, ...]
    bounds: Bounds
    said: Said
    stated: tuple[float | None, float | None]

    @property
    def is_sum(self) -> bool:
        """Whether it is added up."""
        return len(self.at) > 1


def bounds(point: Point) -> Bounds:
    """The numbers that a figure allows; `about` is read as a tenth less or more."""
    low = -math.inf if point.low is None else point.low
    high = math.inf if point.high is None else point.high
    if point.qualifier == "about":
        share = rules().about
        low, high = low - share * abs(low), high + share * abs(high)
    return Bounds(low, high)


def added(parts: Sequence[Point]) -> Bounds:
    """The numbers that a sum allows. A part that is open below counts as none at least."""
    lows, highs = zip(*(bounds(part) for part in parts), strict=True)
    return Bounds(sum(max(low, 0.0) for low in lows), sum(highs))


def item(at: Sequence[int], found: Sequence[Said]) -> Item:
    """The figure at a position, or the sum of those at several."""
    points = [found[i].point for i in at]
    lows, highs = [p.low for p in points], [p.high for p in points]
    known = [low for low in lows if low is not None]
    low = sum(known) if known else None
    high = sum(h for h in highs if h is not None) if None not in highs else None
    allowed = bounds(points[0]) if len(points) == 1 else added(points)
    return Item(tuple(at), allowed, found[at[0]], (low, high))


def judge(a: Item, b: Item, kind: Kind) -> tuple[Verdict, str] | None:
    """Verdict and rule for two figures, `a` said before `b` or on the same day; `None` where nothing can be said."""
    same = bool(set(a.said.voice.members) & set(b.said.voice.members))
    overlap = a.bounds.overlaps(b.bounds)
    apart = different_times(a.said.point, b.said.point, kind)
    sums = "; " + " and ".join(f"{_sum_words(item)} is added up" for item in (a, b) if item.is_sum)
    note = sums if a.is_sum or b.is_sum else ""
    if apart:
        return _of_two_times(a, b, note)
    if same and not (a.is_sum or b.is_sum):
        return _of_one_source(a, b)
    if overlap:
        return "agrees", f"{a.bounds.words()} and {b.bounds.words()} overlap{_about(a, b)}{note}"
    if bool(a.said.scope.party) != bool(b.said.scope.party) or same:
        return None
    return "contradicts", f"another source, no overlap: {a.bounds.words()} and {b.bounds.words()}{_about(a, b)}{note}"


def _of_two_times(a: Item, b: Item, note: str) -> tuple[Verdict, str]:
    """Two figures that hold for different times. Here the numbers count that were said, not those that an open bound
    allows besides: at most 10,000 and then several hundred is fewer."""
    times = f"they hold for different times, {_times(a)} and {_times(b)}"
    if near(a).overlaps(near(b)):
        return "agrees", f"{times}, and the number is the same{_about(a, b)}{note}"
    return "changes", f"{times}: {a.bounds.words()}, then {b.bounds.words()}{note}"


def near(item: Item) -> Bounds:
    """The numbers that a figure speaks of: those that it allows, an open end closed at the bound that was said."""
    low, high = item.bounds
    return Bounds(high if low == -math.inf else low, low if high == math.inf else high)


def _of_one_source(a: Item, b: Item) -> tuple[Verdict, str] | None:
    """Two figures of one source for one time: the same again, or a later word. Two in one text are of different things,
    and nothing is said of them."""
    if a.bounds == b.bounds:
        return "agrees", f"the same source gives the same figure: {b.bounds.words()}"
    if a.said.document == b.said.document:
        return None
    if b.bounds.holds(a.bounds):
        return "agrees", f"the same source later, saying less: {b.bounds.words()} after {a.bounds.words()}"
    return "revises", f"the same source later: {b.bounds.words()} after {a.bounds.words()}"


def different_times(a: Point, b: Point, kind: Kind) -> bool:
    """Whether two figures hold for different times.

    For a toll, when their times have no day in common. A level holds for its own time and no other; one without a time
    holds for the day on which it was said.
    """
    timed_a, timed_b = _timed(a), _timed(b)
    if kind == "toll":
        return timed_a and timed_b and not _meet(_span(a), _span(b))
    if timed_a and timed_b:
        return _span(a) != _span(b)
    if not (timed_a or timed_b) or a.said_on is None or b.said_on is None:
        return False
    return not _meet(_span(a), _span(b))


def _timed(point: Point) -> bool:
    return point.begins is not None or point.ends is not None


def _span(point: Point) -> tuple[str, str]:
    """First and last day for which a figure holds."""
    if _timed(point):
        return point.begins or FIRST, point.ends or LAST
    return point.said_on or FIRST, point.said_on or LAST


def _meet(a: tuple[str, str], b: tuple[str, str]) -> bool:
    return a[0] <= b[1] and b[0] <= a[1]


def days_between(a: str | None, b: str | None) -> int | None:
    """Days from one ISO day to another; `None` where one is not known."""
    if a is None or b is None:
        return None
    return (datetime.date.fromisoformat(b) - datetime.date.fromisoformat(a)).days


def _about(a: Item, b: Item) -> str:
    about = any(item.said.point.qualifier == "about" for item in (a, b))
    return f" (about read as ±{rules().about:.0%})" if about else ""


def _sum_words(item: Item) -> str:
    return f"{item.bounds.words()} of {item.said.voice.name}"


def _times(item: Item) -> str:
    """The time for which a figure holds, in words."""
    if not _timed(item.said.point):
        return f"as said on {item.said.point.said_on}"
    first, last = _span(item.said.point)
    if first == last:
        return first
    if last == LAST:
        return f"since {first}"
    return f"until {last}" if first == FIRST else f"{first} to {last}"
