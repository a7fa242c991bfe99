"""A query as SQL that answers its first page fast, on both engines, by a cursor and not by an offset.

Claims' keys sort by publication, so the usual order costs nothing: an index hands out its matches in it. The planners
of both engines know too little about values that are unevenly spread and that depend on each other, so the way is
chosen here: of each condition some keys are counted, in their order where an index gives it, and by how far those reach
it is estimated how many there are. `ways.py` says what each way then costs.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import Any, NamedTuple, Protocol

from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, or_, select, true
from sqlalchemy.sql.visitors import replacement_traverse

from tocsin.ledger.criteria import CLAIM_STEP, ROW, Part, current, own, own_parts, parts, published, unindexed
from tocsin.ledger.query import Place, Query
from tocsin.ledger.schema import claims
from tocsin.ledger.ways import TRIAL, Search, Size, Way, cheapest, trial, tried, ways


class Counted(NamedTuple):
    """How many keys were counted, and how far they reach."""

    number: int
    reach: int


class Counter(Protocol):
    """Counts in a ledger, up to a bound; where there are more, the rest is to be estimated."""

    def keys(self, part: Part, most: int, forward: bool) -> Counted:
        """The keys of a condition; where they come in order, the first ones of it."""

    def every(self, query: Query, most: int, forward: bool) -> tuple[Counted, int]:
        """All keys that the days of publication of a query allow, and how far those reach of which not all were
        counted."""


SAMPLE = 4_000
"""So many claims are counted to estimate how many there are."""

STEP = {"sqlite": 2.0, "postgresql": 4.0}
"""What it costs to look up a claim, as `ways.py` counts. PostgreSQL comes to a row by an index, and to each page of
either by its buffers."""

UNKNOWN = 0.25
"""The share of all claims that a condition is taken to leave of which only a bound is known."""

LARGE = 1e9
"""More claims than any ledger has."""

VALUES = {"latest": claims.c.begins, "earliest": claims.c.begins, "confidence": claims.c.confidence}
"""What the sorts other than by publication sort by; claims without it are left out."""

POSTGRESQL = (
    "SELECT set_config('enable_mergejoin', 'off', true), set_config('enable_hashjoin', 'off', true), "
    "set_config('enable_seqscan', 'off', true), set_config('max_parallel_workers_per_gather', '0', true), "
    "set_config('random_page_cost', '1.1', true), set_config('jit', 'off', true), "
    "set_config('work_mem', '512MB', true)"
)
"""What PostgreSQL is told for the length of a search: a page is small, so go from row to row by the indexes; keys that
are gathered are kept in memory."""

ASCENDING = {"oldest", "earliest"}

ALL = claims.alias("led").c.key

Keys = Select[Any] | CompoundSelect[Any]


Statements = Generator[Select[Any], int | None]
"""Statements; it is sent how many rows the one before had."""


def statements(
    query: Query, engine: str, count: Counter, place: Place | None, size: int | None, beside: Sequence[Part] = ()
) -> Statements:
    """The keys, and what they are sorted by (`value`), of the `size` claims that follow after `place`; with `None` of
    all. `beside` are conditions that no query says. The last statement finds them all; one that comes before it goes
    through the first claims only, and is enough where that makes `size`."""
    standing = [] if query.superseded else [current(engine)]
    found = [_published(query, part) for part in (*beside, *own_parts(query), *parts(query, engine))]
    if not found or (len(found) == 1 and found[0].alone and query.sort not in VALUES):
        yield _ordered(query, [*own(query), *standing], place).limit(size)
        return
    search = Search(*_sizes(query, found, count), size, query.sort in VALUES, STEP[engine])
    several = list(ways(search))
    if hoped := trial(search, several):
        met = yield _along(hoped, query, engine, found, standing, place, TRIAL).limit(size)
        several.append(tried(search, hoped, met or 0))
    yield _along(cheapest(several), query, engine, found, standing, place).limit(size)


def _published(query: Query, part: Part) -> Part:
    """A condition whose keys come in order only asked for the days of publication: they are a range of the index."""
    key: Any = part.keys.selected_columns[0]
    bounds = list(published(query, key.element)) if part.ordered else []
    return part._replace(keys=part.keys.where(*bounds)) if bounds else part  # type: ignore[union-attr]


def _sizes(query: Query, found: Sequence[Part], count: Counter) -> tuple[list[Size], float]:
    """About how many claims each condition leaves, and how many there are. A single one whose keys come in order is
    best gone along however many there are, and nothing is counted."""
    if len(found) == 1 and found[0].ordered and query.sort not in VALUES:
        return [Size(UNKNOWN * LARGE, True, found[0].asking, found[0].taking)], LARGE
    forward = query.sort in ASCENDING
    sample, reach = count.every(query, SAMPLE, forward)
    every = max(1.0, _reaching(sample, SAMPLE, reach))
    numbers = [_number(part, count, forward, every, reach) for part in found]
    every = max(every, *numbers)
    return [Size(one, part.ordered, part.asking, part.taking) for one, part in zip(numbers, found, strict=True)], every


def _number(part: Part, count: Counter, forward: bool, every: float, reach: int) -> float:
    """About how many claims a condition leaves of about `every` one, the keys of which reach so far."""
    if part.either:
        some = part.counted // len(part.either)
        each = [count.keys(part._replace(keys=keys, ordered=True), some, forward) for keys in part.either]
        return min(every, sum(_reaching(one, some, reach) for one in each))
    counted = count.keys(part, part.counted, forward)
    number = float(counted.number) * part.each
    if counted.number >= part.counted and not part.guessed:
        number = _reaching(counted, part.counted, reach) if part.ordered else max(number, every * UNKNOWN)
    return min(number, every)


def _reaching(counted: Counted, most: int, reach: int) -> float:
    """How many keys there are, if those beyond the counted ones lie as close."""
    if counted.number < most:
        return counted.number
    return counted.number * max(1.0, reach / max(counted.reach, 1))


def _along(
    way: Way,
    query: Query,
    engine: str,
    found: Sequence[Part],
    standing: list[ColumnElement[bool]],
    place: Place | None,
    first: int | None = None,
) -> Select[Any]:
    """The statement that goes a way; with the `first` claims only that come up on it."""
    asked = [part for at, part in enumerate(found) if at != way.leads and at not in way.beside]
    checks = [*published(query, claims.c.key), *standing, *(part.check for part in asked)]
    kept = [found[at] for at in sorted(way.beside)]
    if way.leads is None and first is None:
        return _ordered(query, [*checks, *(_among(engine, claims.c.key, part) for part in kept)], place)
    leading = _narrowed(engine, select(ALL.label("claim")) if way.leads is None else found[way.leads].keys, kept)
    if first is not None:
        if way.gathered:  # and not met one by one on the way through a table in the order of its keys
            leading = select(leading.offset(0).subquery().c.claim.label("claim"))
        key: Any = leading.selected_columns[0]
        leading = leading.where(*_bounds(query, key.element, place))
        leading = leading.order_by(_directed(query, key.element)).limit(first)
    if query.sort in VALUES or (engine == "sqlite" and (way.gathered or first is not None)):
        return _ordered(query, [*checks, claims.c.key.in_(leading)], place)
    if engine == "sqlite":
        return _streamed(query, leading, checks, place)
    return _joined(query, leading, checks, place, early=all(part.asking > ROW for part in asked))


def _narrowed(engine: str, keys: Keys, kept: Sequence[Part]) -> Select[Any]:
    """The keys of what leads that are among others too, before anything else is known of their claims."""
    if isinstance(keys, CompoundSelect):
        keys = select(keys.subquery().c.claim.label("claim"))
    key: Any = keys.selected_columns[0]
    return keys.where(*(_among(engine, key.element, part) for part in kept))


def _among(engine: str, key: ColumnElement[int], part: Part) -> ColumnElement[bool]:
    """That a claim's key is among those of a condition, which are gathered once. Each engine is kept from turning the
    question round: SQLite by an expression that no index holds, PostgreSQL by a question that is no join to it."""
    asked = unindexed(key) if part.documents is None else key // CLAIM_STEP
    found = asked.in_(part.keys if part.documents is None else part.documents)
    return found if engine == "sqlite" else found.is_(true())


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


def _streamed(
    query: Query, driver: Select[Any], checks: Sequence[ColumnElement[bool]], place: Place | None
) -> Select[Any]:
    """Claims in the order in which an index of SQLite hands out the keys of the driver. What is added to the key keeps
    it from going the other way, from the claims to the driver."""
    key: Any = driver.selected_columns[0]
    statement = select(key.element.label("key")).where(driver.whereclause)  # type: ignore[arg-type]
    statement = statement.where(claims.c.key == key.element.op("+")(0), *checks, *_bounds(query, key.element, place))
    return statement.group_by(key.element).order_by(_directed(query, key.element))


def _joined(
    query: Query, driver: Select[Any], checks: Sequence[ColumnElement[bool]], place: Place | None, early: bool
) -> Select[Any]:
    """Claims in the order of the driver's keys, for PostgreSQL: it joins claim after claim, until there are enough.
    `early`: what is asked by the key alone is asked before the claim's own row is looked up."""
    found = driver.subquery()
    every = select(found.c.claim).where(*_bounds(query, found.c.claim, place)).distinct()
    keys = every.order_by(_directed(query, found.c.claim)).offset(0).subquery()
    statement = select(keys.c.claim.label("key")).join_from(keys, claims, claims.c.key == keys.c.claim)
    if early:
        checks = [_of_key(check, keys.c.claim) for check in checks]
    return statement.where(*checks).order_by(_directed(query, keys.c.claim))


def _of_key(check: ColumnElement[bool], key: ColumnElement[int]) -> ColumnElement[bool]:
    """A question to a claim, asked of a key."""

    def put(element: Any, **_: Any) -> Any:
        return key if element is claims.c.key else None

    return replacement_traverse(check, {}, put)


def _bounds(query: Query, key: ColumnElement[int], place: Place | None) -> list[ColumnElement[bool]]:
    """Where the keys of a driver may lie."""
    return [*published(query, key), *_after(query, key, place)]


def _after(query: Query, key: ColumnElement[int], place: Place | None) -> list[ColumnElement[bool]]:
    if place is None:
        return []
    return [key > place.key] if query.sort in ASCENDING else [key < place.key]


def _directed(query: Query, column: ColumnElement[Any]) -> ColumnElement[Any]:
    return column.asc() if query.sort in ASCENDING else column.desc()
