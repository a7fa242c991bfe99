"""What a process that is Tocsin's own sets for itself; a program that imports Tocsin is left as it is."""

from __future__ import annotations

import ctypes
import functools
import gc
from collections.abc import Callable

YOUNG = 50_000
"""Objects made before the youngest are looked over. Readings make many and drop them whole; Python's usual 700 has the
collector walk the language model and the lexicon again and again, for some 5 % of the time."""


def tune() -> None:
    """Look for garbage more seldom. For the command line, its workers and the benches."""
    gc.set_threshold(YOUNG, 20, 50)


def give_back() -> None:
    """Give freed memory back to the system, where the C library can; it keeps it in pieces else. A few milliseconds."""
    if (trim := _trim()) is not None:
        trim(0)


@functools.cache
def _trim() -> Callable[[int], int] | None:
    """glibc's `malloc_trim`."""
    return getattr(ctypes.CDLL(None), "malloc_trim", None)
