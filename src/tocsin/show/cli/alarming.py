"""`tocsin watch` and `tocsin alerts`: from indicators to alerts, on the terminal and wherever else they are wanted."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
from rich.text import Text

from tocsin.errors import UsageError
from tocsin.ledger import Ledger
from tocsin.ledger.alerts import Alert
from tocsin.ledger.outbox import DEAD, Outbox
from tocsin.ledger.query import day
from tocsin.ledger.sightings import Sightings
from tocsin.ledger.store import stamp
from tocsin.show import alarms
from tocsin.show.cli import faults
from tocsin.show.cli.durations import seconds
from tocsin.show.cli.finding import opened
from tocsin.show.cli.keeping_watch import Watch
from tocsin.show.plain import one_line
from tocsin.show.terminal import Terminal
from tocsin.watch.channels import AnyChannel, channels_of
from tocsin.watch.evaluate import dry_run
from tocsin.watch.indicators import Indicator
from tocsin.watch.levels import levels
from tocsin.watch.library import chosen, packs
from tocsin.watch.rounds import begin


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
    if not call.test and (call.first or call.last):
        raise UsageError("--from and --to go with --test; what is new needs no dates")
    every = seconds("--every", call.every)
    if call.listed:
        return show_packs(call.form)
    indicators = chosen(call.names)
    channels = channels_of(call.channels) if call.channels else ()
    with opened(where) as ledger:
        if call.dead:
            return show_dead(ledger, call.form)
        if call.test:
            return test(ledger, indicators, call)
        if call.redeliver:
            revive(ledger, channels)
        if call.fresh:
            begin(ledger, indicators, datetime.datetime.now(datetime.UTC))
        kept = Watch(ledger, indicators, channels, call.atom, call.on, lambda found: show(found, call.form))
        return kept.follow(every) if call.follow else kept.once()


def revive(ledger: Ledger, channels: Sequence[AnyChannel]) -> None:
    """Have dead letters tried again."""
    if not channels:
        raise UsageError("--redeliver: name the channels with --channels FILE")
    now = datetime.datetime.now(datetime.UTC)
    count = Outbox(ledger.engine).revive(now.timestamp(), stamp(now))
    faults.tell(f"{count} dead letter{'s' * (count != 1)} will be tried again")


def test(ledger: Ledger, indicators: Sequence[Indicator], call: Call) -> int:
    """Show when indicators would have rung."""
    view = Sightings(ledger.engine, ledger.arrivals())
    span = view.span()
    if span is None:
        raise UsageError(f"{ledger.name}: holds no article with a date; there is no past to test on")
    first, last = call.first or span[0], call.last or span[1]
    if first > last:
        raise UsageError(f"--from {first} --to {last}: no interval; the first day comes first")
    rang = 0
    for one in indicators:
        rang += show(dry_run(one, view, first, last), call.form)
    faults.tell(f"{rang or 'no'} alert{'s' * (rang != 1)} from {first} to {last}; nothing was written")
    return faults.DONE


def console() -> Terminal:
    """Where people read."""
    return Terminal()


def write_line(value: object) -> None:
    """One line of JSON."""
    sys.stdout.buffer.write(msgspec.json.encode(value) + b"\n")
    sys.stdout.buffer.flush()


def show(found: Iterable[Alert], form: str) -> int:
    """Show alerts as they come; how many there were."""
    out, count = console(), 0
    for alert in found:
        count += 1
        if form == "jsonl":
            write_line(alert)
        else:
            out.print(alarms.cards([alert]))
    return count


def show_packs(form: str) -> int:
    """Show what there is to watch for."""
    out = console()
    for pack in packs().values():
        if form == "table":
            out.print(Text.assemble((pack.id, "bold"), f"  {pack.title}"))
        for one in pack.indicators:
            if form == "jsonl":
                write_line(one)
            else:
                out.print(alarms.listed(one.id, one.level, levels().rank(one.level), one.title))
    return faults.DONE


def show_dead(ledger: Ledger, form: str) -> int:
    """Show what could not be delivered."""
    found = Outbox(ledger.engine).listed(DEAD)
    for one in found:
        if form == "jsonl":
            write_line(one)
            continue
        said = f"{one.channel}  {one.at}  {one.attempts} attempts  {one_line(one.fault or '')}"
        console().print(Text(f"{said}\n  {one.alert.id}  {one_line(one.alert.title)}"))
    if not found:
        faults.tell("no dead letters")
    return faults.DONE


def alerts(since: str | None, pack: str | None, level: str | None, limit: int, form: str, where: str | None) -> int:
    """Show the alerts of the ledger."""
    day("--since", since)
    graver = levels().at_least(level) if level else None
    with opened(where) as ledger:
        if not show(ledger.alerts(since, pack, graver, limit or None), form):
            faults.tell("no alert found; tocsin watch raises them")
    return faults.DONE
