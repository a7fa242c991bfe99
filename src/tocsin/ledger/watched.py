"""The tables of the watch: in which order documents came, how far each indicator has looked, which alerts rang, and
what of them has still to be sent where.

An alert, the place up to which its indicator has looked, and what is to be sent of it are written in one transaction,
so an alert rings once, and what rang is sent, whatever breaks off in between.
"""

from __future__ import annotations

from sqlalchemy import Column, Float, Index, Integer, LargeBinary, SmallInteger, Table, Text

from tocsin.ledger.judged import metadata
from tocsin.ledger.schema import CODE, KEY, foreign_key

arrivals = Table(
    "arrivals",
    metadata,
    Column("number", KEY, primary_key=True, autoincrement=False),
    foreign_key("document", "documents.key"),
    Index("arrivals_by_document", "document", unique=True),
)
"""Documents in the order in which they came. Writers wait for each other, so no number appears after a greater one."""

watches = Table(
    "watches",
    metadata,
    Column("indicator", CODE, primary_key=True),
    Column("arrival", KEY, nullable=False),
    Column("definition", CODE, nullable=False),
    Column("at", CODE, nullable=False),
)
"""Up to which arrival an indicator has looked, and the digest of what it was then."""

alerts = Table(
    "alerts",
    metadata,
    Column("number", KEY, primary_key=True, autoincrement=False),
    Column("id", CODE, nullable=False, unique=True),
    Column("indicator", CODE, nullable=False),
    Column("pack", CODE, nullable=False),
    Column("level", CODE, nullable=False),
    Column("rank", SmallInteger, nullable=False),
    Column("about", Text, nullable=False),
    Column("day", CODE, nullable=False),
    Column("raised", CODE, nullable=False),
    Column("record", LargeBinary, nullable=False),
    Index("alerts_by_indicator", "indicator", "day"),
    Index("alerts_by_pack", "pack", "number"),
    Index("alerts_by_level", "level", "number"),
    Index("alerts_by_time", "raised", "number"),
)
"""What rang, in the order in which it did; `record` is the alert as JSON."""

alert_claims = Table(
    "alert_claims",
    metadata,
    Column("claim", CODE, primary_key=True),
    foreign_key("alert", "alerts.number", primary=True),
    sqlite_with_rowid=False,
)
"""Which claims, by their ids, an alert shows."""

deliveries = Table(
    "deliveries",
    metadata,
    Column("channel", CODE, primary_key=True),
    foreign_key("alert", "alerts.number", primary=True),
    Column("state", CODE, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_at", Float, nullable=False),
    Column("fault", Text),
    Column("at", CODE, nullable=False),
    Index("deliveries_by_state", "state", "channel", "next_at"),
)
"""What is to be sent where: `waiting`, `sent` or `dead`; `next_at` is when it is tried next, in seconds since 1970."""

__all__ = ["alert_claims", "alerts", "arrivals", "deliveries", "metadata", "watches"]
