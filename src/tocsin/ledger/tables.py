"""Work on whole tables: the digest, all documents, runs, the backup, the database's own statistics."""

from __future__ import annotations

import hashlib
import sqlite3
import uuid
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, Select, bindparam, select, text, update

from tocsin.errors import LedgerError, UsageError
from tocsin.ledger.documents import STORED, Stored, as_stored
from tocsin.ledger.engine import reading, shown
from tocsin.ledger.schema import (
    claims,
    documents,
    figures,
    participants,
    places,
    quarantine,
    readings,
    records,
    runs,
    supersessions,
)
from tocsin.ledger.write import chunks

BATCH = 1_000
SPACE = 1 << 128
PRESENT = {
    "key",
    "document",
    "reading",
    "claim",
    "previous",
    "first_seen",
    "last_seen",
    "read_at",
    "at",
    "resolved",
    "by",
}
"""Columns that say when or in which order something arrived, or that name a row by its key."""

earlier, old, new = documents.alias("earlier"), readings.alias("old"), readings.alias("new")


def digest(engine: Engine) -> str:
    """A digest of what all rows say. Each row is hashed with the ids of those that it refers to, and the hashes are
    added up, so that their order does not matter."""
    total = 0
    with reading(engine) as connection:
        stream = connection.execution_options(stream_results=True, yield_per=BATCH)
        for name, statement in _statements():
            for row in stream.execute(statement):
                said = msgspec.json.encode([str(name), *map(_plain, row)])
                total = (total + int.from_bytes(hashlib.blake2b(said, digest_size=16).digest(), "big")) % SPACE
    return f"{total:032x}"


def _plain(value: Any) -> Any:
    """A value in the form in which both engines give it."""
    if isinstance(value, memoryview | bytes):
        return bytes(value).decode()
    return float(value) if isinstance(value, float) else value


def _statements() -> Iterator[tuple[str, Select[Any]]]:
    """What each table says, with ids instead of keys."""
    said = [column for column in documents.c if column.name not in PRESENT]
    link = documents.c.previous == earlier.c.key
    yield "documents", select(earlier.c.id.label("before"), *said).join_from(documents, earlier, link, isouter=True)
    of_document = readings.c.document == documents.c.key
    yield (
        "readings",
        select(documents.c.id, readings.c.reader, readings.c.claims).join_from(readings, documents, of_document),
    )
    yield "supersessions", _superseded()
    said = [column for column in claims.c if column.name not in PRESENT]
    yield "claims", select(*said, records.c.record).join_from(claims, records, records.c.claim == claims.c.key)
    for table in (participants, figures, places):
        said = [column for column in table.c if column.name not in PRESENT]
        yield table.name, select(claims.c.id.label("of"), *said).join_from(table, claims, table.c.claim == claims.c.key)
    said = [column for column in quarantine.c if column.name not in PRESENT | {"raw"}]
    yield "quarantine", select(*said)


def _superseded() -> Select[Any]:
    """Which reading of which document took the place of which."""
    before, after = documents.alias("before"), documents.alias("after")
    joined = (
        supersessions.join(old, old.c.key == supersessions.c.reading)
        .join(before, before.c.key == old.c.document)
        .join(new, new.c.key == supersessions.c.by)
        .join(after, after.c.key == new.c.document)
    )
    said = (before.c.id, old.c.reader, after.c.id.label("by"), new.c.reader.label("reader"), supersessions.c.why)
    return select(*said).select_from(joined)


def see(connection: Connection, ids: Sequence[str], seen: str) -> None:
    """Move the `last_seen` of documents forward."""
    if not ids:
        return
    statement = update(documents).where(documents.c.id == bindparam("i"), documents.c.last_seen < bindparam("s"))
    connection.execute(
        statement.values(last_seen=bindparam("last_seen")), [{"i": id, "s": seen, "last_seen": seen} for id in ids]
    )


def all_documents(engine: Engine) -> Iterator[Stored]:
    """All documents in the order of their keys, a batch in memory at a time."""
    last = -1
    while True:
        with reading(engine) as connection:
            statement = STORED.add_columns(documents.c.key.label("at")).where(documents.c.key > last)
            found = connection.execute(statement.order_by(documents.c.key).limit(100)).all()
        if not found:
            return
        yield from map(as_stored, found)
        last = found[-1].at


def start_run(connection: Connection, what: str, at: str) -> str:
    """Add a run."""
    id = uuid.uuid4().hex[:16]
    connection.execute(runs.insert(), {"id": id, "what": what, "started": at})
    return id


def end_run(connection: Connection, id: str, at: str, counts: dict[str, int]) -> None:
    """Note how a run ended."""
    connection.execute(update(runs).where(runs.c.id == id).values(ended=at, counts=msgspec.json.encode(counts)))


def backup(engine: Engine, target: Path) -> None:
    """Copy an SQLite ledger page by page while others read and write."""
    if engine.dialect.name != "sqlite":
        raise UsageError("backup: this ledger lies in PostgreSQL; use pg_dump --format=custom --file=FILE DATABASE")
    if target.is_dir():
        raise UsageError(f"{target}: a folder; name a new file")
    if target.exists():
        raise UsageError(f"{target}: exists already; name a new file")
    part = target.with_name(f".{target.name}.part")
    try:
        with reading(engine) as connection:
            source: Any = connection.connection.driver_connection
            copy = sqlite3.connect(part)
            try:
                source.backup(copy, pages=4096)
            finally:
                copy.close()
        part.replace(target)
    except (OSError, sqlite3.Error) as fault:
        part.unlink(missing_ok=True)
        raise LedgerError(
            f"{target}: the copy of {shown(engine.url)} cannot be written: {fault}{_where(target)}"
        ) from fault


def _where(target: Path) -> str:
    return "" if target.parent.is_dir() else f"; there is no folder {target.parent}"


def optimize(engine: Engine) -> None:
    """Gather statistics; PostgreSQL also clears what it keeps of new rows in its full-text indexes."""
    statements: Iterable[str] = ("ANALYZE",)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if engine.dialect.name == "postgresql":
            statements = ("VACUUM (ANALYZE)",)
        for statement in statements:
            connection.execute(text(statement))


__all__ = ["all_documents", "backup", "chunks", "digest", "end_run", "optimize", "see", "start_run"]
