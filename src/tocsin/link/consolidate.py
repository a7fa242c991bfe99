"""Low, best and high estimate of a kind of count.

After UCDP's Georeferenced Event Dataset (Sundberg and Melander, "Introducing the UCDP Georeferenced Event Dataset",
Journal of Peace Research 50:4, 2013), which codes for each event a best, a low and a high estimate of the dead: best is
the most reliable figure, newer reports come before older ones, and in doubt the lower figure is taken. Where its coders
judge reliability by hand, here agreement stands for it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from tocsin.judgement import Consolidated, Judged
from tocsin.link.counts import Kind, rules
from tocsin.link.figures import Item, days_between, near


def consolidated(items: Sequence[Item], judged: Sequence[Judged], kind: Kind) -> Consolidated:
    """Low, best and high of what still stands; `items` are the figures and sums of one kind, and not empty.

    Left out is what a later word of its source, or a later time, has overtaken, and what was said more than
    `current_days` before the last word; but a toll that lies above all that was said since stays, since the dead do not
    become fewer. Best is the figure that agrees with most of the others, of equals the newest,
    then the one with the narrowest bounds, then the lowest; of an open figure the bound that is known counts, of an
    interval its lower end. Low and high are the lowest and highest that any of them gives.
    """
    standing = _standing(items, judged, kind)
    ranked = sorted(standing, key=lambda item: _rank(item, standing))
    best = ranked[0]
    value = _value(best)
    numbers = [value, *(end for item in standing for end in _ends(item))]
    return Consolidated(low=min(numbers), best=value, high=max(numbers), rule=_rule(best, standing, len(items)))


def _standing(items: Sequence[Item], judged: Sequence[Judged], kind: Kind) -> list[Item]:
    """The figures that nothing has overtaken, each source's most precise."""
    overtaken = {j.a for j in judged if j.verdict in ("revises", "changes")}
    fresh = _recent(items, kind)
    kept = [item for item in fresh if item.at not in overtaken and not any((i,) in overtaken for i in item.at)] or fresh
    by_voice: dict[str, list[Item]] = {}
    for item in kept:
        by_voice.setdefault(item.said.voice.key, []).append(item)
    return [item for item in kept if not _says_less(item, by_voice[item.said.voice.key])]


def _says_less(item: Item, others: Sequence[Item]) -> bool:
    """Whether its source has said the same more precisely."""
    return any(item.bounds != other.bounds and item.bounds.holds(other.bounds) for other in others)


def _recent(items: Sequence[Item], kind: Kind) -> list[Item]:
    """The figures of the last days; of a toll also those that lie above them all."""
    last = max((item.said.point.said_on for item in items if item.said.point.said_on), default=None)
    recent = [_fresh(item, last, kind) for item in items]
    top = max((near(item).high for item, new in zip(items, recent, strict=True) if new), default=-math.inf)
    return [item for item, new in zip(items, recent, strict=True) if new or (kind == "toll" and near(item).low > top)]


def _fresh(item: Item, last: str | None, kind: Kind) -> bool:
    days = days_between(item.said.point.said_on, last)
    return days is None or days <= rules().current_days[kind]


def _rank(item: Item, standing: Sequence[Item]) -> tuple[float, float, int, float, float, tuple[int, ...]]:
    """Least is best: a known lower end, most agreement, newest, narrowest, lowest."""
    day = item.said.point.said_on
    newest = -int(day.replace("-", "")) if day else 0
    known = 0.0 if item.bounds.low > -math.inf else 1.0
    return known, -_agreeing(item, standing), newest, item.bounds.high - item.bounds.low, _value(item), item.at


def _agreeing(item: Item, standing: Sequence[Item]) -> int:
    """How many others agree with a figure; those of its own source and family, and of its own parts, do not count."""
    voices = {
        other.said.voice.key
        for other in standing
        if other.bounds.overlaps(item.bounds) and other.said.voice.key != item.said.voice.key
    }
    return len(voices)


def _value(item: Item) -> float:
    """The one number that a figure comes to: the one that was said, the lower end of an interval, the known end of
    an open one."""
    low, high = item.stated
    return low if low is not None else high if high is not None else 0.0


def _ends(item: Item) -> Iterator[float]:
    yield from (end for end in item.stated if end is not None)


def _rule(best: Item, standing: Sequence[Item], total: int) -> str:
    """How the estimate came about, in words."""
    point = best.said.point
    when = f" on {point.said_on}" if point.said_on else ""
    words = [f"best as {point.source} said{when}{', added up' if best.is_sum else ''}"]
    if len(standing) > 1:
        others = _agreeing(best, standing)
        words.append(f"in agreement with {others} other source{'' if others == 1 else 's'}")
    words.append(f"low and high from {len(standing)} of {total} figure{'' if total == 1 else 's'}")
    if len(standing) < total:
        words.append("the others are overtaken, older, or say less")
    if any(item.bounds.high == math.inf for item in standing):
        words.append("open above")
    return "; ".join(words)
