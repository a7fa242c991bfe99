"""What a model over features sees of an event on its own, to say of which mode it is: the same words as the rules, and
the rules' own opinion (`events.find_events`, `vouching.standings`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from tocsin.claim.classes import lookup
from tocsin.claim.events import Event
from tocsin.claim.vouching import Standing
from tocsin.understand.parse import Parse

CLAUSES = frozenset({"ccomp", "xcomp", "advcl", "relcl", "acl", "pcomp", "csubj"})
TOLD = frozenset({"dobj", "nsubj", "nsubjpass", "prep", "agent", "pobj", "compound", "poss", "amod"})


def event_features(parse: Parse, event: Event, standing: Standing, by_head: dict[int, Event], rivals: int) -> list[str]:
    """The features of an event for the question of its mode. `rivals` is the number of events proposed in its
    sentence."""
    i = event.head
    head, dep, lemma = parse.head[i], parse.dep[i], parse.lemma[i]
    found = [
        "bias",
        f"l={lemma}",
        f"lp={lemma}|{parse.pos[i]}",
        f"g={parse.tag[i]}|{dep}",
        f"ty={event.type}",
        f"tm={event.type}|{event.mode}",
        f"ru={event.rule}",
        f"ru={event.rule}|{dep}",
        f"ru={event.rule}|{parse.pos[i]}",
        f"we={round(event.weight, 1)}",
        f"st={standing.status}|{parse.pos[i]}",
        f"st={standing.status}|{event.type}",
        f"ch={len(standing.chain)}",
        f"h={parse.lemma[head]}|{dep}",
        f"hp={parse.pos[head]}|{dep}|{parse.pos[i]}",
        f"s={parse.lower[i][-3:]}|{parse.pos[i]}",
        f"n={min(parse.sent[i], 12)}",
        f"ln={event.end - event.start}",
        f"rv={min(rivals, 6)}|{parse.pos[i]}",
    ]
    found += _around(parse, event, by_head)
    found += _below(parse, i, event.type)
    found += _roles(parse, event)
    return found


def crowd(parse: Parse, events: Sequence[Event]) -> Counter[int]:
    """Sentence → number of events proposed in it."""
    return Counter(parse.sent[event.head] for event in events)


def _around(parse: Parse, event: Event, by_head: dict[int, Event]) -> Iterator[str]:
    """The words beside an event, the events above it."""
    i, dep = event.head, parse.dep[event.head]
    yield f"-1={parse.lower[event.start - 1] if event.start else '^'}|{parse.pos[i]}"
    yield f"+1={parse.lower[event.end] if event.end < len(parse) else '$'}|{parse.pos[i]}"
    above = parse.ancestors(i)
    nearest = next((by_head[k] for k in above if k in by_head), None)
    yield f"up={nearest.type if nearest else None}|{dep}"
    yield f"up={nearest.type if nearest else None}|{event.type}"
    clause = next((parse.dep[k] for k in (i, *above) if parse.dep[k] in CLAUSES), "main")
    yield f"cl={clause}|{parse.pos[i]}"
    if parse.dep[parse.head[i]] == "prep" or dep == "pobj":
        prep = parse.head[i]
        yield f"pp={parse.lower[prep]}|{parse.lemma[parse.head[prep]]}"
        yield f"pp={parse.lower[prep]}|{event.type}"
    entity = parse.entity_at[i]
    if entity >= 0:
        yield f"en={parse.entities[entity].label}"


def _below(parse: Parse, i: int, type_: str) -> Iterator[str]:
    """What hangs from an event: dependencies, words, classes."""
    deps = set()
    for k in parse.children[i]:
        dep = parse.dep[k]
        deps.add(dep)
        if dep in TOLD:
            yield f"c={dep}|{parse.lemma[k]}"
            for name in sorted(lookup().of(parse, k)):
                yield f"cc={dep}|{name}|{type_}"
                yield f"cx={dep}|{name}|{parse.lemma[i]}"
            if dep == "prep":
                for q in parse.children[k]:
                    yield f"pl={parse.lower[k]}|{parse.lemma[q]}"
                    for name in sorted(lookup().of(parse, q)):
                        yield f"pc={parse.lower[k]}|{name}|{type_}"
        elif dep in ("det", "nummod", "neg", "aux", "auxpass", "prt"):
            yield f"c={dep}|{parse.lower[k]}"
            yield f"c={dep}|{parse.lower[k]}|{parse.pos[i]}"
    for dep in sorted(deps):
        yield f"d={dep}|{parse.pos[i]}"
        yield f"d={dep}|{type_}"


def _roles(parse: Parse, event: Event) -> Iterator[str]:
    """Which roles the rule has filled, and with what."""
    filled = sorted({role for role, _ in event.roles})
    yield f"rs={','.join(filled)}|{event.type}"
    for role, head in event.roles:
        entity = parse.entity_at[head]
        yield f"rf={role}|{parse.entities[entity].label if entity >= 0 else parse.pos[head]}"
        yield f"rw={role}|{parse.lemma[head]}"
