"""Whom the words of one phrase mean, by the words alone: countries, bodies, persons and roles found in it, and the
country and sector that they give together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tocsin.understand.actors_lexicon import POSSESSIVE, Known, Lore, Role, fold, lore, singular

WORD = re.compile(r"""[^\s,;:()\[\]"“”]+|[,;:()\[\]]""")
BREAKS = frozenset(",;:()[]")
PREPOSITIONS = frozenset(
    {"of", "for", "from", "in", "at", "to", "with", "on", "against", "by", "near", "between", "inside", "within", "outside",
     "over", "under", "across", "among", "around", "throughout", "based", "who", "whose", "which", "that", "accused", "loyal"}
)  # fmt: skip
HOME_PREPOSITIONS = frozenset(
    {"of", "from", "in", "at", "near", "inside", "within", "across", "throughout", "based", "loyal", "for", "to"}
)
"""Prepositions whose object can tell the country of what stands before them."""

ABROAD = frozenset({"for", "to"})
"""Prepositions that name the country of a diplomat's post, which is not his own."""

SENT_OUT = frozenset({"ambassador", "envoy", "special envoy", "representative", "mission", "embassy", "diplomat", "consul",
                      "special representative", "aid", "adviser", "advisor", "negotiator", "coordinator"})  # fmt: skip
LED = frozenset(
    {"led", "dominated", "run", "controlled", "commanded", "based", "born", "owned", "registered", "flagged"}
)
HELPED = frozenset({"backed", "supported", "trained", "allied", "aligned", "funded", "sponsored", "armed", "linked", "equipped", "friendly", "made", "built", "speaking", "held", "occupied", "supplied", "mediated", "brokered", "style", "era"})  # fmt: skip
STRONG_TURNS = frozenset({"REB", "OPP"})
RULING = "GOV"
SOFT = frozenset({"GOV", "CVL", "MIL", "PTY", "COP", None})
TURNING = frozenset({"turn", "side", "role", "body"})


DEMONYMS = frozenset({"adjective", "citizens", "land"})
ETHNIC = "ethnic"
"""Before a demonym: a people, not the citizens of a state ("ethnic Albanians")."""


class Item(NamedTuple):
    """Something known in a phrase: words `start` to `end`. `kind`: land, adjective, citizens, capital, seat, body,
    person, people, role, turn, led, helped, side, stateless. `maybe` are countries of which the text must decide. `prep` is the last preposition before it ("" in the head part)."""

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


class Reading(NamedTuple):
    """What a phrase's words say. `name` is whom the tables know by them; `role` the noun under which the text may go on
    to speak of him; `person` whether it is one human being; `stateless` that it is of no one country; `maybe` countries
    that it may be of, if the text speaks of them; `body` the organisation in it ("Hamas" of "a Hamas leader"); `why` the words that decided, for people to read."""

    name: str | None = None
    country: str | None = None
    sector: str | None = None
    role: str | None = None
    person: bool | None = None
    stateless: bool = False
    maybe: tuple[str, ...] = ()
    body: str | None = None
    why: str = ""

    @property
    def empty(self) -> bool:
        """Whether the words told nothing."""
        return self.country is None and self.sector is None


NOTHING = Reading()


def split(text: str) -> list[str]:
    """The words of a phrase, without possessive endings; commas and brackets stand alone."""
    return [POSSESSIVE.sub("", w) or w for w in WORD.findall(text.replace("’", "'"))]


SPELT_LIKE_WORDS = frozenset(
    {"us", "who", "is", "it", "aa", "ice", "care", "mend", "fed", "dawn", "total", "meta", "mit", "hur", "diet", "sin",
     "fano", "amal", "saba", "petra", "fox", "sky", "ana", "ani", "pap", "era", "amnesty", "arena", "time", "mena", "aum"}
)  # fmt: skip
"""Acronyms and names that, in a text all in one case, are taken for the plain word."""


