"""The countries that a text names, token by token."""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.model import Place
from tocsin.understand.actors_lexicon import Lore, lore
from tocsin.understand.actors_words import RENAMED, WATER, surname
from tocsin.understand.parse import Parse
from tocsin.understand.toponym_words import words

ABBREVIATED = frozenset({"US", "U.S.", "UK", "U.K.", "UAE", "U.S.A.", "USA", "USSR", "DRC", "PRC"})


def in_names(parse: Parse, on: str | None) -> frozenset[int]:
    """The tokens at which a country or capital is part of somebody's name ("Chad Smith", "Eric Jordan"): those in a
    person's name of several words, unless he is known to be of that country; and what such a one is called by alone."""
    table = lore()
    persons = [entity for entity in parse.entities if entity.label == "PERSON"]
    found: set[int] = set()
    for entity in persons:
        tokens = range(entity.start, entity.end)
        lands = {i: _land(table, parse.lower[i]) for i in tokens}
        if not all(parse.word[i][0].isupper() and parse.lower[i] not in table.roles for i in tokens):
            continue
        if None in lands.values():
            last = parse.word[tokens[-1]]
            found.update(i for i, land in lands.items() if land is not None and surname(last, on, land) is None)
    called = {parse.word[i] for i in found}
    alone = {e.start for e in persons if e.end == e.start + 1 and parse.word[e.start] in called}
    return frozenset(found | alone)


def _land(table: Lore, word: str) -> str | None:
    return None if word in table.adjectives else table.lands.get(word) or table.capitals.get(word)


def lands_in(
    parse: Parse, places: Sequence[Place], *, one_case: bool, given: frozenset[int] = frozenset()
) -> list[tuple[int, str]]:
    """The countries named in the text, by token: names, demonyms, capitals, and those of the places found. `given` are
    tokens that are the names of persons."""
    table, feature = lore(), words().feature
    found: dict[int, str] = {}
    for i, word in enumerate(parse.lower):
        written = parse.word[i]
        if word not in table.longest or not (one_case or written[0].isupper()) or i in given:
            continue
        if i and parse.word[i - 1] == RENAMED and word not in table.adjectives:
            continue
        if i + 1 < len(parse) and feature.get(parse.word[i + 1]) == WATER:
            continue
        if one_case and word in table.plain_words and parse.pos[i] != "PROPN":
            continue
        code = table.acronyms[written][0].country if written in table.acronyms and written in ABBREVIATED else None
        code = code or table.lands.get(word) or table.capitals.get(word) or table.seats.get(word)
        if code is None and i + 1 < len(parse):
            for n in range(table.longest[word], 1, -1):
                key = " ".join(parse.lower[i : i + n])
                code = table.lands.get(key) or table.capitals.get(key)
                if code:
                    break
        if code:
            found[i] = code
    for place in places:
        at = parse.clean_at(place.start)
        if at is not None and place.country:
            found.setdefault(parse.token_at(at), place.country)
    return sorted(found.items())
