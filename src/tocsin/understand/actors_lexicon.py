"""Who is who, from the data files: bodies and persons of public life, role nouns, titles, as tables to find them."""

from __future__ import annotations

import datetime
import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tocsin import lexicon
from tocsin.countries import countries
from tocsin.understand.actors_records import ActorFile, Change, Known, People, Role, SectorFile, Senses

PERSON_ENDINGS = ("man", "er", "or", "chief", "head", "person", "boss", "aide")
"""Endings of nouns for one human being."""

NOWHERE = "none"
"""The key in the files for those that belong to no one country."""


@dataclass(frozen=True)
class Lore:
    """All of it as tables. Keys are folded (lower case, no accents, plain apostrophes) but for `acronyms`, which hold
    as written. `longest` gives for a first word the number of words of the longest entry that begins with it."""

    roles: dict[str, Role]
    plain: frozenset[str]
    turns: dict[str, str]
    backing: frozenset[str]
    opposing: frozenset[str]
    stateless: frozenset[str]
    manifold: frozenset[str]
    peoples: dict[str, People]
    leaning: dict[str, list[str]]
    men: frozenset[str]
    women: frozenset[str]
    titles: frozenset[str]
    stands_for: dict[str, frozenset[str]]
    speech: frozenset[str]
    sending: frozenset[str]
    international: frozenset[str]
    takes_up: dict[str, bool]
    about: frozenset[str]
    origins: frozenset[str]
    for_doing: frozenset[str]
    senses: Senses
    heirs: dict[str, tuple[str, str]]
    posted: frozenset[str]
    led: frozenset[str]
    helped: frozenset[str]
    parts_of_names: frozenset[str]
    plain_words: frozenset[str]
    epithets: frozenset[str]
    acronyms: dict[str, tuple[Known, ...]]
    bodies: dict[str, tuple[Known, ...]]
    people: dict[str, tuple[Known, ...]]
    surnames: dict[str, tuple[Known, ...]]
    lands: dict[str, str]
    capitals: dict[str, str]
    seats: dict[str, str]
    citizens: frozenset[str]
    adjectives: frozenset[str]
    longest: dict[str, int]


@functools.lru_cache(maxsize=1 << 13)
def fold(text: str) -> str:
    """Lower case, accents off, apostrophes plain: the form in which names are looked up."""
    if text.isascii():
        return text.lower()
    text = text.lower().translate(LETTERS)
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def key_of(name: str) -> str:
    """The key of a name: folded, without possessive endings ("People's Party" is found as "people party")."""
    if "'" not in name and "’" not in name:
        return fold(name)
    return " ".join([POSSESSIVE.sub("", word) or word for word in fold(name).split()])


POSSESSIVE = re.compile(r"(?:'s|')$")
LETTERS = str.maketrans({"’": "'", "ı": "i", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "ß": "ss"})
"""Letters that do not come apart into a plain one and an accent."""

IRREGULAR = {
    "men": "man",
    "women": "woman",
    "children": "child",
    "wives": "wife",
    "police": "police",
    "forces": "force",
}


@functools.lru_cache(maxsize=1 << 13)
def singular(word: str) -> str:
    """The singular of a lower-case English noun, by its ending."""
    if word in IRREGULAR:
        return IRREGULAR[word]
    if word.endswith(("men", "wives", "children")):
        for plural, single in IRREGULAR.items():
            if word.endswith(plural):
                return word[: -len(plural)] + single
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ses", "ches", "shes", "xes", "zes")) and not word.endswith(
        ("houses", "nurses", "spouses", "bases")
    ):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        return word[:-1]
    return word


PARTICLES = frozenset(
    [
        "al",
        "el",
        "bin",
        "ben",
        "ibn",
        "de",
        "da",
        "del",
        "della",
        "di",
        "dos",
        "du",
        "van",
        "von",
        "der",
        "den",
        "la",
        "le",
        "el-",
        "al-",
        "ter",
        "abu",
        "ould",
    ]
)


def surnames_of(name: str, *, family_first: bool) -> Iterator[str]:
    """The short forms, folded, under which a text may go on to name somebody: "Assad", "al-Assad", "de Mistura"."""
    words = fold(name).replace(",", "").split()
    if len(words) > 1 and words[-1] in ("jr", "jr.", "ii", "iii", "iv", "vi"):
        words = words[:-1]
    if len(words) < 2:
        yield words[0]
        return
    if family_first:
        yield words[0]
    last = words[-1]
    yield last
    for particle in ("al-", "el-"):
        if last.startswith(particle):
            yield last[len(particle) :]
    first = len(words) - 1
    while first > 1 and words[first - 1] in PARTICLES:
        first -= 1
    if first < len(words) - 1:
        yield " ".join(words[first:])


