"""Claims as Arrow: one row a claim, its parts as lists of structs; batches come as they are asked for."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import msgspec
import pyarrow as pa

from tocsin.errors import MissingPart

if TYPE_CHECKING:
    from tocsin.ledger.results import Found

TEXT, COUNT, NUMBER, DAY = pa.string(), pa.int32(), pa.float64(), pa.string()
MENTION = [("text", TEXT), ("start", COUNT), ("end", COUNT)]
ACTOR = [*MENTION, ("name", TEXT), ("country", TEXT), ("sector", TEXT), ("antecedent", pa.struct(MENTION))]
SOURCE = [*ACTOR, ("level", COUNT), ("manner", TEXT), ("cue", pa.struct(MENTION)), ("said_on", DAY)]
FIGURE = [
    *MENTION, ("what", TEXT), ("low", NUMBER), ("high", NUMBER), ("qualifier", TEXT), ("unit", TEXT),
]  # fmt: skip
PLACE = [
    *MENTION, ("role", TEXT), ("name", TEXT), ("country", TEXT), ("country_name", TEXT), ("admin1", TEXT),
    ("geonameid", pa.int64()), ("lat", NUMBER), ("lon", NUMBER),
]  # fmt: skip
TIME = [*MENTION, ("from", DAY), ("to", DAY), ("timex", TEXT), ("type", TEXT)]

SCHEMA = pa.schema(
    [
        ("id", TEXT), ("document", TEXT), ("version", COUNT), ("url", TEXT), ("title", TEXT), ("publisher", TEXT),
        ("agency", TEXT), ("published", DAY), ("type", TEXT), ("mode", TEXT), ("status", TEXT),
        ("trigger", pa.struct(MENTION)), ("actors", pa.list_(pa.struct(ACTOR))),
        ("recipients", pa.list_(pa.struct(ACTOR))), ("objects", pa.list_(pa.struct(MENTION))),
        ("figures", pa.list_(pa.struct(FIGURE))), ("places", pa.list_(pa.struct(PLACE))), ("time", pa.struct(TIME)),
        ("sources", pa.list_(pa.struct(SOURCE))), ("evidence", pa.struct(MENTION)), ("confidence", NUMBER),
        ("made_by", TEXT), ("reader", TEXT), ("superseded", TEXT), ("first_seen", TEXT), ("last_seen", TEXT),
    ]
)  # fmt: skip
"""The columns. Dates are ISO text, since an interval may be open and a day unknown."""

OF_DOCUMENT = ("version", "url", "title", "publisher", "agency", "published", "first_seen", "last_seen")


def reader(batches: Iterable[list[Found]]) -> pa.RecordBatchReader:
    """A reader over batches of claims."""
    return pa.RecordBatchReader.from_batches(SCHEMA, _converted(batches))


def _converted(batches: Iterable[list[Found]]) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        yield pa.RecordBatch.from_pylist([plain(found) for found in batch], schema=SCHEMA)


def plain(found: Found) -> dict[str, Any]:
    """One row as plain values, under the names of the columns."""
    row: dict[str, Any] = msgspec.to_builtins(found.claim)
    origin = found.document
    row |= {name: getattr(origin, name) for name in OF_DOCUMENT}
    row |= {"id": found.id, "document": origin.id, "reader": found.reader, "superseded": found.superseded}
    return row


def other(package: str) -> Any:
    """A package that takes Arrow and that Tocsin itself does without. Raises `MissingPart` where it is missing."""
    try:
        return importlib.import_module(package)
    except ImportError as fault:
        raise MissingPart(f"{package} is not installed; run: python -m pip install {package}") from fault
