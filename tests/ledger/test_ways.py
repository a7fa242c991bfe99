"""The way that a search takes through a ledger: which condition leads, and by what the others are asked of a claim."""

from __future__ import annotations

import pytest
from sqlalchemy import select, text
from tests.ledger.made import FIRST, READER, simple

from tocsin.ledger import Ledger, Query
from tocsin.ledger.criteria import Part, parts
from tocsin.ledger.engine import reading
from tocsin.ledger.schema import claims

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
