"""What `data/families.yaml` and `data/furniture.yaml` say: when texts are the same copy, which words say little, and
what on a page is no part of the report."""

from __future__ import annotations

import functools
from typing import Literal

import msgspec

from tocsin import lexicon


class Furniture(lexicon.Entry, frozen=True):
    """A rule that takes a sentence of a page for furniture when at least `needs` of its `phrases` stand in it, or, with
    `begins`, stand at its head, and it has no more words than `longest`. `takes` is what goes: the `sentence`, or it
    and the `rest` of the text. Phrases are lower-cased words between blanks, without marks."""

    id: str
    phrases: tuple[str, ...]
    examples: tuple[str, ...]
    not_: tuple[str, ...] = msgspec.field(name="not", default=())
    needs: int = 1
    begins: bool = False
    longest: int | None = None
    takes: Literal["sentence", "rest"] = "sentence"


class FurnitureFile(lexicon.Entry, frozen=True):
    """furniture.yaml."""

    furniture: tuple[Furniture, ...]


class Sketch(lexicon.Entry, frozen=True):
    """How a text is summed up: `words` a shingle, at most `most` shingles and `stems` stems kept, and under how many
    `keys` of shingles and `fact_keys` of pairs of facts it is looked up."""

    words: int
    most: int
    stems: int
    keys: int
    fact_keys: int


class Copy(lexicon.Entry, frozen=True):
    """When texts are the same copy: the least containment, the least `mean` of containment and resemblance, and how
    many shingles and how many names and numbers (`facts`) must be shared. Up to `days` apart."""

    containment: float
    mean: float
    shared: int
    facts: int
    days: int


class Numbers(lexicon.Entry, frozen=True):
    """Where both texts have `counted` numbers, which share of the fewer must be the same in kin."""

    counted: int
    share: float


class Rewording(lexicon.Entry, frozen=True):
    """When one text words another anew: the weight of each part (log odds), the bias and the least probability. Up to
    `days` apart; `facts` is how many facts the poorer text must hold."""

    weights: dict[str, float]
    bias: float
    least: float
    days: int
    facts: int


class Search(lexicon.Entry, frozen=True):
    """The bounds that keep links sparse: the latest `holders` of a key are looked at, the `candidates` that share most
    keys compared. Of a family so many `members` are compared, and `keep` is how near they must be on average, where kin
    counts as 1 and any other by the mean of containment and resemblance."""

    holders: int
    candidates: int
    members: int
    keep: float


class Rules(lexicon.Entry, frozen=True):
    """families.yaml. `function_words` say nothing of what a text is about; `spelled` are numbers in words; `times` are
    words of the calendar, those of `times_if_capital` only with a capital."""

    sketch: Sketch
    copy: Copy
    numbers: Numbers
    rewording: Rewording
    search: Search
    function_words: frozenset[str]
    spelled: dict[str, float]
    scales: dict[str, float]
    times: frozenset[str]
    times_if_capital: frozenset[str]


@functools.cache
def rules() -> Rules:
    """The rules; a file in the user's own folder takes the place of the package's."""
    return lexicon.read_all("families.yaml", Rules)[-1]


@functools.cache
def furniture() -> tuple[Furniture, ...]:
    """The rules of furniture, those of the user's own folder too."""
    return tuple(rule for file in lexicon.read_all("furniture.yaml", FurnitureFile) for rule in file.furniture)
