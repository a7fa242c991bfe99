"""`tocsin reread`: articles of the ledger read again by the reader that is installed."""

from __future__ import annotations

from typing import NamedTuple

from tocsin.batch.ingest import reread
from tocsin.batch.stale import Choice, count, stale
from tocsin.errors import UsageError
from tocsin.ledger import Ledger, current
from tocsin.ledger.query import day
from tocsin.settings import Settings
from tocsin.show.cli import faults, progressing
from tocsin.show.cli.ingest import plan_of
from tocsin.show.terminal import Terminal


class Call(NamedTuple):
    """What `tocsin reread` was asked for, beside the settings."""

    words: tuple[str, ...]
    everything: bool
    published_from: str | None
    published_to: str | None
    jobs: int | None
    limit: str


def run(call: Call, given: Settings) -> int:
    """Read what is chosen and of an older reader; return the exit status."""
    choice = choice_of(call)
    plan = plan_of(call.jobs, call.limit, given)
    reader = current(given.model).digest
    with Ledger.open(given.ledger, create=False) as ledger:
        total = count(ledger, reader, choice)
        with progressing.shown(progressing.Rate(total, by_documents=True)) as tell:
            summary = reread(ledger, stale(ledger, reader, choice), plan, tell)
    refused = f", {summary.refused} refused (tocsin quarantine list)" if summary.refused else ""
    said = f"{summary.reread} read again, {summary.claims} claims{refused}"
    Terminal().print(said if total else "nothing to read again: all of it was read by this reader", soft_wrap=True)
    return faults.SOME_FAILED if summary.refused else faults.DONE


def choice_of(call: Call) -> Choice:
    """The articles that are meant. Raises `UsageError` where none are named, or a date is none."""
    day("--published-from", call.published_from)
    day("--published-to", call.published_to)
    words = " ".join(call.words) or None
    if call.everything == bool(words or call.published_from or call.published_to):
        raise UsageError("reread: say which articles, by words or by dates of publication, or --all")
    return Choice(words=words, published_from=call.published_from, published_to=call.published_to)
