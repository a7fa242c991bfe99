"""How long a process may compute, counted in its own time, so that a busy machine changes nothing.

The soft limit raises `Overran` between two steps of the interpreter. The hard one is the kernel's: it ends the process
even inside a library that never comes back.
"""

from __future__ import annotations

import contextlib
import faulthandler
import os
import signal
from collections.abc import Iterator
from types import FrameType

WALL = 4.0
"""So many times its limit a task may take by the clock, so that one which waits for ever is noticed as well."""

ENDED = -signal.SIGPROF
"""The status of a process that its hard limit ended."""


class Overran(Exception):
    """The soft limit is reached."""


def wall(limit: float) -> float:
    """Seconds by the clock after which a task of `limit` seconds is given up."""
    return max(WALL * limit, limit + 5.0)


@contextlib.contextmanager
def hard(limit: float) -> Iterator[None]:
    """At most `limit` seconds of computing; then this process ends. It ends too when it waits far longer than its
    owner would, who must be dead then."""
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    with open(os.devnull, "w") as nowhere:
        faulthandler.dump_traceback_later(2 * wall(limit), exit=True, file=nowhere)
        signal.setitimer(signal.ITIMER_PROF, limit)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            faulthandler.cancel_dump_traceback_later()


@contextlib.contextmanager
def soft(limit: float) -> Iterator[None]:
    """At most `limit` seconds of computing, else `Overran`; where that does not help, the process ends."""
    signal.signal(signal.SIGVTALRM, _overran)
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_VIRTUAL, limit)
    signal.setitimer(signal.ITIMER_PROF, 2 * limit + 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.setitimer(signal.ITIMER_PROF, 0)


def _overran(number: int, frame: FrameType | None) -> None:
    raise Overran
