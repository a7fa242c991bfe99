"""The map: where the claims of a question take place, beside a list that says the same."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from tocsin.show.desk.asked import Asked, address, parameters
from tocsin.show.desk.content.places import MOST, Places, TheAtlas
from tocsin.show.desk.desk import Entry, TheLedger
from tocsin.show.desk.rows import row_of
from tocsin.show.desk.templating import render

ENTRY = Entry("/map", "Map")
router = APIRouter()

SHOWN = 20
"""Claims of a place that are shown beside the map."""

COUNTED = 1_000
VIEW = ("bbox", "limit", "cursor", "sort")
"""What of a question is the view, not the question."""

Zoom = Annotated[float | None, Query(ge=0, le=24, description="Zoom level: 0 is the world in one tile.")]


class Line(msgspec.Struct, frozen=True):
    """A place in the list: what is there, its mark, and where its claims are found."""

    name: str
    country: str | None
    claims: int
    others: int
    area: bool
    at: tuple[float, float]
    claims_at: str
    found_at: str


@router.get("/map")
def show(request: Request, query: Asked, atlas: TheAtlas, zoom: Zoom = None) -> Response:
    """The page; its address holds the question and, as `bbox`, the view."""
    bare = msgspec.structs.replace(query, bbox=None)
    window = [(name, value) for name, value in parameters(bare) if name not in VIEW]
    return render(
        request, "map.html", **listed(atlas.places(query, zoom), query), window=window, box=query.bbox,
        asked=dict(window), find=address("/find", query),
        api=address("/api/v1/places", query),
    )  # fmt: skip


@router.get("/map/places")
def places(request: Request, query: Asked, atlas: TheAtlas, zoom: Zoom = None) -> Response:
    """The list for another view."""
    return render(request, "map_places.html", **listed(atlas.places(query, zoom), query))


@router.get("/map/claims")
def claims(request: Request, query: Asked, ledger: TheLedger, called: str = "") -> Response:
    """The claims of one place."""
    page = ledger.claims(msgspec.structs.replace(query, limit=SHOWN)).page()
    more = ledger.claims(query).count(COUNTED) if page.cursor else len(page.claims)
    return render(
        request, "map_claims.html", rows=[row_of(found) for found in page.claims], called=called[:120], count=more,
        counted=COUNTED, find=address("/find", query),
    )  # fmt: skip


def listed(found: Places, query: Asked) -> dict[str, Any]:
    """What the list says of the places found."""
    lines = []
    for feature in found.features:
        here = feature.properties
        box = (here.west, here.south, here.east, here.north)
        at = address("/map/claims", query, bbox=box)
        lines.append(
            Line(here.name, here.country, here.claims, here.places - 1, here.area, feature.geometry.coordinates, at,
                 address("/find", query, bbox=box))
        )  # fmt: skip
    return {"lines": lines, "complete": found.complete, "most": MOST}
