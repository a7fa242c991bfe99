"""What the user sees when something fails: one line on standard error, and an exit status."""

from __future__ import annotations

import os
import sys
import traceback

from tocsin.errors import TocsinError, UsageError
from tocsin.show.plain import one_line

DONE, SOME_FAILED, WRONG_USE, INTERRUPTED = 0, 1, 2, 130


def tell(message: str) -> None:
    """Write one line to standard error."""
    print(f"tocsin: {one_line(message)}", file=sys.stderr, flush=True)


def debugging() -> bool:
    """Whether the user wants to see where a fault arose."""
    return os.environ.get("TOCSIN_DEBUG", "") not in ("", "0")


def tell_fault(fault: BaseException) -> None:
    """Tell of an error in one line; with `TOCSIN_DEBUG=1` its traceback comes before."""
    if debugging():
        traceback.print_exception(fault)
    if isinstance(fault, TocsinError):
        tell(str(fault))
    elif isinstance(fault, OSError) and fault.strerror:
        tell(
            f"{fault.filename or 'the output'}: {fault.strerror[:1].lower()}{fault.strerror[1:]}; the rest is not done"
        )
    else:
        tell(f"a fault in Tocsin ({type(fault).__name__}: {fault}); TOCSIN_DEBUG=1 shows where")


def status_of(fault: BaseException) -> int:
    """The exit status that an error ends the call with."""
    return WRONG_USE if isinstance(fault, UsageError) else SOME_FAILED
