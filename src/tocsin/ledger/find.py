"""A query as SQL that answers its first page fast, on both engines, by a cursor and not by an offset.

Claims' keys sort by publication, so the usual order costs nothing: an index hands out its matches in it. The planners
of both engines know too little about values that are unevenly spread and that depend on each other, so the way is
chosen here: each condition is asked how many claims it leaves, up to a bound. The narrowest drives, else one whose
index gives its keys in order; the others are asked of each claim that comes up, until the page is full.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select

from tocsin.ledger.criteria import Part, current, own, parts, published
from tocsin.ledger.query import Place, Query
from tocsin.ledger.schema import claims

Count = Callable[[Part, int], int]
"""Counts the keys of a condition, up to a bound."""

WIDE = 20_000
"""Of conditions whose keys come in order, beyond so many matches it does not matter how many there are."""

VALUES = {"latest": claims.c.begins, "earliest": claims.c.begins, "confidence": claims.c.confidence}
"""What the sorts other than by publication sort by; claims without it are left out."""

POSTGRESQL = (
    "SELECT set_config('enable_mergejoin', 'off', true), set_config('enable_hashjoin', 'off', true), "
    "set_config('enable_seqscan', 'off', true), set_config('max_parallel_workers_per_gather', '0', true), "
    "set_config('random_page_cost', '1.1', true), set_config('jit', 'off', true)"
)
"""What PostgreSQL is told for the length of a search: a page is small, so go from row to row by the indexes."""

ASCENDING = {"oldest", "earliest"}


def page(
    query: Query, engine: str, count: Count, place: Place | None, size: int | None, beside: Sequence[Part] = ()
) -> Select[Any]:
    """The keys, and what they are sorted by (`value`), of the `size` claims that follow after `place`; with `None` of
    all. `beside` are conditions that no query says."""
    conditions = list(own(query))
    if not query.superseded:
        conditions.append(current(engine))
    return _chosen(query, engine, conditions, [*beside, *parts(query, engine)], count, place).limit(size)


def _chosen(
    query: Query,
    engine: str,
    conditions: list[ColumnElement[bool]],
    found: Sequence[Part],
    count: Count,
    place: Place | None,
) -> Select[Any]:
    """The statement that goes the best way."""
    sizes = [count(part, max(part.narrow + 1, WIDE) if part.ordered else part.narrow + 1) for part in found]
    by_value = query.sort in VALUES
    narrow = [at for at, part in enumerate(found) if sizes[at] < WIDE * by_value or sizes[at] <= part.narrow]
    streams = [at for at, part in enumerate(found) if part.ordered and not by_value]
    drivers = narrow or streams
    if not drivers:
        return _ordered(query, conditions + [part.check for part in found], place)
    driver = min(drivers, key=lambda at: (sizes[at], -at))
    checks = conditions + [_check(part, sizes[at]) for at, part in enumerate(found) if at != driver]
    if by_value or (narrow and engine == "sqlite"):
        return _ordered(query, [*checks, claims.c.key.in_(found[driver].keys)], place)
    if engine == "sqlite":
        return _streamed(query, found[driver], checks, place)
    return _joined(query, found[driver], checks, place)


def _check(part: Part, size: int) -> ColumnElement[bool]:
    """A condition that does not drive: asked of one claim, or held against all that were found to meet it."""
    return claims.c.key.in_(part.keys) if part.costly and size < WIDE else part.check


def _ordered(query: Query, conditions: Sequence[ColumnElement[bool]], place: Place | None) -> Select[Any]:
    """Claims that meet all conditions, in the order of the query."""
    key = claims.c.key
    value = VALUES.get(query.sort)
    if value is None:
        statement = select(key.label("key")).where(*conditions)
        return statement.where(*_after(query, key, place)).order_by(_directed(query, key))
    statement = select(key.label("key"), value.label("value")).where(value.is_not(None), *conditions)
    if place is not None:
        forward = query.sort in ASCENDING
        beyond = value > place.value if forward else value < place.value
        after = key > place.key if forward else key < place.key
        statement = statement.where(or_(beyond, and_(value == place.value, after)))
    return statement.order_by(_directed(query, value), _directed(query, key))


def _streamed(query: Query, driver: Part, checks: Sequence[ColumnElement[bool]], place: Place | None) -> Select[Any]:
    """Claims in the order in which an index of SQLite hands out the keys of the driver. What is added to the key keeps
    it from going the other way, from the claims to the driver."""
    key: Any = driver.keys.selected_columns[0]
    statement = select(key.element.label("key")).where(driver.keys.whereclause)  # type: ignore[union-attr, arg-type]
    statement = statement.where(claims.c.key == key.element.op("+")(0), *checks, *_bounds(query, key.element, place))
    return statement.group_by(key.element).order_by(_directed(query, key.element))


def _joined(query: Query, driver: Part, checks: Sequence[ColumnElement[bool]], place: Place | None) -> Select[Any]:
    """Claims in the order of the driver's keys, for PostgreSQL: it joins claim after claim, until there are enough."""
    found = driver.keys.subquery()
    every = select(found.c.claim).where(*_bounds(query, found.c.claim, place)).distinct()
    keys = every.order_by(_directed(query, found.c.claim)).offset(0).subquery()
    statement = select(keys.c.claim.label("key")).join_from(keys, claims, claims.c.key == keys.c.claim)
    return statement.where(*checks).order_by(_directed(query, keys.c.claim))


def _bounds(query: Query, key: ColumnElement[int], place: Place | None) -> list[ColumnElement[bool]]:
    """Where the keys of a driver may lie."""
    return [*published(query, key), *_after(query, key, place)]


def _after(query: Query, key: ColumnElement[int], place: Place | None) -> list[ColumnElement[bool]]:
    if place is None:
        return []
    return [key > place.key] if query.sort in ASCENDING else [key < place.key]


def _directed(query: Query, column: ColumnElement[Any]) -> ColumnElement[Any]:
    return column.asc() if query.sort in ASCENDING else column.desc()
