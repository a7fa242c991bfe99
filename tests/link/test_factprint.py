"""The facts that are read from the surface of a text."""

from __future__ import annotations

import pytest

from tocsin.link.factprint import Facts, facts_of
from tocsin.link.tokens import sentences_of, tokens_of


def facts(text: str) -> Facts:
    return facts_of(sentences_of(text))


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("They lost 1,100 men.", {"1100"}),
        ("They lost two dozen men.", {"24"}),
        ("It cost 3.4 million dollars.", {"3.4e+06"}),
        ("A hundred thousand came.", {"100000"}),
        ("From 10 to 12 ships.", {"10", "12"}),
        ("Nobody came.", set()),
        ("It grew by ½ and by ²³.", set()),
    ],
)
def test_numbers(text: str, values: set[str]) -> None:
    assert facts(text).numbers == values


def test_a_name_at_the_head_of_a_sentence_is_not_certain() -> None:
    found = facts("Soldiers met Kim Jong Un. Kim smiled.")
    assert found.names == {"kim", "jong", "un"}
    assert found.leads == {"soldiers"}


def test_the_possessive_and_the_points_of_an_acronym_are_no_part_of_a_name() -> None:
    assert facts("He saw the U.S.'s envoy and Seoul’s mayor.").names == {"us", "seoul"}


def test_runs_of_a_quotation() -> None:
    assert facts('She said: "We will not go back." He left.').quotations == {
        "we will not",
        "will not go",
        "not go back",
    }
    assert facts("She said “we will not go back”, twice.").quotations == {"we will not", "will not go", "not go back"}
    assert facts("She said they would not go back.").quotations == set()


def test_days_and_months_are_times_and_no_names() -> None:
    found = facts("They may march on Monday, in May.")
    assert found.times == {"monday", "may"}
    assert found.names == set()


def test_countries_and_small_numbers_do_not_tell() -> None:
    found = facts("In 2011 the French and Rossini met in France with 3 of 250 men.")
    assert found.telling == {"rossini", "250"}


def test_endings_do_not_matter() -> None:
    assert {token.stem for token in tokens_of("launched launches launching")} == {"launch"}
