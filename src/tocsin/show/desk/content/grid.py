"""Many positions as a few marks on a map: counted by the cells of a grid that is square on the map.

The grid is that of the web's Mercator projection, so many cells to a tile of the zoom level; a mark stands at the
position of its cell that most claims name, so that it never lies where nothing is.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

TILE_CELLS = 8
"""Cells along the side of a tile: of 512 pixels a tile, a cell has 64."""

MOST_CELLS = 1 << 14
"""Cells of an answer, at most: more than the largest screen has room for."""

EDGE = 85.051128
"""The latitude at which the projection ends, where its world is square."""

Box = tuple[float, float, float, float]


class Mark(NamedTuple):
    """What lies in a cell: the number of the foremost position, how many claims, at how many positions, and the box
    that these fill (west, south, east, north, in degrees)."""

    spot: int
    claims: int
    spots: int
    box: Box


def marks(
    claims: NDArray[np.int64], spots: NDArray[np.int32], lon: NDArray[np.float64], lat: NDArray[np.float64],
    zoom: float, box: Box,
) -> list[Mark]:  # fmt: skip
    """The marks of the rows that lie in a box, most claims first. A row is a position of a claim; the rows of a claim
    follow each other. A claim counts once in a cell. `box` may cross the 180th meridian (west greater than east)."""
    side = _side(zoom, box)
    near = _within(lon, lat, box)
    cells = _cells(lon, lat, side)
    used = np.unique(cells[near])
    rank_of_spot = np.where(near, np.searchsorted(used, cells), -1)
    ranks = rank_of_spot[spots]
    kept = ranks >= 0
    claims, spots, ranks = claims[kept], spots[kept], ranks[kept]
    per_spot = np.bincount(spots[_once(claims, spots)], minlength=len(lon))
    counts = np.bincount(ranks[_once(claims, ranks)], minlength=len(used))
    named = np.flatnonzero(per_spot)
    held = np.bincount(rank_of_spot[named], minlength=len(used))
    ascending = named[np.lexsort((-named, per_spot[named]))]
    foremost = dict(zip(rank_of_spot[ascending].tolist(), ascending.tolist(), strict=True))
    boxes = _boxes(rank_of_spot[named], lon[named], lat[named], len(used))
    order = [int(at) for at in np.lexsort((used, -counts)) if counts[at]]
    return [Mark(foremost[at], int(counts[at]), int(held[at]), boxes[at]) for at in order]


def _side(zoom: float, box: Box) -> int:
    """Cells along the side of the whole map; a box that would hold too many is drawn as from further away."""
    west, south, east, north = box
    width = ((east - west) % 360 or 360) / 360
    height = abs(_mercator(north) - _mercator(south))
    side = TILE_CELLS << max(0, min(22, math.floor(zoom)))
    while side > TILE_CELLS and width * height * side * side > MOST_CELLS:
        side //= 2
    return side


def _mercator(lat: float) -> float:
    """How far down the map a latitude lies, from 0 to 1."""
    bounded = math.radians(max(-EDGE, min(EDGE, lat)))
    return 0.5 - math.log(math.tan(math.pi / 4 + bounded / 2)) / (2 * math.pi)


def _cells(lon: NDArray[np.float64], lat: NDArray[np.float64], side: int) -> NDArray[np.int64]:
    """The number of the cell that each position lies in, line by line."""
    bounded = np.radians(np.clip(lat, -EDGE, EDGE))
    down = 0.5 - np.log(np.tan(np.pi / 4 + bounded / 2)) / (2 * np.pi)
    line, column = (np.clip((part * side).astype(np.int64), 0, side - 1) for part in (down, (lon + 180) / 360))
    found: NDArray[np.int64] = line * side + column
    return found


def _within(lon: NDArray[np.float64], lat: NDArray[np.float64], box: Box) -> NDArray[np.bool_]:
    """Which positions lie in a box."""
    west, south, east, north = box
    across = (lon >= west) & (lon <= east) if west <= east else (lon >= west) | (lon <= east)
    return across & (lat >= south) & (lat <= north)


def _once(claims: NDArray[np.int64], values: NDArray[np.int32] | NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which rows are the first of their claim with their value."""
    first = np.ones(len(claims), bool)
    step = 1
    while step < len(claims):
        same = claims[step:] == claims[:-step]
        if not same.any():
            break
        first[step:] &= ~(same & (values[step:] == values[:-step]))
        step += 1
    return first


def _boxes(ranks: NDArray[np.int64], lon: NDArray[np.float64], lat: NDArray[np.float64], size: int) -> list[Box]:
    """The box that the positions of each cell fill."""
    least = [np.full(size, np.inf) for _ in range(2)]
    most = [np.full(size, -np.inf) for _ in range(2)]
    for values, low, high in zip((lon, lat), least, most, strict=True):
        np.minimum.at(low, ranks, values)
        np.maximum.at(high, ranks, values)
    return list(zip(*(bounds.tolist() for bounds in (*least, *most)), strict=True))
