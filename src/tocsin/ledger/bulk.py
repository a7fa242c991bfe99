"""Many rows at once. SQLAlchemy looks at every value of every row before a driver gets it, which takes longer than
SQLite needs to insert it; here a statement is compiled once, and the rows go to the driver as they are."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Connection, Dialect, Table

Row = Mapping[str, Any]


class Statement(NamedTuple):
    """What is sent to a driver, and how a row's values are put for it: in order, or by name."""

    sql: str
    values: Callable[[Row], Any] | None


def insert(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows that all have the same columns. Values have to be what the driver takes: integers, floats, text,
    bytes, nothing."""
    if rows:
        statement = _compiled(connection.dialect, table, tuple(rows[0]))
        given = rows if statement.values is None else list(map(statement.values, rows))
        connection.exec_driver_sql(statement.sql, given)


@functools.lru_cache(256)
def _compiled(dialect: Dialect, table: Table, names: tuple[str, ...]) -> Statement:
    """The statement for a table and columns."""
    compiled = table.insert().compile(dialect=dialect, column_keys=list(names))
    if compiled.positiontup is None:
        return Statement(str(compiled), None)
    if len(compiled.positiontup) == 1:
        only = compiled.positiontup[0]
        return Statement(str(compiled), lambda row: (row[only],))
    return Statement(str(compiled), itemgetter(*compiled.positiontup))
