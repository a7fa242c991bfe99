"""The facts that a text holds: what stays when a report is worded anew.

Whoever rewords a report changes verbs and their order and keeps names, numbers, quotations and times. They are read
from the surface alone, by capitals, digits and quotation marks. Names are single words ("Trump"), so that a title or a
first name more or less changes nothing.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tocsin.countries import countries
from tocsin.link.tokens import Sentence, Token, plain, tokens_of

QUOTED = re.compile(r"[“\"]([^“”\"]{12,600})[”\"]")
QUOTED_RUN = 3
SMALL = 11
YEARS = range(1900, 2101)


class Facts(NamedTuple):
    """The facts of a text, each once. `leads` are words with a capital at the head of a sentence, which may be names;
    `telling` the names and numbers that few texts hold."""

    stems: set[str]
    names: set[str]
    leads: set[str]
    numbers: set[str]
    quotations: set[str]
    times: set[str]
    telling: set[str]


def facts_of(sentences: Sequence[Sentence]) -> Facts:
    """Read the facts of a text."""
    inside = [token for sentence in sentences for token in sentence.tokens[1:]]
    heads = [sentence.tokens[0] for sentence in sentences if sentence.tokens]
    names = {token.word for token in inside if token.kind == "name"}
    numbers = {f"{value:g}" for sentence in sentences for value in numbers_in(sentence.tokens)}
    times = {token.word for tokens in (inside, heads) for token in tokens if token.kind == "time"}
    telling = {name for name in names if name not in common_names()} | {number for number in numbers if tells(number)}
    stems = {token.stem for tokens in (inside, heads) for token in tokens if token.stem}
    leads = {token.word for token in heads if token.kind == "name"} - names
    return Facts(stems, names, leads, numbers, quoted_in(sentences), times, telling)


def numbers_in(tokens: Sequence[Token]) -> Iterable[float]:
    """The values of the numbers in a sentence: "1,100", "two dozen", "3.4 million", "a hundred thousand"."""
    value = 0.0
    for token in tokens:
        if token.kind == "scale":
            value = (value or 1) * token.value
            continue
        if value:
            yield value
        value = token.value if token.kind == "number" else 0.0
    if value:
        yield value


def tells(number: str) -> bool:
    """Whether a number sets a text apart from others: no small one, and no year."""
    value = float(number)
    return value >= SMALL and value not in YEARS


def quoted_in(sentences: Sequence[Sentence]) -> set[str]:
    """Runs of words within quotation marks."""
    found: set[str] = set()
    for quotation in QUOTED.findall(" ".join([sentence.text for sentence in sentences])):
        words = [token.word for token in tokens_of(quotation)]
        found.update(" ".join(words[k : k + QUOTED_RUN]) for k in range(len(words) - QUOTED_RUN + 1))
    return found


@functools.cache
def common_names() -> frozenset[str]:
    """Names that so many texts hold that they lead to no kin: of countries, their people and their capitals."""
    table = countries()
    tables = (table.names, table.parts, table.adjectives, table.people, table.capitals, table.abbreviations)
    return frozenset(plain(word) for keys in tables for key in keys for word in key.split())
