"""Who gives a claim: examples of the data, chains followed to their end, what carries a claim that names nobody."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.link.claimed import claim, gold, source, told

from tocsin.lexicon import read_all
from tocsin.link.speakers import File, initials, meant
from tocsin.link.voices import key_of, voice_of, voices

EXAMPLES = [example for part in read_all("voices.yaml", File) for example in part.examples]


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_gives_its_key(example: str) -> None:
    words, _, key = example.partition(" => ")
    assert key_of(meant(words)) == key


def test_the_chain_is_followed_to_the_original_source() -> None:
    text = "Ten people were killed, the ministry said, citing the Health Agency's report."
    chain = (source(text, "the ministry", country="KEN"), source(text, "the Health Agency's report", level=1))
    voice = voice_of(told(claim(text, "killed", sources=chain), "d", "2020-01-02"))
    assert (voice.name, voice.by) == ("Health Agency", "source")


def test_a_pronoun_at_the_end_of_a_chain_leaves_the_word_to_the_one_before() -> None:
    text = "The army said that it had seen ten killed."
    chain = (source(text, "The army", country="KEN"), source(text, "it", level=1, manner="observed"))
    assert voice_of(told(claim(text, "killed", sources=chain), "d", "2020-01-02")).key == "KEN|army"


def test_a_pronoun_is_whom_it_was_resolved_to() -> None:
    text = "They said ten were killed."
    one = told(claim(text, "killed", sources=(source(text, "They", name="Kenya Red Cross"),)), "d", "2020-01-02")
    assert voice_of(one).key == "KEN|red cross"


@pytest.mark.parametrize(
    ("agency", "publisher", "name", "by"),
    [
        ("Reuters", "The Star", "Reuters", "agency"),
        ("The Associated Press", None, "AP", "agency"),
        (None, "The Star", "The Star", "publisher"),
        (None, None, "the article", "document"),
    ],
)
def test_without_a_source_the_carrier_speaks(agency: str | None, publisher: str | None, name: str, by: str) -> None:
    one = told(claim("Ten were killed.", "killed"), "d", "2020-01-02", agency=agency, publisher=publisher)
    voice = voice_of(one)
    assert (voice.name, voice.by, voice.said_on) == (name, by, "2020-01-02")


def test_an_agency_that_is_cited_is_the_agency_that_wrote() -> None:
    text = "Ten were killed, Yonhap News Agency reported."
    cited = told(claim(text, "killed", sources=(source(text, "Yonhap News Agency"),)), "a", "2020-01-02")
    own = told(claim("Ten were killed.", "killed"), "b", "2020-01-02", agency="Yonhap")
    assert voice_of(cited).key == voice_of(own).key


def test_a_capital_at_the_head_of_a_sentence_is_no_name() -> None:
    text = "Police said ten were killed. Two more were killed, police said."
    rows = [
        told(claim(text, "ten", sources=(source(text, "Police"),)), "a", "2020-01-02"),
        told(claim(text, "Two", sources=(source(text, "police"),)), "a", "2020-01-02"),
    ]
    found = voices(rows).values()
    assert {(voice.name, voice.named) for voice in found} == {("police", False)}


def test_bodies_of_one_name_are_told_apart() -> None:
    text = "Kenya's Health Ministry said ten. Uganda's Health Ministry said twelve."
    rows = [
        told(claim(text, "ten", sources=(source(text, "Kenya's Health Ministry"),)), "a", "2020-01-02"),
        told(claim(text, "twelve", sources=(source(text, "Uganda's Health Ministry"),)), "a", "2020-01-02"),
    ]
    assert [voice.name for voice in voices(rows).values()] == ["Health Ministry (KEN)", "Health Ministry (UGA)"]


def test_those_who_speak_jointly_are_one_voice_with_members() -> None:
    text = "Seoul and Kyiv said that ten were killed."
    both = (source(text, "Seoul", country="KOR"), source(text, "Kyiv", country="UKR"))
    voice = voice_of(told(claim(text, "killed", sources=both), "d", "2020-01-02"))
    assert voice.name == "South Korea and Ukraine"
    assert voice.members == ("KOR|government", "UKR|government")


def test_an_acronym_means_the_body_whose_initials_it_gives() -> None:
    text = "The Free Harbour Guard said ten were killed. Later the FHG said twelve were killed."
    rows = [
        told(claim(text, "ten", sources=(source(text, "The Free Harbour Guard"),)), "a", "2020-01-02"),
        told(claim(text, "twelve", sources=(source(text, "the FHG"),)), "a", "2020-01-02"),
    ]
    assert {voice.name for voice in voices(rows).values()} == {"Free Harbour Guard"}


def test_a_body_has_one_country_in_a_document() -> None:
    text = "The JCS said ten. The JCS said twelve. The JCS said twenty."
    rows = [
        told(claim(text, word, sources=(source(text, "The JCS", country=country),)), "a", "2020-01-02")
        for word, country in (("ten", "KOR"), ("twelve", "PRK"), ("twenty", "KOR"))
    ]
    assert {voice.key for voice in voices(rows).values()} == {"KOR|joint chiefs of staff"}


def test_the_gold_seed_has_one_joint_chiefs_of_staff() -> None:
    rows = gold("seed")
    found = voices(rows)
    named = {
        found[row.id].key
        for row in rows
        for one in row.claim.sources
        if "JCS" in one.text and found[row.id].name != "North Korea"
    }
    assert named == {"KOR|joint chiefs of staff"}


@given(st.text(max_size=60))
def test_any_words_mean_somebody_or_nobody(words: str) -> None:
    found = meant(words)
    assert found.words == found.name.casefold() or found.state or found.words
    assert meant(words) == found


def test_initials_pass_small_words() -> None:
    assert initials("Joint Chiefs of Staff") == "jcs"


def test_a_country_that_is_said_outweighs_those_that_are_taken_for_it() -> None:
    text = "Seoul's Joint Chiefs of Staff (JCS) said ten. The JCS said twelve. The JCS said twenty."
    rows = [
        told(claim(text, word, sources=(source(text, words, country=country),)), "a", "2020-01-02")
        for word, words, country in (
            ("ten", "Seoul's Joint Chiefs of Staff (JCS)", "KOR"),
            ("twelve", "The JCS", "PRK"),
            ("twenty", "The JCS", "PRK"),
        )
    ]
    assert {voice.name for voice in voices(rows).values()} == {"Joint Chiefs of Staff"}
