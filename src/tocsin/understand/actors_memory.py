"""What a document has told so far of those whom it names: each person and body once, under all the short forms that the
text uses for them; acronyms from brackets; and the countries that it speaks of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from tocsin.model import Place
from tocsin.understand import phrases
from tocsin.understand.actors_lands import in_names, lands_in
from tocsin.understand.actors_lexicon import PARTICLES, fold, lore
from tocsin.understand.actors_reading import Reading, read_words
from tocsin.understand.actors_words import Item, recase, scan, split, surname
from tocsin.understand.parse import Parse

NAMED = frozenset({"PERSON", "ORG", "NORP", "GPE", "FAC", "PRODUCT", "WORK_OF_ART", "LOC", "EVENT", "LAW"})
ACRONYM = re.compile(r"^[A-Z][A-Za-z&]?[A-Z.&/-]*[A-Z][A-Za-z]?\.?$")
SMALL_WORDS = frozenset({"of", "the", "and", "for", "in", "on", "to", "de", "la", "del", "al", "-", "&", "'s"})


@dataclass(slots=True)
class Profile:
    """Somebody whom the document names. `first` is the token span of the fullest name; `heads` the tokens that head his
    mentions so far, in order; `roles` words under which he goes; `body` the organisation that he is of."""

    name: str
    country: str | None
    sector: str | None
    person: bool
    first: tuple[int, int]
    heads: list[int] = field(default_factory=list)
    roles: set[str] = field(default_factory=set)
    female: bool | None = None
    body: str | None = None


@dataclass
class Memory:
    """The document's persons and bodies, and the countries it names (`lands`: token, code), in their order. `header`
    are those of the places before its body."""

    parse: Parse
    on: str | None
    profiles: list[Profile] = field(default_factory=list)
    by_name: dict[str, list[Profile]] = field(default_factory=dict)
    by_given: dict[str, list[Profile]] = field(default_factory=dict)
    of_token: dict[int, Profile] = field(default_factory=dict)
    lands: list[tuple[int, str]] = field(default_factory=list)
    header: list[str] = field(default_factory=list)
    readings: dict[tuple[str, int], Reading] = field(default_factory=dict)
    one_case: bool = False
    scans: dict[tuple[str, ...], list[Item]] = field(default_factory=dict)
    first: frozenset[tuple[str, ...]] = frozenset()
    last: frozenset[tuple[str, ...]] = frozenset()
    """Names of persons that are countries otherwise, each with the word after it, and with the word before it."""

    def read(self, start: int, end: int, head: int) -> Reading:
        """What the words of a token range say (read once for the same words)."""
        text = self.parse.words(start, end)
        key = (text, head - start)
        found = self.readings.get(key)
        if found is None:
            words = split(text)
            before = words if head + 1 == end else split(self.parse.words(start, head + 1))
            found = self.readings[key] = read_words(words, self.scan(words), len(before) - 1)
        return found

    def scan(self, words: Sequence[str]) -> list[Item]:
        """What is known in a phrase (looked up once for the same words)."""
        key = tuple(words)
        found = self.scans.get(key)
        if found is None:
            found = scan(recase(words) if self.one_case else words, self.on)
            if self.first:
                found = [item for item in found if not self._in_name(words, item)]
            self.scans[key] = found
        return found

    def _in_name(self, words: Sequence[str], item: Item) -> bool:
        """Whether a country is but part of somebody's name."""
        after, before = tuple(words[item.start : item.start + 2]), tuple(words[item.end - 2 : item.end])
        return item.end == item.start + 1 and (after in self.first or before in self.last)

    def is_surname(self, i: int) -> bool:
        """Whether a country's name was the last of somebody's names before."""
        return any(self.parse.word[i] == pair[-1] for pair in self.last)

    def named(self, word: str, before: int) -> Profile | None:
        """The profile that a name or short name means at a token: the last one introduced before it, else the first."""
        found = self.by_name.get(fold(word))
        if not found:
            return None
        earlier = [profile for profile in found if profile.heads[0] <= before]
        return earlier[-1] if earlier else found[0]

    def described(self, word: str, before: int, *, wanted: frozenset[str]) -> Profile | None:
        """The profile that "the" + `word` means: the last one mentioned before that goes under that role, whose name
        ends in the word, or (with `wanted`) that has one of these sectors."""
        best, at = None, -1
        for profile in self.profiles:
            body = not profile.person and (profile.sector in wanted or profile.name.lower().split()[-1:] == [word])
            if not (body or word in profile.roles):
                continue
            last = max((head for head in profile.heads if head < before), default=-1)
            if last > at:
                best, at = profile, last
        return best


