"""What the encoder and its teacher learn from: the events of a text, as the rules propose them, each with the pairs of
it and a word beside it, and the answers: from the annotation, or from the teacher."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from examples import OPTIONAL_WEIGHT, any_equal, heads_of, matches, owners, trigger_spans

from tocsin.claim import encoder
from tocsin.claim.attribution import scan
from tocsin.claim.build import scene
from tocsin.claim.candidates import candidates
from tocsin.claim.events import Event, find_events
from tocsin.claim.ontology import ontology
from tocsin.claim.pairs import EVENT, FIGURE, MENTION, TIME, Anchor, Pair, anchor
from tocsin.claim.roles import Beside, beside, pairs_of, reachable
from tocsin.claim.twins import pair_of
from tocsin.claim.vouching import standings
from tocsin.understand.parse import Parse
from tocsin.understand.reading import Reading

TYPES = tuple(sorted(ontology().types))
STATUSES = ("occurred", "ongoing", "planned", "possible", "denied")
ROLES = ("none", "actor", "recipient", "object")
PLACES = ("none", "at", "from", "to")
YES = "yes"

ASKED_FROM = 0.2
"""Least probability of being a claim for the pairs of an unlabelled event to be shown."""

Array = np.ndarray[Any, Any]


class Answer(NamedTuple):
    """What an event is: the chance of being a claim, of each type and status; and what each of the three counts."""

    claim: float
    types: Array
    statuses: Array
    counts: tuple[float, float, float]


@dataclass
class Asked:
    """A pair with its answer: chances of roles (4,) and of kinds of place (4,), or of "yes" (1,); what it counts."""

    pair: Pair
    chances: tuple[Array, ...] = ()
    counts: float = 0.0


@dataclass
class Case:
    """An event of a text with its answer and its pairs. `opinion`, `numbers` are what the rules say of it."""

    event: Event
    opinion: tuple[str, str, str]
    numbers: tuple[float, float]
    answer: Answer | None = None
    pairs: list[Asked] = field(default_factory=list)


class Label(NamedTuple):
    """What the teacher says of an event: the chance of being a claim, of types, of statuses; and of its pairs, by sort
    and by where the word starts in the text, those that are not out of the question; `None` where it was not asked."""

    claim: float
    types: dict[str, float]
    statuses: dict[str, float]
    pairs: dict[tuple[str, int], dict[str, float]] | None


def start_of(parse: Parse, word: int) -> int:
    """Where a token starts in the text as it was read."""
    return parse.tokens(word, word + 1).start


class Text:
    """A text with its events, and what stands beside each."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        parse = self.parse = reading.parse
        self.stands = standings(parse, scan(parse))
        self.events = find_events(parse)
        self.scene = scene(reading, self.events, self.stands)
        self.near = beside(reading, candidates(parse))
        self.cases = [
            Case(
                event,
                (event.type, self.stands[event.head].status, event.rule),
                (event.weight, min(parse.sent[event.head], encoder.FARTHEST_SENTENCE) / encoder.FARTHEST_SENTENCE),
            )
            for event in self.events
        ]

    def side(self, event: Event) -> Beside:
        """What stands in the sentence of an event."""
        return self.near[self.parse.sent[event.head]]

    def beside(self, at: Anchor) -> list[Pair]:
        """The pairs of an event with mentions, figures and times."""
        side = self.side(at.event)
        return pairs_of(self.parse, at, reachable(self.parse, at, side.mentions), side)

    def twins(self, anchors: dict[int, Anchor]) -> Iterator[tuple[int, int, Pair]]:
        """The pairs of two events of one sentence, with their numbers; `anchors` are those of events, by number."""
        known = sorted(anchors, key=lambda k: self.events[k].head)
        for n, a in enumerate(known):
            for b in known[n + 1 :]:
                if self.parse.sent[self.events[a].head] != self.parse.sent[self.events[b].head]:
                    break
                yield a, b, pair_of(self.parse, anchors[a], anchors[b])


def annotated(reading: Reading, gold: dict[str, Any]) -> list[Case]:
    """The cases of an annotated text: what is annotated is a claim, what overlaps no trigger is none; of the rest it
    is left open."""
    text = Text(reading)
    parse, events = text.parse, text.events
    found = matches(parse, events, gold["claims"])
    told = owners(parse, events, gold, found)
    spans = trigger_spans(parse, gold)
    anchors: dict[int, Anchor] = {}
    for number, (event, case) in enumerate(zip(events, text.cases, strict=True)):
        if event.head in told:
            types = told[event.head]["types"]
            anchors[number] = anchor(parse, event, event.type if event.type in types else types[0], text.scene)
        claim = found.get(event.head)
        if claim is not None:
            counts = OPTIONAL_WEIGHT if claim["optional"] else 1.0
            kinds = _one(TYPES, claim["types"][0]), _one(STATUSES, claim["status"][0])
            case.answer = Answer(1.0, *kinds, (float(not claim["optional"]), counts, counts))
            case.pairs = list(_filled(text, anchors[number], claim, counts))
        elif not any(start < event.end and event.start < end for start, end in spans):
            case.answer = Answer(0.0, np.zeros(len(TYPES)), np.zeros(len(STATUSES)), (1.0, 0.0, 0.0))
    for a, b, pair in text.twins(anchors):
        same = told[events[a].head]["id"] == told[events[b].head]["id"]
        text.cases[a].pairs.append(Asked(pair, (np.array([float(same)]),), 1.0))
    return text.cases


