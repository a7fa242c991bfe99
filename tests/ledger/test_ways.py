"""The way that a search takes through a ledger: which condition leads, and by what the others are asked of a claim."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text
from tests.ledger.made import FIRST, READER, actor, simple, with_claim

from tocsin.ledger import Ledger, Query, find, results
from tocsin.ledger.criteria import Part, own_parts, parts
from tocsin.ledger.engine import reading
from tocsin.ledger.schema import claims
from tocsin.ledger.ways import Size, cheapest, ways
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


def test_the_fewest_lead() -> None:
    found = list(ways([Size(100, False, 1.0), Size(100_000, True, 1.0)], 1_000_000, 51, by_value=False))
    best = cheapest(found)
    assert (best.leads, best.gathered) == (0, True)


def test_what_comes_in_order_is_not_gathered_where_a_page_is_soon_full() -> None:
    best = cheapest(list(ways([Size(100_000, True, 1.0), Size(500_000, False, 1.0)], 1_000_000, 51, by_value=False)))
    assert (best.leads, best.gathered) == (0, False)
    best = cheapest(list(ways([Size(100_000, True, 1.0), Size(500_000, False, 1.0)], 1_000_000, None, by_value=True)))
    assert (best.leads, best.gathered) == (0, True)


def test_where_all_conditions_are_broad_claims_come_up_by_themselves() -> None:
    assert cheapest(list(ways([Size(800_000, False, 1.0)], 1_000_000, 51, by_value=False))).leads is None


def test_what_is_dear_to_ask_is_gathered_where_many_come_up() -> None:
    dear = Size(25_000, False, 150.0)
    few, many = Size(10, False, 1.0), Size(8_000, False, 1.0)
    assert cheapest(list(ways([few, dear], 1_000_000, 51, by_value=False))).beside == frozenset()
    assert cheapest(list(ways([many, dear], 1_000_000, 51, by_value=False))).beside == {1}


sizes = st.builds(Size, st.floats(0, 1e6), st.booleans(), st.sampled_from([0.1, 1.0, 5.0, 150.0]))


@given(st.lists(sizes, max_size=6), st.sampled_from([1, 51, None]), st.booleans())
def test_there_is_a_way_for_every_query(found: list[Size], wanted: int | None, by_value: bool) -> None:
    every = list(ways(found, 1e6, wanted, by_value))
    assert all(way.cost >= 0 and way.leads not in way.beside for way in every)
    assert {way.leads for way in every} == {None, *range(len(found))}
    assert not (by_value and any(way.leads is not None and not way.gathered for way in every))


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
