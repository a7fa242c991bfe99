"""A reading into claims: events proposed, judged, their roles filled, their sources named; the records made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from tocsin.claim import encoder
from tocsin.claim.acts import reporters
from tocsin.claim.attribution import Scan, find_attributions
from tocsin.claim.candidates import candidates
from tocsin.claim.confidence import confidence
from tocsin.claim.decide import CLAIM_AT, Verdict, decide
from tocsin.claim.events import Event, find_events
from tocsin.claim.pairs import Scene, anchor
from tocsin.claim.roles import Fillers, beside, fill
from tocsin.claim.twins import told_once
from tocsin.claim.vouching import Chain, Standing, Voucher, standings, vouching
from tocsin.countries import countries
from tocsin.model import Actor, Attribution, Claim, Mention, Mentions, Place, PlaceRole, Source, content_id
from tocsin.understand.parse import Parse
from tocsin.understand.phrases import object_phrase
from tocsin.understand.reading import Reading


def read_claims(reading: Reading, found: Scan, least: float = CLAIM_AT) -> tuple[Claim, ...]:
    """The claims of a document, in the order of the text. `found` is the scan of its attributions."""
    parse = reading.parse
    stands = standings(parse, found)
    events = find_events(parse)
    said = encoder.load().opinions(parse, events, stands)
    verdicts = decide(parse, events, stands, said, least)
    where = scene(reading, events, stands)
    anchors = [anchor(parse, verdict.event, verdict.type, where) for verdict in verdicts]
    fillers = fill(parse, verdicts, anchors, beside(reading, candidates(parse)), said.vectors)
    once = told_once(parse, verdicts, anchors, said.vectors)
    told = [(verdicts[k], _with_twins(fillers[k], [fillers[n] for n in twins])) for k, twins in once.items()]
    return tuple(_claim(reading, verdict, filled, stands[verdict.event.head]) for verdict, filled in told)


def _with_twins(own: Fillers, twins: Sequence[Fillers]) -> Fillers:
    """The fillers of an event with the figures of the others that tell it: "12 were killed and 30 wounded"."""
    found = {figure.start: figure for filled in (*twins, own) for figure in filled.figures}
    return own._replace(figures=tuple(found[start] for start in sorted(found)))


def scene(reading: Reading, events: Sequence[Event], stands: Sequence[Standing]) -> Scene:
    """What the models look at beside a pair, for one document."""
    parse = reading.parse
    chains = {standing.chain for standing in stands}
    return Scene(
        triggers=frozenset(event.head for event in events),
        cues=frozenset(k for chain in chains for level in chain for v in level for k in range(*v.cue)),
        named=frozenset(k for p in reading.places if parse.holds(p) for k in range(*parse.tokens_in(p))),
    )


def read_mentions(reading: Reading, found: Scan) -> Mentions:
    """All times, places, figures, actors and attributions of a document, in claims or not."""
    parse, cast = reading.parse, reading.cast
    actors = [
        cast.actor(entity.end - 1) for entity in parse.entities if entity.label in ("PERSON", "ORG", "GPE", "NORP")
    ]
    return Mentions(
        times=reading.times,
        places=reading.places,
        figures=tuple(counted.figure for counted in reading.figures),
        actors=tuple(sorted(set(actors), key=lambda actor: (actor.start, actor.end))),
        attributions=tuple(
            Attribution(
                source=cast.actor(row.source_head) if row.source_head >= 0 else None,
                cue=parse.tokens(*row.cue) if row.cue else None,
                content=parse.tokens(*row.content),
            )
            for row in find_attributions(parse, found)
        ),
    )


def _claim(reading: Reading, verdict: Verdict, filled: Fillers, standing: Standing) -> Claim:
    """The record of one claim."""
    parse, cast, event = reading.parse, reading.cast, verdict.event
    chain = reporters(parse, event.head, vouching(verdict.status, standing.heard), filled.actors)
    trigger = parse.tokens(event.start, event.end)
    return Claim(
        id=content_id(reading.document.id, str(trigger.start), str(trigger.end), verdict.type),
        trigger=trigger,
        type=verdict.type,
        mode=verdict.mode,
        status=verdict.status,
        actors=_actors(cast.actor(head) for head in filled.actors),
        recipients=_actors(cast.actor(head) for head in filled.recipients),
        objects=tuple(parse.tokens(*object_phrase(parse, head)) for head in filled.objects),
        figures=tuple(counted.figure for counted in filled.figures),
        places=_places(reading, filled.places),
        time=filled.time,
        sources=tuple(_source(reading, voucher, n) for n, level in enumerate(_levels(chain)) for voucher in level),
        evidence=_evidence(reading, event.head),
        confidence=round(confidence(verdict.chances, filled.chance), 3),
        made_by=event.rule,
    )


def _actors(found: Iterable[Actor]) -> tuple[Actor, ...]:
    """Actors without repetition, by words or by name, and without those that lie inside another."""
    kept: list[Actor] = []
    for actor in found:
        if not any(_is_same(actor, other) for other in kept):
            kept.append(actor)
    return tuple(kept)


def _is_same(actor: Actor, other: Actor) -> bool:
    """Whether two mentions overlap, or one is a later word for the other ("North Korea ... its intention")."""
    if actor.start < other.end and other.start < actor.end:
        return True
    later = actor.antecedent is not None or other.antecedent is not None
    return later and actor.name is not None and (actor.name, actor.country) == (other.name, other.country)


def _levels(chain: Chain) -> Iterator[tuple[Voucher, ...]]:
    """The levels of a chain of sources, without one that names the same sources as the one before it."""
    before: list[int] = []
    for level in chain:
        heads = [voucher.head for voucher in level]
        if heads != before:
            yield level
        before = heads


def _source(reading: Reading, voucher: Voucher, level: int) -> Source:
    """The record of one source in the chain."""
    parse = reading.parse
    actor = reading.cast.actor(voucher.head)
    said_on = next(
        (t.from_ for t in reading.times if voucher.said_on is not None and _covers(parse, t, voucher.said_on)), None
    )
    return Source(
        text=actor.text, start=actor.start, end=actor.end, name=actor.name, country=actor.country, sector=actor.sector,
        antecedent=actor.antecedent, level=level, manner=voucher.manner, cue=parse.tokens(*voucher.cue),
        said_on=said_on,
    )  # fmt: skip


def _covers(parse: Parse, mention: Mention, token: int) -> bool:
    start, end = parse.tokens_in(mention)
    return start <= token < end


def _places(reading: Reading, found: Sequence[tuple[int, PlaceRole]]) -> tuple[Place, ...]:
    """The place records of phrases: as the gazetteer knows the name in them, with the phrase's own words; one without a
    name is in the country of the place that it is put in ("a jail in northern Chad")."""
    parse = reading.parse
    places: list[Place] = []
    for head, role in found:
        start, end = object_phrase(parse, head)
        phrase = parse.tokens(start, end)
        if any(phrase.start < other.end and other.start < phrase.end for other in places):
            continue
        known = next((p for p in reading.places if phrase.start <= p.start < phrase.end), None)
        if known is None:
            country = reading.cast.setting.after(head)
            land = countries().name_of(country) if country else None
            places.append(
                Place(
                    text=phrase.text, start=phrase.start, end=phrase.end, role=role, country=country, country_name=land
                )
            )
        else:
            places.append(
                msgspec.structs.replace(known, text=phrase.text, start=phrase.start, end=phrase.end, role=role)
            )
    return tuple(places)


def _evidence(reading: Reading, head: int) -> Mention:
    """The sentence that carries the claim."""
    start, end = reading.parse.sents[reading.parse.sent[head]]
    return reading.parse.tokens(start, end)
