"""A map as SVG: land and borders from Natural Earth (public domain), equirectangular, with numbered places.

The projection keeps the shape at the middle of the picture: longitudes are shortened by the cosine of the middle
latitude (Snyder, *Map Projections: A Working Manual*, USGS 1987, p. 90).
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
from markupsafe import escape

from tocsin.model import Record

GROUND = Path(__file__).parents[1] / "desk/static/vendor"
WIDTH, HEIGHT = 720.0, 400.0
PAD = 0.25
"""The share of the extent that is left free on each side."""

LEAST = 8.0
"""Degrees of latitude that a map shows at least."""

Point = tuple[float, float]


class Spot(Record, frozen=True, kw_only=True):
    """A place on the map, with its number in the list and how many claims name it; `wide` is a whole country."""

    number: int
    name: str
    lat: float
    lon: float
    claims: int
    wide: bool = False


class View(Record, frozen=True, kw_only=True):
    """What part of the world is shown: degrees at the left upper corner, and how many units a degree takes."""

    west: float
    north: float
    per_lon: float
    per_lat: float

    def at(self, lon: float, lat: float) -> Point:
        """Where a place is drawn."""
        return (lon - self.west) * self.per_lon, (self.north - lat) * self.per_lat


def view_of(spots: Sequence[Spot]) -> View:
    """The view that holds all places, with some space around."""
    lats, lons = [spot.lat for spot in spots], [spot.lon for spot in spots]
    middle = max(-75.0, min(75.0, (min(lats) + max(lats)) / 2))
    shrink = math.cos(math.radians(middle))
    high, broad = max(lats) - min(lats), max(lons) - min(lons)
    tall = min(180.0, max(LEAST, high * (1 + 2 * PAD), broad * (1 + 2 * PAD) * shrink * HEIGHT / WIDTH))
    wide = max(tall * WIDTH / HEIGHT / shrink, broad * (1 + PAD / 2))
    north = min(90.0, max(tall - 90.0, (min(lats) + max(lats)) / 2 + tall / 2))
    west = (min(lons) + max(lons)) / 2 - wide / 2
    return View(west=west, north=north, per_lon=WIDTH / wide, per_lat=HEIGHT / tall)


def draw(spots: Sequence[Spot]) -> str:
    """The map. Its look is the page's; without one it is still black on white."""
    view = view_of(spots)
    land = "".join(_path(ring, view, closed=True) for polygon in _ground("land.json") for ring in polygon)
    borders = "".join(_path(line, view, closed=False) for line in _ground("borders.json"))
    marks = "".join(_mark(spot, view) for spot in sorted(spots, key=lambda spot: -spot.number))
    return (
        f'<svg class="map" viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}" role="img" aria-label="Map of the places below">'
        f'<rect class="sea" width="{WIDTH:.0f}" height="{HEIGHT:.0f}"/><path class="land" d="{land}"/>'
        f'<path class="border" d="{borders}"/>{marks}</svg>'
    )


@functools.cache
def _ground(name: str) -> list[Any]:
    """The coordinates of a file of the base map."""
    return list(msgspec.json.decode((GROUND / name).read_bytes())["geometry"]["coordinates"])


def _path(line: Sequence[Sequence[float]], view: View, *, closed: bool) -> str:
    """A line or a ring as far as it can be seen, to a tenth of a unit; also across the 180th meridian."""
    return "".join(_shifted(line, view, turn, closed=closed) for turn in (-360.0, 0.0, 360.0))


def _shifted(line: Sequence[Sequence[float]], view: View, turn: float, *, closed: bool) -> str:
    points = [view.at(point[0] + turn, point[1]) for point in line]
    if not _seen(points):
        return ""
    kept = list(_thinned(points))
    if len(kept) < 2:
        return ""
    said = "L".join(f"{x:.1f} {y:.1f}" for x, y in kept)
    return f"M{said}" + ("Z" if closed else "")


def _seen(points: Sequence[Point]) -> bool:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return max(xs) >= 0 and min(xs) <= WIDTH and max(ys) >= 0 and min(ys) <= HEIGHT


def _thinned(points: Iterable[Point]) -> Iterator[Point]:
    """Points that are far enough from the one before; those far outside are drawn to the edge of a wide margin."""
    last: Point | None = None
    for x, y in points:
        here = (min(max(x, -WIDTH), 2 * WIDTH), min(max(y, -HEIGHT), 2 * HEIGHT))
        if last is None or abs(here[0] - last[0]) + abs(here[1] - last[1]) >= 0.8:
            last = here
            yield here


def _mark(spot: Spot, view: View) -> str:
    x, y = view.at(spot.lon, spot.lat)
    size = 8 + min(6.0, 2 * math.log2(spot.claims + 1))
    kind = "spot wide" if spot.wide else "spot"
    return (
        f'<g class="{kind}"><title>{escape(spot.name)}</title><circle cx="{x:.1f}" cy="{y:.1f}" r="{size:.1f}"/>'
        f'<text x="{x:.1f}" y="{y:.1f}" dy=".35em" text-anchor="middle">{spot.number}</text></g>'
    )
