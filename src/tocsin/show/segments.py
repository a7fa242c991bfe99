"""A text cut where marks begin and end, so that marks may nest and overlap: each piece knows all that lie on it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tocsin.model import Claim, Mention
from tocsin.understand.lines import is_wrapped

EVIDENCE, TRIGGER, ACTOR, RECIPIENT, OBJECT, FIGURE, PLACE, TIME, SOURCE, CUE = "etarofpwsc"
"""What a mark is to its claim, by one letter; style and script of the page know the same letters."""

BLANK = re.compile(r"\n[^\S\n]*\n\s*")
LINE = re.compile(r"\n\s*")


class Mark(NamedTuple):
    """Characters `start` to `end` (exclusive) have a part in claim number `claim`."""

    start: int
    end: int
    claim: int
    part: str


class Piece(NamedTuple):
    """A stretch of text with the same marks all over. `opens` and `closes` are the claims whose trigger begins or ends
    with it."""

    text: str
    marks: tuple[Mark, ...] = ()
    opens: tuple[int, ...] = ()
    closes: tuple[int, ...] = ()

    @property
    def triggers(self) -> tuple[int, ...]:
        """The claims of whose trigger this is part."""
        return tuple(mark.claim for mark in self.marks if mark.part == TRIGGER)


def marks_of(claims: Iterable[Claim]) -> list[Mark]:
    """All marks of claims, which are numbered from 1."""
    found: list[Mark] = []
    for number, claim in enumerate(claims, 1):
        parts: list[tuple[str, Mention | None]] = [(EVIDENCE, claim.evidence), (TRIGGER, claim.trigger)]
        parts += [(TIME, claim.time)]
        for part, mentions in ((ACTOR, claim.actors), (RECIPIENT, claim.recipients), (OBJECT, claim.objects),
                               (FIGURE, claim.figures), (PLACE, claim.places), (SOURCE, claim.sources)):  # fmt: skip
            parts += [(part, mention) for mention in mentions]
        parts += [(CUE, source.cue) for source in claim.sources]
        found += [Mark(at.start, at.end, number, part) for part, at in parts if at is not None and at.end > at.start]
    return found


def paragraphs(text: str) -> list[tuple[int, int]]:
    """The bounds of the paragraphs: what stands between blank lines or, where lines are not just broken for their
    length, every line."""
    found, start = [], 0
    for gap in (BLANK if is_wrapped(text) else LINE).finditer(text):
        found.append((start, gap.start()))
        start = gap.end()
    found.append((start, len(text)))
    return [(a, b) for a, b in found if text[a:b].strip()]


def cut(text: str, marks: Sequence[Mark], extra: Iterable[int] = ()) -> Iterator[list[Piece]]:
    """The paragraphs of a text, each as pieces. `extra` are more offsets at which a piece ends."""
    opening: dict[int, list[Mark]] = defaultdict(list)
    closing: dict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        opening[mark.start].append(mark)
        closing[mark.end].append(mark)
    bounds = sorted({*opening, *closing, *extra})
    active: dict[Mark, None] = {}
    at = 0
    for start, end in paragraphs(text):
        at = _advance(bounds, at, start, opening, closing, active)
        pieces: list[Piece] = []
        here = start
        while here < end:
            ahead = bounds[at] if at < len(bounds) and bounds[at] < end else end
            pieces.append(_piece(text[here:ahead], here, ahead, tuple(active)))
            here = ahead
            at = _advance(bounds, at, here, opening, closing, active)
        yield pieces


def _advance(
    bounds: list[int],
    at: int,
    to: int,
    opening: dict[int, list[Mark]],
    closing: dict[int, list[Mark]],
    active: dict[Mark, None],
) -> int:
    """Open and close marks at all bounds up to offset `to`; return the number of the first bound behind it."""
    while at < len(bounds) and bounds[at] <= to:
        for mark in closing.get(bounds[at], ()):
            active.pop(mark, None)
        for mark in opening.get(bounds[at], ()):
            active[mark] = None
        at += 1
    return at


def _piece(text: str, start: int, end: int, active: tuple[Mark, ...]) -> Piece:
    triggers = [mark for mark in active if mark.part == TRIGGER]
    return Piece(
        text=text,
        marks=active,
        opens=tuple(mark.claim for mark in triggers if mark.start == start),
        closes=tuple(mark.claim for mark in triggers if mark.end == end),
    )
