"""What is known among the words of a phrase: countries, bodies, persons, roles, and words that turn them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from tocsin.understand.actors_lexicon import POSSESSIVE, Lore, fold, lore, singular
from tocsin.understand.actors_records import Known, Role
from tocsin.understand.toponym_words import words as names

WORD = re.compile(r"""[^\s,;:()\[\]"“”]+|[,;:()\[\]]""")
PREPOSITIONS = frozenset(
    {"of", "for", "from", "in", "at", "to", "with", "on", "against", "by", "near", "between", "inside", "within",
     "outside", "over", "under", "across", "among", "around", "throughout", "based", "who", "whose", "which", "that",
     "accused", "loyal"}
)  # fmt: skip
"""Words after which a phrase goes on to something else than its head."""

ITSELF = frozenset({"himself", "herself", "itself", "and", "or", "then", "now", "here", "there"})
"""What may follow a role without being its noun."""

ARTICLED = re.compile(r"(?:al|el)-[A-Z]")
"""An Arabic name whose article is written small."""

DEMONYMS = frozenset({"adjective", "citizens", "land"})
WATER = "water"
"""The kind of place whose name, though it holds a country's, is of none ("the Indian Ocean", "the Congo River")."""

RENAMED = "New"
"""Before the name of a country: another place, called after it ("New Jersey", "New Mexico")."""

ETHNIC = "ethnic"
"""Before a demonym: a people, not the citizens of a state ("ethnic Albanians")."""


class Item(NamedTuple):
    """Something known in a phrase: words `start` to `end`. `kind`: land, adjective, citizens, capital, seat, body,
    person, people, role, turn, led, helped, side, stateless. `maybe` are countries of which the text
    must decide. `prep` is the last preposition before it ("" in the head part)."""

    start: int
    end: int
    kind: str
    country: str | None
    sector: str | None
    name: str | None = None
    role: Role | None = None
    prep: str = ""
    maybe: tuple[str, ...] = ()
    plural: bool = False


def split(text: str) -> list[str]:
    """The words of a phrase, without possessive endings; commas and brackets stand alone."""
    return [POSSESSIVE.sub("", w) or w for w in WORD.findall(text.replace("’", "'"))]


def recase(words: Sequence[str]) -> list[str]:
    """The words of a text that is all capitals or all small, in the usual case: known acronyms in capitals, all else
    with a capital first (what is no name is looked up without regard to case)."""
    table = lore()
    found = []
    for word in words:
        upper = word.upper()
        plain = word.lower() in table.plain_words or len(word) < 3
        found.append(upper if upper in table.acronyms and (not plain or "." in word) else word.capitalize())
    return found


def in_term(known: Known, on: str | None) -> bool:
    """Whether a day falls into a term in office."""
    return on is None or ((known.since is None or known.since <= on) and (known.until is None or on <= known.until))


def pick(rows: Sequence[Known], on: str | None, country: str | None = None) -> Known:
    """The one of several bearers of a name that is meant on a day: of that country, in office, else the last before,
    else the first after."""
    if len(rows) == 1:
        return rows[0]
    of = [row for row in rows if row.country == country] if country else []
    rows = of or rows
    if on is None:
        return rows[0]
    holding = [row for row in rows if in_term(row, on)]
    if holding:
        return max(holding, key=lambda row: row.since or "")
    before = [row for row in rows if row.until is not None and row.until < on]
    return max(before, key=lambda row: row.until or "") if before else min(rows, key=lambda row: row.since or "")


def scan(words: Sequence[str], on: str | None = None) -> list[Item]:
    """All that is known in a phrase, longest first, from left to right."""
    table = lore()
    keys = [fold(word) for word in words]
    items: list[Item] = []
    prep, i = "", 0
    while i < len(words):
        key = keys[i]
        if key in PREPOSITIONS:
            prep = key
        found = _longest_at(table, words, keys, i, on)
        if found is not None and i > 0 and words[i - 1] == RENAMED and found.kind == "land":
            found = None
        if found is not None and found.end == 1 and key in table.epithets and _is_common(words[i + 1 : i + 2]):
            found = None
        if found is None and "-" in key:
            found = _joined(table, words[i], key, on)
        if found is None:
            i += 1
            continue
        if found.kind in DEMONYMS and i > 0 and keys[i - 1] == ETHNIC:
            found = found._replace(kind="people", country=None, sector=table.senses.citizens)
        elif found.kind in DEMONYMS and _is_matter(table, found, words[i + found.end : i + found.end + 1]):
            found = found._replace(kind="topic", country=None, sector=None)
        elif found.kind in DEMONYMS and _are_people(found, keys[i - 1] if i else ""):
            found = found._replace(sector=table.senses.citizens)
        items.append(found._replace(start=i, end=i + found.end, prep=prep))
        i += found.end
    return items


def _is_common(after: Sequence[str]) -> bool:
    """Whether a common noun follows, of which a word is an adjective."""
    return bool(after) and after[0].isalpha() and after[0].islower() and after[0] not in PREPOSITIONS | ITSELF


def _is_matter(table: Lore, item: Item, after: Sequence[str]) -> bool:
    """Whether the word after a country's name makes it what something is about ("Iraq War"), or a water's name."""
    if not after:
        return False
    return (item.kind == "land" and fold(after[0]) in table.about) or names().feature.get(after[0]) == WATER


def _are_people(item: Item, before: str) -> bool:
    """Whether a demonym, were it the head, means citizens ("Kenyans", "a Kenyan") and not a state ("the Kenyans")."""
    return before in ("a", "an") or (item.kind == "citizens" and before != "the")


