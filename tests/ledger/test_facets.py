"""What the claims of a query are like, held against a plain count, and the claims of one document."""

from __future__ import annotations

from collections import Counter
from typing import Any

import msgspec
import pytest
from tests.ledger.made import ARMY, FIRST, LATER, NEWER, READER, actor, simple, with_claim

from tocsin.ledger import Ledger, Query, document_id
from tocsin.ledger.facets import FIELDS, Share
from tocsin.model import Place, Report

STATUSES = ("occurred", "planned", "denied")
COUNTRIES = ("PRK", "RUS", "USA", None)


def varied(number: int) -> Report:
    """An article whose claim differs from the others' in all that is counted."""
    there = COUNTRIES[number % 3 :]
    return with_claim(
        simple(number, publisher=("Tribune", None)[number % 2]),
        status=STATUSES[number % 3],
        actors=tuple(actor(f"a{at}", country=code) for at, code in enumerate((*there, *there))),
        recipients=(actor("r", country="FRA"),),
        places=tuple(Place(text="p", start=0, end=1, country=code) for code in there[:2]),
    )


@pytest.fixture
def held(ledger: Ledger) -> Ledger:
    ledger.add_many([ARMY, *map(varied, range(20))], FIRST, reader=READER)
    return ledger


def counted(ledger: Ledger, query: Query, most: int) -> dict[str, Counter[str]]:
    """The same counts, from the claims themselves."""
    found: dict[str, Counter[str]] = {field: Counter() for field in FIELDS}
    for one in [*ledger.claims(query)][:most]:
        claim = one.claim
        values: dict[str, set[Any]] = {
            "types": {claim.type}, "statuses": {claim.status}, "publishers": {one.document.publisher},
            "actor_country": {who.country for who in claim.actors},
            "place_country": {where.country for where in claim.places},
        }  # fmt: skip
        for field, said in values.items():
            found[field].update(said - {None})
    return found


@pytest.mark.parametrize("most", [1, 7, 100])
@pytest.mark.parametrize("query", [Query(), Query(words="shelled"), Query(statuses=("planned",), sort="confidence")])
def test_facets_count_the_first_claims(held: Ledger, query: Query, most: int) -> None:
    facets = held.claims(query).facets(most)
    expected = counted(held, query, most)
    for field in FIELDS:
        shares: tuple[Share, ...] = getattr(facets, field)
        assert {share.value: share.count for share in shares} == expected[field], field
        assert [*shares] == sorted(shares, key=lambda share: (-share.count, share.value))
    assert facets.seen == min(most, held.claims(query).count())
    assert facets.all == (most >= held.claims(query).count())


@pytest.mark.parametrize("query", [Query(limit=5), Query(words="shelled", limit=30), Query(sort="confidence", limit=3)])
def test_a_page_and_its_facets_are_found_at_once(held: Ledger, query: Query) -> None:
    page, facets = held.claims(query).opening(7)
    assert page == held.claims(query).page()
    assert facets == held.claims(query).facets(7)


def test_facets_of_nothing_are_empty(held: Ledger) -> None:
    facets = held.claims(Query(words="nowhere")).facets()
    assert (facets.seen, facets.all, facets.types) == (0, True, ())


def test_only_what_is_asked_for_is_counted(held: Ledger) -> None:
    facets = held.claims(Query()).facets(fields=("statuses",))
    assert facets.statuses
    assert not facets.types


def test_the_claims_of_a_document_come_in_the_order_of_its_text(held: Ledger) -> None:
    found = held.claims_of(document_id(ARMY.document))
    assert [one.claim.trigger.text for one in found] == ["killed", "launch"]
    assert held.claims_of("0" * 16) == []


def test_the_last_reading_counts(ledger: Ledger) -> None:
    ledger.add(ARMY, FIRST, reader=READER)
    other = msgspec.structs.replace(ARMY, claims=ARMY.claims[1:])
    ledger.reread([other], LATER, reader=NEWER)
    assert [one.claim.trigger.text for one in ledger.claims_of(document_id(ARMY.document))] == ["launch"]


def test_the_claims_of_a_replaced_version_can_still_be_read(ledger: Ledger) -> None:
    old, new = (simple(1, text=f"Troops shelled {place}.") for place in ("a hill", "a village"))
    ledger.add_many([old, new], FIRST, reader=READER)
    assert [one.superseded for one in ledger.claims_of(document_id(old.document))] == ["version"]
    assert [one.superseded for one in ledger.claims_of(document_id(new.document))] == [None]


def test_articles_without_an_address_are_no_versions_of_each_other(ledger: Ledger) -> None:
    ledger.add_many([simple(1, url=None), simple(2, url=None)], FIRST, reader=READER)
    id = document_id(simple(1, url=None).document)
    assert [one.id for one in ledger.versions(id)] == [id]
