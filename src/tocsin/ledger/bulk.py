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
    """What is sent to a driver, and how a row's values are put for it: in the order of `names`, or by name."""

    sql: str
    names: tuple[str, ...]
    values: Callable[[Row], Any] | None


def insert(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows that all have the same columns. Values have to be what the driver takes: integers, floats, text,
    bytes, nothing."""
    if rows:
        statement = _compiled(connection.dialect, table, tuple(rows[0]))
        given = rows if statement.values is None else list(map(statement.values, rows))
        connection.exec_driver_sql(statement.sql, given)


def insert_tuples(
    connection: Connection, table: Table, names: tuple[str, ...], rows: Sequence[tuple[Any, ...]]
) -> None:
    """The same for rows that are given as the values of columns with these names."""
    if rows:
        statement = _compiled(connection.dialect, table, names)
        if statement.names != names:
            insert(connection, table, [dict(zip(names, row, strict=True)) for row in rows])
        else:
            connection.exec_driver_sql(statement.sql, list(rows))


@functools.lru_cache(256)
def _compiled(dialect: Dialect, table: Table, names: tuple[str, ...]) -> Statement:
    """The statement for a table and columns."""
    compiled = table.insert().compile(dialect=dialect, column_keys=list(names))
    order = tuple(compiled.positiontup or ())
    if not order:
        return Statement(str(compiled), order, None)
    if len(order) == 1:
        only = order[0]
        return Statement(str(compiled), order, lambda row: (row[only],))
    return Statement(str(compiled), order, itemgetter(*order))
