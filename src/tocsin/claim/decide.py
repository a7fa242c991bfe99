"""Which events are claims, of which type and mode, and how they stand: the models' verdict on the rules' proposals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, cast

import numpy as np

from tocsin.claim import linear
from tocsin.claim.events import Event
from tocsin.claim.judge import crowd, event_features, standing_features, surroundings
from tocsin.claim.linear import Floats, Linear
from tocsin.claim.ontology import ontology
from tocsin.claim.vouching import Standing
from tocsin.model import Status
from tocsin.understand.parse import Parse

CLAIM_AT = 0.55
"""Least probability of being a claim for an event to be reported."""


class Verdict(NamedTuple):
    """An event that is a claim. `sure` is the probability that it is one, of this type."""

    event: Event
    type: str
    mode: str | None
    status: Status
    sure: float


def decide(parse: Parse, events: Sequence[Event], stands: Sequence[Standing], least: float = CLAIM_AT) -> list[Verdict]:
    """The verdicts on the events that are claims, in the order of the text."""
    by_head = {event.head: event for event in events}
    rivals = crowd(parse, events)
    rows = [
        event_features(parse, event, stands[event.head], by_head, rivals[parse.sent[event.head]]) for event in events
    ]
    around = [row + surroundings(parse, event) for event, row in zip(events, rows, strict=True)]
    claim = linear.load("claim").scores(around)
    kept = [k for k in range(len(events)) if claim[k, 1] >= least]
    types = linear.load("type")
    type_scores = types.scores([around[k] for k in kept])
    best = [int(row.argmax()) for row in type_scores]
    names = [types.classes[k] for k in best]
    chosen = _modes([events[k] for k in kept], names, [rows[k] for k in kept])
    found = [(events[k], names[n], chosen[n], float(claim[k, 1] * type_scores[n, best[n]])) for n, k in enumerate(kept)]
    return _with_status(parse, stands, found)


def _with_status(
    parse: Parse, stands: Sequence[Standing], found: list[tuple[Event, str, str | None, float]]
) -> list[Verdict]:
    """Verdicts from events with type and mode, their status decided."""
    model = linear.load("status")
    rows = [standing_features(parse, event, stands[event.head], name) for event, name, _, _ in found]
    scores = model.scores(rows)
    return [
        Verdict(event, name, mode, cast(Status, model.classes[int(row.argmax())]), sure)
        for (event, name, mode, sure), row in zip(found, scores, strict=True)
    ]


def _modes(events: Sequence[Event], names: Sequence[str], rows: Sequence[list[str]]) -> list[str | None]:
    """The mode of each event of the type named: the rule's own where it gave the type and a mode, else the model's."""
    found = [event.mode if event.type == name else None for event, name in zip(events, names, strict=True)]
    asked = [k for k, mode in enumerate(found) if mode is None and ontology().types[names[k]].modes]
    modes = linear.load("mode")
    for k, scores in zip(asked, modes.scores([rows[k] for k in asked]), strict=True):
        found[k] = _likeliest(names[k], modes, scores)
    return found


def _likeliest(name: str, modes: Linear, scores: Floats) -> str | None:
    """The likeliest mode of a type, or none of them."""
    allowed = {f"{name}/{mode}": mode for mode in ontology().types[name].modes}
    allowed[f"{name}/"] = ""
    masked = np.array([score if label in allowed else -1.0 for label, score in zip(modes.classes, scores, strict=True)])
    best = int(masked.argmax())
    return (allowed[modes.classes[best]] or None) if masked[best] >= 0 else None
