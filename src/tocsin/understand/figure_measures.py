"""The measures of a text: numbers with a unit or a currency, and the size of earthquakes."""

from __future__ import annotations

from typing import NamedTuple

from tocsin.understand.figure_lexicon import Lexicon
from tocsin.understand.numbers import HYPHENS, Number, whole
from tocsin.understand.parse import Parse

DIGIT = frozenset("0123456789")


class Measure(NamedTuple):
    """The unit of a measured number: what it is, the unit, how many of it one makes, and the token after it."""

    what: str
    unit: str | None
    times: float
    start: int
    end: int


class Measures:
    """Finds the units of the numbers of one text. `lower` are its words without a currency that is glued to its number
    ("au$10"), which `prefixes` keeps by token."""

    def __init__(self, parse: Parse, lexicon: Lexicon) -> None:
        self.parse = parse
        self.lexicon = lexicon
        self.prefixes: dict[int, str] = {}
        self.lower = self._unglued(parse.lower)

    def word(self, i: int) -> str:
        """The word at token `i`, nothing outside the text."""
        return self.lower[i] if 0 <= i < len(self.lower) else ""

    def money_scale(self, number: Number) -> Number:
        """The number with a letter behind it that is a scale after a currency only: "$10 m"."""
        at = number.end
        letter = self.lexicon.words.suffixes.get(self.word(at))
        signed = number.start in self.prefixes or self.word(number.start - 1) in self.lexicon.currencies
        if letter is None or not signed or self.parse.start[at] != self.parse.end[at - 1] or number.low is None:
            return number
        value = whole(number.low * letter)
        return number._replace(low=value, high=value, end=at + 1) if number.low == number.high else number

    def money(self, number: Number) -> Measure | None:
        """The currency of a sum of money, before or after the number."""
        lexicon, start, end = self.lexicon, number.start, number.end
        glued = self.prefixes.get(start)
        if glued and glued in lexicon.currencies:
            return Measure("money", lexicon.currencies[glued], 1, start, self._past_currency(end))
        before = self.word(start - 1)
        code = lexicon.currencies.get(before)
        if code and before not in lexicon.wary and (not before.isalpha() or len(before) <= 4):
            return Measure("money", code, 1, start - 1, self._past_currency(end))
        at = end + 1 if self.word(end) in HYPHENS or self.word(end) == "of" else end
        code = lexicon.national.get((self.word(at), singular(self.word(at + 1))))
        if code:
            return Measure("money", code, 1, start, at + 2)
        if at < len(self.lower) - 1 and self.parse.tag[at] in ("JJ", "NNP", "NN") and at == end:
            code = lexicon.national.get((f"{self.word(at)} {self.word(at + 1)}", singular(self.word(at + 2))))
            if code:
                return Measure("money", code, 1, start, at + 3)
            if self.word(at + 1) in lexicon.currencies and self.word(at + 1) not in lexicon.wary:
                return Measure("money", lexicon.currencies[self.word(at + 1)], 1, start, at + 2)
        return self._currency_word(number, at)

    def unit(self, number: Number) -> Measure | None:
        """The unit of measure right after the number."""
        lexicon, end = self.lexicon, number.end
        at = end + 1 if self.word(end) in HYPHENS or (self.word(end) == "of" and number.kind == "vague") else end
        halved = number.kind == "percent" and self.word(at) in ("a", "an")
        if halved:
            at += 1
        word = self.word(at)
        unit = lexicon.paired_units.get((word, self.word(at + 1)))
        if unit:
            return Measure(*unit, number.start, at + 2)
        unit = lexicon.units.get(word) or lexicon.long_units.get(word)
        if unit:
            if word == "m" and self.parse.start[at] != self.parse.end[at - 1]:
                return None
            if number.kind == "percent" and not halved:
                return None
            return Measure(unit.what, unit.unit, unit.times / 100 if halved else unit.times, number.start, at + 1)
        return self._size(number, lexicon)

    def _currency_word(self, number: Number, at: int) -> Measure | None:
        word = self.word(at)
        code = self.lexicon.currencies.get(word)
        if not word.isalpha() and self.word(at + 1)[:1] in DIGIT:
            return None
        large = (number.low or number.high or 0) >= self.lexicon.pound_from
        if word in ("pound", "pounds") and (large or self.word(at + 1) == "sterling"):
            return Measure("money", "GBP", 1, number.start, at + 1)
        if code is None or (word in self.lexicon.wary and not large):
            return None
        return Measure("money", code, 0.01 if word == "cent" else 1, number.start, at + 1)

    def _past_currency(self, end: int) -> int:
        return end + 1 if self.word(end) in self.lexicon.currencies and self.word(end).isalpha() else end

    def _size(self, number: Number, lexicon: Lexicon) -> Measure | None:
        """The size of an earthquake."""
        near = (self.word(number.start - 1), self.word(number.start - 2), self.word(number.end),
                self.word(number.end + 1) if self.word(number.end) in (*HYPHENS, "on") else "",
                self.word(number.end + 2) if self.word(number.end) == "on" else "")  # fmt: skip
        if number.high is not None and number.high < 10 and any(word in lexicon.magnitude.words for word in near):
            return Measure("other", lexicon.magnitude.unit, 1, number.start, number.end)
        return None

    def _unglued(self, lower: list[str]) -> list[str]:
        """The tokens with a currency that is glued to its number ("au$10") taken off and kept in `prefixes`."""
        fresh = lower
        for i, word in enumerate(lower):
            if "$" in word and word[-1] in DIGIT:
                sign = word.index("$") + 1
                if fresh is lower:
                    fresh = list(lower)
                fresh[i] = word[sign:]
                self.prefixes[i] = word[:sign]
        return fresh


def singular(word: str) -> str:
    """A currency word without its plural ending."""
    return word[:-1] if word.endswith("s") and len(word) > 3 else word
