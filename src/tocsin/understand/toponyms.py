"""Where a text names places: candidates from the gazetteer and from words of kind, and what speaks for each.

A candidate is a capitalised stretch that the gazetteer knows ("Kursk") or that ends in a word of kind ("Main Street").
Its features are named facts of the name and its surroundings; `data/toponym_weights.yaml` weighs them.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator
from typing import NamedTuple

from tocsin import lexicon
from tocsin.countries import countries
from tocsin.gazetteer import Entry, Gazetteer
from tocsin.understand.parse import Parse

LONGEST = 6
"""The longest name that is looked for, in tokens."""


class ToponymFile(lexicon.Entry, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The file `toponyms.yaml`: classes of words, by name."""

    features: dict[str, frozenset[str]]
    leading: dict[str, frozenset[str]]
    kinds: dict[str, frozenset[str]]
    of_kinds: frozenset[str]
    before: dict[str, frozenset[str]]
    after: dict[str, frozenset[str]]
    connectors: frozenset[str]
    never: frozenset[str]


class WeightFile(lexicon.Entry, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The file `toponym_weights.yaml`: log-odds by feature."""

    threshold: float
    weights: dict[str, float]


class Words(NamedTuple):
    """The classes of words, turned round: word → class."""

    feature: dict[str, str]
    leading: dict[str, str]
    kind: dict[str, str]
    of_kinds: frozenset[str]
    before: dict[str, str]
    after: dict[str, str]
    connectors: frozenset[str]
    never: frozenset[str]


class Candidate(NamedTuple):
    """A stretch of tokens, end-exclusive, that may name a place. `kind` is the class of its word of kind, if any;
    `entries` what the gazetteer has of that name."""

    start: int
    end: int
    entries: tuple[Entry, ...]
    kind: str | None


class Toponym(NamedTuple):
    """A candidate that was accepted, with its log-odds."""

    candidate: Candidate
    score: float


@functools.cache
def words() -> Words:
    """The classes of words (loaded once)."""
    file = lexicon.read_all("toponyms.yaml", ToponymFile)[0]
    table = countries()
    never = file.never | ((table.adjectives.keys() | table.people.keys()) - table.names.keys())
    return Words(
        feature=_turned(file.features),
        leading=_turned(file.leading),
        kind=_turned(file.kinds),
        of_kinds=file.of_kinds,
        before=_turned(file.before),
        after=_turned(file.after),
        connectors=file.connectors,
        never=frozenset(never),
    )


@functools.cache
def weights() -> WeightFile:
    """The weights of the features (loaded once)."""
    return lexicon.read_all("toponym_weights.yaml", WeightFile)[0]


def _turned(classes: dict[str, frozenset[str]]) -> dict[str, str]:
    return {word: name for name, group in classes.items() for word in sorted(group)}


def find_toponyms(parse: Parse, gazetteer: Gazetteer) -> list[Toponym]:
    """The candidates that the weights accept, in the order of the text, without overlaps."""
    table = weights()
    doc = Surroundings(parse)
    found = list(candidates(parse, gazetteer))
    first = [_weigh(features(candidate, doc), table.weights) for candidate in found]
    scores = [s + _weigh(more, table.weights) for s, more in zip(first, second_look(parse, found, first), strict=True)]
    return [Toponym(c, s) for c, s in zip(found, scores, strict=True) if s >= table.threshold]


def _weigh(facts: list[str], table: dict[str, float]) -> float:
    return sum(table.get(fact, 0.0) for fact in facts)


def candidates(parse: Parse, gazetteer: Gazetteer) -> Iterator[Candidate]:
    """All stretches that may name a place, in order, the longest first match at each token."""
    word, n = parse.word, len(parse)
    known = words()
    i = 0
    while i < n:
        first = word[i]
        if not (first[0].isupper() or (first[0].isdigit() and len(first) > 2 and not first.isdigit())):
            i += 1
            continue
        candidate = None
        if first not in ("The", "A", "An"):
            candidate = _of_kind(parse, i, known) or _named(parse, i, known, gazetteer) or _by_label(parse, i, known)
        elif i + 1 < n and (entries := gazetteer.lookup(parse.words(i, i + 2))) and entries[0].name.startswith("The "):
            candidate = Candidate(i, i + 2, entries, None)
        if candidate is None:
            i += 1
        else:
            if candidate.kind and not candidate.entries:
                candidate = candidate._replace(entries=_entries_of_kind(parse, candidate, gazetteer))
            yield candidate
            i = candidate.end


def _of_kind(parse: Parse, i: int, known: Words) -> Candidate | None:
    """A name with a word of kind: "Laurel County", "Highway 19", "Lake Superior"."""
    word, stop = parse.word, min(len(parse), i + LONGEST)
    kind = known.leading.get(word[i])
    if kind and i + 1 < stop and (word[i + 1][0].isdigit() if kind == "road" else word[i + 1][0].isupper()):
        if kind != "road" and i and word[i - 1][0].isupper() and parse.sent[i - 1] == parse.sent[i]:
            return None
        end = i + 2
        while kind != "road" and end < stop and word[end][0].isupper() and word[end].lower() not in known.after:
            end += 1
        return Candidate(i, end if kind == "road" else min(end, i + 3), (), kind)
    best, sent = None, parse.sent[i]
    for j in range(i + 1, stop):
        if not word[j][0].isupper() or parse.sent[j] != sent:
            break
        if word[j] in known.feature and not _goes_on(parse, j, known):
            best = Candidate(i, j + 1, (), known.feature[word[j]])
    return best


def _entries_of_kind(parse: Parse, candidate: Candidate, gazetteer: Gazetteer) -> tuple[Entry, ...]:
    """What the gazetteer has of a name with a word of kind; of an area also without the word ("Hamilton Township")."""
    entries = gazetteer.lookup(parse.words(candidate.start, candidate.end))
    if not entries and candidate.kind == "area" and candidate.end - candidate.start > 1:
        entries = tuple(e for e in gazetteer.lookup(parse.words(candidate.start, candidate.end - 1)) if e.main)
    return entries


def _goes_on(parse: Parse, j: int, known: Words) -> bool:
    """Whether a word of kind is but the middle of a name ("Highway Patrol", "Fort St. John")."""
    if j + 1 >= len(parse) or parse.sent[j + 1] != parse.sent[j] or not parse.word[j + 1][0].isupper():
        return False
    return parse.word[j].endswith(".") or known.after.get(parse.lower[j + 1]) == "bodies"


def _named(parse: Parse, i: int, known: Words, gazetteer: Gazetteer) -> Candidate | None:
    """The longest name from token `i` on that the gazetteer has."""
    word, sent = parse.word, parse.sent[i]
    ends = []
    for j in range(i, min(len(parse), i + LONGEST)):
        if parse.sent[j] != sent:
            break
        if word[j][0].isupper() or (j > i and word[j][0].isdigit()):
            ends.append(j + 1)
        elif parse.lower[j] not in known.connectors:
            break
    for end in reversed(ends):
        if end == i + 1 and ((parse.lower[i] in known.never and not word[i].isupper()) or len(word[i]) < 2):
            return None
        entries = gazetteer.lookup(parse.clean[parse.start[i] : parse.end[end - 1]])
        if entries:
            return _with_dot(parse, Candidate(i, end, entries, None), gazetteer)
    return None


def _with_dot(parse: Parse, candidate: Candidate, gazetteer: Gazetteer) -> Candidate:
    """The candidate read as an abbreviation, where the tokeniser has cut its dot off ("Alta ."). """
    at = parse.end[candidate.end - 1]
    if candidate.end - candidate.start > 1 or parse.clean[at : at + 1] != "." or at - parse.start[candidate.start] > 5:
        return candidate
    entries = gazetteer.lookup(parse.clean[parse.start[candidate.start] : at + 1])
    return candidate._replace(entries=entries) if entries else candidate


def _by_label(parse: Parse, i: int, known: Words) -> Candidate | None:
    """A name that the pipeline takes for a place and the gazetteer does not know."""
    at = parse.entity_at[i]
    if at < 0 or parse.lower[i] in known.never:
        return None
    entity = parse.entities[at]
    if entity.label not in ("GPE", "LOC", "FAC") or entity.start != i or not parse.word[entity.end - 1][0].isupper():
        return None
    return Candidate(i, entity.end, (), "unknown")


def second_look(parse: Parse, found: list[Candidate], first: list[float]) -> list[list[str]]:
    """What the first scores of other candidates say of each: the same name elsewhere, its neighbours in a list, and the
    region that is named after it."""
    names = [parse.words(c.start, c.end).lower() for c in found]
    best: dict[str, list[float]] = {}
    for name, score in zip(names, first, strict=True):
        best[name] = sorted([*best.get(name, ()), score], reverse=True)[:2]
    out = []
    for k, (candidate, name, score) in enumerate(zip(found, names, first, strict=True)):
        facts = []
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
        self.small = {w for w in parse.word if w.islower()}
        self.shouted = sum(w.isupper() for w in parse.word) > 0.4 * len(parse)


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
        yield f"best={best.kind}"
        if best.kind in ("city", "admin1", "admin2"):
            yield f"size={min(int(math.log10(best.population + 1)), 6)}"
        if not best.main:
            yield "alternate"
        if best.capital:
            yield "capital"
        if doc.parse.lower[start] in doc.small and end - start == 1:
            yield "lower-elsewhere"
        if any(e.country == "USA" and e.kind == "city" for e in entries):
            yield "us-town"
        if best.kind != "country":
            yield _home(entries, doc.countries)
    yield f"tokens={min(end - start, 3)}"
    if end - start == 1 and doc.parse.pos[start] != "PROPN":
        yield "no-propn"
    if doc.parse.word[start].isupper() and not doc.shouted:
        yield "upper"


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


LABELS = frozenset({"GPE", "LOC", "FAC", "PERSON", "ORG", "NORP"})
LISTS = frozenset({",", "and", ", and", "or", "", "/", "-"})
PUNCTUATION = frozenset({",", ".", "(", ")", "-", "--", '"', ":", ";", "/"})
