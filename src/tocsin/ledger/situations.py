"""Which situations are wanted, and finding them."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, and_, exists, or_, select

from tocsin.errors import UsageError
from tocsin.judgement import Situation
from tocsin.ledger import keys
from tocsin.ledger.criteria import one_of
from tocsin.ledger.judged import situation_claims, situations
from tocsin.ledger.query import day
from tocsin.ledger.schema import claims, participants
from tocsin.ledger.words import Question, claims_with, terms
from tocsin.model import Status

PAGE = 20

Sort = Literal["newest", "latest", "earliest", "reports"]
"""`newest` by the last publication that tells of it; `latest`, `earliest` by the beginning of the event; `reports`,
those that most independent reports tell of first."""

COLUMNS = {
    "newest": situations.c.latest,
    "latest": situations.c.begins,
    "earliest": situations.c.begins,
    "reports": situations.c.families,
}

decode = msgspec.json.Decoder(Situation).decode


class SituationQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """Which situations are wanted; what is not given does not bound them.

    `words` must all occur in one claim of it; several values of one field are alternatives. `countries` are those where
    it takes place or that take part. The event and the interval from `time_from` to `time_to` have a day in common;
    a publication between `told_from` and `told_to` is the last that tells of it. Dates are ISO days, both ends
    inclusive. Raises `UsageError`, in one line, for what cannot be meant.
    """

    words: str | None = None
    types: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    statuses: tuple[Status, ...] = ()
    countries: tuple[str, ...] = ()
    time_from: str | None = None
    time_to: str | None = None
    told_from: str | None = None
    told_to: str | None = None
    min_claims: int = 1
    min_documents: int = 1
    min_families: int = 1
    sort: Sort = "newest"
    limit: int | None = None
    cursor: str | None = None

    def __post_init__(self) -> None:
        for name in ("time_from", "time_to", "told_from", "told_to"):
            day(name, getattr(self, name))
        for kind in ("time", "told"):
            first, last = getattr(self, f"{kind}_from"), getattr(self, f"{kind}_to")
            if first is not None and last is not None and first > last:
                raise UsageError(f"{kind}: from {first} to {last} is no interval; the first day comes first")
        if self.words is not None:
            terms(self.words)
        if self.limit is not None and self.limit < 1:
            raise UsageError(f"limit: {self.limit} is no length of a page; give 1 or more")
        if self.cursor is not None:
            _place(self.cursor, self.sort)


class SituationPage(NamedTuple):
    """Some situations, and the cursor for those that follow; `None` where nothing does."""

    situations: list[Situation]
    cursor: str | None


def page(connection: Connection, query: SituationQuery) -> SituationPage:
    """The situations that a query finds, from its cursor on, as many as its limit says, or 20."""
    size = query.limit or PAGE
    found = connection.execute(_statement(connection.dialect.name, query).limit(size + 1)).all()
    shown = found[:size]
    cursor = _cursor(query.sort, shown[-1].value, shown[-1].key) if len(found) > size else None
    return SituationPage([decode(row.record) for row in shown], cursor)


def one(connection: Connection, id: str) -> Situation | None:
    """The situation that a claim of the ledger belongs to: its first or any other."""
    statement = (
        select(situations.c.record)
        .join(situation_claims, situation_claims.c.situation == situations.c.key)
        .join(claims, claims.c.key == situation_claims.c.claim)
        .where(claims.c.id == id)
    )
    record = connection.execute(statement).scalar()
    return None if record is None else decode(record)


def row_of(situation: Situation, by_id: dict[str, int]) -> dict[str, Any]:
    """The row of a situation; `by_id` holds the keys of its claims."""
    place = situation.place
    members = [by_id[id] for id in situation.claims]
    return {
        "key": by_id[situation.id], "latest": max(members), "title": situation.title, "type": situation.type,
        "mode": situation.mode, "status": situation.status, "begins": situation.begins, "ends": situation.ends,
        "place": (place.name or place.text) if place else None, "country": place.country if place else None,
        "lat": place.lat if place else None, "lon": place.lon if place else None, "claims": len(situation.claims),
        "documents": situation.documents, "families": situation.families, "record": msgspec.json.encode(situation),
    }  # fmt: skip


def _statement(engine: str, query: SituationQuery) -> Select[Any]:
    value, key = COLUMNS[query.sort], situations.c.key
    forward = query.sort == "earliest"
    conditions = list(_conditions(engine, query))
    if query.sort in ("latest", "earliest"):
        conditions.append(value.is_not(None))
    if query.cursor is not None:
        place, at = _place(query.cursor, query.sort)
        beyond = value > place if forward else value < place
        conditions.append(or_(beyond, and_(value == place, key > at if forward else key < at)))
    order = (value.asc(), key.asc()) if forward else (value.desc(), key.desc())
    return select(key, situations.c.record, value.label("value")).where(*conditions).order_by(*order)


def _conditions(engine: str, query: SituationQuery) -> Iterator[ColumnElement[bool]]:
    row = situations.c
    for column, values in ((row.type, query.types), (row.mode, query.modes), (row.status, query.statuses)):
        if values:
            yield one_of(column, values)
    for column, least in ((row.claims, query.min_claims), (row.documents, query.min_documents),
                          (row.families, query.min_families)):  # fmt: skip
        if least > 1:
            yield column >= least
    if query.time_from is not None:
        yield or_(row.ends >= query.time_from, and_(row.ends.is_(None), row.begins.is_not(None)))
    if query.time_to is not None:
        yield or_(row.begins <= query.time_to, and_(row.begins.is_(None), row.ends.is_not(None)))
    if query.told_from is not None or query.told_to is not None:
        first, last = keys.day_of(query.told_from or "0001-01-01"), keys.day_of(query.told_to or "9999-12-31")
        yield row.latest.between(*keys.claim_range(*keys.document_range(first, last)))
    if query.countries:
        yield or_(one_of(row.country, query.countries), _takes_part(query.countries))
    if query.words is not None:
        found = claims_with(engine, [Question(terms(query.words))])
        yield row.key.in_(select(situation_claims.c.situation).where(situation_claims.c.claim.in_(found)))


def _takes_part(countries: tuple[str, ...]) -> ColumnElement[bool]:
    """That somebody of these countries acts or is acted upon in one of its claims."""
    inside = situation_claims.c.situation == situations.c.key
    who = (participants.c.claim == situation_claims.c.claim) & participants.c.role.in_(["actor", "recipient"])
    return exists(
        select(situation_claims.c.claim)
        .join(participants, who)
        .where(inside, one_of(participants.c.country, countries))
        .correlate(situations)
    )


def _cursor(sort: Sort, value: str | int, key: int) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode((sort, value, key))).decode().rstrip("=")


def _place(cursor: str, sort: Sort) -> tuple[str | int, int]:
    """The place that a cursor means."""
    try:
        said = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        was, value, key = msgspec.json.decode(said, type=tuple[Sort, str | int, int])
    except (binascii.Error, msgspec.DecodeError, ValueError) as fault:
        raise UsageError("cursor: not one that a ledger gave; copy it whole") from fault
    if was != sort:
        raise UsageError(f"cursor: it belongs to the sort “{was}”, not “{sort}”; ask the first page again")
    return value, key
