"""What the watch sees of a ledger: which matching claims came, which were told on certain days, how much was published.

All questions are the ledger's own queries; a claim is decoded once, however many indicators ask for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import structs
from sqlalchemy import Engine, Select, func, select

from tocsin.ledger import alerts, keys
from tocsin.ledger.alerts import Cited
from tocsin.ledger.criteria import CLAIM_STEP, Part
from tocsin.ledger.engine import reading
from tocsin.ledger.judged import families, unlinked
from tocsin.ledger.query import Query
from tocsin.ledger.results import COLUMNS, FROM, STREAM, decode, keys_of
from tocsin.ledger.schema import claims, documents
from tocsin.ledger.watched import arrivals
from tocsin.ledger.words import folded
from tocsin.ledger.write import chunks
from tocsin.model import content_id

MANY = 100_000
"""So many keys of arrivals are rather sorted than met on the way through all claims."""


class Sightings:
    """A ledger as an indicator sees it. What came up to arrival `until` may be new."""

    def __init__(self, engine: Engine, until: int) -> None:
        self.engine, self.until = engine, until
        self._claims: dict[int, Cited] = {}
        self._published: dict[tuple[str, str], int] = {}

    def arrived(self, queries: Iterable[Query], since: int) -> list[Cited]:
        """The claims that one of the queries finds in the documents which came after arrival `since`, in the order of
        telling."""
        if since >= self.until:
            return []
        return self._told(queries, (self._new(since),))

    def told(self, queries: Iterable[Query], first: str, last: str) -> list[Cited]:
        """The claims told on the days `first` to `last` that one of the queries finds, in the order of telling."""
        bounded = [structs.replace(query, published_from=first, published_to=last) for query in queries]
        return self._told(bounded, ())

    def published(self, first: str, last: str) -> int:
        """How many documents were published on the days `first` to `last`."""
        asked = (first, last)
        if asked not in self._published:
            days = keys.document_range(keys.day_of(first), keys.day_of(last))
            statement = select(func.count()).select_from(documents).where(documents.c.key.between(*days))
            with reading(self.engine) as connection:
                self._published[asked] = int(connection.execute(statement).scalar_one())
        return self._published[asked]

    def span(self) -> tuple[str, str] | None:
        """The first and the last day on which a document was published, by its date."""
        dated = documents.c.published.is_not(None)
        statement = select(func.min(documents.c.published), func.max(documents.c.published)).where(dated)
        with reading(self.engine) as connection:
            first, last = connection.execute(statement).one()
        return (first[:10], last[:10]) if first and last else None

    def rung(self, indicator: str, first: str, last: str) -> list[tuple[str, str, int]]:
        """What the indicator has rung for: about what, on which day, of which rank."""
        with reading(self.engine) as connection:
            return alerts.rung(connection, indicator, first, last)

    def _new(self, since: int) -> Part:
        """The condition that a claim's document is new."""
        fresh = arrivals.c.number.between(since + 1, self.until)
        first = arrivals.c.document * CLAIM_STEP
        inside = select(claims.c.key.label("claim")).join_from(
            arrivals, claims, claims.c.key.between(first, first + (CLAIM_STEP - 1))
        )
        check = claims.c.document.in_(select(arrivals.c.document).where(fresh))
        return Part(inside.where(fresh), check, False, MANY)

    def _told(self, queries: Iterable[Query], extra: Sequence[Part]) -> list[Cited]:
        """The claims that one of the queries finds, each once."""
        found: dict[int, None] = {}
        for query in queries:
            with reading(self.engine) as connection:
                asked = structs.replace(query, sort="newest", limit=None, cursor=None)
                found.update((key, None) for key in keys_of(connection, asked, extra))
        self._fetch([key for key in found if key not in self._claims])
        return [self._claims[key] for key in sorted(found, key=_telling) if key in self._claims]

    def _fetch(self, wanted: Sequence[int]) -> None:
        """Load claims, with the family of each."""
        rows: list[Any] = []
        for chunk in chunks(wanted, STREAM):
            with reading(self.engine) as connection:
                statement = select(*COLUMNS, documents.c.key.label("of")).select_from(FROM)
                rows += connection.execute(statement.where(claims.c.key.in_(chunk)))
        kin = self._families(list(dict.fromkeys(row.of for row in rows)))
        for row in rows:
            self._claims[row.key] = Cited(
                id=row.id, claim=decode(row.record), document=row.document, family=kin.get(row.of, row.document),
                published=row.published, publisher=row.publisher, agency=row.agency, url=row.url, title=row.title,
                seen=row.first_seen,
            )  # fmt: skip

    def _families(self, wanted: Sequence[int]) -> dict[int, str]:
        """The families, by key, of documents that have kin, or of which that is not known yet."""
        found: dict[int, str] = {}
        for chunk in chunks(wanted, STREAM):
            with reading(self.engine) as connection:
                found.update((row.document, row.id) for row in connection.execute(_linked(chunk)))
                texts = select(documents.c.key, documents.c.text, documents.c.body).join_from(
                    documents, unlinked, unlinked.c.document == documents.c.key
                )
                alone = [key for key in chunk if key not in found]
                rows = connection.execute(texts.where(documents.c.key.in_(alone)))
                found.update((row.key, text_family(row.text[row.body :])) for row in rows)
        return found


def _linked(documents_: Sequence[int]) -> Select[tuple[int, str]]:
    """The families of documents that have kin."""
    return (
        select(families.c.document, documents.c.id)
        .join_from(families, documents, documents.c.key == families.c.family)
        .where(families.c.document.in_(documents_))
    )


def text_family(text: str) -> str:
    """What stands for the family of a document whose kin is not known yet: the same words are the same report."""
    return content_id(*map(str.lower, folded(text)))


def _telling(key: int) -> tuple[int, int]:
    """The order of telling: by document, within it as in its text."""
    return key >> keys.CLAIM_BITS, keys.place_of(key)
