"""Where a ledger is and how to talk to it: one SQLite file, or a PostgreSQL database."""

from __future__ import annotations

import contextlib
import os
import random
import re
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, exc, text
from sqlalchemy.engine import URL, make_url

from tocsin.errors import LedgerError, UsageError

T = TypeVar("T")

DEFAULT = "tocsin.db"
SECRET = re.compile(r"(/[^:/?]*:|password=)(?:[^&]*(?=@)|(?<==)[^&]*)")
"""A password: between a colon and the last `@`, or an option."""

BUSY_SECONDS = 60
TRIES = 6
WRITER = 0x70C51
"""The advisory lock that one writer at a time holds on PostgreSQL."""

TRANSIENT = {"40001", "40P01", "55P03"}
"""PostgreSQL's codes for a transaction to be tried again: serialization, deadlock, a lock that was not to be had."""


def url_of(where: str | os.PathLike[str] | None = None) -> URL:
    """The address of a ledger: a path, `sqlite:///path`, `postgresql://user@host/database`; without one that of
    `$TOCSIN_LEDGER`, else `./tocsin.db`. Raises `UsageError` for another scheme."""
    given = os.fspath(where) if where is not None else os.environ.get("TOCSIN_LEDGER") or DEFAULT
    if "://" not in given:
        return URL.create("sqlite", database=str(Path(given).expanduser()))
    if given.partition("://")[2].partition("/")[0].count("@") > 1:
        raise UsageError(f"--ledger {_unsecret(given)}: two @; write an @ within user or password as %40, a / as %2F")
    try:
        url = make_url(given)
    except (exc.ArgumentError, ValueError) as fault:
        what = "no address; give a path, or postgresql://user@host:port/database"
        raise UsageError(f"--ledger {_unsecret(given)}: {what}") from fault
    name = url.get_backend_name()
    if name in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    if name == "sqlite":
        if url.query or not url.database or url.database == ":memory:":
            raise UsageError(f"--ledger {given}: an SQLite ledger is a file; give its path, without options")
        return url.set(drivername="sqlite")
    raise UsageError(
        f"--ledger {name}: a ledger is an SQLite file or a PostgreSQL database; give a path or postgresql://"
    )


def shown(url: URL) -> str:
    """The address as it may be shown: a path, or an address without its passwords."""
    if url.get_backend_name() == "sqlite":
        return _unsecret(url.database or ":memory:")
    secret = [name for name in url.query if "password" in name]
    return url.difference_update_query(secret).render_as_string(hide_password=True)


def _unsecret(given: str) -> str:
    """What may be an address that was mistyped, without its password."""
    return SECRET.sub(r"\1***", given)


def connect(url: URL) -> Engine:
    """An engine for the ledger's address; nothing is opened yet."""
    if url.get_backend_name() == "sqlite":
        file = Path(url.database or "")
        given: dict[str, Any] = {"timeout": BUSY_SECONDS, "check_same_thread": False}
        if is_sealed(file):
            address = f"{file.resolve().as_uri()}?mode=ro&immutable=1"
            return create_engine(url, creator=lambda: sqlite3.connect(address, uri=True, **given))
        engine = create_engine(url, connect_args=given)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    return create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": 10})


def is_sealed(file: Path) -> bool:
    """Whether a file lies where nothing can be written beside it, such as on a read-only disk. SQLite keeps what is
    being written, and who reads, in files beside it; without any, such a file is read as one that does not change."""
    return file.is_file() and not os.access(file.resolve().parent, os.W_OK) and not Path(f"{file}-wal").exists()


def _prepare_sqlite(connection: sqlite3.Connection, _: Any) -> None:
    """What every connection to a file is told. Transactions are begun by `_begin_sqlite`, not by the driver."""
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    _keep_journal(connection)
    for setting in (
        "synchronous = NORMAL", "foreign_keys = ON", "cache_size = -16384", "mmap_size = 1073741824",
        "temp_store = MEMORY",
    ):  # fmt: skip
        connection.execute(f"PRAGMA {setting}")


def _keep_journal(connection: sqlite3.Connection) -> None:
    """Have the file keep a write-ahead log. SQLite does not wait for its lock here, so several that open a new ledger
    at once try again."""
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as fault:
            if not is_busy(fault) or time.monotonic() > until:
                raise
            time.sleep(random.uniform(0.01, 0.1))


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes its lock at once: one that began as a reader could not be made to wait."""
    writing = connection.get_execution_options().get("tocsin_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


@contextlib.contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection that reads, in one transaction; faults come as `LedgerError`."""
    with told(engine), engine.connect() as connection:
        yield connection


@contextlib.contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A connection that writes, in one transaction, while no other one does; faults come as they are."""
    with engine.connect().execution_options(tocsin_writes=True) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": WRITER})
        yield connection


def write(engine: Engine, work: Callable[[Connection], T]) -> T:
    """The result of `work` in a transaction of its own, tried again where another writer was in the way."""
    with told(engine):
        for attempt in range(TRIES):
            try:
                with writing(engine) as connection:
                    return work(connection)
            except exc.DBAPIError as fault:
                if attempt == TRIES - 1 or not is_transient(fault):
                    raise
                time.sleep(0.05 * 2**attempt * (1 + random.random()))
    raise AssertionError("unreachable")


def is_transient(fault: exc.DBAPIError) -> bool:
    """Whether the same transaction may succeed when it is tried again."""
    original: Any = fault.orig
    if isinstance(original, sqlite3.OperationalError):
        return is_busy(original)
    return getattr(original, "sqlstate", None) in TRANSIENT


def is_busy(fault: sqlite3.OperationalError) -> bool:
    """Whether SQLite met a lock of somebody else's."""
    return fault.sqlite_errorname.startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))


@contextlib.contextmanager
def told(engine: Engine) -> Iterator[None]:
    """Faults of the database as one line that names the ledger."""
    try:
        yield
    except exc.DBAPIError as fault:
        what = " ".join(str(fault.orig).split())
        raise LedgerError(f"{shown(engine.url)}: {what}{_remedy(fault)}") from fault


def _remedy(fault: exc.DBAPIError) -> str:
    """What to do about a fault, where that is known."""
    what = str(fault.orig)
    if "unable to open" in what:
        return "; does its folder exist, and may you write there?"
    if "not a database" in what:
        return "; this file is no ledger; name another with --ledger"
    if "malformed" in what:
        return "; the file is damaged; put a backup in its place, or save what can be read with sqlite3's .recover"
    if "readonly" in what or "read-only" in what:
        return "; to be added to or brought to a newer form, it and its folder must allow you to write"
    if "locked" in what:
        return "; another program writes to it; wait, or end that one"
    if "connection" in what or "connect" in what:
        return "; is the server running, and are user and password right?"
    return ""
