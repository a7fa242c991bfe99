"""English words without their endings: the Snowball stemmer for English (Porter 2, https://snowballstem.org/algorithms/
english/stemmer.html, version 2.2). Words are stemmed here and not by the engines, whose stemmers differ: SQLite's is
the older one, which takes “us” and “used”, “news” and “new” for one word, and “died” and “die” for two.
"""

from __future__ import annotations

import re
from typing import NamedTuple

VOWELS = "aeiouy"
DOUBLES = ("bb", "dd", "ff", "gg", "mm", "nn", "pp", "rr", "tt")
SHORTEST = 3
"""Words of fewer letters stay as they are."""

WHOLE = {
    "skis": "ski", "skies": "sky", "dying": "die", "lying": "lie", "tying": "tie", "idly": "idl", "gently": "gentl",
    "ugly": "ugli", "early": "earli", "only": "onli", "singly": "singl", "sky": "sky", "news": "news", "howe": "howe",
    "atlas": "atlas", "cosmos": "cosmos", "bias": "bias", "andes": "andes",
}  # fmt: skip
KEPT = {"inning", "outing", "canning", "herring", "earring", "proceed", "exceed", "succeed"}
"""What stays as it is once a plural's ending is off."""

CONSONANT_Y = re.compile(r"(^|[aeiouy])y")
REGION = re.compile(r"[aeiouy][^aeiouy]")
EARLY = re.compile(r"gener|commun|arsen")
SHORT_SYLLABLE = re.compile(r"(?:[^aeiouy][aeiouy][^aeiouywxY]|^[aeiouy][^aeiouy])$")

SECOND = {
    "tional": "tion", "enci": "ence", "anci": "ance", "abli": "able", "entli": "ent", "izer": "ize", "ization": "ize",
    "ational": "ate", "ation": "ate", "ator": "ate", "alism": "al", "aliti": "al", "alli": "al", "fulness": "ful",
    "ousli": "ous", "ousness": "ous", "iveness": "ive", "iviti": "ive", "biliti": "ble", "bli": "ble", "ogi": "og",
    "fulli": "ful", "lessli": "less", "li": "",
}  # fmt: skip
THIRD = {
    "tional": "tion", "ational": "ate", "alize": "al", "icate": "ic", "iciti": "ic", "ical": "ic", "ful": "",
    "ness": "", "ative": "",
}  # fmt: skip
FOURTH = ("al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ism", "ate", "iti", "ous",
          "ive", "ize", "ion")  # fmt: skip


class Regions(NamedTuple):
    """Where an ending must begin so that it may go: after the first consonant behind a vowel, and after the second."""

    first: int
    second: int


def stem(word: str) -> str:
    """The stem of a word in lower case; a word of two letters or of other than English letters is its own."""
    if len(word) < SHORTEST or not (word.isascii() and word.isalpha()):
        return word
    if word in WHOLE:
        return WHOLE[word]
    word = CONSONANT_Y.sub(r"\1Y", word)
    regions = _regions(word)
    word = _plural(word)
    if word in KEPT:
        return word
    word = _past(word, regions)
    if len(word) >= SHORTEST and word[-1] in "yY" and word[-2] not in VOWELS:
        word = word[:-1] + "i"
    word = _second(word, regions)
    word = _third(word, regions)
    word = _fourth(word, regions)
    return _last(word, regions).replace("Y", "y")


def _regions(word: str) -> Regions:
    early = EARLY.match(word)
    first = early.end() if early else _behind(word, 0)
    return Regions(first, _behind(word, first))


def _behind(word: str, start: int) -> int:
    """Where the first consonant behind a vowel ends."""
    found = REGION.search(word, start)
    return found.end() if found else len(word)


def _plural(word: str) -> str:
    if word.endswith("sses"):
        return word[:-2]
    if word.endswith(("ied", "ies")):
        return word[:-2] if len(word) > len("dies") else word[:-1]
    if word.endswith("s") and not word.endswith(("us", "ss")) and _has_vowel(word[:-2]):
        return word[:-1]
    return word


def _has_vowel(word: str) -> bool:
    return any(letter in VOWELS for letter in word)


def _past(word: str, regions: Regions) -> str:
    for ending in ("eedly", "eed"):
        if word.endswith(ending):
            return word[: -len(ending)] + "ee" if len(word) - len(ending) >= regions.first else word
    for ending in ("ingly", "edly", "ing", "ed"):
        if word.endswith(ending):
            bare = word[: -len(ending)]
            return _mended(bare, regions) if _has_vowel(bare) else word
    return word


def _mended(word: str, regions: Regions) -> str:
    """A verb whose ending is off, as it is without one."""
    if word.endswith(("at", "bl", "iz")):
        return word + "e"
    if word.endswith(DOUBLES):
        return word[:-1]
    short = len(word) <= regions.first and SHORT_SYLLABLE.search(word)
    return word + "e" if short else word


def _second(word: str, regions: Regions) -> str:
    ending = _longest(word, SECOND)
    if ending is None or len(word) - len(ending) < regions.first:
        return word
    bare = word[: -len(ending)]
    if (ending == "ogi" and not bare.endswith("l")) or (ending == "li" and bare[-1:] not in tuple("cdeghkmnrt")):
        return word
    return bare + SECOND[ending]


def _third(word: str, regions: Regions) -> str:
    ending = _longest(word, THIRD)
    if ending is None or len(word) - len(ending) < (regions.second if ending == "ative" else regions.first):
        return word
    return word[: -len(ending)] + THIRD[ending]


def _fourth(word: str, regions: Regions) -> str:
    ending = _longest(word, FOURTH)
    if ending is None or len(word) - len(ending) < regions.second:
        return word
    bare = word[: -len(ending)]
    return word if ending == "ion" and not bare.endswith(("s", "t")) else bare


def _last(word: str, regions: Regions) -> str:
    bare = word[:-1]
    inside = len(bare) >= regions.second
    if word.endswith("e") and (inside or (len(bare) >= regions.first and not SHORT_SYLLABLE.search(bare))):
        return bare
    return bare if word.endswith("ll") and inside else word


def _longest(word: str, endings: dict[str, str] | tuple[str, ...]) -> str | None:
    """The longest of some endings that a word has."""
    return max((ending for ending in endings if word.endswith(ending)), key=len, default=None)
