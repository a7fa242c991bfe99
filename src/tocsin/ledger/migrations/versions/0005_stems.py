"""Full text of stems: words come without their endings, so that neither engine takes off any itself, and is filled anew
from what the ledger holds."""

from __future__ import annotations

from alembic import op

from tocsin.ledger.rewords import fill

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the tables of words anew, and fill them."""
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        how = "content = '', tokenize = 'unicode61 remove_diacritics 2'"
        for table, fields in (
            ("claim_words", "evidence, actors, recipients, sources, places"),
            ("document_words", "words"),
        ):
            op.execute(f"DROP TABLE {table}")
            op.execute(f"CREATE VIRTUAL TABLE {table} USING fts5({fields}, {how})")
    else:
        op.execute("TRUNCATE claim_words, document_words")
        op.execute("ALTER TEXT SEARCH CONFIGURATION tocsin ALTER MAPPING FOR asciiword, word WITH simple")
        op.execute("DROP TEXT SEARCH DICTIONARY tocsin_stem")
    fill(connection)
