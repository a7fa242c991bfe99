"""Many rows at once are the rows that SQLAlchemy would have put there."""

from __future__ import annotations

from sqlalchemy import BigInteger, Float, Integer, LargeBinary, SmallInteger, Text, select

from tocsin.ledger import Ledger, bulk
from tocsin.ledger.engine import reading, writing
from tocsin.ledger.judged import bands, situation_links
from tocsin.ledger.schema import documents, readers
from tocsin.ledger.watched import metadata


def test_rows_come_back_as_they_were_put(ledger: Ledger) -> None:
    row = {
        "key": 1 << 40, "id": "a", "name": "n%(x)s :y ?", "url": None, "version": 1, "previous": None,
        "publisher": "Łódź", "agency": None, "title": "", "byline": None, "dateline": None, "published": "2024-12-01",
        "language": "en", "body": 0, "notes": b"\x00[]", "text": "x", "first_seen": "s", "last_seen": "s",
    }  # fmt: skip
    rows = [row, row | {"key": 3, "id": "b", "title": None}]
    with writing(ledger.engine) as connection:
        bulk.insert(connection, documents, rows)
        bulk.insert(connection, readers, ())
    with reading(ledger.engine) as connection:
        found = [dict(one) for one in connection.execute(select(documents).order_by(documents.c.id)).mappings()]
    assert found == rows


def test_columns_may_come_in_another_order(ledger: Ledger) -> None:
    with writing(ledger.engine) as connection:
        bulk.insert(connection, bands, [{"document": 3, "band": 1, "rank": 2}, {"rank": 5, "document": 6, "band": 4}])
        assert connection.execute(select(bands).order_by(bands.c.band)).all() == [(1, 2, 3), (4, 5, 6)]


def test_the_driver_takes_every_kind_of_value_as_it_is() -> None:
    plain = (BigInteger, Float, Integer, LargeBinary, SmallInteger, Text)
    kinds = {type(column.type) for table in metadata.tables.values() for column in table.columns}
    assert situation_links.name in metadata.tables
    assert kinds <= set(plain)
