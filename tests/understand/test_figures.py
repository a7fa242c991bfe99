"""Figures: what counts, its bounds, and what it counts."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.understand.figure_lexicon import Example, tables
from tocsin.understand.figures import bounds, find_figures, find_figures_with_tokens
from tocsin.understand.numbers import Number
from tocsin.understand.parse import Parse
from tocsin.understand.pipeline import load, parse_text

TRAIN = Path(__file__).resolve().parents[3] / "shared" / "train"
EXAMPLES = tables().examples


def parse(text: str) -> Parse:
    return parse_text(load(), text)


def shown(value: float | str | None) -> str:
    """A bound or unit as the lexicon's examples write it."""
    return "-" if value is None else str(value).removesuffix(".0")


@pytest.mark.parametrize("example", EXAMPLES, ids=[e.text for e in EXAMPLES])
def test_examples_of_the_lexicon(example: Example) -> None:
    found = [
        f"{f.what} {shown(f.low)} {shown(f.high)} {shown(f.unit)} {f.qualifier}"
        for f in find_figures(parse(example.text))
    ]
    assert found == list(example.figures)


def test_cue_and_unit_are_part_of_the_figure() -> None:
    found = find_figures(parse("It cost at least $1.5 billion and took more than three years."))
    assert [f.text for f in found] == ["at least $1.5 billion", "more than three years"]


def test_tokens_noun_and_governor() -> None:
    text = parse("The strike killed at least 10 civilians.")
    (found,) = find_figures_with_tokens(text)
    assert text.words(found.start, found.end) == "at least 10"
    assert text.word[found.noun] == "civilians"
    assert text.word[found.governor] == "killed"


def test_offsets_are_into_the_text_as_read() -> None:
    text = "KABUL  —  “Some\u00a0500   people”\nwere killed,\n and 1,200 hurt."
    for figure in find_figures(parse(text)):
        assert text[figure.start : figure.end] == figure.text


def test_empty_text_has_none() -> None:
    assert find_figures(parse("")) == []


@pytest.mark.parametrize(
    ("kind", "qualifier", "expected"),
    [
        ("exact", None, (10, 10, "exact")),
        ("exact", "about", (10, 10, "about")),
        ("exact", "at_least", (10, None, "at_least")),
        ("exact", "at_most", (None, 10, "at_most")),
        ("range", "about", (10, 10, "range")),
        ("vague", "at_most", (None, 10, "at_most")),
        ("about", None, (10, 10, "about")),
    ],
)  # fmt: skip
def test_bounds(kind: str, qualifier: str | None, expected: tuple[float | None, float | None, str]) -> None:
    assert bounds(Number(10, 10, kind, 0, 1), qualifier, 1) == expected  # type: ignore[arg-type]


PIECES = [
    "at least", "ten", "12", "people", "were killed", "and", "$5bn", "(£3.8bn)", "two-year", "dozens", "of",
    "in 2019", "the", "a few hundred", "soldiers", "between 30 and 40", ",", ".", "percent", "May 6", "said",
    "aged 34", "half", "-", "more than", "one", "hundreds of thousands", "missing", "a week", "No. 2",
]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14))
def test_any_text_gives_figures_in_order_that_slice_to_their_words(pieces: list[str]) -> None:
    text = " ".join(pieces)
    found = find_figures(parse(text))
    assert [f.start for f in found] == sorted(f.start for f in found)
    for figure in found:
        assert text[figure.start : figure.end] == figure.text
        assert figure.low is not None or figure.high is not None
    for left, right in pairwise(found):
        assert left.end <= right.start


@pytest.mark.skipif(not TRAIN.is_dir(), reason="the annotated articles are not beside the repository")
def test_annotated_figures_are_found() -> None:
    right = total = 0
    for path in sorted(TRAIN.glob("*.json"))[::6]:
        article = json.loads(path.read_text(encoding="utf-8"))
        figures = [figure for claim in article["claims"] for figure in claim["figures"]]
        if not figures:
            continue
        found = find_figures(parse(article["text"]))
        for gold in figures:
            total += 1
            right += any(
                f.start < gold["end"] and gold["start"] < f.end and f.what in gold["what"]
                and (f.low, f.high) == (gold["low"], gold["high"])
                for f in found
            )  # fmt: skip
    assert total > 50
    assert right / total >= 0.90
