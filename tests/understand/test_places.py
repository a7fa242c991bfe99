import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.gazetteer import gazetteer
from tocsin.model import Place
from tocsin.understand.localise import Name, localise
from tocsin.understand.pipeline import load, parse_text
from tocsin.understand.places import find_places, resolve_name
from tocsin.understand.toponym_words import weights, words

BENCH = Path(__file__).resolve().parents[2] / "../shared/bench"


def places(text: str, dateline: str | None = None, body: int = 0) -> dict[str, Place]:
    return {p.text: p for p in find_places(parse_text(load(), text, body), gazetteer(), dateline)}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Rebels shelled the airport in Misrata on Friday.", {"Misrata": "LBY"}),
        ("Two soldiers were killed near Bakhmut, in eastern Ukraine.", {"Bakhmut": "UKR", "Ukraine": "UKR"}),
        ("Iraqi troops moved from Mosul to Tal Afar at dawn.", {"Mosul": "IRQ", "Tal Afar": "IRQ"}),
        ("A car bomb went off in Paris, Texas, on Tuesday.", {"Paris": "USA", "Texas": "USA"}),
        ("Police in Paris, France, arrested him.", {"Paris": "FRA", "France": "FRA"}),
        (
            "Flooding hit Laurel County and London, Ky., overnight.",
            {"Laurel County": "USA", "London": "USA", "Ky.": "USA"},
        ),
        (
            "Ships crossed the Persian Gulf towards the Strait of Hormuz.",
            {"Persian Gulf": None, "Strait of Hormuz": None},
        ),
        ("Troops entered the West Bank and the Gaza Strip.", {"West Bank": "PSE", "Gaza Strip": "PSE"}),
        ("A man was hurt in Reading, Berkshire, UK, on Saturday.", {"Reading": "GBR", "UK": "GBR"}),
        ("A house fell in Sabra, Gaza City, Palestine.", {"Sabra": "PSE", "Gaza City": "PSE"}),
        ("He flew from Kiev to Saigon.", {"Kiev": "UKR", "Saigon": "VNM"}),
        ("Shells fell on villages in the Kursk region of Russia.", {"Kursk": "RUS", "Russia": "RUS"}),
        (
            "Fires burned in Santa Rosa, Calif., and in Reno, Nev.",
            {"Santa Rosa": "USA", "Reno": "USA", "Calif.": "USA"},
        ),
        ("The U.S. and Russia met in Geneva.", {"U.S.": "USA", "Russia": "RUS", "Geneva": "CHE"}),
        ("A fire broke out in NYC, and troops of the DRC fled.", {"NYC": "USA", "DRC": "COD"}),
    ],
)
def test_places_and_their_countries(text: str, found: dict[str, str | None]) -> None:
    seen = places(text)
    assert {name: seen[name].country for name in found if name in seen} == found


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Sen. Paris Hilton said on Monday that she would not resign.", "Paris"),
        ("The Washington Post reported the talks.", "Washington"),
        ("Gen. Jack London spoke to reporters.", "London"),
        ("On Friday in May the court met.", "May"),
        ("Turkish soldiers crossed the river.", "Turkish"),
        ("He gave us the letter.", "us"),
        ("Ten men of a SWAT team broke the door.", "SWAT"),
        ("The Regional Institute for Grain Advice (RIGA) met in Bonn.", "RIGA"),
        ("They gave the NICE inspectors a report.", "NICE"),
    ],
)
def test_what_is_no_place(text: str, name: str) -> None:
    assert name not in places(text)


def test_a_document_settles_its_names_together() -> None:
    text = (
        "Two men were charged in Springfield on Monday, the Sangamon County sheriff said. "
        "The pair, from Decatur and Champaign, were held in Peoria."
    )
    found = places(text)
    assert {name: found[name].admin1 for name in ("Springfield", "Decatur", "Champaign", "Peoria")} == dict.fromkeys(
        ("Springfield", "Decatur", "Champaign", "Peoria"), "Illinois"
    )


