"""The comparable facts of a claim: small, plain and serialisable, so that millions of them fit in memory.

Days are ordinals (`datetime.date.toordinal`), strings are lower-cased and interned, and everything that no comparison
asks for is left out.
"""

from __future__ import annotations

import functools
import re
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import islice

import msgspec

from tocsin.countries import countries
from tocsin.gazetteer.store import gazetteer
from tocsin.judgement import Told
from tocsin.link.rules import Rules, rules
from tocsin.model import Actor, Claim, Mention, Place
from tocsin.understand.actors_lexicon import key_of, lore

WORD = re.compile(r"[^\W\d_][\w'’-]*")
NAME = re.compile(r"[A-Z][\w'’-]+(?: [A-Z]\.?)?(?: [A-Z][\w'’-]+){1,2}")
LONGEST_NAMES, LONGEST_WORDS = 24, 32


class Spot(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A place as it is compared: WGS 84 degrees, and how fine it is: 2 a place within a region, 1 a region, 0 a
    country."""

    name: str
    country: str
    region: str
    lat: float
    lon: float
    level: int


class Count(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A figure as it is compared; an open bound is `None`."""

    what: str
    low: float | None
    high: float | None


class Facts(msgspec.Struct, frozen=True, array_like=True, kw_only=True):
    """What is compared of a claim. `order` is where its trigger starts in the text. `targets` are
    things and bodies that are hit, `persons` private persons, both by name, since these tell one event from another;
    `names` other proper names, `words` the remaining words of its
    evidence. They depend on the claim and its document alone, so they never change."""

    id: str
    document: str
    published: int | None
    order: int
    type: str
    mode: str | None
    status: str
    trigger: str
    begins: int | None
    ends: int | None
    spots: tuple[Spot, ...]
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    targets: tuple[str, ...]
    figures: tuple[Count, ...]
    persons: tuple[str, ...]
    names: tuple[str, ...]
    words: tuple[str, ...]


def facts_of(told: Told) -> Facts:
    """The facts of a claim of the ledger."""
    claim, known = told.claim, rules()
    spots = _spots(claim)
    places = {word for place in claim.places for word in _tokens(place.name or "")}
    said = WORD.findall(claim.evidence.text)
    taking_part = (*claim.actors, *claim.recipients)
    persons = _unique([*(name for actor in taking_part for name in _private(actor, known)), *_called(claim, known)])
    begins, ends = _days(claim)
    return Facts(
        id=told.id,
        document=told.document,
        published=ordinal(told.published),
        order=claim.trigger.start,
        type=sys.intern(claim.type),
        mode=sys.intern(claim.mode) if claim.mode else None,
        status=sys.intern(claim.status),
        trigger=stem(claim.trigger.text.split()[-1].lower()) if claim.trigger.text.split() else "",
        begins=begins,
        ends=ends,
        spots=spots,
        actors=_parties(claim.actors, known),
        recipients=_parties(claim.recipients, known),
        targets=_unique(name for mention in (*claim.recipients, *claim.objects) for name in _target(mention, known)),
        figures=tuple(Count(sys.intern(f.what), f.low, f.high) for f in claim.figures),
        persons=persons,
        names=_names(claim, said, places),
        words=_words(said, places, known),
    )


def ordinal(day: str | None) -> int | None:
    """The ordinal of an ISO day; `None` for none, and for what is no full day."""
    try:
        return date.fromisoformat(day[:10]).toordinal() if day else None
    except ValueError:
        return None


@functools.lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """A word without its English endings, roughly: enough to find "bombing" and "bombed" alike."""
    for ending in ("ings", "ing", "ers", "ies", "ied", "er", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    if len(word) > 3 and word[-1] == word[-2]:
        word = word[:-1]
    return sys.intern(word[:-1] if len(word) > 4 and word.endswith("e") else word)


def _days(claim: Claim) -> tuple[int | None, int | None]:
    if claim.time is None:
        return None, None
    return ordinal(claim.time.from_), ordinal(claim.time.to)


def _spots(claim: Claim) -> tuple[Spot, ...]:
    """The places of a claim, the finest of those that lie within each other. A country that is only part of the name of
    somebody who takes part ("the U.S. embassies") is no place of the event, where another is told."""
    parties = [(m.start, m.end) for m in (*claim.actors, *claim.recipients, *claim.objects)]
    known = [(place, _spot(place)) for place in claim.places]
    found = [(place, spot) for place, spot in known if spot is not None]
    own = [spot for place, spot in found if not _inside(place, parties) and place.role != "from"]
    spots = own or [spot for place, spot in found if place.role != "from"] or [spot for _, spot in found]
    finest = {spot for spot in spots if not any(_holds(spot, other) for other in spots)}
    return tuple(sorted(finest, key=lambda spot: (-spot.level, spot.name, spot.country, spot.region, spot.lat)))


def _inside(place: Place, parties: Sequence[tuple[int, int]]) -> bool:
    """Whether the words of a place are those of somebody, or part of them."""
    return any(start <= place.start and place.end <= end for start, end in parties) or not _names_itself(place)


def _names_itself(place: Place) -> bool:
    """Whether the words of a country's mention end in its name, so not "the U.S. embassies"."""
    if place.geonameid is None and place.lat is None:
        return True
    return place.admin1 is not None or place.country is None or countries().code_of(place.text) is not None


def _spot(place: Place) -> Spot | None:
    if place.lat is None or place.lon is None:
        return None
    name, region = (place.name or place.text).lower(), (place.admin1 or "").lower()
    country = place.country or ""
    level = 2 if region and name != region else 1 if region else 0
    if level == 0 and country and countries().code_of(name) != country:
        level = 1
    return Spot(sys.intern(name), sys.intern(country), sys.intern(region), place.lat, place.lon, level)


def _holds(outer: Spot, inner: Spot) -> bool:
    """Whether one place lies within another by their names."""
    if outer.level >= inner.level or outer.country != inner.country:
        return False
    return outer.level == 0 or outer.name == inner.region


def _tokens(text: str) -> list[str]:
    return list(map(bare, WORD.findall(text)))


@functools.lru_cache(maxsize=8192)
def bare(word: str) -> str:
    """A word in lower case, without the possessive."""
    return sys.intern(word.removesuffix("'s").removesuffix("’s").lower())


def _parties(actors: Iterable[Actor], known: Rules) -> tuple[str, ...]:
    """Those who take part, each by a name or by the last word of a description, without the words that fit anybody."""
    found = []
    for actor in actors:
        words = [word for word in _tokens(actor.name or actor.text) if word not in known.common]
        if words:
            found.append(sys.intern(stem(words[-1])))
    return _unique(found)


def _target(mention: Mention, known: Rules) -> list[str]:
    """What is hit, by the last two words of its name ("u.s embassi"), unless it is a state, a body or a person whom all
    news speaks of."""
    text = (mention.name if isinstance(mention, Actor) else None) or mention.text
    words = [word for word in WORD.findall(text) if word.lower() not in known.common]
    if len(words) < 2 or not any(word[0].isupper() for word in words[-2:]) or _of_all_news(text, words):
        return []
    return [sys.intern(" ".join(map(stem, map(bare, words[-2:]))))]


def _of_all_news(text: str, words: Sequence[str]) -> bool:
    """Whether the lexicon knows whom a name means."""
    known = lore()
    keys = {key_of(text), key_of(" ".join(words)), key_of(" ".join(words[-2:]))}
    return any(key in table for table in (known.bodies, known.people, known.lands) for key in keys)


def _private(actor: Actor, known: Rules) -> list[str]:
    """The full name of a person who holds no office."""
    if actor.sector is not None and actor.sector not in known.private:
        return []
    words = [word for word in WORD.findall(actor.name or actor.text) if word[0].isupper()]
    return _full(words, known)


def _called(claim: Claim, known: Rules) -> list[str]:
    """The full names in the evidence that belong to nobody in office and to no place."""
    told = claim.evidence
    taken = [(m.start - told.start, m.end - told.start) for m in (*claim.places, *claim.actors, *claim.recipients)]
    found = (hit for hit in NAME.finditer(told.text) if not any(a < hit.end() and hit.start() < b for a, b in taken))
    return [name for hit in found for name in _full(WORD.findall(hit.group()), known)]


def _full(words: Sequence[str], known: Rules) -> list[str]:
    """The last two words of a person's name; none for a single word, and for the name of a body or a street."""
    if len(words) < 2:
        return []
    plain = [word for word in map(bare, words) if len(word) > 1 and word not in known.common]
    if len(plain) < 2 or not known.bodies.isdisjoint(plain) or famous().issuperset(plain) or _is_place(" ".join(words)):
        return []
    return [sys.intern(" ".join(plain[-2:]))]


@functools.lru_cache(maxsize=4096)
def _is_place(name: str) -> bool:
    """Whether the gazetteer knows a name ("Khyber Pakhtunkhwa")."""
    return name in gazetteer()


@functools.cache
def famous() -> frozenset[str]:
    """The words in the names of states, bodies and persons of public life: they stand in all news, and tell no event
    from another."""
    known = lore()
    tables = (known.people, known.surnames, known.bodies, known.acronyms, known.lands, known.capitals)
    words = {word for table in tables for name in table for word in key_of(name).split()}
    return rules().common.union(words)


def _names(claim: Claim, said: Sequence[str], places: set[str]) -> tuple[str, ...]:
    """The proper names of a claim: of those who take part, and the capitalised words within its evidence, whose words
    are `said`."""
    mentions: tuple[Mention, ...] = (*claim.actors, *claim.recipients, *claim.objects)
    texts = [getattr(m, "name", None) or m.text for m in mentions] + [p.text for p in claim.places]
    words = [word for text in texts for word in WORD.findall(text)]
    words += said[1:]
    dull = famous()
    proper = dict.fromkeys(bare(word) for word in words if word[0].isupper() and len(word) > 2)
    return _unique(islice((word for word in proper if word not in dull and word not in places), LONGEST_NAMES))


def _words(said: Sequence[str], places: set[str], known: Rules) -> tuple[str, ...]:
    """The other words of the evidence by their stems, without those that stand in every text."""
    lower = (word.lower() for word in said if word[0].islower() and len(word) > 3)
    kept = dict.fromkeys(stem(word) for word in lower if word not in known.common and word not in places)
    return _unique(islice(kept, LONGEST_WORDS))


def _unique(items: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(sorted({sys.intern(item) for item in items if item}))
