"""The watch: the order in which documents came, how far each indicator has looked, alerts, and what is to be sent."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

CODE = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

ARRIVED = (
    "INSERT INTO arrivals (number, document) SELECT row_number() OVER (ORDER BY first_seen, key), key FROM documents"
)
"""Documents that are there came in the order in which they were first seen."""


def upgrade() -> None:
    """Make the tables; number the documents that are there."""
    _arrivals()
    _alerts()
    _deliveries()
    op.execute(ARRIVED)


def _arrivals() -> None:
    """The order of arrival, and how far each indicator has looked."""
    op.create_table(
        "arrivals",
        sa.Column("number", KEY, autoincrement=False, nullable=False),
        sa.Column("document", KEY, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.key"]),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("arrivals_by_document", "arrivals", ["document"], unique=True)
    op.create_table(
        "watches",
        sa.Column("indicator", CODE, nullable=False),
        sa.Column("arrival", KEY, nullable=False),
        sa.Column("definition", CODE, nullable=False),
        sa.Column("at", CODE, nullable=False),
        sa.PrimaryKeyConstraint("indicator"),
    )


def _alerts() -> None:
    """What rang, and the claims that it shows."""
    op.create_table(
        "alerts",
        sa.Column("number", KEY, autoincrement=False, nullable=False),
        sa.Column("id", CODE, nullable=False),
        sa.Column("indicator", CODE, nullable=False),
        sa.Column("pack", CODE, nullable=False),
        sa.Column("level", CODE, nullable=False),
        sa.Column("rank", sa.SmallInteger(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("day", CODE, nullable=False),
        sa.Column("raised", CODE, nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("id"),
    )
    op.create_index("alerts_by_indicator", "alerts", ["indicator", "day"])
    op.create_index("alerts_by_pack", "alerts", ["pack", "number"])
    op.create_index("alerts_by_level", "alerts", ["level", "number"])
    op.create_index("alerts_by_time", "alerts", ["raised", "number"])
    op.create_table(
        "alert_claims",
        sa.Column("claim", CODE, nullable=False),
        sa.Column("alert", KEY, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["alert"], ["alerts.number"]),
        sa.PrimaryKeyConstraint("claim", "alert"),
        sqlite_with_rowid=False,
    )


def _deliveries() -> None:
    """What is to be sent where."""
    op.create_table(
        "deliveries",
        sa.Column("channel", CODE, nullable=False),
        sa.Column("alert", KEY, autoincrement=False, nullable=False),
        sa.Column("state", CODE, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.Float(), nullable=False),
        sa.Column("fault", sa.Text(), nullable=True),
        sa.Column("at", CODE, nullable=False),
        sa.ForeignKeyConstraint(["alert"], ["alerts.number"]),
        sa.PrimaryKeyConstraint("channel", "alert"),
    )
    op.create_index("deliveries_by_state", "deliveries", ["state", "channel", "next_at"])
