"""Blocking keys: only events that share one are compared. A key holds the kind of event, a stretch of days, and a place
or somebody who takes part; a private person's name needs no day, but ages."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from tocsin.link.events import Event
from tocsin.link.nearness import exact, known
from tocsin.link.rules import incidents, rules

COUNTED = 5.0
"""From this number on a figure is a key."""

PARTIES, PERSONS, STRETCHES = 4, 8, 4
"""So many parties, persons and stretches of days of an event give keys, at most."""


COUNTRY = "in "
"""With this begins the part of a key that is a country alone."""


def number_of(block: str) -> int:
    """A block's key as 63 bits (BLAKE2b). Of ten million keys two have one number once in a hundred thousand times, and
    then events are compared in vain."""
    return int.from_bytes(hashlib.blake2b(block.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") >> 1


def filed_under(event: Event) -> list[tuple[int, bool]]:
    """The numbers of the blocks under which others find an event, each with whether it looks for others there too."""
    keys = blocks(event)
    wanted = set(sought(event, keys))
    return [(number_of(key), key in wanted) for key in keys]


def sought(event: Event, keys: tuple[str, ...]) -> tuple[str, ...]:
    """The keys under which an event looks for those before it: all of its own but, where it has a finer place, those of
    the country alone. Under these stand all events of a country, for those who tell of no finer place."""
    if any(spot.level for spot in event.spots):
        return tuple(key for key in keys if f"|{COUNTRY}" not in key)
    return keys


def blocks(event: Event) -> tuple[str, ...]:
    """The blocking keys of an event, under which others find it, sorted; their number is bounded, however much an event
    holds."""
    found: set[str] = set()
    for kind in event.kinds:
        for stretch in _stretches(event):
            found.update(f"{kind}|{stretch}|{key}" for key in (*_places(event), *_figures(event)))
            if kind not in incidents():
                found.update(f"{kind}|{stretch}|{key}" for key in _parties(event))
        if kind in incidents():
            found.update(f"{kind}|{key}" for key in _persons(event))
    return tuple(sorted(found))


def _stretches(event: Event) -> list[str]:
    """The stretches of days that an event may lie in: those of its time and a day on each side; else those shortly
    before its publication."""
    days = rules().days
    begins, ends = event.time
    if exact(event.time):
        first, last = (begins or 0) - 1, (ends or 0) + 1
    elif known(event.time):
        return [str(day // days.bucket) for day in _ends(event)]
    elif event.published is not None:
        first, last = event.published - days.back, event.published
    else:
        return ["undated"]
    return [str(number) for number in range(first // days.bucket, last // days.bucket + 1)][:STRETCHES]


def _ends(event: Event) -> Iterable[int]:
    """The days that stand for a long time: its first, its last, and that of the report where it lies within."""
    begins, ends = event.time
    within = event.published
    if within is not None and (begins is None or begins <= within) and (ends is None or within <= ends):
        yield within
    yield from (day for day in (begins, ends) if day is not None)


def _places(event: Event) -> list[str]:
    """Region for a place that has one, country and mode besides, since others may tell of the country alone."""
    found = []
    modes = sorted({mode for _, mode in event.forms if mode})
    named = [word for spot in event.spots[:PARTIES] for word in spot.name.split()]
    found += [f"near {word}" for word in {*named[:PERSONS], *event.names[:PERSONS]}]
    for spot in event.spots[:PARTIES] or event.context:
        if spot.level:
            found.append(f"{spot.country}/{spot.region or spot.name}")
        found += [f"{COUNTRY}{spot.country}:{mode}" for mode in modes[:3]] or [f"{COUNTRY}{spot.country}"]
    return found


def _parties(event: Event) -> list[str]:
    """Who does it to whom, where both are told; else the one that is."""
    if event.actors and event.recipients:
        return [f"{a} to {b}" for a in event.actors[:PARTIES] for b in event.recipients[:PARTIES]]
    return [f"by {name}" for name in event.actors[:PARTIES]] + [f"to {name}" for name in event.recipients[:PARTIES]]


def _figures(event: Event) -> list[str]:
    """Exact numbers, unless they are small."""
    exact = (f for f in event.figures if f.low is not None and f.low == f.high and f.low >= COUNTED)
    counted = {(f.what, int(f.low or 0)) for f in exact}
    return [f"{what}={number}" for what, number in sorted(counted)[:PARTIES]]


def _persons(event: Event) -> list[str]:
    """Private persons, and what was hit in which region, by name and by the age of the news: two reports within
    `ageing` days share a key."""
    if event.published is None:
        return []
    age = event.published // rules().days.ageing
    names = sorted({*event.persons, *event.around})[:PERSONS]
    regions = [f"{spot.country}/{spot.region or spot.name}" for spot in event.spots if spot.level][:2]
    names += [f"{target} in {region}" for target in event.targets[:PARTIES] for region in regions]
    return [f"{name}@{number}" for name in names for number in (age, age + 1)]
