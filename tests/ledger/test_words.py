"""Full text: how text and questions are cut, the same for both engines."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.errors import UsageError
from tocsin.ledger.words import (
    LONGEST_WORD,
    MOST_DISTINCT,
    Term,
    folded,
    fts5_question,
    indexed,
    stemmed,
    terms,
    tsquery_question,
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The U.S.-led café, 1,100 men", ["The", "U", "S", "led", "cafe", "1", "100", "men"]),
        ("Łódź snake_case don't", ["Łodz", "snake", "case", "don", "t"]),
        ("東京 Ελλάδα", ["東京", "Ελλαδα"]),
        ("", []),
    ],
)
def test_text_is_cut_into_words(text: str, words: list[str]) -> None:
    assert folded(text) == words


def test_a_question_is_taken_apart() -> None:
    assert terms('missiles "North Korea" -drones -"air force" launch* U.S.') == (
        Term(("missiles",)), Term(("North", "Korea")), Term(("drones",), True), Term(("air", "force"), True),
        Term(("launch",), False, True), Term(("U", "S")),
    )  # fmt: skip


def test_a_question_in_both_languages() -> None:
    question = terms('"North Korea" launch* -drones')
    assert fts5_question(question, "actors") == 'actors : (("north korea" AND "launch"*) NOT ("drone"))'
    assert tsquery_question(question) == "('north' <-> 'korea') & ('launch':*) & !('drone')"


def test_a_beginning_is_that_of_a_word_or_of_its_stem() -> None:
    question = terms("U.S.-countries*")
    assert fts5_question(question) == '(("u s countri"* OR "u s countries"*))'
    assert tsquery_question(question) == "('u' <-> 's' <-> 'countri':* | 'u' <-> 's' <-> 'countries':*)"


@pytest.mark.parametrize(
    ("word", "same"), [("Tromsø", "tromso"), ("ŁÓDŹ", "lodz"), ("Straße", "STRASSE"), ("Ağrı", "agri")]
)
def test_letters_without_their_marks_are_the_same(word: str, same: str) -> None:
    assert indexed(word) == indexed(same)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("died", "die", True), ("dying", "die", True), ("Killings", "kill", True), ("cities", "city", True),
        ("us", "used", False), ("news", "new", False), ("general", "generation", False), ("one", "on", False),
        ("москвы", "москва", False),
    ],
)  # fmt: skip
def test_what_is_one_word_and_what_is_two(one: str, other: str, same: bool) -> None:
    assert (indexed(one) == indexed(other)) is same


def test_words_are_stemmed_alike_in_all_threads() -> None:
    words = [f"{begins}{ends}" for begins in ("kill", "bomb", "nation", "arrest") for ends in ("ed", "ing", "s", "al")]
    stemmed.cache_clear()
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(stemmed.__wrapped__, words * 500))
    assert found == list(map(stemmed, words)) * 500


def test_what_is_indexed_stays_in_bounds() -> None:
    many = " ".join(f"w{n}" for n in range(200_000))
    kept = indexed(many).split()
    assert 50_000 < len(kept) < 200_000
    assert sum(map(len, set(kept))) <= MOST_DISTINCT
    assert indexed("again " * 100_000).count("again") == 100_000
    assert indexed(f"a {'x' * (LONGEST_WORD + 1)} b") == "a b"


@given(question=st.text(max_size=40))
def test_sqlite_takes_every_question(question: str) -> None:
    try:
        asked = terms(question)
    except UsageError:
        return
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE t USING fts5(actors, tokenize = 'unicode61 remove_diacritics 2')")
    database.execute("SELECT * FROM t WHERE t MATCH ?", (fts5_question(asked, "actors"),)).fetchall()
    database.close()
