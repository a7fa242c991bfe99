"""Claims that a ledger found, as a card on the terminal, as JSON, as a row of a table of values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from tocsin.ledger.results import Found, Origin
from tocsin.model import Actor
from tocsin.show.encode import whole
from tocsin.show.plain import one_line, shorten
from tocsin.show.table import STATUS, card
from tocsin.show.words import actor_words, chain_words, day_words, figure_words, place_words

COLUMNS = (
    "id", "published", "publisher", "agency", "type", "mode", "status", "sources", "source_countries", "actors",
    "actor_countries", "actor_sectors", "trigger", "objects", "recipients", "recipient_countries",
    "recipient_sectors", "figures", "places", "place_countries", "lat", "lon",
    "time_from", "time_to", "evidence", "confidence", "superseded", "title", "url", "document",
)  # fmt: skip
"""The columns of a row of values. What there may be several of is joined by `; `."""


FORMULA = ("=", "+", "-", "@")
"""How a cell begins that a spreadsheet takes for a formula."""


def as_plain(found: Found) -> dict[str, Any]:
    """A claim with its document as plain values; its `id` is that in the ledger, and numbers that are whole are
    integers."""
    plain: dict[str, Any] = msgspec.to_builtins(found.claim)
    plain["id"] = found.id
    plain["document"] = msgspec.to_builtins(found.document)
    plain |= {"reader": found.reader, "superseded": found.superseded}
    return {key: whole(value) for key, value in plain.items()}


def values(found: Found) -> dict[str, Any]:
    """A claim as one row of values, under the names of `COLUMNS`. What others wrote is no formula: spreadsheets
    calculate cells that begin with certain characters (OWASP, CSV Injection), so an apostrophe is put before them."""
    return {name: _no_formula(value) for name, value in _values(found).items()}


def _no_formula(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def _values(found: Found) -> dict[str, Any]:
    claim, origin = found.claim, found.document
    known = next((place for place in claim.places if place.lat is not None), None)
    return {
        "id": found.id, "published": origin.published, "agency": origin.agency,
        "publisher": one_line(origin.publisher) if origin.publisher else None,
        "type": claim.type, "mode": claim.mode, "status": claim.status, "sources": chain_words(claim),
        "source_countries": _countries(claim.sources),
        "actors": _joined(map(actor_words, claim.actors)), "actor_countries": _countries(claim.actors),
        "actor_sectors": _sectors(claim.actors),
        "trigger": one_line(claim.trigger.text), "objects": _joined(one_line(thing.text) for thing in claim.objects),
        "recipients": _joined(map(actor_words, claim.recipients)),
        "recipient_countries": _countries(claim.recipients), "recipient_sectors": _sectors(claim.recipients),
        "figures": _joined(map(figure_words, claim.figures)),
        "places": _joined(map(place_words, claim.places)),
        "place_countries": _joined(dict.fromkeys(place.country for place in claim.places if place.country)),
        "lat": known.lat if known else None, "lon": known.lon if known else None,
        "time_from": claim.time.from_ if claim.time else None, "time_to": claim.time.to if claim.time else None,
        "evidence": one_line(claim.evidence.text), "confidence": claim.confidence, "superseded": found.superseded,
        "title": one_line(origin.title) if origin.title else None, "url": origin.url, "document": origin.id,
    }  # fmt: skip


def _joined(parts: Iterable[str]) -> str:
    return "; ".join(parts)


def _countries(actors: Iterable[Actor]) -> str:
    return _joined(dict.fromkeys(actor.country for actor in actors if actor.country))


def _sectors(actors: Iterable[Actor]) -> str:
    return _joined(dict.fromkeys(actor.sector for actor in actors if actor.sector))


def cards(found: Iterable[Found], width: int) -> RenderableType:
    """Three or four lines a claim: as `tocsin read` shows it, then its id and where it stands."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(width=8, no_wrap=True)
    table.add_column(overflow="fold")
    for one in found:
        claim = one.claim
        text = Text.assemble(
            card(claim, width - 10), "\n", (one.id, "cyan"), ("  " + origin_words(one.document), "dim")
        )
        if one.superseded:
            text.append(f"  {SUPERSEDED[one.superseded]}", style="yellow")
        table.add_row(Text(claim.status, style=STATUS[claim.status]), text)
    return table


SUPERSEDED = {"reread": "replaced by a later reading", "version": "replaced by a later version of the article"}


def origin_words(origin: Origin) -> str:
    """Where a claim stands, in one line: publisher, day, title."""
    parts = [origin.publisher or origin.agency, day_words(origin.published) if origin.published else "no date"]
    parts.append(shorten(origin.title, 60) if origin.title else origin.url)
    return " · ".join(one_line(part) for part in parts if part)
