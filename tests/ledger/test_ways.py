"""The way that a search takes through a ledger: which condition leads, and by what the others are asked of a claim."""

from __future__ import annotations

import datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text
from tests.ledger.made import FIRST, READER, actor, simple, with_claim

from tocsin.ledger import Ledger, Query, find, results
from tocsin.ledger import ways as ways_module
from tocsin.ledger.criteria import Part, own_parts, parts
from tocsin.ledger.engine import reading
from tocsin.ledger.schema import claims
from tocsin.ledger.ways import Search, Size, Way, cheapest, trial, tried, ways
from tocsin.model import Report

CHILDREN = {
    "figures": Query(figures=("killed>=1", "troops=10")),
    "places": Query(place_country=("PRK", "RUS"), bbox=(36, 50, 38, 52)),
    "participants": Query(actor_country=("PRK",), source_sector=("GOV", "MIL")),
}


@pytest.mark.parametrize("table", CHILDREN)
def test_what_is_asked_of_one_claim_goes_by_its_key(ledger: Ledger, table: str) -> None:
    """Also where the engine has never counted its tables, as in a ledger that was just filled."""
    ledger.add_many([simple(number) for number in range(50)], FIRST, reader=READER)
    for part in parts(CHILDREN[table], ledger.engine.dialect.name):
        plan = plan_of(ledger, part)
        assert f"{table}_by" not in plan, plan
        assert f"{table}_pkey" in plan or "PRIMARY KEY (claim=?)" in plan, plan


def plan_of(ledger: Ledger, part: Part) -> str:
    """How the engine means to ask a condition of each claim."""
    postgres = ledger.engine.dialect.name == "postgresql"
    with reading(ledger.engine) as connection:
        asked = select(claims.c.key).where(part.check)
        said = asked.compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True})
        if postgres:
            connection.execute(text("SET LOCAL enable_seqscan = off"))
            connection.execute(text("SET LOCAL enable_bitmapscan = off"))
        rows = connection.exec_driver_sql(f"EXPLAIN {'' if postgres else 'QUERY PLAN '}{said}").all()
    return "\n".join(str(row[-1]) for row in rows)


MILLION = 1_000_000


def best(*sizes: Size, wanted: int | None = 51, by_value: bool = False) -> Way:
    return cheapest(list(ways(Search(sizes, MILLION, wanted, by_value))))


def test_the_fewest_lead() -> None:
    way = best(Size(100, False, 1.0), Size(100_000, True, 1.0))
    assert (way.leads, way.gathered) == (0, True)


def test_what_comes_in_order_is_not_gathered_where_a_page_is_soon_full() -> None:
    way = best(Size(100_000, True, 1.0))
    assert (way.leads, way.gathered) == (0, False)
    way = best(Size(100_000, True, 1.0), Size(500_000, False, 1.0), wanted=None, by_value=True)
    assert (way.leads, way.gathered) == (0, True)


def test_where_all_conditions_are_broad_claims_come_up_by_themselves() -> None:
    assert best(Size(800_000, False, 1.0)).leads is None


def test_what_is_dear_to_ask_is_gathered_where_many_come_up() -> None:
    dear = Size(25_000, False, 150.0)
    few, many = Size(10, False, 1.0), Size(8_000, False, 1.0)
    assert best(few, dear).beside == frozenset()
    assert best(many, dear).beside == {1}


def test_what_may_never_meet_is_not_looked_up_claim_by_claim() -> None:
    """Keys are compared, which costs less than rows, however cheap it is to ask these."""
    way = best(Size(90_000, True, 0.1), Size(95_000, True, 0.1))
    assert way.leads is not None
    assert way.beside == {1 - way.leads}


def test_a_page_that_is_likely_soon_full_is_tried_first() -> None:
    frequent = Search([Size(450_000, True, 0.1), Size(200_000, True, 0.1)], MILLION, 51)
    found = list(ways(frequent))
    assert cheapest(found).beside, "all keys of one are gathered"
    hoped = trial(frequent, found)
    assert hoped is not None
    assert (hoped.gathered, hoped.beside) == (False, frozenset())
    assert tried(frequent, hoped, 50).cost < cheapest(found).cost, "nearly a page of the first thousand"
    assert tried(frequent, hoped, 0).cost > cheapest(found).cost, "none of the first thousand"


