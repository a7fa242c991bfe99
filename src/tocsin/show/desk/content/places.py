"""What a map of the ledger shows, counted from positions that are kept in memory and read again as the ledger grows."""

from __future__ import annotations

import contextlib
import math
import threading
import time
from collections import OrderedDict
from concurrent.futures import Future, ThreadPoolExecutor, TimeoutError
from typing import Annotated, Literal

import msgspec
import numpy as np
from fastapi import Depends, Request
from numpy.typing import NDArray
from sqlalchemy import Engine

from tocsin.ledger import Query, positions
from tocsin.ledger.positions import Positions, Spot, State
from tocsin.model import Record
from tocsin.show.desk.content.grid import Box, Mark, marks

MOST = 30_000
"""Of a question that asks for more than days, so many claims are on the map."""

PATIENCE = 0.05
"""Seconds that an answer waits for what has just come in; if it takes longer, the answer is that of a moment ago."""

REST = 10
"""Reading the positions again may take a tenth of the time at most."""

REMEMBERED = 16
WIDTH, TILE = 960, 512
WHOLE: Box = (-180.0, -90.0, 180.0, 90.0)


class GeoPoint(Record, frozen=True, kw_only=True):
    """A point: longitude and latitude in degrees (WGS 84)."""

    type: Literal["Point"] = "Point"
    coordinates: tuple[float, float]


class Here(Record, frozen=True, kw_only=True):
    """What is at a point of the map: the place that most claims name, how many claims there are and how many places,
    the box of degrees (west, south, east, north) that holds them. `area` is set where the place is a whole country."""

    name: str
    country: str | None
    claims: int
    places: int
    area: bool
    west: float
    south: float
    east: float
    north: float


class PlaceFeature(Record, frozen=True, kw_only=True):
    """A point of the map with what is there."""

    type: Literal["Feature"] = "Feature"
    geometry: GeoPoint
    properties: Here


class Places(Record, frozen=True, kw_only=True):
    """Where claims take place, as GeoJSON (RFC 7946), most claims first. `complete` is false where only the first
    claims of a question were counted."""

    type: Literal["FeatureCollection"] = "FeatureCollection"
    features: tuple[PlaceFeature, ...]
    complete: bool


class Atlas:
    """The map of one ledger; may be shared between threads."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._lock = threading.Lock()
        self._worker = ThreadPoolExecutor(1, "atlas")
        self._known: tuple[State, Positions] | None = None
        self._coming: Future[None] | None = None
        self._rested = 0.0
        self._rows: OrderedDict[Query, tuple[NDArray[np.int64], bool]] = OrderedDict()

    def places(self, query: Query, zoom: float | None = None) -> Places:
        """What a query finds on the map, as much apart as it is at a zoom level (0: the world in one tile of 512
        pixels); without one, as its box fills a map."""
        known = self.positions()
        rows, complete = self._rows_of(known, query)
        box = query.bbox or WHOLE
        zoom = zoom_of(box) if zoom is None else zoom
        found = marks(known.claims[rows], known.spots[rows], known.lon, known.lat, zoom, box)
        called = positions.names(self.engine, known, [mark.spot for mark in found])
        features = tuple(_feature(mark, known, called[mark.spot]) for mark in found if mark.spot in called)
        return Places(features=features, complete=complete)

    def positions(self) -> Positions:
        """The positions as they are now, or where reading them takes long, as they were a moment ago."""
        state = positions.state(self.engine)
        with self._lock:
            if self._known and self._known[0] == state:
                return self._known[1]
            if self._coming is None and time.monotonic() >= self._rested:
                self._coming = self._worker.submit(self._read, state)
            coming, known = self._coming, self._known
        if coming is not None:
            with contextlib.suppress(TimeoutError):
                coming.result(None if known is None else PATIENCE)
        with self._lock:
            if self._known is None:
                return positions.load(self.engine)
            return self._known[1]

    def close(self) -> None:
        """End the thread that reads."""
        self._worker.shutdown()

    def _read(self, state: State) -> None:
        began = time.monotonic()
        try:
            found = positions.load(self.engine)
            with self._lock:
                self._known = (state, found)
                self._rows.clear()
        finally:
            with self._lock:
                now = time.monotonic()
                self._rested = now + REST * (now - began)
                self._coming = None

    def _rows_of(self, known: Positions, query: Query) -> tuple[NDArray[np.int64], bool]:
        """The rows that a query finds, and whether they are all; the last questions are remembered while nothing
        comes in."""
        asked = msgspec.structs.replace(query, bbox=None, limit=None, cursor=None)
        with self._lock:
            fresh = self._known is not None and self._known[1] is known
            if fresh and asked in self._rows:
                self._rows.move_to_end(asked)
                return self._rows[asked]
        found = positions.rows_of(self.engine, known, asked, MOST)
        with self._lock:
            if self._known is not None and self._known[1] is known and not positions.plain(asked):
                self._rows[asked] = found
                while len(self._rows) > REMEMBERED:
                    self._rows.popitem(last=False)
        return found


def atlas_of(request: Request) -> Atlas:
    """The map of the desk that a request goes to."""
    atlas: Atlas = request.app.state.atlas
    return atlas


TheAtlas = Annotated[Atlas, Depends(atlas_of)]


def zoom_of(box: Box) -> float:
    """The zoom level at which a box fills a map of usual width."""
    west, _, east, _ = box
    return max(0.0, math.log2(360 / ((east - west) % 360 or 360) * WIDTH / TILE))


def _feature(mark: Mark, known: Positions, spot: Spot) -> PlaceFeature:
    west, south, east, north = mark.box
    return PlaceFeature(
        geometry=GeoPoint(coordinates=(float(known.lon[mark.spot]), float(known.lat[mark.spot]))),
        properties=Here(
            name=spot.name, country=spot.country, claims=mark.claims, places=mark.spots, area=spot.name == spot.country,
            west=_down(west), south=_down(south), east=-_down(-east), north=-_down(-north),
        ),
    )  # fmt: skip


def _down(degrees: float) -> float:
    """Degrees that are no more, to a thousandth: the box that is told holds all that it is told of."""
    return max(-180.0, math.floor(degrees * 1000) / 1000)
