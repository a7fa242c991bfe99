"""Series of figures as tables on a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.table import Table
from rich.text import Text

from tocsin.judgement import Judged, Point, Series
from tocsin.model import Figure
from tocsin.show.plain import one_line
from tocsin.show.words import day_words, figure_words

VERDICTS = {"agrees": "green", "revises": "cyan", "contradicts": "bold red", "changes": "yellow"}
MARKS = "abcdefghijklmnopqrstuvwxyz"


def table(one: Series, explain: bool = False) -> Iterator[Text | Table]:
    """A series: its figures in the order of saying, how they stand to each other, and what comes of it."""
    yield Text(one_line(one.title), style="bold")
    grid = Table.grid(padding=(0, 2, 0, 0))
    for style in ("dim", None, "bold", None):
        grid.add_column(style=style, overflow="fold")
    for number, point in enumerate(one.points):
        said = day_words(point.said_on) if point.said_on else "no date"
        words = Text(one_line(point.source))
        words.append(f"\n{point.claim}" if explain else "", style="cyan")
        grid.add_row(mark(number), said, point_words(point), words)
    yield grid
    for judged in one.judged:
        yield _judged(judged)
    for what, found in one.consolidated.items():
        bounds = " – ".join("?" if value is None else f"{value:,.0f}" for value in (found.low, found.best, found.high))
        yield Text.assemble(
            (f"{what.replace('_', ' ')}: low – best – high {bounds}", "bold"), (f"; {found.rule}", "dim")
        )
    yield Text()


def mark(number: int) -> str:
    """The letter or letters that a figure goes by: a … z, aa, ab, …"""
    return (mark(number // 26 - 1) if number >= 26 else "") + MARKS[number % 26]


def point_words(point: Point) -> str:
    """A figure with what it counts: `≥ 1,100 killed or wounded`."""
    return figure_words(
        Figure(
            text=point.words, start=0, end=0, what=point.what, low=point.low, high=point.high,
            qualifier=point.qualifier, unit=point.unit,
        )
    )  # fmt: skip


def _judged(one: Judged) -> Text:
    sides = [" + ".join(mark(at) for at in side) for side in (one.a, one.b)]
    words = Text.assemble((f"{sides[1]} ", "dim"), (one.verdict, VERDICTS[one.verdict]), (f" {sides[0]}", "dim"))
    return words.append(f": {one.rule}", style="dim")