def test_a_word_of_kind_asks_for_the_region() -> None:
    kursk = places("Drones were shot down over the Kursk region, the governor said.")["Kursk"]
    assert kursk.name == "Kursk Oblast"
    town = places("Drones were shot down over the city of Kursk, the mayor said.")["Kursk"]
    assert town.name == "Kursk"


def test_a_town_that_the_gazetteer_lacks_gets_the_country_it_is_put_in() -> None:
    place = places("The raid took place in Qarnabilaz, Iraq, on Sunday.").get("Qarnabilaz")
    assert place is None or (place.country, place.lat) == ("IRQ", None)


def test_the_dateline_is_read_though_it_is_not_parsed() -> None:
    text = "NAIROBI, Kenya (AP) _ Gunmen attacked a camp near Garissa on Sunday."
    found = find_places(parse_text(load(), text, 22), gazetteer(), "NAIROBI, Kenya")
    assert [(p.text, p.country) for p in found] == [("NAIROBI", "KEN"), ("Kenya", "KEN"), ("Garissa", "KEN")]
    assert all(text[p.start : p.end] == p.text for p in found)


def test_a_name_alone() -> None:
    places = gazetteer()
    assert (resolve_name("Tripoli", places) or places.lookup("Oslo")[0]).country == "LBY"
    assert (resolve_name("Tripoli", places, ["LBN"]) or places.lookup("Oslo")[0]).country == "LBN"
    assert resolve_name("Xyzzyville", places) is None


def test_a_name_without_entries_has_no_place() -> None:
    assert localise([Name(()), Name(gazetteer().lookup("Oslo"), 1)])[0] is None
    assert localise([]) == []


def test_every_weight_is_of_a_feature_and_every_class_has_words() -> None:
    assert weights().weights["bias"] != 0
    known = {*words().before.values()}
    for name in weights().weights:
        if name.startswith("before=") and name.removeprefix("before=") in ("at", "motion", "title", "part", "of", "by"):
            assert name.removeprefix("before=") in known


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["Kyiv", "the", "in", "Springfield", ",", "Ohio", "St.", "U.S.", "‘Main Street’", "\n\n", "x-1", "É", "“"]
        ),
        max_size=25,
    )
)
def test_any_text_gives_mentions_that_slice(words: list[str]) -> None:
    text = " ".join(words)
    parse = parse_text(load(), text)
    for place in find_places(parse, gazetteer()):
        assert text[place.start : place.end] == place.text
        assert place.lat is None or place.country_name is not None or place.country is None


def test_two_runs_are_the_same() -> None:
    parse = parse_text(load(), "Georgia and Atlanta, Tbilisi and Athens; Moscow, Idaho and Moscow.")
    assert find_places(parse, gazetteer()) == find_places(parse, gazetteer())


@pytest.mark.skipif(not BENCH.exists(), reason="the annotated sets are not beside the repository")
def test_a_sample_of_annotated_news() -> None:
    with (BENCH / "geo_trnews.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines][:25]
    hits = gold = found = right = located = 0
    for row in rows:
        wanted = [t for t in row["toponyms"] if not t["name"].endswith(("n", "ish", "ese", "i"))]
        seen = find_places(parse_text(load(), row["text"]), gazetteer())
        gold += len(wanted)
        found += len(seen)
        for toponym in wanted:
            match = next((p for p in seen if p.start < toponym["end"] and toponym["start"] < p.end), None)
            hits += match is not None
            if match is not None and toponym.get("country") and match.country_name:
                located += 1
                right += match.country_name == toponym["country"]
    assert hits / gold > 0.8
    assert right / located > 0.93


@pytest.mark.parametrize("text", ["REBELS KILLED TWO SOLDIERS NEAR MEDELLIN, COLOMBIA, ON FRIDAY, THE ARMY SAID."])
def test_a_text_all_in_capitals(text: str) -> None:
    found = places(text)
    assert {name: place.country for name, place in found.items()} == {"MEDELLIN": "COL", "COLOMBIA": "COL"}


def test_a_text_without_capitals() -> None:
    found = places("police in new delhi arrested two men, and three others were held in gujarat on thursday.")
    assert {place.country for place in found.values()} <= {"IND"}
