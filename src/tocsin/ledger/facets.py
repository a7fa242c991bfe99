"""What the claims that a query finds are like: how many there are of each type, status, country and publisher.

To count all would take the longer the more there are. So the first so many are counted, in the order of the query, and
the answer says of how many it speaks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, select

from tocsin.ledger.schema import claims, participants, places
from tocsin.model import Record

CHUNK = 5_000
"""So many keys are named in one statement, at most."""


class Share(Record, frozen=True, kw_only=True):
    """A value, and how many of the claims that were looked at have it."""

    value: str
    count: int


class Facets(Record, frozen=True, kw_only=True):
    """Counts among the first `seen` claims that a query finds, the most frequent first; `all` says that there are no
    more. A claim counts once for each of its countries."""

    seen: int
    all: bool
    types: tuple[Share, ...]
    statuses: tuple[Share, ...]
    actor_country: tuple[Share, ...]
    place_country: tuple[Share, ...]
    publishers: tuple[Share, ...]


def facets(connection: Connection, keys: Sequence[int], whole: bool) -> Facets:
    """The facets of the claims with some keys; `whole` says that these are all."""
    rows = _of(connection, keys, claims.c.key, claims.c.type, claims.c.status, claims.c.publisher)
    actors = _of(connection, keys, participants.c.claim, participants.c.role, participants.c.country)
    there = _of(connection, keys, places.c.claim, places.c.country)
    return Facets(
        seen=len(keys),
        all=whole,
        types=_shares(row[1] for row in rows),
        statuses=_shares(row[2] for row in rows),
        actor_country=_shares(country for _, country in {(row[0], row[2]) for row in actors if row[1] == "actor"}),
        place_country=_shares(country for _, country in {(row[0], row[1]) for row in there}),
        publishers=_shares(row[3] for row in rows),
    )


def _of(connection: Connection, keys: Sequence[int], key: Any, *columns: Any) -> list[Any]:
    """Some columns of the rows that belong to claims."""
    found: list[Any] = []
    for at in range(0, len(keys), CHUNK):
        statement = select(key, *columns).where(key.in_(keys[at : at + CHUNK]))
        found += connection.execute(statement)
    return found


def _shares(values: Iterable[str | None]) -> tuple[Share, ...]:
    """Values with their counts; unknown ones are left out."""
    counted = Counter(value for value in values if value)
    ranked = sorted(counted.items(), key=lambda one: (-one[1], one[0]))
    return tuple(Share(value=value, count=count) for value, count in ranked)
