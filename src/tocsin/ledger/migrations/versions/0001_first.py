"""The first form of the ledger."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

CODE = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make all tables."""
    _documents()
    _readings()
    _claims()
    _participants()
    _parts()
    _beside()
    if op.get_bind().dialect.name == "sqlite":
        _words_in_sqlite()
    else:
        _words_in_postgresql()


def _documents() -> None:
    """Documents."""
    op.create_table(
        "documents",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("id", CODE, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("url", CODE, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("previous", KEY, autoincrement=False, nullable=True),
        sa.Column("publisher", CODE, nullable=True),
        sa.Column("agency", CODE, nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("byline", sa.Text(), nullable=True),
        sa.Column("dateline", sa.Text(), nullable=True),
        sa.Column("published", CODE, nullable=True),
        sa.Column("language", CODE, nullable=True),
        sa.Column("body", sa.Integer(), nullable=False),
        sa.Column("notes", sa.LargeBinary(), nullable=False),
        sa.Column("first_seen", CODE, nullable=False),
        sa.Column("last_seen", CODE, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["previous"],
            ["documents.key"],
        ),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("id"),
        sa.UniqueConstraint("url", "version", name="one_version_of_each_number"),
    )


def _readings() -> None:
    """Who read the documents when, and what replaced what."""
    op.create_table(
        "readers",
        sa.Column("digest", CODE, nullable=False),
        sa.Column("lexicon", CODE, nullable=False),
        sa.Column("model", CODE, nullable=False),
        sa.Column("parser", CODE, nullable=False),
        sa.Column("tocsin", CODE, nullable=False),
        sa.PrimaryKeyConstraint("digest"),
    )
    op.create_table(
        "readings",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("document", KEY, autoincrement=False, nullable=False),
        sa.Column("reader", CODE, nullable=False),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.Column("read_at", CODE, nullable=False),
        sa.ForeignKeyConstraint(
            ["document"],
            ["documents.key"],
        ),
        sa.ForeignKeyConstraint(
            ["reader"],
            ["readers.digest"],
        ),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("document", "reader", name="one_reading_by_each_reader"),
    )
    op.create_table(
        "supersessions",
        sa.Column("reading", KEY, autoincrement=False, nullable=False),
        sa.Column("by", KEY, autoincrement=False, nullable=False),
        sa.Column("why", CODE, nullable=False),
        sa.Column("at", CODE, nullable=False),
        sa.ForeignKeyConstraint(
            ["by"],
            ["readings.key"],
        ),
        sa.ForeignKeyConstraint(
            ["reading"],
            ["readings.key"],
        ),
        sa.PrimaryKeyConstraint("reading"),
    )


def _claims() -> None:
    """Claims, and their records."""
    op.create_table(
        "claims",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("id", CODE, nullable=False),
        sa.Column("document", KEY, autoincrement=False, nullable=False),
        sa.Column("reading", KEY, autoincrement=False, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("type", CODE, nullable=False),
        sa.Column("mode", CODE, nullable=True),
        sa.Column("status", CODE, nullable=False),
        sa.Column("trigger_text", sa.Text(), nullable=False),
        sa.Column("trigger_start", sa.Integer(), nullable=False),
        sa.Column("trigger_end", sa.Integer(), nullable=False),
        sa.Column("evidence_start", sa.Integer(), nullable=False),
        sa.Column("evidence_end", sa.Integer(), nullable=False),
        sa.Column("begins", CODE, nullable=True),
        sa.Column("ends", CODE, nullable=True),
        sa.Column("lasting", sa.SmallInteger(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.Column("made_by", CODE, nullable=True),
        sa.Column("publisher", CODE, nullable=True),
        sa.Column("agency", CODE, nullable=True),
        sa.ForeignKeyConstraint(
            ["document"],
            ["documents.key"],
        ),
        sa.ForeignKeyConstraint(
            ["reading"],
            ["readings.key"],
        ),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("id"),
    )
    op.create_index("claims_by_agency", "claims", ["agency", "key"], unique=False)
    op.create_index("claims_by_beginning", "claims", ["begins", "key", "ends"], unique=False)
    op.create_index("claims_by_confidence", "claims", ["confidence", "key"], unique=False)
    op.create_index("claims_by_time", "claims", ["lasting", "begins", "ends", "key"], unique=False)
    op.create_index("claims_by_mode", "claims", ["mode", "key"], unique=False)
    op.create_index("claims_by_publisher", "claims", ["publisher", "key"], unique=False)
    op.create_index("claims_by_status", "claims", ["status", "key"], unique=False)
    op.create_index("claims_by_type", "claims", ["type", "key"], unique=False)
    op.create_table(
        "records",
        sa.Column("claim", KEY, autoincrement=False, nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim"],
            ["claims.key"],
        ),
        sa.PrimaryKeyConstraint("claim"),
    )


def _participants() -> None:
    """Who and what has a part in claims."""
    op.create_table(
        "participants",
        sa.Column("claim", KEY, autoincrement=False, nullable=False),
        sa.Column("role", CODE, nullable=False),
        sa.Column("ordinal", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("country", CODE, nullable=True),
        sa.Column("sector", CODE, nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("antecedent_text", sa.Text(), nullable=True),
        sa.Column("antecedent_start", sa.Integer(), nullable=True),
        sa.Column("antecedent_end", sa.Integer(), nullable=True),
        sa.Column("manner", CODE, nullable=True),
        sa.Column("cue_text", sa.Text(), nullable=True),
        sa.Column("cue_start", sa.Integer(), nullable=True),
        sa.Column("cue_end", sa.Integer(), nullable=True),
        sa.Column("said_on", CODE, nullable=True),
        sa.ForeignKeyConstraint(
            ["claim"],
            ["claims.key"],
        ),
        sa.PrimaryKeyConstraint("claim", "role", "ordinal"),
        sqlite_with_rowid=False,
    )
    op.create_index("participants_by_country", "participants", ["role", "country", "claim"], unique=False)
    op.create_index("participants_by_sector", "participants", ["role", "sector", "claim"], unique=False)


def _parts() -> None:
    """What claims count, and where they take place."""
    op.create_table(
        "figures",
        sa.Column("claim", KEY, autoincrement=False, nullable=False),
        sa.Column("ordinal", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("what", CODE, nullable=False),
        sa.Column("low", sa.Float(), nullable=True),
        sa.Column("high", sa.Float(), nullable=True),
        sa.Column("qualifier", CODE, nullable=False),
        sa.Column("unit", CODE, nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim"],
            ["claims.key"],
        ),
        sa.PrimaryKeyConstraint("claim", "ordinal"),
        sqlite_with_rowid=False,
    )
    op.create_index("figures_by_high", "figures", ["what", "high", "claim"], unique=False)
    op.create_index("figures_by_low", "figures", ["what", "low", "claim"], unique=False)
    op.create_table(
        "places",
        sa.Column("claim", KEY, autoincrement=False, nullable=False),
        sa.Column("ordinal", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("role", CODE, nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("country", CODE, nullable=True),
        sa.Column("country_name", sa.Text(), nullable=True),
        sa.Column("admin1", sa.Text(), nullable=True),
        sa.Column("geonameid", sa.BigInteger(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim"],
            ["claims.key"],
        ),
        sa.PrimaryKeyConstraint("claim", "ordinal"),
        sqlite_with_rowid=False,
    )
    op.create_index("places_by_country", "places", ["country", "claim"], unique=False)
    op.create_index("places_by_position", "places", ["lat", "lon", "claim"], unique=False)


def _beside() -> None:
    """What could not be read, feeds, runs."""
    op.create_table(
        "quarantine",
        sa.Column("id", CODE, nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("sha256", CODE, nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("kind", CODE, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=True),
        sa.Column("first_seen", CODE, nullable=False),
        sa.Column("last_seen", CODE, nullable=False),
        sa.Column("resolved", CODE, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("quarantine_by_time", "quarantine", ["resolved", "last_seen"], unique=False)
    op.create_table(
        "feeds",
        sa.Column("url", CODE, nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("checked_at", CODE, nullable=True),
        sa.Column("next_at", CODE, nullable=True),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False),
        sa.Column("fault", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("url"),
    )
    op.create_index("feeds_by_next", "feeds", ["next_at"], unique=False)
    op.create_table(
        "runs",
        sa.Column("id", CODE, nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("started", CODE, nullable=False),
        sa.Column("ended", CODE, nullable=True),
        sa.Column("counts", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )


def _words_in_sqlite() -> None:
    """Full text by FTS5, without a copy of the text."""
    how = "content = '', tokenize = 'porter unicode61 remove_diacritics 2'"
    fields = "evidence, actors, recipients, sources, places"
    op.execute(f"CREATE VIRTUAL TABLE claim_words USING fts5({fields}, {how})")
    op.execute(f"CREATE VIRTUAL TABLE document_words USING fts5(words, {how})")


def _words_in_postgresql() -> None:
    """Full text by tsvector, with the English stems and without stop words."""
    op.execute("CREATE TEXT SEARCH DICTIONARY tocsin_stem (TEMPLATE = snowball, LANGUAGE = english)")
    op.execute("CREATE TEXT SEARCH CONFIGURATION tocsin (COPY = simple)")
    op.execute("ALTER TEXT SEARCH CONFIGURATION tocsin ALTER MAPPING FOR asciiword, word WITH tocsin_stem")
    fields = ("words", "actors", "recipients", "sources", "places")
    columns = ", ".join(f"{field} tsvector NOT NULL" for field in fields)
    op.execute(f"CREATE TABLE claim_words (claim bigint PRIMARY KEY REFERENCES claims (key), {columns})")
    for field in fields:
        op.execute(f"CREATE INDEX claim_words_{field} ON claim_words USING gin ({field})")
    op.execute(
        "CREATE TABLE document_words (document bigint PRIMARY KEY REFERENCES documents (key), words tsvector NOT NULL)"
    )
    op.execute("CREATE INDEX document_words_words ON document_words USING gin (words)")
