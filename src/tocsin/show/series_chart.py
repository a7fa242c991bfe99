"""A series of figures drawn: for a terminal, and as SVG that stands alone.

Bars go from the lower to the upper bound; a single number is a mark; an open bound ends in an arrow. Each source has a
colour, and a shape besides, so that neither drawing needs colour to be understood.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from tocsin.judgement import Series
from tocsin.model import content_id
from tocsin.show.plain import one_line, shorten
from tocsin.show.series_rows import (
    SIGNS,
    Block,
    Row,
    blocks,
    estimate_words,
    judged_words,
    ranked,
)
from tocsin.show.words import number_words

COLOURS = ("cyan", "yellow", "magenta", "green", "blue", "red")
MARKS = "●■◆▲▼★"
"""The shapes of sources on a terminal; after the last they begin again, with the colour of another."""

NARROW, SHOWN = 60, 12
"""The least width that has room for bars; so many judgements are told in words."""


def chart(series: Series, width: int = 80) -> Iterator[RenderableType]:
    """The parts of a drawing for a terminal of `width` columns: title, bars, judgements, estimates."""
    yield Text(one_line(series.title), style="bold", overflow="fold")
    for block in blocks(series):
        yield _terminal_block(block, width)
    yield from _told(series)


def _terminal_block(block: Block, width: int) -> Table:
    """The bars of one kind of count. The figure's words stand before its bar: a narrow screen loses the bars alone."""
    values = max(len(words) for words in ["estimate", *(row.words for row in block.rows)])
    sources = min(26, max(len(words) for words in ["estimate", block.name, *(row.source for row in block.rows)]))
    letters = max(len(row.letter) for row in block.rows)
    bars = width - (letters + 10 + sources + 2 + values + 5)
    if bars < 12:
        sources = max(8, sources + bars - 12)
        bars = width - (letters + 10 + sources + 2 + values + 5)
    grid = Table.grid(padding=(0, 1, 0, 0))
    for size, justify in ((letters, "left"), (10, "left"), (sources + 2, "left"), (values, "right")):
        grid.add_column(width=size, no_wrap=True, justify=justify, overflow="ellipsis")  # type: ignore[arg-type]
    drawn = width >= NARROW and bars >= 12
    if drawn:
        grid.add_column(width=bars, no_wrap=True)
    grid.add_row("", "", Text(block.name, style="bold"), "", *([_scale(block, bars)] if drawn else []))
    for row in block.rows:
        style = COLOURS[row.voice % len(COLOURS)]
        source = Text(f"{MARKS[row.voice % len(MARKS)]} {shorten(row.source, sources)}", style=style)
        grid.add_row(
            Text(row.letter, style="dim"), Text(row.day, style="dim"), source, row.words,
            *([Text(bar(block, row, bars), style=style)] if drawn else []),
        )  # fmt: skip
    if block.estimate and drawn:
        best = Text(number_words(block.estimate.best), style="bold")
        grid.add_row("", "", Text("  estimate", style="bold"), best, Text(_estimate_bar(block, bars), style="bold"))
    return grid


def _cell(block: Block, value: float, width: int) -> int:
    """The cell of a number in a bar of `width` cells."""
    return min(width - 1, round(block.share(value) * (width - 1)))


def bar(block: Block, row: Row, width: int) -> str:
    """A bar in `width` cells: `●` a number, `├──┤` from bound to bound, `├──▶` open above, `◀──┤` open below."""
    if row.low is None and row.high is None:
        return ""
    mark = MARKS[row.voice % len(MARKS)]
    first = 0 if row.low is None else _cell(block, row.low, width)
    last = width - 1 if row.high is None else _cell(block, row.high, width)
    if row.low == row.high:
        return _around(" " * first + mark, first, row.about, width)
    left, right = "◀" if row.low is None else "├", "▶" if row.high is None else "┤"
    if first >= last:
        return " " * max(0, last - 1) + (left + right if last else right)
    return " " * first + left + "─" * (last - first - 1) + right


def _around(drawn: str, at: int, about: bool, width: int) -> str:
    """A mark with a wave on both sides where the number is about so much."""
    if not about:
        return drawn
    before = drawn[: at - 1] + "~" if at else ""
    return before + drawn[at:] + ("~" if at + 1 < width else "")


def _estimate_bar(block: Block, width: int) -> str:
    """From low to high, with best within."""
    if block.estimate is None:
        return ""
    low, best, high = (_cell(block, value, width) for value in block.estimate[:3])
    cells = [" "] * width
    cells[low : high + 1] = ["━"] * (high - low + 1)
    cells[best] = "┿"
    return "".join(cells).rstrip()


