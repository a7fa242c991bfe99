"""Numbers as they are written, read from tokens."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.understand.figure_lexicon import tables
from tocsin.understand.numbers import Number, Reader, plain, whole


def read(text: str) -> Number | None:
    return Reader(tables().words, text.lower().split()).read(0)


@pytest.mark.parametrize(
    ("text", "low", "high", "kind"),
    [
        ("1,100", 1100, 1100, "exact"),
        ("1.65 million", 1650000, 1650000, "exact"),
        ("10bn", 1e10, 1e10, "exact"),
        ("3½", 3.5, 3.5, "exact"),
        ("2 1/2", 2.5, 2.5, "exact"),
        ("twenty - five", 25, 25, "exact"),
        ("two hundred and fifty thousand", 250000, 250000, "exact"),
        ("two and a half million", 2500000, 2500000, "exact"),
        ("a hundred and fifty", 150, 150, "exact"),
        ("two dozen", 24, 24, "exact"),
        ("half a dozen", 6, 6, "exact"),
        ("half a million", 500000, 500000, "about"),
        ("a quarter million", 250000, 250000, "about"),
        ("a couple of", 2, 2, "exact"),
        ("dozens", 24, None, "vague"),
        ("scores", 40, None, "vague"),
        ("several", 2, 9, "vague"),
        ("several hundred", 200, 999, "vague"),
        ("several thousand", 2000, 9999, "vague"),
        ("a few", 3, 5, "vague"),
        ("a few hundred", 300, 500, "vague"),
        ("hundreds", 200, None, "vague"),
        ("tens of thousands", 20000, None, "vague"),
        ("hundreds of thousands", 200000, None, "vague"),
        ("multibillion", 2e9, None, "vague"),
        ("30 - 40", 30, 40, "range"),
        ("200–400", 200, 400, "range"),
        ("20 to 30", 20, 30, "range"),
        ("two or three", 2, 3, "range"),
        ("50 - 60 million", 5e7, 6e7, "range"),
        ("two - thirds of", 66.7, 66.7, "percent"),
        ("a third of", 33.3, 33.3, "percent"),
    ],
)  # fmt: skip
def test_reads(text: str, low: float, high: float | None, kind: str) -> None:
    number = read(text)
    assert number is not None
    assert (number.low, number.high, number.kind) == (low, high, kind)


@pytest.mark.parametrize("text", ["11th", "1980s", "3.4.5", "9/11", "10:30", "a man", "scored", "few"])
def test_is_no_number(text: str) -> None:
    assert read(text) is None


def test_a_falling_pair_is_no_range() -> None:
    number = read("225 - 201")
    assert number is not None
    assert (number.low, number.high, number.end) == (225, 225, 1)


def test_a_change_is_no_range() -> None:
    number = Reader(tables().words, ["from", "90", "to", "300"]).read(1)
    assert number is not None
    assert number.kind == "exact"


@given(st.integers(min_value=0, max_value=10**12))
def test_digits_with_commas_keep_their_value(value: int) -> None:
    number = read(f"{value:,}")
    assert number is not None
    assert number.low == number.high == value
    assert plain(f"{value:,}") == value


WORDS = [
    "a", "one", "twenty", "-", "five", "hundred", "and", "half", "million", "of", "to", "several", "dozens", "third",
    "thousands", "3", "1.5", "10bn", "or", "between", "few", "score", "$", "1/2", "tens", "multi", "pair",
]  # fmt: skip


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=10))
def test_a_number_lies_where_it_was_read_and_its_bounds_are_in_order(tokens: list[str]) -> None:
    reader = Reader(tables().words, tokens)
    for i in range(len(tokens)):
        number = reader.read(i)
        if number is None:
            continue
        assert i <= number.start < number.end <= len(tokens)
        if number.low is not None and number.high is not None:
            assert number.low <= number.high


@given(st.floats(min_value=0, max_value=1e12))
def test_whole_stays_near(value: float) -> None:
    assert abs(whole(value) - value) <= 1e-6 * max(1.0, value)
