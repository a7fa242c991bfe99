"""Which documents of a ledger a reader has not read yet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select

from tocsin.ledger import Ledger, Stored, keys
from tocsin.ledger.documents import STORED, as_stored
from tocsin.ledger.engine import reading
from tocsin.ledger.schema import documents, readings
from tocsin.ledger.words import Question, documents_with, terms
from tocsin.model import Record

BATCH = 100
LAST_DAY = (1 << 22) - 1


class Choice(Record, frozen=True, kw_only=True):
    """Which documents: those in which all of `words` occur, those published in an interval of ISO days, both ends
    inclusive. What is not given does not bound them."""

    words: str | None = None
    published_from: str | None = None
    published_to: str | None = None


def count(ledger: Ledger, reader: str, choice: Choice | None = None) -> int:
    """How many of the chosen documents were not read by the reader with this digest."""
    statement = select(func.count()).select_from(documents).where(*_conditions(ledger, reader, choice or Choice()))
    with reading(ledger.engine) as connection:
        return int(connection.execute(statement).scalar_one())


def stale(ledger: Ledger, reader: str, choice: Choice | None = None) -> Iterator[Stored]:
    """Those documents, in the order of publication, a batch in memory at a time."""
    conditions = _conditions(ledger, reader, choice or Choice())
    at = documents.c.key.label("at")
    last = -1
    while True:
        some: Select[Any] = STORED.add_columns(at).where(documents.c.key > last, *conditions)
        with reading(ledger.engine) as connection:
            found = connection.execute(some.order_by(documents.c.key).limit(BATCH)).all()
        if not found:
            return
        yield from map(as_stored, found)
        last = found[-1][-1]


def _conditions(ledger: Ledger, reader: str, choice: Choice) -> list[ColumnElement[bool]]:
    """What holds for the documents."""
    by_reader = exists().where(readings.c.document == documents.c.key, readings.c.reader == reader)
    conditions: list[ColumnElement[bool]] = [~by_reader]
    if choice.published_from or choice.published_to:
        first = keys.day_of(choice.published_from) if choice.published_from else keys.UNDATED + 1
        last = keys.day_of(choice.published_to) if choice.published_to else LAST_DAY
        conditions.append(documents.c.key.between(*keys.document_range(first, last)))
    if choice.words:
        holding = documents_with(ledger.engine.dialect.name, Question(terms(choice.words)))
        conditions.append(documents.c.key.in_(holding))
    return conditions