def _scale(block: Block, width: int) -> Text:
    """The numbers of the axis, as many as have room."""
    cells = [" "] * width
    end = -2
    for tick in block.ticks():
        words = number_words(tick)
        at = min(_cell(block, tick, width), width - len(words))
        if at > end + 1:
            cells[at : at + len(words)] = list(words)
            end = at + len(words) - 1
    return Text("".join(cells), style="dim")


def _told(series: Series) -> Iterator[Text]:
    """How the figures stand to each other, and what comes of it, in words."""
    found = ranked(series)
    for judged in found[:SHOWN]:
        style = "bold red" if judged.verdict == "contradicts" else ""
        words = Text(f"{SIGNS[judged.verdict]} {judged_words(judged)}", style=style, overflow="fold")
        yield words.append(f": {judged.rule}", style="dim")
    if len(found) > SHOWN:
        yield Text(f"  and {len(found) - SHOWN} more judgements", style="dim")
    for block in blocks(series):
        if block.estimate:
            words = Text(f"{block.name}: {estimate_words(block.estimate)}", style="bold", overflow="fold")
            yield words.append(f"; {block.estimate.rule}", style="not bold dim")


WIDTH, LINE, LEFT, RIGHT, TOP = 760, 24, 300, 96, 34
"""Measures of the SVG, in its own units: whole width, height of a row, where bars begin, room for words behind them,
room for the title."""

LIGHT = ("#0b6e99", "#a4530f", "#8a2a8a", "#2b7a2b", "#3a4fb8", "#b3261e")
DARK = ("#67c6ee", "#f0a860", "#e08be0", "#7fd07f", "#9db0ff", "#ff8a80")
"""Colours of sources on light and on dark ground; each has a contrast of 4.5 to 1 or more with it."""

STYLE = (
    ".ts{{color:var(--tocsin-ink,#1c1c1c);font:13px system-ui,sans-serif;{light}}}"
    "@media (prefers-color-scheme:dark){{.ts{{color:var(--tocsin-ink,#ececec);{dark}}}}}"
    ".ts text{{fill:currentColor}}.ts .q{{opacity:.75}}.ts .h{{font-weight:600}}"
    ".ts .g{{stroke:currentColor;opacity:.18}}.ts .e{{stroke:currentColor;stroke-width:5;opacity:.55}}{classes}"
)


def svg(series: Series, *, styled: bool = True) -> str:
    """The drawing as one SVG element that needs nothing else: no script, no font, no file; without its own style where
    the page that it goes into has `style()`.

    It takes its colours from `--tocsin-ink` and `--tocsin-s0` to `--tocsin-s5` where a page sets them, and follows the
    reader's light or dark scheme where none does. Title and description tell all of it in words.
    """
    parts: list[str] = []
    y = TOP
    for block in blocks(series):
        lines, y = _svg_block(block, y)
        parts += lines
    key = "ts-" + content_id(series.title, *(f"{p.claim} {p.what} {p.low} {p.high}" for p in series.points))[:8]
    title = _xml(series.title)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="ts" role="img" viewBox="0 0 {WIDTH} {y + 6}" '
        f'width="{WIDTH}" height="{y + 6}" aria-labelledby="{key}-t {key}-d">'
        f'<title id="{key}-t">{title}</title><desc id="{key}-d">{_xml(description(series))}</desc>'
        f"{f'<style>{style()}</style>' if styled else ''}"
        f'<text class="h" x="0" y="18" font-size="15">{_xml(shorten(series.title, 92))}</text>{"".join(parts)}</svg>\n'
    )


def description(series: Series) -> str:
    """A series in words: each figure with its source and day, how they stand to each other, the estimates."""
    said = []
    for block in blocks(series):
        said += [f"{row.letter}: {row.source}, {row.day}: {row.words} {block.name}." for row in block.rows]
    judged = [f"{judged_words(one)}." for one in ranked(series)[:SHOWN]]
    best = [f"{block.name}: {estimate_words(block.estimate)}." for block in blocks(series) if block.estimate]
    return " ".join([*said, *judged, *best])


def style() -> str:
    """The style of drawings, for a page."""

    def variables(colours: tuple[str, ...]) -> str:
        return "".join(f"--s{i}:var(--tocsin-s{i},{colour});" for i, colour in enumerate(colours))

    classes = "".join(f".ts .s{i}{{fill:var(--s{i});stroke:var(--s{i})}}" for i in range(len(LIGHT)))
    return STYLE.format(light=variables(LIGHT), dark=variables(DARK), classes=classes)