@functools.cache
def lore() -> Lore:
    """Load the tables (once)."""
    actor_files = lexicon.read_all("actors/*.yaml", ActorFile)
    sectors = lexicon.read_all("sectors.yaml", SectorFile)[0]
    world = countries()
    people, surnames = _people(actor_files, sectors.family_first)
    bodies, acronyms = _bodies(actor_files, sectors.senses.spelled)
    roles = _roles(sectors)
    lands = {**world.people, **world.adjectives, **world.parts, **world.names}
    folded_lands = {key_of(k): v for k, v in lands.items()}
    state = sectors.senses.state
    states = {k: (Known(world.name_of(v) or k, v, state, False),) for k, v in world.abbreviations.items()}
    peoples = {word: each for each in sectors.peoples for word in each.words}
    keys = [*people, *bodies, *(key_of(k) for k in acronyms), *roles, *folded_lands, *peoples, *sectors.stateless]
    keys += [word for words in sectors.turns.values() for word in words]
    keys += [key_of(k) for k in (*world.capitals, *world.seats, *world.abbreviations)]
    return Lore(
        roles=roles, plain=frozenset(sectors.plain),
        turns={word: sector for sector, words in sectors.turns.items() for word in words},
        backing=frozenset(sectors.sides["with"]), opposing=frozenset(sectors.sides["against"]),
        stateless=frozenset(sectors.stateless),
        manifold=frozenset(sectors.manifold),
        peoples=peoples,
        leaning=sectors.leaning,
        men=frozenset([*sectors.gender.men, *_given(actor_files, "men")]),
        women=frozenset([*sectors.gender.women, *_given(actor_files, "women")]),
        titles=frozenset([*sectors.titles.men, *sectors.titles.women, *sectors.titles.either]),
        stands_for={word: frozenset(kinds) for word, kinds in sectors.stands_for.items()},
        speech=frozenset(sectors.speech),
        sending=frozenset(sectors.sending),
        international=frozenset(sectors.international),
        takes_up=sectors.takes_up,
        about=frozenset(sectors.about),
        origins=frozenset(sectors.origins),
        for_doing=frozenset(sectors.for_doing),
        senses=sectors.senses,
        heirs=sectors.heirs,
        posted=frozenset(sectors.posted),
        led=frozenset(sectors.led),
        helped=frozenset(sectors.helped),
        parts_of_names=frozenset(sectors.parts_of_names),
        plain_words=frozenset(sectors.plain_words),
        epithets=frozenset(sectors.epithets),
        acronyms={**states, **acronyms},
        bodies=bodies, people=people, surnames=surnames, lands=folded_lands,
        capitals={key_of(k): v for k, v in world.capitals.items()},
        seats={key_of(k): v for k, v in world.seats.items()},
        citizens=frozenset(key_of(k) for k in world.people), adjectives=frozenset(key_of(k) for k in world.adjectives),
        longest=_longest(keys),
    )  # fmt: skip


def _given(files: Iterable[ActorFile], gender: str) -> Iterator[str]:
    return (fold(name) for file in files for name in file.given_names.get(gender, []))


def _date(day: datetime.date | int | None, *, end: bool) -> str | None:
    if day is None:
        return None
    if isinstance(day, int):
        return f"{day}-12-31" if end else f"{day}-01-01"
    return day.isoformat()


def _people(
    files: Iterable[ActorFile], family_first: Sequence[str]
) -> tuple[dict[str, tuple[Known, ...]], dict[str, tuple[Known, ...]]]:
    full: dict[str, list[Known]] = {}
    short: dict[str, list[Known]] = {}
    for file in files:
        for code, rows in file.people.items():
            country = None if code == NOWHERE else code
            for row in rows:
                names = row.names.split("|")
                since, until = _date(row.since, end=False), _date(row.until, end=True)
                known = Known(names[0], country, row.sector, True, since, until)
                for name in names:
                    _append(full, key_of(name), known)
                    for surname in surnames_of(name, family_first=code in family_first):
                        _append(short, surname, known._replace(name=name))
    return _frozen(full), _frozen(short)


def _bodies(
    files: Iterable[ActorFile], spelled: Sequence[str]
) -> tuple[dict[str, tuple[Known, ...]], dict[str, tuple[Known, ...]]]:
    names: dict[str, list[Known]] = {}
    acronyms: dict[str, list[Known]] = {}
    for file in files:
        common = frozenset(file.common)
        changes: dict[str, list[Change]] = {}
        for change in file.changes:
            changes.setdefault(change.name, []).append(change)
        for sector, by_country in file.bodies.items():
            for code, rows in by_country.items():
                for row in rows:
                    forms = row.split("|")
                    country = None if code == NOWHERE else code
                    shared = not common.isdisjoint(forms)
                    standings = [Known(forms[0], country, sector, False, common=shared)]
                    for change in changes.get(forms[0], []):
                        standings.append(
                            Known(forms[0], change.country, change.sector, False, change.since.isoformat())
                        )
                    if sector in spelled:
                        forms += [f.capitalize() for f in forms if len(f) > 4 and f.isalpha() and f.isupper()]
                    for form in forms:
                        table, key = (acronyms, form) if _is_acronym(form) else (names, key_of(form))
                        for known in standings:
                            _append(table, key, known)
    return _frozen(names), _frozen(acronyms)


def _is_acronym(form: str) -> bool:
    """Whether a form holds only as written: an acronym, or a word that is common in small letters."""
    return " " not in form and (sum(c.isupper() for c in form) > 1 or len(form) <= 5)


def _roles(file: SectorFile) -> dict[str, Role]:
    relays = frozenset(file.relays)
    plain = frozenset(file.plain)
    found: dict[str, Role] = {}
    for sector, words in file.roles.items():
        for person, lists in ((True, words.persons), (False, words.bodies)):
            for word in lists:
                key = key_of(word)
                found.setdefault(key, Role(None if key in plain else sector, person, key in relays))
    for word in sorted(relays | plain):
        found.setdefault(
            word,
            Role(
                None,
                word in file.plain_persons or word.endswith(PERSON_ENDINGS),
                True,
            ),
        )
    return found


def _longest(keys: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for key in keys:
        words = key.split()
        if words and len(words) > found.get(words[0], 0):
            found[words[0]] = len(words)
    return found


def _append(table: dict[str, list[Known]], key: str, known: Known) -> None:
    rows = table.setdefault(key, [])
    if known not in rows:
        rows.append(known)


def _frozen(table: dict[str, list[Known]]) -> dict[str, tuple[Known, ...]]:
    return {key: tuple(rows) for key, rows in table.items()}