def remember(parse: Parse, on: str | None, places: Sequence[Place] = ()) -> Memory:
    """Read the names of a document, first to last."""
    memory = Memory(parse, on, one_case=is_one_case(parse.word))
    given = frozenset() if memory.one_case else in_names(parse, on)
    memory.first = frozenset(tuple(parse.word[i : i + 2]) for i in given if i + 1 < len(parse))
    memory.last = frozenset(tuple(parse.word[i - 1 : i + 1]) for i in given if i)
    _acronyms(memory)
    for entity in parse.entities:
        if entity.label in NAMED:
            _take(memory, entity.start, entity.end, entity.label)
    _known_to_all(memory)
    memory.header = [p.country for p in places if p.country and parse.clean_at(p.start) is None]
    memory.lands = lands_in(parse, places, one_case=memory.one_case, given=given)
    return memory


FEWEST_CAPITALS, MOST_CAPITALS = 0.03, 0.7


def is_one_case(words: Sequence[str]) -> bool:
    """Whether a text is (but for a stray line) all in small letters or all in capitals."""
    letters = [word for word in words if word[0].isalpha() and len(word) > 1]
    if not letters:
        return False
    if sum(word[0].isupper() for word in letters) < FEWEST_CAPITALS * len(letters):
        return True
    return letters[0].isupper() and sum(word.isupper() for word in letters) > MOST_CAPITALS * len(letters)


def stands_alone(parse: Parse, i: int) -> bool:
    """Whether a surname is all of a name: no given name before it, only titles, offices and demonyms."""
    if i == 0 or parse.pos[i - 1] != "PROPN" or parse.sent[i - 1] != parse.sent[i]:
        return True
    table, before = lore(), parse.lower[i - 1]
    return before in table.roles or before in table.titles or before in table.lands or before in ("-", "al", "el")


def _take(memory: Memory, start: int, end: int, label: str) -> None:
    """Remember one named entity, merged with the profile that it names again."""
    parse = memory.parse
    while start < end and (parse.lower[start] in ("the", "a", "an") or parse.word[start] in phrases.QUOTES):
        start += 1
    while end > start and (parse.tag[end - 1] == "POS" or parse.word[end - 1] in phrases.QUOTES):
        end -= 1
    if start >= end:
        return
    if end - start == 1 and _is_land(parse.lower[start]):
        return
    if end - start == 1 and label == "PERSON" and _named_again(memory, start):
        return
    head = phrases.head_of(parse, start, end)
    words = split(parse.words(start, end))
    items = memory.scan(words)
    if len(items) == 1 and items[0].start == 0 and items[0].end == len(words) and items[0].kind in PLAIN_KINDS:
        return
    whole = next((item for item in items if item.start == 0 and item.end == len(words)), None)
    person = label == "PERSON" and not (whole is not None and whole.kind == "body")
    if memory.one_case and not person and sum(item.end - item.start for item in items) == len(words):
        return
    skip = _titles(words, items)
    name = " ".join(words[skip:])
    if not name or not (name[0].isupper() or person or memory.one_case):
        return
    first = start + _tokens_of(parse, start, end, words[:skip])
    reading = full_reading(memory, head, start, end)
    profile = _profile(memory, name, person, (first, end), head, reading)
    profile.heads.append(head)
    for i in range(first, end):
        memory.of_token.setdefault(i, profile)
    _merge(profile, reading, words[: skip or 1])
    if person and profile.country is None:
        profile.country = _introducing(parse, first)


def _introducing(parse: Parse, first: int) -> str | None:
    """The country of a demonym set before a name with a comma ("the Libyan, Ali Nasr"), however it was parsed."""
    if first < 3 or parse.word[first - 1] != "," or parse.lower[first - 3] not in ("the", "a", "an"):
        return None
    word, table = parse.lower[first - 2], lore()
    return table.lands.get(word) if word in table.adjectives or word in table.citizens else None


