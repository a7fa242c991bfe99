"""The unlabelled news that the teacher labels, and where its labels are kept.

Texts come from the public sets in `shared/bench` and stay there: a label file names set, document and length only.
Documents that are annotated, or share passages with one that is, are left out; so are reprints of each other.
"""

from __future__ import annotations

import itertools
import json
import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from cases import Label

from tocsin.model import Document
from tocsin.read import from_text
from tocsin.understand.pipeline import load, parse_many, prepare
from tocsin.understand.reading import Reading, understand

SETS = {
    "stories_wikinews": (9999, 3000),
    "stories_guardian": (9999, 3500),
    "timex_timebank": (9999, 2500),
    "timex_aquaint": (9999, 3000),
    "stories_t17": (350, 2500),
    "stories_wcep": (3500, 2000),
    "polnear_train": (60, 2000),
    "re3d_docs": (60, 2500),
    "geo_trnews": (9999, 2500),
}
"""Most documents of a set, most characters of a document: many short beginnings teach more than a few whole texts."""

DAY = "2012-05-16"
"""The day on which a text without one is taken to be published, so that its "Monday" is a time."""

TOGETHER = 64
SEED = 1
SHINGLE = 8
IN_GOLD, IN_TRAIN, IN_TRAIN_SHARE, IN_POOL_SHARE = 3, 2, 0.05, 0.3
"""Runs of eight words shared from which a document counts as known: with gold, with train, with the pool itself."""

WORD = re.compile(r"\w+")


class Unlabelled(NamedTuple):
    """A text without labels. `chars` is where it was cut."""

    set: str
    id: str
    chars: int
    text: str


def shingles(text: str) -> set[str]:
    """The runs of eight words of a text."""
    words = WORD.findall(text.lower())
    return {" ".join(words[k : k + SHINGLE]) for k in range(max(1, len(words) - SHINGLE + 1))}


def pool(shared: Path) -> Iterator[Unlabelled]:
    """The documents to label, in a fixed order."""
    gold, known, ids = annotated(shared)
    seen: set[str] = set()
    rng = random.Random(SEED)
    for name, (most, chars) in SETS.items():
        rows = list(read(shared / "bench", name))
        rng.shuffle(rows)
        taken = 0
        for id_, text in rows:
            if taken == most:
                break
            own = shingles(text)
            near = len(own & gold) >= IN_GOLD or len(own & known) > max(IN_TRAIN, IN_TRAIN_SHARE * len(own))
            if id_ in ids or near or len(own & seen) > IN_POOL_SHARE * len(own):
                continue
            seen |= own
            taken += 1
            yield Unlabelled(name, id_, chars, cut(text, chars))


def annotated(shared: Path) -> tuple[set[str], set[str], set[str]]:
    """The shingles of gold, those of train, the ids of both."""
    gold: set[str] = set()
    known: set[str] = set()
    ids: set[str] = set()
    for name, into in (("gold", gold), ("train", known)):
        for path in sorted((shared / name).glob("*.json")):
            doc = json.loads(path.read_text(encoding="utf-8"))
            into |= shingles(doc["text"])
            ids |= {doc["id"], path.stem}
    return gold, known, ids


def read(bench: Path, name: str) -> Iterator[tuple[str, str]]:
    """Id and text of each document of a set."""
    with (bench / f"{name}.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield row["id"], row["text"]


def cut(text: str, chars: int) -> str:
    """The beginning of a text, to the last space within `chars`."""
    return text if len(text) <= chars else text[: text.rfind(" ", 0, chars)]


def labelled(file: Path, bench: Path) -> Iterator[tuple[Reading, dict[int, Label]]]:
    """The documents of a label file, read, with their labels by where they start.

    The file has a line of JSON for each document: `{"set", "id", "chars", "labels"}`, a label being `[start, claim,
    types, statuses, pairs]`: where the event's head word starts in the text as read, the probability that it is a
    claim, and those of its types and statuses; a pair is `[sort, start, chances]` (`cases.Label`). Events are proposed
    anew from the texts, so that labels outlive a change of rules.
    """
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    texts = {(name, id_): text for name in sorted({line["set"] for line in lines}) for id_, text in read(bench, name)}
    docs = (from_text(cut(texts[line["set"], line["id"]], line["chars"]), published=DAY) for line in lines)
    for line, reading in zip(lines, read_all(docs), strict=True):
        yield reading, {label[0]: _label(*label[1:]) for label in line["labels"]}


def _label(claim: float, types: dict[str, float], statuses: dict[str, float], pairs: list[Any] | None) -> Label:
    known = None if pairs is None else {(sort, start): chances for sort, start, chances in pairs}
    return Label(claim, types, statuses, known)


def read_all(docs: Iterable[Document]) -> Iterator[Reading]:
    """The readings of documents."""
    pending = iter(docs)
    while batch := list(itertools.islice(pending, TOGETHER)):
        texts = ((doc.text, prepare(doc.text, doc.body)) for doc in batch)
        yield from map(understand, batch, parse_many(load(), texts))