def recase(words: Sequence[str]) -> list[str]:
    """The words of a text that is all capitals or all small, in the usual case: known acronyms in capitals, all else
    with a capital first (what is no name is looked up without regard to case)."""
    acronyms = lore().acronyms
    found = []
    for word in words:
        upper = word.upper()
        plain = word.lower() in SPELT_LIKE_WORDS or len(word) < 3
        found.append(upper if upper in acronyms and (not plain or "." in word) else word.capitalize())
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
        if found is None and "-" in key:
            found = _joined(table, words[i], key, on)
        if found is None:
            i += 1
            continue
        if found.kind in DEMONYMS and i > 0 and keys[i - 1] == ETHNIC:
            found = found._replace(kind="people", country=None, sector="CVL")
        elif found.kind == "citizens" and (i == 0 or keys[i - 1] != "the"):
            found = found._replace(sector="CVL")
        items.append(found._replace(start=i, end=i + found.end, prep=prep))
        i += found.end
    return items


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
    capital = words[i][:1].isupper() or (n > 1 and words[i + n - 1][:1].isupper())
    if written in table.acronyms:
        known = pick(table.acronyms[written], on)
        kind = "land" if known.sector == "GOV" and known.country and table.lands.get(fold(known.name)) else "body"
        return _body(n, known, kind)
    if capital or n > 1 or not words[i].islower():
        if n > 1 and key in table.people:
            known = pick(table.people[key], on)
            return Item(0, n, "person", known.country, known.sector, known.name)
        found = _name(table, key, n, on)
        if found is not None and capital:
            return found
    elif key in table.bodies and written in ("peshmerga", "mujahedeen", "mujahideen", "janjaweed", "contras", "gardai"):
        return _name(table, key, n, on)
    found = _role(table, keys, i, n)
    return None if found is not None and found.kind == "stateless" and capital and i > 0 and key in NEUTRAL else found


NEUTRAL = frozenset({"international", "world", "global", "foreign", "other", "middle", "overseas", "southern", "northern", "eastern"})
"""Words of no country that in capitals are part of a name ("Dubai International Airport")."""

def _name(table: Lore, key: str, n: int, on: str | None) -> Item | None:
    if key in table.bodies:
        return _body(n, pick(table.bodies[key], on), "body")
    if key in table.lands:
        kind = (
            "citizens"
            if key in table.citizens and key.endswith("s") and key not in table.adjectives
            else "adjective"
            if key in table.adjectives
            else "land"
        )
        return Item(0, n, kind, _in_its_time(table.lands[key], on), "GOV")
    if key in table.seats:
        return Item(0, n, "seat", _in_its_time(table.seats[key], on), "GOV")
    if key in table.capitals:
        return Item(0, n, "capital", _in_its_time(table.capitals[key], on), "GOV")
    if n == 1 and key in table.people and table.people[key][0].name.count(" ") == 0:
        known = pick(table.people[key], on)
        return Item(0, n, "person", known.country, known.sector, known.name)
    return None


def _body(n: int, known: Known, kind: str) -> Item:
    maybe = (known.country,) if known.common and known.country else ()
    return Item(0, n, kind, None if maybe else known.country, known.sector, known.name, maybe=maybe)


SOVIET_END = "1991-12-26"


def _in_its_time(country: str, on: str | None) -> str:
    """Moscow and the Kremlin stood for the Soviet Union until its end."""
    return "SUN" if country == "RUS" and on is not None and on < SOVIET_END else country


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
    if key in table.peoples:
        people = table.peoples[key]
        only = people.countries[0] if len(people.countries) == 1 else None
        return Item(0, n, "people", only, people.sector, key, maybe=tuple(people.countries))
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
    if last in HELPED or last in LED:
        land = scan([word[: -len(last) - 1]], on)
        country = land[0].country if land else None
        return Item(0, 1, "led" if last in LED else "helped", country, None)
    side = fold(first)
    if side in table.backing or side in table.opposing:
        about = surname(rest, on, None) or next(iter(scan([rest], on)), None)
        if about is None or about.sector != RULING:
            return None
        return Item(0, 1, "side", about.country, "MIL" if side in table.backing else "OPP")
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


def read(text: str, on: str | None = None, head: int | None = None) -> Reading:
    """What a phrase says by its own words. `head` is the index of the head among `split(text)`; without it the head is
    the last word before the first preposition of each part; parts are set off by commas."""
    words = split(text)
    return read_words(words, scan(words, on), head)


def read_words(words: Sequence[str], items: Sequence[Item], head: int | None = None) -> Reading:
    """`read`, on words and items that are there already."""
    readings = []
    for start, end in _parts(words):
        inside = [item for item in items if start <= item.start < end]
        at = head if head is not None and start <= head < end else _head(words, items, start, end)
        reading = _read_part(inside, at)
        readings.append(reading)
    return merge(readings)


def merge(readings: Iterable[Reading]) -> Reading:
    """One reading of a phrase and its appositions: each takes the first that says something."""
    found = NOTHING
    for each in readings:
        found = Reading(
            name=found.name or each.name,
            country=found.country or each.country,
            sector=found.sector or each.sector,
            role=found.role or each.role,
            person=found.person if found.person is not None else each.person,
            stateless=found.stateless or each.stateless,
            maybe=found.maybe or each.maybe,
            body=found.body or each.body,
            why="; ".join(filter(None, (found.why, each.why if each.why not in found.why else ""))),
        )
    return found


