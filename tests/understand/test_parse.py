"""The parsed text: where characters and tokens of it lie."""

from __future__ import annotations

import gc
import weakref

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.claim.attribution import scan
from tocsin.claim.build import read_claims, read_mentions
from tocsin.model import Document
from tocsin.understand.pipeline import PLAIN, load, parse_text, prepare
from tocsin.understand.reading import understand

TEXTS = st.lists(st.sampled_from(["rebels", "He said", "“no”", "''", "’s", "\u00ad", "\n\n", "  ", "U.S.", "-", "_"]))


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("he left _ and came back", "he left - and came back"),
        ("_ he_left _b_ __", "- he_left _b_ __"),
        ("the ''old''  wire", 'the "old" wire'),
        ("\u00ad he", "he"),
        ("a\u200bb \u00ad c", "ab  c"),
        ("one\ttwo\n three", "one two three"),
    ],
)
def test_texts_are_made_ready(text: str, clean: str) -> None:
    assert prepare(text).text == clean


@given(TEXTS, st.integers(0, 4))
def test_each_character_kept_is_that_of_the_text(words: list[str], body: int) -> None:
    text = " ".join(words)
    clean = prepare(text, body)
    assert len(clean.origin) == len(clean.text) + 1
    assert list(clean.origin) == sorted(set(clean.origin))
    for char, at in zip(clean.text, clean.origin, strict=False):
        read = text[at].translate(PLAIN)
        assert at >= body
        assert char == read or (char, read) in ((" ", "\n"), ("-", "_")) or (char == '"' and text[at : at + 2] == "''")


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_characters_are_found_where_they_were(words: list[str]) -> None:
    text = " ".join(words)
    parse = parse_text(load(), text)
    kept = dict(zip(parse.origin, range(len(parse.origin)), strict=True))
    for offset in range(-1, len(text) + 2):
        assert parse.clean_at(offset) == kept.get(offset)


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_a_character_belongs_to_the_token_that_holds_it_or_stands_before(words: list[str]) -> None:
    parse = parse_text(load(), " ".join(words))
    for at in range(len(parse.clean) + 1):
        begun = [i for i, start in enumerate(parse.start) if start <= at]
        assert parse.token_at(at) == max(begun, default=0)


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_children_hang_from_their_heads_in_the_order_of_the_text(words: list[str]) -> None:
    parse = parse_text(load(), " ".join(words))
    for i, children in enumerate(parse.children):
        assert list(children) == [k for k, head in enumerate(parse.head) if head == i and k != i]


def test_a_document_read_is_free_when_nobody_holds_it() -> None:
    """Nothing in it points back at it: otherwise each would stay in memory until cycles are next collected."""
    text = "President Anna Kovac said on Monday that her troops killed five rebels in Kursk. They had fled, she said."
    gc.disable()
    try:
        parse = parse_text(load(), text)
        reading, found = understand(Document(id="1", text=text), parse), scan(parse)
        assert read_claims(reading, found)
        assert read_mentions(reading, found).actors
        watched = [weakref.ref(parse), weakref.ref(reading)]
        del parse, reading, found
        assert [watch() for watch in watched] == [None, None]
    finally:
        gc.enable()
