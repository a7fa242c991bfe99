"""Which words may fill a role."""

from __future__ import annotations

import pytest

from tocsin.claim.candidates import candidates
from tocsin.understand.pipeline import load, parse_text

NAMED = [
    ("NATO strikes killed three men.", {"NATO", "strikes", "men"}),
    ("A police raid ended the protest.", {"police", "raid", "protest"}),
    ("The rebel-held town was shelled.", {"rebel", "town"}),
    ("US-backed forces entered the town.", {"US", "forces", "town"}),
    ("The accused left the court.", {"accused", "court"}),
    ("The British withdrew.", {"British"}),
    ("Soldiers are stationed there.", {"Soldiers", "there"}),
    ("He won praise abroad.", {"He", "praise", "abroad"}),
]
NOT_NAMED = [
    ("There were clashes.", "There"),
    ("A car bomb exploded.", "car"),
    ("Officials in general agreed.", "general"),
    ("The three-day talks ended.", "day"),
    ("He left quickly.", "quickly"),
]


def words(text: str) -> set[str]:
    parse = parse_text(load(), text)
    return {parse.word[i] for heads in candidates(parse) for i in heads}


@pytest.mark.parametrize(("text", "expected"), NAMED)
def test_what_may_fill_a_role(text: str, expected: set[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(("text", "word"), NOT_NAMED)
def test_what_may_not(text: str, word: str) -> None:
    assert word not in words(text)
