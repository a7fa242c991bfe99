"""Families of documents that carry one report: copies, cuts, new leads, rewordings; independent reports stay apart."""

from __future__ import annotations

import math
import random
from itertools import combinations
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin import lexicon
from tocsin.evaluate.families import Events, paper
from tocsin.judgement import Family, Paper
from tocsin.link import kinship
from tocsin.link.families import FamilyIndex, bands, compare, families, grouped, print_of
from tocsin.link.kinrules import rules
from tocsin.link.kinship import rewording_parts
from tocsin.link.prints import Print

REWORDINGS = Path(__file__).parent / "rewordings"

STORY = [
    "The coast guard pulled 41 sailors from a burning freighter off Cape Marrow late on Thursday, Ilse Brandt said.",
    "The Golden Heron, carrying 9,000 tonnes of nickel ore, had left the port of Surano two days earlier for Quinto.",
    "Fire broke out in the engine room shortly after ten in the evening and spread to the bridge within an hour.",
    '"We saw the glow from twelve miles away and feared the worst," Brandt told a news conference in Marrow.',
    "Two men with burns were flown to a hospital in the capital, where doctors described their condition as stable.",
    "The owner, Tessaly Shipping, said that an inspection in January had found the extinguishers in working order.",
    "A tug is to tow the wreck to shallow water once the flames are out, which may take until the weekend.",
    "Environment officials are watching a thin film of oil that drifts south toward the mussel beds of Anvers.",
    "It was the third fire aboard a ship of the line in two years, according to the harbour master, Paul Okeke.",
    "The crew come from the Philippines, Ghana and Ukraine, and most of them lost their papers and their savings.",
]
OTHER = [
    "Parliament in Velden voted on Friday to raise the retirement age to 67 after a debate that lasted nineteen hours.",
    "Labour Minister Hugo Stans called the vote a victory of arithmetic and promised a fund for people in heavy work.",
    "Trade unions announced strikes on the railways from Monday and said that a million workers would join them.",
    "The opposition wants a referendum, for which it needs 300,000 signatures by the end of the month of March.",
]


def made(id: str, sentences: list[str], published: str | None = "2020-03-06", agency: str | None = None) -> Paper:
    return Paper(id=id, text="\n".join(sentences), published=published, agency=agency)


def sets(found: tuple[Family, ...]) -> list[set[str]]:
    return [set(family.documents) for family in found]


def linked(a: Paper, b: Paper) -> bool:
    return compare(print_of(a), print_of(b)) is not None


def test_a_copy_is_kin_and_says_why() -> None:
    link = compare(print_of(made("b", STORY)), print_of(made("a", STORY, "2020-03-08")))
    assert link is not None
    assert (link.a, link.b, link.score) == ("a", "b", 1.0)
    assert {part.name: part.value for part in link.parts} == {"containment": 1.0, "resemblance": 1.0, "days": 2.0}


def test_a_reprint_cut_short_is_kin() -> None:
    assert linked(made("a", STORY), made("b", STORY[:3]))


def test_a_copy_with_another_lead_is_kin() -> None:
    lead = ["Sailors told on Friday how they jumped into the sea in the dark when the flames reached the boats."]
    assert linked(made("a", STORY), made("b", lead + STORY[2:]))


def test_a_write_through_is_kin() -> None:
    later = [STORY[0].replace("41", "43"), STORY[1], OTHER[1], *STORY[2:8]]
    assert linked(made("a", STORY), made("b", later))


def test_background_taken_over_into_another_report_is_no_kin() -> None:
    assert not linked(made("a", STORY), made("b", OTHER + STORY[8:]))


def test_what_is_long_past_is_no_kin() -> None:
    assert not linked(made("a", STORY), made("b", STORY, "2021-03-06"))


def test_a_document_without_a_day_is_compared_with_all() -> None:
    assert linked(made("a", STORY, None), made("b", STORY))


def test_a_text_of_nothing_but_furniture_is_no_kin_of_its_like() -> None:
    form = [
        "Sign up for our newsletter.",
        "By clicking you agree to our Terms of Service.",
        "Please create a password.",
    ]
    assert not linked(made("a", form), made("b", form))
    assert not linked(made("a", [""]), made("b", [""]))


