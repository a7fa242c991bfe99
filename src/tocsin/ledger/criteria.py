"""A query as conditions on claims. Each can be asked in two ways: of a given claim, or for the keys of all claims that
meet it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, CompoundSelect, Select, Table, Text, and_, exists, or_, select, true, union_all

from tocsin.ledger import keys
from tocsin.ledger.query import EPSILON, FigureCondition, Query
from tocsin.ledger.rows import OPEN_END, OPEN_START, SHORT, days_from
from tocsin.ledger.schema import claims, figures, participants, places, supersessions
from tocsin.ledger.words import Question, claims_with, documents_with, name_terms, terms

Columns = Any
"""The columns of a table, or of the table under another name."""

CLAIM_STEP = 1 << keys.CLAIM_BITS


INDEXED, SCATTERED, PAGED = 0.05, 0.15, 1.0
"""What it costs to take a key out of an index: one after the other, in another order than theirs, by way of the pages
of a table (PostgreSQL's full text)."""


class Part(NamedTuple):
    """A condition on a claim. `keys` selects the claims that meet it (column `claim`, a key may come twice), `check`
    asks of a row of `claims`. `ordered`: an index gives `keys` in their order. `counted`: so many keys may be counted
    to learn how many there are. `asking`, `taking`: what `check` and a key of `keys` cost, as `ways.py` counts.
    `guessed`: how many there are is left to the engine's estimate, since to count a few it would have to find all.
    `alone`: an index of claims answers it without help. `either` selects the keys for each of several values alone, in
    their order. `documents` selects the documents whose claims meet it, where all claims of a document do; these are
    counted then, and stand for `each` so many claims."""

    keys: Select[Any] | CompoundSelect[Any]
    check: ColumnElement[bool]
    ordered: bool
    counted: int
    asking: float
    taking: float = INDEXED
    guessed: bool = False
    alone: bool = False
    either: tuple[Select[Any], ...] = ()
    documents: Select[Any] | None = None
    each: int = 1

    @property
    def costly(self) -> bool:
        """Whether to ask it of one claim costs more than to find some hundreds."""
        return self.asking > COSTLY


SOME, MANY = 5_000, 50_000
"""How many keys are counted at most: in their order, from which the rest is estimated; in another order."""

EACH = 12
"""So many claims a document is taken to have."""

ROW, TEXT, INDEX = 0.1, 5.0, 150.0
"""What it costs to ask a claim's own row, PostgreSQL's full text of one row, SQLite's index of full text for one."""

PART = {"sqlite": 1.0, "postgresql": 2.0}
"""What it costs to ask what belongs to a claim."""

COSTLY = 50.0


def own(query: Query) -> Iterator[ColumnElement[bool]]:
    """The conditions on a claim's own row."""
    for column, values in _values(query):
        yield one_of(column, values)
    if query.min_confidence is not None:
        yield claims.c.confidence >= query.min_confidence
    yield from published(query, claims.c.key)


def own_parts(query: Query) -> Iterator[Part]:
    """The same, but for the day of publication, each as a condition that may lead."""
    row = claims.alias("led").c
    key = select(row.key.label("claim"))
    for column, values in _values(query):
        found, check = key.where(one_of(row[column.name], values)), one_of(_own(query, column), values)
        if len(values) == 1:
            yield Part(found, check, True, SOME, ROW, alone=True)
        else:
            each = tuple(key.where(row[column.name] == value) for value in values)
            yield Part(found, check, False, SOME, ROW, SCATTERED, alone=True, either=each)
    if (least := query.min_confidence) is not None:
        found, check = key.where(row.confidence >= least), _own(query, claims.c.confidence) >= least
        yield Part(found, check, False, SOME, ROW, SCATTERED, alone=True)


def _values(query: Query) -> Iterator[tuple[Any, Sequence[str]]]:
    """The columns of a claim of which a query names values."""
    row = claims.c
    for column, values in (
        (row.type, [value.upper() for value in query.types]),
        (row.mode, query.modes),
        (row.status, query.statuses),
        (row.publisher, query.publishers),
        (row.agency, query.agencies),
    ):
        if values:
            yield column, values


def _own(query: Query, column: ColumnElement[Any]) -> ColumnElement[Any]:
    """A column of a claim that comes up. Where claims come up by their keys, no index of the column is to be gone by;
    where by a value, the engine may begin where an index of it says."""
    return unindexed(column) if query.sort in ("newest", "oldest") else column


def published(query: Query, key: ColumnElement[int]) -> Iterator[ColumnElement[bool]]:
    """The condition on a claim's key that its day of publication is: days are ranges of keys."""
    if query.published_from is not None or query.published_to is not None:
        first, last = keys.day_of(query.published_from or "0001-01-01"), keys.day_of(query.published_to or "9999-12-31")
        yield key.between(*keys.claim_range(*keys.document_range(first, last)))


def current(engine: str) -> ColumnElement[bool]:
    """That no later reading and no later version has taken a claim's place."""
    return ~_asked_of_each(engine, select(supersessions.c.by).where(supersessions.c.reading == claims.c.reading))


def parts(query: Query, engine: str) -> Iterator[Part]:
    """The conditions on what belongs to a claim, those last that cost most to ask of one claim."""
    for role in ("actor", "recipient", "source"):
        for field, given in (("country", f"{role}_country"), ("sector", f"{role}_sector")):
            values: tuple[str, ...] = getattr(query, given)
            if values:
                yield _participant(engine, role, field, [value.upper() for value in values])
    if query.place_country:
        codes = [value.upper() for value in query.place_country]
        yield _of_values(engine, places, "country", codes, lambda row: true())
    if query.bbox is not None:
        yield _child(engine, places, partial(_within, query.bbox))
    for condition in query.conditions:
        yield _child(engine, figures, partial(_figure, condition))
    if query.time_from is not None or query.time_to is not None:
        yield _overlap(query, query.time_from or OPEN_START, query.time_to or OPEN_END)
    if query.words is not None and query.scope == "article":
        yield _article(engine, query.words)
    if questions := list(_questions(query)):
        yield _full_text(engine, questions)


def _asked_of_each(engine: str, statement: Select[Any]) -> ColumnElement[bool]:
    """Whether there is a row, asked of one claim after the other. PostgreSQL would turn the question round, and answer
    it for all claims first; an offset, even of nothing, keeps it from that."""
    return exists(statement.offset(0) if engine == "postgresql" else statement)


def one_of(column: ColumnElement[str], values: Sequence[str]) -> ColumnElement[bool]:
    """Equality with one of several values; with one value a plain one, which an index answers in order."""
    return column == values[0] if len(values) == 1 else column.in_(list(values))


def _questions(query: Query) -> Iterator[Question]:
    """What is asked of the full text of claims."""
    if query.words is not None and query.scope == "evidence":
        yield Question(terms(query.words))
    for field, name in (("actors", query.actor), ("recipients", query.recipient), ("sources", query.source),
                        ("places", query.place)):  # fmt: skip
        if name is not None:
            yield Question(name_terms(name), field)


def _full_text(engine: str, questions: Sequence[Question]) -> Part:
    """That claims answer questions to their full text. SQLite's index gives keys in order, PostgreSQL's does not."""
    found = claims_with(engine, questions)
    key: Any = found.selected_columns.claim
    if engine == "sqlite":
        return Part(found, exists(found.where(key.element == claims.c.key)), True, SOME, INDEX)
    return Part(found, _asked_of_each(engine, found.where(key == claims.c.key)), False, MANY, TEXT, PAGED, True)


def _article(engine: str, words: str) -> Part:
    """That the words occur in a claim's article."""
    found = documents_with(engine, Question(terms(words)))
    documents = found.subquery()
    first = documents.c.document * CLAIM_STEP
    inside = select(claims.c.key.label("claim")).join_from(
        documents, claims, claims.c.key.between(first, first + (CLAIM_STEP - 1))
    )
    if engine == "sqlite":
        return Part(inside, claims.c.document.in_(found), False, MANY, ROW, SCATTERED, documents=found, each=EACH)
    same = found.selected_columns.document == claims.c.document
    return Part(
        inside,
        _asked_of_each(engine, found.where(same)),
        False,
        MANY,
        TEXT,
        SCATTERED,
        True,
        documents=found,
        each=EACH,
    )


def _participant(engine: str, role: str, field: str, values: Sequence[str]) -> Part:
    """That somebody in a role is of a country or a sector."""
    return _of_values(engine, participants, field, values, lambda row: row.role == role)


def _of_values(
    engine: str, table: Table, field: str, values: Sequence[str], more: Callable[[Columns], ColumnElement[bool]]
) -> Part:
    """That one of a claim's parts has one of some values, and meets a condition. An index gives the claims of each
    value in order."""
    part = _child(engine, table, lambda row: and_(more(row), one_of(row[field], values)))
    if len(values) == 1:
        return part._replace(ordered=True, counted=SOME, taking=INDEXED)
    of_each = select(table.c.claim.label("claim")).where(more(table.c))
    return part._replace(counted=SOME, either=tuple(of_each.where(table.c[field] == value) for value in values))


class _Unindexed:
    """The columns of a table, each as an expression that no index holds.

    A claim has few parts, and its key leads to them. An engine that has not counted its tables, or that misjudges how
    a value is spread, may rather go by an index of the values, and meet thousands of rows of other claims for each
    claim that it asks about."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns

    def __getitem__(self, name: str) -> ColumnElement[Any]:
        return unindexed(self.columns[name])

    __getattr__ = __getitem__


def unindexed(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """A column's value, as an expression that both engines take for another than the column."""
    return column + ("" if isinstance(column.type, Text) else 0)


def _child(engine: str, table: Table, condition: Callable[[Columns], ColumnElement[bool]]) -> Part:
    """A condition that one row of a claim's parts must meet. What is asked of a given claim goes to the table under
    another name, since the claims may themselves come out of this table."""
    found = select(table.c.claim.label("claim")).where(condition(table.c))
    other = table.alias()
    check = select(other.c.claim).where(other.c.claim == claims.c.key, condition(_Unindexed(other.c)))
    return Part(found, _asked_of_each(engine, check), False, MANY, PART[engine], SCATTERED)


def _figure(condition: FigureCondition, row: Columns) -> ColumnElement[bool]:
    """What a figure must be for certain."""
    what, operator, number = condition
    low, high = row.low, row.high
    held: ColumnElement[bool]
    if operator == ">=":
        held = low >= number - EPSILON
    elif operator == ">":
        held = low > number + EPSILON
    elif operator == "<=":
        held = high <= number + EPSILON
    elif operator == "<":
        held = high < number - EPSILON
    else:
        near = (number - EPSILON, number + EPSILON)
        held = and_(low.between(*near), high.between(*near))
    return and_(row.what == what, held)


def _within(box: tuple[float, float, float, float], row: Columns) -> ColumnElement[bool]:
    """That a place lies in a box of degrees, which may cross the 180th meridian."""
    west, south, east, north = box
    across = row.lon.between(west, east) if west <= east else or_(row.lon >= west, row.lon <= east)
    return and_(row.lat.between(south, north), across)


def _overlap(query: Query, first: str, last: str) -> Part:
    """That the time of an event and an interval have a day in common. Most events are short, and are then found by
    their beginning, which lies in the interval or just before it; only the others must be gone through."""
    row = claims.alias("timed").c
    key = select(row.key.label("claim")).where(row.begins <= last, row.ends >= first)
    short = key.where(row.lasting == 0, row.begins >= days_from(first, -SHORT))
    check = and_(_own(query, claims.c.begins) <= last, _own(query, claims.c.ends) >= first)
    found = union_all(short, key.where(row.lasting == 1))
    return Part(found, check, False, MANY, ROW, SCATTERED)
