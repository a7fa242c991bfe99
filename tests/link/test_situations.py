"""Situations: claims of one event come together, of two stay apart, whatever the order in which they came."""

from __future__ import annotations

import random
from itertools import groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tocsin
from tocsin.judgement import Situation, Told
from tocsin.link.situations import Bond, Event, blocks, bonds, events_of, facts_of, groups, regroup, situations

STORIES = [
    (
        "a1",
        "2019-05-14",
        "A bomb exploded outside the police headquarters in Kano on Monday, killing at least 12 people and wounding "
        "30 others, officials said. The blast destroyed several shops. The attack was condemned by Ghana.",
    ),
    (
        "a2",
        "2019-05-15",
        "The death toll from Monday's bombing in Kano rose to 15, hospital sources said. The bomb had gone off outside "
        "the police headquarters.",
    ),
    (
        "a3",
        "2019-05-16",
        "Police arrested two men over the bombing of the police headquarters in Kano, Nigeria, on Monday, in which 15 "
        "people were killed.",
    ),
    (
        "b1",
        "2019-05-14",
        "A bomb exploded at a market in Lahore on Monday, killing four people, police said. Nobody claimed the attack.",
    ),
    ("b2", "2019-05-14", "Four people were killed by a bomb in Lahore on Monday."),
    ("c1", "2019-06-02", "A bomb exploded outside the police headquarters in Kano on Saturday, killing 3 people."),
    ("d1", "2019-05-14", "Russia's foreign minister met his Iranian counterpart in Tehran on Monday."),
    ("d2", "2019-05-15", "The foreign ministers of Russia and Iran met in Tehran on Monday, Interfax reported."),
]


def told(document: str, published: str, text: str) -> list[Told]:
    report = tocsin.read(text, published=published)
    return [
        Told(id=f"{document}:{k}", claim=claim, document=document, family=document, published=published)
        for k, claim in enumerate(report.claims)
    ]


@pytest.fixture(scope="module")
def tolds() -> list[Told]:
    return [one for story in STORIES for one in told(*story)]


@pytest.fixture(scope="module")
def found(tolds: list[Told]) -> tuple[Situation, ...]:
    return situations(tolds)


def holding(found: tuple[Situation, ...], document: str, type_: str) -> list[Situation]:
    """The situations of a type that a document tells of."""
    return [one for one in found if one.type == type_ and any(c.startswith(f"{document}:") for c in one.claims)]


def documents(situation: Situation) -> set[str]:
    return {claim.split(":")[0] for claim in situation.claims}


def test_every_claim_is_in_one_situation(tolds: list[Told], found: tuple[Situation, ...]) -> None:
    members = [claim for one in found for claim in one.claims]
    assert sorted(members) == sorted(one.id for one in tolds)
    assert len(members) == len(set(members))


def test_reports_of_one_attack_come_together_and_others_stay_apart(found: tuple[Situation, ...]) -> None:
    [kano] = [one for one in found if {"a1", "a2"} <= documents(one)]
    assert documents(kano) == {"a1", "a2", "a3"}
    assert (kano.begins, kano.ends) == ("2019-05-13", "2019-05-13")
    assert kano.place is not None
    assert kano.place.name == "Kano"
    assert kano.title.endswith("Kano, 13 May 2019")
    assert (kano.documents, kano.families, kano.status) == (3, 3, "occurred")
    [lahore] = [one for one in found if "b1" in documents(one) and len(documents(one)) > 1]
    assert documents(lahore) == {"b1", "b2"}


def test_links_say_why_and_are_one_fewer_than_claims(found: tuple[Situation, ...]) -> None:
    for one in found:
        assert len(one.links) == len(one.claims) - 1
        assert all(link.a < link.b and link.parts for link in one.links)
        assert {link.a for link in one.links} | {link.b for link in one.links} <= set(one.claims)


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_the_order_of_claims_does_not_matter(tolds: list[Told], found: tuple[Situation, ...], seed: int) -> None:
    shuffled = list(tolds)
    random.Random(seed).shuffle(shuffled)
    assert situations(shuffled) == found


def one_by_one(tolds: list[Told], order: list[str]) -> dict[str, Bond]:
    """The bonds as documents come in one by one, as a ledger asks for them."""
    facts = {key: [facts_of(t) for t in given] for key, given in groupby(tolds, key=lambda t: t.document)}
    kept: dict[str, Event] = {}
    bound: dict[str, Bond] = {}
    for document in order:
        new = events_of(facts[document])
        keys = {key for event in new for key in blocks(event)}
        near = [event for event in kept.values() if keys.intersection(blocks(event))]
        bound.update(bonds(new, near, bound))
        kept.update((event.id, event) for event in new)
    return bound


@settings(max_examples=40, deadline=None)
@given(order=st.permutations([story[0] for story in STORIES]))
def test_documents_may_come_in_any_order(tolds: list[Told], order: list[str]) -> None:
    events = events_of(facts_of(one) for one in tolds)
    bound = one_by_one(tolds, list(order))
    assert bound == bonds(events)
    assert groups(events, bound) == regroup(facts_of(one) for one in tolds)
