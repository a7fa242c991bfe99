"""What has come into a ledger since somebody last looked: cheap to ask again and again."""

from __future__ import annotations

from sqlalchemy import Engine, func, select

from tocsin.ledger.arrivals import last_arrival
from tocsin.ledger.engine import reading
from tocsin.ledger.schema import readings
from tocsin.ledger.watched import alerts, arrivals
from tocsin.model import Record


class Reached(Record, frozen=True, kw_only=True):
    """How far a ledger has come: the numbers of the last document and of the last alert."""

    document: int
    alert: int


def reached(engine: Engine) -> Reached:
    """How far a ledger has come; read off the ends of two indexes."""
    with reading(engine) as connection:
        last = connection.execute(select(func.max(alerts.c.number))).scalar()
        return Reached(document=last_arrival(connection), alert=int(last or 0))


def claims_between(engine: Engine, first: int, last: int) -> int:
    """How many claims the documents brought that came after number `first`, up to number `last`."""
    statement = (
        select(func.sum(readings.c.claims))
        .join_from(arrivals, readings, readings.c.document == arrivals.c.document)
        .where(arrivals.c.number > first, arrivals.c.number <= last)
    )
    with reading(engine) as connection:
        return int(connection.execute(statement).scalar() or 0)
