"""The parsed text: where characters and tokens of it lie."""

from __future__ import annotations

import gc
import weakref

from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.claim.attribution import scan
from tocsin.claim.build import read_claims, read_mentions
from tocsin.model import Document
from tocsin.understand.pipeline import load, parse_text
from tocsin.understand.reading import understand

TEXTS = st.lists(st.sampled_from(["rebels", "He said", "“no”", "''", "’s", "\u00ad", "\n\n", "  ", "U.S.", "-", "_"]))


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
