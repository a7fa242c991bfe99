"""What a query finds: claims with where they come from, page by page or as one stream, and as Arrow."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
from sqlalchemy import ColumnElement, CompoundSelect, Connection, Engine, Row, Select, func, select, text

from tocsin.ledger.criteria import Part, published
from tocsin.ledger.engine import reading
from tocsin.ledger.facets import FIELDS, Facets, facets
from tocsin.ledger.find import POSTGRESQL, Counted, Statements, statements
from tocsin.ledger.keys import UNDATED, claim_range, document_range
from tocsin.ledger.query import Place, Query, cursor_of, place_of
from tocsin.ledger.schema import claims, documents, readings, records, supersessions
from tocsin.model import Claim, Record

if TYPE_CHECKING:
    import pyarrow

PAGE = 50
STREAM = 1_000
"""So many claims are fetched at a time where all are wanted: memory stays flat, and no transaction stays open."""

FACETED = 500
"""Of so many claims it is said what they are like: enough to choose by, few enough to count while somebody waits."""


class Origin(Record, frozen=True, kw_only=True):
    """The version of a document that a claim was read from; `id` is the ledger's, `name` the one it came with."""

    id: str
    name: str
    url: str | None
    version: int
    title: str | None
    publisher: str | None
    agency: str | None
    published: str | None
    first_seen: str
    last_seen: str


class Found(Record, frozen=True, kw_only=True):
    """A claim of the ledger: its id there, the claim as it was read, its document, the digest of its reader. `by` is
    why a later reading or version has taken its place, `None` for one that stands."""

    id: str
    claim: Claim
    document: Origin
    reader: str
    superseded: str | None = None


class Page(NamedTuple):
    """Some claims, and the cursor for those that follow; `None` where nothing does."""

    claims: list[Found]
    cursor: str | None


