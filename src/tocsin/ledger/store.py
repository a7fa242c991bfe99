"""The ledger: opened, written to, asked."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import Engine, func, select

from tocsin.errors import LedgerError
from tocsin.ledger import alerts, feeds, migrate, quarantine, tables
from tocsin.ledger import engine as engines
from tocsin.ledger.alerts import Alert, Step, Wanted
from tocsin.ledger.arrivals import last_arrival
from tocsin.ledger.documents import Stored, stored, versions_of
from tocsin.ledger.engine import reading, write
from tocsin.ledger.feeds import Feed
from tocsin.ledger.judgements import Judgements
from tocsin.ledger.provenance import Reader, current
from tocsin.ledger.quarantine import Held
from tocsin.ledger.query import Query
from tocsin.ledger.results import Found, Rows, claim_of, claims_by_id, claims_of, ids_beginning
from tocsin.ledger.rows import document_id, prepare
from tocsin.ledger.schema import documents as kept
from tocsin.ledger.verify import Fault, faults
from tocsin.ledger.watched import metadata
from tocsin.ledger.write import Outcome, known_documents, take_in
from tocsin.model import Document, Report


class Ledger(Judgements):
    """A ledger of claims. Open one with `Ledger.open`; it is a context manager, and may be shared between threads.

    Methods raise `LedgerError` where the database fails.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @classmethod
    def open(cls, where: str | os.PathLike[str] | None = None, *, create: bool = True) -> Ledger:
        """Open the ledger at a path or an address (without one that of `$TOCSIN_LEDGER`, else `./tocsin.db`), and bring
        it to this version's form. With `create=False` a file that is not there is not made."""
        url = engines.url_of(where)
        shown = engines.shown(url)
        if not create and url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
            raise LedgerError(f"{shown}: no such ledger; `tocsin ingest` makes one, --ledger names another")
        engine = engines.connect(url)
        with engines.told(engine):
            migrate.bring_up(engine)
        return cls(engine)

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @property
    def name(self) -> str:
        """The address, as it may be shown."""
        return engines.shown(self.engine.url)

    # ---- taking in

    def add(self, report: Report, seen: datetime.datetime, *, reader: Reader | None = None) -> Outcome:
        """Take in one report; see `add_many`."""
        return self.add_many([report], seen, reader=reader)[0]

    def add_many(
        self, reports: Iterable[Report], seen: datetime.datetime, *, reader: Reader | None = None
    ) -> list[Outcome]:
        """Take in reports in one transaction, all or none; what became of each, in order.

        A document is known by its address and its text: known already, only its `last_seen` moves. Another text at a
        known address is a new version, linked to the one before, whose claims it supersedes. `seen` is when the
        documents were met with; `reader` made the reports, the one that is installed if not given. Raises `LedgerError`
        for a report whose text cannot be kept.
        """
        return self._take_in(reports, seen, reader, reread=False)

    def reread(
        self, reports: Iterable[Report], seen: datetime.datetime, *, reader: Reader | None = None
    ) -> list[Outcome]:
        """Take in reports as `add_many` does; a known document that this reader has not read yet gets a reading beside
        the earlier one, which it supersedes and which stays."""
        return self._take_in(reports, seen, reader, reread=True)

    def _take_in(
        self, reports: Iterable[Report], seen: datetime.datetime, reader: Reader | None, reread: bool
    ) -> list[Outcome]:
        prepared = [prepare(report) for report in reports]
        if not prepared:
            return []
        by = reader or current()
        return write(self.engine, lambda connection: take_in(connection, prepared, stamp(seen), by, reread))

    def known(self, documents: Iterable[Document]) -> list[bool]:
        """Of each document whether the ledger holds it, so that it need not be read again."""
        ids = [document_id(document) for document in documents]
        with reading(self.engine) as connection:
            held = known_documents(connection, ids)
        return [id in held for id in ids]

    def is_empty(self) -> bool:
        """Whether it holds no document."""
        with reading(self.engine) as connection:
            return connection.execute(select(kept.c.key).limit(1)).first() is None

    def see(self, documents: Iterable[Document], seen: datetime.datetime) -> None:
        """Move the `last_seen` of documents that the ledger holds."""
        ids = [document_id(document) for document in documents]
        write(self.engine, lambda connection: tables.see(connection, ids, stamp(seen)))

    # ---- asking

    def claims(self, query: Query | None = None) -> Rows:
        """The claims that a query finds: iterate over them, or take a page, or Arrow."""
        return Rows(self.engine, query or Query())

    def claim(self, id: str) -> Found | None:
        """The claim with an id of this ledger."""
        with reading(self.engine) as connection:
            return claim_of(connection, id)

    def claims_by_id(self, ids: Sequence[str]) -> list[Found]:
        """The claims with some ids of this ledger, in their order."""
        with reading(self.engine) as connection:
            return claims_by_id(connection, ids)

    def ids_beginning(self, beginning: str, most: int = 5) -> list[str]:
        """The first ids of claims and documents of this ledger that begin so."""
        with reading(self.engine) as connection:
            return ids_beginning(connection, beginning, most)

    def claims_of(self, document: str) -> list[Found]:
        """The claims of the last reading of the document with an id, in the order of the text, also where another
        version has taken its place."""
        with reading(self.engine) as connection:
            return claims_of(connection, document)

    def document(self, id: str) -> Stored | None:
        """The document with an id: one of this ledger, or one that it came with (then its newest version)."""
        with reading(self.engine) as connection:
            return stored(connection, id)

    def versions(self, id: str) -> list[Stored]:
        """All versions of a document, oldest first; `id` is that of any of them."""
        with reading(self.engine) as connection:
            return versions_of(connection, id)

    def documents(self) -> Iterator[Stored]:
        """All documents, in the order of publication."""
        return tables.all_documents(self.engine)

    def counts(self, *names: str) -> dict[str, int]:
        """How many rows each table has; only some of them where they are named, since to count costs time."""
        with reading(self.engine) as connection:
            return {
                name: int(connection.execute(select(func.count()).select_from(metadata.tables[name])).scalar_one())
                for name in names or metadata.tables
            }

    def digest(self) -> str:
        """A digest of all that the ledger says, without times of seeing and without the order of arrival: two ledgers
        with the same digest say the same."""
        return tables.digest(self.engine)

    def verify(self) -> Iterator[Fault]:
        """Every claim with a mention that is not, letter by letter, what its document holds at its offsets."""
        return faults(self.engine)

    # ---- what could not be read

    def quarantine(
        self, origin: str, raw: bytes, kind: str, reason: str, seen: datetime.datetime, *, keep: bool = False
    ) -> str:
        """Put what could not be read into quarantine, and return its id: where it came from, the hash and the size of
        its bytes, the kind of fault, the reason in one line; with `keep` the bytes too. What is there is seen again.
        """
        held = quarantine.Held.of(origin, raw, kind, reason, stamp(seen), keep)
        write(self.engine, lambda connection: quarantine.put(connection, held))
        return held.id

    def quarantined(self, *, resolved: bool = False) -> list[Held]:
        """What is in quarantine, latest first, without the bytes; with `resolved` also what was read since."""
        with reading(self.engine) as connection:
            return quarantine.all_held(connection, resolved)

    def quarantined_one(self, id: str) -> Held | None:
        """One row of the quarantine, with its bytes where they were kept."""
        with reading(self.engine) as connection:
            return quarantine.one_held(connection, id)

    def resolve_quarantine(self, ids: Sequence[str], at: datetime.datetime) -> int:
        """Mark rows of the quarantine as read since; how many there were."""
        return write(self.engine, lambda connection: quarantine.resolve(connection, ids, stamp(at)))

    # ---- alerts

    def alerts(
        self,
        since: str | None = None,
        pack: str | None = None,
        level: str | Sequence[str] | None = None,
        limit: int | None = None,
        **more: Any,
    ) -> list[Alert]:
        """The alerts that rang at or after `since` (an ISO day or moment, UTC), of a pack, of some levels; newest
        first. More conditions are those of `Wanted`: `after`, `indicator`, `claim`, `newest`."""
        levels = (level,) if isinstance(level, str) else tuple(level or ())
        with reading(self.engine) as connection:
            return alerts.found(connection, Wanted(since=since, pack=pack, levels=levels, limit=limit, **more))

    def alert(self, id: str) -> Alert | None:
        """The alert with an id."""
        with reading(self.engine) as connection:
            return alerts.by_id(connection, id)

    def looked(self) -> dict[str, int]:
        """How many of the documents, in the order in which they came, each indicator has looked at."""
        with reading(self.engine) as connection:
            return alerts.looked(connection)

    def arrivals(self) -> int:
        """How many documents came."""
        with reading(self.engine) as connection:
            return last_arrival(connection)

    def ring(self, step: Step, at: datetime.datetime) -> list[Alert] | None:
        """Write what a look of an indicator has brought, all in one transaction; the alerts that are new. `None`, and
        nothing is written, where another process has looked meanwhile."""
        return write(self.engine, lambda connection: alerts.record(connection, step, stamp(at), at.timestamp()))

    # ---- feeds and runs

    def feed(self, url: str) -> Feed | None:
        """What is known of a feed."""
        with reading(self.engine) as connection:
            return feeds.one(connection, url)

    def save_feed(self, feed: Feed) -> None:
        """Keep what is known of a feed."""
        write(self.engine, lambda connection: feeds.save(connection, feed))

    def feeds(self) -> list[Feed]:
        """All feeds, the next one due first."""
        with reading(self.engine) as connection:
            return feeds.all_feeds(connection)

    def start_run(self, what: str, at: datetime.datetime) -> str:
        """Note that a run has begun; its id."""
        return write(self.engine, lambda connection: tables.start_run(connection, what, stamp(at)))

    def end_run(self, id: str, at: datetime.datetime, counts: dict[str, int]) -> None:
        """Note that a run has ended, and what it counted."""
        write(self.engine, lambda connection: tables.end_run(connection, id, stamp(at), counts))

    # ---- keeping

    def backup(self, target: str | os.PathLike[str]) -> None:
        """Copy an SQLite ledger to a file while it is in use. Raises `UsageError` for PostgreSQL, and where the file
        exists."""
        tables.backup(self.engine, Path(target))

    def optimize(self) -> None:
        """Let the database look at its tables, so that it finds its way; worth it after a large ingest."""
        tables.optimize(self.engine)


def stamp(at: datetime.datetime) -> str:
    """A moment as it is kept: UTC, whole seconds. A moment without a zone is taken as UTC."""
    moment: Any = at if at.tzinfo else at.replace(tzinfo=datetime.UTC)
    return str(moment.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
