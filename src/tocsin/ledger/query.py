"""What is asked of a ledger: one frozen record for Python, the command line, YAML and JSON alike."""

from __future__ import annotations

import base64
import binascii
import datetime
import re
from typing import Literal, NamedTuple

import msgspec

from tocsin.errors import UsageError
from tocsin.ledger.words import name_terms, terms
from tocsin.model import Status

Sort = Literal["newest", "oldest", "latest", "earliest", "confidence"]
"""`newest`, `oldest` by publication; `latest`, `earliest` by the time of the event; `confidence`, surest first."""

Scope = Literal["evidence", "article"]

FIGURE = re.compile(r"\s*([a-z_]+)\s*(>=|<=|=|>|<)\s*(-?\d[\d,]*(?:\.\d+)?)\s*")
EPSILON = 1e-9
GREATEST = (1 << 63) - 1


class FigureCondition(NamedTuple):
    """What a figure must be for certain: its low bound above, its high bound below, or both bounds the number."""

    what: str
    operator: str
    number: float


class Query(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """Which claims are wanted; what is not given does not bound them.

    Several values of one field are alternatives, several fields hold together; of `figures` all conditions hold. Dates
    are ISO days, both ends inclusive; `bbox` is west, south, east, north in degrees, and may cross the 180th meridian.
    Names are looked for as phrases, without regard to case and accents. `limit` is the length of a page, `cursor` where
    the page before ended. Raises `UsageError`, in one line, for what cannot be meant.
    """

    words: str | None = None
    scope: Scope = "evidence"
    types: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    statuses: tuple[Status, ...] = ()
    actor: str | None = None
    actor_country: tuple[str, ...] = ()
    actor_sector: tuple[str, ...] = ()
    recipient: str | None = None
    recipient_country: tuple[str, ...] = ()
    recipient_sector: tuple[str, ...] = ()
    source: str | None = None
    source_country: tuple[str, ...] = ()
    source_sector: tuple[str, ...] = ()
    place: str | None = None
    place_country: tuple[str, ...] = ()
    bbox: tuple[float, float, float, float] | None = None
    time_from: str | None = None
    time_to: str | None = None
    published_from: str | None = None
    published_to: str | None = None
    figures: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    min_confidence: float | None = None
    superseded: bool = False
    sort: Sort = "newest"
    limit: int | None = None
    cursor: str | None = None

    def __post_init__(self) -> None:
        for name in ("time_from", "time_to", "published_from", "published_to"):
            day(name, getattr(self, name))
        _ordered("time", self.time_from, self.time_to)
        _ordered("published", self.published_from, self.published_to)
        if self.words is not None:
            terms(self.words)
        for said in (self.actor, self.recipient, self.source, self.place):
            if said is not None:
                name_terms(said)
        for said in self.figures:
            figure_condition(said)
        if self.bbox is not None:
            _box(self.bbox)
        if self.min_confidence is not None and not 0 <= self.min_confidence <= 1:
            raise UsageError(f"min-confidence: {self.min_confidence:g} is none; give a number from 0 to 1")
        if self.limit is not None and self.limit < 1:
            raise UsageError(f"limit: {self.limit} is no length of a page; give 1 or more")
        if self.cursor is not None:
            place_of(self.cursor, self.sort)

    @property
    def conditions(self) -> tuple[FigureCondition, ...]:
        """The conditions on figures, taken apart."""
        return tuple(map(figure_condition, self.figures))


def day(name: str, value: str | None) -> None:
    """Raise `UsageError` where a value is no ISO day."""
    if value is None:
        return
    try:
        if datetime.date.fromisoformat(value).isoformat() == value:
            return
    except ValueError:
        pass
    raise UsageError(f"{name.replace('_', '-')}: “{value}” is not a date; write year-month-day, such as 2024-12-23")


def figure_condition(said: str) -> FigureCondition:
    """`killed>=10` taken apart."""
    match = FIGURE.fullmatch(said.lower())
    if match is None:
        raise UsageError(f"figure: “{said}” is no condition; write what is counted, >=, <=, =, > or <, and a number")
    return FigureCondition(match[1], match[2], float(match[3].replace(",", "")))


def box(said: str) -> tuple[float, float, float, float]:
    """`W,S,E,N` as four numbers."""
    try:
        west, south, east, north = (float(part) for part in said.split(","))
    except ValueError:
        raise UsageError(f"bbox: “{said}” is no box; write west,south,east,north in degrees: 36,50,38,52") from None
    return _box((west, south, east, north))


def _box(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    west, south, east, north = box
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
        raise UsageError(
            f"bbox: {west:g},{south:g},{east:g},{north:g}: longitudes are -180 to 180, south is below north"
        )
    return box


def _ordered(name: str, first: str | None, last: str | None) -> None:
    if first is not None and last is not None and first > last:
        raise UsageError(f"{name}: from {first} to {last} is no interval; the first day comes first")


class Place(NamedTuple):
    """Where a page ended: the key of its last claim and, of other sorts than by publication, what it was sorted by."""

    key: int
    value: str | int | float | None


def cursor_of(sort: Sort, place: Place) -> str:
    """A place as a cursor."""
    said = msgspec.json.encode((sort, place.key, place.value))
    return base64.urlsafe_b64encode(said).decode().rstrip("=")


def place_of(cursor: str, sort: Sort) -> Place:
    """The place that a cursor means; raises `UsageError` where it is none, or one of another sort."""
    try:
        said = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        was, key, value = msgspec.json.decode(said, type=tuple[Sort, int, str | int | float | None])
    except (binascii.Error, msgspec.DecodeError, ValueError) as fault:
        raise UsageError("cursor: not one that a ledger gave; copy it whole") from fault
    if abs(key) > GREATEST or (isinstance(value, int) and abs(value) > GREATEST):
        raise UsageError("cursor: not one that a ledger gave; copy it whole")
    if was != sort:
        raise UsageError(f"cursor: it belongs to the sort “{was}”, not “{sort}”; ask the first page again")
    return Place(key, value)
