"""The tables of a ledger. A row of `claims` is one sourced statement of one reading of one version of a document.

Rows are added and never rewritten: of what is said only `last_seen` moves. What a later reading or a later version
replaces is told by a row of `supersessions`. The full-text tables differ by engine and are made by the migrations
(`words.py` asks them).
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()

CODE = Text().with_variant(Text(collation="C"), "postgresql")
"""Ids, codes, dates: compared byte by byte on both engines."""


KEY = BigInteger().with_variant(Integer, "sqlite")
"""64 bits on both engines; SQLite finds a row fastest by a primary key that is called `INTEGER`."""


def _key(name: str, target: str | None = None, *, primary: bool = False, null: bool = False) -> Column[int]:
    """A column that holds a key, of another table where `target` names one."""
    links = [ForeignKey(target)] if target else []
    return Column(name, KEY, *links, primary_key=primary, nullable=null, autoincrement=False)


def foreign_key(name: str, target: str, *, primary: bool = False) -> Column[int]:
    """A column that holds a key of another table."""
    return _key(name, target, primary=primary)


def _mention(prefix: str = "", *, null: bool = False) -> list[Column[str] | Column[int]]:
    """The words as read and where they stand."""
    name = f"{prefix}_" if prefix else ""
    return [
        Column(f"{name}text", Text, nullable=null),
        Column(f"{name}start", Integer, nullable=null),
        Column(f"{name}end", Integer, nullable=null),
    ]


def _seen() -> list[Column[str]]:
    """When a row was first and last met with: UTC, `2024-12-23T10:00:00Z`."""
    return [Column("first_seen", CODE, nullable=False), Column("last_seen", CODE, nullable=False)]


documents = Table(
    "documents",
    metadata,
    _key("key", primary=True),
    Column("id", CODE, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("url", CODE),
    Column("version", Integer, nullable=False),
    _key("previous", "documents.key", null=True),
    Column("publisher", CODE),
    Column("agency", CODE),
    Column("title", Text),
    Column("byline", Text),
    Column("dateline", Text),
    Column("published", CODE),
    Column("language", CODE),
    Column("body", Integer, nullable=False),
    Column("notes", LargeBinary, nullable=False),
    *_seen(),
    Column("text", Text, nullable=False),
    UniqueConstraint("url", "version", name="one_version_of_each_number"),
)

readers = Table(
    "readers",
    metadata,
    Column("digest", CODE, primary_key=True),
    Column("lexicon", CODE, nullable=False),
    Column("model", CODE, nullable=False),
    Column("parser", CODE, nullable=False),
    Column("tocsin", CODE, nullable=False),
)

readings = Table(
    "readings",
    metadata,
    _key("key", primary=True),
    _key("document", "documents.key"),
    Column("reader", CODE, ForeignKey("readers.digest"), nullable=False),
    Column("claims", Integer, nullable=False),
    Column("read_at", CODE, nullable=False),
    UniqueConstraint("document", "reader", name="one_reading_by_each_reader"),
)

supersessions = Table(
    "supersessions",
    metadata,
    _key("reading", "readings.key", primary=True),
    _key("by", "readings.key"),
    Column("why", CODE, nullable=False),
    Column("at", CODE, nullable=False),
)

claims = Table(
    "claims",
    metadata,
    _key("key", primary=True),
    Column("id", CODE, nullable=False, unique=True),
    _key("document", "documents.key"),
    _key("reading", "readings.key"),
    Column("ordinal", Integer, nullable=False),
    Column("type", CODE, nullable=False),
    Column("mode", CODE),
    Column("status", CODE, nullable=False),
    *_mention("trigger"),
    Column("evidence_start", Integer, nullable=False),
    Column("evidence_end", Integer, nullable=False),
    Column("begins", CODE),
    Column("ends", CODE),
    Column("lasting", SmallInteger),
    Column("confidence", Float),
    Column("made_by", CODE),
    Column("publisher", CODE),
    Column("agency", CODE),
    Index("claims_by_type", "type", "key"),
    Index("claims_by_mode", "mode", "key"),
    Index("claims_by_status", "status", "key"),
    Index("claims_by_publisher", "publisher", "key"),
    Index("claims_by_agency", "agency", "key"),
    Index("claims_by_beginning", "begins", "key", "ends"),
    Index("claims_by_time", "lasting", "begins", "ends", "key"),
    Index("claims_by_confidence", "confidence", "key"),
)

records = Table(
    "records",
    metadata,
    _key("claim", "claims.key", primary=True),
    Column("record", LargeBinary, nullable=False),
)

participants = Table(
    "participants",
    metadata,
    _key("claim", "claims.key", primary=True),
    Column("role", CODE, primary_key=True),
    Column("ordinal", SmallInteger, primary_key=True, autoincrement=False),
    Column("level", SmallInteger),
    Column("name", Text),
    Column("country", CODE),
    Column("sector", CODE),
    *_mention(),
    *_mention("antecedent", null=True),
    Column("manner", CODE),
    *_mention("cue", null=True),
    Column("said_on", CODE),
    Index("participants_by_country", "role", "country", "claim"),
    Index("participants_by_sector", "role", "sector", "claim"),
    sqlite_with_rowid=False,
)

figures = Table(
    "figures",
    metadata,
    _key("claim", "claims.key", primary=True),
    Column("ordinal", SmallInteger, primary_key=True, autoincrement=False),
    Column("what", CODE, nullable=False),
    Column("low", Float),
    Column("high", Float),
    Column("qualifier", CODE, nullable=False),
    Column("unit", CODE),
    *_mention(),
    Index("figures_by_low", "what", "low", "claim"),
    Index("figures_by_high", "what", "high", "claim"),
    sqlite_with_rowid=False,
)

places = Table(
    "places",
    metadata,
    _key("claim", "claims.key", primary=True),
    Column("ordinal", SmallInteger, primary_key=True, autoincrement=False),
    Column("role", CODE, nullable=False),
    Column("name", Text),
    Column("country", CODE),
    Column("country_name", Text),
    Column("admin1", Text),
    Column("geonameid", BigInteger),
    Column("lat", Float),
    Column("lon", Float),
    *_mention(),
    Index("places_by_country", "country", "claim"),
    Index("places_by_position", "lat", "lon", "claim"),
    sqlite_with_rowid=False,
)

quarantine = Table(
    "quarantine",
    metadata,
    Column("id", CODE, primary_key=True),
    Column("origin", Text, nullable=False),
    Column("digest", CODE, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("kind", CODE, nullable=False),
    Column("reason", Text, nullable=False),
    Column("raw", LargeBinary),
    *_seen(),
    Column("resolved", CODE),
    Index("quarantine_by_time", "resolved", "last_seen"),
)

feeds = Table(
    "feeds",
    metadata,
    Column("url", CODE, primary_key=True),
    Column("title", Text),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("checked_at", CODE),
    Column("next_at", CODE),
    Column("failures", Integer, nullable=False, server_default="0"),
    Column("fault", Text),
    Column("state", Text),
    Index("feeds_by_next", "next_at"),
)

runs = Table(
    "runs",
    metadata,
    Column("id", CODE, primary_key=True),
    Column("what", Text, nullable=False),
    Column("started", CODE, nullable=False),
    Column("ended", CODE),
    Column("counts", LargeBinary),
)
