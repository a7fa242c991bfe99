"""Markup to text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.errors import Undecodable
from tocsin.read.markup import is_markup, parse_xml, sound_xml, to_text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
        ("<p>One\n  line,<br>another.</p>", "One line,\nanother."),
        ("<div>A<div>B</div>C</div>", "A\n\nB\n\nC"),
        ("<ul><li>A</li><li>B</li></ul>", "A\n\nB"),
        ("A <b>bold</b> word &amp; a caf&eacute;&nbsp;&#8212; so.", "A bold word & a café — so."),
        ("<p>Said<!-- not this --> he.</p>", "Said he."),
        ("<style>p {}</style><script>x < y</script><p>A</p>tail<noscript>b</noscript> end", "A\n\ntail end"),
        ("<p>Unclosed <p>and < stray", "Unclosed\n\nand < stray"),
        ("", ""),
        ("  \n ", ""),
        ("a\x00b\ud800c", "a b c"),
        ("<div>" * 5000 + "deep &amp; down", "deep & down"),
    ],
)
def test_text(markup: str, text: str) -> None:
    assert to_text(markup) == text


@pytest.mark.parametrize(("words", "found"), [("a < b", False), ("<p>", True), ("x<br/>y", True), ("<name>", False)])
def test_what_is_markup(words: str, found: bool) -> None:
    assert is_markup(words) is found


@given(st.text(max_size=300))
def test_any_text_is_read(words: str) -> None:
    assert isinstance(to_text(words), str)
    assert isinstance(sound_xml(words), str)


@given(st.text(alphabet=st.characters(categories=["L", "N"]), min_size=1, max_size=50))
def test_words_stay(words: str) -> None:
    assert to_text(f"<p>{words}</p>") == words


@pytest.mark.parametrize("text", ["", "<", "<a>", "<a></b>", "<a>&undefined;</a>", "<a/><b/>", "text"])
def test_broken_xml_is_one_line(text: str) -> None:
    with pytest.raises(Undecodable) as caught:
        parse_xml(text, "x")
    assert "\n" not in str(caught.value)


def test_a_doctype_alone_does_no_harm() -> None:
    root = parse_xml(
        '<?xml version="1.0" encoding="utf-16"?>\n<!DOCTYPE a SYSTEM "http://x.example/a.dtd"><a>&mdash;</a>', "x"
    )
    assert root.text == "—"
