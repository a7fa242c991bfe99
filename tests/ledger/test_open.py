"""Opening: addresses, migrations, what is no ledger."""

from __future__ import annotations

import concurrent.futures
import os
import sqlite3
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from tests.ledger.conftest import Fresh
from tests.ledger.made import FIRST, READER, simple

from tocsin.errors import LedgerError, TocsinError, UsageError
from tocsin.ledger import Ledger, Query, migrate
from tocsin.ledger.engine import connect, shown, url_of, writing
from tocsin.ledger.form import form
from tocsin.ledger.schema import metadata

OLD_DOCUMENT = (
    "INSERT INTO documents (key, id, name, version, body, notes, text, first_seen, last_seen) "
    "VALUES (7, 'd', 'd', 1, 0, :notes, 'x', :seen, :seen)"
)
OLD_FAULT = (
    "INSERT INTO quarantine (id, origin, sha256, size, kind, reason, first_seen, last_seen) "
    "VALUES ('q', 'a', 'abc', 1, 'fault', 'b', :seen, :seen)"
)


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ("a/b.db", "sqlite:///a/b.db"),
        ("sqlite:////tmp/b.db", "sqlite:////tmp/b.db"),
        ("postgresql://me:secret@host/news", "postgresql+psycopg://me:***@host/news"),
        ("postgres://host/news", "postgresql+psycopg://host/news"),
        (None, "sqlite:///tocsin.db"),
    ],
)
def test_addresses(given: str | None, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TOCSIN_LEDGER", raising=False)
    assert str(url_of(given)) == url


def test_the_environment_names_the_ledger(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOCSIN_LEDGER", "other.db")
    assert shown(url_of()) == "other.db"
    assert "secret" not in shown(url_of("postgresql://me:secret@host/news"))


@pytest.mark.parametrize(
    "given",
    [
        "mysql://host/x", "https://a.example", "://", "sqlite://", "sqlite:///:memory:", "sqlite:///a.db?mode=ro",
        "postgresql://host:port/x",
    ],
)  # fmt: skip
def test_another_scheme_is_refused(given: str) -> None:
    with pytest.raises(UsageError):
        url_of(given)


@pytest.mark.parametrize(
    "given",
    [
        "postgresql://me:secret@host:port/x", "postgresql://me:open@secret@host/x", "postgresql:/me:secret@host/x",
        "postgresql://me:secret@127.0.0.1:1/x", "postgresql://127.0.0.1:1/x?password=secret&user=me",
        "postgresql://me:sec/secret@127.0.0.1:1/x",
    ],
)  # fmt: skip
def test_no_password_is_shown(given: str) -> None:
    with pytest.raises(TocsinError) as fault:
        Ledger.open(given, create=False)
    assert "secret" not in str(fault.value)
    assert "\n" not in str(fault.value)


def test_the_migrations_end_where_the_tables_are(fresh: Fresh) -> None:
    with Ledger.open(fresh()) as ledger, ledger.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_name": lambda name, kind, _: kind != "table" or name in metadata.tables}
        )
        assert compare_metadata(context, metadata) == []
        assert migrate.revision(connection) == migrate.HEAD
    assert ScriptDirectory(str(migrate.FOLDER)).get_current_head() == migrate.HEAD


def test_a_new_file_has_the_form_that_the_migrations_lead_to() -> None:
    assert form() == migrate.FORM.read_text(encoding="utf-8"), "python -m tocsin.ledger.form writes it down"


def test_a_file_of_another_program_is_left_alone(tmp_path: Path) -> None:
    where = tmp_path / "other.db"
    with sqlite3.connect(where) as other:
        other.execute("CREATE TABLE claims (mine TEXT)")
    with pytest.raises(LedgerError, match="another program"):
        Ledger.open(where)
    with sqlite3.connect(where) as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("claims",)]


def test_opening_again_finds_what_is_there(fresh: Fresh) -> None:
    where = fresh()
    with Ledger.open(where) as ledger:
        ledger.add(simple(1), FIRST, reader=READER)
    with Ledger.open(where, create=False) as ledger:
        assert ledger.counts()["claims"] == 1


