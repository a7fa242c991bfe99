"""A series laid out for drawing, the same for the terminal and for SVG: one block a kind of count, one row a figure."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tocsin.judgement import Judged, Point, Series
from tocsin.model import Figure
from tocsin.show.plain import one_line
from tocsin.show.words import bounds_words, number_words

LETTERS = "abcdefghijklmnopqrstuvwxyz"
STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
TICKS = 4
"""An axis has so many steps at most."""

VERBS = {"agrees": "agrees with", "revises": "revises", "contradicts": "contradicts", "changes": "is a change from"}
SIGNS = {"agrees": "=", "revises": "↻", "contradicts": "≠", "changes": "→"}
ORDER = ("contradicts", "changes", "revises", "agrees")
"""Verdicts, what a reader most wants to know first."""


class Row(NamedTuple):
    """A figure to draw. `voice` is the number of its source, by which colour and shape are chosen; `low` and `high` are
    the ends of its bar, `None` where it is open; `about` says that the number is not exact."""

    letter: str
    day: str
    source: str
    voice: int
    words: str
    low: float | None
    high: float | None
    about: bool


class Estimate(NamedTuple):
    """Low, best and high of a block, and the rule that gave them."""

    low: float
    best: float
    high: float
    rule: str


class Block(NamedTuple):
    """The figures of one kind of count, on one axis from nought to `top` with a mark every `step`."""

    name: str
    rows: tuple[Row, ...]
    estimate: Estimate | None
    step: float
    top: float

    def share(self, value: float) -> float:
        """Where a number lies on the axis, from 0 to 1."""
        return min(1.0, max(0.0, value / self.top))

    def ticks(self) -> list[float]:
        """The numbers that the axis names."""
        return [i * self.step for i in range(round(self.top / self.step) + 1)]


def blocks(series: Series) -> Iterator[Block]:
    """The blocks of a series, in the order of its kinds."""
    voices = {source: i for i, source in enumerate(dict.fromkeys(point.source for point in series.points))}
    for what in series.what:
        rows = tuple(
            _row(i, point, voices[point.source]) for i, point in enumerate(series.points) if point.what == what
        )
        found = series.consolidated.get(what)
        estimate = None
        if found and found.low is not None and found.best is not None and found.high is not None:
            estimate = Estimate(found.low, found.best, found.high, found.rule)
        step, top = _axis([end for row in rows for end in (row.low, row.high) if end is not None])
        yield Block(_name(what, series.unit), rows, estimate, step, top)


def _name(what: str, unit: str | None) -> str:
    name = what.replace("_", " ")
    return f"{name}, {one_line(unit)}" if unit else name


def _row(at: int, point: Point, voice: int) -> Row:
    return Row(
        letter=letter(at),
        day=point.said_on or "no date",
        source=one_line(point.source),
        voice=voice,
        words=value_words(point),
        low=point.low,
        high=point.high,
        about=point.qualifier == "about",
    )


def value_words(point: Point) -> str:
    """The bounds of a figure: `≥ 1,100`, `~12,000`."""
    figure = Figure(
        text=point.words, start=0, end=0, what=point.what, low=point.low, high=point.high, qualifier=point.qualifier
    )
    return bounds_words(figure)


def letter(at: int) -> str:
    """The letter that a figure goes by: a to z, then aa, ab and so on."""
    return (letter(at // 26 - 1) if at >= 26 else "") + LETTERS[at % 26]


def _axis(values: Sequence[float]) -> tuple[float, float]:
    """Step and end of an axis that holds all values and some room for the arrow of an open bar."""
    most = max(values, default=0.0)
    if most <= 0:
        return 1.0, 1.0
    raw = most * 1.08 / TICKS
    size = 10.0 ** math.floor(math.log10(raw))
    step = next((m * size for m in STEPS if m * size >= raw), 10 * size)
    return step, step * math.ceil(round(most * 1.08 / step, 9))


def estimate_words(one: Estimate) -> str:
    """`best 259, low 250, high 259`; one number where all are the same."""
    if one.low == one.high:
        return f"best {number_words(one.best)}"
    return f"best {number_words(one.best)}, low {number_words(one.low)}, high {number_words(one.high)}"


def judged_words(judged: Judged) -> str:
    """`c revises a`, `b + c agrees with a`; the later figure first."""
    a, b = (" + ".join(letter(at) for at in side) for side in (judged.a, judged.b))
    return f"{b} {VERBS[judged.verdict]} {a}"


def ranked(series: Series) -> list[Judged]:
    """The judgements, conflicts first, each verdict in the order of saying."""
    return sorted(series.judged, key=lambda one: (ORDER.index(one.verdict), one.b, one.a))
