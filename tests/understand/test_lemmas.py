"""Lemmas that spaCy's rules get wrong are set right, in the pipeline and by themselves."""

from __future__ import annotations

import pytest

from tocsin.understand.lemmas import mended
from tocsin.understand.pipeline import load, parse_many, prepare


@pytest.mark.parametrize(
    ("word", "said", "pos", "lemma"),
    [
        ("hoped", "hop", "VERB", "hope"),
        ("hopped", "hop", "VERB", "hop"),
        ("raping", "rap", "VERB", "rape"),
        ("staged", "stag", "VERB", "stage"),
        ("hopes", "hop", "VERB", "hope"),
        ("goes", "go", "VERB", "go"),
        ("catches", "catch", "VERB", "catch"),
        ("strove", "strove", "VERB", "strive"),
        ("quitting", "quit", "VERB", "quit"),
        ("bused", "bus", "VERB", "bus"),
        ("fixed", "fix", "VERB", "fix"),
        ("played", "play", "VERB", "play"),
        ("visited", "visit", "VERB", "visit"),
        ("attacked", "attack", "VERB", "attack"),
        ("feed", "feed", "VERB", "feed"),
        ("bases", "basis", "NOUN", "base"),
        ("bases", "base", "VERB", "base"),
        ("crises", "crisis", "NOUN", "crisis"),
        ("Rap", "Rap", "PROPN", "Rap"),
    ],
)
def test_a_lemma_is_that_of_the_word_that_takes_the_form(word: str, said: str, pos: str, lemma: str) -> None:
    assert mended(word, said, pos) == lemma


def test_the_pipeline_has_them() -> None:
    text = "They staged a raid on two bases near the hills and hoped to leave none of their corpses behind."
    (parse,) = parse_many(load(), [("a", prepare(text))])
    said = dict(zip(parse.lower, parse.lemma, strict=True))
    assert [said[word] for word in ("staged", "bases", "hills", "hoped", "corpses")] == [
        "stage", "base", "hill", "hope", "corpse",
    ]  # fmt: skip