def _svg_block(block: Block, y: int) -> tuple[list[str], int]:
    """The lines of one kind of count from `y` down, and where they end."""
    bottom = y + LINE * (len(block.rows) + 1 + (block.estimate is not None))
    parts = [f'<text class="h" x="0" y="{y + 16}">{_xml(block.name)}</text>']
    for tick in block.ticks():
        x = _x(block, tick)
        parts.append(f'<line class="g" x1="{x}" x2="{x}" y1="{y + 21}" y2="{bottom}"/>')
        parts.append(
            f'<text class="q" x="{x}" y="{y + 16}" font-size="11" text-anchor="middle">{number_words(tick)}</text>'
        )
    y += LINE
    for row in block.rows:
        parts += _svg_row(block, row, y)
        y += LINE
    if block.estimate:
        low, best, high = (_x(block, value) for value in block.estimate[:3])
        middle = y + LINE // 2
        parts.append(f'<text class="h" x="18" y="{y + 16}">estimate</text>')
        parts.append(f'<line class="e" x1="{low - 2:g}" x2="{high + 2:g}" y1="{middle}" y2="{middle}"/>')
        parts.append(f'<circle cx="{best}" cy="{middle}" r="5" fill="currentColor"/>')
        parts.append(_value(estimate_short(block), y))
        y += LINE
    return parts, y + 10


def estimate_short(block: Block) -> str:
    """The best estimate alone, for the end of a bar."""
    return number_words(block.estimate.best) if block.estimate else ""


def _svg_row(block: Block, row: Row, y: int) -> list[str]:
    """Letter, day, source, bar and words of one figure."""
    middle = y + LINE // 2
    told = f"{row.letter}  {row.day}  {shorten(row.source, 26)}"
    return [
        f'<text x="0" y="{y + 16}" xml:space="preserve">{_xml(told)}</text>',
        f'<g class="s{row.voice % len(LIGHT)}">{_svg_bar(block, row, middle)}</g>',
        _value(row.words, y),
    ]


def _value(words: str, y: int) -> str:
    return f'<text x="{WIDTH}" y="{y + 16}" text-anchor="end">{_xml(words)}</text>'


def _x(block: Block, value: float) -> float:
    """Where a number lies, in the SVG's units."""
    return round(LEFT + block.share(value) * (WIDTH - RIGHT - LEFT), 1)


def _svg_bar(block: Block, row: Row, y: int) -> str:
    """A mark for a number, else a line from bound to bound; an open end is an arrow."""
    first = LEFT if row.low is None else _x(block, row.low)
    last = WIDTH - RIGHT if row.high is None else _x(block, row.high)
    if row.low is None and row.high is None:
        return ""
    if row.low == row.high:
        width = (last - LEFT) * 0.1 if row.about else 0.0
        around = f'<line x1="{first - width:.1f}" x2="{first + width:.1f}" y1="{y}" y2="{y}" stroke-width="2"/>'
        return (around if row.about else "") + _shape(row.voice, first, y)
    ends = [_arrow(first, y, -1) if row.low is None else _stop(first, y)]
    ends.append(_arrow(last, y, 1) if row.high is None else _stop(last, y))
    known = [x for x, end in ((first, row.low), (last, row.high)) if end is not None]
    line = f'<line x1="{first}" x2="{last}" y1="{y}" y2="{y}" stroke-width="2"/>'
    return line + "".join(ends) + (_shape(row.voice, known[0], y) if len(known) == 1 else "")


def _stop(x: float, y: int) -> str:
    return f'<line x1="{x}" x2="{x}" y1="{y - 5}" y2="{y + 5}" stroke-width="2"/>'


def _arrow(x: float, y: int, way: int) -> str:
    return f'<path d="M{x} {y}l{-8 * way} -5v10z"/>'


def _shape(voice: int, x: float, y: int) -> str:
    """The shape of a source: circle, square, diamond, triangle up, triangle down, star."""
    paths = (
        None, "m-5 -5h10v10h-10z", "m0 -7l6 7l-6 7l-6 -7z", "m0 -6l6 11h-12z", "m0 6l6 -11h-12z",
        "m0 -7l2 5h5l-4 3l2 6l-5 -4l-5 4l2 -6l-4 -3h5z",
    )  # fmt: skip
    path = paths[voice % len(paths)]
    return f'<circle cx="{x}" cy="{y}" r="5"/>' if path is None else f'<path d="M{x} {y}{path}"/>'


def _xml(text: str) -> str:
    return escape(one_line(text))