def bring_up(connection: Connection, revision: str) -> None:
    """Make the tables as they were at a revision."""
    config = Config()
    config.set_main_option("script_location", str(migrate.FOLDER))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def test_a_ledger_of_an_older_form_is_brought_up(fresh: Fresh) -> None:
    """What it holds stays, and its documents are still to be linked."""
    where = fresh()
    engine = connect(url_of(where))
    with writing(engine) as connection:
        bring_up(connection, "0002")
        connection.execute(text(OLD_DOCUMENT), {"notes": b"[]", "seen": "2026-01-01T12:00:00Z"})
        connection.execute(text(OLD_FAULT), {"seen": "2026-01-01T12:00:00Z"})
    engine.dispose()
    with Ledger.open(where) as ledger:
        assert [stored.id for stored in ledger.documents()] == ["d"]
        assert [held.digest for held in ledger.quarantined()] == ["abc"]
        assert ledger.counts()["unlinked"] == 1


def test_words_of_an_older_form_are_found_anew(fresh: Fresh, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was indexed by the stemmers of the engines is indexed by its stems."""
    where = fresh()
    engine = connect(url_of(where))
    with writing(engine) as connection:
        bring_up(connection, "0004")
    monkeypatch.setattr("tocsin.ledger.rows.indexed", str.lower)
    reports = [simple(number, f"They died as Troops shelled village {number}.") for number in range(1200)]
    Ledger(engine).add_many(reports, FIRST, reader=READER)
    engine.dispose()
    monkeypatch.undo()
    with Ledger.open(where) as ledger:
        assert ledger.claims(Query(words="die")).count() == 1200
        assert ledger.claims(Query(words="dies 1199", scope="article")).count() == 1
        ledger.add(simple(5000, "One dies as Troops shelled village 5000."), FIRST, reader=READER)
        assert ledger.claims(Query(words="die")).count() == 1201


def test_many_may_open_a_new_ledger_at_once(fresh: Fresh) -> None:
    where = fresh()

    def opened(number: int) -> str:
        with Ledger.open(where) as ledger:
            return ledger.add(simple(number), FIRST, reader=READER).kind

    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        assert list(pool.map(opened, range(6))) == ["new"] * 6


def test_a_ledger_of_a_newer_version_is_left_alone(fresh: Fresh) -> None:
    where = fresh()
    with Ledger.open(where) as ledger, writing(ledger.engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(LedgerError, match="newer"):
        Ledger.open(where)


def test_foreign_keys_hold(ledger: Ledger) -> None:
    statement = "INSERT INTO readings (key, document, reader, claims, read_at) VALUES (1, 99, 'none', 0, '')"
    with pytest.raises(Exception, match=r"(?i)foreign key"), writing(ledger.engine) as connection:
        connection.execute(text(statement))


def test_a_file_that_is_no_ledger(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("This is no database at all, but quite some text. " * 40)
    with pytest.raises(LedgerError, match="no ledger"):
        Ledger.open(path)
    assert path.read_text().startswith("This is no database")


def test_a_database_of_something_else_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE documents (x)")
    other.close()
    with pytest.raises(LedgerError):
        Ledger.open(path)
    kept = sqlite3.connect(path)
    assert kept.execute("SELECT name FROM sqlite_master").fetchall() == [("documents",)]
    kept.close()


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="folder"):
        Ledger.open(tmp_path / "none" / "x.db")


def test_nothing_is_made_where_a_ledger_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="no such ledger"):
        Ledger.open(tmp_path / "x.db", create=False)
    assert not (tmp_path / "x.db").exists()


def test_a_server_that_does_not_answer() -> None:
    with pytest.raises(LedgerError, match="is the server running"):
        Ledger.open("postgresql://nobody@127.0.0.1:1/none")


def test_a_ledger_where_nothing_can_be_written_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    where = tmp_path / "tocsin.db"
    with Ledger.open(where) as ledger:
        ledger.add(simple(1), FIRST, reader=READER)
    os.chmod(where, 0o444)
    monkeypatch.setattr("tocsin.ledger.engine.os.access", lambda path, mode: False)
    with Ledger.open(where, create=False) as ledger:
        assert ledger.claims(Query(words="village")).count() == 1
        assert ledger.name == str(where)
        ledger.backup(tmp_path / "copy.db")
        with pytest.raises(LedgerError, match="must allow"):
            ledger.add(simple(2), FIRST, reader=READER)
        assert {path.name for path in tmp_path.iterdir()} == {"tocsin.db", "copy.db"}


def test_sqlite_is_set_up(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "x.db") as ledger, ledger.engine.connect() as connection:
        said = {name: connection.execute(text(f"PRAGMA {name}")).scalar() for name in ("journal_mode", "foreign_keys")}
    assert said == {"journal_mode": "wal", "foreign_keys": 1}
