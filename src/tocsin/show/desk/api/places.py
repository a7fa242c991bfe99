"""Where claims take place, as GeoJSON."""

from __future__ import annotations

import msgspec
from fastapi import APIRouter
from starlette.responses import Response

from tocsin.show.desk.asked import Asked
from tocsin.show.desk.content.places import Places, TheAtlas
from tocsin.show.desk.pages.map import Zoom
from tocsin.show.desk.schema import answers

GEOJSON = "application/geo+json"
router = APIRouter()


@router.get("/places", responses=answers(Places, media=GEOJSON), summary="Where claims take place")
def show(query: Asked, atlas: TheAtlas, zoom: Zoom = None) -> Response:
    """How many claims there are where, as GeoJSON: points that stand for all places near them, at a zoom level or,
    without one, as `bbox` fills a map. `bbox` is the part of the map; `limit`, `cursor` and `sort` mean nothing."""
    return Response(msgspec.json.encode(atlas.places(query, zoom)), media_type=GEOJSON)
