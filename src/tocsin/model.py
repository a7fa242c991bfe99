"""The records: what a document says, as frozen structs that encode to `claims.schema.json` as they are.

Offsets are 0-based, end-exclusive, in Unicode code points, into the text exactly as it was read. Dates are ISO
strings (`2024-12-23`). Unknown is `None`, never a guess.
"""

from __future__ import annotations

import hashlib
from typing import Literal

import msgspec

Status = Literal["occurred", "ongoing", "planned", "possible", "denied"]
Manner = Literal[
    "said", "reported", "estimated", "observed", "warned", "suggested", "promised", "demanded", "denied", "confirmed"
]
Qualifier = Literal["exact", "about", "at_least", "at_most", "range", "vague"]
PlaceRole = Literal["at", "to", "from"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all records: immutable, compared by value."""


class Mention(Record, frozen=True, kw_only=True):
    """A stretch of the text."""

    text: str
    start: int
    end: int


class Actor(Mention, frozen=True, kw_only=True):
    """Somebody named in the text: whom the words mean, of which country (ISO 3166-1 alpha-3, or IGO), in which
    PLOVER sector. `antecedent` is the earlier name of a pronoun, an acronym or a short name."""

    name: str | None = None
    country: str | None = None
    sector: str | None = None
    antecedent: Mention | None = None


class Source(Actor, frozen=True, kw_only=True):
    """Who vouches for a claim. `level` 0 is the outermost; sources that share a level vouch jointly."""

    level: int
    manner: Manner
    cue: Mention | None = None
    said_on: str | None = None


class Figure(Mention, frozen=True, kw_only=True):
    """A number with what it counts and its bounds, both inclusive; an open bound is `None`."""

    what: str
    low: float | None
    high: float | None
    qualifier: Qualifier
    unit: str | None = None


class Place(Mention, frozen=True, kw_only=True):
    """A place as the text names it, with the gazetteer's entry for it. Degrees are WGS 84."""

    name: str | None = None
    country: str | None = None
    country_name: str | None = None
    admin1: str | None = None
    geonameid: int | None = None
    lat: float | None = None
    lon: float | None = None
    role: PlaceRole = "at"


class Time(Mention, frozen=True, kw_only=True):
    """A calendar interval, both ends inclusive, either open; `timex` is the TIMEX3 value of the expression."""

    from_: str | None = msgspec.field(name="from", default=None)
    to: str | None = None
    timex: str | None = None
    type: TimexType = "DATE"


class Attribution(Record, frozen=True, kw_only=True):
    """Somebody's words or thoughts as the text gives them, whether or not they hold a claim."""

    source: Actor | None
    cue: Mention | None
    content: Mention


class Claim(Record, frozen=True, kw_only=True):
    """One event or standing fact that a text reports, with everyone who vouches for it. `made_by` names the rule
    or the part of the model that made it."""

    id: str
    trigger: Mention
    type: str
    mode: str | None
    status: Status
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    objects: tuple[Mention, ...]
    figures: tuple[Figure, ...]
    places: tuple[Place, ...]
    time: Time | None
    sources: tuple[Source, ...]
    evidence: Mention
    confidence: float | None = None
    made_by: str | None = None


class Document(Record, frozen=True, kw_only=True):
    """An article as it was read. `text` is never changed. `body` is where the report itself starts, after byline,
    dateline and agency credit. `notes` says what could not be known, and why."""

    id: str
    text: str
    url: str | None = None
    publisher: str | None = None
    agency: str | None = None
    title: str | None = None
    byline: str | None = None
    dateline: str | None = None
    published: str | None = None
    language: str | None = None
    body: int = 0
    notes: tuple[str, ...] = ()


class Mentions(Record, frozen=True, kw_only=True):
    """What was found in a document beside its claims."""

    times: tuple[Time, ...] = ()
    places: tuple[Place, ...] = ()
    figures: tuple[Figure, ...] = ()
    actors: tuple[Actor, ...] = ()
    attributions: tuple[Attribution, ...] = ()


class Report(Record, frozen=True, kw_only=True):
    """One document and the claims read from it."""

    document: Document
    claims: tuple[Claim, ...]
    mentions: Mentions | None = None

    @property
    def text(self) -> str:
        """The document's text."""
        return self.document.text

    @property
    def published(self) -> str | None:
        """The document's date of publication."""
        return self.document.published


def content_id(*parts: str) -> str:
    """A stable id of 16 hexadecimal digits: the same parts give the same id on every machine (BLAKE2b)."""
    digest = hashlib.blake2b(digest_size=8)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.hexdigest()
