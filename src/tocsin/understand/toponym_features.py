"""What speaks for and against a candidate being the name of a place: named facts of the name and its surroundings."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

from tocsin.countries import countries
from tocsin.gazetteer import Entry
from tocsin.gazetteer.store import UNCOUNTED
from tocsin.understand.parse import Parse
from tocsin.understand.toponym_words import words

KIN = 10
NOBODY: frozenset[str] = frozenset()
SIZED = frozenset({"city", "admin1", "admin2"})
LABELS = frozenset({"GPE", "LOC", "FAC", "PERSON", "ORG", "NORP"})
LISTS = frozenset({",", "and", ", and", "or", "", "/", "-"})
PUNCTUATION = frozenset({",", ".", "(", ")", "-", "--", '"', ":", ";", "/"})


class Candidate(NamedTuple):
    """A stretch of tokens, end-exclusive, that may name a place. `kind` is the class of its word of kind, if any;
    `entries` what the gazetteer has of that name."""

    start: int
    end: int
    entries: tuple[Entry, ...]
    kind: str | None


def second_look(parse: Parse, found: list[Candidate], first: list[float]) -> list[list[str]]:
    """What the first scores of other candidates say of each: the same name elsewhere, its neighbours in a list, and the
    region that is named after it."""
    names = [parse.words(c.start, c.end).lower() for c in found]
    best: dict[str, list[float]] = {}
    for name, score in zip(names, first, strict=True):
        best[name] = sorted([*best.get(name, ()), score], reverse=True)[:2]
    sure: dict[str, set[str]] = {}
    for candidate, name, score in zip(found, names, first, strict=True):
        if score > 1.0 and candidate.entries and candidate.entries[0].country:
            sure.setdefault(candidate.entries[0].country, set()).add(name)
    out = []
    for k, (candidate, name, score) in enumerate(zip(found, names, first, strict=True)):
        facts = []
        if candidate.entries and candidate.entries[0].kind in SIZED:
            others = [sure.get(e.country or "", NOBODY) - {name} for e in candidate.entries[:KIN]]
            facts.append("kin=first" if others[0] else "kin=some" if any(others) else "kin=none")
        top = best[name]
        other = top[1] if len(top) > 1 and top[0] == score else top[0]
        if len(top) > 1:
            facts.append(f"twin={_level(other)}")
        for step, side in ((1, "next"), (-1, "last")):
            if 0 <= k + step < len(found):
                a, b = (candidate, found[k + 1]) if step > 0 else (found[k - 1], candidate)
                if b.start - a.end <= 2 and parse.sent[a.start] == parse.sent[b.start]:
                    gap = parse.words(a.end, b.start)
                    if gap in LISTS:
                        facts.append(f"{side} {gap}={_level(first[k + step])}")
                        if gap == "," and _holds(b, a):
                            facts.append(f"{side}-holds")
        out.append(facts)
    return out


def _level(score: float) -> str:
    return "high" if score > 1.5 else "low" if score < -1.0 else "middle"


def _holds(outer: Candidate, inner: Candidate) -> bool:
    """Whether a region or country of the one name holds a place of the other ("Paris, Texas")."""
    regions = {e.name for e in outer.entries if e.kind == "admin1"}
    states = {e.country for e in outer.entries if e.kind == "country"}
    return any(e.admin1 in regions or e.country in states for e in inner.entries)


def countries_named(parse: Parse) -> dict[str, int]:
    """How often the text names each country, its people or its adjective, by alpha-3 code."""
    table = countries()
    found: dict[str, int] = {}
    for i, (word, low) in enumerate(zip(parse.word, parse.lower, strict=True)):
        if word[0].isupper():
            two = f"{parse.lower[i - 1]} {low}" if i else low
            code = (
                table.names.get(two) or table.adjectives.get(two) or table.names.get(low)
                or table.adjectives.get(low) or table.people.get(low) or table.abbreviations.get(word)
            )  # fmt: skip
            if code:
                found[code] = found.get(code, 0) + 1
    return found


class Surroundings:
    """What the features need to know of a document, gathered in one pass."""

    def __init__(self, parse: Parse) -> None:
        self.parse = parse
        self.people: set[str] = set()
        for entity in parse.entities:
            if entity.label == "PERSON" and entity.end - entity.start > 1:
                self.people.update(parse.lower[entity.start : entity.end])
        self.countries = countries_named(parse)
        self.small = set(filter(str.islower, set(parse.word)))
        self.shouted = sum(map(str.isupper, parse.word)) > 0.4 * len(parse)


def features(candidate: Candidate, doc: Surroundings) -> list[str]:
    """The named facts that speak for or against a candidate."""
    return [*_of_name(candidate, doc), *_of_entity(candidate, doc), *_of_context(candidate, doc)]


def _of_name(candidate: Candidate, doc: Surroundings) -> Iterator[str]:
    """Facts of the name itself."""
    start, end, entries, kind = candidate
    yield "bias"
    if kind:
        yield f"kind={kind}"
        yield "kind-known" if entries else "kind-unknown"
    elif entries:
        best = entries[0]
        yield f"best={_rough_kind(best)}"
        if best.kind in SIZED:
            yield _home(entries, doc.countries)
            yield f"size={min(int(math.log10(best.population or UNCOUNTED)), 6)}"
        if not best.main:
            yield "alternate"
        if best.capital:
            yield "capital"
        if doc.parse.lower[start] in doc.small and end - start == 1:
            yield "lower-elsewhere"
        if any(e.country == "USA" and e.kind == "city" for e in entries):
            yield "us-town"
    yield f"tokens={min(end - start, 3)}"
    if end - start == 1 and doc.parse.pos[start] != "PROPN":
        yield "no-propn"
    if doc.parse.word[start].isupper() and not doc.shouted:
        yield "upper"


def _rough_kind(entry: Entry) -> str:
    """The kind of an entry, with those put together that are named for themselves; seats of power, which mostly stand
    for who sits there, apart."""
    if entry.kind in SIZED or entry.kind == "country":
        return entry.kind
    return "seat" if entry.name.lower() in countries().seats else "named"


def _home(entries: tuple[Entry, ...], at_home: dict[str, int]) -> str:
    """Whether a place of the name lies in a country that the text names otherwise."""
    inside = [e for e in entries if e.country in at_home]
    if not inside:
        return "home=none" if at_home else "home=unknown"
    return "home=main" if any(e.main for e in inside) else "home=alternate"


def _of_entity(candidate: Candidate, doc: Surroundings) -> Iterator[str]:
    """What the pipeline took it for, and whether a person in the text has the name."""
    parse, (start, end, _, _) = doc.parse, candidate
    at = parse.entity_at[end - 1]
    if at < 0:
        yield "ent=none"
    else:
        entity = parse.entities[at]
        if entity.label == "ORG" and entity.end > end and (group := words().after.get(parse.lower[end])):
            yield f"org+{group}"
        inside = "=" if (entity.start, entity.end) == (start, end) else "<" if entity.end > end else ">"
        yield f"ent={entity.label}{inside}" if entity.label in LABELS else "ent=other"
    if end - start == 1 and parse.lower[start] in doc.people:
        yield "person-elsewhere" if at < 0 or parse.entities[at].label != "PERSON" else "person"


def _of_context(candidate: Candidate, doc: Surroundings) -> Iterator[str]:
    """The words before and after."""
    parse, (start, end, _, _) = doc.parse, candidate
    sent, known, n = parse.sent[start], words(), len(parse)
    has_before = start > 0 and parse.sent[start - 1] == sent
    if not has_before:
        yield "before=start"
    else:
        low = parse.lower[start - 1]
        group = known.before.get(low)
        if low == "the" and start > 1 and parse.sent[start - 2] == sent:
            yield "before=the"
            group = known.before.get(parse.lower[start - 2])
            yield f"before-the={group or 'other'}"
        elif group == "of" and start > 1:
            yield "before=kind-of" if parse.lower[start - 2] in known.of_kinds else "before=of"
        elif group:
            yield f"before={group}"
        else:
            yield f"before={_shape(parse, start - 1)}"
    if end >= n or parse.sent[end] != sent:
        yield "after=end"
        return
    low = parse.lower[end]
    group = known.after.get(low)
    if low == "," and end + 1 < n and parse.word[end + 1][0].isupper():
        yield "after=,cap"
    elif low == "'s" and end + 1 < n:
        yield "after='s"
    elif low in known.kind:
        yield "after=kind"
    elif group and parse.word[end][0].isupper():
        yield f"after={group}"
    elif group == "public":
        yield "after=low-public"
    else:
        yield f"after={_shape(parse, end)}"


def _shape(parse: Parse, i: int) -> str:
    """The look of a word that is in no class."""
    word = parse.word[i]
    if word[0].isupper():
        return "title-propn" if parse.pos[i] == "PROPN" else "title"
    if word[0].isdigit():
        return "digit"
    if not word[0].isalpha():
        return word if word in PUNCTUATION else "mark"
    return f"low-{parse.pos[i]}"
