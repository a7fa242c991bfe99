"""Who is meant: the cast of a document, resolved to name, country and sector; and single phrases by their words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from msgspec import structs

from tocsin.countries import countries
from tocsin.model import Actor, Place
from tocsin.understand import phrases
from tocsin.understand.actors_kinds import Kinds
from tocsin.understand.actors_lexicon import lore, singular
from tocsin.understand.actors_memory import Memory, Profile, remember, stands_alone
from tocsin.understand.actors_origins import Origins
from tocsin.understand.actors_reading import NOTHING, Reading, merge, read_words
from tocsin.understand.actors_setting import Setting
from tocsin.understand.actors_words import scan, split, surname
from tocsin.understand.coreference import PRONOUNS, References
from tocsin.understand.parse import Parse

DEFINITE = frozenset({"the", "this", "that", "these", "those"})
INDEFINITE = frozenset({"a", "an", "another", "other", "some", "any", "every", "each", "no"})
STATES = frozenset({"country", "nation", "kingdom", "republic"})
TOGETHER = frozenset({"we", "us", "our", "ours", "ourselves"})
SHARING = frozenset({"conj", "compound", "nmod"})
BELONGING = frozenset({"of", "at", "from", "with", "within"})
NO_SECTORS: frozenset[str] = frozenset()


class Resolved(NamedTuple):
    """Whom a name phrase means. `why` names the words that decided."""

    name: str | None
    country: str | None
    sector: str | None
    why: str


def resolve(text: str, on: str | None = None) -> Resolved:
    """Whom a name phrase means on a day (ISO date), by its words alone: "Israeli troops", "President Clinton"."""
    words = split(text)
    items = scan(words, on)
    reading = read_words(words, items)
    name, country, sector, why = reading.name, reading.country, reading.sector, reading.why
    taken = {i for item in items for i in range(item.start, item.end)}
    for i, word in enumerate(words):
        if country is None and i not in taken and not word.islower():
            known = surname(word, on, None)
            if known is not None:
                last = i == len(words) - 1
                name = known.name if last else name
                country, sector = known.country, sector or (known.sector if last else None)
                why = "; ".join(filter(None, (why, known.name)))
    return Resolved(name, country, sector, why)


class Cast:
    """Those who act in a document. Build it with `Cast.of`; ask it with `actor`."""

    def __init__(self, parse: Parse, published: str | None, memory: Memory) -> None:
        self.parse = parse
        self.on = published
        self.memory = memory
        self.kinds = Kinds(parse, memory)
        self.references = References(parse, self.kinds)
        self.setting = Setting(parse, memory)
        self.origins = Origins(parse, memory, self.references)
        self._actors: dict[int, Actor] = {}

    @classmethod
    def of(cls, parse: Parse, published: str | None = None, places: Sequence[Place] = ()) -> Cast:
        """The cast of a parsed text. `published` is its ISO date, for offices held then; `places` those found in it."""
        return cls(parse, published, remember(parse, published, places))

    def actor(self, head: int) -> Actor:
        """Whom the phrase headed by a token means."""
        found = self._actors.get(head)
        if found is None:
            # Two phrases can point at each other ("his wife", "her husband"): the second finds the first bare.
            mention = self.parse.tokens(head, head + 1)
            self._actors[head] = Actor(text=mention.text, start=mention.start, end=mention.end)
            found = self._pronoun(head) if self._is_pronoun(head) else self._noun(head)
            self._actors[head] = found
        return found

    def _is_pronoun(self, head: int) -> bool:
        return self.parse.lower[head] in PRONOUNS and self.parse.pos[head] not in ("NOUN", "PROPN")

    def _pronoun(self, head: int) -> Actor:
        """A pronoun means what its antecedent does."""
        mention = self.parse.tokens(head, head + 1)
        back = self.references.antecedent(head)
        if back is None or back == head or self._is_pronoun(back):
            return Actor(text=mention.text, start=mention.start, end=mention.end)
        meant = self.actor(back)
        start, end = phrases.core_phrase(self.parse, back)
        if self.parse.lower[head] in TOGETHER and not self._is_group(back):
            meant = self._together(back, meant)
        return Actor(
            text=mention.text, start=mention.start, end=mention.end, name=meant.name or self._plain(start, end),
            country=meant.country, sector=meant.sector, antecedent=meant.antecedent or self.parse.tokens(start, end),
        )  # fmt: skip

    def _is_group(self, head: int) -> bool:
        kind = self.kinds.kind(head)
        return kind is not None and (kind.plural is True or not kind.human)

    def _together(self, head: int, speaker: Actor) -> Actor:
        """Whom "we" means in one person's mouth: his organisation, or for a government's man his country."""
        profile = self.memory.of_token.get(head)
        name = profile.body if profile is not None else None
        if name is None and speaker.sector in lore().senses.for_country and speaker.country:
            name = countries().name_of(speaker.country)
        return structs.replace(speaker, name=name or speaker.name)

    def _noun(self, head: int) -> Actor:
        """A noun phrase: its own words, then what the document remembers, then where the text is."""
        parse = self.parse
        start, end = phrases.name_phrase(parse, head)
        reading = self._reading(head, start, end)
        profile = self._profile(head, start, end, reading)
        if profile is not None and profile.person and end == start + 1 and self.memory.is_surname(head):
            reading = NOTHING
        country, sector = self._owned(head, reading) or reading.country, reading.sector
        name: str | None = reading.name
        if profile is not None:
            country = country or profile.country
            own = head in self.memory.of_token or profile.person
            sector = sector or profile.sector if own else profile.sector or sector
            name = profile.name if profile.person or name is None else name
        if country is None or sector is None:
            country, sector, name = self._by_surname(head, start, end, country, sector, name)
        if country is None and reading.maybe:
            country = next((code for code in reading.maybe if code in self.setting.shares), None)
        if country is None and profile is not None and profile.person:
            country = self.origins.of(profile)
        if country is None and reading.stateless:
            country = self.setting.inside(start, end) or self.setting.after(head)
        elif country is None:
            country = self._by_context(head, start, end, reading, sector)
        if country is None and reading.maybe and not reading.stateless:
            country = reading.maybe[0]
        sector = self._leaning(reading, sector) or (
            lore().senses.anybody if profile is not None and profile.person else None
        )
        mention = parse.tokens(start, end)
        antecedent = None
        if profile is not None and profile.first[1] <= start:
            antecedent = parse.tokens(*profile.first)
        return Actor(
            text=mention.text,
            start=mention.start,
            end=mention.end,
            name=name or self._plain(start, end),
            country=country,
            sector=sector,
            antecedent=antecedent,
        )

    def _plain(self, start: int, end: int) -> str:
        """The phrase's own words, without an article before them: what somebody is called who has no name."""
        first = start + (self.parse.pos[start] == "DET" and end - start > 1)
        return self.parse.words(first, end)

    def _reading(self, head: int, start: int, end: int) -> Reading:
        """What the phrase says, with the phrase it stands in apposition to."""
        parse, memory = self.parse, self.memory
        readings = [memory.read(start, end, head)]
        for k in phrases.appositions(parse, head):
            if not start <= k < end:
                readings.append(memory.read(*phrases.name_phrase(parse, k), k))
        if parse.dep[head] == "appos" and parse.head[head] < head:
            top = parse.head[head]
            readings.append(memory.read(*phrases.core_phrase(parse, top), top))
        return readings[0] if len(readings) == 1 else merge(readings)

    def _profile(self, head: int, start: int, end: int, reading: Reading) -> Profile | None:
        """The profile that the phrase means: by the name in it, by an apposition's, or by "the" and a role."""
        parse, memory = self.parse, self.memory
        found = memory.of_token.get(head)
        if found is not None:
            return found
        for k in phrases.appositions(parse, head):
            if k in memory.of_token and memory.of_token[k].person:
                return memory.of_token[k]
        if parse.pos[head] == "PROPN" or parse.word[head].isupper():
            found = memory.named(parse.lower[head], head)
            if found is not None:
                return found
        return self._described(head, start, reading) if parse.pos[head] in ("NOUN", "PROPN") else None

    def _described(self, head: int, start: int, reading: Reading) -> Profile | None:
        """Whom "the president", "the group" mean: somebody named before."""
        word = self.parse.lower[head]
        if self.parse.lower[start] not in DEFINITE or head - start > 5 or reading.country is not None:
            return None
        return self.memory.described(reading.role or word, head, wanted=lore().stands_for.get(word, NO_SECTORS))

    def _by_surname(
        self, head: int, start: int, end: int, country: str | None, sector: str | None, name: str | None
    ) -> tuple[str | None, str | None, str | None]:
        """Country from a name inside the phrase ("Gaddafi's forces"), remembered or known to the world at that time."""
        parse = self.parse
        for i in range(end - 1, start - 1, -1):
            named = parse.word[i][:1].isupper() or self.memory.one_case
            if not named or parse.pos[i] not in ("PROPN", "NOUN", "ADJ"):
                continue
            if i != head and parse.lower[i] in lore().epithets:
                continue
            profile = self.memory.of_token.get(i) or self.memory.named(parse.lower[i], head)
            known = None
            if profile is None or profile.country is None:
                known = surname(parse.word[i], self.on, None) if stands_alone(parse, i) else None
                full = profile is not None and " " in profile.name and profile.person
                if known is not None and full and known.country not in self.setting.shares:
                    known = None
            if known is not None and (i == head or country is None):
                country = country or known.country
                if i == head and not full:
                    sector, name = sector or known.sector, name or known.name
            elif profile is not None and i != head:
                country = country or profile.country
        return country, sector, name

    def _by_context(self, head: int, start: int, end: int, reading: Reading, sector: str | None) -> str | None:
        """Country from the possessor, a place in or after the phrase, the same noun before, or the country the text is
        about just there."""
        owner = self._owner(head)
        if owner is not None:
            return owner
        setting, local = self.setting, sector in lore().senses.local
        if self.parse.lower[head] in STATES and self.parse.lower[start] in INDEFINITE:
            return setting.inside(start, end)
        known = self.parse.lower[start] in DEFINITE
        return (
            setting.inside(start, end)
            or self._shared(head, start)
            or self._country_named(head)
            or (setting.scene(head) if local else None)
            or (self._same_noun(head, start) if known else None)
            or setting.after(head)
            or self._same_noun(head, start)
            or self._of_whom(head, reading)
            or (lore().senses.many if reading.role in lore().international else None)
            or self._taken_up(head, start)
            or setting.scene(head)
            or (self._belonging(head) if sector in lore().senses.for_country else None)
            or (setting.ground(head) if local else setting.focus(head))
        )

    def _owner(self, head: int) -> str | None:
        """The country of a noun's possessor."""
        parse = self.parse
        for k in parse.children[head]:
            if parse.dep[k] == "poss" and (parse.pos[k] in ("PROPN", "NOUN") or self._is_pronoun(k)):
                country = self.actor(k).country
                if country is not None:
                    return country
        return None

    def _owned(self, head: int, reading: Reading) -> str | None:
        """The possessor's country, which goes before that of a place after the noun ("its nationals from Libya")."""
        parse = self.parse
        if reading.country is None or not any(
            parse.dep[k] == "poss" and parse.pos[k] == "PRON" for k in parse.children[head]
        ):
            return None
        start, end = phrases.core_phrase(parse, head)
        return self._owner(head) if self.memory.read(start, end, head).country is None else None

    def _of_whom(self, head: int, reading: Reading) -> str | None:
        """The country of the body that a noun is of ("editors at the newspaper", "members of the group"), or at which
        somebody speaks for one ("at the State Department, spokesman John Adams said")."""
        parse = self.parse
        under = [k for k in parse.children[head] if k > head and parse.lower[k] in BELONGING]
        role = lore().roles.get(reading.role or "")
        if role is not None and role.relay and parse.dep[head] == "nsubj":
            under += [k for k in parse.children[parse.head[head]] if k < head and parse.lower[k] == "at"]
        for k in under:
            for o in parse.kids(k, "pobj"):
                if o in self.memory.of_token or parse.lower[phrases.core_phrase(parse, o)[0]] in DEFINITE:
                    return self.actor(o).country if self.kinds.kind(o) is not None else None
        return None

    def _taken_up(self, head: int, start: int) -> str | None:
        """The country of the person whom a bare "the man", "the couple" takes up."""
        parse, plural = self.parse, lore().takes_up.get(self.parse.lower[head])
        if plural is None or start + 1 != head or parse.lower[start] not in DEFINITE:
            return None
        meant = self.references.bearer(head, plural=plural, outside=self._officers)
        return self.actor(meant).country if meant is not None else None

    @cached_property
    def _officers(self) -> frozenset[int]:
        """The tokens that name somebody in an office, who is no "suspect"."""
        offices = frozenset(lore().senses.officers)
        return frozenset(i for i, profile in self.memory.of_token.items() if profile.sector in offices)

    def _shared(self, head: int, start: int) -> str | None:
        """The country of the adjective that a bare noun shares with the one it is joined to ("Soviet women and
        children"), or with the one that it is part of ("Israeli army bulldozers")."""
        parse = self.parse
        if start != head or parse.pos[head] != "NOUN" or parse.dep[head] not in SHARING:
            return None
        first = parse.head[head]
        while parse.dep[head] == "conj" and parse.dep[first] == "conj" and parse.head[first] != first:
            first = parse.head[first]
        for k in range(parse.left[first], min(first, head)):
            if parse.dep[k] in ("amod", "nmod") and parse.head[k] == first and k in self.setting.land_at:
                return self.setting.land_at[k]
        return None

    def _belonging(self, head: int) -> str | None:
        """The country of a state's servants by whose they are: of him who sends them ("Libya sent an envoy"), or of the
        state whose officials speak of them ("US officials said the administration would wait")."""
        parse, table = self.parse, lore()
        verb = parse.head[head]
        if parse.lemma[verb] in table.sending and parse.dep[head] in ("dobj", "nsubj"):
            verb = parse.head[verb] if parse.dep[head] == "nsubj" else verb
            return self._subject_country(verb) if parse.lemma[verb] in table.sending else None
        if (
            parse.dep[head] != "nsubj"
            or parse.dep[verb] != "ccomp"
            or parse.lemma[parse.head[verb]] not in table.speech
        ):
            return None
        return self._subject_country(parse.head[verb], table.senses.for_country)

    def _subject_country(self, verb: int, sectors: Sequence[str] = ()) -> str | None:
        """The country of a verb's subject, if it is of one of these sectors."""
        for k in self.parse.kids(verb, "nsubj"):
            for each in self.parse.conjuncts(k):
                found = self.actor(each)
                if found.country and (not sectors or found.sector in sectors):
                    return found.country
        return None

    def _leaning(self, reading: Reading, sector: str | None) -> str | None:
        """The sector of a role that several share ("officers"), by which of them the text speaks of more."""
        options = lore().leaning.get(reading.role or "", [])
        if not options or sector != options[0]:
            return sector
        return max(options, key=lambda option: self._talk[option])

    @cached_property
    def _talk(self) -> Counter[str]:
        """How often the text uses role nouns of each sector."""
        table = lore()
        found: Counter[str] = Counter()
        for word, places in self._uses.items():
            role = table.roles.get(word) or table.roles.get(singular(word))
            if role is not None and role.sector is not None and word not in table.leaning:
                found[role.sector] += len(places)
        return found

    def _country_named(self, head: int) -> str | None:
        """The country that "the country" means: the last one named before."""
        if self.parse.lower[head] not in STATES:
            return None
        return next((code for i, code in reversed(self.memory.lands) if i < head), None)

    def _same_noun(self, head: int, start: int) -> str | None:
        """The country that the same noun had when the text last used it with one ("US marines", then "the marines")."""
        parse = self.parse
        if parse.pos[head] != "NOUN" or parse.lower[start] in INDEFINITE:
            return None
        for i in reversed(self._uses.get(parse.lower[head], ())):
            for k in range(i - 1, max(parse.left[i], i - 5) - 1, -1):
                if i < head and k in self.setting.land_at and parse.word[k + 1] != "-":
                    return self.setting.land_at[k]
        return None

    @cached_property
    def _uses(self) -> dict[str, list[int]]:
        """The places of each noun."""
        found: dict[str, list[int]] = {}
        for i, pos in enumerate(self.parse.pos):
            if pos == "NOUN":
                found.setdefault(self.parse.lower[i], []).append(i)
        return found
