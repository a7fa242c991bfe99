"""The form of a new SQLite ledger, written down from the migrations so that a new one need not run them.

python -m tocsin.ledger.form > src/tocsin/ledger/migrations/sqlite.sql
"""

from __future__ import annotations

import sys

from sqlalchemy import create_engine, text

from tocsin.ledger.migrate import END, HEAD, migrate

MADE = """
SELECT sql FROM sqlite_master AS made WHERE sql IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM sqlite_master AS words WHERE words.sql LIKE 'CREATE VIRTUAL%' AND made.name GLOB words.name || '_*')
ORDER BY rowid
"""
"""How tables and indexes are made; those of a full-text table it makes itself."""


def form() -> str:
    """The statements that make a new SQLite ledger."""
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        migrate(connection)
        made = [_tidy(statement) for statement in connection.execute(text(MADE)).scalars()]
    engine.dispose()
    return END.join([*made, f"INSERT INTO alembic_version (version_num) VALUES ('{HEAD}')"]) + "\n"


def _tidy(statement: str) -> str:
    """A statement without blank lines and without white space at the ends of its lines."""
    lines = (line.rstrip().replace("\t", "    ") for line in statement.splitlines())
    return "\n".join(line for line in lines if line)


if __name__ == "__main__":
    sys.stdout.write(form())
