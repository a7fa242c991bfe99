"""Seams: places inside what the parser took for one sentence where a new one begins without a full stop.

Summaries that a page sets as a list, and headlines, lose their line breaks in many copies of an article: "Officials say
the four are alive One of them was wounded". What is told on one side of a seam has no source on the other.
"""

from __future__ import annotations

from bisect import bisect_right

from tocsin.understand.parse import Parse

OPENERS = frozenset({
    "The", "A", "An", "One", "Two", "Three", "Four", "It", "He", "She", "They", "We", "This", "These", "Those", "There",
    "Some", "Many", "Most", "More", "No", "Hundreds", "Thousands", "Dozens", "At", "In", "On", "But",
    "As", "After", "When", "While", "With",
})  # fmt: skip
"""Words that a sentence begins with, and that have no capital elsewhere, save in names and titles."""

DASH = "--"
MARKS = OPENERS | {DASH}

BEFORE_NAMES = frozenset({"The", "A", "An", "At", "In", "On", "But"})
"""Those after which a name may stand; "She Zhijiang" is one itself."""

ENDS = frozenset({"NOUN", "PROPN", "NUM", "ADV", "ADJ"})
"""What the word before a seam is; after a verb or preposition a name may follow ("told The Herald")."""


def seams(parse: Parse) -> list[int]:
    """The tokens that begin a sentence inside a sentence of the parser, in order."""
    return [
        i
        for i, word in enumerate(parse.word)
        if word in MARKS and (_is_dateline(parse, i) if word == DASH else _is_seam(parse, i))
    ]


def _is_dateline(parse: Parse, i: int) -> bool:
    """Whether a dash ends the agency's name before a report: "Tripoli, Libya (CNN) --"."""
    return i > 2 and parse.word[i - 1] == ")" and parse.word[i - 2].isupper() and parse.word[i - 3] == "("


def _is_seam(parse: Parse, i: int) -> bool:
    if i == 0 or i + 1 == len(parse) or parse.sent[i] != parse.sent[i - 1] or parse.pos[i - 1] not in ENDS:
        return False
    at = parse.entity_at[i]
    if at >= 0 and parse.entities[at].start < i:
        return False
    return parse.word[i] in BEFORE_NAMES or not parse.word[i + 1][0].isupper()


def is_parted(found: list[int], a: int, b: int) -> bool:
    """Whether a seam lies between two tokens."""
    return bool(found) and bisect_right(found, a) != bisect_right(found, b)
