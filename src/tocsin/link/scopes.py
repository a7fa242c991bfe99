"""What a figure counts, beside its kind: where, whom, which things, for which time. Only figures of one scope are
compared: ten dead in one city do not contradict two hundred in another, nor twelve of one country the total."""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Sequence
from typing import NamedTuple

from tocsin.countries import countries
from tocsin.link.counts import Kind, rules
from tocsin.model import Actor, Claim, Figure, Place

WORD = re.compile(r"[\w'’-]+")
CLAUSE = re.compile(r"[,;:.]")
REACH, NEAR, BETWEEN = 40, 3, 8
"""So many characters and so many words behind a number, and so many characters to a name, say whom it counts."""
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
    return Scope(spots(_places(claim, figure)), party(claim, figure), thing(claim, figure) if things else None)


def _places(claim: Claim, figure: Figure) -> Sequence[Place]:
    """The places of a figure: those behind it and before the next figure of its kind, where each of several figures has
    its own ("247 in one city and 10 in another"); else all of the claim's."""
    alike = sorted({other.start for other in claim.figures if other.what == figure.what})
    ends = [*alike[1:], claim.evidence.end]
    shares = {start: [p for p in claim.places if start < p.start < end] for start, end in zip(alike, ends, strict=True)}
    return shares[figure.start] if len(alike) > 1 and all(shares.values()) else claim.places


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


def party(claim: Claim, figure: Figure) -> frozenset[str]:
    """Whom a figure counts: the countries of people, or what they are ("children"); nothing where it counts all.

    Who stands right behind the number is counted by it ("12 Americans", "1,100 of them"). Else, where the claim has
    but one figure of the kind, those who suffer, then those who act, are counted.
    """
    counted = [actor for actor in (*claim.recipients, *claim.actors) if _adjoins(actor, figure)]
    if counted:
        return _countries(counted)
    behind = claim.evidence.text[figure.end - claim.evidence.start :][:REACH]
    words = WORD.findall(CLAUSE.split(behind)[0])
    if named := frozenset(code for word in words[:NEAR] if (code := _people(word))):
        return named
    if _part_words().search(claim.evidence.text[: figure.start - claim.evidence.start]):
        return frozenset(words[:1]) or frozenset({"a part"})
    if sum(other.what == figure.what for other in claim.figures) > 1:
        return frozenset()
    free = [one for one in claim.recipients if not any(_adjoins(one, other) for other in claim.figures)]
    return _countries(free if claim.recipients else claim.actors)


def _people(word: str) -> str | None:
    """The country whose people a word names ("Americans", "Kenyan")."""
    folded = word.casefold()
    return (countries().people.get(folded) or countries().adjectives.get(folded)) if word[:1].isupper() else None


@functools.cache
def _part_words() -> re.Pattern[str]:
    """The words that stand right before a number that counts a part."""
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(rules().part)))})\W*$", re.IGNORECASE)


def _adjoins(actor: Actor, figure: Figure) -> bool:
    """Whether a name stands right behind a number, with a small word between at most ("1,100 of them")."""
    return 0 <= actor.start - figure.end <= BETWEEN


def _countries(actors: Sequence[Actor]) -> frozenset[str]:
    return frozenset(actor.country for actor in actors if actor.country and not _everyone(actor))


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


def goes_back(claim: Claim) -> bool:
    """Whether a claim is about a figure as such ("the numbers decreased"), so that it counts what was counted: such a
    word is its actor or recipient, or stands right before its trigger."""
    before = claim.evidence.text[: max(0, claim.trigger.start - claim.evidence.start)]
    told = [actor.text for actor in (*claim.actors, *claim.recipients)]
    words = [word.casefold() for text in (*told, before) for word in WORD.findall(text)[-1:]]
    return any(word in rules().back for word in words)