class Rows:
    """The claims that a query finds. Iterating streams them; nothing is read before."""

    def __init__(self, engine: Engine, query: Query) -> None:
        self.engine = engine
        self.query = query

    def page(self) -> Page:
        """The page that starts at the query's cursor, of the query's limit or 50 claims."""
        size = self.query.limit or PAGE
        place = place_of(self.query.cursor, self.query.sort) if self.query.cursor else None
        with reading(self.engine) as connection:
            found = _keys(connection, self.query, place, size + 1)
            shown = found[:size]
            end = cursor_of(self.query.sort, shown[-1]) if len(found) > size else None
            return Page(_fetch(connection, shown), end)

    def keys(self, most: int) -> list[int]:
        """The ledger's own keys of the first `most` claims, without the claims."""
        with reading(self.engine) as connection:
            return [place.key for place in _keys(connection, self.query, None, most)]

    def facets(self, most: int = FACETED, fields: Iterable[str] = FIELDS) -> Facets:
        """What the first `most` claims are like, whatever the cursor says; only `fields` are counted."""
        with reading(self.engine) as connection:
            found = _keys(connection, self.query, None, most + 1)
            return facets(connection, [place.key for place in found[:most]], len(found) <= most, fields)

    def opening(self, most: int = FACETED, fields: Iterable[str] = FIELDS) -> tuple[Page, Facets]:
        """The first page, and what the first `most` claims are like, found on one way through the ledger."""
        size = self.query.limit or PAGE
        with reading(self.engine) as connection:
            found = _keys(connection, self.query, None, max(most, size) + 1)
            shown = found[:size]
            end = cursor_of(self.query.sort, shown[-1]) if len(found) > size else None
            alike = facets(connection, [place.key for place in found[:most]], len(found) <= most, fields)
            return Page(_fetch(connection, shown), end), alike

    def count(self, most: int = 10_000) -> int:
        """How many claims there are, counted up to `most`."""
        with reading(self.engine) as connection:
            found = _statement(connection, self.query, None, most).subquery()
            return int(connection.execute(select(func.count()).select_from(found)).scalar_one())

    def __iter__(self) -> Iterator[Found]:
        for batch in self.batches(STREAM):
            yield from batch

    def batches(self, size: int = STREAM) -> Iterator[list[Found]]:
        """The claims in lists of at most `size`; all of them, or as many as the query's limit says."""
        place = place_of(self.query.cursor, self.query.sort) if self.query.cursor else None
        left = self.query.limit
        while left is None or left > 0:
            wanted = size if left is None else min(size, left)
            with reading(self.engine) as connection:
                found = _keys(connection, self.query, place, wanted)
                batch = _fetch(connection, found)
            if batch:
                yield batch
            if len(found) < wanted:
                return
            place = found[-1]
            left = None if left is None else left - len(found)

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The claims as an Arrow stream, for whatever takes one (polars, DuckDB, pandas)."""
        return self.to_reader().__arrow_c_stream__(requested_schema)

    def to_reader(self) -> pyarrow.RecordBatchReader:
        """The claims as a reader of Arrow batches; nothing is held but one batch."""
        from tocsin.ledger import arrow

        return arrow.reader(self.batches())

    def to_arrow(self) -> pyarrow.Table:
        """The claims as an Arrow table."""
        return self.to_reader().read_all()

    def to_pandas(self) -> Any:
        """The claims as a pandas data frame; pandas must be installed."""
        from tocsin.ledger import arrow

        arrow.other("pandas")
        return self.to_arrow().to_pandas()

    def to_polars(self) -> Any:
        """The claims as a polars data frame; polars must be installed."""
        from tocsin.ledger import arrow

        return arrow.other("polars").from_arrow(self.to_arrow())


COLUMNS = (
    claims.c.key, claims.c.id, records.c.record, readings.c.reader, supersessions.c.why,
    documents.c.id.label("document"), documents.c.name, documents.c.url, documents.c.version, documents.c.title,
    documents.c.publisher, documents.c.agency, documents.c.published, documents.c.first_seen, documents.c.last_seen,
)  # fmt: skip
FROM = (
    claims.join(records, records.c.claim == claims.c.key)
    .join(documents, documents.c.key == claims.c.document)
    .join(readings, readings.c.key == claims.c.reading)
    .join(supersessions, supersessions.c.reading == claims.c.reading, isouter=True)
)

LAST = "g"
"""What comes after all digits of an id."""

decode = msgspec.json.Decoder(Claim).decode


def _statements(
    connection: Connection, query: Query, place: Place | None, size: int | None, beside: Sequence[Part] = ()
) -> Statements:
    """What is asked for the keys of a page, one after the other until it is full."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(POSTGRESQL))
    return statements(query, connection.dialect.name, _Counter(connection), place, size, beside)


def _statement(
    connection: Connection, query: Query, place: Place | None, size: int | None, beside: Sequence[Part] = ()
) -> Select[Any]:
    """What finds all keys of a page."""
    return list(_statements(connection, query, place, size, beside))[-1]


def keys_of(connection: Connection, query: Query, beside: Sequence[Part] = ()) -> list[int]:
    """The keys of all claims that a query finds and that meet the conditions `beside` it."""
    return [row.key for row in connection.execute(_statement(connection, query, None, None, beside))]


def _keys(connection: Connection, query: Query, place: Place | None, size: int) -> list[Place]:
    """Where the claims of a page stand, in order."""
    asked = _statements(connection, query, place, size)
    rows: Sequence[Any] = connection.execute(next(asked)).all()
    with contextlib.suppress(StopIteration):
        while len(rows) < size:
            rows = connection.execute(asked.send(len(rows))).all()
    return [Place(row[0], row[1] if len(row) > 1 else None) for row in rows]


