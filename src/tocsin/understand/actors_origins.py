"""Of which country a person is, where no title or demonym beside the name says so: by what the text tells elsewhere."""

from __future__ import annotations

from functools import cached_property

from tocsin.understand.actors_lexicon import PARTICLES, fold, lore
from tocsin.understand.actors_memory import Memory, Profile
from tocsin.understand.coreference import References
from tocsin.understand.parse import Parse

NATIVE = "native"
BIRTH_PREPOSITIONS = frozenset({"from", "in"})
WINDOW = 6
"""So many tokens before a role noun its country is looked for ("Kenya's trade minister")."""


class Origins:
    """What a document tells of its persons' countries besides their titles."""

    def __init__(self, parse: Parse, memory: Memory, references: References) -> None:
        self.parse = parse
        self.memory = memory
        self.references = references

    def of(self, profile: Profile) -> str | None:
        """The country of a person: told as his home, that of his office, or that of a namesake, who is kin."""
        return self._homes.get(id(profile)) or self._office(profile) or self._kin(profile)

    @cached_property
    def _homes(self) -> dict[int, str]:
        """Countries told as somebody's home ("his native Tanzania", "she hails from Kenya"), by profile."""
        found: dict[int, str] = {}
        for i, code in self.memory.lands:
            who = self._at_home(i)
            profile = self.memory.of_token.get(who) if who is not None else None
            if profile is not None and profile.person:
                found.setdefault(id(profile), code)
        return found

    def _at_home(self, i: int) -> int | None:
        """Whose home a token is told to be."""
        parse = self.parse
        if i > 1 and parse.lower[i - 1] == NATIVE and parse.dep[i - 2] == "poss":
            return self._meant(i - 2)
        preposition = parse.head[i]
        verb = parse.head[preposition]
        if parse.lower[preposition] in BIRTH_PREPOSITIONS and parse.lemma[verb] in lore().origins:
            subject = self.references.clauses.agent(verb)
            return None if subject is None else self._meant(subject)
        return None

    def _meant(self, i: int) -> int | None:
        return i if i in self.memory.of_token else self.references.antecedent(i)

    def _office(self, profile: Profile) -> str | None:
        """The country of the same office elsewhere in the text ("Kenya's trade minister", then "Trade Minister John
        Adams"): the last two words of the title must be the same."""
        parse = self.parse
        first = profile.first[0]
        if (
            first < 2
            or parse.lower[first - 1] not in lore().roles
            or parse.pos[first - 2] not in ("PROPN", "NOUN", "ADJ")
        ):
            return None
        title = (parse.lower[first - 2], parse.lower[first - 1])
        found = None
        for i, code in self.memory.lands:
            if i >= first - 2:
                break
            if any((parse.lower[k], parse.lower[k + 1]) == title for k in range(i + 1, min(i + WINDOW, first - 3))):
                found = code
        return found

    def _kin(self, profile: Profile) -> str | None:
        """The country of somebody else in the text with the same surname: namesakes in one text are kin."""
        name = fold(profile.name).split()
        if len(name) < 2 or name[-1] in PARTICLES:
            return None
        for other in self.memory.by_name.get(name[-1], ()):
            if other is not profile and other.person and other.country and fold(other.name).split()[-1] == name[-1]:
                return other.country
        return None
