"""Taking reports in: what is known is seen again, what is new is added, what changed becomes a version of its own.

All of a batch happens in one transaction, of which there is one at a time: so keys are given out here, and the same
reports in the same order make the same ledger, whether in one run or in several that were broken off.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Literal, NamedTuple, TypeVar

from sqlalchemy import Connection, Table, bindparam, func, select, text, update

from tocsin.ledger import bulk, keys, rows
from tocsin.ledger.arrivals import note_arrivals
from tocsin.ledger.provenance import Reader
from tocsin.ledger.rows import Prepared, Row
from tocsin.ledger.schema import (
    claims,
    documents,
    figures,
    participants,
    places,
    readers,
    readings,
    records,
    supersessions,
)

T = TypeVar("T")

CHUNK = 500

CLAIM_WORDS = {
    "sqlite": "INSERT INTO claim_words (rowid, evidence, actors, recipients, sources, places) "
    "VALUES (:claim, :evidence, :actors, :recipients, :sources, :places)",
    "postgresql": "INSERT INTO claim_words (claim, words, actors, recipients, sources, places) SELECT :claim, "
    "evidence || actors || recipients || sources, actors, recipients, sources, to_tsvector('tocsin', :places) "
    "FROM to_tsvector('tocsin', :evidence) AS evidence, to_tsvector('tocsin', :actors) AS actors, "
    "to_tsvector('tocsin', :recipients) AS recipients, to_tsvector('tocsin', :sources) AS sources",
}
DOCUMENT_WORDS = {
    "sqlite": "INSERT INTO document_words (rowid, words) VALUES (:document, :words)",
    "postgresql": "INSERT INTO document_words (document, words) VALUES (:document, to_tsvector('tocsin', :words))",
}
UNLINKED = "INSERT INTO unlinked (document) VALUES (:document) ON CONFLICT DO NOTHING"


class Outcome(NamedTuple):
    """What became of a report: `new`; `updated`, a new version of an address that was known; `known`, seen again;
    `reread`, known and now read by another reader. `document` is its id in the ledger, `claims` how many were added."""

    kind: Literal["new", "updated", "known", "reread"]
    document: str
    claims: int


class Version(NamedTuple):
    """The newest version at an address: its number, its key, its current reading."""

    number: int
    document: int
    reading: int


class Batch:
    """What is to be inserted, by table."""

    def __init__(self) -> None:
        self.tables: dict[str, list[Row]] = {}
        self.document_words: list[Row] = []
        self.claim_words: list[Row] = []
        self.touched: dict[int, None] = {}
        self.unlinked: dict[int, None] = {}

    def put(self, table: Table, row: Row) -> None:
        """One more row."""
        self.tables.setdefault(table.name, []).append(row)

    def put_all(self, table: Table, found: Iterable[Row]) -> None:
        """More rows."""
        self.tables.setdefault(table.name, []).extend(found)

    def insert(self, connection: Connection) -> None:
        """Insert all, parents before children."""
        engine = connection.dialect.name
        for table in (documents, readings, claims, records, participants, figures, places, supersessions):
            bulk.insert(connection, table, self.tables.get(table.name, ()))
        if self.document_words:
            connection.execute(text(DOCUMENT_WORDS[engine]), self.document_words)
        if self.claim_words:
            connection.execute(text(CLAIM_WORDS[engine]), self.claim_words)
        note_arrivals(connection, [row["key"] for row in self.tables.get("documents", ())])
        if self.unlinked:
            connection.execute(text(UNLINKED), [{"document": key} for key in self.unlinked])


def take_in(
    connection: Connection, found: Sequence[Prepared], seen: str, reader: Reader, reread: bool
) -> list[Outcome]:
    """Take in a batch. With `reread`, what is known but was not yet read by this reader gets a new reading."""
    _know_reader(connection, reader)
    writer = Writer(connection, found, seen, reader.digest)
    outcomes = [writer.take(prepared, reread) for prepared in found]
    writer.batch.insert(connection)
    if writer.batch.touched:
        statement = update(documents).where(documents.c.key == bindparam("k"), documents.c.last_seen < bindparam("s"))
        touched = [{"k": key, "s": seen, "last_seen": seen} for key in writer.batch.touched]
        connection.execute(statement.values(last_seen=bindparam("last_seen")), touched)
    return outcomes


class Writer:
    """One batch on its way in: what the ledger already holds of it, and what it adds."""

    def __init__(self, connection: Connection, found: Sequence[Prepared], seen: str, reader: str) -> None:
        self.connection = connection
        self.seen, self.reader = seen, reader
        self.batch = Batch()
        self.known = known_documents(connection, [prepared.id for prepared in found])
        urls = {rows.storable(prepared.report.document.url) for prepared in found}
        self.versions = _versions(connection, sorted(url for url in urls if url is not None))
        self.greatest: dict[int, int | None] = {}

    def take(self, prepared: Prepared, reread: bool) -> Outcome:
        """Put one report into the batch."""
        key = self.known.get(prepared.id)
        if key is None:
            return self._add(prepared)
        self.batch.touched[key] = None
        if reread:
            return self._reread(prepared, key)
        return Outcome("known", prepared.id, 0)

    def _add(self, prepared: Prepared) -> Outcome:
        """A document that the ledger does not hold."""
        document = prepared.report.document
        key = self._next_key(keys.day_of(document.published))
        url = rows.storable(document.url)
        before = self.versions.get(url) if url is not None else None
        number = before.number + 1 if before else 1
        previous = before.document if before else None
        self.batch.put(documents, rows.document_row(prepared, key, number, previous, self.seen))
        self.batch.document_words.append(rows.document_words(document, key))
        reading = self._read(prepared, key, 0, 0)
        if before:
            self._supersede(before.reading, reading, "version")
            self.batch.unlinked[before.document] = None
        if url is not None:
            self.versions[url] = Version(number, key, reading)
        self.known[prepared.id] = key
        return Outcome("updated" if before else "new", prepared.id, len(prepared.report.claims))

    def _reread(self, prepared: Prepared, key: int) -> Outcome:
        """A document that the ledger holds, read by a reader that may be another."""
        earlier = self.connection.execute(
            select(readings.c.key, readings.c.reader, readings.c.claims, supersessions.c.by, supersessions.c.why)
            .join(supersessions, supersessions.c.reading == readings.c.key, isouter=True)
            .where(readings.c.document == key)
            .order_by(readings.c.key)
        ).all()
        done = any(row.reader == self.reader for row in earlier)
        pending = any(row["document"] == key for row in self.batch.tables.get("readings", ()))
        if done or pending:
            return Outcome("known", prepared.id, 0)
        reading = self._read(prepared, key, len(earlier), sum(row.claims for row in earlier))
        for row in earlier:
            if row.by is None:
                self._supersede(row.key, reading, "reread")
        replaced = next((row.by for row in earlier if row.why == "version"), None)
        if replaced is not None:
            self._supersede(reading, replaced, "version")
        return Outcome("reread", prepared.id, len(prepared.report.claims))

    def _read(self, prepared: Prepared, document: int, number: int, first: int) -> int:
        """Put a reading with its claims into the batch; return its key."""
        key = keys.reading_key(document, number)
        found = prepared.report.claims
        self.batch.unlinked[document] = None
        self.batch.put(
            readings,
            {"key": key, "document": document, "reader": self.reader, "claims": len(found), "read_at": self.seen},
        )
        for ordinal, claim in enumerate(found):
            at = keys.claim_key(document, first + ordinal)
            self.batch.put(claims, rows.claim_row(prepared, ordinal, at, document, key, self.reader))
            self.batch.put(records, {"claim": at, "record": prepared.records[ordinal]})
            self.batch.put_all(participants, rows.participant_rows(claim, at))
            self.batch.put_all(figures, rows.figure_rows(claim, at))
            self.batch.put_all(places, rows.place_rows(claim, at))
            self.batch.claim_words.append(rows.claim_words(claim, at))
        return key

    def _supersede(self, reading: int, by: int, why: str) -> None:
        self.batch.put(supersessions, {"reading": reading, "by": by, "why": why, "at": self.seen})

    def _next_key(self, day: int) -> int:
        """The key of one more document of a day."""
        if day not in self.greatest:
            first, last = keys.document_range(day, day)
            self.greatest[day] = self.connection.execute(
                select(func.max(documents.c.key)).where(documents.c.key.between(first, last))
            ).scalar()
        key = keys.next_document(day, self.greatest[day])
        self.greatest[day] = key
        return key


def known_documents(connection: Connection, ids: Sequence[str]) -> dict[str, int]:
    """Which of the documents the ledger holds, with their keys."""
    found: dict[str, int] = {}
    for chunk in chunks(ids, CHUNK):
        statement = select(documents.c.id, documents.c.key).where(documents.c.id.in_(chunk))
        found.update((row.id, row.key) for row in connection.execute(statement))
    return found


def _versions(connection: Connection, urls: Sequence[str]) -> dict[str, Version]:
    """The newest version at each address that the ledger knows."""
    found: dict[str, Version] = {}
    for chunk in chunks(urls, CHUNK):
        statement = (
            select(documents.c.url, documents.c.version, documents.c.key, func.max(readings.c.key).label("reading"))
            .join(readings, readings.c.document == documents.c.key)
            .where(documents.c.url.in_(chunk))
            .group_by(documents.c.url, documents.c.version, documents.c.key)
            .order_by(documents.c.version)
        )
        found.update((row.url, Version(row.version, row.key, row.reading)) for row in connection.execute(statement))
    return found


def _know_reader(connection: Connection, reader: Reader) -> None:
    """Record who reads, once."""
    if connection.execute(select(readers.c.digest).where(readers.c.digest == reader.digest)).first() is None:
        row: dict[str, Any] = {"digest": reader.digest, "lexicon": reader.lexicon, "model": reader.model}
        connection.execute(readers.insert(), row | {"parser": reader.parser, "tocsin": reader.tocsin})


def chunks(found: Iterable[T], size: int) -> Iterator[list[T]]:
    """Lists of at most `size`."""
    rest = iter(found)
    while chunk := list(islice(rest, size)):
        yield chunk