class _Counter:
    """Counts in a ledger, by a connection to it."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def keys(self, part: Part, most: int, forward: bool) -> Counted:
        """The keys of a condition up to `most`: counted, or as PostgreSQL estimates."""
        counted = part.keys if part.documents is None else part.documents
        if part.guessed:
            asked = counted.compile(dialect=self.connection.dialect)
            plan: Any = self.connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {asked}", asked.params).scalar_one()
            return Counted(int(plan[0]["Plan"]["Plan Rows"]), 0)
        if not part.ordered:
            return self._counted(counted.limit(most))
        key: Any = part.keys.selected_columns[0]
        return self._counted(_in_order(part.keys, key.element, forward).limit(most))  # type: ignore[arg-type]

    def every(self, query: Query, most: int, forward: bool) -> tuple[Counted, int]:
        """The keys of all claims that a query's days allow, up to `most`, and how far they reach. Those without a day
        lie far off, and are left out where there is another."""
        key = claims.c.key
        inside = select(key.label("claim")).where(*published(query, key))
        ends = [self.connection.execute(_in_order(inside, key, way).limit(1)).scalar() for way in (False, True)]
        dated = inside.where(key >= claim_range(*document_range(UNDATED + 1, UNDATED + 1))[0])
        first = self.connection.execute(_in_order(dated, key, True).limit(1)).scalar()
        last, first = ends[0] or 0, first or ends[1] or 0
        return self._counted(_in_order(dated, key, forward).limit(most)), last - first + 1

    def _counted(self, keys: Select[Any] | CompoundSelect[Any]) -> Counted:
        some = keys.subquery()
        (key,) = some.c
        asked = select(func.count(), func.max(key) - func.min(key) + 1).select_from(some)
        number, reach = self.connection.execute(asked).one()
        return Counted(number, reach or 0)


def _in_order(keys: Select[Any], key: ColumnElement[int], forward: bool) -> Select[Any]:
    """Keys in the order in which a page goes through them."""
    return keys.order_by(key.asc() if forward else key.desc())


def _fetch(connection: Connection, found: Sequence[Place]) -> list[Found]:
    """The claims at the given places, in their order."""
    keys = [place.key for place in found]
    rows = {
        row.key: row for row in connection.execute(select(*COLUMNS).select_from(FROM).where(claims.c.key.in_(keys)))
    }
    return [_found(rows[key]) for key in keys]


def _found(row: Row[*tuple[Any, ...]]) -> Found:
    origin = Origin(
        id=row.document, name=row.name, url=row.url, version=row.version, title=row.title, publisher=row.publisher,
        agency=row.agency, published=row.published, first_seen=row.first_seen, last_seen=row.last_seen,
    )  # fmt: skip
    return Found(id=row.id, claim=decode(row.record), document=origin, reader=row.reader, superseded=row.why)


def claim_of(connection: Connection, id: str) -> Found | None:
    """The claim with an id."""
    row = connection.execute(select(*COLUMNS).select_from(FROM).where(claims.c.id == id)).first()
    return _found(row) if row else None


def ids_beginning(connection: Connection, beginning: str, most: int) -> list[str]:
    """The first `most` ids of claims and of documents that begin so."""
    found: list[str] = []
    for column in (claims.c.id, documents.c.id):
        inside = (column >= beginning, column < beginning + LAST)
        found += connection.execute(select(column).where(*inside).order_by(column).limit(most)).scalars()
    return found[:most]


def claims_by_id(connection: Connection, ids: Sequence[str]) -> list[Found]:
    """The claims with some ids, in their order; what is no claim is left out."""
    found: dict[str, Found] = {}
    for start in range(0, len(ids), STREAM):
        statement = select(*COLUMNS).select_from(FROM).where(claims.c.id.in_(ids[start : start + STREAM]))
        found.update((row.id, _found(row)) for row in connection.execute(statement))
    return [found[id] for id in ids if id in found]


def claims_of(connection: Connection, document: str) -> list[Found]:
    """The claims of the last reading of the document with an id, in the order of the text."""
    key = connection.execute(select(documents.c.key).where(documents.c.id == document)).scalar()
    if key is None:
        return []
    last = select(func.max(readings.c.key)).where(readings.c.document == key).scalar_subquery()
    of_it = (claims.c.key.between(*claim_range(key, key)), claims.c.reading == last)
    statement = select(*COLUMNS).select_from(FROM).where(*of_it).order_by(claims.c.key.desc())
    return [_found(row) for row in connection.execute(statement)]
