"""Judgements across documents: families and situations, with what they are made from. Every document that is there has
still to be linked. The quarantine's hash is called what it is: it was never of the kind that its name said."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

CODE = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables; ask for all documents to be linked."""
    _of_documents()
    _of_claims()
    _of_situations()
    op.execute("INSERT INTO unlinked (document) SELECT key FROM documents")
    op.execute("ALTER TABLE quarantine RENAME COLUMN sha256 TO digest")


def _key(name: str) -> sa.Column[int]:
    return sa.Column(name, KEY, autoincrement=False, nullable=False)


def _of_documents() -> None:
    """What has still to be done, prints, bands, links, families."""
    op.create_table(
        "unlinked",
        _key("document"),
        sa.ForeignKeyConstraint(["document"], ["documents.key"]),
        sa.PrimaryKeyConstraint("document"),
    )
    op.create_table(
        "prints",
        _key("document"),
        sa.Column("print", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.key"]),
        sa.PrimaryKeyConstraint("document"),
    )
    op.create_table(
        "bands",
        _key("band"),
        _key("rank"),
        _key("document"),
        sa.PrimaryKeyConstraint("band", "rank", "document"),
        sqlite_with_rowid=False,
    )
    _links("family_links", "documents.key")
    op.create_table(
        "families",
        _key("document"),
        _key("family"),
        sa.Column("agency", CODE, nullable=True),
        sa.Column("link", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["document"], ["documents.key"]),
        sa.ForeignKeyConstraint(["family"], ["documents.key"]),
        sa.PrimaryKeyConstraint("document"),
    )
    op.create_index("families_by_family", "families", ["family", "document"])


def _links(name: str, target: str, *told: sa.Column[Any]) -> None:
    """Links between two rows of a table, and what else is told of them."""
    op.create_table(
        name,
        _key("a"),
        _key("b"),
        *told,
        sa.ForeignKeyConstraint(["a"], [target]),
        sa.ForeignKeyConstraint(["b"], [target]),
        sa.PrimaryKeyConstraint("a", "b"),
        sqlite_with_rowid=False,
    )
    op.create_index(f"{name}_by_other", name, ["b"])


def _of_claims() -> None:
    """Events, blocks, links."""
    op.create_table(
        "events",
        _key("claim"),
        sa.Column("event", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["claim"], ["claims.key"]),
        sa.PrimaryKeyConstraint("claim"),
    )
    op.create_table(
        "blocks",
        _key("block"),
        _key("rank"),
        _key("claim"),
        sa.PrimaryKeyConstraint("block", "rank", "claim"),
        sqlite_with_rowid=False,
    )
    score = sa.Column("score", sa.Float(), nullable=False)
    _links("situation_links", "claims.key", score, sa.Column("parts", sa.LargeBinary(), nullable=False))


def _of_situations() -> None:
    """Situations, and which claims tell them."""
    op.create_table(
        "situations",
        _key("key"),
        _key("latest"),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("type", CODE, nullable=False),
        sa.Column("mode", CODE, nullable=True),
        sa.Column("status", CODE, nullable=False),
        sa.Column("begins", CODE, nullable=True),
        sa.Column("ends", CODE, nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("country", CODE, nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.Column("documents", sa.Integer(), nullable=False),
        sa.Column("families", sa.Integer(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["key"], ["claims.key"]),
        sa.ForeignKeyConstraint(["latest"], ["claims.key"]),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("situations_by_latest", "situations", ["latest"])
    op.create_index("situations_by_families", "situations", ["families", "latest"])
    op.create_index("situations_by_beginning", "situations", ["begins", "latest"])
    op.create_table(
        "situation_claims",
        _key("claim"),
        _key("situation"),
        sa.ForeignKeyConstraint(["claim"], ["claims.key"]),
        sa.ForeignKeyConstraint(["situation"], ["situations.key"]),
        sa.PrimaryKeyConstraint("claim"),
    )
    op.create_index("situation_claims_by_situation", "situation_claims", ["situation", "claim"])
