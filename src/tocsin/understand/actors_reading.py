"""Whom a phrase means by its words alone: the country and sector that the things known in it give together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tocsin.countries import countries
from tocsin.understand.actors_lexicon import lore
from tocsin.understand.actors_words import DEMONYMS, PREPOSITIONS, Item, scan, split

BREAKS = frozenset(",;:()[]")
HOME_PREPOSITIONS = frozenset(
    {"of", "from", "in", "at", "near", "inside", "within", "across", "throughout", "based", "loyal", "for", "to"}
)
"""Prepositions whose object can tell the country of what stands before them."""

ABROAD = frozenset({"for", "to"})
"""Prepositions that name the country of a diplomat's post, which is not his own."""

TURNING = frozenset({"turn", "side", "role", "body"})
GIVING = frozenset({"body", "turn", "side", "seat", "role"})
"""Kinds of items that give a spokesman, a leader, a member their sector."""


class Reading(NamedTuple):
    """What a phrase's words say. `name` is whom the tables know by them; `role` the noun under which the text may go on
    to speak of him; `person` whether it is one human being; `stateless` that it is of no one country; `maybe` countries
    that it may be of, if the text speaks of them; `body` the organisation in it ("Hamas" of "a Hamas leader"); `why`
    the words that decided, for people to read."""

    name: str | None = None
    country: str | None = None
    sector: str | None = None
    role: str | None = None
    person: bool | None = None
    stateless: bool = False
    maybe: tuple[str, ...] = ()
    body: str | None = None
    why: str = ""

    @property
    def empty(self) -> bool:
        """Whether the words told nothing."""
        return self.country is None and self.sector is None


NOTHING = Reading()


def read(text: str, on: str | None = None, head: int | None = None) -> Reading:
    """What a phrase says by its own words. `head` is the index of the head among `split(text)`; without it the head is
    the last word before the first preposition of each part; parts are set off by commas."""
    words = split(text)
    return read_words(words, scan(words, on), head)


def read_words(words: Sequence[str], items: Sequence[Item], head: int | None = None) -> Reading:
    """`read`, on words and items that are there already."""
    readings: list[Reading] = []
    for start, end in _parts(words):
        inside = [item for item in items if start <= item.start < end]
        at = head if head is not None and start <= head < end else _head(words, items, start, end)
        reading = _read_part(inside, at)
        names_it = at == head if head is not None else not readings
        readings.append(reading if names_it or reading.person else reading._replace(name=None))
    return readings[0] if len(readings) == 1 else merge(readings)


def merge(readings: Iterable[Reading]) -> Reading:
    """One reading of a phrase and its appositions: each takes the first that says something."""
    found = NOTHING
    for each in readings:
        found = Reading(
            name=found.name or each.name,
            country=found.country or each.country,
            sector=found.sector or each.sector,
            role=found.role or each.role,
            person=found.person if found.person is not None else each.person,
            stateless=found.stateless or each.stateless,
            maybe=found.maybe or each.maybe,
            body=found.body or each.body,
            why="; ".join(filter(None, (found.why, each.why if each.why not in found.why else ""))),
        )
    return found


def _parts(words: Sequence[str]) -> list[tuple[int, int]]:
    parts, start = [], 0
    for i, word in enumerate(words):
        if word in BREAKS:
            if i > start:
                parts.append((start, i))
            start = i + 1
    if start < len(words):
        parts.append((start, len(words)))
    return parts


def _head(words: Sequence[str], items: Sequence[Item], start: int, end: int) -> int:
    """The index of the last word before the part's first preposition, or the last of a known name that holds one."""
    inside = {k for item in items for k in range(item.start, item.end - 1)}
    for i in range(start + 1, end):
        if words[i].lower() in PREPOSITIONS and i not in inside and i - 1 not in inside:
            return i - 1
    return end - 1


def _read_part(items: Sequence[Item], head: int) -> Reading:
    """The reading of one part (no commas inside)."""
    if not items:
        return NOTHING
    at = next((item for item in items if item.start <= head < item.end), None)
    before = [item for item in items if item.end <= head][::-1]
    after = [item for item in items if item.start > head]
    sector, because = _sector(at, before, after)
    country, where = _country(at, before, after)
    role = next((item for item in (at, *before) if item is not None and item.kind == "role"), None)
    maybe = next((item.maybe for item in (at, *before, *after) if item is not None and item.maybe), ())
    body = next((item.name for item in (at, *before, *after) if item is not None and item.kind == "body"), None)
    of_body = next((i for i in before if i.kind == "body"), None) if at is not None and at.kind == "role" else at
    world = of_body is not None and of_body.kind == "body" and of_body.country is None and not of_body.maybe
    outside = any(item.kind == "stateless" for item in (at, *before) if item is not None)
    several = at is not None and at.role is not None and not at.role.person and at.plural and at.name in lore().manifold
    name = _name_of(at) if at is not None else None
    person = (
        True if at is not None and at.kind == "person" else role.role.person if role is not None and role.role else None
    )
    return Reading(
        name=name, country=country, sector=sector, role=role.name if role else None, person=person,
        stateless=country is None and (several or world or outside),
        maybe=maybe, body=body,
        why=", ".join(dict.fromkeys(filter(None, (where, because)))),
    )  # fmt: skip


