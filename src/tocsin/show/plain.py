"""Text of others made safe for one line of a terminal: no control character, no line end, no change of direction."""

from __future__ import annotations

import re

CONTROL = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\ud800-\udfff]"
)
SPACE = re.compile(r"\s+")


def one_line(text: str) -> str:
    """The text with white space folded and without characters that would move the cursor or turn the line about."""
    return SPACE.sub(" ", CONTROL.sub("", text)).strip()


def shorten(text: str, width: int) -> str:
    """The text in one line of at most `width` characters, cut at a word where that loses little."""
    text = one_line(text)
    if len(text) <= width:
        return text
    cut = text[: width - 1]
    at = cut.rfind(" ") if text[width - 1] != " " else len(cut)
    return f"{(cut[:at] if at > width // 2 else cut).rstrip(' ,;:')}…"