def bulletin(id: str, day: str, figures: list[int]) -> Paper:
    text = (
        "On {}, coalition forces carried out {} strikes with bombers, fighters and drones near Raska, Tarim and Homa. "
    )
    text += (
        "Near Raska {} strikes hit {} tactical units and {} positions. Near Tarim, {} strikes destroyed {} vehicles. "
    )
    text += (
        "All aircraft came back to their bases in the Gulf without damage, the command in Dosa said in its statement."
    )
    return made(id, [text.format(day, *figures)], f"2016-01-{day.split()[1]}")


def test_a_bulletin_filled_with_other_figures_is_another_report() -> None:
    first, next_day = (
        bulletin("a", "January 11", [34, 12, 15, 17, 19, 23]),
        bulletin("b", "January 12", [28, 14, 16, 11, 13, 31]),
    )
    assert not linked(first, next_day)
    assert linked(first, bulletin("c", "January 11", [34, 12, 15, 17, 19, 24]))


def test_agencies_are_evidence() -> None:
    """Two agencies at one briefing hold the same facts; the same facts from one desk are a rewording."""
    text = (REWORDINGS / "tuning.yaml").read_text(encoding="utf-8")
    event = next(event for event in msgspec.yaml.decode(text, type=Events).events if event.id == "sanctions-list")
    one, other = (event.documents[name].text for name in ("reuters", "reuters-anew"))
    prints = [
        print_of(Paper(id=str(number), text=words, published="2018-10-15", agency=agency))
        for number, (words, agency) in enumerate([(one, "Reuters"), (other, "Reuters"), (other, "AP")])
    ]
    same, apart = compare(prints[0], prints[1]), compare(prints[0], prints[2])
    assert same is not None
    assert apart is None or apart.score < same.score


def test_a_text_that_names_the_others_agency_speaks_for_a_rewording() -> None:
    credited = print_of(made("a", STORY, agency="Yonhap"))
    for text, name in ((STORY, None), ([*STORY, "He told Yonhap that all were safe."], "names the agency")):
        parts = {part.name for part in rewording_parts(credited, print_of(made("b", text)))}
        assert (parts & {"names the agency", "same agency", "other agency"}) == ({name} if name else set())


@pytest.mark.parametrize("name", ["tuning", "kept"])
def test_rewordings_are_told_from_independent_reports(name: str) -> None:
    right = read = gold = 0
    for event in lexicon.read(REWORDINGS / f"{name}.yaml", Events).events:
        number = {one: place for place, names in enumerate(event.families) for one in names}
        prints = {
            one: print_of(paper(text.text, one, str(text.published), publisher=text.publisher, agency=text.agency))
            for one, text in event.documents.items()
        }
        for a, b in combinations(prints, 2):
            together, kin = compare(prints[a], prints[b]) is not None, number[a] == number[b]
            right, read, gold = right + (together and kin), read + together, gold + kin
    assert gold >= 16
    assert 2 * right / (read + gold) >= 0.85


@pytest.fixture(scope="module")
def papers() -> list[Paper]:
    """Three families and loners: a story with a flash, cuts and a new lead; reports of one event, and rewordings."""
    found = [
        made("s1", STORY), made("s2", STORY[:5], "2020-03-07"), made("s3", OTHER[:1] + STORY, "2020-03-07", "AP"),
        made("s4", STORY[4:], None), made("o1", OTHER), made("l1", STORY[:1] + OTHER[2:3]), made("s0", [STORY[1]]),
    ]  # fmt: skip
    event = lexicon.read(REWORDINGS / "tuning.yaml", Events).events[0]
    return found + [
        paper(one.text, name, str(one.published), agency=one.agency) for name, one in event.documents.items()
    ]


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_the_order_of_arrival_does_not_matter(papers: list[Paper], seed: int) -> None:
    shuffled = random.Random(seed).sample(papers, len(papers))
    expected = families(papers)
    assert families(shuffled) == expected
    index = FamilyIndex()
    links = [link for one in shuffled for link in index.add(one)]
    assert grouped(links, index.prints) == expected


