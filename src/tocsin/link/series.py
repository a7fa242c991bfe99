"""The figures that were given of one thing, side by side: who said how many, when, and how they stand to each other.

Not every pair is judged, since that would grow with the square of the figures. Judged are, of each kind of count:
figures of one source that follow each other; and each figure against the one that every other source stood by on that
day (`current_days`), against no more than `others` of them, those that spoke last. Where a source gives all parts of a
sum in one text, the sum is compared in the same way.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from tocsin.judgement import Judged, Series, Told
from tocsin.link.consolidate import consolidated
from tocsin.link.counts import Count, count_of, rules
from tocsin.link.figures import Item, Said, days_between, item, judge
from tocsin.link.grouping import Group, groups
from tocsin.link.points import said


def series(
    tolds: Sequence[Told], what: str | Collection[str] | None = None, title: str | None = None
) -> tuple[Series, ...]:
    """The series of a situation's claims, or of claims that a query found.

    `what` says which kinds of count (`killed`), and brings the parts of a sum along; without it, all that are compared
    unasked. Figures of different places,
    people or things make different series. Those with the most figures come first.
    """
    whats = {what} if isinstance(what, str) else set(what or ())
    parts = {part for one in sorted(whats) for part in count_of(one).sums.get(one, ())}
    found = [_series(group, title) for group in groups(said(tolds, whats | parts))]
    return tuple(sorted(found, key=lambda s: (-len(s.points), s.title, s.what, s.unit or "")))


def _series(group: Group, title: str | None) -> Series:
    count = group.counted
    points = tuple(one.point for one in group.said)
    items = {what: _items(group.said, what, count) for what in count.whats}
    judged = tuple(j for what in count.whats for j in _judged(items[what], count))
    shown = tuple(what for what in count.whats if any(point.what == what for point in points))
    return Series(
        title=" · ".join(part for part in (title or _kinds(shown), *group.names) if part),
        what=shown,
        unit=points[0].unit,
        points=points,
        judged=judged,
        consolidated={what: consolidated(items[what], judged, count.kind) for what in shown},
    )


def _kinds(whats: Sequence[str]) -> str:
    return ", ".join(what.replace("_", " ") for what in whats)


def _items(found: Sequence[Said], what: str, count: Count) -> list[Item]:
    """The figures of a kind, and the sums that amount to it, in the order of saying."""
    single = [item((i,), found) for i, one in enumerate(found) if one.point.what == what]
    sums = list(_sums(found, count.sums[what])) if what in count.sums else []
    return sorted(single + sums, key=lambda one: (one.said.point.said_on or "", one.at[-1], one.at))


def _sums(found: Sequence[Said], parts: Sequence[str]) -> Iterator[Item]:
    """What a source's parts amount to, where one claim of one text gives all of them."""
    by_claim: dict[str, list[int]] = {}
    for i, one in enumerate(found):
        by_claim.setdefault(one.point.claim, []).append(i)
    for at in by_claim.values():
        chosen = [[i for i in at if found[i].point.what == part] for part in parts]
        if all(len(same) == 1 for same in chosen):
            yield item([same[0] for same in chosen], found)


def _judged(items: Sequence[Item], count: Count) -> Iterator[Judged]:
    """The judgements of one kind of count, each pair once."""
    latest: dict[str, Item] = {}
    for new in items:
        before = latest.pop(new.said.voice.key, None)
        for old in [*([before] if before else []), *_others(latest, new, count)]:
            yield from _pair(old, new, count)
        latest[new.said.voice.key] = new


def _others(latest: dict[str, Item], new: Item, count: Count) -> list[Item]:
    """What other sources stood by when a figure was given, the last word first."""
    standing = [other for other in reversed(latest.values()) if _stands(other, new, count)]
    return standing[: rules().others]


def _stands(other: Item, new: Item, count: Count) -> bool:
    days = days_between(other.said.point.said_on, new.said.point.said_on)
    return days is None or days <= rules().current_days[count.kind]


def _pair(a: Item, b: Item, count: Count) -> Iterator[Judged]:
    """The judgement of two figures. Two sums are compared by their parts, and not again."""
    if (a.is_sum and b.is_sum) or set(a.at) & set(b.at):
        return
    if found := judge(a, b, count.kind):
        verdict, rule = found
        yield Judged(a=a.at, b=b.at, verdict=verdict, rule=rule)
