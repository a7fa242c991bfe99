"""Of which country somebody is whom no word beside him places: by where the text is, and what it tells elsewhere."""

from __future__ import annotations

import pytest

from tocsin.gazetteer import gazetteer
from tocsin.understand.actors import Cast, resolve
from tocsin.understand.actors_lexicon import lore
from tocsin.understand.parse import Parse
from tocsin.understand.pipeline import load, parse_text
from tocsin.understand.places import find_places


def cast(text: str, on: str = "2015-05-05") -> tuple[Parse, Cast]:
    parsed = parse_text(load(), text)
    return parsed, Cast.of(parsed, on, find_places(parsed, gazetteer()))


COUNTRIES = [
    # Police and rebels are of the place, whoever the text talks about.
    ("Russian officials praised Russian pilots. In Syria, Russia said, rebels fled from Aleppo.", "rebels", "SYR"),
    # An adjective in a phrase of place tells of somebody there, not where it is.
    ("Three others were hurt in an Israeli attack on a house in Gaza City.", "others", "PSE"),
    # A helper's country is not the helped one's.
    ("The Syrian city of Raqqa has fallen to US-backed forces in Syria.", "forces", "SYR"),
    # A shared adjective.
    ("Kenyan women, children and pupils left Uganda. Uganda waited in Kampala.", "pupils", "KEN"),
    ("Egypt waited. Egypt hoped. Libyan army bulldozers came.", "army", "LBY"),
    ("Iran met US envoys in Iran. At the State Department, spokesman John Adams called Iran a threat.", "Adams", "USA"),
    ("Libya waited. Libya hoped. China took its nationals from Libya home.", "nationals", "CHN"),
    # Whose servants: of him who sends them, or whose officials speak of them.
    ("Egypt waited in Cairo. Egypt spoke. Libya said on Monday it had sent an envoy to Egypt.", "envoy", "LBY"),
    ("Iraq waited. Iraq hoped. US officials said the administration was weighing it.", "administration", "USA"),
    # What a noun is of.
    ("Libya burned. Libya wept. Editors at The New York Times called Libya.", "Editors", "USA"),
    # Homes, offices and kin.
    ("US police in New York held Ali Juma. Juma built it in his native Tanzania, US officials said.", "Juma", "TZA"),
    ("US envoys met Kenya's trade minister. Trade Minister Peter Otieno waved to US envoys.", "Otieno", "KEN"),
    ("Jack Holt, a Briton, was held in Syria. In Syria, Syrian troops saw his father, Tom Holt.", "Tom", "GBR"),
    ("Kenyan officers took the Libyan, Ali Nasr, to Nairobi. Kenya freed Nasr.", "Nasr", "LBY"),
    # A bare "the man" is somebody named before.
    ("A British soldier died in Syria. The individual had served with Syrian troops in Syria.", "individual", "GBR"),
    # A people, not the citizens of a state.
    ("Serbia said Serb police fought ethnic Albanians in Serbia.", "Albanians", "SRB"),
    # What a country's name is about.
    ("John Adams, an Iraq War veteran from Arizona, ran for the US Senate.", "Adams", "USA"),
    # Many states together.
    ("Chad waited. Chad hoped that peacekeepers would come.", "peacekeepers", "IGO"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "word", "country"), COUNTRIES, ids=[text for text, _, _ in COUNTRIES])
def test_the_country_of_somebody(text: str, word: str, country: str) -> None:
    parsed, found = cast(text)
    last = len(parsed) - 1 - parsed.word[::-1].index(word)
    assert found.actor(last).country == country


def test_fighters_of_a_body_without_a_state_have_none() -> None:
    parsed, found = cast("Iraq waited. Iraq hoped. Isis fighters fled.")
    assert found.actor(parsed.word.index("fighters")).country is None


@pytest.mark.parametrize(("phrase", "country"), [("the country", "JOR"), ("any country", None), ("a nation", None)])
def test_any_country_is_none(phrase: str, country: str | None) -> None:
    parsed, found = cast(f"Jordan waited in Amman. The king of Jordan said {phrase} could be next.")
    assert found.actor(parsed.word.index(phrase.split()[1])).country == country


def test_waters_and_places_called_after_a_country_are_not_of_it() -> None:
    _, found = cast("A ship sank in the Indian Ocean. A court in New Jersey met.")
    assert not {"IND", "JEY"} & set(found.setting.shares)


def test_the_post_before_a_name_is_not_his_country() -> None:
    assert resolve("US Special Representative for Iran Brian Holt", "2020-01-01").country == "USA"


def test_an_arabic_name_may_begin_with_a_small_article() -> None:
    assert resolve("news channel al-Jazeera").country == "QAT"


def test_a_house_without_a_name_is_in_the_country_that_it_is_put_in() -> None:
    parsed, found = cast("Prisoners rioted at a jail in northern Chad.")
    assert found.setting.after(parsed.word.index("jail")) == "TCD"
    assert found.setting.after(parsed.word.index("Prisoners")) is None


def test_the_words_of_context_are_lemmas_in_small_letters() -> None:
    table = lore()
    for words in (table.sending, table.origins, table.for_doing, table.about, table.international, table.takes_up):
        assert words
        assert all(word == word.lower() for word in words)
