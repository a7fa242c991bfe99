"""Numbers as the text writes them: digits, words, fractions, vague words and ranges, read from a list of tokens.

All reading is from left to right over the lower-cased tokens; nothing here knows what is counted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

Kind = Literal["exact", "about", "range", "vague", "percent"]

DIGITS = re.compile(r"(\d{1,3}(?:,\d{3}){1,5}|\d{1,15})(\.\d{1,6})?([½¼¾])?([a-z]{1,3})?\Z")
SPAN = re.compile(r"(\d[\d,.]{0,14})([a-z]{0,2})[-–—](\d[\d,.]{0,14})([a-z]{0,2})\Z")
SIMPLE_FRACTION = re.compile(r"([1-9])/([2-9])\Z")
HYPHENS = frozenset("-–—")
CLOCK = re.compile(r"\d{1,2}[:.]\d\d")


class Number(NamedTuple):
    """A number that tokens `start` to `end` (exclusive) write. An open bound is `None`; `percent` is a share of a
    whole, such as "half". `bare` says that it is digits without comma, point or scale, as a year is."""

    low: float | None
    high: float | None
    kind: Kind
    start: int
    end: int
    bare: bool = False


class Vague(NamedTuple):
    """What a vague word usually means: from `low` to `high`; `scaled_high` bounds it before a scale ("several
    hundred" ends below ten hundred)."""

    low: float
    high: float | None
    scaled_high: float | None


class Words(NamedTuple):
    """The words that write numbers, as data/figures.yaml gives them, keyed by the lower-cased word."""

    numbers: Mapping[str, float]
    scales: Mapping[str, float]
    suffixes: Mapping[str, float]
    apart: frozenset[str]
    glyphs: Mapping[str, float]
    fractions: Mapping[str, float]
    fixed: Mapping[str, float]
    adjectives: frozenset[str]
    vague: Mapping[str, Vague]
    multi: tuple[str, ...]

    def starters(self) -> frozenset[str]:
        """Every word with which a number may begin."""
        multiple = {prefix + scale for prefix in self.multi for scale in self.scales}
        return frozenset({
            *self.numbers, *self.scales, *self.fractions, *self.fixed, *self.vague, *multiple, *self.multi, "a", "an",
        })  # fmt: skip


def whole(value: float) -> float:
    """A value free of the noise of binary fractions (1.65 × 1e6 is 1650000), an integer where it is one."""
    near = round(value)
    return float(near) if abs(value - near) < 1e-6 * max(1.0, abs(value)) * 1e-3 else float(round(value, 6))


class Reader:
    """Reads the number that begins at a token. Holds nothing but the words and the text's tokens."""

    def __init__(self, words: Words, tokens: Sequence[str]) -> None:
        self.words = words
        self.tokens = tokens
        self.size = len(tokens)

    def at(self, i: int) -> str:
        """The token `i`, empty beyond the end."""
        return self.tokens[i] if 0 <= i < self.size else ""

    def read(self, i: int) -> Number | None:
        """The number that begins at token `i`, with a range that it opens; `None` where none does."""
        token = self.at(i)
        if token[0].isdigit():
            joined = self._joined(i)
            if joined:
                return joined
        first = self.single(i)
        if first is None or first.kind not in ("exact", "about"):
            return first
        return self._range(first) or first

    def single(self, i: int) -> Number | None:
        """The number that begins at token `i`, without looking for a range."""
        token = self.at(i)
        if not token:
            return None
        if token[0].isdigit():
            return self._digits(i)
        if token in ("a", "an"):
            return self._article(i)
        words = self.words
        if token in words.numbers:
            return self._spelled(i)
        if token in words.vague:
            return self._vague(i, i)
        if token in words.fractions:
            return self._fraction(i)
        if token in words.scales:
            return Number(2.0 * words.scales[token], None, "vague", i, i + 1) if self.at(i + 1) == "s" else None
        if token in words.fixed:
            return self._fixed(i, i, needs_of=token not in words.adjectives)
        return self._multi(i)

    def _joined(self, i: int) -> Number | None:
        """A range that is one token, such as "200–400"."""
        token = self.tokens[i]
        found = SPAN.match(token)
        if not found:
            return None
        low, high = plain(found[1]), plain(found[3])
        low_scale, high_scale = (self.words.suffixes.get(s) if s else 1.0 for s in (found[2], found[4]))
        if low is None or high is None or low_scale is None or high_scale is None:
            return None
        scale, end = self._scale(i + 1)
        high *= high_scale * scale
        low *= low_scale * scale
        if found[4] and not found[2]:
            low *= high_scale
        return Number(whole(low), whole(high), "range", i, end) if low < high else None

    def _digits(self, i: int) -> Number | None:
        """Digits, with what multiplies them."""
        token = self.tokens[i]
        found = DIGITS.match(token)
        if not found:
            fraction = SIMPLE_FRACTION.match(token)
            if fraction and self.at(i + 1) == "of":
                share = whole(100 * int(fraction[1]) / int(fraction[2]))
                return Number(round(share, 1), round(share, 1), "percent", i, i + 1)
            return None
        value = float(found[1].replace(",", "") + (found[2] or ""))
        if found[3]:
            value += self.words.glyphs[found[3]]
        end = i + 1
        if found[4]:
            scale = self.words.suffixes.get(found[4])
            if scale is None:
                return None
            value *= scale
        elif SIMPLE_FRACTION.match(self.at(end)):
            top, bottom = self.tokens[end].split("/")
            value += int(top) / int(bottom)
            end += 1
        scale, after = self._scale(end)
        bare = after == i + 1 and token.isdigit()
        return Number(whole(value * scale), whole(value * scale), "exact", i, after, bare)

    def _scale(self, i: int) -> tuple[float, int]:
        """What the scale words from token `i` on multiply by, and the token after them ("5" "hundred" "thousand")."""
        total = 1.0
        while True:
            at = i + 1 if self.at(i) in HYPHENS and self.at(i + 1) in self.words.scales else i
            token = self.at(at)
            if token in self.words.scales:
                total *= self.words.scales[token]
            elif token in self.words.apart and at == i:
                total *= self.words.suffixes[token]
            else:
                return total, i
            i = at + 1

    def _spelled(self, i: int) -> Number:
        """A number in words: "two hundred and fifty thousand", "twenty-five"."""
        numbers, scales = self.words.numbers, self.words.scales
        start, total, group, room = i, 0.0, 0.0, 1000.0
        while True:
            token = self.at(i)
            value = numbers.get(token)
            if value is not None and value < room and (value or i == start):
                group += value
                room = 10.0 if value >= 20 else 0.0
            elif token in scales and group:
                if scales[token] >= 1000:
                    total, group = total + group * scales[token], 0.0
                else:
                    group *= scales[token]
                room = scales[token]
            elif not self._joins(i, room):
                break
            i += 1
        value = whole(total + group)
        return self._shared(start, i, value) or self._halved(start, i, value) or Number(value, value, "exact", start, i)

    def _joins(self, i: int, room: float) -> bool:
        """Whether a hyphen or "and" at token `i` holds two parts of one number together."""
        following = self.at(i + 1)
        if self.at(i) in HYPHENS:
            return following in self.words.scales or (room == 10 and self.words.numbers.get(following, 10) < 10)
        return self.at(i) == "and" and room >= 100 and following in self.words.numbers

    def _shared(self, start: int, i: int, value: float) -> Number | None:
        """A share in words: "two-thirds", "one quarter"."""
        at = i + 1 if self.at(i) in HYPHENS else i
        part = self.at(at)
        share = self.words.fractions.get(part)
        if share is None or not 0 < value < 10 or (value > 1) != part.endswith("s"):
            return None
        percent = round(100 * value / round(100 / share), 1)
        return Number(percent, percent, "percent", start, at + 1)

    def _halved(self, start: int, i: int, value: float) -> Number | None:
        """A number with "and a half": "two and a half million"."""
        end = self._and_a_half(i)
        return self._times(Number(value + 0.5, value + 0.5, "exact", start, end)) if end else None

    def _and_a_half(self, i: int) -> int | None:
        """The end of "and a half", "-and-a-half" at token `i`."""
        if self.at(i) in HYPHENS:
            return i + 6 if list(self.tokens[i + 1 : i + 6]) == ["and", "-", "a", "-", "half"] else None
        return i + 3 if list(self.tokens[i : i + 3]) == ["and", "a", "half"] else None

    def _times(self, number: Number) -> Number:
        """The number with the scale words after it taken in."""
        scale, end = self._scale(number.end)
        if number.low is None or scale == 1:
            return number
        value = whole(number.low * scale)
        return number._replace(low=value, high=value, end=end)

    def _article(self, i: int) -> Number | None:
        """A number that begins with an article: "a hundred", "a quarter million", "a few", "a couple"."""
        token = self.at(i + 1)
        words = self.words
        if token in ("full", "whole", "good", "mere"):
            token = self.at(i + 2)
            i += 1
        if token in words.scales:
            scale, end = self._scale(i + 1)
            extra = self._spelled(end + 1) if self.at(end) == "and" and self.at(end + 1) in words.numbers else None
            if extra and extra.low is not None and extra.low < scale:
                return Number(scale + extra.low, scale + extra.low, "exact", i, extra.end)
            return Number(scale, scale, "exact", i, end)
        if token in words.vague and (token in ("few", "handful") or self.at(i + 2) in words.scales):
            return self._vague(i + 1, i)
        if token in words.fractions:
            return self._fraction(i + 1, i)
        if token in words.fixed and token not in words.adjectives:
            return self._fixed(i + 1, i, needs_of=False)
        return None

    def _fixed(self, i: int, start: int, *, needs_of: bool) -> Number | None:
        """A word that stands for a number; "score" and "pair" need "of" behind them."""
        if needs_of and self.at(i + 1) != "of":
            return None
        value = self.words.fixed[self.at(i)]
        end = i + 1
        scale, end = self._scale(end)
        return Number(value * scale, value * scale, "exact", start, end)

    def _fraction(self, i: int, start: int | None = None) -> Number | None:
        """A share of a whole in percent, or of a scale: "half", "a third of", "half a million", "a quarter million"."""
        start = i if start is None else start
        share = self.words.fractions[self.tokens[i]]
        end = i + 1
        if self.tokens[i] == "half" or start < i:
            at = end
            while self.at(at) in ("a", "-", "an"):
                at += 1
            scale, after = self._scale(at)
            if scale > 1:
                value = whole(share / 100 * scale)
                return Number(value, value, "about" if scale > 12 else "exact", start, after)
        plainly = self.tokens[i] == "half" and (
            self.at(end) in ("of", "the", "its", "their", "his", "her", "a", "an", "our") or i == start
        )
        if self.at(end) == "of" or (plainly and self.at(end) not in HYPHENS):
            return Number(share, share, "percent", start, end)
        return None

    def _vague(self, i: int, start: int) -> Number | None:
        """A vague word, alone or with scales: "several hundred", "tens of thousands", "dozens"."""
        word = self.tokens[i]
        vague = self.words.vague[word]
        if vague.high is None:
            return self._plural(i, start, vague)
        scale, end = self._scale(i + 1)
        if scale > 1:
            top = whole(scale * 10 - 1) if vague.scaled_high else vague.high * scale
            return Number(vague.low * scale, top, "vague", start, end)
        inner = self.words.vague.get(self.at(i + 1))
        if inner and inner.high is None:
            return self._plural(i + 1, start, inner)
        if word == "few" and start == i and self.at(i - 1) not in ("last", "past", "next", "first", "the", "these"):
            return None
        return Number(vague.low, vague.high, "vague", start, i + 1)

    def _plural(self, i: int, start: int, vague: Vague) -> Number:
        """ "Hundreds", "tens of thousands", "hundreds of millions", "thousands and thousands"."""
        low, end = vague.low, i + 1
        while True:
            step = 2 if self.at(end) in HYPHENS and self.at(end + 1) == "of" else 1 if self.at(end) == "of" else 0
            at = end + step
            if step == 2 and self.at(at + 1) in self.words.vague:
                at += 1
            if step and self.at(at) in HYPHENS:
                at += 1
            inner = self.words.vague.get(self.at(at)) if step else None
            if inner is None or inner.high is not None or inner.low < 200:
                break
            low, end = low / 2 * inner.low, at + 1
            if vague.low == 24:
                low = 24 * inner.low / 2
        if self.at(end) in ("and", "or", "upon") and self.at(end + 1) in self.words.vague:
            return Number(low, None, "vague", start, end + 2)
        return Number(whole(low), None, "vague", start, end)

    def _multi(self, i: int) -> Number | None:
        """ "Multibillion", "multi-million": twice the scale and more."""
        token = self.tokens[i]
        for prefix in self.words.multi:
            if token == prefix:
                scale, end = self._scale(i + 1)
                return Number(2 * scale, None, "vague", i, end) if scale > 1 else None
            scaled = self.words.scales.get(token[len(prefix) :]) if token.startswith(prefix) else None
            if scaled:
                return Number(2 * scaled, None, "vague", i, i + 1)
        return None

    def _range(self, first: Number) -> Number | None:
        """The range that `first` opens: "30-40", "20 to 30", "two or three", "between 30 and 40"."""
        word = self.at(first.end)
        joins = word in HYPHENS or word in ("to", "or") or (word == "and" and self._between(first.start))
        if not joins:
            return None
        at = first.end + 1
        while self.at(at)[-1:] in "$£€" and self.at(at):
            at += 1
        if self.at(at) in ("a", "an", "half"):
            return None
        second = self.single(at)
        if second is None or second.kind not in ("exact", "about") or first.low is None or second.low is None:
            return None
        scaled = self._scaled_like(first, second)
        return self._bounded(first, second, scaled, second.low, word) or (
            self._bounded(first, second, first.low, second.low, word) if scaled != first.low else None
        )

    def _bounded(self, first: Number, second: Number, low: float, high: float, word: str) -> Number | None:
        """The range, if its ends make one."""
        widest = {"to": 50.0, "or": 4.0}.get(word, 1000.0)
        before = self.at(first.start - 1)
        if low >= high or high > widest * max(low, 1.0) or (word == "to" and before in ("from", "by")):
            return None
        return Number(whole(low), whole(high), "range", first.start, second.end)

    def _between(self, i: int) -> bool:
        return any(self.at(k) == "between" for k in range(i - 1, max(i - 3, -1), -1))

    def _scaled_like(self, first: Number, second: Number) -> float:
        """The first number in the scale of the second: "50-60 million"."""
        low, scale = first.low or 0.0, 1.0
        if first.bare or first.end == first.start + 1:
            for k in range(second.start, second.end):
                token = self.at(k)
                suffix = DIGITS.match(token) if k == second.start else None
                scale *= self.words.suffixes.get(suffix[4], 1.0) if suffix and suffix[4] else 1.0
                scale *= self.words.scales.get(token, self.words.suffixes.get(token, 1.0))
        return low * scale if low < 1000 and scale > 12 else low


def plain(digits: str) -> float | None:
    """The value of digits with commas and a point, `None` where they are not well formed ("3.4.5")."""
    found = DIGITS.match(digits.rstrip(".,"))
    if not found or found[3] or found[4]:
        return None
    return float(found[1].replace(",", "") + (found[2] or ""))
