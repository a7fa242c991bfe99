"""What the watch sees of a ledger: which matching claims came, which were told on some days, how much was published.

All questions are the ledger's own queries. Of a claim that matches only what conditions compare is loaded, once,
however many indicators ask for it; whole claims only where an alert shows them.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from msgspec import structs
from sqlalchemy import Connection, Engine, Select, func, select

from tocsin.ledger import alerts, keys
from tocsin.ledger.alerts import Cited
from tocsin.ledger.criteria import CLAIM_STEP, current, own, parts
from tocsin.ledger.engine import reading
from tocsin.ledger.judged import families, unlinked
from tocsin.ledger.query import Query
from tocsin.ledger.results import COLUMNS, FROM, decode, keys_of
from tocsin.ledger.schema import claims, documents, figures, participants, places
from tocsin.ledger.watched import arrivals
from tocsin.ledger.words import folded
from tocsin.ledger.write import chunks
from tocsin.model import Figure, Status, content_id

CHUNK = 5_000
"""So many claims are loaded at a time."""

BEGINNING = 300
"""So many characters of the beginning of two reports tell whether they are the same, as long as nothing else does."""

DAY_BITS = keys.DOCUMENT_BITS + keys.CLAIM_BITS


class Sighting(NamedTuple):
    """A claim as conditions see it: when and by whom it was told, how it stands, which countries have a part in it, its
    figures. `key` is the ledger's, `place` the claim's in its document; `outlet` is the agency or, without one, the
    publisher."""

    id: str
    key: int
    document: str
    place: int
    day: str
    family: str
    outlet: str | None
    type: str
    mode: str | None
    status: Status
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()


Days = tuple[str, str]
"""Some days, the first and the last."""


class Sightings:
    """A ledger as an indicator sees it. What came up to arrival `until` may be new."""

    def __init__(self, engine: Engine, until: int) -> None:
        self.engine, self.until = engine, until
        self._seen: dict[int, Sighting] = {}
        self._published: dict[Days, int] = {}

    def arrived(self, queries: Iterable[Query], since: int) -> list[Sighting]:
        """The claims that one of the queries finds in the documents which came after arrival `since`."""
        if since >= self.until:
            return []
        with reading(self.engine) as connection:
            found = {key for query in queries for key in _new(connection, query, since, self.until)}
        return self._sighted(found)

    def told(self, queries: Iterable[Query], days: Sequence[Days]) -> list[Sighting]:
        """The claims told on certain days that one of the queries finds."""
        if not days:
            return []
        wanted = [(keys.day_of(first), keys.day_of(last)) for first, last in days]
        bounds = {"published_from": min(days)[0], "published_to": max(last for _, last in days)}
        found: set[int] = set()
        for query in queries:
            asked = structs.replace(query, **bounds)
            with reading(self.engine) as connection:
                found.update(keys_of(connection, asked))
        if len(wanted) > 1:
            found = {key for key in found if any(first <= key >> DAY_BITS <= last for first, last in wanted)}
        return self._sighted(found)

    def cited(self, sightings: Sequence[Sighting]) -> list[Cited]:
        """The whole claims, in the order that is given."""
        rows: dict[int, Any] = {}
        for chunk in chunks([one.key for one in sightings], CHUNK):
            with reading(self.engine) as connection:
                statement = select(*COLUMNS).select_from(FROM).where(claims.c.key.in_(chunk))
                rows.update((row.key, row) for row in connection.execute(statement))
        return [_cited(rows[one.key], one.family) for one in sightings]

    def published(self, first: str, last: str) -> int:
        """How many documents were published on the days `first` to `last`."""
        asked = (first, last)
        if asked not in self._published:
            days = keys.document_range(keys.day_of(first), keys.day_of(last))
            statement = select(func.count()).select_from(documents).where(documents.c.key.between(*days))
            with reading(self.engine) as connection:
                self._published[asked] = int(connection.execute(statement).scalar_one())
        return self._published[asked]

    def span(self) -> Days | None:
        """The first and the last day on which a document was published, by its date."""
        dated = documents.c.key >= keys.document_range(keys.UNDATED + 1, keys.UNDATED + 1)[0]
        statement = select(func.min(documents.c.key), func.max(documents.c.key)).where(dated)
        with reading(self.engine) as connection:
            first, last = connection.execute(statement).one()
        return None if first is None else (_iso(first >> keys.DOCUMENT_BITS), _iso(last >> keys.DOCUMENT_BITS))

    def rung(self, indicator: str, first: str, last: str) -> list[tuple[str, str, int]]:
        """What the indicator has rung for: about what, on which day, of which rank."""
        with reading(self.engine) as connection:
            return alerts.rung(connection, indicator, first, last)

    def _sighted(self, wanted: Collection[int]) -> list[Sighting]:
        """Claims by their keys, in the order of telling."""
        missing = sorted(key for key in wanted if key not in self._seen)
        for chunk in chunks(missing, CHUNK):
            with reading(self.engine) as connection:
                self._seen.update((one.key, one) for one in _sightings(connection, chunk))
        return [self._seen[key] for key in sorted(wanted, key=_telling)]


def _new(connection: Connection, query: Query, since: int, until: int) -> set[int]:
    """The keys of the claims of new documents that a query finds. What is costly to ask of one claim, such as its
    figures and its words, is asked of all that lie between the first and the last of them."""
    engine = connection.dialect.name
    found = list(parts(structs.replace(query, figures=()), engine))
    costly = [*parts(Query(figures=query.figures), engine), *(part for part in found if part.costly)]
    first = arrivals.c.document * CLAIM_STEP
    inside = select(claims.c.key).join_from(arrivals, claims, claims.c.key.between(first, first + (CLAIM_STEP - 1)))
    new = inside.where(arrivals.c.number.between(since + 1, until))
    checks = [part.check for part in found if not part.costly]
    statement = select(claims.c.key).where(claims.c.key.in_(new), *own(query), current(engine), *checks)
    left = set(connection.execute(statement).scalars())
    for part in costly:
        if left:
            key: Any = part.keys.selected_columns[0]
            bounded = part.keys.where(key.element.between(min(left), max(left)))  # type: ignore[union-attr]
            left &= set(connection.execute(bounded).scalars())
    return left


def _sightings(connection: Connection, wanted: Sequence[int]) -> Iterator[Sighting]:
    """What conditions compare of claims."""
    column = claims.c
    statement = select(
        column.key, column.id, column.type, column.mode, column.status, column.document.label("of"),
        documents.c.id.label("document"), documents.c.published, documents.c.publisher, documents.c.agency,
        documents.c.first_seen,
    ).join_from(claims, documents, documents.c.key == column.document)  # fmt: skip
    rows = connection.execute(statement.where(column.key.in_(wanted))).all()
    kin = _families(connection, list(dict.fromkeys(row.of for row in rows)))
    countries = _countries(connection, wanted)
    numbers = _figures(connection, wanted)
    for row in rows:
        yield Sighting(
            row.id, row.key, row.document, keys.place_of(row.key), (row.published or row.first_seen)[:10],
            kin.get(row.of, row.document), row.agency or row.publisher, row.type, row.mode, row.status,
            countries.get((row.key, "actor"), ()), countries.get((row.key, "recipient"), ()),
            countries.get((row.key, "place"), ()), numbers.get(row.key, ()),
        )  # fmt: skip


def _countries(connection: Connection, wanted: Sequence[int]) -> dict[tuple[int, str], tuple[str, ...]]:
    """The countries of those who act, of those to whom it is done, of the places: of each claim."""
    row = participants.c
    of = row.role.in_(["actor", "recipient"])
    people = select(row.claim, row.role, row.country).where(row.claim.in_(wanted), of, row.country.is_not(None))
    there = select(places.c.claim, places.c.country).where(places.c.claim.in_(wanted), places.c.country.is_not(None))
    found: dict[tuple[int, str], dict[str, None]] = {}
    for claim, role, country in connection.execute(people.order_by(row.claim, row.role, row.ordinal)):
        found.setdefault((claim, role), {})[country] = None
    for claim, country in connection.execute(there.order_by(places.c.claim, places.c.ordinal)):
        found.setdefault((claim, "place"), {})[country] = None
    return {of: tuple(codes) for of, codes in found.items()}


def _figures(connection: Connection, wanted: Sequence[int]) -> dict[int, tuple[Figure, ...]]:
    """The figures of each claim."""
    statement = select(figures).where(figures.c.claim.in_(wanted)).order_by(figures.c.claim, figures.c.ordinal)
    rows = connection.execute(statement)
    return {claim: tuple(map(_figure, found)) for claim, found in groupby(rows, key=lambda row: row.claim)}


def _figure(row: Any) -> Figure:
    return Figure(
        text=row.text, start=row.start, end=row.end, what=row.what, low=row.low, high=row.high,
        qualifier=row.qualifier, unit=row.unit,
    )  # fmt: skip


def _cited(row: Any, family: str) -> Cited:
    """A row as an alert shows it."""
    return Cited(
        id=row.id, claim=decode(row.record), document=row.document, family=family, published=row.published,
        publisher=row.publisher, agency=row.agency, url=row.url, title=row.title, seen=row.first_seen,
    )  # fmt: skip


def _families(connection: Connection, wanted: Sequence[int]) -> dict[int, str]:
    """The families, by key, of documents that have kin, or of which that is not known yet."""
    found = {row.document: row.id for row in connection.execute(_linked(wanted))}
    beginning = func.substr(documents.c.text, documents.c.body + 1, BEGINNING).label("beginning")
    texts = select(documents.c.key, beginning).join_from(documents, unlinked, unlinked.c.document == documents.c.key)
    alone = [key for key in wanted if key not in found]
    for row in connection.execute(texts.where(documents.c.key.in_(alone))):
        found[row.key] = text_family(row.beginning)
    return found


def _linked(wanted: Sequence[int]) -> Select[tuple[int, str]]:
    """The families of documents that have kin."""
    return (
        select(families.c.document, documents.c.id)
        .join_from(families, documents, documents.c.key == families.c.family)
        .where(families.c.document.in_(wanted))
    )


def text_family(text: str) -> str:
    """What stands for the family of a document whose kin is not known yet: reports that begin with the same words."""
    return content_id(*map(str.lower, folded(text)))


def _iso(day: int) -> str:
    return datetime.date.fromordinal(day).isoformat()


def _telling(key: int) -> tuple[int, int]:
    """The order of telling: by document, within it as in its text."""
    return key >> keys.CLAIM_BITS, keys.place_of(key)
