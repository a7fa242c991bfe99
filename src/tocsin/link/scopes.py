"""What a figure counts, beside its kind: where, whom, which things, for which time. Only figures of one scope are
compared: ten dead in one city do not contradict two hundred in another, nor twelve of one country the total."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tocsin.countries import countries
from tocsin.link.counts import Kind, rules
from tocsin.model import Actor, Claim, Figure, Place

WORD = re.compile(r"[\w'’-]+")
EARTH_KM = 6371.0


class Spot(NamedTuple):
    """A place as far as figures need it: id in the gazetteer, name, country (`whole`: it is that country), point."""

    key: str
    name: str
    country: str | None
    whole: bool
    lat: float | None
    lon: float | None


class Scope(NamedTuple):
    """What a figure counts: where (nothing where the text does not say), people of which countries (nothing: all),
    which thing (its head noun)."""

    spots: tuple[Spot, ...]
    party: frozenset[str]
    thing: str | None


def scope_of(claim: Claim, figure: Figure, things: bool) -> Scope:
    """The scope that a claim gives its figure."""
    return Scope(spots(claim.places), party(claim), thing(claim, figure) if things else None)


def spots(places: Sequence[Place]) -> tuple[Spot, ...]:
    """Where a claim's figures hold: its places but for origins, embassies, and what no map knows."""
    found: dict[str, Spot] = {}
    for place in places:
        words = {word.casefold() for word in WORD.findall(place.text)}
        if place.role != "from" and not words & rules().missions:
            for spot in _spots(place):
                found.setdefault(spot.key, spot)
    detailed = {spot.country for spot in found.values() if not spot.whole}
    return tuple(spot for spot in found.values() if not (spot.whole and spot.country in detailed))


def _spots(place: Place) -> list[Spot]:
    """One place; where the map does not know it, the countries that its words name ("the Kenyan capital")."""
    if place.geonameid is not None:
        whole = place.name is not None and place.name == place.country_name
        return [Spot(str(place.geonameid), place.name or place.text, place.country, whole, place.lat, place.lon)]
    named = [word for word in WORD.findall(place.text) if word[:1].isupper()]
    codes = list(dict.fromkeys(code for word in named if (code := countries().code_of(word))))
    if codes:
        return [Spot(f"in {code} {place.text.casefold()}", place.text, code, False, None, None) for code in codes]
    return [Spot(place.text.casefold(), place.text, place.country, False, place.lat, place.lon)] if named else []


def party(claim: Claim) -> frozenset[str]:
    """Of which countries those are whom the claim counts; nothing where it counts all. Who suffers comes first, then
    who acts."""
    for actors in (claim.recipients, claim.actors):
        found = frozenset(actor.country for actor in actors if actor.country and not _everyone(actor))
        if found or actors:
            return found
    return frozenset()


def _everyone(actor: Actor) -> bool:
    """Whether the words count people without saying who they are. A pronoun is as particular as what it means."""
    named = actor.antecedent.text if actor.antecedent else actor.text
    return named.casefold().removeprefix("the ") in rules().everyone


def thing(claim: Claim, figure: Figure) -> str | None:
    """The last word of the object that holds the figure, else of the only object."""
    around = [o for o in claim.objects if o.start <= figure.start < o.end]
    objects = around or list(claim.objects)
    words = WORD.findall(objects[0].text.casefold()) if len(objects) == 1 or around else []
    return words[-1].removesuffix("s") if words else None


def same_place(a: Sequence[Spot], b: Sequence[Spot], kind: Kind) -> bool:
    """Whether figures for these places may be compared: each place of the one is met by one of the other. For a
    toll the town and its country are one, since one event has but one toll; a level in a town is a part of the
    country's."""
    return all(any(_meets(x, y, kind) for y in b) for x in a) and all(any(_meets(x, y, kind) for x in a) for y in b)


def _meets(a: Spot, b: Spot, kind: Kind) -> bool:
    if a.key == b.key:
        return True
    if a.country and a.country == b.country and (a.whole or b.whole or a.lat is None or b.lat is None):
        return kind == "toll"
    return not (a.whole or b.whole) and _km(a, b) <= rules().near_km


def _km(a: Spot, b: Spot) -> float:
    """Great-circle distance; infinite where a point is not known."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return math.inf
    p, q = math.radians(a.lat), math.radians(b.lat)
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(h)))


def goes_back(actors: Iterable[Actor]) -> bool:
    """Whether a claim is about a figure as such ("the numbers decreased"), so that it counts what was counted."""
    words = [word.casefold() for actor in actors for word in WORD.findall(actor.text)[-1:]]
    return any(word in rules().back for word in words)
