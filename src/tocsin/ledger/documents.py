"""Documents as the ledger keeps them, with their versions."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import Connection, Row, select

from tocsin.ledger.schema import documents
from tocsin.model import Document, Record

previous = documents.alias("previous")
STORED = select(documents, previous.c.id.label("previous_id")).join(
    previous, previous.c.key == documents.c.previous, isouter=True
)
decode_notes = msgspec.json.Decoder(tuple[str, ...]).decode


class Stored(Record, frozen=True, kw_only=True):
    """A document of the ledger: its id there, the document as it was read, which version of its address it is and the
    id of the version before, when it was first and last met with."""

    id: str
    document: Document
    version: int
    previous: str | None
    first_seen: str
    last_seen: str


def as_stored(row: Row[*tuple[Any, ...]]) -> Stored:
    """A row of `documents` as a record."""
    document = Document(
        id=row.name, text=row.text, url=row.url, publisher=row.publisher, agency=row.agency, title=row.title,
        byline=row.byline, dateline=row.dateline, published=row.published, language=row.language, body=row.body,
        notes=decode_notes(row.notes),
    )  # fmt: skip
    return Stored(
        id=row.id, document=document, version=row.version, previous=row.previous_id, first_seen=row.first_seen,
        last_seen=row.last_seen,
    )  # fmt: skip


def stored(connection: Connection, id: str) -> Stored | None:
    """The document with an id of the ledger, else the newest of those that came with this id."""
    row = connection.execute(STORED.where(documents.c.id == id)).first()
    if row is None:
        named = (
            STORED.where(documents.c.name == id).order_by(documents.c.version.desc(), documents.c.key.desc()).limit(1)
        )
        row = connection.execute(named).first()
    return as_stored(row) if row else None


def versions_of(connection: Connection, id: str) -> list[Stored]:
    """All versions of the document with an id, oldest first."""
    one = stored(connection, id)
    if one is None:
        return []
    if one.document.url is None:
        return [one]
    of_address = documents.c.url == one.document.url
    return [as_stored(row) for row in connection.execute(STORED.where(of_address).order_by(documents.c.version))]
