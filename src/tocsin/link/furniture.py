"""Page furniture: the words of a page that are no part of the report, and so are not compared.

Sign-up and comment forms, readers' comments, share buttons, copyright lines and standing blocks make unrelated pages
look alike. Rules are phrases of lower-cased words, so that looking for all of them is cheap (`data/furniture.yaml`).
"""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from tocsin.link.kinrules import Furniture, furniture

BREAK = re.compile(r"[\r\n]+|(?<=[.!?])[\"”’)\]]{0,2}\s+(?=[\"“‘(\[]?[A-Z0-9])")
"""Between two sentences: a new line, or white space after a full stop and before a capital."""

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")

LATE = 0.2
"""A rule that takes the rest of a text does so only after this share of its sentences."""


class Phrase(NamedTuple):
    """A phrase between blanks, and the rule that it belongs to."""

    words: str
    rule: Furniture


@functools.cache
def phrases() -> tuple[Phrase, ...]:
    """All phrases of all rules."""
    return tuple(Phrase(f" {words} ", rule) for rule in furniture() for words in rule.phrases)


def words_of(text: str) -> list[str]:
    """The words of a text, lower-cased, with plain apostrophes; marks and hyphens only part them."""
    return WORD.findall(text.replace("’", "'").lower())


def sentences(text: str) -> list[str]:
    """A text in sentences and lines."""
    return [piece for piece in BREAK.split(text) if piece and not piece.isspace()]


def stripped(text: str) -> list[str]:
    """The sentences of a text that are not furniture."""
    pieces = sentences(text)
    whole = _spaced(text)
    present = [phrase for phrase in phrases() if phrase.words in whole]
    if not present:
        return pieces
    kept: list[str] = []
    for number, piece in enumerate(pieces):
        taken = _rules_of(_spaced(piece), present)
        if any(rule.takes == "rest" for rule in taken) and number >= LATE * len(pieces):
            return kept
        if not taken:
            kept.append(piece)
    return kept


def is_furniture(sentence: str) -> bool:
    """Whether a rule takes a sentence."""
    return bool(_rules_of(_spaced(sentence), phrases()))


def _spaced(text: str) -> str:
    """The words of a text with a blank around each."""
    return f" {' '.join(words_of(text))} "


def _rules_of(words: str, among: list[Phrase] | tuple[Phrase, ...]) -> list[Furniture]:
    """The rules that take a sentence."""
    counts: dict[str, tuple[Furniture, int]] = {}
    for phrase, rule in among:
        there = words.startswith(phrase) if rule.begins else phrase in words
        if there:
            counts[rule.id] = (rule, counts.get(rule.id, (rule, 0))[1] + 1)
    length = words.count(" ") - 1
    return [
        rule
        for rule, number in counts.values()
        if number >= rule.needs and (rule.longest is None or length <= rule.longest)
    ]
