"""One key for all spellings of a place name. Standard library only: the build compiles with this same module."""

from __future__ import annotations

import functools
import hashlib
import re
import unicodedata

KEYS = 1 << 63
LETTERS = str.maketrans({
    "ø": "o", "ł": "l", "ı": "i", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss", "ə": "a", "ħ": "h",
    "-": " ", "–": " ", "/": " ", ".": " ", ",": " ", "&": " and ",
    "'": None, "’": None, "‘": None, "`": None, "ʻ": None, "ʼ": None, "ʿ": None, "ʾ": None,
})  # fmt: skip
SHORT = {"saint": "st", "sainte": "ste", "mount": "mt", "fort": "ft", "mountain": "mtn", "mountains": "mtns"}
INITIALS = re.compile(r"\b(\w)\.\s?(?=\w\b)")
ABBREVIATION = re.compile(r"[A-Z]{2,5}|(?:[A-Z][a-z]{0,4}\. ?){1,4}[A-Z]?|U\.S|P\.E\.I|[A-Z]\.[A-Z]\.")
PLAIN = re.compile(r"[a-z ]*")


@functools.lru_cache(maxsize=8192)
def key(name: str) -> str:
    """Lower case without diacritics, dots, hyphens, apostrophes and a leading "the"; "Saint" is "st", "Mount" "mt",
    "Fort" "ft", and initials run together ("U.S.", "D. C.")."""
    low = name.lower()
    if not PLAIN.fullmatch(low):
        low = unicodedata.normalize("NFKD", INITIALS.sub(r"\1", low)).lower().translate(LETTERS)
        low = "".join(c for c in low if not unicodedata.combining(c))
    words = [SHORT.get(word, word) for word in low.split()]
    if len(words) > 1 and words[0] == "the":
        del words[0]
    return " ".join(words)


def abbreviation(name: str) -> str | None:
    """The key of a name that is an abbreviation ("U.S.", "Calif.", "UAE"), which is filed as it is written; `None` for
    any other name."""
    if len(name) > 9 or not ABBREVIATION.fullmatch(name):
        return None
    return "=" + name.replace(" ", "").rstrip(".").replace(".", "")


def number(text: str) -> int:
    """The 63-bit number under which a key is filed: the same on every machine (BLAKE2b)."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big") % KEYS
