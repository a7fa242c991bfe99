"""`tocsin watch` and `tocsin alerts`: from indicators to alerts, on the terminal and wherever else they are wanted."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
from rich.console import Console
from rich.text import Text

from tocsin.errors import UsageError
from tocsin.ledger import Ledger
from tocsin.ledger.alerts import Alert
from tocsin.ledger.query import day
from tocsin.ledger.sightings import Sightings
from tocsin.show import alarms
from tocsin.show.cli import faults
from tocsin.show.cli.finding import opened
from tocsin.watch.evaluate import dry_run
from tocsin.watch.indicators import Indicator
from tocsin.watch.levels import levels
from tocsin.watch.library import chosen, packs
from tocsin.watch.rounds import begin, look


class Call(NamedTuple):
    """What `tocsin watch` was asked for."""

    names: tuple[str, ...]
    listed: bool
    test: bool
    first: str | None
    last: str | None
    follow: bool
    every: str
    fresh: bool
    on: str | None
    channels: Path | None
    atom: Path | None
    dead: bool
    redeliver: bool
    form: str


def watch(call: Call, where: str | None) -> int:
    """Do what was asked for."""
    for flag, value in (("--from", call.first), ("--to", call.last), ("--on", call.on)):
        day(flag, value)
    if call.listed:
        return show_packs()
    indicators = chosen(list(call.names))
    with opened(where) as ledger:
        if call.test:
            return test(ledger, indicators, call)
        now = datetime.datetime.now(datetime.UTC)
        if call.fresh:
            begin(ledger, indicators, now)
        found = look(ledger, indicators, (), now, call.on or now.date().isoformat())
        rang = show(found, call.form)
        if not rang:
            faults.tell("nothing rang")
    return faults.DONE


def test(ledger: Ledger, indicators: Sequence[Indicator], call: Call) -> int:
    """Show when indicators would have rung."""
    view = Sightings(ledger.engine, ledger.arrivals())
    span = view.span()
    if span is None:
        raise UsageError(f"{ledger.name}: holds no article with a date; there is no past to test on")
    first, last = call.first or span[0], call.last or span[1]
    rang = sum(show(sorted(dry_run(one, view, first, last), key=lambda a: a.day), call.form) for one in indicators)
    faults.tell(f"{rang or 'no'} alert{'s' * (rang != 1)} from {first} to {last}; nothing was written")
    return faults.DONE


def show(found: Iterable[Alert], form: str) -> int:
    """Show alerts as they come; how many there were."""
    console = Console(highlight=False, markup=False, emoji=False)
    count = 0
    for alert in found:
        count += 1
        if form == "jsonl":
            sys.stdout.buffer.write(msgspec.json.encode(alert) + b"\n")
            sys.stdout.buffer.flush()
        else:
            console.print(alarms.cards([alert]))
    return count


def show_packs() -> int:
    """Show what there is to watch for."""
    console = Console(highlight=False, markup=False, emoji=False)
    for pack in packs().values():
        console.print(Text.assemble((pack.id, "bold"), f"  {pack.title}"))
        for one in pack.indicators:
            console.print(Text.assemble("  ", (one.id, "cyan"), f"  {one.level}  {one.title}"))
    return faults.DONE


def alerts(since: str | None, pack: str | None, level: str | None, limit: int, form: str, where: str | None) -> int:
    """Show the alerts of the ledger."""
    day("--since", since)
    graver = levels().at_least(level) if level else None
    with opened(where) as ledger:
        if not show(ledger.alerts(since, pack, graver, limit or None), form):
            faults.tell("no alert found; tocsin watch raises them")
    return faults.DONE
