"""The order in which documents came. Writers wait for each other, so what has a greater number is there later."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, func, select

from tocsin.ledger import bulk
from tocsin.ledger.watched import arrivals


def note_arrivals(connection: Connection, documents: Sequence[int]) -> None:
    """Number documents, by their keys, in the order in which they came. The caller holds the writers' lock."""
    if documents:
        last = last_arrival(connection)
        rows = [{"number": number, "document": key} for number, key in enumerate(documents, last + 1)]
        bulk.insert(connection, arrivals, rows)


def last_arrival(connection: Connection) -> int:
    """The number of the document that came last; 0 where there is none."""
    return int(connection.execute(select(func.max(arrivals.c.number))).scalar() or 0)
