"""The facts that a text holds, as hashes: what stays when a report is worded anew.

Whoever rewords a report changes verbs and their order and keeps names, numbers, quotations and times. They are read
from the surface alone, by capitals, digits and quotation marks, since families are asked for without any parse. Names are single words ("Trump"), so that a title or a first name more or less changes nothing.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tocsin.countries import countries
from tocsin.link.furniture import words_of
from tocsin.link.kinrules import rules

TOKEN = re.compile(r"[^\W_]+(?:[.,'’][^\W_]+)*")
QUOTED = re.compile(r"[“\"]([^“”\"]{12,600})[”\"]")
ENDINGS = ("ingly", "edly", "ments", "ment", "ations", "ation", "ings", "ing", "ied", "ies", "ed", "es", "ly", "s")
SHORTEST_STEM = 4
QUOTED_RUN = 3


class Facts(NamedTuple):
    """The facts of a text, each once, sorted. `telling` are the names and numbers that few texts hold."""

    stems: list[str]
    names: list[str]
    numbers: list[str]
    quotations: list[str]
    times: list[str]
    telling: list[str]


def facts_of(sentences: Sequence[str]) -> Facts:
    """Read the facts of a text that was cut into sentences."""
    names: set[str] = set()
    leading: set[str] = set()
    lower: set[str] = set()
    numbers: set[str] = set()
    times: set[str] = set()
    for sentence in sentences:
        tokens = TOKEN.findall(sentence.replace("’", "'"))
        numbers.update(numbers_in(tokens))
        for place, token in enumerate(tokens):
            word = plain(token)
            if word in rules().times:
                if token[0].isupper() or word not in AMBIGUOUS:
                    times.add(word)
            elif token[0].isupper() and word not in rules().function_words:
                (names if place else leading).add(word)
            elif token[0].islower():
                lower.add(word)
    names |= leading & names
    names -= {name for name in names if len(name) < 2}
    telling = {name for name in names if name not in common_names()} | {n for n in numbers if tells(n)}
    return Facts(
        sorted(stems_of(sentences)),
        sorted(names),
        sorted(numbers),
        sorted(quoted_in(sentences)),
        sorted(times),
        sorted(telling),
    )


AMBIGUOUS = frozenset({"may", "march"})
"""Words of the calendar that without a capital are none."""


def plain(token: str) -> str:
    """A token lower-cased, without the possessive and the points of an acronym."""
    word = token.lower().removesuffix("'s").replace(".", "")
    return word.replace("'", "")


def numbers_in(tokens: Sequence[str]) -> Iterable[str]:
    """The numbers of a sentence as their values: "1,100", "two dozen", "3.4 million"."""
    at = 0
    while at < len(tokens):
        word = tokens[at].lower()
        value = _value(word)
        if value is None:
            at += 1
            continue
        at += 1
        while at < len(tokens) and (scale := rules().scales.get(tokens[at].lower())):
            value *= scale
            at += 1
        yield f"{value:g}"


def _value(word: str) -> float | None:
    if word[0].isdigit():
        digits = word.replace(",", "")
        try:
            return float(digits)
        except ValueError:
            return None
    return rules().spelled.get(word)


def tells(number: str) -> bool:
    """Whether a number sets a text apart from others: no small one, and no year."""
    value = float(number)
    return value >= 11 and not 1900 <= value <= 2100


def stem(word: str) -> str:
    """A word without an English ending, roughly, so that "launched" and "launches" are one."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word[: -len(ending)]
    return word


def stems_of(sentences: Iterable[str]) -> set[str]:
    """The stems of the words that say what a text is about."""
    skipped = rules().function_words
    return {
        stem(word) for sentence in sentences for word in words_of(sentence) if len(word) > 3 and word not in skipped
    }


def quoted_in(sentences: Sequence[str]) -> set[str]:
    """Runs of words within quotation marks."""
    found: set[str] = set()
    for quotation in QUOTED.findall(" ".join(sentences)):
        words = words_of(quotation)
        found.update(" ".join(words[k : k + QUOTED_RUN]) for k in range(len(words) - QUOTED_RUN + 1))
    return found


@functools.cache
def common_names() -> frozenset[str]:
    """Names that so many texts hold that they lead to no kin: of countries, their people and their capitals."""
    table = countries()
    tables = (table.names, table.parts, table.adjectives, table.people, table.capitals, table.abbreviations)
    return frozenset(plain(word) for keys in tables for key in keys for word in key.split())
