"""Which events are claims, of which type and mode, and how they stand: the models' verdict on the rules' proposals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, cast

import numpy as np

from tocsin.claim import encoder, linear
from tocsin.claim.encoder import Opinions
from tocsin.claim.events import Event
from tocsin.claim.judge import crowd, event_features
from tocsin.claim.linear import Floats, Linear
from tocsin.claim.ontology import ontology
from tocsin.claim.vouching import Standing
from tocsin.model import Status
from tocsin.understand.parse import Parse

CLAIM_AT = 0.45
"""Least probability of being a claim for an event to be reported."""

TYPED_AT = 0.3
"""Least probability of being a claim of the likeliest type: what is of no type is no claim."""

RULED = 1.0
"""What it counts that the rules take an event to stand so: added to the logarithm of the status's probability."""


class Verdict(NamedTuple):
    """An event that is a claim. `sure` is the probability that it is one, of this type; `chances` are the logarithms
    of its odds of being a claim, and of the probabilities of its type and its status, as the encoder gives them."""

    event: Event
    type: str
    mode: str | None
    status: Status
    sure: float
    chances: tuple[float, float, float]


def decide(
    parse: Parse, events: Sequence[Event], stands: Sequence[Standing], said: Opinions, least: float = CLAIM_AT
) -> list[Verdict]:
    """The verdicts on the events that are claims, in the order of the text. `said` is the encoder's opinion of them."""
    tables = encoder.load().tables
    claim = 1.0 / (1.0 + np.exp(-said.claim))
    sure = claim * np.exp(said.types.max(axis=1, initial=-np.inf))
    kept = [k for k in range(len(events)) if claim[k] >= least and sure[k] >= TYPED_AT]
    types = said.types[kept].argmax(axis=1)
    statuses = [_standing(tables.statuses, said.statuses[k], stands[events[k].head]) for k in kept]
    names = [tables.types[k] for k in types]
    modes = _modes(parse, [events[k] for k in kept], names, stands, events)
    return [
        Verdict(
            event=events[k],
            type=names[n],
            mode=modes[n],
            status=cast(Status, tables.statuses[statuses[n]]),
            sure=float(sure[k]),
            chances=(
                float(said.claim[k]),
                float(said.types[k, types[n]]),
                float(said.statuses[k, statuses[n]]),
            ),
        )
        for n, k in enumerate(kept)
    ]


def _standing(names: Sequence[str], logs: Floats, stand: Standing) -> int:
    """The likeliest status by the encoder's opinion and the rules' own."""
    return int((logs + RULED * np.array([name == stand.status for name in names])).argmax())


def _modes(
    parse: Parse, kept: Sequence[Event], names: Sequence[str], stands: Sequence[Standing], events: Sequence[Event]
) -> list[str | None]:
    """The mode of each event of the type named: the rule's own where it gave the type and a mode, else the model's."""
    found = [event.mode if event.type == name else None for event, name in zip(kept, names, strict=True)]
    asked = [k for k, mode in enumerate(found) if mode is None and ontology().types[names[k]].modes]
    by_head = {event.head: event for event in events}
    rivals = crowd(parse, events)
    rows = [
        event_features(parse, e, stands[e.head], by_head, rivals[parse.sent[e.head]]) for e in (kept[k] for k in asked)
    ]
    modes = linear.load("mode")
    for k, scores in zip(asked, modes.scores(rows), strict=True):
        found[k] = _likeliest(names[k], modes, scores)
    return found


def _likeliest(name: str, modes: Linear, scores: Floats) -> str | None:
    """The likeliest mode of a type, or none of them."""
    allowed = {f"{name}/{mode}": mode for mode in ontology().types[name].modes}
    allowed[f"{name}/"] = ""
    masked = np.array([score if label in allowed else -1.0 for label, score in zip(modes.classes, scores, strict=True)])
    best = int(masked.argmax())
    return (allowed[modes.classes[best]] or None) if masked[best] >= 0 else None
