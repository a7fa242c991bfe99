"""Where claims take place, as arrays, on both engines."""

from __future__ import annotations

import msgspec
from tests.ledger.made import ARMY, FIRST, LATER, NEWER, READER, Place, simple, with_claim

from tocsin.ledger import Ledger, Query
from tocsin.ledger.companions import companions
from tocsin.ledger.news import claims_between, reached
from tocsin.ledger.positions import load, names, plain, rows_of, state


def placed(number: int, lon: float | None, name: str, **fields: object) -> object:
    spot = Place(text="shelled", start=0, end=7, name=name, country="UKR", country_name="Ukraine", lat=50.0, lon=lon)
    return with_claim(simple(number, **fields), places=(spot,))


def test_a_row_for_each_known_place_by_day_of_publication(ledger: Ledger) -> None:
    found = [placed(1, 30.0, "Kyiv", published="2024-12-20"), placed(2, 36.0, "Kharkiv", published="2024-12-22"),
             placed(3, 30.0, "Kyiv", published="2024-12-24"), placed(4, None, "nowhere")]  # fmt: skip
    ledger.add_many(found, FIRST, reader=READER)  # type: ignore[arg-type]
    known = load(ledger.engine)
    assert len(known.claims) == 3
    assert sorted(known.lon[known.spots].tolist()) == [30.0, 30.0, 36.0]
    assert known.standing.all()
    called = names(ledger.engine, known, [0, 1])
    assert {known.lon[spot]: one.name for spot, one in called.items()} == {30.0: "Kyiv", 36.0: "Kharkiv"}
    rows, complete = rows_of(ledger.engine, known, Query(published_from="2024-12-21", published_to="2024-12-22"), 10)
    assert complete
    assert known.lon[known.spots[rows]].tolist() == [36.0]


def test_what_was_replaced_is_not_on_the_map_unless_it_is_asked_for(ledger: Ledger) -> None:
    report = placed(1, 30.0, "Kyiv")
    ledger.add(report, FIRST, reader=READER)  # type: ignore[arg-type]
    before = state(ledger.engine)
    ledger.reread([report], LATER, reader=NEWER)  # type: ignore[list-item]
    assert state(ledger.engine) != before
    known = load(ledger.engine)
    assert sorted(known.standing.tolist()) == [False, True]
    assert len(rows_of(ledger.engine, known, Query(), 10)[0]) == 1
    assert len(rows_of(ledger.engine, known, Query(superseded=True), 10)[0]) == 2


def test_of_other_questions_the_first_claims_are_taken(ledger: Ledger) -> None:
    ledger.add_many([placed(number, 30.0 + number, "X") for number in range(5)], FIRST, reader=READER)  # type: ignore[misc]
    known = load(ledger.engine)
    asked = Query(types=("ASSAULT",))
    assert plain(Query(bbox=(0, 0, 1, 1), published_to="2024-12-31", limit=3))
    assert not plain(asked)
    rows, complete = rows_of(ledger.engine, known, asked, 5)
    assert (len(rows), complete) == (5, False)
    assert rows_of(ledger.engine, known, asked, 6)[1]
    assert len(rows_of(ledger.engine, known, msgspec.structs.replace(asked, types=("AID",)), 6)[0]) == 0


def test_what_came_since_is_counted(ledger: Ledger) -> None:
    assert reached(ledger.engine).document == 0
    ledger.add(ARMY, FIRST, reader=READER)
    first = reached(ledger.engine)
    ledger.add_many([simple(1), simple(2)], LATER, reader=READER)
    now = reached(ledger.engine)
    assert (first.document, now.document) == (1, 3)
    assert claims_between(ledger.engine, 0, first.document) == len(ARMY.claims)
    assert claims_between(ledger.engine, first.document, now.document) == 2


def test_a_claim_without_a_situation_has_no_companions(ledger: Ledger) -> None:
    ledger.add(ARMY, FIRST, reader=READER)
    ids = [found.id for found in ledger.claims()]
    assert companions(ledger.engine, ids, 10) == []
    assert [found.id for found in ledger.claims_by_id([ids[1], "no such", ids[0]])] == [ids[1], ids[0]]
