"""Stems: those of the Snowball stemmer, as PostgreSQL has it."""

from __future__ import annotations

import random

import psycopg
import pytest

from tocsin.ledger.stems import stem

ENDINGS = (
    "s es ed ing ly edly ingly eed eedly ation ational ness ful fulness ously ousness ize izer ization ability ably "
    "ator alism ality ally ogy ogi ogist less lessly ive ative iveness ivity ement ment ies ied y yed ying e l ll ion "
    "ent ently ism ic icate icity ical er ance ancy ency us ss"
)
BEGINNINGS = (
    "d di dy l ly t sk ski kill miss attack general generat commun arsen news new inn cann herr proce succee us use "
    "bomb sto plan hop hopp fall roll control travel country count stat agree fre luxur cri try tri play boy say hero "
    "destroy soldier militar nation ration poli polit terror organ capital social activ creat milit hostil ugl on gent "
    "id earl singl"
)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("died", "die", True), ("dying", "die", True), ("killings", "kill", True), ("cities", "city", True),
        ("us", "used", False), ("news", "new", False), ("general", "generation", False), ("one", "on", False),
    ],
)  # fmt: skip
def test_what_is_one_word_and_what_is_two(one: str, other: str, same: bool) -> None:
    assert (stem(one) == stem(other)) is same


@pytest.mark.parametrize("word", ["", "a", "s", "is", "2024", "tu154s", "москвы", "ceļš", "東京"])
def test_what_is_no_english_word_stays(word: str) -> None:
    assert stem(word) == word


def test_stems_are_those_of_postgresql(postgres_server: str) -> None:
    drawn = random.Random(3)
    endings = ["", *ENDINGS.split()]
    words = [begins + ends for begins in BEGINNINGS.split() for ends in endings]
    words += [one + ends for one in words[::3] for ends in drawn.sample(endings, 3)]
    words += ["".join(drawn.choice("aeiouybdlnrstxw") for _ in range(drawn.randint(1, 9))) for _ in range(10_000)]
    asked = (
        "SELECT (ts_lexize('english_stem', word))[1] FROM unnest(%s::text[]) WITH ORDINALITY AS w (word, n) ORDER BY n"
    )
    with psycopg.connect(f"{postgres_server}/postgres") as connection:
        theirs = [found for (found,) in connection.execute(asked, (words,))]
    pairs = zip(words, theirs, strict=True)
    assert not {word: (stem(word), other) for word, other in pairs if other and stem(word) != other}
