"""A process of one's own kind: started, talked to, watched, ended.

It is a program run afresh (`python -m`), not a copy of this process: copies inherit locks and threads in unknown
states. It talks over a pair of connected sockets of its own, so that one which dies in mid-sentence damages no other's
words, and whose end tells each side of the other's death.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection
from typing import Any

SINGLE_THREADED = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")
"""Each process computes on one core; there are as many processes as are wanted."""

PATIENCE = 5.0
"""Seconds that a process which has hung up has to end."""


def module(name: str) -> tuple[str, ...]:
    """The command that runs a module of this Python; the folder that it is run in is not searched for modules."""
    return (sys.executable, "-P", "-m", name)


class Child:
    """A process that was started. `command` gets the number of its file descriptor as last argument; `inherited` are
    open file descriptors that it has as well, under their numbers."""

    def __init__(
        self, command: Sequence[str], *, stdin: int | None = subprocess.DEVNULL, inherited: Sequence[int] = ()
    ) -> None:
        self.connection, theirs = multiprocessing.Pipe()
        descriptor = theirs.fileno()
        stderr = None if os.environ.get("TOCSIN_DEBUG", "0") not in ("", "0") else subprocess.DEVNULL
        started: subprocess.Popen[bytes] | None = None
        try:
            with theirs, _no_interrupt():
                started = subprocess.Popen(
                    [*command, str(descriptor)], stdin=stdin, stdout=subprocess.DEVNULL, stderr=stderr,
                    pass_fds=(descriptor, *inherited), env=_environment(),
                )  # fmt: skip
        except BaseException:  # an interrupt that came meanwhile
            if started is not None:
                started.kill()
            raise
        self.process = started

    def send(self, message: bytes) -> bool:
        """Send a message; whether it got there."""
        try:
            self.connection.send_bytes(message)
        except OSError:
            return False
        return True

    def receive(self) -> bytes | None:
        """The next message, waited for; `None` where the process is dead."""
        try:
            return self.connection.recv_bytes()
        except (EOFError, OSError):
            return None

    def end(self) -> int:
        """Make sure that the process has ended; its status, negative for the signal that ended it."""
        self.connection.close()
        try:
            return self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            return self.kill()

    def kill(self) -> int:
        """End the process at once."""
        with contextlib.suppress(OSError):
            self.connection.close()
        self.process.kill()
        return self.process.wait()


def parent() -> Connection:
    """In a child: the connection to who started it."""
    return Connection(int(sys.argv[-1]))


def how_ended(status: int) -> str:
    """In words how a process ended."""
    if status >= 0:
        return f"it ended with status {status}"
    if status == -signal.SIGKILL:
        return "it was killed; perhaps memory ran out"
    try:
        return f"it was ended by {signal.Signals(-status).name}"
    except ValueError:
        return f"it was ended by signal {-status}"


def _environment() -> dict[str, str]:
    """The surroundings of a child: the same modules are found, and it computes on one core."""
    environment = dict(os.environ)
    environment.update(dict.fromkeys(SINGLE_THREADED, "1"))
    environment["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
    return environment


@contextlib.contextmanager
def _no_interrupt() -> Iterator[None]:
    """A child that is started here never gets the interrupt of the terminal: who started it ends it. One that comes
    meanwhile, to whatever thread of this process, waits until the child is there."""
    came: list[tuple[int, Any]] = []
    handler = None
    masked: Any = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    if threading.current_thread() is threading.main_thread() and callable(signal.getsignal(signal.SIGINT)):
        handler = signal.signal(signal.SIGINT, lambda number, frame: came.append((number, frame)))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, masked)
        if callable(handler):
            signal.signal(signal.SIGINT, handler)
            for number, frame in came:
                handler(number, frame)
