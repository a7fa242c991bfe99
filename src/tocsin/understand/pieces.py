"""Long texts in pieces: what the parser needs of memory grows with the text that it gets at once."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import numpy as np

from tocsin.understand.parse import Clean, Entity, Parse

LONGEST = 40_000
"""Characters of the longest piece."""


def split(clean: Clean, longest: int = LONGEST) -> list[tuple[int, Clean]]:
    """A clean text in pieces of at most `longest` characters, each with its offset in the text.

    It is cut where a paragraph begins; one that is too long alone is cut behind a sentence, else between words.
    """
    if len(clean.text) <= longest:
        return [(0, clean)]
    found: list[tuple[int, Clean]] = []
    start = 0
    while start < len(clean.text):
        end = _end(clean, start, longest)
        breaks = clean.breaks[bisect_right(clean.breaks, start) : bisect_right(clean.breaks, end - 1)]
        text = clean.text[start:end].rstrip(" ")
        if text:
            found.append((start, Clean(text, range(len(text) + 1), tuple(at - start for at in breaks))))
        start = end
    return found


def _end(clean: Clean, start: int, longest: int) -> int:
    """Where the piece that begins at `start` ends."""
    limit = start + longest
    if limit >= len(clean.text):
        return len(clean.text)
    at = bisect_right(clean.breaks, limit) - 1
    if at >= 0 and clean.breaks[at] > start:
        return clean.breaks[at]
    for mark in (". ", " "):
        found = clean.text.rfind(mark, start + 1, limit)
        if found > 0:
            return found + len(mark)
    return limit


def join(text: str, clean: Clean, parts: Sequence[tuple[int, Parse]]) -> Parse:
    """The parse of a text from those of its pieces, each with its offset."""
    if len(parts) == 1 and parts[0][0] == 0 and parts[0][1].clean == clean.text:
        return parts[0][1]
    tokens = np.cumsum([0, *(len(part) for _, part in parts)]).tolist()
    sents = np.cumsum([0, *(len(part.sents) for _, part in parts)]).tolist()
    placed = [(part, at, first, sent) for (at, part), first, sent in zip(parts, tokens, sents, strict=False)]
    tensors = [part.tensor for _, part in parts if part.tensor is not None]
    return Parse(
        text=text,
        clean=clean.text,
        origin=clean.origin,
        word=[word for part, *_ in placed for word in part.word],
        lower=[word for part, *_ in placed for word in part.lower],
        lemma=[word for part, *_ in placed for word in part.lemma],
        pos=[tag for part, *_ in placed for tag in part.pos],
        tag=[tag for part, *_ in placed for tag in part.tag],
        dep=[dep for part, *_ in placed for dep in part.dep],
        head=[first + i for part, _, first, _ in placed for i in part.head],
        start=[at + i for part, at, _, _ in placed for i in part.start],
        end=[at + i for part, at, _, _ in placed for i in part.end],
        left=[first + i for part, _, first, _ in placed for i in part.left],
        right=[first + i for part, _, first, _ in placed for i in part.right],
        sent=[sent + i for part, _, _, sent in placed for i in part.sent],
        sents=[(first + a, first + b) for part, _, first, _ in placed for a, b in part.sents],
        entities=[
            Entity(first + e.start, first + e.end, e.label) for part, _, first, _ in placed for e in part.entities
        ],
        tensor=np.concatenate(tensors) if len(tensors) == len(parts) else None,
    )
