"""Report families against pairs of documents that were labelled by reading.

A pair is right when both documents are in one family exactly where they carry the same report. All documents of the
set are put into families together, as a ledger does, so that what hangs together through a third document counts too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any, Literal

import msgspec

from tocsin import lexicon
from tocsin.evaluate.counts import Count, Measure, Miss, Scored, f1_of, precision_of, share_of
from tocsin.evaluate.mentions import day
from tocsin.evaluate.sets import rows, sample
from tocsin.judgement import Paper
from tocsin.link.families import families
from tocsin.read import from_text

MEASURES: dict[str, Measure] = {
    "precision": precision_of("together"),
    "recall": share_of("together"),
    "f1": f1_of("together"),
}

Label = Literal["copy", "background", "unclear"]


class PairRow(msgspec.Struct, frozen=True, kw_only=True):
    """A labelled pair of documents."""

    a: str
    b: str
    label: Label
    why: str = ""


class TextRow(msgspec.Struct, frozen=True, kw_only=True):
    """A document of one of the sets that pairs are drawn from."""

    id: str
    text: str
    date: str | None = None
    dct: str | None = None
    title: str | None = None
    publisher: str | None = None

    def paper(self) -> Paper:
        """The document as it is compared."""
        return paper(self.text, self.id, day(self.date or self.dct), self.title, self.publisher)


class Text(lexicon.Entry, frozen=True, kw_only=True):
    """A report of an event, or a rewording of one."""

    published: Any
    text: str
    agency: str | None = None
    publisher: str | None = None


class Event(lexicon.Entry, frozen=True):
    """Reports of one event; those of one list under `families` carry the same report, all others are independent."""

    id: str
    families: tuple[tuple[str, ...], ...]
    documents: dict[str, Text]


class Events(lexicon.Entry, frozen=True):
    """A file of rewordings."""

    events: tuple[Event, ...]


def paper(
    text: str,
    id: str,
    published: str | None,
    title: str | None = None,
    publisher: str | None = None,
    agency: str | None = None,
) -> Paper:
    """A document as it is compared, its head and foot read."""
    read = from_text(text, id=id, published=published, title=title, publisher=publisher)
    return Paper(
        id=id,
        text=read.text,
        body=read.body,
        title=read.title,
        publisher=publisher,
        agency=agency or read.agency,
        published=read.published,
    )


def judge_pairs(paths: Sequence[Path], _: object, size: int | None) -> list[Scored]:
    """Score the pairs of the first file; the others hold the documents. Pairs that are unclear are left out."""
    labelled = [row for row in rows(paths[0], PairRow) if row.label != "unclear"]
    papers = [row.paper() for path in paths[1:] for row in rows(path, TextRow)]
    together = _together(papers)
    return [_score(row.a, row.b, row.label == "copy", together, row.why) for row in sample(labelled, size)]


def judge_rewordings(paths: Sequence[Path], _: object, size: int | None) -> list[Scored]:
    """Score all pairs of an event's documents, for each event of the files."""
    found = []
    for path in paths:
        for event in lexicon.read(path, Events).events:
            named = {name: f"{event.id}/{name}" for name in event.documents}
            papers = [
                paper(one.text, named[name], str(one.published), publisher=one.publisher, agency=one.agency)
                for name, one in event.documents.items()
            ]
            family = {name: number for number, names in enumerate(event.families) for name in names}
            together = _together(papers)
            found += [
                _score(named[a], named[b], family[a] == family[b], together, "") for a, b in combinations(named, 2)
            ]
    return sample(found, size)


def _together(papers: Iterable[Paper]) -> Callable[[str, str], bool]:
    """Whether two documents are in one family."""
    family = {document: found.id for found in families(papers) for document in found.documents}
    return lambda a, b: family.get(a, a) == family.get(b, b)


def _score(a: str, b: str, gold: bool, together: Callable[[str, str], bool], why: str) -> Scored:
    """The counts of one pair."""
    read = together(a, b)
    misses = () if read == gold else (Miss("false alarm" if read else "not found", f"{a} {b}", why),)
    return Scored(f"{a} {b}", {"together": Count(read and gold, read, gold)}, misses)
