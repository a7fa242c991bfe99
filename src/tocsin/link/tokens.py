"""A text cut into sentences and tokens for comparison, each token with what its surface says of it.

Nothing is parsed: families are asked for of any text. What a token is depends on the token alone, so it is worked out
once for each that comes up.
"""

from __future__ import annotations

import functools
import re
import zlib
from typing import Literal, NamedTuple

from tocsin.link.kinrules import rules

BREAK = re.compile(r"[\r\n]+|(?:(?<=[.!?])|(?<=[.!?][\"”’)\]]))\s+(?=[\"“‘(\[]?[A-Z0-9])")
"""Between two sentences: a new line, or white space after a full stop (and quotation mark) and before a capital."""

TOKEN = re.compile(r"[^\W_]+(?:[.,'’][^\W_]+)*")
ENDINGS = ("ations", "ation", "ments", "ment", "ingly", "edly", "ings", "ing", "ied", "ies", "ed", "es", "ly", "s")
SHORTEST_STEM = 4
KNOWN = 1 << 14
"""So many tokens are remembered."""

Kind = Literal["name", "number", "scale", "time", "function", "word"]


class Token(NamedTuple):
    """A token: its `word`, lower-cased, without marks; `mark`, 32 bits of it; its `kind`; its `stem`, empty where it
    says nothing of what a text is about; the `value` of a number or scale."""

    word: str
    mark: int
    kind: Kind
    stem: str
    value: float


class Sentence(NamedTuple):
    """A sentence or line."""

    text: str
    tokens: tuple[Token, ...]

    @property
    def spaced(self) -> str:
        """Its words with a blank around each."""
        return f" {' '.join([token.word for token in self.tokens])} "


def sentences_of(text: str) -> list[Sentence]:
    """Cut a text."""
    return [Sentence(piece, tokens_of(piece)) for piece in BREAK.split(text) if piece and not piece.isspace()]


def tokens_of(text: str) -> tuple[Token, ...]:
    """The tokens of a text without line ends."""
    return tuple(map(token, TOKEN.findall(text)))


@functools.lru_cache(KNOWN)
def token(written: str) -> Token:
    """What a token is, by itself."""
    word = plain(written)
    known = rules()
    mark = zlib.crc32(word.encode("utf-8", "surrogatepass"))
    stem = "" if len(word) < SHORTEST_STEM or word in known.function_words else stemmed(word)
    value = value_of(written)
    if value is not None:
        return Token(word, mark, "number", stem, value)
    if word in known.scales:
        return Token(word, mark, "scale", stem, known.scales[word])
    if word in known.times and (written[0].isupper() or word not in known.times_if_capital):
        return Token(word, mark, "time", stem, 0)
    if word in known.function_words and not (len(word) > 1 and written.replace(".", "").isupper()):
        return Token(word, mark, "function", "", 0)
    return Token(word, mark, "name" if written[0].isupper() and len(word) > 1 else "word", stem, 0)


def plain(written: str) -> str:
    """A token lower-cased, without the possessive, apostrophes and the points of an acronym ("U.S.'s" is "us")."""
    word = written.lower().replace("’", "'").removesuffix("'s")
    return word.replace("'", "").replace(".", "") if word[-1:].isalpha() else word.replace("'", "")


def value_of(written: str) -> float | None:
    """The number that a token writes, in digits or as a word."""
    if not written[0].isdigit():
        return rules().spelled.get(written.lower())
    digits = written.replace(",", "")
    return float(digits) if digits.replace(".", "", 1).isascii() and digits.replace(".", "", 1).isdigit() else None


def stemmed(word: str) -> str:
    """A word without an English ending, roughly, so that "launched" and "launches" are one."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word[: -len(ending)]
    return word
