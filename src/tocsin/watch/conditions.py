"""When a condition is met: pure functions over the claims of one lot, in the order of telling.

A condition is asked for every day on which a claim was told that is new, or that is in one window with a new one; so it
does not matter whether the claims of some days come at once or one after the other.
"""

from __future__ import annotations

import datetime
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import NamedTuple

from tocsin.ledger.sightings import Sighting
from tocsin.watch.criteria import ORDER, Claims, Condition, Match, Moves, Passes, Silence, Sources, Surprise
from tocsin.watch.figures import changed, passed, stated
from tocsin.watch.independence import independent
from tocsin.watch.surprise import Week, expected

Published = Callable[[str, str], int]
"""How many documents were published from one day to another."""


class Ring(NamedTuple):
    """A condition that was met: on which day, by which claims, and why, in words."""

    day: str
    claims: tuple[Sighting, ...]
    reason: str
    observed: float | None = None
    expected: float | None = None


class Lot:
    """Claims of one lot by the days on which they were told, on each day in an order that they make themselves."""

    def __init__(self, told: Sequence[Sighting], fresh: Collection[str]) -> None:
        self.told = sorted(told, key=lambda one: (one.day, one.document, one.place, one.id))
        self.days = [ordinal(one.day) for one in self.told]
        self.fresh = [one for one in self.told if one.id in fresh]
        self.new = sorted({ordinal(one.day) for one in self.fresh})

    def between(self, first: int, last: int) -> list[Sighting]:
        """The claims told on some days."""
        return self.told[bisect_left(self.days, first) : bisect_right(self.days, last)]

    def touched(self, within: int) -> Iterator[int]:
        """The days on which something was told whose window of so many days, back from it, holds what is new."""
        for day in sorted(set(self.days)):
            at = bisect_right(self.new, day)
            if at and day - self.new[at - 1] < within:
                yield day


def rings(condition: Condition, lot: Lot, published: Published, on: str) -> Iterator[Ring]:
    """The days up to `on` on which a condition is met, in their order."""
    match condition:
        case Match():
            yield from _match(lot)
        case Claims():
            yield from _claims(condition, lot)
        case Sources():
            yield from _sources(condition, lot)
        case Moves():
            yield from _moves(condition, lot)
        case Passes():
            yield from _figures(condition, lot)
        case Surprise():
            yield from _surprise(condition, lot, published)
        case Silence():
            yield from _silence(condition, lot, published, ordinal(on))


def _match(lot: Lot) -> Iterator[Ring]:
    """Any claim."""
    for day in lot.touched(1):
        found = lot.between(day, day)
        yield Ring(iso(day), tuple(found), f"{plural(len(found), 'claim')} in {_reports(found)}")


def _claims(condition: Claims, lot: Lot) -> Iterator[Ring]:
    """So many claims."""
    for day in lot.touched(condition.within):
        found = lot.between(day - condition.within + 1, day)
        if len(found) >= condition.at_least:
            said = f"{plural(len(found), 'claim')} within {plural(condition.within, 'day')}, in {_reports(found)}"
            yield Ring(iso(day), tuple(found), f"{said}; {condition.at_least} make it ring", float(len(found)))


def _sources(condition: Sources, lot: Lot) -> Iterator[Ring]:
    """So many independent sources."""
    for day in lot.touched(condition.within):
        found = lot.between(day - condition.within + 1, day)
        names = independent(found)
        if len(names) >= condition.independent:
            said = f"{len(names)} independent sources within {plural(condition.within, 'day')}: {_list(names)}"
            yield Ring(iso(day), tuple(found), f"{said}; {condition.independent} make it ring", float(len(names)))


def _moves(condition: Moves, lot: Lot) -> Iterator[Ring]:
    """A status beyond all before. What is told on the same day does not count as before."""
    for day in lot.new:
        before = [one for one in lot.between(day - condition.within, day - 1) if one.status in ORDER]
        if not before:
            continue
        furthest = max(before, key=lambda one: (ORDER.index(one.status), one.day))
        reached = ORDER.index(furthest.status)
        moved = [
            one for one in lot.between(day, day) if one.status in condition.to and ORDER.index(one.status) > reached
        ]
        if moved and furthest.status in condition.from_:
            now = max(moved, key=lambda one: ORDER.index(one.status)).status
            said = f"{now} on {iso(day)}; until then no more than {furthest.status}, as told on {furthest.day}"
            yield Ring(iso(day), (*moved, furthest), said)


