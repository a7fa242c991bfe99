from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from tocsin.show.plain import one_line, shorten


@given(st.text())
def test_one_line_moves_no_cursor(text: str) -> None:
    line = one_line(text)
    assert not any(unicodedata.category(char) in ("Cc", "Zl", "Zp", "Cs") for char in line)
    assert not set("\u202e\u2066\u200f") & set(line)
    assert one_line(line) == line


def test_escape_sequences_and_line_ends_go() -> None:
    assert one_line("red \x1b[31malert\x1b[0m\r\nnext\tone ") == "red [31malert[0m next one"


@given(st.text(), st.integers(min_value=2, max_value=90))
def test_a_shortened_text_fits(text: str, width: int) -> None:
    assert len(shorten(text, width)) <= width


def test_a_text_is_cut_at_a_word() -> None:
    assert shorten("The army said on Monday", 14) == "The army said…"
    assert shorten("short", 14) == "short"
