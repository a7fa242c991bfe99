"""What the encoder says of pairs: which mention fills which role of an event or names its place, which figure and which
time are the event's, and whether two events are one.

A small network over the encoder's vectors of both words and the facts about them (`tocsin.claim.pairs`): the sum of
what each adds, the product of the words, one hidden layer (as in Dozat and Manning 2017, who judge pairs of words for
dependencies in this way). Trained with the encoder, by `training/distil.py`.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

import msgspec
import numpy as np

from tocsin.claim.encoder import MADE_BY, session
from tocsin.claim.linear import Floats, part
from tocsin.claim.pairs import Pair

if TYPE_CHECKING:
    import onnxruntime


class Tables(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What belongs to the weights: the names of the answers about a mention, what sorts of word there are, and of each
    kind of fact the number of every one that is known, from one; nought is any other."""

    roles: tuple[str, ...]
    places: tuple[str, ...]
    sorts: tuple[str, ...]
    facts: tuple[dict[str, int], ...]


class Chances(NamedTuple):
    """Of n pairs: probabilities of each role (n, roles) and each kind of place (n, places), where the word is a
    mention; that the figure counts what the event is about, that the time is its time, that the other event is the
    same (n,)."""

    roles: Floats
    places: Floats
    figure: Floats
    time: Floats
    same: Floats


class Pairing:
    """The weights and their tables. `load` gives the one of the package."""

    def __init__(self, weights: onnxruntime.InferenceSession, tables: Tables) -> None:
        self.session = weights
        self.tables = tables

    def chances(self, vectors: Floats, pairs: Sequence[Pair]) -> Chances:
        """What it says of pairs of words of a document, whose `vectors` (tokens, width) the encoder gave."""
        if not pairs:
            roles, places = (np.zeros((0, len(names)), np.float32) for names in (self.tables.roles, self.tables.places))
            return Chances(roles, places, *(np.zeros(0, np.float32) for _ in range(3)))
        events, words = _numbered(pair.event for pair in pairs), _numbered(k for p in pairs for k in (p.word, p.also))
        asked = {
            "events": vectors[list(events)],
            "words": vectors[list(words)],
            "event": np.array([events[pair.event] for pair in pairs], np.int64),
            "word": np.array([words[pair.word] for pair in pairs], np.int64),
            "also": np.array([words[pair.word if pair.also < 0 else pair.also] for pair in pairs], np.int64),
            "sort": np.array([self.tables.sorts.index(pair.sort) for pair in pairs], np.int64),
            "facts": numbered(self.tables.facts, pairs),
        }
        return Chances(*self.session.run(None, asked))


def numbered(facts: Sequence[dict[str, int]], pairs: Sequence[Pair]) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    """The facts of pairs as numbers: (pairs, kinds)."""
    columns = zip(*(pair.facts for pair in pairs), strict=True)
    rows = [[table.get(fact, 0) for fact in column] for table, column in zip(facts, columns, strict=True)]
    return np.array(rows, np.int64).T


def _numbered(words: Iterable[int]) -> dict[int, int]:
    """Each word that is named, none for -1, with its number in the order in which they come."""
    return {word: number for number, word in enumerate(dict.fromkeys(word for word in words if word >= 0))}


@functools.cache
def load() -> Pairing:
    """The pairing of the package, loaded once; `MissingPart` where it is not there."""
    tables = msgspec.json.decode(part("pairing.json", MADE_BY).read_bytes(), type=Tables)
    return Pairing(session("pairing.onnx"), tables)
