"""Whom pronouns mean."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.understand.actors import Cast
from tocsin.understand.coreference import resolve_references
from tocsin.understand.coreference_quotes import Speakers, quotes
from tocsin.understand.parse import Parse
from tocsin.understand.pipeline import load, parse_text


def read(text: str) -> tuple[Parse, Cast]:
    parsed = parse_text(load(), text)
    return parsed, Cast.of(parsed, "2005-05-05")


MEANT = [
    ("Anna Kovac met John Adams on Monday. She left on Tuesday.", "She", "Anna Kovac"),
    ("Anna Kovac met John Adams on Monday. He left on Tuesday.", "He", "John Adams"),
    ("John Adams blamed Peter Brown. Peter Brown accused him of lying.", "him", "John Adams"),
    ("Kenya closed its border on Monday.", "its", "Kenya"),
    ("The rebels took the town. They burned three houses.", "They", "The rebels"),
    ("The minister said he would resign.", "he", "The minister"),
    ("Police arrested the students who had marched.", "who", "the students"),
    ("John Adams arrived. He spoke. He said he was tired.", "he", "John Adams"),
    ('"I will go," said Anna Kovac.', "I", "Anna Kovac"),
    ("An Airbus crashed, the Air Force said. It gave no cause but ruled out an attack.", "It", "the Air Force"),
    ("Hezbollah fired at the town. It said two fighters died.", "It", "Hezbollah"),
    ("John Adams called Peter Brown, urging him to leave.", "him", "Peter Brown"),
    ("Police arrested three students, claiming them to be spies.", "them", "students"),
    ("Kenya sued Uganda for its part in the raid.", "its", "Uganda"),
    ("Kenya praised the rebels for their restraint.", "their", "the rebels"),
    ("John Adams met Peter Brown. Peter Brown can stay if he likes.", "he", "Peter Brown"),
    ("The army saw rebels near the town. It said that 40 of them fled.", "them", "rebels"),
    ("A spokesman, John Adams, waited. Anna Kovac left. He smiled.", "He", "A spokesman"),
    ('Anna Kovac spoke on Monday, officials said. "We are ready."', "We", "officials"),
    ('Anna Kovac issued a statement saying, "We will stay."', "We", "Anna Kovac"),
    ('John Adams said no. "I will stay." Anna Kovac said yes.', "I", "John Adams"),
]


@pytest.mark.parametrize(("text", "pronoun", "meant"), MEANT, ids=[text for text, _, _ in MEANT])
def test_antecedents(text: str, pronoun: str, meant: str) -> None:
    parsed, found = read(text)
    antecedent = found.actor(parsed.word.index(pronoun)).antecedent
    assert antecedent is not None
    assert antecedent.text == meant


def test_a_thing_that_something_was_done_to_is_taken_up_beside_it() -> None:
    parsed, found = read("Sailors of Kenya boarded a freighter and searched it.")
    assert found.actor(parsed.word.index("it")).antecedent is None
    parsed, found = read("Sailors attacked Kenya and bombed it.")
    antecedent = found.actor(parsed.word.index("it")).antecedent
    assert antecedent is not None
    assert antecedent.text == "Kenya"


def test_a_pronoun_takes_country_and_sector_of_whom_it_means() -> None:
    parsed, found = read("Kenyan Foreign Minister Anna Kovac arrived. She met troops.")
    she = found.actor(parsed.word.index("She"))
    assert (she.name, she.country, she.sector) == ("Anna Kovac", "KEN", "GOV")


def test_we_in_a_minister_s_mouth_is_his_country() -> None:
    parsed, found = read('"We will not yield," Kenyan Foreign Minister John Adams said.')
    we = found.actor(parsed.word.index("We"))
    assert (we.name, we.country) == ("Kenya", "KEN")


def test_we_in_a_leader_s_mouth_is_his_organisation() -> None:
    parsed, found = read('"We are back," Sinn Fein leader Gerry Adams said.')
    assert found.actor(parsed.word.index("We")).name == "Sinn Fein"


def test_a_continued_quotation_keeps_its_speaker() -> None:
    parsed, found = read('"The road is closed," Anna Kovac said. "I have seen it."')
    antecedent = found.actor(parsed.word.index("I")).antecedent
    assert antecedent is not None
    assert antecedent.text == "Anna Kovac"


def test_two_who_point_at_each_other_end() -> None:
    parsed, found = read("His wife and her husband left. His wife saw her husband.")
    for i in range(len(parsed)):
        found.actor(i)


def test_an_open_quotation_does_not_swallow_the_text() -> None:
    parsed = parse_text(load(), '"It is over, he said. ' + "The town was quiet on Monday. " * 60)
    assert all(quote.closes - quote.opens <= 220 for quote in quotes(parsed))
    assert Speakers(parsed).quote_at(len(parsed) - 1) is None


def test_nobody_is_meant_where_nobody_was_named() -> None:
    parsed, found = read("It rained. They said so.")
    assert found.actor(parsed.word.index("They")).country is None


WORDS = ["he", "she", "it", "they", "his", "her", "who", "we", "said", '"', "Anna", "John", "the", "minister", "rebels",
         ".", ",", "and", "Kenya", "met", "that", "I", "their"]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=40))
def test_antecedents_are_nouns_and_never_the_pronoun_itself(words: list[str]) -> None:
    parsed, found = read(" ".join(words))
    for i, mention in resolve_references(parsed, found.kinds).items():
        assert parsed.tokens(i, i + 1) != mention
        assert parsed.text[mention.start : mention.end] == mention.text
