"""What is in quarantine, tried again: from its source, or from the document that was kept."""

from __future__ import annotations

import datetime
import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from tocsin.batch.hold import held_of
from tocsin.batch.intake import Given, Sources
from tocsin.batch.messages import Errand, Fault, Item, readable
from tocsin.batch.plan import Plan
from tocsin.batch.run import Progress, Run, Tell
from tocsin.ledger import Held, Ledger
from tocsin.model import Document
from tocsin.read.dates import parse_option
from tocsin.read.fieldmap import checked
from tocsin.read.sources import ADDRESS

decode = msgspec.json.Decoder(Document).decode


class Retried(NamedTuple):
    """Ids by what became of them: read at last, refused again, or `lost`: their source is not there any more, or holds
    no article in their place."""

    read: tuple[str, ...]
    refused: tuple[str, ...]
    lost: tuple[str, ...]


def retry(
    ledger: Ledger,
    rows: Sequence[Held],
    plan: Plan,
    *,
    max_size: int,
    timeout: float,
    published: str | None = None,
    fields: Mapping[str, str] | None = None,
    tell: Tell | None = None,
) -> Retried:
    """Try rows of the quarantine again; what is read now is taken into the ledger, and its row is resolved. What else
    cannot be read where they come from is left alone: that is for `ingest` to say. Rows need their bytes where they
    were kept (`Ledger.quarantined_one`). `published` and `fields` are as for `ingest`; raises `UsageError` where they
    are wrong."""
    parse_option(published) if published else None
    fields = checked(fields)
    kept = [row for row in rows if row.raw is not None]
    sources = {row.id: source_of(row.origin) for row in rows if row.raw is None}
    wanted = dict.fromkeys(source for source in sources.values() if source is not None)
    again, gave = _Again(tell), _Gave(set(), {})
    if kept:
        Run(ledger, Given(_items(kept)), plan, again).go()
    if wanted:
        errand = Errand(
            sources=tuple(wanted), published=published, max_size=max_size, timeout=timeout, fields=fields,
            limit=plan.limit,
        )  # fmt: skip
        Run(ledger, _Heard(errand, ledger, gave, {row.origin for row in rows}), plan, again).go()
    refused = tuple(row.id for row in rows if again.has(row, sources.get(row.id)))
    came = _came([row for row in rows if row.raw is None and row.id not in refused], sources, gave.less(again.origins))
    read = tuple(row.id for row in rows if row.id not in refused and (row.raw is not None or row.id in came))
    ledger.resolve_quarantine(read, datetime.datetime.now(datetime.UTC))
    lost = tuple(row.id for row in rows if row.id not in refused and row.id not in read)
    return Retried(read, refused, lost)


class _Gave(NamedTuple):
    """What files and addresses gave: those that gave an article at all, and each article that the ledger did not hold,
    by its name in a fault, with where it came from."""

    any: set[str]
    new: dict[str, str]

    def less(self, refused: set[str]) -> _Gave:
        """Without what was refused."""
        return _Gave(self.any, {name: origin for name, origin in self.new.items() if name not in refused})


def _came(rows: Sequence[Held], sources: Mapping[str, str | None], gave: _Gave) -> set[str]:
    """The rows, of those not refused again, that were read. A file or an address as a whole was read where it gave an
    article. Of a place inside, such as a line, nobody says which article now stands there, or whether it was only
    struck out: it counts as read where the source gave at least as many new articles as there are such places."""
    whole = {row.id for row in rows if sources[row.id] == row.origin}
    inside = Counter(source for source, _ in {(sources[row.id], row.origin) for row in rows if row.id not in whole})
    found = set()
    for row in rows:
        source = sources[row.id]
        if source is None:
            continue
        if row.id in whole:
            enough = any(_within(origin, source) for origin in gave.any)
        else:
            enough = sum(_within(origin, source) for origin in gave.new.values()) >= inside[source]
        if enough:
            found.add(row.id)
    return found


def _within(origin: str, source: str) -> bool:
    """Whether an origin is a source, or a file below it."""
    named = readable(source)
    return origin == named or origin.startswith((named + os.sep, named + ":"))


class _Heard(Sources):
    """Sources that note what each of them gives, and pass over what is wrong in other places than the `asked` ones:
    read under other options than at first, all of a file may be."""

    def __init__(self, errand: Errand, ledger: Ledger, gave: _Gave, asked: set[str]) -> None:
        super().__init__(errand)
        self.ledger, self.gave = ledger, gave
        self.asked = asked | {readable(source) for source in errand.sources}
        self.whole = [source for source in errand.sources if readable(source) in asked]

    def _is_asked(self, fault: Fault | None) -> bool:
        """Whether a fault is in a place that was asked for, or there is none."""
        return fault is None or fault.origin in self.asked or any(_within(fault.origin, one) for one in self.whole)

    def take(self) -> list[Item]:
        """The next items, noted."""
        items = [item for item in super().take() if self._is_asked(item.fault)]
        came = [(item.origin, item.document) for item in items if item.document is not None]
        for (origin, document), known in zip(came, self.ledger.known(one for _, one in came), strict=True):
            self.gave.any.add(origin)
            if not known:
                self.gave.new[origin + Fault.place_of(document)] = origin
        return items


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
