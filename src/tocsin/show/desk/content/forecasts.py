"""What was foretold with an end to its time, what became of it, and how those fared who foretold it."""

from __future__ import annotations

import datetime
import threading
from collections import OrderedDict
from weakref import WeakKeyDictionary

import msgspec
from sqlalchemy import Engine

from tocsin.judgement import Forecast, State, TrackRecord
from tocsin.ledger import Found, Ledger, Query
from tocsin.ledger.companions import companions
from tocsin.ledger.positions import State as Taken
from tocsin.ledger.positions import state
from tocsin.ledger.query import day
from tocsin.link.forecasts import forecasts, rules, track_records
from tocsin.model import Record

FORETOLD, HAPPENED = 500, 500
"""So many claims are looked at, at most: those that foretell, and those that tell what came of it."""

BACK = 365
"""So many days before the day for which it is asked a forecast may have been due."""

REMEMBERED = 8

STATES: tuple[State, ...] = ("open", "fulfilled", "lapsed", "withdrawn")


class ForecastQuery(Record, frozen=True, kw_only=True):
    """Which forecasts are wanted: as they stand at the end of the day `on` (that of the last publication, where none is
    given), due from `due_from` to `due_to`, of a source by words of its name, in one of some states."""

    on: str | None = None
    due_from: str | None = None
    due_to: str | None = None
    source: str | None = None
    states: tuple[State, ...] = ()

    def __post_init__(self) -> None:
        for name in ("on", "due_from", "due_to"):
            day(name, getattr(self, name))


class Foretold(Record, frozen=True, kw_only=True):
    """Forecasts as they stand at the end of the day `on`: those still open first due first, then the others, last due
    first. `claims` are those that they rest on, and those that fulfilled or withdrew them. `complete` is false where
    there was more to look at than could be."""

    on: str | None
    forecasts: tuple[Forecast, ...]
    claims: tuple[Found, ...]
    complete: bool


class Records(Record, frozen=True, kw_only=True):
    """What became of the forecasts of each source, those with most that have ended first; the days on which these were
    due."""

    on: str | None
    due_from: str | None
    records: tuple[TrackRecord, ...]
    complete: bool


def foretold(ledger: Ledger, query: ForecastQuery, limit: int = 100) -> Foretold:
    """The forecasts that are wanted."""
    on = query.on or last_day(ledger)
    if on is None:
        return Foretold(on=None, forecasts=(), claims=(), complete=True)
    found, complete = _forecasts(ledger, query, on)
    wanted = [one for one in found if _is_wanted(one, query)]
    chosen = sorted(wanted, key=lambda one: (one.state != "open", _order(one), one.claim))[:limit]
    ids = dict.fromkeys(id for one in chosen for id in (one.claim, one.by) if id is not None)
    return Foretold(
        on=on, forecasts=tuple(chosen), claims=tuple(ledger.claims_by_id(list(ids))),
        complete=complete and len(chosen) == len(wanted),
    )  # fmt: skip


def records(ledger: Ledger, query: ForecastQuery) -> Records:
    """The record of each source."""
    on = query.on or last_day(ledger)
    if on is None:
        return Records(on=None, due_from=None, records=(), complete=True)
    found, complete = _forecasts(ledger, query, on)
    kept = track_records(one for one in found if _is_wanted(one, query))
    ordered = sorted(kept, key=lambda one: (-one.resolved, -one.open, one.source))
    return Records(on=on, due_from=_first(query, on), records=tuple(ordered), complete=complete)


def last_day(ledger: Ledger) -> str | None:
    """The last day on which something was published."""
    newest = ledger.claims(Query(published_from="0001-01-01", limit=1)).page().claims
    return newest[0].document.published[:10] if newest and newest[0].document.published else None


Looked = tuple[tuple[Forecast, ...], bool]
Asked = tuple[Taken, int, str, str]


class Memory:
    """The forecasts of the last questions, as long as nothing comes into the ledger and nothing is linked."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: OrderedDict[Asked, Looked] = OrderedDict()

    def of(self, ledger: Ledger, first: str, on: str) -> Looked:
        """All forecasts due on a day or later, as they stand on another, and whether all claims were looked at."""
        asked = (state(ledger.engine), ledger.unlinked(), first, on)
        with self._lock:
            if asked in self._held:
                self._held.move_to_end(asked)
                return self._held[asked]
        found = _looked_up(ledger, first, on)
        with self._lock:
            self._held[asked] = found
            while len(self._held) > REMEMBERED:
                self._held.popitem(last=False)
        return found


_memories: WeakKeyDictionary[Engine, Memory] = WeakKeyDictionary()


def _forecasts(ledger: Ledger, query: ForecastQuery, on: str) -> Looked:
    """All forecasts that fell or fall due in the days asked for, and whether all claims were looked at."""
    return _memories.setdefault(ledger.engine, Memory()).of(ledger, _first(query, on), on)


def _looked_up(ledger: Ledger, first: str, on: str) -> Looked:
    """The same, from the ledger: from the claims that foretell, those of the same situations, and the newest that tell
    what happened."""
    kinds = rules()
    bounds = Query(time_from=first, published_to=on, limit=FORETOLD)
    saying = msgspec.structs.replace(bounds, statuses=tuple(sorted(kinds.foretelling)))
    ahead = ledger.claims(saying).page()
    ids = [one.id for one in ahead.claims]
    telling = Query(
        statuses=tuple(sorted(kinds.fulfilling | kinds.withdrawing)), published_from=first, published_to=on,
        limit=HAPPENED,
    )  # fmt: skip
    since = ledger.claims(telling).page()
    ids += companions(ledger.engine, ids, HAPPENED) + [one.id for one in since.claims]
    told = list(ledger.told(dict.fromkeys(ids)))
    found = forecasts(told, on, until=min(on, last_day(ledger) or on))
    return found, ahead.cursor is None and since.cursor is None


def _first(query: ForecastQuery, on: str) -> str:
    """The first day on which a forecast may have been due."""
    day_ = datetime.date.fromisoformat(on).toordinal()
    return query.due_from or datetime.date.fromordinal(max(1, day_ - BACK)).isoformat()


def _is_wanted(one: Forecast, query: ForecastQuery) -> bool:
    named = query.source is None or query.source.lower() in one.source.lower()
    after = query.due_from is None or one.due >= query.due_from
    before = query.due_to is None or one.due <= query.due_to
    return named and after and before and (not query.states or one.state in query.states)


def _order(one: Forecast) -> int:
    """Open ones by the end of their time, the others the last first."""
    at = datetime.date.fromisoformat(one.due).toordinal()
    return at if one.state == "open" else -at
