"""Capitals put back into texts of one case."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.understand.casing import one_case, recased
from tocsin.understand.pipeline import load, parse_text

TELEGRAPH = (
    "SAN SALVADOR, 12 MARCH. REBELS ATTACKED A BRIDGE NEAR THE TOWN OF USULUTAN YESTERDAY. MAYOR JOSE PEREZ OF THE "
    "PDC SAID THAT THREE SOLDIERS DIED. THE UNITED NATIONS ASKED BOTH SIDES TO STOP."
)
ARCHIVE = (
    "new delhi: police on friday arrested two men in gujarat. the home minister said in parliament that the us embassy "
    "had been told. chief minister sharma of the bjp did not speak."
)


@pytest.mark.parametrize("text", [TELEGRAPH, ARCHIVE])
def test_a_text_of_one_case_is_known_and_gets_its_names_back(text: str) -> None:
    assert one_case(text)
    assert not one_case(recased(text))


def test_names_get_capitals_and_words_lose_them() -> None:
    found = recased(TELEGRAPH)
    assert found.startswith("San Salvador, 12 March. Rebels attacked a bridge near the town of Usulutan yesterday.")
    assert "United Nations" in found
    assert "PDC said" in found
    found = recased(ARCHIVE)
    assert found.startswith("New Delhi: police on Friday arrested two men in Gujarat. The")
    assert "BJP" in found


@pytest.mark.parametrize("text", ["", "OK.", "The army said on Monday that it had shelled the port of Goma. " * 3])
def test_prose_and_scraps_are_left_alone(text: str) -> None:
    assert not one_case(text)


def test_what_is_read_is_shown_as_it_was_written() -> None:
    parse = parse_text(load(), TELEGRAPH)
    assert parse.text == TELEGRAPH
    k = parse.word.index("Usulutan")
    assert parse.tokens(k, k + 1).text == "USULUTAN"


@given(st.text(max_size=200))
def test_no_letter_is_added_or_lost(text: str) -> None:
    found = recased(text)
    assert len(found) == len(text)
    assert found.casefold() == text.casefold() or any(len(c.lower()) != 1 for c in text) or not text.isascii()
