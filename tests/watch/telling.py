"""Claims made by hand for the watch, and a view of them that needs no ledger."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from tocsin.ledger.alerts import Cited
from tocsin.ledger.query import Query
from tocsin.ledger.sightings import Days, Sighting
from tocsin.model import Claim, Figure, Mention, Report
from tocsin.model import Document as Article

FIRST = datetime.date(2024, 1, 1)
"""A Monday."""


def day(number: int) -> str:
    """The day so many days after the first."""
    return (FIRST + datetime.timedelta(days=number)).isoformat()


def mention(text: str) -> Mention:
    return Mention(text=text, start=0, end=len(text))


def figure(what: str, low: float | None, high: float | None, text: str = "", **more: Any) -> Figure:
    said = text or str(low if low is not None else high)
    kind = "exact" if low == high else "at_least" if high is None else "at_most" if low is None else "range"
    return Figure(
        **{"text": said, "start": 0, "end": len(said), "what": what, "low": low, "high": high, "qualifier": kind} | more
    )


def claim(**fields: Any) -> Claim:
    given = {
        "id": "c", "trigger": mention("sent"), "type": "AID", "mode": "military", "status": "occurred", "actors": (),
        "recipients": (), "objects": (), "figures": (), "places": (), "time": None, "sources": (),
        "evidence": mention("sent arms"), "confidence": 0.9, "made_by": "test",
    }  # fmt: skip
    return Claim(**given | fields)


def told(number: int, on: int, **fields: Any) -> Sighting:
    """Claim `number` of a document of its own, told on day `on`."""
    given = {"id": f"c{number:03}", "key": number, "document": f"d{number:03}", "place": 0, "day": day(on),
             "family": f"f{number:03}", "outlet": None, "type": "AID", "mode": "military",
             "status": "occurred"}  # fmt: skip
    return Sighting(**given | fields)


def cited(one: Sighting) -> Cited:
    """A claim whole."""
    whole = claim(type=one.type, mode=one.mode, status=one.status, figures=one.figures)
    return Cited(
        id=one.id, claim=whole, document=one.document, family=one.family, published=one.day, publisher=one.outlet
    )


class Held:
    """A view of claims that are held in a list. All match; those in `fresh` are new. `busy` is how many documents are
    published on each day from the first on."""

    def __init__(self, claims: Sequence[Sighting], fresh: Iterable[str] | None = None, busy: int = 10) -> None:
        self.claims = list(claims)
        self.fresh = {one.id for one in claims} if fresh is None else set(fresh)
        self.busy = busy
        self.rang: list[tuple[str, str, int]] = []

    def arrived(self, queries: Iterable[Query], since: int) -> list[Sighting]:
        return [one for one in self.claims if one.id in self.fresh]

    def told(self, queries: Iterable[Query], days: Sequence[Days]) -> list[Sighting]:
        return [one for one in self.claims if any(first <= one.day <= last for first, last in days)]

    def cited(self, sightings: Sequence[Sighting]) -> list[Cited]:
        return [cited(one) for one in sightings]

    def published(self, first: str, last: str) -> int:
        begin = max(datetime.date.fromisoformat(first), FIRST)
        days = (datetime.date.fromisoformat(last) - begin).days + 1
        return max(0, days) * self.busy

    def rung(self, indicator: str, first: str, last: str) -> list[tuple[str, str, int]]:
        return [one for one in self.rang if first <= one[1] <= last]


def report(
    number: int, text: str, on: int = 0, *, publisher: str | None = None, agency: str | None = None, **fields: Any
) -> Report:
    """An article of one claim whose evidence is its whole text."""
    article = Article(
        id=f"a{number}", text=text, url=f"https://a.example/{number}", published=day(on), publisher=publisher,
        agency=agency, title=f"Title {number}",
    )  # fmt: skip
    whole = {"id": f"c{number}", "trigger": Mention(text=text[:4], start=0, end=4), "evidence": mention(text)}
    return Report(document=article, claims=(claim(**whole | fields),))
