"""The tables of judgements: what is concluded across documents, from claims that stay as they are.

Unlike a claim, a judgement is made anew when more is known, so these rows may be rewritten. All of them can be made
again from documents and claims; `unlinked` says of which documents that has still to be done. Rows are by the ledger's
own keys. No table grows faster than documents and claims do: links are kept to a few for each of what they link.
"""

from __future__ import annotations

from sqlalchemy import Column, Float, Index, Integer, LargeBinary, Table, Text

from tocsin.ledger.schema import CODE, KEY, foreign_key, metadata

unlinked = Table("unlinked", metadata, foreign_key("document", "documents.key", primary=True))
"""Documents that came, were read again or were replaced since families and situations were last brought up to date."""

prints = Table(
    "prints",
    metadata,
    foreign_key("document", "documents.key", primary=True),
    Column("print", LargeBinary, nullable=False),
)
"""By what a document's copies are known, as MessagePack."""

bands = Table(
    "bands",
    metadata,
    Column("band", KEY, primary_key=True, autoincrement=False),
    Column("rank", KEY, primary_key=True, autoincrement=False),
    Column("document", KEY, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
"""Documents that share a band are compared. A band is 64 bits; `rank` is the place of a document in the order of
publication, and does not depend on the order of arrival as its key does. There are too many rows to check each one's
document."""

family_links = Table(
    "family_links",
    metadata,
    foreign_key("a", "documents.key", primary=True),
    foreign_key("b", "documents.key", primary=True),
    Index("family_links_by_other", "b"),
    sqlite_with_rowid=False,
)
"""Which documents hang together: `b`, the later one, with some of those before it that it is kin to."""

families = Table(
    "families",
    metadata,
    foreign_key("document", "documents.key", primary=True),
    foreign_key("family", "documents.key"),
    Column("agency", CODE),
    Column("link", LargeBinary),
    Index("families_by_family", "family", "document"),
)
"""Documents that have kin, with the first of their family, by which it is called, the agency that wrote the copy, and
the link to the first as JSON. A document that is alone has no row."""

events = Table(
    "events",
    metadata,
    foreign_key("claim", "claims.key", primary=True),
    Column("event", LargeBinary, nullable=False),
)
"""An event as one document tells it, by its first claim: what of its claims counts where situations are made, as
MessagePack."""

blocks = Table(
    "blocks",
    metadata,
    Column("block", KEY, primary_key=True, autoincrement=False),
    Column("rank", KEY, primary_key=True, autoincrement=False),
    Column("claim", KEY, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
"""Events that share a block are compared; `claim` is their first. A block is 64 bits; `rank` is 1 where an event looks
for others under the block, and 0 where it is only found there."""

situation_links = Table(
    "situation_links",
    metadata,
    foreign_key("a", "claims.key", primary=True),
    foreign_key("b", "claims.key", primary=True),
    Column("score", Float, nullable=False),
    Column("parts", LargeBinary, nullable=False),
    Index("situation_links_by_other", "b"),
    sqlite_with_rowid=False,
)
"""Which event of another document an event, `b`, was found to tell of again: one link at most for each."""

situations = Table(
    "situations",
    metadata,
    foreign_key("key", "claims.key", primary=True),
    foreign_key("latest", "claims.key"),
    Column("title", Text, nullable=False),
    Column("type", CODE, nullable=False),
    Column("mode", CODE),
    Column("status", CODE, nullable=False),
    Column("begins", CODE),
    Column("ends", CODE),
    Column("place", Text),
    Column("country", CODE),
    Column("lat", Float),
    Column("lon", Float),
    Column("claims", Integer, nullable=False),
    Column("documents", Integer, nullable=False),
    Column("families", Integer, nullable=False),
    Column("record", LargeBinary, nullable=False),
    Index("situations_by_latest", "latest"),
    Index("situations_by_families", "families", "latest"),
    Index("situations_by_beginning", "begins", "latest"),
)
"""Its key is that of its first claim, whose id is its own; `record` is the whole situation as JSON."""

situation_claims = Table(
    "situation_claims",
    metadata,
    foreign_key("claim", "claims.key", primary=True),
    foreign_key("situation", "situations.key"),
    Index("situation_claims_by_situation", "situation", "claim"),
)

__all__ = ["bands", "blocks", "events", "families", "family_links", "metadata", "prints", "situation_claims",
           "situation_links", "situations", "unlinked"]  # fmt: skip
