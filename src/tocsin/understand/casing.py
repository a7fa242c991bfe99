"""Capitals put back into texts that came in one case: old telegraph copy in capitals, archives in small letters.

The parser and all that reads names lean on capitals. Words get the form in which news usually writes them
(`data/casing.txt`, counted by `training/casing.py`); what is not known there is taken for a name. Only the parser's
copy changes, letter by letter, so that offsets hold and what is shown stays as it was read.
"""

from __future__ import annotations

import functools
import re
from importlib.resources import files

LEAST_LETTERS = 60
"""So many letters are needed to tell that a text has one case only."""

FEW_CAPITALS, FEW_SMALL = 0.012, 0.05
"""A text with a smaller share of capitals, of small letters, among its letters has lost its case: prose has some 4 %
of capitals, and the small letters in copy from a telegraph are those of added lines."""

GLANCE = 600
"""Characters that are looked at first: enough for nearly every text to show both cases."""

WORD = re.compile(r"(?<!\w)[^\W\d_]+(?:['’-][^\W\d_]+)*")
OPENS = re.compile(r"(?:^|[.!?]['\"”’)\]]*\s+)['\"“‘(\[]*$")
POSSESSIVE = ("'s", "’s")
VOWELS = frozenset("aeiouyáéíóúäöüàèâêîôû")
LONGEST_ACRONYM = 5
WORDLIKE = ("ing", "ed", "ly", "tion", "tions", "ment", "ness", "ized", "ised", "able", "ers")
"""Endings of words that are no names, though the table may not know them."""


class Forms:
    """How words and pairs of words are usually written, by the same in small letters."""

    def __init__(self) -> None:
        lines = files("tocsin").joinpath("data/casing.txt").read_text(encoding="utf-8").splitlines()
        self.words = {line.lower(): line for line in lines if " " not in line}
        self.pairs = {line.lower(): line for line in lines if " " in line}

    def of(self, word: str) -> str:
        """The usual form of a word in small letters. An unknown one that cannot be spoken is an acronym; one that
        does not end like a word is a name."""
        if len(word) == 1:
            return "I" if word == "i" else word
        known = self.words.get(word)
        if known is not None:
            return known
        for ending in POSSESSIVE:
            if word.endswith(ending) and len(word) > len(ending):
                return self.of(word.removesuffix(ending)) + ending
        if "-" in word:
            return "-".join(self.of(part) for part in word.split("-"))
        if len(word) <= LONGEST_ACRONYM and VOWELS.isdisjoint(word):
            return word.upper()
        return word if word.endswith(WORDLIKE) else word.capitalize()


@functools.cache
def forms() -> Forms:
    """The table, loaded with the first text that needs it."""
    return Forms()


def one_case(text: str) -> bool:
    """Whether a text has letters of one case only, all but a few."""
    return all(_one_case(part) for part in (text[:GLANCE], text))


def _one_case(text: str) -> bool:
    capitals = sum(map(str.isupper, text))
    small = sum(map(str.islower, text))
    total = capitals + small
    return total >= LEAST_LETTERS and (capitals < FEW_CAPITALS * total or small < FEW_SMALL * total)


def recased(text: str) -> str:
    """A text of one case as it would usually be written; of the same length, changed in the case of letters alone."""
    table = forms()
    low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    found = list(WORD.finditer(low))
    written = [table.of(match.group()) for match in found]
    for k in range(len(found) - 1):
        if low[found[k].end() : found[k + 1].start()] == " ":
            pair = table.pairs.get(f"{found[k].group()} {found[k + 1].group()}")
            if pair is not None:
                written[k], written[k + 1] = pair.split(" ")
    out = list(low)
    for match, word in zip(found, written, strict=True):
        start = match.start()
        initial = len(word) == 1 and low[match.end() : match.end() + 1] == "."
        if initial or OPENS.search(low[max(0, start - 8) : start]):
            word = word[0].upper() + word[1:]
        if len(word) == match.end() - start:
            out[start : match.end()] = word
    return "".join(out)
