"""What `data/situations.yaml` says about when two claims tell of one event: typed records, loaded once."""

from __future__ import annotations

import functools

from tocsin import lexicon
from tocsin.errors import LexiconError

ALIKE = ("same", "near", "within", "alike", "partly", "apart")
"""How two places may stand to each other, where anything is known of both."""

PARTS_WITHIN = frozenset(
    ["kind", "behind", "day same", "time overlaps", "time apart", "status apart", "actors shared", "actors apart"]
    + ["recipients shared", "recipients apart", "trigger same", "mode same", "mode apart"]
    + [f"place {word}" for word in ALIKE]
)
PARTS_ACROSS = frozenset(
    ["day same", "day near", "days apart", "days between", "time overlaps", "told soon", "told late"]
    + ["published together", "published apart", "actors shared", "actors apart", "recipients shared"]
    + ["recipients apart", "persons shared", "persons around", "names", "words", "mode apart", "status apart"]
    + ["figures equal", "figures apart", "place named", "targets shared"]
    + [f"{what} {word}" for what in ("place", "context") for word in ALIKE]
)
"""The parts of the two scores; each needs a weight."""


class Kind(lexicon.Entry, frozen=True):
    """Types and modes that may tell of one event: an attack and its dead. A type without modes takes all of them;
    `none` among the modes stands for a claim that has no mode. `base` is how much it counts within a document that two
    claims are of this kind: news of an attack seldom tells of two. `incident` says whether persons name the event."""

    id: str
    base: float
    incident: bool
    types: dict[str, tuple[str, ...]]


class Within(lexicon.Entry, frozen=True):
    """How the claims of one document are put together: the weight of each part, the least score, and after how many
    characters a claim that says neither when nor where no longer goes with the one before."""

    weights: dict[str, float]
    least: float
    reach: int


class Across(lexicon.Entry, frozen=True):
    """How the events of different documents are put together: the weight of each part (log odds), the bias and the
    least probability."""

    weights: dict[str, float]
    bias: float
    least: float


class Distances(lexicon.Entry, frozen=True):
    """Kilometres up to which two places are the same, or near; and how far apart the points of countries and regions
    may lie."""

    same: float
    near: float


class Days(lexicon.Entry, frozen=True):
    """Numbers of days. `exact`: the longest time that still says on which day; `bucket`: the width of the blocks of
    time; `back`: how long before its publication an event without a time of its own may lie; `ageing`: after how many
    days without news the name of a private person no longer brings reports together."""

    exact: int
    bucket: int
    back: int
    ageing: int


class Heading(lexicon.Entry, frozen=True):
    """What an event of a form is called in a title, and the words that join to it whom it befell and who did it."""

    what: str
    whom: str | None = None
    who: str | None = None


class Rules(lexicon.Entry, frozen=True):
    """situations.yaml. `together` are pairs of forms (type/mode) that may tell of one event, `never` such that may not:
    examples, which the tests run."""

    kinds: tuple[Kind, ...]
    together: tuple[tuple[str, str], ...]
    never: tuple[tuple[str, str], ...]
    apart: tuple[tuple[str, ...], ...]
    statuses: tuple[str, ...]
    within: Within
    across: Across
    distances: Distances
    days: Days
    private: tuple[str, ...]
    common: frozenset[str]
    bodies: frozenset[str]
    possessives: frozenset[str]
    joins: dict[str, str]
    titles: dict[str, Heading]


@functools.cache
def rules() -> Rules:
    """The rules (loaded once; a user's own file replaces the package's). Raise `LexiconError` where a weight is missing
    or belongs to no part."""
    found = lexicon.read_all("situations.yaml", Rules)[-1]
    for place, weights, parts in (
        ("within", found.within.weights, PARTS_WITHIN),
        ("across", found.across.weights, PARTS_ACROSS),
    ):
        for wrong in sorted(parts.symmetric_difference(weights)):
            what = "has no weight" if wrong in parts else "is no part of this score"
            raise LexiconError(f"situations.yaml: {place}.weights: `{wrong}` {what}")
    return found


@functools.cache
def kinds_of(type_: str, mode: str | None) -> tuple[str, ...]:
    """The kinds of event that a claim of this type and mode may tell of; the type itself where none is given."""
    found = tuple(
        kind.id
        for kind in rules().kinds
        if type_ in kind.types and (not kind.types[type_] or (mode or "none") in kind.types[type_])
    )
    return found or (type_,)


@functools.cache
def leads(type_: str) -> int:
    """The place of a type among those of its kind: the act before its outcome."""
    return min((list(kind.types).index(type_) for kind in rules().kinds if type_ in kind.types), default=0)


@functools.cache
def bases() -> dict[str, float]:
    """How much it counts within a document that two claims are of one kind, by kind."""
    return {kind.id: kind.base for kind in rules().kinds}


@functools.cache
def incidents() -> frozenset[str]:
    """The kinds of event that are known by the persons whom they befell."""
    return frozenset(kind.id for kind in rules().kinds if kind.incident)


@functools.cache
def factual(status: str) -> bool:
    """Whether a status says that the event took or takes place."""
    return status in rules().statuses
