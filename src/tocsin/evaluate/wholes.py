"""What is measured over a set as a whole: which of its documents or claims belong together.

A `Part` judges one document at a time. Families and situations say how documents stand to each other, so a `Whole` is
handed the files of its set and a reader, and gives results of whatever it counts by (pairs, documents, incidents).
Intervals, floors, misses and the page are those of every other part. A new one is one more entry in `WHOLES`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from tocsin.evaluate import families, situations
from tocsin.evaluate.counts import Measure, Scored
from tocsin.evaluate.parts import PARTS, Measured, Reader
from tocsin.evaluate.sets import REPOSITORY, members

Judge = Callable[[Sequence[Path], Reader, int | None], list[Scored]]
"""The files in the order of `sets`, the reader, and how large a sample is wanted (`None` for all): one result for each
thing that is counted. `Scored.document` names that thing. The reader is to be called only where claims are needed."""


class Whole(NamedTuple):
    """What is measured over a whole set. `set` is the file or folder under the shared folder (or under `home`, for sets
    that are part of the repository), `beside` names further files that are needed, `unit` what is counted."""

    name: str
    set: str
    judge: Judge
    measures: Mapping[str, Measure]
    unit: str
    beside: tuple[str, ...] = ()
    home: Path | None = None
    pattern: str = "*.json"

    @property
    def key(self) -> str:
        """The part and its set in one word, as floors name it: "families/families"."""
        path = Path(self.set)
        return f"{self.name}/{path.parent.name if self.home else path.stem}"

    def paths(self, folder: Path) -> list[Path]:
        """The files of the set and beside it; none where any is absent."""
        found = [members(self.home or folder, name, self.pattern) for name in (self.set, *self.beside)]
        return [path for paths in found for path in paths] if all(found) else []

    def scored(self, folder: Path, read: Reader, size: int | None) -> list[Scored]:
        """Judge the set."""
        return self.judge(self.paths(folder), read, size)


WHOLES: tuple[Whole, ...] = (
    Whole(
        "families",
        "bench/families.jsonl",
        families.judge_pairs,
        families.MEASURES,
        "pairs",
        beside=("bench/timex_aquaint.jsonl", "bench/stories_t17.jsonl"),
    ),
    Whole(
        "families",
        "tests/link/rewordings/kept.yaml",
        families.judge_rewordings,
        families.MEASURES,
        "pairs",
        home=REPOSITORY,
    ),
    Whole(
        "situations", "bench/stories_gva.jsonl", situations.judge_clusters, situations.INCIDENT_MEASURES, "documents"
    ),
    Whole("situations", "bench/stories_wcep.jsonl", situations.judge_clusters, situations.TOPIC_MEASURES, "documents"),
    Whole(
        "situations",
        "bench/stories_t17.jsonl",
        situations.judge_dates,
        situations.DATE_MEASURES,
        "days",
        beside=("bench/timelines_gold.jsonl",),
    ),
)

EVERYTHING: tuple[Measured, ...] = (*PARTS, *WHOLES)


def named(name: str | None) -> list[Measured]:
    """Everything of a name (`times`, or `times/timex_timebank` for one set); all with none."""
    return [part for part in EVERYTHING if name is None or name in (part.name, part.key)]
