"""How alike two events of different documents are: a score with its parts.

Each part is a number from 0 to 1 with a weight (log odds) from `situations.yaml`; the score is the probability of a
logistic model over them, fitted to public sets of stories whose incidents are known.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import msgspec

from tocsin.link.events import Event, modes_apart
from tocsin.link.facts import Count
from tocsin.link.nearness import exact, gap, known, where
from tocsin.link.rules import rules

Parts = dict[str, float]


class Likeness(msgspec.Struct, frozen=True, gc=False):
    """A score between 0 and 1, and what each part gave to it, in log odds."""

    score: float
    parts: tuple[tuple[str, float], ...]


def likeness(a: Event, b: Event) -> Likeness | None:
    """How alike two events are; `None` where their kinds exclude it."""
    if not set(a.kinds).intersection(b.kinds):
        return None
    across = rules().across
    parts = tuple((name, round(across.weights[name] * value, 3)) for name, value in compare(a, b).items())
    odds = across.bias + sum(value for _, value in parts)
    return Likeness(round(1 / (1 + math.exp(-max(-30.0, min(30.0, odds)))), 4), parts)


def compare(a: Event, b: Event) -> Parts:
    """What two events have in common, and in what they differ: numbers from 0 to 1 by name; what says nothing is left
    out. It is the same both ways."""
    found: Parts = {}
    _time(a, b, found)
    place = where(a.spots, b.spots)
    if place != "unknown":
        found[f"place {place}"] = 1.0
    _who(a, b, found)
    _how(a, b, found)
    _figures(a.figures, b.figures, found)
    for name, ours, theirs in (("names", a.names, b.names), ("words", a.words, b.words)):
        value = overlap(ours, theirs)
        if value:
            found[name] = value
    return found


def _late(days: int) -> float:
    """How late, from 0 to 1 within a year, by its logarithm."""
    return min(1.0, math.log1p(days) / math.log(366))


def _time(a: Event, b: Event, found: Parts) -> None:
    ours, theirs = a.time, b.time
    if known(ours) and known(theirs):
        days = gap(ours, theirs)
        if days:
            found["days apart"] = _late(days)
        if exact(ours) and exact(theirs):
            if days <= 1:
                found["day near" if days else "day same"] = 1.0
        elif not days:
            found["time overlaps"] = 1.0
        return
    if known(ours) or known(theirs):
        event, other = (a, b) if known(ours) else (b, a)
        last = event.ends if event.ends is not None else event.begins
        if other.published is not None and last is not None:
            lag = other.published - last
            if -1 <= lag <= rules().days.back:
                found["told soon"] = 1.0
            else:
                found["told late"] = _late(abs(lag))
        return
    if a.published is not None and b.published is not None:
        days = abs(a.published - b.published)
        if days <= 1:
            found["published together"] = 1.0
        else:
            found["published apart"] = _late(days)


def _who(a: Event, b: Event, found: Parts) -> None:
    for name, ours, theirs in (("actors", a.actors, b.actors), ("recipients", a.recipients, b.recipients)):
        if ours and theirs:
            found[f"{name} {'apart' if set(ours).isdisjoint(theirs) else 'shared'}"] = 1.0
    if a.lands and b.lands and set(a.lands).isdisjoint(b.lands):
        found["lands apart"] = 1.0
    own = len(set(a.persons).intersection(b.persons))
    told = len({*a.persons, *a.around}.intersection((*b.persons, *b.around))) - own
    if own:
        found["persons shared"] = min(1.0, own / 2)
    if told > 0:
        found["persons around"] = min(1.0, told / 3)


def _how(a: Event, b: Event, found: Parts) -> None:
    ours, theirs = {mode for _, mode in a.forms if mode}, {mode for _, mode in b.forms if mode}
    if ours & theirs:
        found["mode same"] = 1.0
    elif any(modes_apart(x, y) for x in ours for y in theirs):
        found["mode apart"] = 1.0
    if a.happened != b.happened:
        found["status apart"] = 1.0
    if not set(a.triggers).isdisjoint(b.triggers):
        found["trigger same"] = 1.0


def _figures(a: Sequence[Count], b: Sequence[Count], found: Parts) -> None:
    """Whether a number is told alike, a large one counting more; or none is, though both count the same."""
    pairs = [(x, y) for x in a for y in b if x.what == y.what]
    if not pairs:
        return
    equal = [x.low for x, y in pairs if x.low == y.low and x.high == y.high and x.low]
    if equal:
        found["figures equal"] = min(1.0, math.log1p(max(equal)) / math.log(100))
    elif all(_disjoint(x, y) for x, y in pairs):
        found["figures apart"] = 1.0


def _disjoint(a: Count, b: Count) -> bool:
    low, high = max(a.low or 0.0, b.low or 0.0), min(_top(a), _top(b))
    return low > high


def _top(count: Count) -> float:
    return float("inf") if count.high is None else count.high


def overlap(a: Sequence[str], b: Sequence[str]) -> float:
    """The cosine of two sets of words, less where it rests on one or two."""
    if not a or not b:
        return 0.0
    shared = len(set(a).intersection(b))
    return shared / math.sqrt(len(a) * len(b)) * min(1.0, shared / 3)
