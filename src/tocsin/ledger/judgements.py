"""What is asked of a ledger across documents: claims as links are made from them, families, situations."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, Select, func, select

from tocsin.judgement import Family, Link, Paper, Situation, Told
from tocsin.ledger import told
from tocsin.ledger.engine import reading
from tocsin.ledger.judged import families, situation_claims, situation_links, situations, unlinked
from tocsin.ledger.query import Query
from tocsin.ledger.results import Rows
from tocsin.ledger.schema import claims, documents
from tocsin.ledger.situations import SituationPage, SituationQuery, one, page

SPACE = 1 << 128
PAGE = 20
UNDATED = "9999"

decode_link = msgspec.json.Decoder(Link).decode


class Judgements:
    """The part of a ledger that knows what belongs together. Judgements are made by `tocsin.batch.linking`, as
    documents come in; `unlinked` tells how many are still waiting for it."""

    engine: Engine

    def told(
        self, ids: Iterable[str] | None = None, *, query: Query | None = None, documents: Iterable[str] | None = None
    ) -> Iterator[Told]:
        """Claims as links are made from them: those with some ids (of the ledger), those that a query finds, or those
        that stand of some documents; all that stand where nothing is named. A stream, in the order that was asked."""
        if ids is not None:
            return told.told(self.engine, list(ids))
        if documents is not None:
            return told.told_of_documents(self.engine, list(documents))
        return told.told_of(self.engine, Rows(self.engine, query or Query(sort="oldest")))

    def papers(self, ids: Iterable[str] | None = None) -> Iterator[Paper]:
        """Documents as they are compared with others, in the order of publication; only some where ids are given.
        Versions of which a later one has taken the place are left out."""
        return told.papers(self.engine, None if ids is None else list(ids))

    def family(self, document: str) -> Family | None:
        """The family of a document with an id of the ledger; of one that is alone a family of one. `None` where there
        is no such document."""
        with reading(self.engine) as connection:
            row = connection.execute(
                select(documents.c.key, documents.c.agency, families.c.family)
                .join(families, families.c.document == documents.c.key, isouter=True)
                .where(documents.c.id == document)
            ).first()
            if row is None:
                return None
            if row.family is None:
                return Family(id=document, documents=(document,), agency=row.agency, links=())
            return _families(connection, [row.family])[0]

    def families(self, *, least: int = 2, limit: int = PAGE, largest: bool = False) -> list[Family]:
        """Families of at least so many documents, those with the newest first document first, or the `largest`."""
        size = func.count()
        order = (size.desc(), families.c.family.desc()) if largest else (families.c.family.desc(),)
        statement = select(families.c.family).group_by(families.c.family).having(size >= least).order_by(*order)
        with reading(self.engine) as connection:
            found = list(connection.execute(statement.limit(limit)).scalars())
            return _families(connection, found)

    def situation(self, id: str) -> Situation | None:
        """The situation with an id, which is that of its first claim; or the one that another claim belongs to."""
        with reading(self.engine) as connection:
            return one(connection, id)

    def situation_of(self, claim: str) -> Situation | None:
        """The situation that a claim belongs to; `None` where it is not linked yet, or was replaced."""
        return self.situation(claim)

    def situations(self, query: SituationQuery | None = None) -> SituationPage:
        """A page of the situations that a query finds."""
        with reading(self.engine) as connection:
            return page(connection, query or SituationQuery())

    def unlinked(self) -> int:
        """How many documents have still to be linked."""
        with reading(self.engine) as connection:
            return int(connection.execute(select(func.count()).select_from(unlinked)).scalar_one())

    def digest_of_judgements(self) -> str:
        """A digest of all families and situations with the links that make them: it does not depend on the order in
        which documents came, nor on whether they were linked as they came or all at once."""
        total = 0
        with reading(self.engine) as connection:
            for name, statement in _statements():
                for row in connection.execute(statement):
                    said = msgspec.json.encode([name, *map(_plain, row)])
                    total = (total + int.from_bytes(hashlib.blake2b(said, digest_size=16).digest(), "big")) % SPACE
        return f"{total:032x}"


def _families(connection: Connection, wanted: Sequence[int]) -> list[Family]:
    """Families by the keys of their first documents, in this order."""
    statement = (
        select(
            families.c.family,
            families.c.document,
            families.c.agency,
            families.c.link,
            documents.c.id,
            documents.c.published,
        )
        .join(documents, documents.c.key == families.c.document)
        .where(families.c.family.in_(list(wanted)))
    )
    found: dict[int, list[Any]] = {}
    for row in connection.execute(statement):
        found.setdefault(row.family, []).append(row)
    made = []
    for key in wanted:
        rows = sorted(found[key], key=lambda row: (row.document != key, row.published or UNDATED, row.id))
        links = tuple(decode_link(row.link) for row in rows if row.link is not None)
        ids = tuple(row.id for row in rows)
        made.append(Family(id=ids[0], documents=ids, agency=rows[0].agency, links=links))
    return made


def _statements() -> Iterator[tuple[str, Select[Any]]]:
    """What each table of judgements says, with ids instead of keys."""
    first, other = documents.alias("first"), claims.alias("other")
    yield (
        "families",
        select(documents.c.id, first.c.id.label("family"), families.c.agency, families.c.link)
        .join_from(families, documents, documents.c.key == families.c.document)
        .join(first, first.c.key == families.c.family),
    )
    yield (
        "situation_links",
        select(other.c.id.label("a"), claims.c.id.label("b"), situation_links.c.score, situation_links.c.parts)
        .join_from(situation_links, claims, claims.c.key == situation_links.c.b)
        .join(other, other.c.key == situation_links.c.a),
    )
    yield (
        "situation_claims",
        select(claims.c.id, other.c.id.label("situation"))
        .join_from(situation_claims, claims, claims.c.key == situation_claims.c.claim)
        .join(other, other.c.key == situation_claims.c.situation),
    )
    yield "situations", select(situations.c.record)


def _plain(value: Any) -> Any:
    """A value in the form in which both engines give it."""
    return bytes(value).decode() if isinstance(value, memoryview | bytes) else value
