"""The parts of situations: rules, places, times, likeness, status, titles."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.errors import LexiconError
from tocsin.judgement import Told
from tocsin.link.facts import Spot, stem
from tocsin.link.likeness import Profile, compare, likeness
from tocsin.link.nearness import between, distance, exact, gap, where
from tocsin.link.rules import kinds_of, rules
from tocsin.link.situations import Event, blocks, events_of, facts_of
from tocsin.link.telling import describe, turns
from tocsin.link.titles import title, when
from tocsin.model import Actor, Claim, Mention, Place, Source, Status, Time

NAIROBI = Spot("nairobi", "KEN", "nairobi county", -1.283, 36.817, 2)
DAR = Spot("dar es salaam", "TZA", "dar es salaam region", -6.823, 39.27, 2)
KENYA = Spot("kenya", "KEN", "", 1.0, 38.0, 0)
TANZANIA = Spot("tanzania", "TZA", "", -6.0, 35.0, 0)
THIKA = Spot("thika", "KEN", "kiambu", -1.033, 37.069, 2)
MOMBASA = Spot("mombasa", "KEN", "mombasa county", -4.055, 39.663, 2)


def mention(text: str, start: int = 0) -> Mention:
    return Mention(text=text, start=start, end=start + len(text))


def somebody(text: str, country: str | None = None, sector: str | None = None) -> Actor:
    return Actor(text=text, start=0, end=len(text), name=text, country=country, sector=sector)


def a_place(name: str, country: str, admin1: str | None, lat: float, lon: float) -> Place:
    return Place(text=name, start=200, end=200 + len(name), name=name, country=country, admin1=admin1, lat=lat, lon=lon)


def told(
    id: str,
    trigger: str,
    *,
    document: str = "d",
    published: str | None = "1998-08-08",
    type_: str = "ASSAULT",
    mode: str | None = "explosives",
    status: Status = "occurred",
    evidence: str | None = None,
    agency: str | None = None,
    recipients: tuple[Actor, ...] = (),
    places: tuple[Place, ...] = (),
    day: str | None = None,
    sources: tuple[Source, ...] = (),
    order: int = 0,
) -> Told:
    text = evidence or f"the {trigger}"
    claim = Claim(
        id=id,
        trigger=mention(trigger, order + max(0, text.find(trigger))),
        type=type_,
        mode=mode,
        status=status,
        actors=(),
        recipients=recipients,
        objects=(),
        figures=(),
        places=places,
        time=Time(text=day, start=0, end=1, from_=day, to=day) if day else None,
        sources=sources,
        evidence=mention(text, order),
    )
    return Told(id=id, claim=claim, document=document, family=document, published=published, agency=agency)


@pytest.mark.parametrize("pair", rules().together)
def test_forms_that_may_tell_of_one_event(pair: tuple[str, str]) -> None:
    a, b = (kinds_of(*split(form)) for form in pair)
    assert set(a) & set(b)


@pytest.mark.parametrize("pair", rules().never)
def test_forms_that_may_not(pair: tuple[str, str]) -> None:
    a, b = (kinds_of(*split(form)) for form in pair)
    assert not set(a) & set(b)


def split(form: str) -> tuple[str, str | None]:
    type_, _, mode = form.partition("/")
    return type_, mode or None


def test_the_rules_name_forms_that_there_are() -> None:
    from tocsin.compiled import parse
    from tocsin.lexicon import PACKAGE

    ontology = parse((PACKAGE / "ontology.yaml").read_bytes())["types"]
    for kind in rules().kinds:
        for type_, modes in kind.types.items():
            assert set(modes) <= {*(ontology[type_].get("modes") or ()), "none"}
    for form in rules().titles:
        type_, mode = split(form)
        assert mode is None or mode in ontology[type_]["modes"]
    known = {mode for entry in ontology.values() for mode in entry.get("modes") or ()}
    assert {mode for row in rules().apart for mode in row} <= known


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("    day near: ", "    day nearer: "), "`day near` has no weight"),
        (("    words: ", "    wordiness: 1\n    words: "), "`wordiness` is no part of this score"),
    ],
)
def test_a_weight_too_few_or_too_many_is_refused(
    change: tuple[str, str], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tocsin.lexicon import PACKAGE

    text = (PACKAGE / "situations.yaml").read_text(encoding="utf-8")
    (tmp_path / "situations.yaml").write_text(text.replace(*change), encoding="utf-8")
    monkeypatch.setenv("TOCSIN_DATA", str(tmp_path))
    with pytest.raises(LexiconError, match=f"situations.yaml: across.weights: {message}"):
        rules.__wrapped__()


def test_distances_are_those_of_the_globe() -> None:
    assert distance(NAIROBI, DAR) == pytest.approx(673, abs=5)
    east, west = Spot("a", "FJI", "x", -17.0, 179.9, 2), Spot("b", "FJI", "y", -17.0, -179.9, 2)
    assert distance(east, west) < 25


def test_places_stand_to_each_other() -> None:
    assert between(NAIROBI, NAIROBI) == "same"
    assert between(NAIROBI, THIKA) == "near"
    assert between(NAIROBI, KENYA) == between(KENYA, NAIROBI) == "within"
    assert between(NAIROBI, MOMBASA) == between(NAIROBI, TANZANIA) == "apart"
    assert between(NAIROBI, msgspec.structs.replace(NAIROBI, country="USA", lat=40.0, lon=-80.0)) == "alike"


def test_an_event_in_two_cities_is_only_partly_that_of_one() -> None:
    assert where((NAIROBI, DAR), (NAIROBI,)) == "partly"
    assert where((NAIROBI, DAR), (KENYA, TANZANIA)) == "within"
    assert where((NAIROBI, DAR), (DAR, NAIROBI)) == "same"
    assert where((), (NAIROBI,)) == "unknown"


def test_times() -> None:
    assert gap((1, 2), (3, 4)) == gap((3, 4), (1, 2)) == 1
    assert gap((1, None), (50, 50)) == gap((1, 5), (4, 9)) == 0
    assert exact((1, 1))
    assert not exact((1, 40))
    assert not exact((None, 1))


@given(st.text(alphabet="abcdefgings", min_size=1, max_size=14))
def test_a_stem_is_never_empty(word: str) -> None:
    assert 0 < len(stem(word)) <= len(word)


def test_endings_do_not_matter() -> None:
    assert stem("bombing") == stem("bombed") == stem("bombings")
    assert stem("attack") == stem("attacks") == stem("attacked")


def event(*tolds: Told) -> Event:
    [found] = events_of(facts_of(one) for one in tolds)
    return found


def test_a_score_is_the_same_both_ways_and_explains_itself() -> None:
    nairobi = a_place("Nairobi", "KEN", "Nairobi County", -1.283, 36.817)
    a = event(told("a", "bombing", document="x", places=(nairobi,), day="1998-08-07"))
    b = event(told("b", "blast", document="y", places=(nairobi,), day="1998-08-07"))
    found = likeness(a, b)
    assert found is not None
    assert found == likeness(b, a)
    assert dict(found.parts)["place same"] > 0
    assert dict(found.parts)["day same"] > 0
    assert set(blocks(a)) & set(blocks(b))
    later = event(told("c", "blast", document="z", places=(nairobi,), day="1998-08-27"))
    assert "days apart" in compare(Profile(a), Profile(later))
    far = likeness(a, later)
    assert far is None or far.score < rules().across.least


def test_the_name_of_somebody_is_no_place_where_another_is_told() -> None:
    text = "the bombing of the U.S. embassy in Nairobi"
    embassy = Actor(text="the U.S. embassy", start=15, end=31, name="U.S. embassy", country="USA", sector="GOV")
    named = Place(text="the U.S. embassy", start=15, end=31, name="United States", country="USA", lat=39.8, lon=-98.6)
    nairobi = a_place("Nairobi", "KEN", "Nairobi County", -1.283, 36.817)
    facts = facts_of(told("a", "bombing", evidence=text, recipients=(embassy,), places=(named, nairobi)))
    assert [spot.name for spot in facts.spots] == ["nairobi"]


def test_status_is_the_latest_by_the_day_of_saying() -> None:
    claims = [
        told("1", "test", published="2024-12-01", status="planned"),
        told("2", "test", published="2024-12-05", status="ongoing"),
        told("3", "test", published="2024-12-05", status="possible"),
        told("4", "test", published="2024-12-09", status="occurred"),
        told("5", "test", published="2024-12-10", status="occurred"),
        told("6", "test", published="2024-12-12", status="denied"),
    ]
    found = turns(claims)
    assert [(turn.on, turn.status) for turn in found] == [
        ("2024-12-01", "planned"),
        ("2024-12-05", "ongoing"),
        ("2024-12-09", "occurred"),
        ("2024-12-12", "denied"),
    ]


def test_what_was_said_earlier_than_printed_counts_from_then() -> None:
    said = Source(text="he", start=0, end=2, level=0, manner="said", said_on="2024-11-30")
    [turn] = turns([told("1", "test", published="2024-12-01", status="planned", sources=(said,))])
    assert turn.on == "2024-11-30"


def test_independent_counts_agencies_and_not_printers() -> None:
    claims = [
        told("1", "bombing", document="x", agency="Reuters"),
        told("2", "bombing", document="y", agency="Reuters"),
        told("3", "bombing", document="z"),
    ]
    found = describe(claims, [event(claims[0]), event(claims[1]), event(claims[2])], ())
    assert (found.documents, found.families) == (3, 2)


def test_a_title_is_made_of_the_words_of_the_claims() -> None:
    embassy = somebody("the U.S. embassy", "USA", "GOV")
    people = Actor(text="people", start=0, end=6, name="people", sector="CVL")
    claims = [told("1", "bombing", recipients=(embassy,)), told("2", "bombing", recipients=(people, embassy))]
    found = title(claims, "ASSAULT", "explosives", ["Nairobi"], "1998-08-07", "1998-08-07")
    assert found == "Bombing of the U.S. embassy, Nairobi, 7 August 1998"


def test_verbs_give_way_to_the_word_for_their_form() -> None:
    claims = [told("1", "exploded", evidence="Bombs exploded in Kano")]
    assert title(claims, "ASSAULT", "explosives", ["Kano"], None, None) == "Bombing, Kano"


def test_spans_in_words() -> None:
    assert when("1998-08-07", "1998-08-07") == "7 August 1998"
    assert when("1998-08-07", None) == "since 7 August 1998"
    assert when(None, "1998-08-07") == "until 7 August 1998"
    assert when("1998-08-03", "1998-08-09") == "3 August 1998 to 9 August 1998"
    assert when(None, None) == ""
