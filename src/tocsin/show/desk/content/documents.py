"""An article with its claims."""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.ledger import Found, Ledger, Stored
from tocsin.model import Document, Record


class Version(Record, frozen=True, kw_only=True):
    """A version of an article: its id, its number, when it was first met with."""

    id: str
    version: int
    first_seen: str


class Article(Record, frozen=True, kw_only=True):
    """An article as it was read, with the claims of its last reading in the order of the text, and its versions, the
    oldest first. `id` is that in the ledger."""

    id: str
    document: Document
    version: int
    first_seen: str
    last_seen: str
    versions: tuple[Version, ...]
    claims: tuple[Found, ...]


def article(ledger: Ledger, id: str) -> Article | None:
    """The article with an id."""
    stored = ledger.document(id)
    if stored is None or stored.id != id:
        return None
    return Article(
        id=stored.id,
        document=stored.document,
        version=stored.version,
        first_seen=stored.first_seen,
        last_seen=stored.last_seen,
        versions=versions_of(ledger.versions(id)),
        claims=tuple(ledger.claims_of(id)),
    )


def versions_of(stored: Sequence[Stored]) -> tuple[Version, ...]:
    """Versions of an article, in their order."""
    return tuple(Version(id=one.id, version=one.version, first_seen=one.first_seen) for one in stored)
