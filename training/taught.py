"""The labels of the teacher (`teach.py`) as rows for the small models.

A label file has a line of JSON for each document: `{"set", "id", "chars", "labels"}`, a label being `[start, claim,
types, statuses]`: where the event's head word starts in the text as read, the probability that it is a claim, and
those of its types and statuses. Events are proposed anew from the texts, so the labels outlive a change of features.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from examples import Examples
from pool import cut, read

from tocsin.claim.attribution import scan
from tocsin.claim.events import find_events
from tocsin.claim.judge import crowd, event_features, surroundings
from tocsin.claim.vouching import standings
from tocsin.read import from_text
from tocsin.understand.parse import Parse
from tocsin.understand.pipeline import load, parse_many, prepare

SHARE = {"claim": 1.0, "type": 0.3}
"""What a row of the teacher's counts beside an annotated one. The status gained nothing from it."""

RESTRAINT = {"claim": 0.1, "type": 0.3}
"""Inverse strength of the L2 penalty where these rows are added. Both tuned on every fifth article, held out."""

LEAST = 0.03
"""Less probable answers are left out."""

UNANNOTATED = -1
"""The article number of all these rows."""


def add_taught(data: Examples, file: Path, bench: Path) -> None:
    """Add the rows of a label file: a row for each probable answer, weighted by its probability."""
    for parse, labels in labelled(file, bench):
        stands = standings(parse, scan(parse))
        events = find_events(parse)
        by_head = {event.head: event for event in events}
        rivals = crowd(parse, events)
        for event in events:
            label = labels.get(parse.tokens(event.head, event.head + 1).start)
            if label is None:
                continue
            _, claim, types, _ = label
            row = event_features(parse, event, stands[event.head], by_head, rivals[parse.sent[event.head]])
            row += surroundings(parse, event)
            _add(data, "claim", row, {"yes": claim, "no": 1.0 - claim}, 1.0)
            _add(data, "type", row, types, claim)


def _add(data: Examples, name: str, row: list[str], answers: dict[str, float], claim: float) -> None:
    for answer, chance in answers.items():
        if chance * claim > LEAST:
            data[name].add(row, answer, SHARE[name] * chance * claim, UNANNOTATED)


def labelled(file: Path, bench: Path) -> Iterator[tuple[Parse, dict[int, list[Any]]]]:
    """The documents of a label file, parsed, with their labels by where they start."""
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    texts = {(name, id_): text for name in sorted({line["set"] for line in lines}) for id_, text in read(bench, name)}
    docs = [from_text(cut(texts[line["set"], line["id"]], line["chars"])) for line in lines]
    parses = parse_many(load(), ((doc.text, prepare(doc.text, doc.body)) for doc in docs))
    for line, parse in zip(lines, parses, strict=True):
        yield parse, {label[0]: label for label in line["labels"]}
