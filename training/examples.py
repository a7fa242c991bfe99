"""Annotated articles with their readings, and which of the proposed events each annotated claim is."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tocsin.claim.attribution import scan
from tocsin.claim.events import Event, find_events
from tocsin.claim.judge import crowd, event_features
from tocsin.claim.vouching import standings
from tocsin.model import Mention, Time
from tocsin.read import from_text
from tocsin.understand.parse import Parse
from tocsin.understand.phrases import head_of
from tocsin.understand.pipeline import load, parse_many, prepare
from tocsin.understand.reading import Reading, understand

MODELS = ("mode", "role", "place", "time", "figure", "twin")

OPTIONAL_WEIGHT = 0.5
"""What an optional claim counts in learning types, roles and status: it was annotated with less care."""


@dataclass
class Rows:
    """Feature rows of one model with answers, weights and the number of the article each comes from."""

    rows: list[list[str]] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)
    article: list[int] = field(default_factory=list)

    def add(self, row: list[str], answer: str, weight: float, article: int) -> None:
        self.rows.append(row)
        self.answers.append(answer)
        self.weights.append(weight)
        self.article.append(article)

    def weigh(self, first: int, factor: float) -> None:
        """Multiply the weights of the rows of all articles from number `first` on."""
        self.weights = [w * (factor if n >= first else 1.0) for w, n in zip(self.weights, self.article, strict=True)]


def articles(folder: Path) -> Iterator[tuple[dict[str, Any], Reading]]:
    """The annotated articles of a folder with their readings."""
    return readings([json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))])


def readings(found: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], Reading]]:
    """Annotated articles with their readings."""
    docs = [from_text(d["text"], id=d["id"], published=d["published"]) for d in found]
    texts = ((doc.text, prepare(doc.text, doc.body)) for doc in docs)
    for gold, doc, parse in zip(found, docs, parse_many(load(), texts), strict=True):
        yield gold, understand(doc, parse)


def tokens(parse: Parse, span: dict[str, Any]) -> tuple[int, int] | None:
    """The token range of an annotated span, or `None` where it lies outside the parsed text."""
    try:
        return parse.tokens_in(Mention(text=span["text"], start=span["start"], end=span["end"]))
    except ValueError:
        return None


def matches(parse: Parse, events: Iterable[Event], claims: list[dict[str, Any]]) -> dict[int, dict[str, Any]]:
    """Event head → the annotated claim that it is, each claim once; the main trigger and required claims first."""
    spans = []
    for claim in claims:
        for n, span in enumerate([claim["trigger"], *claim["alt_triggers"]]):
            at = tokens(parse, span)
            if at is not None:
                spans.append((claim["optional"], n > 0, at, claim))
    found: dict[int, dict[str, Any]] = {}
    used: set[str] = set()
    for _, _, (start, end), claim in sorted(spans, key=lambda s: (s[0], s[1], s[2])):
        if claim["id"] in used:
            continue
        over = [e for e in events if e.start < end and start < e.end and e.head not in found]
        over.sort(key=lambda e: (e.type not in claim["types"], -e.weight))
        if over:
            found[over[0].head] = claim
            used.add(claim["id"])
    return found


def modes(source: Iterable[tuple[dict[str, Any], Reading]]) -> Rows:
    """The rows from which the mode of an event is learned, an answer being `type/mode`."""
    out = Rows()
    for n, (gold, reading) in enumerate(source):
        parse = reading.parse
        stands = standings(parse, scan(parse))
        events = find_events(parse)
        by_head = {event.head: event for event in events}
        rivals = crowd(parse, events)
        for head, claim in matches(parse, events, gold["claims"]).items():
            row = event_features(parse, by_head[head], stands[head], by_head, rivals[parse.sent[head]])
            weight = OPTIONAL_WEIGHT if claim["optional"] else 1.0
            for mode in claim["modes"][:1] or [""]:
                out.add(row, f"{claim['types'][0]}/{mode}", weight, n)
    return out


def owners(
    parse: Parse, events: Sequence[Event], gold: dict[str, Any], found: dict[int, dict[str, Any]]
) -> dict[int, dict[str, Any]]:
    """Event head → the annotated claim that it is, or that one of its other triggers names."""
    told = dict(found)
    for claim in gold["claims"]:
        spans = [tokens(parse, span) for span in [claim["trigger"], *claim["alt_triggers"]]]
        for event in events:
            if any(at and at[0] < event.end and event.start < at[1] for at in spans):
                told.setdefault(event.head, claim)
    return told


def any_equal(times: list[tuple[int, Time]], annotated: dict[str, Any]) -> bool:
    """Whether one of the times has the annotated interval to the day: then only that one is the answer."""
    return any((annotated["from"], annotated["to"]) == (time.from_, time.to) for _, time in times)


def trigger_spans(parse: Parse, gold: dict[str, Any]) -> list[tuple[int, int]]:
    """The token ranges of all annotated triggers."""
    spans = [tokens(parse, s) for c in gold["claims"] for s in [c["trigger"], *c["alt_triggers"]]]
    return [span for span in spans if span is not None]


def heads_of(parse: Parse, spans: list[dict[str, Any]], heads: list[int]) -> list[int]:
    """The mention heads that annotated spans stand for: the span's own head, else the first head inside it."""
    found = []
    for span in spans:
        at = tokens(parse, span)
        if at is None:
            continue
        top = head_of(parse, *at)
        inside = [h for h in heads if at[0] <= h < at[1]]
        if top in inside:
            found.append(top)
        elif inside:
            found.append(inside[0])
    return found
