"""`tocsin export`: from a query to a file of claims for another program."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from tocsin.errors import LedgerError, UsageError
from tocsin.ledger import Rows
from tocsin.show.cli import faults, finding


def export(asked: dict[str, Any]) -> int:
    """Write the claims that were asked for, to standard output or whole to a file."""
    query, form, target = finding.query_of(asked), asked["form"], asked["out"]
    if form == "parquet" and target is None and sys.stdout.isatty():
        raise UsageError("--format parquet is no text for a terminal; name a file with --out")
    with finding.opened(asked["ledger"]) as ledger, opened(target, ledger.name) as out:
        rows = ledger.claims(query)
        notes = [] if rows.keys(1) else [finding.nothing(query)]
        notes += _write(form, rows, out)
        out.flush()
    for note in notes:
        faults.tell(note)
    return faults.DONE


def _write(form: str, rows: Rows, out: BinaryIO) -> list[str]:
    """Write claims in a format; say what had to be left out."""
    from tocsin.ledger import export, geojson, plover

    if form == "parquet":
        export.write_parquet(rows, out)
    elif form == "geojson":
        unplaced = geojson.write(rows, out)
        if unplaced:
            return [f"{_claims(unplaced)} left out: no place with coordinates"]
    elif form == "plover":
        lacking = plover.write(rows, out)
        if lacking:
            return [f"{_claims(sum(lacking.values()))} left out: PLOVER has no type for {', '.join(lacking)}"]
    else:
        finding.write(form, rows, out)
    return []


def _claims(number: int) -> str:
    return f"{number:,} claim" + ("" if number == 1 else "s")


def opened(target: Path | None, kept: str) -> contextlib.AbstractContextManager[BinaryIO]:
    """Where the claims go: standard output (no name, or `-`), a file, a device or a pipe. `kept` is the ledger, which
    is not written over."""
    if target is None or str(target) == "-":
        return contextlib.nullcontext(sys.stdout.buffer)
    if not target.name or target.is_dir():
        raise UsageError(f"--out {target}: a folder; name a file")
    if os.path.realpath(target) == os.path.realpath(kept):
        raise UsageError(f"--out {target}: this is the ledger; name another file")
    if target.exists() and not target.is_file():
        return target.open("wb")
    return _whole(target)


@contextlib.contextmanager
def _whole(target: Path) -> Iterator[BinaryIO]:
    """A file that takes the place of `target` once all is written, and not before."""
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as out:
            yield out
        part.replace(target)
    except OSError as fault:
        raise LedgerError(f"{target}: cannot be written: {fault.strerror or fault}") from fault
    finally:
        part.unlink(missing_ok=True)
