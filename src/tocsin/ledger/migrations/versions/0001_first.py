"""The first form of the ledger."""

from alembic import op

from tocsin.ledger.schema import metadata

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make all tables."""
    connection = op.get_bind()
    metadata.create_all(connection)
    if connection.dialect.name == "sqlite":
        tokenize = "tokenize = 'porter unicode61 remove_diacritics 2'"
        op.execute(
            "CREATE VIRTUAL TABLE claim_words USING fts5(evidence, actors, recipients, sources, places, "
            f"content = '', {tokenize})"
        )
        op.execute(f"CREATE VIRTUAL TABLE document_words USING fts5(words, content = '', {tokenize})")
        return
    op.execute("CREATE TEXT SEARCH DICTIONARY tocsin_stem (TEMPLATE = snowball, LANGUAGE = english)")
    op.execute("CREATE TEXT SEARCH CONFIGURATION tocsin (COPY = simple)")
    op.execute("ALTER TEXT SEARCH CONFIGURATION tocsin ALTER MAPPING FOR asciiword, word WITH tocsin_stem")
    op.execute(
        "CREATE TABLE claim_words (claim bigint PRIMARY KEY REFERENCES claims (key), words tsvector NOT NULL, "
        "places tsvector NOT NULL)"
    )
    op.execute("CREATE TABLE document_words (document bigint PRIMARY KEY REFERENCES documents (key), words tsvector)")
    op.execute("CREATE INDEX claim_words_by_word ON claim_words USING gin (words)")
    op.execute("CREATE INDEX claim_words_by_place ON claim_words USING gin (places)")
    op.execute("CREATE INDEX document_words_by_word ON document_words USING gin (words)")
