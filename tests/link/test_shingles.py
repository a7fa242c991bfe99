"""Sketches of shingles: exact while they are not full, and fair samples after."""

from __future__ import annotations

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.link.shingles import Hashes, common, lowest, opened, overlap, shingled

MOST = 1024


def marks(words: list[str]) -> list[int]:
    return [zlib.crc32(word.encode()) for word in words]


def sketch(words: list[str], most: int = MOST) -> Hashes:
    return opened(lowest(shingled(marks(words), 4), most))


def runs(words: list[str]) -> set[tuple[str, ...]]:
    return {tuple(words[k : k + 4]) for k in range(max(1, len(words) - 3))} if words else set()


WORDS = st.lists(st.sampled_from("abcde"), max_size=60)


@given(one=WORDS, other=WORDS)
def test_short_texts_are_compared_exactly(one: list[str], other: list[str]) -> None:
    found = common(sketch(one), sketch(other), MOST)
    a, b = runs(one), runs(other)
    assert found.shared == len(a & b)
    assert found.least == min(len(a), len(b))
    assert found.resemblance == (len(a & b) / len(a | b) if a | b else 0.0)
    assert found.containment == (len(a & b) / min(len(a), len(b)) if a and b else 0.0)


def test_long_texts_are_sampled_fairly() -> None:
    book = [f"w{n}" for n in range(20_000)]
    found = common(sketch(book), sketch(book[5_000:15_000] + [f"x{n}" for n in range(10_000)]), MOST)
    assert found.resemblance == pytest.approx(1 / 3, abs=0.05)
    cut = common(sketch(book), sketch(book[3_000:4_500]), MOST)
    assert cut.containment == 1.0
    assert cut.resemblance == pytest.approx(0.075, abs=0.03)


def test_the_lowest_hashes_of_a_text_are_among_those_of_its_part() -> None:
    book = [f"w{n}" for n in range(600)]
    part = sketch(book[100:300])
    keys = [value for value in sketch(book)[:24].tolist() if value in set(sketch(book[100:300]).tolist())]
    assert keys
    assert set(keys) <= set(part[:24].tolist())


def test_hashes_are_the_same_on_every_machine() -> None:
    assert shingled(marks(["the", "quick", "brown", "fox", "jumps"]), 4).tolist() == [1674542817, 3855633216]


def test_nothing_is_shared_with_nothing() -> None:
    assert overlap(sketch([]), sketch(["a"])) == 0
    assert common(sketch([]), sketch([]), MOST).resemblance == 0.0
