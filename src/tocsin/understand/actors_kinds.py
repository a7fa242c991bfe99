"""What kind of being a noun names, for pronouns to agree with: by what the document remembers of it, else its words."""

from __future__ import annotations

from tocsin.understand import phrases
from tocsin.understand.actors_lexicon import fold, lore, singular
from tocsin.understand.actors_memory import Memory, Profile, stands_alone
from tocsin.understand.actors_words import surname
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
        profile = self.memory.of_token.get(head) or self._introduced(head)
        if profile is not None and profile.person:
            return Kind(True, False, self._female(profile), True)
        word = parse.lower[head]
        if parse.pos[head] == "PROPN" or profile is not None:
            at = parse.entity_at[head]
            label = parse.entities[at].label if at >= 0 else ""
            known = word in table.bodies
            if not known and (label == "PERSON" or (parse.pos[head] == "PROPN" and self._is_surname(head))):
                return Kind(True, False, None, True)
            several = word != singular(word) and singular(word) in table.bodies
            plural = (plural and label != "GPE") or several
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

    def _introduced(self, head: int) -> Profile | None:
        """The person whom an apposition names ("the spokesman, John Adams"), or a short name that is no entity here."""
        parse, memory = self.parse, self.memory
        for k in phrases.appositions(parse, head):
            found = memory.of_token.get(k)
            if found is not None and found.person:
                return found
        if parse.pos[head] == "PROPN" and parse.entity_at[head] < 0:
            return memory.named(parse.lower[head], head)
        return None

    def _is_surname(self, head: int) -> bool:
        """Whether a name is that of somebody whom the world knew then by it, and of no place."""
        word, table = self.parse.lower[head], lore()
        if word in table.lands or word in table.capitals or word in table.seats or word in table.bodies:
            return False
        return stands_alone(self.parse, head) and surname(self.parse.word[head], self.memory.on, None) is not None

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