def test_nothing_is_tried_in_vain() -> None:
    seldom = Search([Size(5_000, True, 0.1), Size(4_000, True, 0.1)], MILLION, 51)
    assert trial(seldom, list(ways(seldom))) is None
    everything = Search([Size(450_000, True, 0.1), Size(200_000, True, 0.1)], MILLION, None)
    assert trial(everything, list(ways(everything))) is None
    alone = Search([Size(450_000, True, 0.1)], MILLION, 51)
    assert trial(alone, list(ways(alone))) is None


sizes = st.builds(
    Size, st.floats(0, 1e6), st.booleans(), st.sampled_from([0.1, 1.0, 5.0, 150.0]), st.sampled_from([0.05, 1.0])
)


@given(st.lists(sizes, max_size=6), st.sampled_from([1, 51, None]), st.booleans())
def test_there_is_a_way_for_every_query(found: list[Size], wanted: int | None, by_value: bool) -> None:
    search = Search(found, 1e6, wanted, by_value)
    every = list(ways(search))
    assert all(way.cost >= 0 and way.leads not in way.beside for way in every)
    assert {way.leads for way in every} == {None, *range(len(found))}
    assert not (by_value and any(way.leads is not None and not way.gathered for way in every))
    hoped = trial(search, every)
    assert hoped is None or tried(search, hoped, 1).comes_up <= 1e6


def test_values_that_are_alternatives_are_estimated_one_by_one(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger.add_many([article(number) for number in range(200)], FIRST, reader=READER)
    monkeypatch.setattr(find, "SAMPLE", 40)
    query = Query(types=("AID", "ASSAULT"), publishers=("Herald", "Nobody"))
    found = [part._replace(counted=40) for part in own_parts(query)]
    with reading(ledger.engine) as connection:
        (types, publishers), _ = find._sizes(query, found, results._Counter(connection))
    assert 160 <= types.number <= 250
    assert publishers.number == 10


def test_a_page_is_whole_where_the_first_claims_do_not_fill_it(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger.add_many([article(number) for number in range(200)], FIRST, reader=READER)
    monkeypatch.setattr(ways_module, "TRIAL", 10)
    monkeypatch.setattr(find, "TRIAL", 10)
    monkeypatch.setattr(find, "trial", lambda search, found: next(way for way in found if not way.gathered))
    query = Query(types=("AID",), publishers=("Herald", "Tribune"), limit=30)
    wanted = [one.id for one in ledger.claims(Query(types=("AID",)))]
    page = ledger.claims(query).page()
    rest = ledger.claims(msgspec.structs.replace(query, cursor=page.cursor, limit=100)).page()
    assert [one.id for one in (*page.claims, *rest.claims)] == wanted


def test_how_many_there_are_is_estimated_from_the_first(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half of the claims are of one type, all over the days; ten of a publisher, who is counted to the last."""
    ledger.add_many([article(number) for number in range(200)], FIRST, reader=READER)
    query = Query(types=("AID",), publishers=("Herald",), published_from="2024-01-01")
    monkeypatch.setattr(find, "SAMPLE", 40)
    found = [part._replace(counted=20) for part in own_parts(query)]
    with reading(ledger.engine) as connection:
        (type_, publisher), every = find._sizes(query, found, results._Counter(connection))
    assert 160 <= every <= 250
    assert 80 <= type_.number <= 125
    assert publisher.number == 10


def article(number: int) -> Report:
    """An article of one claim; each has a day of its own."""
    day = (datetime.date(2024, 1, 1) + datetime.timedelta(number)).isoformat()
    report = simple(number, published=day, publisher="Herald" if number % 20 == 0 else "Tribune")
    return with_claim(report, type="AID" if number % 2 else "ASSAULT")


def test_a_rare_value_of_a_claims_own_leads(ledger: Ledger) -> None:
    """And not the country that nearly all claims have."""
    ledger.add_many([with_claim(article(n), actors=(actor(country="PRK"),)) for n in range(200)], FIRST, reader=READER)
    query = Query(publishers=("Herald",), actor_country=("PRK",))
    with reading(ledger.engine) as connection:
        chosen = results._statement(connection, query, None, 200)
        found = [key for (key,) in connection.execute(chosen)]
    assert len(found) == 10
    leads = str(chosen.compile()).replace("\n", " ")
    assert "led" in leads
