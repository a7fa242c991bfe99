"""Which events share a block, for very many of them: in arrays of numbers instead of tables of strings.

Every event has a number, its place in the order of rank. All entries (block, event) are sorted by block and, within
it, by number; so those before an event under a block are a run that ends at its own entry, and no table is needed.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from tocsin.link.blocks import blocks, number_of, sought
from tocsin.link.events import Event

Keys = npt.NDArray[np.uint64]
Flags = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int32]
Places = npt.NDArray[np.int64]


class Meetings:
    """For each of some events, those before it in their order with which it shares a block that it looks under.

    Events go by their numbers, their places in the order. Blocks of one event are dropped; an entry takes 20 bytes.
    """

    def __init__(self, events: Iterable[Event]) -> None:
        keys, sought_under, numbers, count = _entries(events)
        order = np.argsort(keys, kind="stable")
        keys, numbers = keys[order], numbers[order]
        first = np.ones(len(keys), bool)
        first[1:] = keys[1:] != keys[:-1]
        begins = np.flatnonzero(first)
        begin = np.repeat(begins, np.diff(np.append(begins, len(keys))))
        at = np.flatnonzero(sought_under[order] & ~first)
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


def _entries(events: Iterable[Event]) -> tuple[Keys, Flags, Numbers, int]:
    """An entry for each block of each event: its number, whether it is one that the event looks under, and the number
    of the event; and how many events there are."""
    keys, flags, counts = array("Q"), bytearray(), array("i")
    for event in events:
        filed = blocks(event)
        wanted = set(sought(event, filed))
        keys.extend(map(number_of, filed))
        flags.extend(key in wanted for key in filed)
        counts.append(len(filed))
    numbers = np.repeat(np.arange(len(counts), dtype=np.int32), np.frombuffer(counts, np.int32))
    return np.frombuffer(keys, np.uint64), np.frombuffer(flags, bool), numbers, len(counts)


def _plain(values: Numbers | Places) -> array[int]:
    """Numbers as an array of Python's own, whose single members are quicker to get at."""
    plain = array("i" if values.dtype == np.int32 else "q")
    plain.frombytes(values.tobytes())
    return plain
