"""Counts, what is computed from them, and how sure that is.

A document's result is a row of counts; the counts of a set are their sum, and every measure is a function of the
sum. So an interval comes from summing the documents anew, drawn with replacement.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

ROUNDS = 1000
SEED = 20241223


class Count(NamedTuple):
    """How many are `right` of those `read` by the system and of those in the `gold`."""

    right: float = 0
    read: float = 0
    gold: float = 0

    @property
    def precision(self) -> float:
        """The share of what was read that is right, 1 where nothing was read."""
        return self.right / self.read if self.read else 1.0

    @property
    def recall(self) -> float:
        """The share of the gold that was read, 1 where there is none."""
        return self.right / self.gold if self.gold else 1.0

    def f1(self, empty: float = 0.0) -> float:
        """The harmonic mean of precision and recall; `empty` where there is nothing to count."""
        total = self.read + self.gold
        return 2 * self.right / total if total else empty


Counts = Mapping[str, Count]
Measure = Callable[[Counts], float | None]


class Miss(NamedTuple):
    """One error: its kind, the document, and what is wrong with which words."""

    kind: str
    document: str
    detail: str


class Scored(NamedTuple):
    """What one document gives: counts by name, the errors, and single values (distances in km)."""

    document: str
    counts: dict[str, Count]
    misses: tuple[Miss, ...] = ()
    values: tuple[float, ...] = ()


class Interval(NamedTuple):
    """The middle 95 % of a measure over documents drawn anew."""

    low: float
    high: float


def total(scored: Iterable[Scored]) -> dict[str, Count]:
    """The counts of all documents together."""
    found: dict[str, Count] = {}
    for one in scored:
        for name, count in one.counts.items():
            old = found.get(name, Count())
            found[name] = Count(old.right + count.right, old.read + count.read, old.gold + count.gold)
    return found


def tally(counts: dict[str, Count], name: str, right: float, read: float, gold: float) -> None:
    """Add to one of the counts of a document."""
    old = counts.get(name, Count())
    counts[name] = Count(old.right + right, old.read + read, old.gold + gold)


def f1_of(name: str, empty: float = 0.0) -> Measure:
    """The measure that is the F1 of one count; `None` where nothing was counted under that name."""

    def measure(counts: Counts) -> float | None:
        return counts[name].f1(empty) if name in counts else None

    return measure


def precision_of(name: str) -> Measure:
    """The measure that is the share right of what was read; `None` where nothing was counted under that name."""

    def measure(counts: Counts) -> float | None:
        return counts[name].precision if name in counts else None

    return measure


def share_of(name: str) -> Measure:
    """The measure that is the share right of those in the gold; `None` where there are none."""

    def measure(counts: Counts) -> float | None:
        count = counts.get(name, Count())
        return count.right / count.gold if count.gold else None

    return measure


def macro_f1(prefix: str) -> Measure:
    """The mean F1 over all counts whose name begins with `prefix`."""

    def measure(counts: Counts) -> float | None:
        found = [count.f1() for name, count in counts.items() if name.startswith(prefix)]
        return sum(found) / len(found) if found else None

    return measure


def intervals(scored: Sequence[Scored], measures: Mapping[str, Measure], rounds: int = ROUNDS) -> dict[str, Interval]:
    """The 95 % interval of each measure by bootstrap over documents, the same at every run."""
    names = sorted({name for one in scored for name in one.counts})
    if not scored or not names:
        return {}
    table = np.array([[value for name in names for value in one.counts.get(name, Count())] for one in scored])
    draws = np.random.default_rng(SEED).multinomial(len(scored), np.full(len(scored), 1 / len(scored)), size=rounds)
    sums = draws @ table
    rows = [
        {name: Count(*row[3 * k : 3 * k + 3]) for k, name in enumerate(names)} for row in sums.tolist()
    ]  # fmt: skip
    found: dict[str, Interval] = {}
    for label, measure in measures.items():
        values = [value for value in map(measure, rows) if value is not None]
        if values:
            low, high = np.percentile(values, [2.5, 97.5])
            found[label] = Interval(float(low), float(high))
    return found
