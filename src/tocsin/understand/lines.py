"""Whether line ends of a text mean anything. Apart from the parser, so that what only shows texts need not load it."""

from __future__ import annotations

import re

LINE = re.compile(r"\n")
ENDS_SENTENCE = re.compile(r"""[.!?:]["')\]]*\s*$""")

WRAPPED_SHARE = 0.4
"""A text is hard-wrapped when at least this share of its single line ends falls inside a sentence."""


def is_wrapped(text: str) -> bool:
    """Whether single line ends in `text` are only where the lines were broken, not ends of paragraphs."""
    ends = [m.start() for m in LINE.finditer(text) if text[m.end() : m.end() + 1].strip()]
    if not ends:
        return False
    inside = sum(not ENDS_SENTENCE.search(text[max(0, at - 4) : at]) for at in ends)
    return inside >= WRAPPED_SHARE * len(ends) and len(text) / (len(ends) + 1) < 120
