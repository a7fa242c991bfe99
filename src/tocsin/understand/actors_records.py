"""The records of the actor files: what `data/actors/*.yaml` and `data/sectors.yaml` hold."""

from __future__ import annotations

import datetime
from typing import NamedTuple

import msgspec

from tocsin import lexicon


class Known(NamedTuple):
    """A body or person of public life; `since` and `until` are ISO dates of a term in office, either may be open."""

    name: str
    country: str | None
    sector: str
    person: bool
    since: str | None = None
    until: str | None = None
    common: bool = False


class Role(NamedTuple):
    """What a role noun says: the sector (or `None`), whether it is one person, whether it acts for a body."""

    sector: str | None
    person: bool
    relay: bool


class PersonRow(lexicon.Entry, frozen=True, array_like=True, forbid_unknown_fields=True):
    """`[names, from, to, sector]`; names are separated by "|", the usual one first."""

    names: str
    since: datetime.date | int
    until: datetime.date | int | None = None
    sector: str = "GOV"


class Change(lexicon.Entry, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A body's new standing from a day on."""

    name: str
    sector: str
    country: str
    since: datetime.date


class ActorFile(lexicon.Entry, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A file of `actors/`: people by country; bodies by sector and country; changes of standing; given names."""

    people: dict[str, list[PersonRow]] = msgspec.field(default_factory=dict)
    bodies: dict[str, dict[str, list[str]]] = msgspec.field(default_factory=dict)
    changes: list[Change] = msgspec.field(default_factory=list)
    given_names: dict[str, list[str]] = msgspec.field(default_factory=dict)
    common: list[str] = msgspec.field(default_factory=list)


class People(lexicon.Entry, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A people without a state of its own: the countries where it lives, the likeliest first."""

    words: list[str]
    countries: list[str]
    sector: str


class RoleWords(lexicon.Entry, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The role nouns of one sector."""

    persons: list[str] = msgspec.field(default_factory=list)
    bodies: list[str] = msgspec.field(default_factory=list)


class Titles(lexicon.Entry, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Titles before a name, by what they tell of its bearer."""

    men: list[str]
    women: list[str]
    either: list[str]


class Gender(lexicon.Entry, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Nouns for women and for men."""

    women: list[str]
    men: list[str]


class Senses(lexicon.Entry, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The sectors that stand for something where no word names one."""

    state: str
    citizens: str
    anybody: str
    loyal: str
    opposed: str
    stateless_force: str
    turning: list[str]
    yielding: list[str]
    for_country: list[str]
    spelled: list[str]
    local: list[str]
    many: str
    officers: list[str]


class SectorFile(lexicon.Entry, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The file `sectors.yaml`."""

    roles: dict[str, RoleWords]
    relays: list[str]
    plain: list[str]
    plain_persons: list[str]
    turns: dict[str, list[str]]
    sides: dict[str, list[str]]
    stateless: list[str]
    manifold: list[str]
    peoples: list[People]
    leaning: dict[str, list[str]]
    titles: Titles
    gender: Gender
    stands_for: dict[str, list[str]]
    speech: list[str]
    sending: list[str]
    international: list[str]
    takes_up: dict[str, bool]
    about: list[str]
    origins: list[str]
    for_doing: list[str]
    senses: Senses
    family_first: list[str]
    heirs: dict[str, tuple[str, str]]
    posted: list[str]
    led: list[str]
    helped: list[str]
    parts_of_names: list[str]
    epithets: list[str]
    plain_words: list[str]
