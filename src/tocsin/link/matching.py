"""Whether two claims can tell the same act: by kind, by who, to whom, with what, and where. Time is for the caller.

Each condition can exclude a match; what the two have in common beside that orders the candidates, and is handed back in
parts. Words, kinds that are alike and kinds that exclude each other are in `data/matching.yaml`.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tocsin.countries import countries
from tocsin.judgement import Part
from tocsin.lexicon import Entry, read_all
from tocsin.link.scopes import Spot, same_place, spots
from tocsin.model import Actor, Claim

WORD = re.compile(r"[^\W\d_](?:[\w-]*\w)?")


class Rules(Entry, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The data file."""

    alike: tuple[tuple[str, ...], ...]
    same: tuple[tuple[str, ...], ...]
    opposed: tuple[tuple[str, ...], ...]
    short: dict[str, str]
    idle: frozenset[str]
    weights: dict[str, float]
    least: float
    examples: tuple[str, ...] = ()


class Act(NamedTuple):
    """A claim as it is compared: what the things are that it is about, with their kinds, and who and where. `named` are
    the names of actors and of recipients, where all of them are names of one's own."""

    claim: Claim
    kind: str
    heads: frozenset[str]
    traits: frozenset[str]
    actors: frozenset[str]
    recipients: frozenset[str]
    named: tuple[frozenset[str], frozenset[str]]
    spots: tuple[Spot, ...]


@functools.cache
def rules() -> Rules:
    """The rules, read once. A user's own file takes the place of the package's, whole."""
    return read_all("matching.yaml", Rules)[-1]


@functools.lru_cache(maxsize=4096)
def act(claim: Claim) -> Act:
    """A claim made ready for comparison."""
    heads, traits = things([thing.text for thing in claim.objects])
    if not heads:
        heads, traits = subject(claim.trigger.text), frozenset()
    kind = f"{claim.type}/{claim.mode}" if claim.mode else claim.type
    named = (own_names(claim.actors), own_names(claim.recipients))
    return Act(claim, kind, heads, traits, parties(claim.actors), parties(claim.recipients), named, spots(claim.places))


def things(texts: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
    """The nouns that phrases are about, one for all that mean the same, and the words that say of which kind."""
    heads, traits = set(), set()
    for text in texts:
        found = [word for word in _words(text) if word not in rules().idle]
        if found:
            heads.add(_same(found[-1]))
            traits.update(found[:-1])
    return frozenset(heads), frozenset(traits)


def subject(trigger: str) -> frozenset[str]:
    """What the words of a trigger say that an act is about: all but its noun or verb ("a nuclear test")."""
    return frozenset(_same(word) for word in _words(trigger)[:-1] if word not in rules().idle)


def _words(text: str) -> list[str]:
    """The words of a phrase up to its first preposition, in lower case and the singular, short forms written out."""
    found: list[str] = []
    for word in WORD.findall(re.split(r"\b(?:of|for|from|to|with|in|at|on)\b", text.casefold())[0] or text.casefold()):
        found += rules().short.get(word, word).split()
    return [_singular(word) for word in found]


def _singular(word: str) -> str:
    if len(word) > 3 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


@functools.lru_cache(maxsize=4096)
def _same(noun: str) -> str:
    return next((group[0] for group in rules().same if noun in group), noun)


def parties(actors: Sequence[Actor]) -> frozenset[str]:
    """Who has a part: countries where they are known, else names."""
    return frozenset(actor.country or (actor.name or actor.text).casefold() for actor in actors)


def own_names(actors: Sequence[Actor]) -> frozenset[str]:
    """The last words of the names of persons and bodies, if all are such names; "the army" and "Kenyan troops" can be
    anybody of the country, and nothing is given."""
    names = [(actor.name or actor.text).split() for actor in actors]
    own = [words[-1].casefold() for words in names if len(words) > 1 and all(map(_own, words))]
    return frozenset(own if len(own) == len(names) else ())


def _own(word: str) -> bool:
    """Whether a word can be a part of a name of one's own: a capital, and no country or people."""
    return word[:1].isupper() and countries().code_of(word) is None


def match(a: Act, b: Act, *, figures: bool = False) -> tuple[Part, ...] | None:
    """What two claims have in common, as parts that add up; `None` where they cannot tell the same act. `figures` says
    that their figures agree."""
    if not kinds_alike(a.kind, b.kind) or _opposed(a.traits | a.heads, b.traits | b.heads):
        return None
    if a.heads and b.heads and not a.heads & b.heads and not _subject(a, b):
        return None
    sides = [(a.actors, b.actors), (a.recipients, b.recipients), *zip(a.named, b.named, strict=True)]
    if any(_apart(ours, theirs) for ours, theirs in sides):
        return None
    if a.spots and b.spots and not same_place(a.spots, b.spots, "toll"):
        return None
    shared: dict[str, float] = {
        "type": a.claim.type == b.claim.type,
        "mode": a.claim.mode is not None and a.claim.mode == b.claim.mode,
        "actors": _share(a.actors, b.actors),
        "recipients": _share(a.recipients, b.recipients),
        "things": bool(a.heads & b.heads),
        "places": bool(a.spots and b.spots),
        "figures": figures,
        "trigger": a.claim.trigger.text.casefold() == b.claim.trigger.text.casefold(),
    }
    weights = rules().weights
    parts = tuple(Part(name=name, value=round(weights[name] * part, 3)) for name, part in shared.items() if part)
    return parts if score(parts) >= rules().least else None


def _subject(a: Act, b: Act) -> bool:
    """Whether what the one is about is what the other's thing is of ("a nuclear test", "a nuclear device")."""
    return bool(a.heads & b.traits) or bool(b.heads & a.traits)


def kinds_alike(a: str, b: str) -> bool:
    """Whether two kinds, TYPE or TYPE/mode, may tell one act: equal, of one type where a mode is missing, or in one
    row of `alike`."""
    if a == b:
        return True
    (type_a, _, mode_a), (type_b, _, mode_b) = a.partition("/"), b.partition("/")
    if type_a == type_b and not (mode_a and mode_b):
        return True
    return any(_in(a, row) and _in(b, row) for row in rules().alike)


@functools.lru_cache(maxsize=4096)
def type_may_tell(type_: str, kind: str) -> bool:
    """Whether any claim of a type may tell the same act as one of a kind."""
    return any(_in(kind, row) and any(one.partition("/")[0] == type_ for one in row) for row in rules().alike)


def _in(kind: str, row: Sequence[str]) -> bool:
    """Whether a row has a kind; a row's bare TYPE has all its modes."""
    return kind in row or kind.partition("/")[0] in row


def _opposed(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether the words name two kinds that exclude each other, and none in common."""
    return any(set(row) & a and set(row) & b and not set(row) & a & b for row in rules().opposed)


def _apart(a: frozenset[str], b: frozenset[str]) -> bool:
    return bool(a and b) and not a & b


def _share(a: frozenset[str], b: frozenset[str]) -> float:
    """How much of two sets is common to both (Jaccard)."""
    return len(a & b) / len(a | b) if a or b else 0.0


def within(inner: Sequence[Spot], outer: Sequence[Spot]) -> bool:
    """Whether one of some places lies in one of others; where either is not told, it may."""
    if not inner or not outer:
        return True
    return any((y.whole and x.country == y.country) or same_place((x,), (y,), "level") for x in inner for y in outer)


def score(parts: Sequence[Part]) -> float:
    """The sum of the parts."""
    return round(sum(part.value for part in parts), 3)
