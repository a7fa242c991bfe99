"""What is in quarantine, tried again: from its source, or from the document that was kept."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from tocsin.batch.hold import held_of
from tocsin.batch.ingest import ingest
from tocsin.batch.intake import Given
from tocsin.batch.messages import Fault, Item
from tocsin.batch.run import Plan, Progress, Run, Tell
from tocsin.ledger import Held, Ledger
from tocsin.model import Document
from tocsin.read.sources import ADDRESS

decode = msgspec.json.Decoder(Document).decode


class Retried(NamedTuple):
    """Ids by what became of them: read at last, refused again, or `lost`: their source is not there any more."""

    read: tuple[str, ...]
    refused: tuple[str, ...]
    lost: tuple[str, ...]


def retry(
    ledger: Ledger, rows: Sequence[Held], plan: Plan, *, max_size: int, timeout: float, tell: Tell | None = None
) -> Retried:
    """Try rows of the quarantine again; what is read now is taken into the ledger, and its row is resolved. Rows need
    their bytes where they were kept (`Ledger.quarantined_one`)."""
    kept = [row for row in rows if row.raw is not None]
    sources = {row.id: source_of(row.origin) for row in rows if row.raw is None}
    lost = tuple(id for id, source in sources.items() if source is None)
    wanted = dict.fromkeys(source for source in sources.values() if source is not None)
    again = _Again(tell)
    if kept:
        Run(ledger, Given(_items(kept)), plan, again).go()
    if wanted:
        ingest(ledger, wanted, plan, max_size=max_size, timeout=timeout, tell=again)
    tried = [row for row in rows if row.id not in lost]
    refused = tuple(row.id for row in tried if again.has(row, sources.get(row.id)))
    read = tuple(row.id for row in tried if row.id not in refused)
    ledger.resolve_quarantine(read, datetime.datetime.now(datetime.UTC))
    return Retried(read, refused, lost)


class _Again:
    """Hears of what is refused again."""

    def __init__(self, tell: Tell | None) -> None:
        self.tell = tell
        self.ids: set[str] = set()
        self.origins: set[str] = set()

    def __call__(self, progress: Progress) -> None:
        for fault in progress.faults:
            self.ids.add(held_of(fault, "").id)
            self.origins.add(fault.origin)
        if self.tell is not None:
            self.tell(progress)

    def has(self, row: Held, source: str | None) -> bool:
        """Whether a row was refused again, or its source as a whole."""
        return row.id in self.ids or row.origin in self.origins or source in self.origins


def _items(rows: Sequence[Held]) -> Iterator[Item]:
    """The documents that were kept, under the origin that they had."""
    for row in rows:
        document = decode(row.raw or b"")
        yield Item(origin=origin_of(row.origin, document), document=document)


def origin_of(origin: str, document: Document) -> str:
    """The origin of a document as it was before the document's name was put behind it."""
    return origin.removesuffix(Fault.place_of(document))


def source_of(origin: str) -> str | None:
    """The file or the address in an origin such as `news.jsonl:17` or `https://news.example/feed: entry 3`; `None`
    where there is no such file any more."""
    if ADDRESS.match(origin):
        return origin.split(": ")[0]
    named = origin
    while named and not os.path.exists(named):
        named = named[: max(named.rfind(":"), 0)]
    return named or None
