"""What of alerts has still to be sent: taken out, sent, put back for a later attempt, or laid with the dead letters.

Who takes something out has it for a while: it comes due again when that time is over, unless it was sent or put back.
So nothing is lost with a process that ends in between, and two processes do not send the same at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Engine, Select, Update, func, select, update

from tocsin.ledger.alerts import WAITING, Alert, decode
from tocsin.ledger.engine import reading, write
from tocsin.ledger.watched import alerts, deliveries
from tocsin.model import Record

SENT, DEAD = "sent", "dead"


class Delivery(Record, frozen=True, kw_only=True):
    """An alert for a channel: in which state, after how many attempts, and what went wrong last. `next_at` is when it
    is tried next, in seconds since 1970; `at` when its state last changed (UTC)."""

    channel: str
    alert: Alert
    state: str
    attempts: int
    next_at: float
    fault: str | None
    at: str


ROW = select(
    deliveries.c.channel, alerts.c.record, deliveries.c.state, deliveries.c.attempts, deliveries.c.next_at,
    deliveries.c.fault, deliveries.c.at,
).join_from(deliveries, alerts, alerts.c.number == deliveries.c.alert)  # fmt: skip


class Outbox:
    """The deliveries of a ledger. Moments are handed in: seconds since 1970, and as the ledger writes them."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def take(self, channel: str, now: float, lease: float, most: int) -> list[Delivery]:
        """What is due for a channel, oldest first; it is not due again before `lease` seconds are over."""
        row = deliveries.c
        waiting = (row.channel == channel, row.state == WAITING, row.next_at <= now)
        with reading(self.engine) as connection:  # a look without a lock: mostly there is nothing
            if connection.execute(select(row.alert).where(*waiting).limit(1)).first() is None:
                return []

        def work(connection: Connection) -> list[Delivery]:
            found = list(_found(connection, ROW.where(*waiting).order_by(row.alert).limit(most)))
            numbers = [one.alert.number for one in found]
            connection.execute(_of(channel, numbers).values(next_at=now + lease))
            return found

        return write(self.engine, work)

    def sent(self, channel: str, numbers: Sequence[int], at: str) -> None:
        """Note that alerts, by their numbers, have arrived."""
        done = {"state": SENT, "attempts": deliveries.c.attempts + 1, "fault": None, "at": at}
        write(self.engine, lambda connection: connection.execute(_of(channel, numbers).values(**done)))

    def failed(self, channel: str, numbers: Sequence[int], fault: str, next_at: float | None, at: str) -> None:
        """Note that an attempt failed; it is tried again at `next_at` or, with `None`, lies with the dead letters."""
        state = DEAD if next_at is None else WAITING
        values = {"state": state, "attempts": deliveries.c.attempts + 1, "fault": fault, "at": at}
        later = {} if next_at is None else {"next_at": next_at}
        write(self.engine, lambda connection: connection.execute(_of(channel, numbers).values(**values, **later)))

    def listed(self, state: str | None = None) -> list[Delivery]:
        """All deliveries, or those in a state, in the order of channels and alerts."""
        statement = ROW.order_by(deliveries.c.channel, deliveries.c.alert)
        if state is not None:
            statement = statement.where(deliveries.c.state == state)
        with reading(self.engine) as connection:
            return _found(connection, statement)

    def revive(self, now: float, at: str) -> int:
        """Have the dead letters tried again from the beginning; how many there are."""
        again = {"state": WAITING, "attempts": 0, "next_at": now, "at": at}
        statement = update(deliveries).where(deliveries.c.state == DEAD).values(**again)
        return write(self.engine, lambda connection: int(connection.execute(statement).rowcount))

    def next_at(self, channels: Sequence[str]) -> float | None:
        """When something is due for one of the channels, in seconds since 1970."""
        row = deliveries.c
        statement = select(func.min(row.next_at)).where(row.state == WAITING, row.channel.in_(channels))
        with reading(self.engine) as connection:
            found: float | None = connection.execute(statement).scalar()
        return found


def _of(channel: str, numbers: Sequence[int]) -> Update:
    """An update of the deliveries of some alerts to a channel that have not arrived."""
    row = deliveries.c
    return update(deliveries).where(row.channel == channel, row.alert.in_(numbers), row.state != SENT)


def _found(connection: Connection, statement: Select[Any]) -> list[Delivery]:
    """Deliveries as records."""
    return [
        Delivery(
            channel=row.channel, alert=decode(row.record), state=row.state, attempts=row.attempts,
            next_at=row.next_at, fault=row.fault, at=row.at,
        )
        for row in connection.execute(statement)
    ]  # fmt: skip
