"""`tocsin quarantine`: what could not be read, listed, shown, tried again."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import NamedTuple

import msgspec
from rich.table import Table
from rich.text import Text

from tocsin.batch.retry import retry
from tocsin.errors import UsageError
from tocsin.ledger import Held, Ledger
from tocsin.settings import Settings
from tocsin.show.cli import faults, progressing
from tocsin.show.cli.ingest import fields_of, plan_of
from tocsin.show.plain import one_line
from tocsin.show.terminal import Terminal

NO_BYTES = "unknown"
EXCERPT = 2_000
"""So many characters of a document that was kept are shown."""


class Call(NamedTuple):
    """What `tocsin quarantine` was asked for, beside the settings."""

    action: str
    ids: tuple[str, ...]
    resolved: bool
    form: str
    jobs: int
    limit: str
    published: str | None
    fields: tuple[str, ...]


def run(call: Call, given: Settings) -> int:
    """Do what is asked; return the exit status."""
    with Ledger.open(given.ledger, create=False) as ledger:
        if call.action == "retry":
            return again(ledger, call, given)
        if call.action == "show":
            if not call.ids:
                raise UsageError("quarantine show: say which, by an ID of tocsin quarantine list")
            write(call.form, [one(ledger, id) for id in call.ids], details)
        elif call.ids:
            raise UsageError("quarantine list takes no ID; tocsin quarantine show ID shows one")
        else:
            write(call.form, ledger.quarantined(resolved=call.resolved), overview)
    return faults.DONE


def one(ledger: Ledger, id: str) -> Held:
    """The row with an id. Raises `UsageError` where there is none."""
    found = ledger.quarantined_one(id)
    if found is None:
        raise UsageError(f"quarantine: there is no row {id}; tocsin quarantine list --resolved lists all")
    return found


def again(ledger: Ledger, call: Call, given: Settings) -> int:
    """Try the rows with the ids given, or all that are open."""
    rows = [one(ledger, id) for id in call.ids or [row.id for row in ledger.quarantined()]]
    plan = plan_of(call.jobs, call.limit, given)
    fields = fields_of(call.fields)
    with progressing.shown(progressing.Rate(None)) as tell:
        done = retry(
            ledger, rows, plan, max_size=given.max_size, timeout=given.timeout, published=call.published, fields=fields,
            tell=tell,
        )  # fmt: skip
    origins = {row.id: row.origin for row in rows}
    for id in done.lost:
        faults.tell(f"{id}: {origins[id]}: it is not there any more; ingest it from where it is now")
    lost = f", {len(done.lost)} not there any more" if done.lost else ""
    Terminal().print(f"{len(done.read)} read, {len(done.refused)} refused again{lost}", soft_wrap=True)
    return faults.SOME_FAILED if done.refused or done.lost else faults.DONE


def write(form: str, rows: Sequence[Held], show: Callable[[Sequence[Held]], None]) -> None:
    """Write rows as JSON, or as `show` shows them."""
    if form == "table":
        show(rows)
        return
    plain = [msgspec.structs.replace(row, raw=None) for row in rows]
    if form == "json":
        sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(plain), indent=2) + b"\n")
    else:
        sys.stdout.buffer.write(b"".join(msgspec.json.encode(row) + b"\n" for row in plain))


def overview(rows: Sequence[Held]) -> None:
    """A table of rows."""
    if not rows:
        faults.tell("nothing is in quarantine")
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("ID", "KIND", "LAST SEEN", "WHAT AND WHY"):
        table.add_column(name, no_wrap=name != "WHAT AND WHY", overflow="fold")
    for row in rows:
        state = Text(row.kind, style="dim" if row.resolved else "yellow")
        why = Text.assemble((one_line(row.origin), "bold"), "\n", one_line(row.reason))
        table.add_row(row.id, state, row.last_seen[:16].replace("T", " "), why)
    Terminal().print(table)


def details(rows: Sequence[Held]) -> None:
    """All that is known of each row."""
    console = Terminal()
    for row in rows:
        table = Table.grid(padding=(0, 2, 0, 0))
        for name, value in facts(row):
            table.add_row(Text(name, style="bold"), Text(one_line(value), overflow="fold"))
        console.print(table)
        if row.raw is not None:
            console.print("\n" + row.raw[:EXCERPT].decode("utf-8", "replace") + "\n", soft_wrap=True)


def facts(row: Held) -> list[tuple[str, str]]:
    """What is known of a row, in the order in which it is shown."""
    return [
        ("id", row.id),
        ("from", row.origin),
        ("kind", row.kind),
        ("reason", row.reason),
        ("hash", row.digest or NO_BYTES),
        ("bytes", f"{row.size:,}" if row.digest else NO_BYTES),
        ("first seen", row.first_seen),
        ("last seen", row.last_seen),
        ("read since", row.resolved or "no"),
    ]
