"""Where a text is at each of its words: the countries it speaks of, and those of the places where things happen."""

from __future__ import annotations

from collections import Counter
from functools import cached_property

from tocsin.understand.actors_lexicon import lore
from tocsin.understand.actors_memory import Memory
from tocsin.understand.actors_words import ETHNIC
from tocsin.understand.parse import Parse
from tocsin.understand.toponym_words import words

HAPPENING = frozenset({"in", "at", "near", "inside", "across", "throughout", "outside"})
LOCATING = HAPPENING | {"from", "of", "around"}
LEADING = LOCATING | {"to"}
REACHING = HAPPENING | {"around", "into", "to", "from", "on"}
"""Prepositions whose object can be the ground on which a text moves: where to and where from, besides where."""

SCENE_STEPS = 4
"""So many heads are climbed from a noun to the verb that governs it."""

PLACE_STEPS = 6
"""So many heads are climbed from a place name to the preposition under which it stands."""

JOINED = frozenset({"compound", "nmod", "appos", "conj", "npadvmod"})
QUALIFYING = frozenset({"amod", "poss"})
PARTS_OF_PREDICATE = frozenset({"prep", "acomp", "prt", "advmod"})
HEADER, NEAR_GROUND, NEAR = 2, 2, 1
"""What a country in the header counts as ground, and what one more mention near the word counts, as ground and else."""


class Setting:
    """The countries of a document by place. `land_at` gives the country that a token names."""

    def __init__(self, parse: Parse, memory: Memory) -> None:
        self.parse = parse
        self.memory = memory
        self.land_at = dict(memory.lands)
        self._by_sentence: dict[tuple[int, bool], str | None] = {}

    @cached_property
    def evidence(self) -> list[tuple[int, str]]:
        """All mentions that speak for a country: its names, its places, and those of it, by token."""
        named = [(i, p.country) for p in self.memory.profiles if p.country and p.country != "IGO" for i in p.heads]
        return sorted([*self.memory.lands, *named])

    @cached_property
    def shares(self) -> Counter[str]:
        """How often the text speaks of each country; the first mention counts twice."""
        counts = Counter(code for _, code in self.evidence)
        if self.evidence:
            counts[self.evidence[0][1]] += 1
        return counts

    @cached_property
    def _grounds(self) -> list[tuple[int, str]]:
        """The places where something happens or goes on to, by token."""
        return [(i, code) for i, code in self.memory.lands if self._under(i, REACHING)]

    @cached_property
    def _ground_shares(self) -> Counter[str]:
        """How often the text is in each country; the place in its header counts too."""
        counts = Counter(code for _, code in self._grounds)
        for code in self.memory.header:
            counts[code] += HEADER
        return counts

    def focus(self, head: int) -> str | None:
        """The country that the text is about at a token: the one it speaks of most, near mentions counted again."""
        return self._most(head, grounded=False)

    def ground(self, head: int) -> str | None:
        """The country where the text is at a token: that of its focus, with the places where things happen counted
        again. Police and rebels are of the ground, whoever the text talks about."""
        return self._most(head, grounded=True)

    def _most(self, head: int, *, grounded: bool) -> str | None:
        key = (self.parse.sent[head], grounded)
        if key not in self._by_sentence:
            counts = Counter(self.shares)
            self._count_near(counts, self.evidence, key[0], NEAR)
            if grounded:
                counts.update(self._ground_shares)
                self._count_near(counts, self._grounds, key[0], NEAR_GROUND)
            self._by_sentence[key] = max(counts, key=lambda code: counts[code]) if counts else None
        return self._by_sentence[key]

    def _count_near(self, counts: Counter[str], rows: list[tuple[int, str]], sentence: int, weight: int) -> None:
        """Count once more what stands in a sentence or in the one before it."""
        first, last = self.parse.sents[max(0, sentence - 1)][0], self.parse.sents[sentence][1]
        for i, code in rows:
            if first <= i < last:
                counts[code] += weight

    def _under(self, i: int, prepositions: frozenset[str]) -> bool:
        """Whether a token names a place under one of these prepositions ("in Goma, Congo", "near the city of Goma"),
        and does not only describe somebody there ("in a Congolese attack")."""
        parse, k = self.parse, i
        for _ in range(PLACE_STEPS):
            above = parse.head[k]
            if parse.dep[k] == "pobj":
                if parse.lower[above] in prepositions:
                    return True
                if parse.lower[above] != "of":
                    return False
                k = parse.head[above]
            elif above != k and (parse.dep[k] in JOINED or self._qualifies(k, above)):
                k = above
            else:
                return False
        return False

    def _qualifies(self, k: int, above: int) -> bool:
        """Whether a word tells of what country a place is: "the Syrian city", "Syria's capital"."""
        known = words()
        return self.parse.dep[k] in QUALIFYING and (
            self.parse.lower[above] in known.of_kinds or self.parse.lower[above] in known.kind
        )

    def scene(self, head: int) -> str | None:
        """The country of the place where it happens: of a preposition that hangs on the verb which governs a common
        noun ("police barred the crowd from a square in Chad")."""
        parse, k = self.parse, head
        if parse.pos[head] != "NOUN":
            return None
        for _ in range(SCENE_STEPS):
            if parse.head[k] == k:
                return None
            k = parse.head[k]
            if parse.pos[k] in ("VERB", "AUX"):
                break
        for child in parse.children[k]:
            found = self._placed(child, HAPPENING)
            if found is None and parse.dep[child] in PARTS_OF_PREDICATE:
                found = next(filter(None, (self._placed(c, HAPPENING) for c in parse.children[child])), None)
            if found is not None:
                return found
        return None

    def _placed(self, preposition: int, prepositions: frozenset[str]) -> str | None:
        """The country of the first place under a preposition."""
        parse = self.parse
        if parse.dep[preposition] != "prep" or parse.lower[preposition] not in prepositions:
            return None
        for i in range(preposition, parse.right[preposition] + 1):
            if i in self.land_at and not self._in_person(i) and self._under(i, prepositions):
                return self.land_at[i]
        return None

    def inside(self, start: int, end: int) -> str | None:
        """The country of a place inside a phrase; not of a helper ("US-backed forces"), of a people ("ethnic
        Albanians"), or of a matter ("an Iraq War veteran")."""
        parse, about = self.parse, lore().about
        for i in range(start, end):
            if i not in self.land_at or self._in_person(i) or parse.lower[i - 1] == ETHNIC:
                continue
            following = parse.lower[i + 1] if i + 1 < end else ""
            if following != "-" and following not in about:
                return self.land_at[i]
        return None

    def after(self, head: int) -> str | None:
        """The country of a place in a preposition that hangs on a noun ("some in Libya", "parties to the war in
        Libya")."""
        parse = self.parse
        near = [head + 1] if head + 2 < len(parse) and parse.lower[head + 1] == "from" else []
        for k in [*parse.children[head], *near]:
            if k > head and parse.dep[k] == "prep" and parse.lower[k] in LEADING:
                for i in range(k, parse.right[k] + 1):
                    if i in self.land_at and (parse.lower[k] in LOCATING or self._under(i, HAPPENING)):
                        return self.land_at[i]
        return None

    def _in_person(self, i: int) -> bool:
        """Whether a token is part of a person's name ("Nikki Holland")."""
        profile = self.memory.of_token.get(i)
        return profile is not None and profile.person
