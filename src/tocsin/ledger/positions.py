"""Where the claims of a ledger take place, as arrays: what a map needs to count a million of them in an instant.

A database groups a million places in a second or so; numbers in memory are counted in a few hundredths. So the
positions are read once and kept by who shows them, until `state` says that something came in. A row costs 13 bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Engine, func, select

from tocsin.ledger import keys
from tocsin.ledger.arrivals import last_arrival
from tocsin.ledger.engine import reading
from tocsin.ledger.query import Query
from tocsin.ledger.results import Rows
from tocsin.ledger.schema import claims, places, readings, supersessions

ROW = np.dtype([("claim", np.int64), ("lon", np.float64), ("lat", np.float64)])


class State(NamedTuple):
    """How much a ledger has taken in: documents, and readings of them. Where it is the same, no place has come."""

    documents: int
    readings: int


class Positions(NamedTuple):
    """The places of all claims whose coordinates are known: one row a place of a claim, by the claims' keys.

    `spots` says for each row which of the distinct positions `lon`, `lat` (degrees, WGS 84) it has; `standing` whether
    no later reading or version has taken the claim's place. `first` is the first row at each position.
    """

    claims: NDArray[np.int64]
    spots: NDArray[np.int32]
    standing: NDArray[np.bool_]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    first: NDArray[np.int64]


class Spot(NamedTuple):
    """What a position is called: the gazetteer's name, the country's."""

    name: str
    country: str | None


def state(engine: Engine) -> State:
    """What has been taken in so far."""
    with reading(engine) as connection:
        made = connection.execute(select(func.count()).select_from(readings)).scalar_one()
        return State(last_arrival(connection), int(made))


def load(engine: Engine) -> Positions:
    """All positions of a ledger."""
    known = places.c.lat.is_not(None) & places.c.lon.is_not(None)
    statement = select(places.c.claim, places.c.lon, places.c.lat).where(known).order_by(places.c.claim)
    with reading(engine) as connection:
        found = np.fromiter(map(tuple, connection.execute(statement)), ROW)
        gone = np.array(_replaced(connection), np.int64)
    pairs = found["lon"] + 1j * found["lat"]
    distinct, first, spots = np.unique(pairs, return_index=True, return_inverse=True)
    return Positions(
        claims=np.ascontiguousarray(found["claim"]),
        spots=spots.astype(np.int32),
        standing=~np.isin(found["claim"], gone),
        lon=distinct.real.copy(),
        lat=distinct.imag.copy(),
        first=first.astype(np.int64),
    )


def _replaced(connection: Connection) -> list[int]:
    """The keys of the claims that a later reading or version has replaced."""
    first = readings.c.document * (1 << keys.CLAIM_BITS)
    statement = (
        select(claims.c.key)
        .join_from(supersessions, readings, readings.c.key == supersessions.c.reading)
        .join(claims, claims.c.key.between(first, first + keys.LAST) & (claims.c.reading == supersessions.c.reading))
    )
    return [row[0] for row in connection.execute(statement)]


def rows_of(engine: Engine, positions: Positions, query: Query, most: int) -> tuple[NDArray[np.int64], bool]:
    """Which rows of the positions a query finds, wherever they lie (its `bbox` is left to who counts), and whether
    these are all: of a query that asks for more than days of publication the first `most` claims are taken."""
    if plain(query):
        return _published(positions, query), True
    asked = Rows(engine, msgspec.structs.replace(query, bbox=None, limit=None, cursor=None)).keys(most)
    return np.flatnonzero(np.isin(positions.claims, np.array(asked, np.int64))), len(asked) < most


def plain(query: Query) -> bool:
    """Whether a query asks for nothing but days of publication and a box."""
    return query == Query(
        published_from=query.published_from, published_to=query.published_to, bbox=query.bbox, sort=query.sort,
        limit=query.limit, cursor=query.cursor,
    )  # fmt: skip


def _published(positions: Positions, query: Query) -> NDArray[np.int64]:
    """The rows of claims that stand and were published within the query's days: days are ranges of keys."""
    days = keys.day_of(query.published_from or "0001-01-01"), keys.day_of(query.published_to or "9999-12-31")
    bounded = query.published_from is not None or query.published_to is not None
    first, last = keys.claim_range(*keys.document_range(*days)) if bounded else (0, np.iinfo(np.int64).max)
    start = int(np.searchsorted(positions.claims, first, "left"))
    end = int(np.searchsorted(positions.claims, last, "right"))
    return np.flatnonzero(positions.standing[start:end]) + start


def names(engine: Engine, positions: Positions, spots: Sequence[int]) -> dict[int, Spot]:
    """What some of the positions are called, by their numbers: as the first claim there has it."""
    if not spots:
        return {}
    at = {(float(positions.lon[spot]), float(positions.lat[spot])): spot for spot in spots}
    wanted = [int(positions.claims[positions.first[spot]]) for spot in spots]
    columns: Any = (places.c.lon, places.c.lat, places.c.name, places.c.text, places.c.country_name)
    with reading(engine) as connection:
        found = connection.execute(select(*columns).where(places.c.claim.in_(wanted)).order_by(places.c.claim))
        called: dict[int, Spot] = {}
        for row in found:
            spot = at.get((row.lon, row.lat))
            if spot is not None:
                called.setdefault(spot, Spot(row.name or row.text, row.country_name))
    return called
