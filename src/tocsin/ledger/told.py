"""Claims and documents of the ledger as links are made from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Row, Select, exists, func, select

from tocsin.judgement import Paper, Told
from tocsin.ledger.engine import reading
from tocsin.ledger.judged import families
from tocsin.ledger.results import Rows, decode
from tocsin.ledger.schema import claims, documents, readings, records, supersessions
from tocsin.ledger.write import chunks

CHUNK = 500
first = documents.alias("first")

FROM = (
    claims.join(records, records.c.claim == claims.c.key)
    .join(documents, documents.c.key == claims.c.document)
    .join(families, families.c.document == claims.c.document, isouter=True)
    .join(first, first.c.key == families.c.family, isouter=True)
)
TOLD: Select[Any] = select(
    claims.c.key, claims.c.id, records.c.record, documents.c.key.label("document_key"),
    documents.c.id.label("document"), func.coalesce(first.c.id, documents.c.id).label("family"),
    documents.c.published, documents.c.publisher, func.coalesce(families.c.agency, documents.c.agency).label("agency"),
).select_from(FROM)  # fmt: skip
CURRENT = ~exists().where(supersessions.c.reading == claims.c.reading)
"""That no later reading and no later version has taken a claim's place."""

PAPER: Select[Any] = select(
    documents.c.key, documents.c.id, documents.c.text, documents.c.body, documents.c.title, documents.c.publisher,
    documents.c.agency, documents.c.published,
)  # fmt: skip


def as_told(row: Row[*tuple[Any, ...]]) -> Told:
    """A row of `TOLD` as a record. The agency is that of the family, where any document of it says one."""
    return Told(
        id=row.id, claim=decode(row.record), document=row.document, family=row.family, published=row.published,
        publisher=row.publisher, agency=row.agency,
    )  # fmt: skip


def as_paper(row: Row[*tuple[Any, ...]]) -> Paper:
    """A row of `PAPER` as a record."""
    return Paper(
        id=row.id, text=row.text, body=row.body, title=row.title, publisher=row.publisher, agency=row.agency,
        published=row.published,
    )  # fmt: skip


def keys_by_id(connection: Connection, ids: Iterable[str]) -> dict[str, int]:
    """The keys of claims by their ids."""
    found: dict[str, int] = {}
    for chunk in chunks(ids, CHUNK):
        rows = connection.execute(select(claims.c.id, claims.c.key).where(claims.c.id.in_(chunk)))
        found.update((row.id, row.key) for row in rows)
    return found


def told_by_id(connection: Connection, ids: Iterable[str]) -> dict[str, tuple[int, Told]]:
    """Claims, with their keys, by their ids."""
    return {one.id: (key, one) for key, one in _found(connection, claims.c.id, ids).items()}


def told_in(connection: Connection, of: Iterable[int]) -> dict[int, Told]:
    """The claims that stand of some documents, by the keys of both."""
    return _found(connection, claims.c.document, of, CURRENT)


def _found(
    connection: Connection, column: ColumnElement[Any], values: Iterable[Any], *conditions: ColumnElement[bool]
) -> dict[int, Told]:
    found: dict[int, Told] = {}
    for chunk in chunks(values, CHUNK):
        statement = TOLD.where(column.in_(chunk), *conditions).order_by(claims.c.key.desc())
        found.update((row.key, as_told(row)) for row in connection.execute(statement))
    return found


def papers_by_key(connection: Connection, of: Iterable[int]) -> dict[int, Paper]:
    """Documents by their keys."""
    found: dict[int, Paper] = {}
    for chunk in chunks(of, CHUNK):
        rows = connection.execute(PAPER.where(documents.c.key.in_(chunk)))
        found.update((row.key, as_paper(row)) for row in rows)
    return found


def told(engine: Engine, ids: Sequence[str]) -> Iterator[Told]:
    """Claims with the ids of the ledger, in the order of the ids; what is no claim is left out."""
    for chunk in chunks(ids, CHUNK):
        with reading(engine) as connection:
            found = {one.id: one for one in _found(connection, claims.c.id, chunk).values()}
        yield from (found[id] for id in dict.fromkeys(chunk) if id in found)


def told_of_documents(engine: Engine, ids: Sequence[str]) -> Iterator[Told]:
    """The claims that stand of documents, document after document, each in the order of its text."""
    for chunk in chunks(ids, CHUNK):
        with reading(engine) as connection:
            found = list(_found(connection, documents.c.id, chunk, CURRENT).values())
        place = {id: at for at, id in enumerate(chunk)}
        yield from sorted(found, key=lambda one: place[one.document])


def told_of(engine: Engine, rows: Rows) -> Iterator[Told]:
    """The claims that a query finds, in its order."""
    for batch in rows.batches():
        yield from told(engine, [found.id for found in batch])


def papers(engine: Engine, ids: Sequence[str] | None) -> Iterator[Paper]:
    """Documents of which no later version has taken the place, in the order of publication; only those with some ids
    where they are given."""
    last = -1
    current = exists().where(
        readings.c.document == documents.c.key, ~exists().where(supersessions.c.reading == readings.c.key)
    )
    wanted = [documents.c.id.in_(list(ids))] if ids is not None else []
    while True:
        statement = PAPER.where(documents.c.key > last, current, *wanted).order_by(documents.c.key).limit(CHUNK)
        with reading(engine) as connection:
            found = connection.execute(statement).all()
        if not found:
            return
        yield from map(as_paper, found)
        last = found[-1].key
