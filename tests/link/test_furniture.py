"""Every example of every rule of furniture is taken, every counter-example stays."""

from __future__ import annotations

import pytest

from tocsin.link.furniture import is_furniture, stripped
from tocsin.link.kinrules import furniture
from tocsin.link.tokens import sentences_of

REPORT = ["Troops crossed the river at dawn.", "The minister resigned on Monday.", "Two bridges were blown up."]


@pytest.mark.parametrize(
    ("rule", "text"), [(rule.id, text) for rule in furniture() for text in rule.examples], ids=lambda value: value[:40]
)
def test_an_example_is_furniture(rule: str, text: str) -> None:
    assert is_furniture(text), rule


@pytest.mark.parametrize(
    ("rule", "text"), [(rule.id, text) for rule in furniture() for text in rule.not_], ids=lambda value: value[:40]
)
def test_a_counter_example_is_not(rule: str, text: str) -> None:
    assert not is_furniture(text), rule


def test_every_rule_has_both() -> None:
    assert all(rule.examples and rule.not_ for rule in furniture())


def test_what_readers_write_below_goes_as_well() -> None:
    page = "\n".join([*REPORT, "This discussion is now closed.", "He has no protection any more, says I."])
    assert [sentence.text for sentence in stripped(sentences_of(page))] == REPORT


def test_an_invitation_above_the_report_takes_only_itself() -> None:
    page = "\n".join(["Be the first to comment", *REPORT * 3])
    assert [sentence.text for sentence in stripped(sentences_of(page))] == REPORT * 3


def test_a_report_without_furniture_is_left_whole() -> None:
    assert [sentence.text for sentence in stripped(sentences_of(" ".join(REPORT)))] == REPORT
