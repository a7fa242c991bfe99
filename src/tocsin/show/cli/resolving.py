"""`tocsin resolve`: whom a name phrase means."""

from __future__ import annotations

import datetime
import sys

import msgspec
from rich.table import Table
from rich.text import Text

from tocsin.errors import UsageError
from tocsin.show.cli import faults
from tocsin.show.plain import one_line
from tocsin.show.terminal import Terminal


def run(text: str, on: str | None, form: str) -> int:
    """Answer; return the exit status."""
    from tocsin.understand.actors import resolve

    day = _day(on) if on else None
    found = resolve(text, day)
    if form == "json":
        answer = {"text": text, "on": day, **found._asdict()}
        sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(answer), indent=2) + b"\n")
        return faults.DONE
    table = Table.grid(padding=(0, 2, 0, 0))
    rows = {"name": found.name, "country": found.country, "sector": found.sector, "because": found.why}
    for label, value in rows.items():
        table.add_row(Text(label, style="dim"), Text(one_line(value)) if value else Text("unknown", style="dim"))
    Terminal().print(table)
    return faults.DONE


def _day(value: str) -> str:
    """The ISO date that the user gave."""
    try:
        return datetime.date.fromisoformat(value.strip()).isoformat()
    except ValueError as fault:
        raise UsageError(f"--on: “{value}” is not a date; write year-month-day, such as 2024-12-23") from fault