def test_facts_alone_drop_no_pair_that_words_would_make_kin(
    papers: list[Paper], monkeypatch: pytest.MonkeyPatch
) -> None:
    events = lexicon.read(REWORDINGS / "kept.yaml", Events).events
    prints = [print_of(one) for one in papers]
    prints += [
        print_of(paper(text.text, one, str(text.published), agency=text.agency))
        for event in events
        for one, text in event.documents.items()
    ]
    quick = [compare(a, b) for a, b in combinations(prints, 2)]
    assert any(link and link.parts[0].name == "facts" for link in quick)
    monkeypatch.setattr(kinship, "_most_of_words", lambda: math.inf)
    assert [compare(a, b) for a, b in combinations(prints, 2)] == quick


def test_families_of_a_mixed_lot(papers: list[Paper]) -> None:
    found = families(papers)
    assert sets(found) == [{"radio", "radio-anew"}, {"s0", "s1", "s2", "s3", "s4"}, {"wire", "wire-anew"}]
    story = found[1]
    assert (story.id, story.documents, story.agency) == ("s0", ("s0", "s1", "s2", "s3", "s4"), "AP")
    assert [max(link.a, link.b) for link in story.links] == list(story.documents[1:])


def test_no_document_is_in_two_families(papers: list[Paper]) -> None:
    named = [document for family in families(papers) for document in family.documents]
    assert len(named) == len(set(named))


def test_links_stay_sparse() -> None:
    """A hundred papers with one story, each with a sentence of its own, give no more links than papers."""
    lot = [
        made(f"{n:03}", [*STORY, f"The Daily {n} adds that {n * 37} readers wrote in about it."]) for n in range(100)
    ]
    index = FamilyIndex()
    links = [link for one in lot for link in index.add(one)]
    (family,) = grouped(links, index.prints)
    assert len(links) < len(lot)
    assert len(family.documents) == len(lot)
    assert len(family.links) == len(lot) - 1


def test_work_for_one_document_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many documents share a passage with it, only so many are compared."""
    index = FamilyIndex()
    for number in range(200):
        own = [
            f"Report {number}-{part} speaks of matter {number * 31 + part} and nothing else at all."
            for part in range(9)
        ]
        index.add(made(f"{number:03}", STORY[:1] + own))
    counted: list[str] = []
    monkeypatch.setattr("tocsin.link.families.compare", lambda a, b: counted.append(b.id))
    index.add(made("new", STORY[:1] + OTHER))
    assert 0 < len(counted) <= rules().search.candidates


def test_a_story_that_drifts_is_divided() -> None:
    """Each version carries most of the one before; the last has nothing of the first, and is none of its copies."""
    stock = [
        f"Paragraph {n} tells how unit {n} of brigade {n * 7} crossed river {n * 3} and took hill {n * 11}."
        for n in range(40)
    ]
    versions = [made(f"v{n}", stock[n * 4 : n * 4 + 12], f"2020-03-{n + 1:02}") for n in range(7)]
    found = families(versions)
    assert len(found) > 1
    assert not any({"v0", "v6"} <= set(family.documents) for family in found)
    assert any({"v0", "v1"} <= set(family.documents) for family in found)


def test_a_document_that_comes_twice_gives_no_link() -> None:
    index = FamilyIndex()
    assert index.add(made("a", STORY)) == ()
    assert index.add(made("a", STORY)) == ()
    assert len(index.add(made("b", STORY))) == 1


def test_a_print_is_small_and_comes_back_from_bytes() -> None:
    print = print_of(made("a", STORY * 40, agency="AP"))
    encoded = msgspec.msgpack.encode(print)
    assert msgspec.msgpack.decode(encoded, type=Print) == print
    assert len(encoded) < 8192


def test_keys_fit_into_a_column_and_are_shared_by_kin() -> None:
    whole, cut = bands(print_of(made("a", STORY))), bands(print_of(made("b", STORY[2:5])))
    assert all(0 <= key < 2**63 for key in whole)
    assert set(whole) & set(cut)
    assert not set(whole) & set(bands(print_of(made("c", OTHER))))


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=400), other=st.text(max_size=400))
def test_any_text_has_a_print(text: str, other: str) -> None:
    a, b = print_of(Paper(id="a", text=text)), print_of(Paper(id="b", text=other))
    assert compare(a, b) == compare(b, a)
    assert print_of(Paper(id="a", text=text)) == a
