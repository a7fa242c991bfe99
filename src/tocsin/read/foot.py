"""The foot of a story: desk credits, copyright lines, the agency in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tocsin.read.bylines import is_names
from tocsin.read.lore import lore

FOOT = 900
"""So many characters at the end may hold a credit."""


def read_foot(text: str, body: int) -> tuple[str | None, str | None]:
    """The agency and the byline that the last lines name."""
    tail = text[max(body, len(text) - FOOT) :].rstrip()
    if not tail:
        return None, None
    byline = FOOT_BYLINE.search(tail)
    found = next((name for name in _credits(tail) if name), None)
    return found, " ".join(byline[1].split()) if byline and is_names(byline[2]) else None


FOOT_BYLINE = re.compile(r"(?:^|\()(Reporting by ([^;()\n]{3,120}?))(?=[;)\n]|\.?\Z| in [A-Z])", re.MULTILINE)


def _credits(tail: str) -> Iterator[str | None]:
    """What each credit in the last lines names."""
    for pattern, agency in lore().feet:
        for match in pattern.finditer(tail):
            yield agency if agency else _shortest(match[1])


def _shortest(words: str) -> str | None:
    """The agency that the first words name ("The Associated Press All rights")."""
    parts = words.split()
    for width in range(min(4, len(parts)), 0, -1):
        name = lore().agency(" ".join(parts[:width]).rstrip("."))
        if name:
            return name
    return None
