"""`tocsin ingest`: sources into the ledger."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from tocsin.batch.plan import Plan, cores
from tocsin.batch.pool import Pool
from tocsin.errors import UsageError
from tocsin.read.dates import parse_option
from tocsin.read.fieldmap import checked
from tocsin.settings import Settings
from tocsin.show.cli import faults
from tocsin.show.cli.durations import seconds
from tocsin.show.terminal import Terminal


class Call(NamedTuple):
    """What `tocsin ingest` was asked for, beside the settings."""

    sources: tuple[str, ...]
    published: str | None
    fields: tuple[str, ...]
    jobs: int | None
    limit: str
    links: bool


def run(call: Call, given: Settings) -> int:
    """Take everything in; return the exit status."""
    plan = plan_of(call.jobs, call.limit, given, links=call.links)
    fields = fields_of(call.fields)
    if call.published:
        parse_option(call.published)
    with contextlib.closing(plan.pool()) as pool:
        if _is_to_be_made(given.ledger):  # there will be something to read, so a model is loaded meanwhile
            pool.start(1)
        return _take_in(call, given, plan, fields, pool)


def _is_to_be_made(ledger: str) -> bool:
    """Whether a ledger is a file that is not there yet."""
    return "://" not in ledger and not Path(ledger).expanduser().exists()


def _take_in(call: Call, given: Settings, plan: Plan, fields: Mapping[str, str], pool: Pool) -> int:
    """Take everything in. What this needs is imported only now: it takes as long as half a model."""
    from tocsin.batch.ingest import ingest
    from tocsin.ledger import Ledger
    from tocsin.show.cli import progressing

    rate = progressing.Rate(progressing.size_of(call.sources))
    with Ledger.open(given.ledger) as ledger, progressing.shown(rate) as tell:
        try:
            summary = ingest(
                ledger, call.sources, plan, published=call.published, max_size=given.max_size, timeout=given.timeout,
                fields=fields, tell=tell, pool=pool,
            )  # fmt: skip
        except KeyboardInterrupt:
            faults.tell("interrupted; what was read is in the ledger, and the same command goes on from there")
            raise
    if summary.skipped:
        said = ", ".join(f"{count} × {kind}" for kind, count in sorted(summary.skipped.items()))
        faults.tell(f"passed over, being no article: {said}")
    Terminal().print(progressing.conclusion(summary), soft_wrap=True)
    return faults.SOME_FAILED if summary.refused else faults.DONE


def plan_of(jobs: int | None, limit: str, given: Settings, *, links: bool = True) -> Plan:
    """How the run is to be done."""
    computing = seconds("--timeout-per-document", limit)
    return Plan(jobs=jobs or cores(), model=given.model, limit=computing, links=links)


def fields_of(said: Sequence[str]) -> dict[str, str]:
    """`NAME=KEY`, several times, as a map."""
    found = {}
    for one in said:
        name, equals, key = one.partition("=")
        if not (name and equals and key):
            raise UsageError(f"--field {one}: write the name of a field, =, and the key: text=story.body")
        found[name.strip()] = key.strip()
    return checked(found)
