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
    with finding.opened(asked["ledger"]) as ledger, _opened(target) as out:
        notes = _write(form, ledger.claims(query), out)
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


@contextlib.contextmanager
def _opened(target: Path | None) -> Iterator[BinaryIO]:
    """Standard output, or a file that takes the place of `target` once all is written, and not before."""
    if target is None:
        yield sys.stdout.buffer
        return
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with part.open("xb") as out:
            yield out
        part.replace(target)
    except OSError as fault:
        raise LedgerError(f"{target}: cannot be written: {fault.strerror or fault}") from fault
    finally:
        part.unlink(missing_ok=True)
