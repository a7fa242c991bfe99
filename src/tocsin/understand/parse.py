"""The parsed text: words, lemmas, dependencies and entities as plain Python lists.

Rules read these lists, never spaCy's objects: a list index costs a tenth of an attribute of a `Token`, and a
`Parse` can be built by hand in a test. Inside, all character offsets are into `clean`, the text with its white
space folded and its quotation marks made plain; `mention` turns them back to the text as it was read.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from tocsin.model import Mention

NONE: tuple[int, ...] = ()


class Entity(NamedTuple):
    """A named entity as the pipeline found it: tokens `start` to `end` (exclusive) and spaCy's label."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Clean:
    """A text made ready for the parser. `origin[i]` is the offset in the text as read of character `i`; it grows
    with `i` and has one more entry, for the end. `breaks` are the offsets in `text` at which a paragraph begins."""

    text: str
    origin: list[int] | range
    breaks: tuple[int, ...] = ()


@dataclass(frozen=True)
class Parse:
    """A parsed document. All lists have one entry a token. `head` of a sentence's root is the root itself.

    `start`, `end`: character offsets into `clean`. `left`, `right`: first and last token of the subtree.
    `sent`: number of the token's sentence; `sents`: token ranges, end-exclusive. `tensor`: (tokens, width) the
    pipeline's context vectors, float32, or `None`.
    """

    text: str
    clean: str
    origin: list[int] | range
    word: list[str]
    lower: list[str]
    lemma: list[str]
    pos: list[str]
    tag: list[str]
    dep: list[str]
    head: list[int]
    start: list[int]
    end: list[int]
    left: list[int]
    right: list[int]
    sent: list[int]
    sents: list[tuple[int, int]]
    entities: list[Entity]
    tensor: npt.NDArray[np.float32] | None = field(default=None, repr=False, compare=False)

    def __len__(self) -> int:
        return len(self.word)

    @cached_property
    def children(self) -> list[Sequence[int]]:
        """The tokens that hang from each token, in the order of the text."""
        below: dict[int, list[int]] = {}
        for i, head in enumerate(self.head):
            if head != i:
                below.setdefault(head, []).append(i)
        return [below.get(i, NONE) for i in range(len(self.head))]

    @cached_property
    def entity_at(self) -> list[int]:
        """For each token the index in `entities` of the entity that holds it, or -1."""
        found = [-1] * len(self.word)
        for k, entity in enumerate(self.entities):
            found[entity.start : entity.end] = [k] * (entity.end - entity.start)
        return found

    def token_at(self, at: int) -> int:
        """The token that holds character `at` of `clean`; for white space, the token before (or 0)."""
        return max(bisect_right(self.start, at) - 1, 0)

    def clean_at(self, offset: int) -> int | None:
        """The place in `clean` of an offset in the text as read; `None` for a character that `clean` did not keep."""
        at = bisect_left(self.origin, offset)
        return at if at < len(self.origin) and self.origin[at] == offset else None

    @cached_property
    def coordinated(self) -> dict[int, list[int]]:
        """Token → the tokens that are coordinated with it and hang from it; only tokens that have such."""
        found: dict[int, list[int]] = {}
        for i, (dep, head) in enumerate(zip(self.dep, self.head, strict=True)):
            if dep == "conj" and head != i:
                found.setdefault(head, []).append(i)
        return found

    def kids(self, i: int, *deps: str) -> list[int]:
        """The children of token `i` with one of the dependencies named (all, with none named)."""
        return [k for k in self.children[i] if not deps or self.dep[k] in deps]

    def conjuncts(self, i: int) -> list[int]:
        """Token `i` and all that is coordinated with it, to its right."""
        below = self.coordinated
        if i not in below:
            return [i]
        found, todo = [i], [i]
        while todo:
            more = below.get(todo.pop(), ())
            found += more
            todo += more
        return sorted(found)

    def ancestors(self, i: int) -> list[int]:
        """The heads of token `i`, nearest first, up to the root of its sentence."""
        found = []
        while self.head[i] != i:
            i = self.head[i]
            found.append(i)
        return found

    def chars(self, start: int, end: int) -> Mention:
        """The mention of characters `start` to `end` (exclusive) of `clean`, in the text as read."""
        first, last = self.origin[start], self.origin[end - 1] + 1 if end > start else self.origin[start]
        return Mention(text=self.text[first:last], start=first, end=last)

    def tokens(self, start: int, end: int) -> Mention:
        """The mention of tokens `start` to `end` (exclusive), in the text as read."""
        return self.chars(self.start[start], self.end[end - 1])

    def holds(self, mention: Mention) -> bool:
        """Whether a mention lies on the parsed text (a dateline's place, say, does not)."""
        return self.clean_at(mention.start) is not None and self.clean_at(mention.end - 1) is not None

    def tokens_in(self, mention: Mention) -> tuple[int, int]:
        """The token range (end-exclusive) that a mention of the text as read covers."""
        first, last = self.clean_at(mention.start), self.clean_at(mention.end - 1)
        if first is None or last is None:
            raise ValueError(f"mention {mention.text!r} does not lie on the parsed text")
        return self.token_at(first), self.token_at(last) + 1

    def words(self, start: int, end: int) -> str:
        """The clean text of tokens `start` to `end` (exclusive)."""
        return self.clean[self.start[start] : self.end[end - 1]] if end > start else ""
