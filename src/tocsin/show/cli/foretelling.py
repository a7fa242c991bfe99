"""`tocsin forecasts`: what was foretold and what became of it, and each source's record."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import NamedTuple, get_args

import msgspec

from tocsin.errors import UsageError
from tocsin.judgement import Forecast, State, Told
from tocsin.ledger import Ledger, Query
from tocsin.ledger.query import day
from tocsin.ledger.words import folded
from tocsin.link import forecasts as linked
from tocsin.show import foretold
from tocsin.show.cli import faults, finding
from tocsin.show.cli.durations import days
from tocsin.show.cli.judging import waiting, write
from tocsin.show.terminal import Terminal


class Call(NamedTuple):
    """What `tocsin forecasts` was asked for, but for the ledger."""

    due: str | None
    on: str | None
    source: str | None
    states: tuple[str, ...]
    records: bool
    scale: str | None
    explain: bool
    form: str


def forecasts(call: Call, where: str | None) -> int:
    """Show the forecasts that were asked for, or the sources' records."""
    day("--on", call.on)
    on = call.on or datetime.date.today().isoformat()
    until = _until(on, call.due)
    states = _states(call.states)
    with finding.opened(where) as ledger:
        told = {one.id: one for one in gathered(ledger, on)}
        found = linked.forecasts(list(told.values()), on, _last(ledger, on), call.scale)
        waiting(ledger)
    chosen = [one for one in found if _wanted(one, call, states, on, until)]
    if call.records:
        _show_records(call.form, chosen)
    elif call.form == "table":
        Terminal().print(foretold.forecasts(chosen, told, call.explain))
        if not chosen:
            faults.tell("no forecast found")
    else:
        write(call.form, map(msgspec.to_builtins, chosen))
    return faults.DONE


def gathered(ledger: Ledger, on: str) -> Iterator[Told]:
    """The claims that foretell something with an end to its time, published up to a day, and those published since the
    first of them that may have come of it."""
    rules = linked.rules()
    first: str | None = None
    ahead = Query(statuses=tuple(sorted(rules.foretelling)), published_to=on, sort="oldest")
    for told in ledger.told(query=ahead):
        if told.claim.time is not None and told.claim.time.to is not None:
            first = first or told.published
            yield told
    if first is not None:
        come = tuple(sorted(rules.fulfilling | rules.withdrawing))
        yield from ledger.told(query=Query(statuses=come, published_from=first[:10], published_to=on, sort="oldest"))


def _last(ledger: Ledger, on: str) -> str | None:
    """The last day up to a day on which anything in the ledger was published."""
    newest = ledger.claims(Query(published_from="0001-01-01", published_to=on, limit=1)).page().claims
    return newest[0].document.published if newest else None


def _until(on: str, due: str | None) -> str | None:
    """The last day on which a forecast may be due."""
    if due is None:
        return None
    try:
        return (datetime.date.fromisoformat(on) + datetime.timedelta(days("--due", due))).isoformat()
    except OverflowError:
        return None


def _states(given: Sequence[str]) -> frozenset[str]:
    known = get_args(State)
    for state in given:
        if state not in known:
            raise UsageError(f"--state {state}: one of {', '.join(known)}")
    return frozenset(given)


def _wanted(one: Forecast, call: Call, states: frozenset[str], on: str, until: str | None) -> bool:
    """Whether a forecast is asked for. Those that are due soon are those due from the day on."""
    named = call.source is None or _holds(one.source, call.source)
    return named and (not states or one.state in states) and (until is None or on <= one.due <= until)


def _holds(name: str, words: str) -> bool:
    """Whether the words of a name stand in another, in sequence."""
    held, wanted = folded(name.casefold()), folded(words.casefold())
    return any(held[at : at + len(wanted)] == wanted for at in range(len(held) - len(wanted) + 1))


def _show_records(form: str, found: Sequence[Forecast]) -> None:
    rows = linked.track_records(found)
    if form == "table":
        Terminal().print(foretold.records(rows))
    else:
        write(form, map(msgspec.to_builtins, rows))
