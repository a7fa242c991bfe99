"""Alerts: what an indicator found, as the ledger keeps it, and how far each indicator has looked."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection, Select, func, select

from tocsin.judgement import Told
from tocsin.ledger.watched import alert_claims, alerts, deliveries, watches
from tocsin.ledger.write import CHUNK, chunks
from tocsin.model import Record

WAITING = "waiting"
COLUMNS = ("number", "id", "indicator", "pack", "level", "rank", "about", "day", "raised")


class Cited(Told, frozen=True, kw_only=True):
    """A claim as an alert shows it: with address and title of its document, and when that was first seen (UTC)."""

    url: str | None = None
    title: str | None = None
    seen: str = ""

    @property
    def day(self) -> str:
        """The day on which it was told: of publication or, where that is unknown, of the first sight."""
        return (self.published or self.seen)[:10]


class Alert(Record, frozen=True, kw_only=True):
    """An indicator that rang.

    `id` is made from what rang and why, so the same alert has the same id wherever and whenever it is found. `about` is
    what the indicator tells apart, such as countries, by code; `day` that on which its condition was met; `reason` says
    in words how. `claims` are at most some dozens of the `count` that made it ring; `documents` carry them, of which
    `independent` do not repeat each other; `sources` are the agencies and publishers. `observed` and `expected` are
    numbers where the condition compares some. `rank` orders levels, the gravest last. `raised` (UTC) and `number` (the
    place in the order of alerts) are the ledger's.
    """

    id: str
    indicator: str
    pack: str
    title: str
    why: str
    level: str
    rank: int
    about: str
    day: str
    reason: str
    claims: tuple[Cited, ...]
    count: int
    documents: int
    independent: int
    sources: tuple[str, ...]
    observed: float | None = None
    expected: float | None = None
    raised: str | None = None
    number: int = 0


class Step(Record, frozen=True, kw_only=True):
    """What one look of an indicator adds: it had looked up to `since` (`None`: never) and has now up to `until`.
    `channels` names for each alert where it is to be sent."""

    indicator: str
    definition: str
    since: int | None
    until: int
    alerts: tuple[Alert, ...] = ()
    channels: tuple[tuple[str, ...], ...] = ()


class Wanted(Record, frozen=True, kw_only=True):
    """Which alerts are asked for: raised at or after `since` (a day or a moment), with a number after `after` and
    before `before`, of a pack, an indicator, of one of `levels`, that show a claim; newest first, or else in the order
    in which they rang."""

    since: str | None = None
    after: int | None = None
    before: int | None = None
    pack: str | None = None
    indicator: str | None = None
    levels: tuple[str, ...] = ()
    claim: str | None = None
    limit: int | None = None
    newest: bool = True


decode = msgspec.json.Decoder(Alert).decode


def looked(connection: Connection) -> dict[str, int]:
    """Up to which arrival each indicator has looked."""
    return {row.indicator: row.arrival for row in connection.execute(select(watches.c.indicator, watches.c.arrival))}


def record(connection: Connection, step: Step, at: str, now: float) -> list[Alert] | None:
    """Write what a look has brought, and return the alerts that are new, with their numbers; `None`, and nothing is
    written, where another process has looked meanwhile. `now` is the time in seconds since 1970."""
    before = select(watches.c.arrival).where(watches.c.indicator == step.indicator)
    if connection.execute(before).scalar() != step.since:
        return None
    connection.execute(watches.delete().where(watches.c.indicator == step.indicator))
    row = {"indicator": step.indicator, "arrival": step.until, "definition": step.definition, "at": at}
    connection.execute(watches.insert(), row)
    known = _known(connection, [alert.id for alert in step.alerts])
    number = int(connection.execute(select(func.max(alerts.c.number))).scalar() or 0)
    new = []
    for alert, channels in zip(step.alerts, step.channels or ((),) * len(step.alerts), strict=True):
        if alert.id not in known:
            known.add(alert.id)
            number += 1
            new.append(msgspec.structs.replace(alert, raised=at, number=number))
            _insert(connection, new[-1], channels, now)
    return new


def _known(connection: Connection, ids: Sequence[str]) -> set[str]:
    """Which alerts the ledger holds."""
    found: set[str] = set()
    for chunk in chunks(ids, CHUNK):
        found.update(connection.execute(select(alerts.c.id).where(alerts.c.id.in_(chunk))).scalars())
    return found


def _insert(connection: Connection, alert: Alert, channels: Sequence[str], now: float) -> None:
    """Add an alert, and where it is to be sent."""
    row = {
        name: getattr(alert, name) for name in ("number", "id", "indicator", "pack", "level", "rank", "about", "day")
    }
    connection.execute(alerts.insert(), row | {"raised": alert.raised, "record": msgspec.json.encode(alert)})
    shown = [{"alert": alert.number, "claim": id} for id in dict.fromkeys(cited.id for cited in alert.claims)]
    if shown:
        connection.execute(alert_claims.insert(), shown)
    if channels:
        waiting = {"alert": alert.number, "state": WAITING, "attempts": 0, "next_at": now, "at": alert.raised}
        connection.execute(deliveries.insert(), [waiting | {"channel": name} for name in channels])


def found(connection: Connection, wanted: Wanted) -> list[Alert]:
    """The alerts that are wanted."""
    return [decode(row.record) for row in connection.execute(_statement(wanted))]


def _statement(wanted: Wanted) -> Select[tuple[bytes]]:
    """What is asked for them."""
    row = alerts.c
    statement = select(row.record)
    if wanted.claim is not None:
        of = select(alert_claims.c.alert).where(alert_claims.c.claim == wanted.claim)
        statement = statement.where(row.number.in_(of))
    if wanted.since is not None:
        statement = statement.where(row.raised >= wanted.since)
    if wanted.after is not None:
        statement = statement.where(row.number > wanted.after)
    if wanted.before is not None:
        statement = statement.where(row.number < wanted.before)
    if wanted.pack is not None:
        statement = statement.where(row.pack == wanted.pack)
    if wanted.indicator is not None:
        statement = statement.where(row.indicator == wanted.indicator)
    if wanted.levels:
        statement = statement.where(row.level.in_(wanted.levels))
    return statement.order_by(row.number.desc() if wanted.newest else row.number).limit(wanted.limit)


def by_id(connection: Connection, id: str) -> Alert | None:
    """The alert with an id."""
    row = connection.execute(select(alerts.c.record).where(alerts.c.id == id)).first()
    return decode(row.record) if row else None


def rung(connection: Connection, indicator: str, first: str, last: str) -> list[tuple[str, str, int]]:
    """What an indicator has rung for on the days `first` to `last`: about what, on which day, of which rank."""
    row = alerts.c
    statement = select(row.about, row.day, row.rank).where(
        row.indicator == indicator, row.day >= first, row.day <= last
    )
    return [(about, day, rank) for about, day, rank in connection.execute(statement.order_by(row.number))]
