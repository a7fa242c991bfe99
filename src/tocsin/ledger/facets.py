"""What the claims that a query finds are like: how many there are of each type, status, country and publisher.

To count all would take the longer the more there are. So the first so many are counted, in the order of the query, and
the answer says of how many it speaks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, distinct, func, literal_column, select

from tocsin.ledger.schema import claims, participants, places
from tocsin.model import Record


class Share(Record, frozen=True, kw_only=True):
    """A value, and how many of the claims that were looked at have it."""

    value: str
    count: int


class Facets(Record, frozen=True, kw_only=True):
    """Counts among the first `seen` claims that a query finds, the most frequent first; `all` says that there are no
    more. A claim counts once for each of its countries."""

    seen: int
    all: bool
    types: tuple[Share, ...] = ()
    statuses: tuple[Share, ...] = ()
    actor_country: tuple[Share, ...] = ()
    place_country: tuple[Share, ...] = ()
    publishers: tuple[Share, ...] = ()


FIELDS = {
    "types": (claims.c.key, claims.c.type),
    "statuses": (claims.c.key, claims.c.status),
    "actor_country": (participants.c.claim, participants.c.country),
    "place_country": (places.c.claim, places.c.country),
    "publishers": (claims.c.key, claims.c.publisher),
}
"""For each count which column names the claim, and which holds the value."""

ONLY = {"actor_country": participants.c.role == "actor"}


def facets(connection: Connection, keys: Sequence[int], whole: bool, fields: Iterable[str] = FIELDS) -> Facets:
    """The facets of the claims with some keys; `whole` says that these are all. Only `fields` are counted."""
    counted = {field: _shares(connection, keys, field) for field in fields}
    return Facets(seen=len(keys), all=whole, **counted)


def _shares(connection: Connection, keys: Sequence[int], field: str) -> tuple[Share, ...]:
    """The values of a field with their counts; what is unknown is left out. The keys are whole numbers of the ledger's
    own, so they are written into the statement, which is quicker than to hand them over one by one. The value is
    wrapped, lest an index of it be gone through from end to end only because it hands out groups in order."""
    key, column = FIELDS[field]
    named: ColumnElement[Any] = literal_column(f"({','.join(map(str, keys))})" if keys else "(NULL)")
    value = func.coalesce(column, "").label("value")
    number = func.count(distinct(key)).label("number")
    statement = select(value, number).where(key.op("IN")(named), *filter_of(field)).group_by(value)
    rows = sorted(connection.execute(statement).all(), key=lambda row: (-row.number, row.value))
    return tuple(Share(value=row.value, count=row.number) for row in rows if row.value)


def filter_of(field: str) -> list[ColumnElement[bool]]:
    """What else a row must be to count for a field."""
    return [ONLY[field]] if field in ONLY else []