def _parts(words: Sequence[str]) -> list[tuple[int, int]]:
    parts, start = [], 0
    for i, word in enumerate(words):
        if word in BREAKS:
            if i > start:
                parts.append((start, i))
            start = i + 1
    if start < len(words):
        parts.append((start, len(words)))
    return parts


def _head(words: Sequence[str], items: Sequence[Item], start: int, end: int) -> int:
    """The index of the last word before the part's first preposition, or the last of a known name that holds one."""
    inside = {k for item in items for k in range(item.start, item.end - 1)}
    for i in range(start + 1, end):
        if words[i].lower() in PREPOSITIONS and i not in inside and i - 1 not in inside:
            return i - 1
    return end - 1


def _read_part(items: Sequence[Item], head: int) -> Reading:
    """The reading of one part (no commas inside)."""
    at = next((item for item in items if item.start <= head < item.end), None)
    before = [item for item in items if item.end <= head][::-1]
    after = [item for item in items if item.start > head]
    sector, because = _sector(at, before, after)
    country, where = _country(at, before, after)
    role = next((item for item in (at, *before) if item is not None and item.kind == "role"), None)
    maybe = next((item.maybe for item in (at, *before, *after) if item is not None and item.maybe), ())
    body = next((item.name for item in (at, *before, *after) if item is not None and item.kind == "body"), None)
    world = at is not None and at.kind == "body" and at.country is None and not at.maybe and country is None
    several = at is not None and at.role is not None and not at.role.person and at.plural and at.name in lore().manifold
    name = at.name if at is not None and at.kind in ("body", "person", "land") else None
    person = (
        True if at is not None and at.kind == "person" else role.role.person if role is not None and role.role else None
    )
    return Reading(
        name=name, country=country, sector=sector, role=role.name if role else None, person=person,
        stateless=(several or world or any(item.kind == "stateless" for item in before)) and country is None, maybe=maybe, body=body,
        why=", ".join(filter(None, (where, because))),
    )  # fmt: skip


def _sector(at: Item | None, before: Sequence[Item], after: Sequence[Item]) -> tuple[str | None, str]:
    """The sector, and the word that gave it."""
    if at is None:
        role = next((item for item in before if item.kind == "role"), None)
        if role is None:
            giver = next((i for i in (*before, *after) if i.kind in ("body", "turn", "side", "seat")), None)
            return (giver.sector, giver.name or giver.kind) if giver else (None, "")
        return _sector(role, [item for item in before if item.end <= role.start], after)
    if at.kind == "person":
        office = next((i for i in before if i.kind == "role" and i.role and i.role.person and not i.role.relay), None)
        turn = next((i for i in before if i.kind == "turn" and i.sector in STRONG_TURNS), None)
        giver = turn or office or at
        return giver.sector or at.sector, giver.name or giver.kind
    if at.kind != "role" or at.role is None:
        return at.sector, at.name or at.kind
    own = at.sector
    if own == "MIL" and any(item.kind == "people" for item in before):
        return "REB", f"people without a state, {at.name}"
    turn = next((item for item in before if item.sector in STRONG_TURNS and item.kind in TURNING), None)
    if turn is not None and own in SOFT:
        return turn.sector, f"{turn.name or turn.kind} {at.name}"
    if not at.role.relay:
        return own, at.name or ""
    for item in sorted(before, key=lambda item: item.kind not in ("body", "seat")):
        if item.sector and item.kind in ("body", "turn", "side", "seat", "role"):
            if item.sector == "GOV" and own == "MIL":
                return own, at.name or ""
            return item.sector, f"{item.name or item.kind} {at.name}"
    for item in after:
        if (
            item.sector
            and item.kind in ("body", "role", "turn", "person", "seat", "side")
            and item.prep in HOME_PREPOSITIONS
        ):
            return item.sector, f"{at.name} of {item.name or item.kind}"
    return own, at.name or ""


def _country(at: Item | None, before: Sequence[Item], after: Sequence[Item]) -> tuple[str | None, str]:
    """The country, and the kind of word that gave it."""
    if at is not None and at.country:
        nearer = next((i for i in before if i.kind in DEMONYMS and i.country), None)
        if nearer is not None and (at.kind == "person" or (at.kind == "citizens" and nearer.end == at.start)):
            return nearer.country, nearer.kind
        return at.country, at.name or at.kind
    for item in before:
        if item.country and item.kind not in ("helped", "led"):
            return item.country, item.name or item.kind
    abroad = any(i.kind == "role" and i.name in SENT_OUT for i in (at, *before) if i is not None)
    for item in after:
        if (
            item.country
            and item.kind != "helped"
            and item.prep in HOME_PREPOSITIONS
            and not (abroad and item.prep in ABROAD)
        ):
            return item.country, item.name or item.kind
    led = next((item for item in before if item.kind == "led" and item.country), None)
    return (led.country, "led by") if led else (None, "")
