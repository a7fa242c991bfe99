"""Sources into a ledger; documents of a ledger read again."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Mapping

from tocsin.batch.intake import READER, Given, Sources
from tocsin.batch.messages import Errand, Item
from tocsin.batch.plan import Plan
from tocsin.batch.pool import Pool
from tocsin.batch.run import Run, Summary, Tell
from tocsin.batch.settle import Settling
from tocsin.ledger import Ledger, Stored
from tocsin.read.dates import parse_option
from tocsin.read.fieldmap import checked
from tocsin.read.sources import SCHEME

MANY = 1_000
"""So many new documents change a ledger enough for the database to look at its tables anew, so that it finds its way
through them."""


def ingest(
    ledger: Ledger,
    sources: Iterable[str | os.PathLike[str]],
    plan: Plan | None = None,
    *,
    published: str | None = None,
    max_size: int = 1_000_000,
    timeout: float = 20.0,
    fields: Mapping[str, str] | None = None,
    tell: Tell | None = None,
    reader: tuple[str, ...] = READER,
    pool: Pool | None = None,
) -> Summary:
    """Take all that the sources name into the ledger: files, folders, patterns, http(s) addresses, `-`.

    What the ledger holds is passed over, what cannot be read goes into its quarantine; what is there and can be read
    now is settled. Broken off at any moment and called again, it ends in the same ledger. `published` is the ISO date
    of all; `max_size` the limit of one text; `timeout`, in seconds, is for addresses; `fields` says under which key
    JSON articles hold what; `tell` hears of progress; `pool` is that of the plan, where it has been started. Raises
    `UsageError` where `published` or `fields` are wrong, `LedgerError` where the ledger fails.
    """
    plan = plan or Plan()
    parse_option(published) if published else None
    errand = Errand(
        sources=tuple(map(absolute, sources)), published=published, max_size=max_size, timeout=timeout,
        fields=dict(checked(fields)), limit=plan.limit,
    )  # fmt: skip
    settling = Settling(ledger)
    with contextlib.closing(Sources(errand, reader)) as intake:
        summary = Run(ledger, intake, plan, tell, settling=settling, pool=pool).go()
    settling.settle()
    if summary.new + summary.updated >= MANY:
        ledger.optimize()
    return summary


def absolute(source: str | os.PathLike[str]) -> str:
    """A source as it can be found again from anywhere."""
    named = os.fspath(source)
    return named if named in ("", "-") or SCHEME.match(named) else os.path.abspath(named)


def reread(ledger: Ledger, documents: Iterable[Stored], plan: Plan | None = None, tell: Tell | None = None) -> Summary:
    """Read documents of a ledger again, from the text that it keeps. Where this reader has not read one yet, its
    reading takes the place of the earlier ones, which stay."""
    items = (Item(origin="the ledger", document=stored.document) for stored in documents)
    return Run(ledger, Given(items), plan or Plan(), tell, reread=True).go()
