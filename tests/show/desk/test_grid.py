"""The marks of a map against a plain reading of what they are to be."""

from __future__ import annotations

import math
from collections import defaultdict

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.show.desk.content.grid import EDGE, TILE_CELLS, Box, marks

WORLD: Box = (-180.0, -90.0, 180.0, 90.0)
SPOTS = st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), min_size=1, max_size=12, unique=True)
ROWS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 11)), max_size=40)
BOXES = st.one_of(
    st.just(WORLD),
    st.tuples(st.floats(-180, 180), st.floats(-90, 0), st.floats(-180, 180), st.floats(0, 90)),
)


def cell(lon: float, lat: float, side: int) -> tuple[int, int]:
    """The column and the line of a position, by the formula of the web's Mercator projection."""
    angle = math.radians(max(-EDGE, min(EDGE, lat)))
    down = (1 - math.log(math.tan(angle) + 1 / math.cos(angle)) / math.pi) / 2
    column, line = int((lon + 180) / 360 * side), int(down * side)
    return min(max(column, 0), side - 1), min(max(line, 0), side - 1)


def within(lon: float, lat: float, box: Box) -> bool:
    west, south, east, north = box
    across = west <= lon <= east if west <= east else lon >= west or lon <= east
    return across and south <= lat <= north


@settings(deadline=None)
@given(SPOTS, ROWS, st.integers(0, 3), BOXES)
def test_every_claim_in_the_box_is_counted_once_in_each_cell(
    spots: list[tuple[float, float]], rows: list[tuple[int, int]], zoom: int, box: Box
) -> None:
    rows = sorted((claim, spot % len(spots)) for claim, spot in rows)
    lon, lat = (np.array([spot[at] for spot in spots]) for at in (0, 1))
    claims = np.array([claim for claim, _ in rows], np.int64)
    numbers = np.array([spot for _, spot in rows], np.int32)
    found = marks(claims, numbers, lon, lat, float(zoom), box)

    held: dict[tuple[int, int], set[int]] = defaultdict(set)
    names: dict[tuple[int, int], set[int]] = defaultdict(set)
    for claim, spot in rows:
        if within(*spots[spot], box):
            where = cell(*spots[spot], TILE_CELLS << zoom)
            held[where].add(claim)
            names[where].add(spot)
    assert sorted(mark.claims for mark in found) == sorted(len(claims) for claims in held.values())
    assert sorted(mark.spots for mark in found) == sorted(len(spots) for spots in names.values())
    assert [mark.claims for mark in found] == sorted((mark.claims for mark in found), reverse=True)
    for mark in found:
        west, south, east, north = mark.box
        assert west <= lon[mark.spot] <= east
        assert south <= lat[mark.spot] <= north


def test_a_mark_stands_where_most_claims_are() -> None:
    lon, lat = np.array([30.0, 30.1, 30.2]), np.array([50.0, 50.0, 50.0])
    claims, spots = np.array([1, 2, 2, 3], np.int64), np.array([0, 1, 0, 1], np.int32)
    (mark,) = marks(claims, spots, lon, lat, 1.0, WORLD)
    assert (mark.spot, mark.claims, mark.spots) == (0, 3, 2)
    assert mark.box == (30.0, 50.0, 30.1, 50.0)


def test_too_fine_a_grid_is_made_coarser() -> None:
    lon = np.linspace(-179, 179, 5_000)
    lat = np.zeros(5_000)
    rows = np.arange(5_000, dtype=np.int64)
    found = marks(rows, rows.astype(np.int32), lon, lat, 20.0, WORLD)
    assert 0 < len(found) <= 128
    assert sum(mark.claims for mark in found) == 5_000