def _longest_at(table: Lore, words: Sequence[str], keys: Sequence[str], i: int, on: str | None) -> Item | None:
    """The longest entry that begins at word `i`; its `end` holds the number of words."""
    most = max(table.longest.get(keys[i], 0), table.longest.get(singular(keys[i]), 0))
    for n in range(min(most, len(words) - i), 0, -1):
        found = _entry(table, words, keys, i, n, on)
        if found is not None:
            return found
    return None


def _entry(table: Lore, words: Sequence[str], keys: Sequence[str], i: int, n: int, on: str | None) -> Item | None:
    """The entry of exactly `n` words at `i`."""
    written = " ".join(words[i : i + n])
    key = " ".join(keys[i : i + n])
    capital = (
        words[i][:1].isupper() or (n > 1 and words[i + n - 1][:1].isupper()) or ARTICLED.match(words[i]) is not None
    )
    if written in table.acronyms:
        known = pick(table.acronyms[written], on)
        return _known(n, known, "land" if fold(known.name) in table.lands else "body", on)
    if key in table.peoples:
        people = table.peoples[key]
        only = people.countries[0] if len(people.countries) == 1 else None
        return Item(0, n, "people", only, people.sector, key, maybe=tuple(people.countries))
    if capital or n > 1 or not words[i].islower():
        if n > 1 and key in table.people:
            return _known(n, pick(table.people[key], on), "person", on)
        found = _name(table, key, n, on)
        if found is not None and (capital or (n > 1 and found.kind in DEMONYMS)):
            return found
    elif key in table.bodies and written in ("peshmerga", "mujahedeen", "mujahideen", "janjaweed", "contras", "gardai"):
        return _name(table, key, n, on)
    found = _role(table, keys, i, n)
    return (
        None
        if found is not None and found.kind == "stateless" and capital and i > 0 and key in table.parts_of_names
        else found
    )


def _name(table: Lore, key: str, n: int, on: str | None) -> Item | None:
    if key in table.bodies:
        return _known(n, pick(table.bodies[key], on), "body", on)
    if key in table.lands:
        kind = (
            "citizens"
            if key in table.citizens and key.endswith("s") and key not in table.adjectives
            else "adjective"
            if key in table.adjectives
            else "land"
        )
        return Item(0, n, kind, _in_its_time(table.lands[key], on), table.senses.state)
    if key in table.seats:
        return Item(0, n, "seat", _in_its_time(table.seats[key], on), table.senses.state)
    if key in table.capitals:
        return Item(0, n, "capital", _in_its_time(table.capitals[key], on), table.senses.state)
    if n == 1 and key in table.people and table.people[key][0].name.count(" ") == 0:
        return _known(n, pick(table.people[key], on), "person", on)
    return None


def _known(n: int, known: Known, kind: str, on: str | None) -> Item:
    country = _in_its_time(known.country, on) if known.country else None
    maybe = (country,) if known.common and country else ()
    return Item(0, n, kind, None if maybe else country, known.sector, known.name, maybe=maybe)


def _in_its_time(country: str, on: str | None) -> str:
    """The state to which a country belonged on a day: until its end the Kremlin stood for the Soviet Union."""
    heir = lore().heirs.get(country)
    return heir[0] if heir is not None and on is not None and on < heir[1] else country


def _role(table: Lore, keys: Sequence[str], i: int, n: int) -> Item | None:
    key = " ".join(keys[i : i + n])
    role = table.roles.get(key)
    single = key
    if role is None:
        single = " ".join([*keys[i : i + n - 1], singular(keys[i + n - 1])])
        role = table.roles.get(single)
        if role is not None and role.person and single != key:
            role = role._replace(person=False)
    if role is not None:
        return Item(0, n, "role", None, role.sector, single, role, plural=single != key)
    if key in table.turns:
        return Item(0, n, "turn", None, table.turns[key])
    if key in table.stateless:
        return Item(0, n, "stateless", None, None)
    return None


def _joined(table: Lore, word: str, key: str, on: str | None) -> Item | None:
    """A hyphenated word: "US-backed", "Saudi-led", "pro-Assad", "anti-government", "ex-president"."""
    first, dash, rest = word.partition("-")
    if not dash or not first or not rest:
        return None
    last = key.rpartition("-")[2]
    if last in table.helped or last in table.led:
        land = scan([word[: -len(last) - 1]], on)
        country = land[0].country if land else None
        return Item(0, 1, "led" if last in table.led else "helped", country, None)
    side = fold(first)
    if side in table.backing or side in table.opposing:
        about = surname(rest, on, None) or next(iter(scan([rest], on)), None)
        if about is None or about.sector != table.senses.state:
            return None
        return Item(0, 1, "side", about.country, table.senses.loyal if side in table.backing else table.senses.opposed)
    if side in ("ex", "vice", "then", "co"):
        inner = scan([rest], on)
        return inner[0]._replace(start=0, end=1) if inner else None
    parts = [scan([part], on) for part in (first, word.rpartition("-")[2])]
    return next((found[0]._replace(start=0, end=1) for found in parts if found and found[0].country), None)


def surname(word: str, on: str | None, country: str | None) -> Known | None:
    """The person of public life whom a surname means on a day, in office then (three years' grace after it)."""
    rows = lore().surnames.get(fold(word))
    if not rows:
        return None
    known = pick(rows, on, country)
    if country is not None and known.country != country:
        return None
    if on is not None and known.since is not None:
        late = known.until is not None and int(known.until[:4]) + 3 < int(on[:4])
        early = known.since > f"{int(on[:4]) + 1:04d}-12-31"
        if late or early:
            return None
    return known
