"""Bringing a ledger to the form that this version of Tocsin works with, step by step, each step recorded.

A new SQLite file is given at once the form that the steps lead to, as it is kept beside them: to load what runs them
takes longer than all else that is done before the first article is read (`tocsin.ledger.form` writes it down).
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from tocsin.errors import LedgerError
from tocsin.ledger.engine import shown, write
from tocsin.ledger.watched import metadata

FOLDER = Path(__file__).parent / "migrations"
FORM = FOLDER / "sqlite.sql"
"""The statements that make a new SQLite ledger."""

END = ";\n\n"
"""What stands between them."""

HEAD = "0005"
"""The last of the migrations; a test holds it against the folder."""


def bring_up(engine: Engine) -> None:
    """Run the migrations that are missing, all in one transaction. Raises `LedgerError` where the ledger was made by a
    newer version, or is no ledger."""
    with engine.connect() as connection:
        if revision(connection) == HEAD:
            return
    write(engine, _upgrade)


def revision(connection: Connection) -> str | None:
    """The last migration that the ledger has been through; `None` for an empty database."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found


def _upgrade(connection: Connection) -> None:
    """Run what is missing; another process may have done so meanwhile."""
    found = revision(connection)
    if found == HEAD:
        return
    if found is None and (others := sorted(set(inspect(connection).get_table_names()) & set(metadata.tables))):
        what = f"holds tables of another program ({', '.join(others)})"
        raise LedgerError(f"{shown(connection.engine.url)}: no ledger; it {what}; name another with --ledger")
    if found is None and connection.dialect.name == "sqlite":
        for statement in FORM.read_text(encoding="utf-8").split(END):
            connection.exec_driver_sql(statement)
    else:
        migrate(connection)


def migrate(connection: Connection) -> None:
    """Run the migrations that are missing."""
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    found = revision(connection)
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if found is not None and found not in known:
        raise LedgerError(f"{shown(connection.engine.url)}: made by a newer Tocsin (form {found}); install that one")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
