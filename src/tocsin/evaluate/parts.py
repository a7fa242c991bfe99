"""The parts that are measured: each with its set, how the set is read, and its measures.

A new part is one more entry in `PARTS`: where its items come from, and what is measured on their counts. What can only
be judged over a set as a whole, such as which documents belong together, is in `wholes.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar

from tocsin.errors import MissingPart
from tocsin.evaluate import claims, gold, incidents, mentions, records, statuses
from tocsin.evaluate.counts import Measure, Scored
from tocsin.evaluate.sets import members, rows, sample
from tocsin.model import Document, Report

T = TypeVar("T")

Reader = Callable[[Iterable[Document]], Iterator[Report]]


class Item(NamedTuple):
    """How a document is made, and what judges the report on it (`None` where it could not be read)."""

    document: Callable[[], Document]
    judge: Callable[[Report | None], Scored]


class Measured(Protocol):
    """What the table of accuracy asks of a part."""

    @property
    def name(self) -> str:
        """The part's name, which several sets may share."""

    @property
    def set(self) -> str:
        """The file or folder that it is measured on, as a message names it."""

    @property
    def measures(self) -> Mapping[str, Measure]:
        """What is computed from the counts."""

    @property
    def key(self) -> str:
        """The part and its set in one word."""

    @property
    def unit(self) -> str:
        """What the single results are of: "documents"."""

    def paths(self, folder: Path) -> list[Path]:
        """The files of the set; none where any is absent."""

    def scored(self, folder: Path, read: Reader, size: int | None) -> list[Scored]:
        """The single results, of the whole set or of a sample."""


class Part(NamedTuple):
    """What is measured on one set. `name` is the part's, `set` the file or folder under the shared folder."""

    name: str
    set: str
    items: Callable[[Sequence[Path]], list[Item]]
    measures: Mapping[str, Measure]

    @property
    def key(self) -> str:
        """The part and its set in one word, as floors and anchors name it: "times/timex_timebank"."""
        return f"{self.name}/{Path(self.set).stem}"

    def paths(self, folder: Path) -> list[Path]:
        """The files of the set; none where it is absent."""
        return members(folder, self.set)

    @property
    def unit(self) -> str:
        """What the results are of."""
        return "documents"

    def scored(self, folder: Path, read: Reader, size: int | None) -> list[Scored]:
        """Read the set, or a sample of `size` documents, and score each document."""
        items = sample(self.items(self.paths(folder)), size)
        documents = [item.document() for item in items]
        return list(_judged(items, documents, read(documents)))


def _lines(kind: type[T], item: Callable[[T], Item]) -> Callable[[Sequence[Path]], list[Item]]:
    """How the items of a JSON-lines set are made of its rows."""

    def items(paths: Sequence[Path]) -> list[Item]:
        return [item(row) for path in paths for row in rows(path, kind)]

    return items


def _article(path: Path) -> Item:
    article = gold.load(path)
    return Item(article.document, lambda report: claims.score(article, report))


def _articles(paths: Sequence[Path]) -> list[Item]:
    return [_article(path) for path in paths]


def _times(row: mentions.TimexRow) -> Item:
    return Item(row.document, lambda report: mentions.score_times(row, report))


def _places(row: mentions.ToponymRow) -> Item:
    return Item(row.document, lambda report: mentions.score_places(row, report))


def _attributions(row: mentions.AttributionRow) -> Item:
    return Item(row.document, lambda report: mentions.score_attribution(row, report))


def _statuses(row: statuses.FactualityRow) -> Item:
    return Item(row.document, lambda report: statuses.score(row, report))


def _records(row: records.PloverRow) -> Item:
    return Item(row.document, lambda report: records.score(row, report))


def _reports(row: incidents.MucRow) -> Item:
    return Item(row.document, lambda report: incidents.score_muc(row, report))


def _police(row: incidents.PoliceRow) -> Item:
    return Item(row.document, lambda report: incidents.score_police(row, report))


def _shootings(row: incidents.ShootingRow) -> Item:
    return Item(row.document, lambda report: incidents.score_shooting(row, report))


PARTS: tuple[Part, ...] = (
    Part("claims", "gold", _articles, claims.MEASURES),
    Part("times", "bench/timex_timebank.jsonl", _lines(mentions.TimexRow, _times), mentions.TIME_MEASURES),
    Part("times", "bench/timex_aquaint.jsonl", _lines(mentions.TimexRow, _times), mentions.TIME_MEASURES),
    Part("places", "bench/geo_trnews.jsonl", _lines(mentions.ToponymRow, _places), mentions.PLACE_MEASURES),
    Part("places", "bench/geo_lgl.jsonl", _lines(mentions.ToponymRow, _places), mentions.PLACE_MEASURES),
    Part(
        "attribution",
        "bench/polnear_dev.jsonl",
        _lines(mentions.AttributionRow, _attributions),
        mentions.ATTRIBUTION_MEASURES,
    ),
    Part("status", "bench/factuality_uw.jsonl", _lines(statuses.FactualityRow, _statuses), statuses.MEASURES),
    Part("events", "bench/plover_gsr.jsonl", _lines(records.PloverRow, _records), records.MEASURES),
    Part("violence", "bench/muc4_dev.jsonl", _lines(incidents.MucRow, _reports), incidents.MUC_MEASURES),
    Part("violence", "bench/india_police_docs.jsonl", _lines(incidents.PoliceRow, _police), incidents.INDIA_MEASURES),
    Part("casualties", "bench/stories_gva.jsonl", _lines(incidents.ShootingRow, _shootings), incidents.GVA_MEASURES),
)


def named(name: str | None) -> list[Part]:
    """The parts of a name (`times`, or `times/timex_timebank` for one set); all with none."""
    return [part for part in PARTS if name is None or name in (part.name, part.key)]


def reader() -> Reader:
    """What reads documents into reports. Raise `MissingPart` where the reading stage is not installed."""
    try:
        from tocsin.api import read_documents
    except ImportError as fault:
        raise MissingPart(f"the reading stage cannot be loaded ({fault}); install the package whole") from fault
    return lambda documents: read_documents(documents, mentions=True)


def measure(part: Measured, folder: Path, read: Reader, size: int | None = None) -> list[Scored]:
    """Read a part's set, or a sample of `size` of it, and score what it is made of."""
    return part.scored(folder, read, size)


def _judged(items: Sequence[Item], documents: Sequence[Document], reports: Iterator[Report]) -> Iterator[Scored]:
    """Each item's result; reports come in the order of the documents, and one that is left out was not read."""
    report = next(reports, None)
    for item, document in zip(items, documents, strict=True):
        if report is not None and report.document == document:
            yield item.judge(report)
            report = next(reports, None)
        else:
            yield item.judge(None)
