"""Greedy one-to-one pairing of what was read with the gold, and when two spans are the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol, TypeVar

S = TypeVar("S")
G = TypeVar("G")


class Spanned(Protocol):
    """Anything with offsets into a text."""

    @property
    def start(self) -> int:
        """Offset of its first character."""

    @property
    def end(self) -> int:
        """Offset after its last character."""


def overlap(a: Spanned, b: Spanned) -> bool:
    """Whether two spans share a character."""
    return a.start < b.end and b.start < a.end


def same_span(a: Spanned, b: Spanned) -> bool:
    """Whether two spans are equal."""
    return a.start == b.start and a.end == b.end


def union_share(a: Spanned, b: Spanned) -> float:
    """The share of their hull that two spans have in common."""
    common = min(a.end, b.end) - max(a.start, b.start)
    return max(0, common) / (max(a.end, b.end) - min(a.start, b.start))


def pair(system: Iterable[S], gold: Iterable[G], same: Callable[[S, G], bool]) -> list[tuple[S, G]]:
    """Pair each of the system's with the first of the gold that is the same and not yet taken."""
    left, found = list(gold), []
    for one in system:
        for k, other in enumerate(left):
            if same(one, other):
                found.append((one, other))
                del left[k]
                break
    return found


def unpaired(gold: Iterable[G], taken: Iterable[G]) -> list[G]:
    """Those of the gold that nothing was paired with, by identity."""
    used = {id(one) for one in taken}
    return [one for one in gold if id(one) not in used]
