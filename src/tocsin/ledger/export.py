"""Claims handed on to other programs: JSON lines, Parquet, and what stands in `geojson` and `plover`. Everything is
written as it is fetched, so memory does not grow with the number of claims."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    import pyarrow

    from tocsin.ledger.results import Rows

ROW_GROUP = 16_384
"""So many claims make a row group of Parquet, at least: small groups are slow to read."""


def write_parquet(rows: Rows, out: BinaryIO) -> None:
    """Write the claims as one Parquet file with the columns of `Rows.to_arrow()`. `out` need not be seekable."""
    import pyarrow.parquet

    reader = rows.to_reader()
    with pyarrow.parquet.ParquetWriter(out, reader.schema, compression="zstd") as writer:
        for table in _grouped(reader):
            writer.write_table(table)


def _grouped(reader: Any) -> Iterator[pyarrow.Table]:
    """The batches of a reader, gathered to row groups."""
    import pyarrow

    held: list[pyarrow.RecordBatch] = []
    size = 0
    for batch in reader:
        held.append(batch)
        size += batch.num_rows
        if size >= ROW_GROUP:
            yield pyarrow.Table.from_batches(held)
            held, size = [], 0
    if held:
        yield pyarrow.Table.from_batches(held)