def _name_of(at: Item) -> str | None:
    """The name of whom a head means: its own for a body or a person, its country's for a demonym, capital or palace."""
    if at.kind in ("body", "person"):
        return at.name
    if at.kind in ("land", "adjective", "capital", "seat") and at.country:
        return countries().name_of(at.country)
    return None


def _sector(at: Item | None, before: Sequence[Item], after: Sequence[Item]) -> tuple[str | None, str]:
    """The sector, and the word that gave it."""
    if at is None:
        return _sector_of_name(before, after)
    if at.kind == "person":
        return _sector_of_person(at, before)
    if at.kind == "stateless":
        return lore().senses.state, at.kind
    if at.kind != "role" or at.role is None:
        return at.sector, _label(at)
    senses, own = lore().senses, at.sector
    if own == senses.loyal and any(item.kind == "people" for item in before):
        return senses.stateless_force, f"people without a state, {at.name}"
    turn = next((item for item in before if item.sector in senses.turning and item.kind in TURNING), None)
    if turn is not None and (own is None or own in senses.yielding):
        return turn.sector, f"{turn.name or turn.kind} {at.name}"
    return _sector_of_relay(at, before, after) if at.role.relay else (own, at.name or "")


def _sector_of_name(before: Sequence[Item], after: Sequence[Item]) -> tuple[str | None, str]:
    """Of a head that is unknown: a name takes the sector of the office before it."""
    role = next((item for item in before if item.kind == "role"), None)
    if role is not None:
        return _sector(role, [item for item in before if item.end <= role.start], after)
    giver = next((i for i in (*before, *after) if i.kind in GIVING), None)
    return (giver.sector, giver.name or giver.kind) if giver else (None, "")


def _sector_of_person(at: Item, before: Sequence[Item]) -> tuple[str | None, str]:
    """Of somebody whom the tables know: what the text says of his office comes first."""
    office = next((i for i in before if i.kind == "role" and i.role and i.role.person and not i.role.relay), None)
    turn = next((i for i in before if i.kind == "turn" and i.sector in lore().senses.turning), None)
    giver = turn or office or at
    return giver.sector or at.sector, giver.name or giver.kind


def _sector_of_relay(at: Item, before: Sequence[Item], after: Sequence[Item]) -> tuple[str | None, str]:
    """Of one who acts for a body: the body's, bodies by name before words that only hint at one."""
    senses = lore().senses
    for item in sorted(before, key=lambda item: item.kind not in ("body", "seat")):
        if item.sector and item.kind in GIVING:
            if item.sector == senses.state and at.sector == senses.loyal:
                return at.sector, at.name or ""
            return item.sector, f"{item.name or item.kind} {at.name}"
    for item in after:
        if item.sector and (item.kind in GIVING or item.kind == "person") and item.prep in HOME_PREPOSITIONS:
            return item.sector, f"{at.name} of {item.name or item.kind}"
    return at.sector, at.name or ""


def _country(at: Item | None, before: Sequence[Item], after: Sequence[Item]) -> tuple[str | None, str]:
    """The country, and the kind of word that gave it."""
    if at is not None and at.country:
        nearer = next((i for i in before if i.kind in DEMONYMS and i.country), None)
        if nearer is not None and (at.kind == "person" or (at.kind == "citizens" and nearer.end == at.start)):
            return nearer.country, _label(nearer)
        return at.country, _label(at)
    abroad = any(i.kind == "role" and i.name in lore().posted for i in (at, *before) if i is not None)
    for item in sorted(before, key=lambda item: (bool(item.prep), item.kind == "capital")):
        if item.country and item.kind not in ("helped", "led") and not (abroad and item.prep in ABROAD):
            return item.country, _label(item)
    for item in after:
        if (
            item.country
            and item.kind != "helped"
            and item.prep in HOME_PREPOSITIONS
            and not (abroad and item.prep in ABROAD)
        ):
            return item.country, _label(item)
    led = next((item for item in before if item.kind == "led" and item.country), None)
    return (led.country, f"led by {_label(led)}") if led else (None, "")


def _label(item: Item) -> str:
    """How an item is spoken of in an explanation."""
    return item.name or (countries().name_of(item.country) if item.country else None) or item.kind