def _named_again(memory: Memory, i: int) -> bool:
    """Take note of a bare surname of somebody of whom country and sector are known; there is nothing more to read."""
    parse = memory.parse
    rows = memory.by_name.get(fold(parse.word[i]), ())
    if len(rows) != 1 or not (rows[0].country and rows[0].sector and rows[0].person) or parse.children[i]:
        return False
    rows[0].heads.append(i)
    memory.of_token.setdefault(i, rows[0])
    return True


def _known_to_all(memory: Memory) -> None:
    """Give those whom the text names by surname alone the full name by which the world knew them then."""
    for profile in memory.profiles:
        if profile.person and " " not in profile.name and stands_alone(memory.parse, profile.first[0]):
            known = surname(profile.name, memory.on, profile.country)
            if known is not None:
                profile.name = as_spelt(known.name, profile.name)
                profile.country = profile.country or known.country
                profile.sector = profile.sector or known.sector


def as_spelt(full: str, surname: str) -> str:
    """A full name with the surname as the text spells it ("Rosselló" for "Rossello")."""
    words = full.split()
    n = len(surname.split())
    return " ".join([*words[:-n], surname]) if fold(" ".join(words[-n:])) == fold(surname) else full


def _is_land(word: str) -> bool:
    """Whether a single word is a country, a demonym or a capital, and so nobody to remember."""
    table = lore()
    return word in table.lands or word in table.capitals or word in table.seats


PLAIN_KINDS = frozenset({"land", "adjective", "citizens", "capital", "seat"})


def _titles(words: Sequence[str], items: Sequence[Item]) -> int:
    """How many words of a name are titles, offices and demonyms before it ("Kenyan Trade Minister Joseph Kamotho")."""
    titles = lore().titles
    skip = 0
    for item in items:
        last = item.end >= len(words)
        if item.kind in ("role", "adjective", "turn") and not last and item.kind != "body":
            if item.kind == "role" and not (item.role and item.role.person):
                break
            skip = item.end
    while skip < len(words) - 1 and words[skip].lower() in titles:
        skip += 1
    return skip


def _tokens_of(parse: Parse, start: int, end: int, words: Sequence[str]) -> int:
    """How many tokens from `start` the words cover."""
    if not words:
        return 0
    length = len(" ".join(words))
    count = 0
    while start + count < end and parse.end[start + count] - parse.start[start] <= length:
        count += 1
    return min(count, end - start - 1)


def full_reading(memory: Memory, head: int, start: int, end: int) -> Reading:
    """What the phrase around a name says of it: its own, with title and appositions, or that on which it hangs."""
    parse = memory.parse
    if parse.dep[head] == "appos" and parse.head[head] < head:
        top = parse.head[head]
        if parse.dep[top] == "pobj" and head not in phrases.appositions(parse, top):
            top = parse.head[parse.head[top]]
        first, last = phrases.name_phrase(parse, top)
        if first <= head < last:
            return memory.read(first, last, head)
    if parse.dep[head] in ("compound", "nmod") and parse.head[head] > head:
        return memory.read(start, end, min(head, end - 1))
    first, last = phrases.name_phrase(parse, head)
    if not first <= head < last or last - first > 40:
        return memory.read(start, end, head)
    return memory.read(min(first, start), max(last, end), head)


def short_forms(name: str, person: bool) -> list[str]:
    """The folded forms under which the text may name somebody again."""
    words = fold(name).replace(",", "").split()
    if not words:
        return []
    forms = [" ".join(words)]
    if person and len(words) > 1:
        last = words[-2] if words[-1] in ("jr", "jr.", "ii", "iii") else words[-1]
        forms.append(last)
        for particle in ("al-", "el-"):
            if last.startswith(particle):
                forms.append(last[3:])
        first = len(words) - 1
        while first > 1 and words[first - 1] in PARTICLES:
            first -= 1
            forms.append(" ".join(words[first:]))
        if len(words) > 2:
            forms.append(" ".join(words[-2:]))
    return forms


