"""The claims behind the figures of a series, on a terminal."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from tocsin.judgement import Series
from tocsin.show.plain import one_line
from tocsin.show.series_rows import letter


def claims(series: Series) -> Table:
    """Which claim gives each figure, by the letter under which it is drawn, and in which words."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(style="cyan", no_wrap=True)
    grid.add_column(overflow="fold")
    for number, point in enumerate(series.points):
        words = Text(f"“{one_line(point.words)}”")
        words.append(f"  {one_line(point.source)}", style="dim")
        grid.add_row(letter(number), point.claim, words)
    return grid
