"""Noun phrases around a head: what belongs to a name, and what to a thing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.understand.parse import Parse
from tocsin.understand.phrases import core_phrase, head_of, name_phrase, object_phrase
from tocsin.understand.pipeline import load, parse_many, parse_text, prepare

TRAIN = Path(__file__).resolve().parents[3] / "shared" / "train"


def parse(text: str) -> Parse:
    return parse_text(load(), text)


def at(parsed: Parse, word: str) -> int:
    return parsed.word.index(word)


NAMES = [
    ("Nearly 200 Ruritanian soldiers were killed on Monday.", "soldiers", "Ruritanian soldiers"),
    ("Some 40 hooded gunmen attacked the village.", "gunmen", "hooded gunmen"),
    ("The government of Sudan rejected the plan.", "government", "The government of Sudan"),
    ("Rebels who had fled the town returned.", "Rebels", "Rebels"),
    ("The minister's office denied it.", "minister", "The minister"),
    ("Police and soldiers closed the road.", "Police", "Police"),
    ("The two countries signed a treaty.", "countries", "The two countries"),
    ("Anna Kovac, a spokeswoman for the ministry, said so.", "Kovac", "Anna Kovac, a spokeswoman for the ministry"),
    ("Officials in Geneva declined to comment.", "Officials", "Officials"),
    ("John Adams, 44, was arrested.", "Adams", "John Adams"),
]


@pytest.mark.parametrize(("text", "head", "phrase"), NAMES, ids=[phrase for _, _, phrase in NAMES])
def test_name_phrase(text: str, head: str, phrase: str) -> None:
    parsed = parse(text)
    assert parsed.words(*name_phrase(parsed, at(parsed, head))) == phrase


THINGS = [
    ("The army sent more than 40 tanks to the border.", "tanks", "more than 40 tanks"),
    ("They seized two tons of explosives.", "tons", "two tons of explosives"),
    ("Both drones that had been seen were shot down.", "drones", "Both drones"),
]


@pytest.mark.parametrize(("text", "head", "phrase"), THINGS, ids=[phrase for _, _, phrase in THINGS])
def test_object_phrase_keeps_numbers(text: str, head: str, phrase: str) -> None:
    parsed = parse(text)
    assert parsed.words(*object_phrase(parsed, at(parsed, head))) == phrase


def test_core_phrase_has_no_apposition() -> None:
    parsed = parse("The foreign minister, Anna Kovac, left on Friday.")
    assert parsed.words(*core_phrase(parsed, at(parsed, "minister"))) == "The foreign minister"


def test_head_of_is_the_noun_that_the_rest_hangs_on() -> None:
    parsed = parse("The new Ruritanian army commander resigned.")
    assert parsed.word[head_of(parsed, 0, 5)] == "commander"


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="aT e,.'\"()-1Uк\n", min_size=1, max_size=60))
def test_phrases_hold_their_head_in_any_text(text: str) -> None:
    parsed = parse(text)
    for i in range(len(parsed)):
        for make in (name_phrase, object_phrase, core_phrase):
            start, end = make(parsed, i)
            assert 0 <= start <= i < end <= len(parsed)


@pytest.mark.skipif(not TRAIN.is_dir(), reason="the annotated texts lie beside the repository, and are not here")
def test_spans_agree_with_the_annotated_ones() -> None:
    golds = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(TRAIN.glob("*.json"))[:60]]
    right = total = 0
    for gold, parsed in zip(golds, parse_many(load(), ((g["text"], prepare(g["text"])) for g in golds)), strict=True):
        for mention in (m for claim in gold["claims"] for role in ("actors", "recipients") for m in claim[role]):
            first, last = parsed.clean_at(mention["start"]), parsed.clean_at(mention["end"] - 1)
            if first is None or last is None:
                continue
            start, end = parsed.token_at(first), parsed.token_at(last) + 1
            right += name_phrase(parsed, head_of(parsed, start, end)) == (start, end)
            total += 1
    assert right / total >= 0.85
