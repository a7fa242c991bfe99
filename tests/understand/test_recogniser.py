"""The entities that are decoded for a batch at once are those that spaCy's own recogniser finds."""

from __future__ import annotations

import functools

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from tocsin.understand.parse import Entity
from tocsin.understand.pipeline import DEFAULT_MODEL, load, parse_many, prepare, tokenise
from tocsin.understand.recogniser import NER, Recogniser, can_decode

TEXTS = [
    "The Foreign Ministry in Oslo said on 12 March 2024 that 1,200 people had fled the Lake Chad Basin.",
    "Reuters, citing Gen. Amina Yusuf of the Third Division, put the cost at about $3 million (€2.8 million).\n\n"
    "GENEVA. The United Nations High Commissioner for Refugees Filippo Grandi was in New York on Monday.",
    "Two. O.\n\nMinister of Foreign Affairs of the Republic of",
    "",
]


@functools.cache
def whole() -> Language:
    return spacy.load(DEFAULT_MODEL)


@functools.cache
def own() -> Recogniser:
    assert can_decode(whole())
    return Recogniser(whole())


def assert_same(texts: list[str]) -> None:
    docs = list(whole().pipe([tokenise(whole(), prepare(text)) for text in texts]))
    spacys = [[Entity(e.start, e.end, e.label_) for e in doc.ents] for doc in docs]
    assert own().of(docs) == spacys


def test_entities_are_spacys_own() -> None:
    docs = list(whole().pipe(TEXTS))
    assert sum(len(doc.ents) for doc in docs) > 8
    assert_same(TEXTS)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(st.sampled_from("AaBb .\n,1$U-Gn"), max_size=80), min_size=1, max_size=4))
def test_entities_are_spacys_own_for_any_text(texts: list[str]) -> None:
    assert_same(texts)


def test_a_text_has_the_same_entities_alone_and_among_others() -> None:
    together = [parse.entities for parse in parse_many(load(), [(text, prepare(text)) for text in TEXTS])]
    alone = [next(parse_many(load(), [(text, prepare(text))])).entities for text in TEXTS]
    assert together == alone
    assert NER in load().disabled


@pytest.mark.parametrize("change", ["entity_ruler", "beam"])
def test_a_pipeline_with_other_entities_is_left_to_spacy(change: str) -> None:
    other = spacy.load(DEFAULT_MODEL)
    if change == "entity_ruler":
        other.add_pipe("entity_ruler")
    else:
        other.get_pipe(NER).cfg["beam_width"] = 4  # type: ignore[attr-defined]
    assert not can_decode(other)
    assert not can_decode(spacy.blank("en"))
