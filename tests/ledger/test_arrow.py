"""Claims as Arrow: complete, in batches, taken by pandas and polars as they are."""

from __future__ import annotations

import duckdb
import msgspec
import polars
import pyarrow
import pytest
from tests.ledger.made import ARMY, FIRST, READER, simple

from tocsin.ledger import Ledger, Query
from tocsin.ledger.arrow import SCHEMA
from tocsin.model import Claim


@pytest.fixture
def stocked(ledger: Ledger) -> Ledger:
    ledger.add_many([ARMY, *map(simple, range(30))], FIRST, reader=READER)
    return ledger


def test_a_table_holds_all_that_a_claim_says(stocked: Ledger) -> None:
    rows = stocked.claims(Query(publishers=("Tribune",)))
    table = rows.to_arrow()
    assert table.schema == SCHEMA
    fields = {field.encode_name for field in msgspec.structs.fields(Claim)}
    assert fields <= set(table.schema.names)
    for found, row in zip(rows, table.to_pylist(), strict=True):
        claim = {name: row[name] for name in fields} | {"id": found.claim.id}
        assert msgspec.convert(claim, Claim) == found.claim
        assert (row["id"], row["document"], row["url"]) == (found.id, found.document.id, found.document.url)


def test_batches_come_one_by_one(stocked: Ledger) -> None:
    rows = stocked.claims()
    reader = rows.to_reader()
    assert isinstance(reader, pyarrow.RecordBatchReader)
    assert sum(batch.num_rows for batch in reader) == 32


def test_pandas_and_polars_take_them(stocked: Ledger) -> None:
    rows = stocked.claims(Query(types=("ASSAULT",)))
    assert rows.to_pandas()["type"].tolist() == ["ASSAULT"] * 30
    assert rows.to_polars()["id"].to_list() == [found.id for found in rows]
    assert polars.DataFrame(rows).equals(rows.to_polars())
    assert pyarrow.table(rows).num_rows == 30


def test_duckdb_takes_them_as_a_table(stocked: Ledger) -> None:
    """By the Arrow PyCapsule interface alone; lists of structs are taken apart in SQL."""
    connection = duckdb.connect()
    rows = stocked.claims(Query(types=("ASSAULT",)))  # noqa: F841 (named in the SQL)
    assert connection.sql("SELECT count(*), count(DISTINCT id) FROM rows").fetchall() == [(30, 30)]
    every = stocked.claims()
    named = "SELECT actor.name FROM (SELECT unnest(actors) AS actor FROM every) WHERE actor.name IS NOT NULL"
    expected = sorted(actor.name for found in every for actor in found.claim.actors if actor.name)
    assert sorted(row[0] for row in connection.sql(named).fetchall()) == expected


def test_nothing_found_is_an_empty_table(stocked: Ledger) -> None:
    assert stocked.claims(Query(words="nothing")).to_arrow().num_rows == 0
