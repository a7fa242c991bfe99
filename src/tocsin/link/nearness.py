"""How two places, and how two times, stand to each other."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal

from tocsin.link.facts import Spot
from tocsin.link.rules import rules

Where = Literal["same", "near", "within", "alike", "partly", "apart", "unknown"]
Span = tuple[int | None, int | None]

EARTH = 6371.0
"""Mean radius of the earth, in kilometres."""

DEGREE = 111.0
"""Kilometres in a degree of latitude, at least nearly."""

ORDER: dict[Where, int] = {"same": 0, "near": 1, "within": 2, "alike": 3, "partly": 4, "unknown": 5, "apart": 6}


def distance(a: Spot, b: Spot) -> float:
    """Kilometres between two places along the great circle (haversine)."""
    phi, psi = math.radians(a.lat), math.radians(b.lat)
    half = math.sin((psi - phi) / 2) ** 2
    half += math.cos(phi) * math.cos(psi) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    return 2 * EARTH * math.asin(math.sqrt(min(1.0, half)))


def between(a: Spot, b: Spot) -> Where:
    """How two places stand to each other. A country that is not known says nothing; a coarse place holds the finer ones
    of its country or region. Two of one name that lie apart may be one that was taken for another: they are alike."""
    if a.name == b.name and a.country == b.country and a.level == b.level and a.region == b.region:
        return "same"
    if not a.country or not b.country:
        return "unknown"
    if a.level == 2 and b.level == 2:
        limits = rules().distances
        if abs(a.lat - b.lat) > limits.near / DEGREE:
            return "alike" if a.name == b.name else "apart"
        apart = distance(a, b)
        if apart <= limits.near:
            return "same" if apart <= limits.same else "near"
        return "alike" if a.name == b.name else "apart"
    if a.country != b.country:
        return "apart"
    coarse, fine = (a, b) if a.level <= b.level else (b, a)
    if coarse.level == 0:
        return "within"
    return "within" if coarse.name == (fine.region or fine.name) else "apart"


def where(a: Sequence[Spot], b: Sequence[Spot]) -> Where:
    """How the places of two events stand to each other. Where one of them lies in several places and the other in one
    of these only, they are the same in part."""
    if not a or not b:
        return "unknown"
    if len(a) == 1 and len(b) == 1:
        return between(a[0], b[0])
    table = [[between(x, y) for y in b] for x in a]
    rows = [min(row, key=ORDER.__getitem__) for row in table]
    columns = [min((row[k] for row in table), key=ORDER.__getitem__) for k in range(len(b))]
    best = min(rows, key=ORDER.__getitem__)
    if best in ("apart", "unknown"):
        return best
    covered = all(each != "apart" for each in rows) and all(each != "apart" for each in columns)
    return best if covered else "partly"


def gap(a: Span, b: Span) -> int:
    """Days between two times, 0 where they have a day in common; an open end reaches as far as need be."""
    if a[1] is not None and b[0] is not None and b[0] > a[1]:
        return b[0] - a[1]
    if b[1] is not None and a[0] is not None and a[0] > b[1]:
        return a[0] - b[1]
    return 0


def exact(span: Span) -> bool:
    """Whether a time says on which day, or nearly so."""
    return span[0] is not None and span[1] is not None and span[1] - span[0] < rules().days.exact


def known(span: Span) -> bool:
    """Whether anything is known of a time."""
    return span[0] is not None or span[1] is not None
