"""Which events share a block, for very many of them: in arrays of numbers instead of tables of strings.

Every event has a number, its place in the order of rank. All entries (block, event) are sorted by block and, within
it, by number; so those before an event under a block are a run that ends at its own entry, and no table is needed.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int32]
Places = npt.NDArray[np.int64]


class Entries:
    """Under which blocks events are filed: of each entry the block's number, whether the event looks for others there,
    and how many entries an event has. An entry takes nine bytes."""

    def __init__(self) -> None:
        self.blocks, self.sought, self.counts = array("Q"), bytearray(), array("i")

    def add(self, filed: Iterable[tuple[int, bool]]) -> None:
        """The entries of one more event."""
        before = len(self.blocks)
        for block, sought in filed:
            self.blocks.append(block)
            self.sought.append(sought)
        self.counts.append(len(self.blocks) - before)


class Meetings:
    """For each of some events, those before it in their order with which it shares a block that it looks under.

    Events go by their numbers, their places in the order, of which there are `count`; `numbers` are those of the events
    in the order of their entries, negative for one that takes no part.
    """

    def __init__(self, entries: Entries, numbers: Numbers, count: int) -> None:
        keys = np.frombuffer(entries.blocks, np.uint64)
        sought = np.frombuffer(entries.sought, bool)
        numbers = np.repeat(numbers, np.frombuffer(entries.counts, np.int32))
        order = np.lexsort((numbers, keys))
        order = order[numbers[order] >= 0]
        keys, numbers = keys[order], numbers[order]
        first = np.ones(len(keys), bool)
        first[1:] = keys[1:] != keys[:-1]
        begins = np.flatnonzero(first)
        begin = np.repeat(begins, np.diff(np.append(begins, len(keys))))
        at = np.flatnonzero(sought[order] & ~first)
        at = at[np.argsort(numbers[at], kind="stable")]
        self._numbers = _plain(numbers)
        self._begins, self._ends = _plain(begin[at]), _plain(at)
        self._runs = _plain(np.searchsorted(numbers[at], np.arange(count + 1)))

    def before(self, number: int) -> list[int]:
        """The events before one that share a block with it, each once, in their order."""
        found: set[int] = set()
        for run in range(self._runs[number], self._runs[number + 1]):
            found.update(self._numbers[self._begins[run] : self._ends[run]])
        return sorted(found)


def _plain(values: Numbers | Places) -> array[int]:
    """Numbers as an array of Python's own, whose single members are quicker to get at."""
    plain = array("i" if values.dtype == np.int32 else "q")
    plain.frombytes(values.tobytes())
    return plain