def _figures(condition: Passes, lot: Lot) -> Iterator[Ring]:
    """A figure beyond a bound, or off by a share."""
    for day in lot.new:
        before = lot.between(day - condition.within, day - 1)
        now = lot.between(day, day)
        compare = passed if condition.changes is None else changed
        found = compare(condition, before, now)
        if found:
            shown = (found.now, found.before) if found.before else (found.now,)
            yield Ring(iso(day), shown, found.said, stated(found.figure), found.compared)


def _surprise(condition: Surprise, lot: Lot, published: Published) -> Iterator[Ring]:
    """More reports in a week than its past lets expect."""
    counts: defaultdict[int, set[str]] = defaultdict(set)
    for day, one in zip(lot.days, lot.told, strict=True):
        counts[monday(day)].add(one.family)
    for start in sorted({monday(day) for day in lot.new}):
        week = lot.between(start, start + 6)
        last = ordinal(week[-1].day)
        past = [
            Week(len(counts.get(at, ())), published(iso(at), iso(at + 6)))
            for at in range(start - 7 * condition.weeks, start, 7)
        ]
        count = len(counts[start])
        known = sum(one.published > 0 for one in past)
        if count < condition.at_least or known < condition.needs:
            continue
        usual = expected(past, published(iso(start), iso(last)))
        chance = usual.tail(count)
        if chance <= condition.tail and count > usual.mean:
            said = (
                f"{plural(count, 'report')} in the week from {iso(start)}, where {usual.mean:.1f} were expected from "
                f"the {known} weeks before; so many or more come by chance in {_chance(chance)}"
            )
            yield Ring(iso(last), tuple(week), said, float(count), round(usual.mean, 3))


def _silence(condition: Silence, lot: Lot, published: Published, on: int) -> Iterator[Ring]:
    """Nothing where there was. Where the ledger itself fell silent, by the second half of the time, it is none."""
    days = sorted(set(lot.days))
    for at, last in enumerate(days):
        end = last + condition.days
        if end > on or (at + 1 < len(days) and days[at + 1] <= end):
            continue
        before = lot.between(last - condition.within + 1, last)
        if len(before) < condition.at_least or not published(iso(end - condition.days // 2), iso(end)):
            continue
        said = (
            f"nothing for {plural(condition.days, 'day')} since {iso(last)}, after {plural(len(before), 'claim')} in "
            f"the {plural(condition.within, 'day')} before"
        )
        yield Ring(iso(end), tuple(lot.between(last, last)), said, 0.0)


def ordinal(day: str) -> int:
    """An ISO day as a number."""
    return datetime.date.fromisoformat(day).toordinal()


def iso(day: int) -> str:
    """The day of a number; before all days the first, after them the last."""
    least, most = datetime.date.min.toordinal(), datetime.date.max.toordinal()
    return datetime.date.fromordinal(min(max(day, least), most)).isoformat()


def monday(day: int) -> int:
    """The first day of a day's week."""
    return day - (day - 1) % 7


def plural(count: int, noun: str) -> str:
    """`1 claim`, `1,200 claims`."""
    return f"{count:,} {noun}{'s' * (count != 1)}"


def _reports(found: Sequence[Sighting]) -> str:
    """In how many documents, from how many independent sources."""
    names = independent(found)
    documents = len({one.document for one in found})
    if len(names) == 1:
        return f"{plural(documents, 'document')} of one source ({names[0]})"
    return f"{plural(documents, 'document')} of {len(names)} independent sources ({_list(names)})"


def _list(names: Sequence[str], most: int = 5) -> str:
    """Some names."""
    rest = len(names) - most
    return ", ".join(names[:most]) + (f" and {plural(rest, 'other')}" if rest > 0 else "")


def _chance(chance: float) -> str:
    """A probability of a week, in words."""
    weeks = 1 / chance if chance > 0 else float("inf")
    return f"one week of {weeks:,.0f}" if weeks < 100_000 else "fewer than one week of 100,000"