def _filled(text: Text, at: Anchor, claim: dict[str, Any], counts: float) -> Iterator[Asked]:
    """The pairs of an annotated claim with mentions, figures and times, and what each is."""
    parse, side, pairs = text.parse, text.side(at.event), text.beside(at)
    heads = [pair.word for pair in pairs if pair.sort == MENTION]
    roles = {
        head: role
        for role, key in (("object", "objects"), ("recipient", "recipients"), ("actor", "actors"))
        for head in heads_of(parse, claim[key], heads)
    }
    places = {head: place.get("role") or "at" for place in claim["places"] for head in heads_of(parse, [place], heads)}
    figures, times = iter(side.figures), iter(side.times)
    for pair in pairs:
        if pair.sort == MENTION:
            names = _one(ROLES, roles.get(pair.word, "none")), _one(PLACES, places.get(pair.word, "none"))
            yield Asked(pair, names, counts)
        elif pair.sort == FIGURE:
            figure = next(figures)[1].figure
            hit = any(f["start"] < figure.end and figure.start < f["end"] for f in claim["figures"])
            yield Asked(pair, (np.array([float(hit)]),), counts)
        elif pair.sort == TIME:
            time, told = next(times)[1], claim["time"]
            hit = bool(told) and told["start"] < time.end and time.start < told["end"]
            if hit and any_equal(side.times, told):
                hit = (told["from"], told["to"]) == (time.from_, time.to)
            yield Asked(pair, (np.array([float(hit)]),), counts)


def unlabelled(reading: Reading, claims: Sequence[float], types: Sequence[str]) -> list[Case]:
    """The cases of a text that nobody has labelled. Pairs are made of the events that are likely enough to be claims:
    `claims` is how likely each is, `types` of which type it then is."""
    text = Text(reading)
    anchors = {
        number: anchor(text.parse, event, types[number], text.scene)
        for number, event in enumerate(text.events)
        if claims[number] >= ASKED_FROM
    }
    for number, at in anchors.items():
        text.cases[number].pairs = [Asked(pair) for pair in text.beside(at)]
    for a, _, pair in text.twins(anchors):
        text.cases[a].pairs.append(Asked(pair))
    return text.cases


def taught(reading: Reading, labels: dict[int, Label]) -> list[Case]:
    """The cases of a text with the teacher's answers, by where the event's head word starts: type and status count as
    much as the event is likely to be a claim, and so do its pairs. Events without a label have no answer."""
    parse = reading.parse
    known = [labels.get(start_of(parse, event.head)) for event in find_events(parse)]
    asked = [label.claim if label and label.pairs is not None else 0.0 for label in known]
    types = [max(label.types, key=label.types.__getitem__) if label else "" for label in known]
    cases = unlabelled(reading, asked, types)
    for case, label in zip(cases, known, strict=True):
        if label is None:
            continue
        shares = _shares(label.types, TYPES), _shares(label.statuses, STATUSES)
        case.answer = Answer(label.claim, *shares, (1.0, label.claim, label.claim))
        for one in case.pairs:
            said = (label.pairs or {}).get((one.pair.sort, start_of(parse, one.pair.word)), {})
            one.chances, one.counts = _chances(one.pair.sort, said), label.claim
    return cases


def _chances(sort: str, said: dict[str, float]) -> tuple[Array, ...]:
    """The chances that a label gives for a pair; what it does not name is next to nothing."""
    if sort in (FIGURE, TIME, EVENT):
        return (np.array([said.get(YES, 0.0)]),)
    return tuple(_rest(np.array([said.get(name, 0.0) for name in names])) for names in (ROLES, PLACES))


def _rest(chances: Array) -> Array:
    """The chances with what they lack of one given to the first answer, "none"."""
    chances[0] = max(0.0, 1.0 - chances[1:].sum())
    found: Array = chances / chances.sum()
    return found


def _shares(chances: dict[str, float], names: Sequence[str]) -> Array:
    found = np.array([chances.get(name, 0.0) for name in names])
    result: Array = found / max(float(found.sum()), 1e-9)
    return result


def _one(names: Sequence[str], name: str) -> Array:
    """All the chance on one of the names."""
    found: Array = np.eye(len(names))[names.index(name)]
    return found
