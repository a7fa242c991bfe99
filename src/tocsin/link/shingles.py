"""Word shingles and their sketch: how much of two texts is the same copy, from two kilobytes each.

A shingle is a run of words; the resemblance of two texts is the share of shingles that they have in common, the
containment the share of the shorter text's (Broder 1997, On the resemblance and containment of documents). A sketch
keeps the shingles with the lowest hashes, at most so many: a fair sample, from which both measures can be estimated,
also where one text is much longer; up to that many shingles it is exact. Its first few are the keys under which kin is
looked up: a text that is part of another shares the lowest hashes of the other that fall into it.
"""

from __future__ import annotations

import functools
import zlib
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint32]

MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
MIX = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))
"""Constants of SplitMix64 (Steele, Lea, Flood 2014), whose finisher spreads the hashes."""


OPEN = 1 << 10
"""So many short sketches are kept as sets."""


class Shared(NamedTuple):
    """How two sketches compare: `shared` of the `least` sampled shingles of the shorter text (`most` of the longer)."""

    shared: int
    least: int
    most: int

    @property
    def containment(self) -> float:
        """The share of the shorter text that stands in the other."""
        return self.shared / self.least if self.least else 0.0

    @property
    def resemblance(self) -> float:
        """The share of all shingles that stand in both."""
        either = self.least + self.most - self.shared
        return self.shared / either if either else 0.0

    @property
    def mean(self) -> float:
        """The mean of both: high for a copy, and for a cut as long as it is whole."""
        return (self.containment + self.resemblance) / 2


def marked(words: Iterable[str]) -> Hashes:
    """The distinct hashes of words, 32 bits each, the same on every machine, spread evenly and sorted."""
    raw = np.array([zlib.crc32(word.encode("utf-8", "surrogatepass")) for word in words], np.uint64)
    return distinct(mixed(raw * MULTIPLIER))


def shingled(marks: Iterable[int], length: int) -> Hashes:
    """The distinct hashes of all runs of `length` of a text's words, of the whole where it is shorter, sorted. Words
    are given as 32 bits each."""
    each = mixed(np.fromiter(marks, np.uint64) * MULTIPLIER).astype(np.uint64)
    if not len(each):
        return np.empty(0, np.uint32)
    length = min(length, len(each))
    runs = np.zeros(len(each) - length + 1, np.uint64)
    for offset in range(length):
        runs = runs * MULTIPLIER + each[offset : offset + len(runs)]
    return distinct(mixed(runs))


def distinct(hashes: Hashes) -> Hashes:
    """Hashes, each once, sorted."""
    hashes = np.sort(hashes)
    return hashes[np.concatenate(([True], hashes[1:] != hashes[:-1]))] if len(hashes) else hashes


def lowest(hashes: Hashes, most: int) -> bytes:
    """The sketch: the lowest `most` of sorted hashes, four bytes each, little-endian."""
    return hashes[:most].astype("<u4").tobytes()


def opened(sketch: bytes) -> Hashes:
    """The hashes of a sketch."""
    return np.frombuffer(sketch, "<u4")


@functools.lru_cache(OPEN)
def members(sketch: bytes) -> frozenset[int]:
    """The hashes of a short sketch as a set: a few are counted faster so."""
    return frozenset(opened(sketch).tolist())


def common(a: Hashes, b: Hashes, most: int) -> Shared:
    """Compare two sketches of at most `most` hashes. Above the end of one that is full nothing can be said, so only
    what lies below the lower of the two ends counts."""
    ends = [hashes[-1] for hashes in (a, b) if len(hashes) >= most]
    if ends:
        end = min(ends)
        a, b = a[: a.searchsorted(end, "right")], b[: b.searchsorted(end, "right")]
    shared = overlap(a, b)
    return Shared(shared, min(len(a), len(b)), max(len(a), len(b)))


def overlap(a: Hashes, b: Hashes) -> int:
    """How many hashes two sorted arrays have in common."""
    if not len(a) or not len(b):
        return 0
    if len(a) > len(b):
        a, b = b, a
    at = b.searchsorted(a)
    return int(np.count_nonzero(b.take(at, mode="clip") == a))


def mixed(values: npt.NDArray[np.uint64]) -> Hashes:
    """Spread 64-bit values evenly over 32 bits."""
    values = (values ^ (values >> np.uint64(30))) * MIX[0]
    values = (values ^ (values >> np.uint64(27))) * MIX[1]
    return ((values ^ (values >> np.uint64(31))) >> np.uint64(32)).astype(np.uint32)
