"""How figures are compared, as `data/series.yaml` says it."""

from __future__ import annotations

import functools
from typing import Literal

import msgspec

from tocsin.lexicon import Entry, read_all
from tocsin.model import Manner, Status

Kind = Literal["toll", "level"]


class Count(Entry, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Kinds of count that belong together. `sums` names kinds that are the sum of others."""

    id: str
    kind: Kind
    whats: tuple[str, ...]
    sums: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    things: bool = False
    asked: bool = False


class Example(Entry, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Two figures and how they stand to each other; `b` may be several that are added up."""

    a: str
    b: str
    gives: str


class Rules(Entry, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The data file."""

    about: float
    current_days: dict[Kind, int]
    statuses: tuple[Status, ...]
    guesses: dict[Status, tuple[Manner, ...]]
    near_km: float
    others: int
    counts: tuple[Count, ...]
    everyone: frozenset[str]
    back: frozenset[str]
    part: frozenset[str]
    missions: frozenset[str]
    examples: tuple[Example, ...] = ()


@functools.cache
def rules() -> Rules:
    """The rules, read once. A user's own file takes the place of the package's, whole."""
    return read_all("series.yaml", Rules)[-1]


@functools.cache
def count_of(what: str) -> Count:
    """The count that a kind belongs to; one of its own, which is compared as a level, for a kind that no rule names."""
    for count in rules().counts:
        if what in count.whats:
            return count
    return Count(id=what, kind="level", whats=(what,), things=True, asked=True)
