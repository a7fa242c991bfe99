"""Judgements about what the ledger holds: families, situations, series, forecasts, corroboration, alerts' grounds.

A judgement is a record beside the claims, never a change of one; it names the claims and documents that it is about by
their ids in the ledger and carries the parts of its score, so that each explains itself. Dates are ISO days, both ends
inclusive. Definitions: "Across documents" in the claim scheme.
"""

from __future__ import annotations

from typing import Literal

from tocsin.model import Claim, Place, Qualifier, Record, Status

State = Literal["open", "fulfilled", "lapsed", "withdrawn"]
Verdict = Literal["agrees", "revises", "contradicts", "changes"]


class Paper(Record, frozen=True, kw_only=True):
    """A document as it is compared with others; `text` from `body` on is the report itself."""

    id: str
    text: str
    body: int = 0
    title: str | None = None
    publisher: str | None = None
    agency: str | None = None
    published: str | None = None


class Told(Record, frozen=True, kw_only=True):
    """A claim of the ledger with what its document says of itself. `id` is the claim's in the ledger; `family` is the
    document's report family, the document's own id where it has no kin."""

    id: str
    claim: Claim
    document: str
    family: str
    published: str | None = None
    publisher: str | None = None
    agency: str | None = None


class Part(Record, frozen=True, kw_only=True):
    """One part of a score: what was compared, and how much it gave."""

    name: str
    value: float


class Link(Record, frozen=True, kw_only=True):
    """Why two things were put together: their ids (`a` before `b`), the score, and its parts."""

    a: str
    b: str
    score: float
    parts: tuple[Part, ...]


class Family(Record, frozen=True, kw_only=True):
    """Documents that carry the same copy. `id` is that of the earliest (by publication, then id), which comes first in
    `documents`; `agency` wrote the copy, where any of them says so. `links` has one for each document but the first, in
    their order, to the nearest of those before it."""

    id: str
    documents: tuple[str, ...]
    agency: str | None
    links: tuple[Link, ...]


class Turn(Record, frozen=True, kw_only=True):
    """A step in the history of a situation: on which day it was told to stand so, and by which claim."""

    on: str | None
    status: Status
    claim: str


class Situation(Record, frozen=True, kw_only=True):
    """One event in the world, as claims from any number of documents tell it. `id` is that of its earliest claim;
    `claims` are in the order of telling. `status` is how it stands now. `families` counts independent reports."""

    id: str
    title: str
    type: str
    mode: str | None
    status: Status
    begins: str | None
    ends: str | None
    place: Place | None
    claims: tuple[str, ...]
    documents: int
    families: int
    history: tuple[Turn, ...]
    links: tuple[Link, ...]


class Point(Record, frozen=True, kw_only=True):
    """One figure that somebody gave: what it counts and its bounds (an open bound is `None`), who said so (`source`, a
    name to show; the paper or its agency where the text names nobody), when (`said_on`), and for which time it holds.
    `words` are those of the text; `family` is the independent report that it comes from."""

    claim: str
    what: str
    low: float | None
    high: float | None
    qualifier: Qualifier
    unit: str | None
    source: str
    family: str
    said_on: str | None
    begins: str | None
    ends: str | None
    words: str


class Judged(Record, frozen=True, kw_only=True):
    """How two figures stand to each other: positions in the series' `points` (a sum takes several on the side that is
    added up), the verdict, and the rule that gave it, in words."""

    a: tuple[int, ...]
    b: tuple[int, ...]
    verdict: Verdict
    rule: str


class Consolidated(Record, frozen=True, kw_only=True):
    """Low, best and high estimate of a series, and the rule that produced them, in words."""

    low: float | None
    best: float | None
    high: float | None
    rule: str


class Series(Record, frozen=True, kw_only=True):
    """The figures that were given of one thing, in the order of saying, and what comes of comparing them. `what` may
    name several kinds of count where they add up (killed, wounded, killed_or_wounded)."""

    title: str
    what: tuple[str, ...]
    unit: str | None
    points: tuple[Point, ...]
    judged: tuple[Judged, ...]
    consolidated: dict[str, Consolidated]


class Forecast(Record, frozen=True, kw_only=True):
    """A claim of what is planned or may come, with an end to its time, as it stands on a day. `probability` is that of
    the words `hedge` on the published scale `scale`. `by` is the claim that fulfilled or withdrew it, `lead_days` how
    long before the event it was said."""

    claim: str
    source: str
    said_on: str | None
    begins: str | None
    due: str
    state: State
    probability: float
    hedge: str | None
    scale: str
    by: str | None = None
    lead_days: int | None = None
    why: str = ""


class TrackRecord(Record, frozen=True, kw_only=True):
    """What became of a source's forecasts. `brier` is the mean squared error of its probabilities over `resolved`
    (fulfilled and lapsed) forecasts; `None` under five of them."""

    source: str
    open: int
    fulfilled: int
    lapsed: int
    withdrawn: int
    resolved: int
    brier: float | None


class Corroboration(Record, frozen=True, kw_only=True):
    """Who else says what a claim says, and who says otherwise: ids of claims. `independent` counts those who say so
    independently of each other, the claim's own included; `rests_on` is the one original source that all of them
    repeat, if they do; `credibility` is the Admiralty code's, 1 (confirmed) to 6 (cannot be judged)."""

    claim: str
    agreeing: tuple[str, ...]
    contradicting: tuple[str, ...]
    independent: int
    sources: tuple[str, ...]
    rests_on: str | None
    credibility: int
    why: str
