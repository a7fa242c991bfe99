"""What is known of the feeds that are followed, so that following them can be taken up again."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select

from tocsin.ledger.schema import feeds
from tocsin.model import Record


class Feed(Record, frozen=True, kw_only=True):
    """A feed: what its server said of its last form (`etag`, `last_modified`), when it was asked and is to be asked
    next (UTC), how often in a row it failed and why. `state` is the follower's own, as JSON: where the feed has moved,
    which entries it has had."""

    url: str
    title: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    checked_at: str | None = None
    next_at: str | None = None
    failures: int = 0
    fault: str | None = None
    state: str | None = None


def one(connection: Connection, url: str) -> Feed | None:
    """The feed at an address."""
    row = connection.execute(select(feeds).where(feeds.c.url == url)).first()
    return Feed(**row._mapping) if row else None


def all_feeds(connection: Connection) -> list[Feed]:
    """All feeds, the next one due first."""
    found = connection.execute(select(feeds).order_by(feeds.c.next_at.is_not(None), feeds.c.next_at, feeds.c.url))
    return [Feed(**row._mapping) for row in found]


def save(connection: Connection, feed: Feed) -> None:
    """Keep a feed in place of what was known of it."""
    connection.execute(delete(feeds).where(feeds.c.url == feed.url))
    connection.execute(feeds.insert(), {name: getattr(feed, name) for name in feed.__struct_fields__})
