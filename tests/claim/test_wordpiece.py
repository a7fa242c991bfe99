"""Words cut into the pieces of a vocabulary."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.claim.wordpiece import Vocabulary, runs

PIECES = (
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "_",
    "mis",
    "##sile",
    "##s",
    "missile",
    "'",
    "don",
    "t",
    "$",
    "5",
    "u",
    ".",
)


@pytest.fixture
def vocabulary() -> Vocabulary:
    return Vocabulary(PIECES)


def said(vocabulary: Vocabulary, word: str) -> list[str]:
    return [PIECES[number] for number in vocabulary.pieces(word)]


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("missiles", ["missile", "##s"]),
        ("MISSILES", ["missile", "##s"]),
        ("misses", ["[UNK]"]),
        ("don't", ["don", "'", "t"]),
        ("$5", ["$", "5"]),
        ("U.", ["u", "."]),
        ("mïs", ["mis"]),
        (" ", ["_"]),
        ("\u200b", []),
        ("x" * 101, ["[UNK]"]),
    ],
)
def test_a_word_is_cut_into_the_longest_pieces(vocabulary: Vocabulary, word: str, pieces: list[str]) -> None:
    assert said(vocabulary, word) == pieces


def test_what_is_forgotten_is_cut_the_same_again(vocabulary: Vocabulary, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary.known, "most", 1)
    first = said(vocabulary, "missiles")
    assert said(vocabulary, "don't") == ["don", "'", "t"]
    assert said(vocabulary, "5") == ["5"]
    assert "missiles" not in vocabulary.known
    assert said(vocabulary, "missiles") == first


@given(st.text(max_size=30))
def test_runs_hold_no_space_and_no_capital(word: str) -> None:
    for run in runs(word):
        assert run
        assert not any(char.isspace() for char in run)
