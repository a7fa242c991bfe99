"""Bringing a ledger to the form that this version of Tocsin works with, step by step, each step recorded."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from tocsin.errors import LedgerError
from tocsin.ledger.engine import shown, write
from tocsin.ledger.watched import metadata

FOLDER = Path(__file__).parent / "migrations"
HEAD = "0004"
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
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    found = revision(connection)
    if found == HEAD:
        return
    if found is None and (others := sorted(set(inspect(connection).get_table_names()) & set(metadata.tables))):
        what = f"holds tables of another program ({', '.join(others)})"
        raise LedgerError(f"{shown(connection.engine.url)}: no ledger; it {what}; name another with --ledger")
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if found is not None and found not in known:
        raise LedgerError(f"{shown(connection.engine.url)}: made by a newer Tocsin (form {found}); install that one")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