def _profile(memory: Memory, name: str, person: bool, span: tuple[int, int], head: int, reading: Reading) -> Profile:
    """The profile that a name belongs to, or a new one."""
    known = reading.name if reading.name else None
    forms = short_forms(name, person)
    for form in forms[:1]:
        for profile in reversed(memory.by_name.get(form, [])):
            if profile.person == person or " " in form or len(form) > 5:
                if len(name.split()) > len(profile.name.split()):
                    break
                return profile
    if person and len(forms) > 1:
        for profile in memory.by_name.get(forms[1], []):
            if profile.person and " " not in profile.name and profile.heads:
                _rename(memory, profile, name, span, forms)
                return profile
            if profile.person and _same_person(profile.name, name):
                if len(name) > len(profile.name):
                    _rename(memory, profile, name, span, forms)
                return profile
    if person and len(forms) == 1 and len(memory.by_given.get(forms[0], ())) == 1:
        return memory.by_given[forms[0]][0]
    profile = Profile(known if known and not person else name, None, None, person, span)
    if person and len(forms) > 1:
        memory.by_given.setdefault(forms[0].split()[0], []).append(profile)
    memory.profiles.append(profile)
    for form in dict.fromkeys([*forms, *(short_forms(known, person) if known else ())]):
        memory.by_name.setdefault(form, []).append(profile)
    return profile


def _same_person(one: str, other: str) -> bool:
    """Whether two full names with one surname may be one person: the shorter's given name is in the longer, or an
    initial of it."""
    a, b = fold(one).split()[:-1], fold(other).split()[:-1]
    if not a or not b:
        return True
    return a[0][:1] == b[0][:1] and (
        a[0] in b or b[0] in a or a[0].rstrip(".") == b[0][:1] or b[0].rstrip(".") == a[0][:1]
    )


def _rename(memory: Memory, profile: Profile, name: str, span: tuple[int, int], forms: Sequence[str]) -> None:
    """Give a profile the fuller name that the text has come to."""
    profile.name, profile.first = name, span
    for form in forms:
        rows = memory.by_name.setdefault(form, [])
        if profile not in rows:
            rows.append(profile)


def _merge(profile: Profile, reading: Reading, before: Sequence[str]) -> None:
    """Add what one more mention tells."""
    profile.country = profile.country or reading.country
    profile.sector = profile.sector or reading.sector
    profile.body = profile.body or reading.body
    if reading.role:
        profile.roles.add(reading.role)
        profile.roles.add(reading.role.split()[-1])
    table = lore()
    for word in (*[fold(w) for w in before], reading.role or ""):
        if profile.female is None and word in table.women:
            profile.female = True
        elif profile.female is None and word in table.men:
            profile.female = False


def _acronyms(memory: Memory) -> None:
    """Take acronyms in brackets after a name: "Joint Chiefs of Staff (JCS)"."""
    parse = memory.parse
    for i, word in enumerate(parse.word):
        if word != "(" or i + 2 >= len(parse) or parse.word[i + 2] != ")" or i == 0:
            continue
        short = parse.word[i + 1].strip("'\"")
        if not ACRONYM.match(short) or len(short) > 9:
            continue
        start = _spelled(parse, i, short)
        if start is None:
            continue
        head = phrases.head_of(parse, start, i)
        profile = memory.of_token.get(head)
        reading = memory.read(start, i, head)
        if profile is None or profile.person:
            profile = Profile(parse.words(start, i), reading.country, reading.sector, False, (start, i), [head])
            memory.profiles.append(profile)
        _merge(profile, reading, ())
        memory.by_name.setdefault(fold(short), []).insert(0, profile)


def _spelled(parse: Parse, bracket: int, short: str) -> int | None:
    """The first token of the name before a bracket whose initials spell an acronym."""
    letters = [c for c in short.lower() if c.isalpha()]
    i, k = bracket - 1, len(letters) - 1
    first = None
    while i >= 0 and bracket - i <= 14 and k >= 0:
        if parse.word[i] in (".", ",", ";", "(", ")", '"'):
            break
        if parse.lower[i][:1] == letters[k]:
            first, k = i, k - 1
        elif parse.lower[i] not in SMALL_WORDS and not parse.word[i][:1].isupper():
            break
        i -= 1
    return first if first is not None and k < max(1, len(letters) // 3) else None
