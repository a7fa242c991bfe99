"""Series drawn: on a terminal of any width, and as SVG that stands alone."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from io import StringIO

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from tocsin.judgement import Consolidated, Judged, Point, Series
from tocsin.show.series_chart import DARK, LIGHT, bar, chart, description, svg
from tocsin.show.series_rows import Block, Row, blocks, letter

SVG = "{http://www.w3.org/2000/svg}"


def point(source: str, low: float | None, high: float | None, qualifier: str = "exact", **fields: object) -> Point:
    given = {
        "claim": f"{source}{low}", "what": "killed", "low": low, "high": high, "qualifier": qualifier, "unit": None,
        "source": source, "family": source, "said_on": "2024-12-23", "begins": None, "ends": None, "words": "so many",
    }  # fmt: skip
    return msgspec.convert(given | fields, Point)


POINTS = (
    point("police", 82, None, "at_least"),
    point("Red Cross", 100, 100, "about"),
    point("army", None, 40, "at_most"),
    point("ministry", 90, 120, "range", said_on=None),
    point("police", 147, 147, said_on="2024-12-24"),
)
SERIES = Series(
    title="Bombing in Kano",
    what=("killed",),
    unit=None,
    points=POINTS,
    judged=(
        Judged(a=(0,), b=(1,), verdict="agrees", rule="they overlap"),
        Judged(a=(0,), b=(2,), verdict="contradicts", rule="no overlap"),
        Judged(a=(0,), b=(4,), verdict="revises", rule="later"),
    ),
    consolidated={"killed": Consolidated(low=90, best=147, high=147, rule="as police said")},
)


def printed(series: Series, width: int) -> str:
    stream = StringIO()
    console = Console(file=stream, width=width, highlight=False, markup=False, force_terminal=False)
    for part in chart(series, width):
        console.print(part)
    return stream.getvalue()


def test_a_terminal_of_80_columns_shows_every_figure_with_its_bar() -> None:
    lines = printed(SERIES, 80).splitlines()
    assert all(len(line) <= 80 for line in lines)
    rows = {line.split()[0]: line for line in lines if line[:2].strip() in list("abcde")}
    assert "● police" in rows["a"]
    assert "≥ 82" in rows["a"]
    assert rows["a"].rstrip().endswith("▶")
    assert "~■~" in rows["b"]
    assert "◀" in rows["c"]
    assert "├─" in rows["d"]
    assert "no date" in rows["d"]
    assert rows["e"].count("●") == 2


def test_conflicts_are_told_first() -> None:
    text = printed(SERIES, 80)
    told = [line for line in text.splitlines() if line[:1] in "=≠↻→" and line[:1]]
    assert told == [
        "≠ c contradicts a: no overlap",
        "↻ e revises a: later",
        "= b agrees with a: they overlap",
    ]
    assert "killed: best 147, low 90, high 147; as police said" in text


@pytest.mark.parametrize("width", [20, 40, 59, 60, 100, 200])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    text = printed(SERIES, width)
    assert all(len(line) <= width for line in text.splitlines())
    assert ("├" in text) == (width >= 60)


def test_many_judgements_are_cut_with_their_number() -> None:
    many = msgspec.structs.replace(SERIES, judged=SERIES.judged * 10)
    assert "and 18 more judgements" in printed(many, 80)


def test_the_svg_is_one_well_formed_element_without_script_or_reference() -> None:
    drawn = svg(SERIES)
    root = ET.fromstring(drawn)
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    names = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert names <= {"svg", "title", "desc", "style", "text", "line", "circle", "path", "g"}
    assert "http" not in drawn.replace("http://www.w3.org/2000/svg", "")
    assert not any(name.startswith("on") for element in root.iter() for name in element.attrib)


def test_the_svg_has_title_and_description_by_id() -> None:
    root = ET.fromstring(svg(SERIES))
    ids = (root.get("aria-labelledby") or "").split()
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert desc is not None
    assert [title.get("id"), desc.get("id")] == ids
    assert title.text == "Bombing in Kano"
    assert desc.text == description(SERIES)
    assert "a: police, 2024-12-23: ≥ 82 killed." in description(SERIES)
    assert "c contradicts a." in description(SERIES)


def test_every_figure_of_the_svg_is_a_label_too() -> None:
    labels = [element.text or "" for element in ET.fromstring(svg(SERIES)).iter(f"{SVG}text")]
    for words in ("≥ 82", "~100", "≤ 40", "90–120", "147"):
        assert words in labels
    assert sum("police" in label for label in labels) == 2


def test_sources_differ_by_shape_as_well_as_by_colour() -> None:
    groups = list(ET.fromstring(svg(SERIES)).iter(f"{SVG}g"))
    shapes = {
        g.get("class"): [e.tag.removeprefix(SVG) + (e.get("d") or "").partition("m")[2] for e in g][-1] for g in groups
    }
    assert len(set(shapes.values())) == len(shapes) == 4


def test_what_others_wrote_is_escaped() -> None:
    bad = msgspec.structs.replace(SERIES, title="<script>&\x1b[31m", points=(point("</svg>", 1, 1),), judged=())
    assert "<script>" not in svg(bad)
    ET.fromstring(svg(bad))
    assert "\x1b" not in printed(bad, 80)


def _contrast(a: str, b: str) -> float:
    """The contrast of two colours, by WCAG 2.2."""

    def light(colour: str) -> float:
        channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    first, second = sorted((light(a), light(b)), reverse=True)
    return (first + 0.05) / (second + 0.05)


@pytest.mark.parametrize(("colours", "ground"), [(LIGHT, "#ffffff"), (DARK, "#1c1c1c")])
def test_colours_stand_out_from_their_ground(colours: tuple[str, ...], ground: str) -> None:
    assert all(_contrast(colour, ground) >= 4.5 for colour in colours)


ENDS = st.one_of(st.none(), st.integers(0, 10**9).map(float))


@given(st.lists(st.tuples(ENDS, ENDS, st.sampled_from(["exact", "about", "vague"])), min_size=1, max_size=30))
def test_any_figures_can_be_drawn(rows: list[tuple[float | None, float | None, str]]) -> None:
    points = tuple(
        point("x", *(sorted((low, high)) if low is not None and high is not None else (low, high)), qualifier)
        for low, high, qualifier in rows
    )
    series = msgspec.structs.replace(SERIES, points=points, judged=(), consolidated={})
    ET.fromstring(svg(series))
    assert svg(series) == svg(series)
    assert all(len(line) <= 80 for line in printed(series, 80).splitlines())


@given(ENDS, ENDS, st.booleans(), st.integers(12, 120))
def test_a_bar_fits_its_cells(low: float | None, high: float | None, about: bool, width: int) -> None:
    if low is not None and high is not None and low > high:
        low, high = high, low
    row = Row("a", "2024-12-23", "x", 0, "", low, high, about)
    assert len(bar(Block("killed", (row,), None, 2.5e8, 1e9), row, width)) <= width


def test_an_axis_holds_all_numbers() -> None:
    (block,) = blocks(SERIES)
    assert block.ticks() == [0.0, 50.0, 100.0, 150.0, 200.0]
    assert block.top > 147


def test_letters_go_on_after_z() -> None:
    assert [letter(at) for at in (0, 25, 26, 701, 702)] == ["a", "z", "aa", "zz", "aaa"]
