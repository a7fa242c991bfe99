"""Where quotations begin and end, by their marks alone.

The marks are plain (`"`), so that opening and closing are told apart by the white space beside them. A quotation that
is opened anew before it was closed runs on over the paragraphs between, as newspapers print long ones.
"""

from __future__ import annotations

from typing import NamedTuple

from tocsin.understand.grammar import TENSED
from tocsin.understand.parse import Parse

MARK = '"'
LONGEST = 600
"""Tokens after which a quotation that nobody closed is given up."""

SPEECH_LENGTH = 3
"""A quotation of fewer words is a quoted word or title, not speech, unless it ends as a sentence does."""

ENDS = frozenset({".", ",", "?", "!", "...", "--", "-"})
PREDICATE = TENSED | {"MD", "VB"}


class Quotation(NamedTuple):
    """A quotation with its marks: tokens `start` to `end` (exclusive). `direct`: it is somebody's speech, with a verb
    or the punctuation of a sentence, and not only a quoted phrase inside the writer's own clause."""

    start: int
    end: int
    direct: bool


def quotations(parse: Parse) -> list[Quotation]:
    """All quotations of a text, in order, without overlap."""
    found: list[Quotation] = []
    opened = -1
    for i, word in enumerate(parse.word):
        if word != MARK and word != "''" and word != "``":
            continue
        if opens(parse, i, inside=opened >= 0):
            if opened >= 0 and (i - opened > LONGEST or not _starts_sentence(parse, i)):
                found.append(_quotation(parse, opened, min(i, parse.sents[parse.sent[opened]][1])))
            elif opened >= 0:
                continue
            opened = i
        elif opened >= 0:
            if i - opened > LONGEST:
                found.append(_quotation(parse, opened, min(i, parse.sents[parse.sent[opened]][1])))
            else:
                found.append(_quotation(parse, opened, i + 1))
            opened = -1
    if opened >= 0:
        found.append(_quotation(parse, opened, parse.sents[parse.sent[opened]][1]))
    return [q for q in found if q.end - q.start > 2]


def opens(parse: Parse, i: int, inside: bool) -> bool:
    """Whether the quotation mark at token `i` opens a quotation."""
    before = parse.start[i] == 0 or parse.clean[parse.start[i] - 1] in " ([-/"
    after = parse.end[i] >= len(parse.clean) or parse.clean[parse.end[i]] in " )],.;:-!?"
    if before != after:
        return before
    return not inside


def _starts_sentence(parse: Parse, i: int) -> bool:
    first = parse.sents[parse.sent[i]][0]
    return i - first <= 1 or (i > 0 and parse.word[i - 1] in (".", "?", "!"))


def _quotation(parse: Parse, start: int, end: int) -> Quotation:
    words = [k for k in range(start + 1, end - 1) if parse.pos[k] not in ("PUNCT", "SPACE")]
    if not words:
        return Quotation(start, end, direct=False)
    finite = any(parse.tag[k] in PREDICATE for k in words)
    stopped = parse.word[end - 2][-1] in ".,?!;-" or (end < len(parse) and parse.word[end] in (",", "."))
    capital = parse.word[words[0]][0].isupper() or parse.sents[parse.sent[start]][0] >= start - 1
    long = len(words) >= SPEECH_LENGTH
    introduced = long and finite and start > 0 and parse.word[start - 1] in (",", ":")
    return Quotation(start, end, direct=introduced or (capital and ((long and finite) or stopped)))
