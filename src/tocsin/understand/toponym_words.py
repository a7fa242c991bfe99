"""The words by which place names are told, and the weights of what speaks for one; both are data."""

from __future__ import annotations

import functools
from typing import NamedTuple

from tocsin import lexicon
from tocsin.countries import countries


class ToponymFile(lexicon.Entry, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The file `toponyms.yaml`: classes of words, by name."""

    features: dict[str, frozenset[str]]
    leading: dict[str, frozenset[str]]
    kinds: dict[str, frozenset[str]]
    of_kinds: frozenset[str]
    before: dict[str, frozenset[str]]
    after: dict[str, frozenset[str]]
    connectors: frozenset[str]
    never: frozenset[str]


class WeightFile(lexicon.Entry, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The file `toponym_weights.yaml`: log-odds by feature."""

    threshold: float
    weights: dict[str, float]


class Words(NamedTuple):
    """The classes of words, turned round: word → class."""

    feature: dict[str, str]
    leading: dict[str, str]
    kind: dict[str, str]
    of_kinds: frozenset[str]
    before: dict[str, str]
    after: dict[str, str]
    connectors: frozenset[str]
    never: frozenset[str]
    abbreviations: frozenset[str]


@functools.cache
def words() -> Words:
    """The classes of words (loaded once)."""
    file = lexicon.read_all("toponyms.yaml", ToponymFile)[0]
    table = countries()
    never = file.never | ((table.adjectives.keys() | table.people.keys()) - table.names.keys())
    return Words(
        feature=_turned(file.features),
        leading=_turned(file.leading),
        kind=_turned(file.kinds),
        of_kinds=file.of_kinds,
        before=_turned(file.before),
        after=_turned(file.after),
        connectors=file.connectors,
        never=frozenset(never),
        abbreviations=frozenset(table.abbreviations),
    )


@functools.cache
def weights() -> WeightFile:
    """The weights of the features (loaded once)."""
    return lexicon.read_all("toponym_weights.yaml", WeightFile)[0]


def _turned(classes: dict[str, frozenset[str]]) -> dict[str, str]:
    return {word: name for name, group in classes.items() for word in sorted(group)}
