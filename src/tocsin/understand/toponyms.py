"""Where a text names places: candidates from the gazetteer and from words of kind, and what speaks for each.

A candidate is a capitalised stretch that the gazetteer knows ("Kursk") or that ends in a word of kind ("Main Street").
Its features are weighed twice: by themselves, then with what the first weighing says of its neighbours.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import NamedTuple

from tocsin.countries import countries
from tocsin.gazetteer import Entry, Gazetteer
from tocsin.understand.parse import Parse
from tocsin.understand.toponym_features import Candidate, Surroundings, features, second_look
from tocsin.understand.toponym_words import Words, weights, words

NAMED_AFTER = frozenset({"media", "schools", "companies", "bodies", "affairs", "halls"})
ARTICLES = frozenset({"The", "A", "An"})
LONGEST = 6
"""The longest name that is looked for, in tokens."""
SMALL = 3
"""Words of no more letters may have none in an acronym."""
LETTERS = (3, 5)
"""So many letters an acronym has."""
ONE_CASE = 0.03
"""A text with no larger share of capitalised words is in lower case."""
SHOUTED = 0.6
"""A text with so large a share of words in capitals is in upper case."""


class Toponym(NamedTuple):
    """A candidate that was accepted, with its log-odds."""

    candidate: Candidate
    score: float


def find_toponyms(parse: Parse, gazetteer: Gazetteer) -> list[Toponym]:
    """The candidates that the weights accept, in the order of the text, without overlaps."""
    table = weights()
    parse = evened(parse)
    doc = Surroundings(parse)
    found = list(candidates(parse, gazetteer))
    first = [_weigh(features(candidate, doc), table.weights) for candidate in found]
    scores = [s + _weigh(more, table.weights) for s, more in zip(first, second_look(parse, found, first), strict=True)]
    return [Toponym(c, s) for c, s in zip(found, scores, strict=True) if s >= table.threshold]


def evened(parse: Parse) -> Parse:
    """The parse, with the words of a text that is all in one case written as usual: proper nouns and countries with
    a capital."""
    letters = [w for w in parse.word if w[0].isalpha()]
    large, shouted = sum(w[0].isupper() for w in letters), sum(map(str.isupper, letters))
    if ONE_CASE * len(letters) < large and shouted < SHOUTED * len(letters):
        return parse
    states = countries().names
    word = [
        low.capitalize() if pos == "PROPN" or low in states else low
        for low, pos in zip(parse.lower, parse.pos, strict=True)
    ]
    return dataclasses.replace(parse, word=word)


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
        if first not in ARTICLES:
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
    """What the gazetteer has of a name with a word of kind; of an area also without the word ("Hamilton Township"), of
    an airport the town that it is named after."""
    start, end, _, kind = candidate
    entries = gazetteer.lookup(parse.words(start, end))
    if entries or kind not in ("area", "airport"):
        return entries
    end -= 1 + (parse.lower[end - 2] == "international")
    if end <= start:
        return ()
    return tuple(
        e for e in gazetteer.lookup(parse.words(start, end)) if e.main and (kind == "area" or e.kind == "city")
    )


def _goes_on(parse: Parse, j: int, known: Words) -> bool:
    """Whether a word of kind is but the middle of a name ("Highway Patrol", "Fort St. John")."""
    if j + 1 >= len(parse) or parse.sent[j + 1] != parse.sent[j] or not parse.word[j + 1][0].isupper():
        return False
    return parse.word[j].endswith(".") or known.after.get(parse.lower[j + 1]) in NAMED_AFTER


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
        if end == i + 1 and (
            (parse.lower[i] in known.never and word[i] not in known.abbreviations) or len(word[i]) < 2
        ):
            return None
        entries = gazetteer.lookup(parse.clean[parse.start[i] : parse.end[end - 1]])
        if end == i + 1 and (_is_acronym(parse, i) or _is_spelled(parse, i)):
            entries = tuple(e for e in entries if e.name.isupper() or parse.lower[i] not in e.name.lower().split())
        if entries:
            return _with_dot(parse, Candidate(i, end, entries, None), gazetteer)
    return None


def _is_acronym(parse: Parse, i: int) -> bool:
    """Whether a word stands in capitals by itself within a sentence that goes on in the usual way ("a SWAT team"), so
    that it is no name that is written otherwise ("Swat")."""
    beside = [j for j in (i - 1, i + 1) if 0 <= j < len(parse) and parse.word[j][0].isalpha()]
    return (
        LETTERS[0] <= len(parse.word[i]) <= LETTERS[1]
        and parse.word[i].isupper()
        and i > 0
        and parse.sent[i - 1] == parse.sent[i]
        and bool(beside)
        and not any(len(parse.word[j]) > 1 and parse.word[j].isupper() for j in beside)
    )


def _is_spelled(parse: Parse, i: int) -> bool:
    """Whether a word in brackets is made of the first letters of the words before ("the Relations Institute [RI]")."""
    if i < 2 or i + 1 >= len(parse) or parse.word[i - 1] not in "([" or parse.word[i + 1] not in ")]":
        return False
    letters = parse.lower[i]
    first = [low[0] for low in parse.lower[max(0, i - 1 - 2 * len(letters)) : i - 1] if low[0].isalpha()]
    plain = [low[0] for low in parse.lower[max(0, i - 1 - 2 * len(letters)) : i - 1] if len(low) > SMALL]
    return len(letters) > 1 and letters in ("".join(first[-len(letters) :]), "".join(plain[-len(letters) :]))


def _with_dot(parse: Parse, candidate: Candidate, gazetteer: Gazetteer) -> Candidate:
    """The candidate read as an abbreviation, where the tokeniser has cut its dot off ("Alta .")."""
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
