"""What kind of being a noun names, for pronouns to agree with: by what the document remembers of it, else its words."""

from __future__ import annotations

from tocsin.understand.actors_lexicon import fold, lore, singular
from tocsin.understand.actors_memory import Memory, Profile
from tocsin.understand.coreference import Kind
from tocsin.understand.parse import Parse

COLLECTIVES = frozenset({"police", "troops", "people", "forces", "couple", "family", "authorities", "crew"})


class Kinds:
    """The kinds of a document's nouns, told when asked for.

    They stand apart from the cast, which asks the pronouns' antecedents, which ask the kinds: were the cast asked, the
    two would hold each other, and with them the whole document until the next collection of cycles.
    """

    def __init__(self, parse: Parse, memory: Memory) -> None:
        self.parse = parse
        self.memory = memory
        self._known: dict[int, Kind | None] = {}

    def kind(self, head: int) -> Kind | None:
        """What kind of actor a noun names, for pronouns to agree with; `None` for things."""
        if head not in self._known:
            self._known[head] = self._kind(head)
        return self._known[head]

    def _kind(self, head: int) -> Kind | None:
        parse, table = self.parse, lore()
        plural = parse.tag[head] in ("NNS", "NNPS")
        profile = self.memory.of_token.get(head)
        if profile is not None and profile.person:
            return Kind(True, False, self._female(profile), True)
        word = parse.lower[head]
        if parse.pos[head] == "PROPN" or profile is not None:
            at = parse.entity_at[head]
            if at >= 0 and parse.entities[at].label == "PERSON":
                return Kind(True, False, None, True)
            if profile is not None or word in table.longest or at >= 0:
                return Kind(plural if plural else False, None if not plural else True, None, True)
            return None
        role = table.roles.get(word) or table.roles.get(singular(word))
        if role is None:
            return None
        female = True if word in table.women else False if word in table.men else None
        if role.person:
            return Kind(True, plural or word in ("people", "police"), female, False)
        return Kind(None if plural else False, True if plural or word in COLLECTIVES else None, None, False)

    def _female(self, profile: Profile) -> bool | None:
        """A person's gender, from titles and nouns beside the name, else the given name."""
        if profile.female is None:
            table = lore()
            given = fold(profile.name).split()[0] if " " in profile.name else ""
            if given in table.women:
                profile.female = True
            elif given in table.men:
                profile.female = False
        return profile.female
