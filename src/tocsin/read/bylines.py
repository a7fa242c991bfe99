"""Bylines: who wrote the story."""

from __future__ import annotations

import re

from tocsin.read import wire
from tocsin.read.dates import MONTHS, WRITTEN
from tocsin.read.lore import lore

CALENDAR = frozenset((*MONTHS, "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))


CUT = re.compile(r"(?:,|,? --?| –) (?:Special to (?:the |The )?)?")
"""What stands between the names and the medium: ", CNN", " -- Special to CNN"."""


BY_POST = re.compile(r"(?:By|BY|From|FROM) (?P<names>[^\n,.;:!?]{3,60})(?=[ \t]*\n[ \t]*\n|\s*\Z)")
"""A paragraph of its own that may name a post and nobody: By our Lima correspondent / From our wire services"""

BEFORE_DATE = re.compile(
    rf"(?:By|BY) (?P<names>[^\n|–—0-9]{{3,80}}?)(?: ?[|–—·•] ?| - |, )(?:(?:Updated|Published|Posted|on):? )?"
    rf"(?i:{WRITTEN})[^\n]{{0,60}}(?=\n|\Z)"
)
"""A line with the writer and the date: By Ann Poole | Dec 23, 2024 | 10:15 am"""


def byline_at(text: str, at: int) -> tuple[int, int, str | None] | None:
    """The byline that begins at `at`: where its words end, where the line ends, the agency it names; or `None`."""
    whole = wire.BY_ANYBODY.match(text, at)
    if whole and is_names(whole["names"]):
        return whole.end(), whole.end(), _agency_of_names(whole["names"])
    dated = BEFORE_DATE.match(text, at)
    if dated and is_names(dated["names"]) and not _ends_in_place(dated["names"]):
        return dated.end("names"), dated.end(), _agency_of_names(dated["names"])
    post = BY_POST.match(text, at)
    if post and post["names"].split()[-1].casefold() in lore().roles:
        return post.end(), post.end(), None
    staff = _staff_at(text, at)
    if staff:
        return staff, staff, _agency_of_names(text[at:staff])
    match = wire.BYLINE.match(text, at)
    if not match:
        return None
    return _inline_byline(text, match)


def _inline_byline(text: str, match: re.Match[str]) -> tuple[int, int, str | None] | None:
    """Names that a medium ends: "By Ann Poole and Tom Reed, CNN Protesters have …"."""
    for cut in CUT.finditer(text, match.start(), match.end() + 20):
        rest = cut.end()
        for width in (3, 2, 1):
            words = re.match(rf"(?:\S{{1,20}} ){{{width}}}", text[rest : rest + 70])
            name = lore().agency(words[0]) if words else None
            if words and name:
                end = rest + len(words[0].rstrip())
                return end, end, name
    end = match.end()
    if text[end : end + 1] in ("", "\n"):
        return end, end, None
    return None


def byline_before(text: str, at: int, end: int) -> int | None:
    """Where a byline begins that ends right before a dateline at `end`, or `None`."""
    start = max(text.rfind("By ", at, end), text.rfind("BY ", at, end))
    return start if start >= 0 and is_names(text[start + 3 : end].strip()) else None


def _staff_at(text: str, at: int) -> int | None:
    """The end of "By the CNN Wire Staff" at `at`."""
    if text[at : at + 3].casefold() != "by ":
        return None
    follow = text[at + 3 : at + 60].casefold()
    for words in lore().staff:
        if follow.startswith(words) and not follow[len(words) : len(words) + 1].isalpha():
            return at + 3 + len(words)
    return None


def is_names(words: str) -> bool:
    """Whether the words of a line after "By" are names, agencies and posts: every word with a capital, no verb, no full
    stop at the end, no day or month first."""
    words = words.strip()
    folded = words.casefold()
    if folded in lore().staff:
        return True
    parts = words.replace(",", " ").replace("|", " ").replace("/", " ").split()
    if not 1 <= len(parts) <= 16 or parts[0].casefold().strip(".") in CALENDAR:
        return False
    if words[-1] in "?!;:" or (words[-1] == "." and len(parts[-1]) > 3):
        return False
    if len(parts) == 1:
        return lore().agency(words) is not None
    joining = lore().joining
    return all(part[0].isupper() or part in joining or part.startswith(("al-", "el-", "d'")) for part in parts)


def _ends_in_place(words: str) -> bool:
    """Whether names in ordinary letters end in a word in capitals: a dateline follows the writer on the same line."""
    parts = words.split()
    return parts[-1].isupper() and len(parts[-1]) > 3 and not parts[0].isupper()


def _agency_of_names(words: str) -> str | None:
    """The agency that a byline names: "ANN POOLE, Associated Press Writer", "Ann Poole, CNN", "the CNN Wire Staff"."""
    for piece in reversed(re.split(r"[,|]| - |\b[Bb]y the |\b[Bb]y ", words)[-3:]):
        parts = piece.split()
        for width in range(min(4, len(parts)), 0, -1):
            name = lore().agency(" ".join(parts[:width]))
            rest = " ".join(parts[width:])
            if name and (not rest or is_post(rest) or rest.casefold().endswith("staff")):
                return name
    return None


def is_post(words: str) -> bool:
    """Whether a line tells the writer's post, perhaps after the agency's name or before the place."""
    parts = words.split(",")[0].split()
    roles = lore().roles
    return any(" ".join(parts[i:]).casefold() in roles for i in range(min(4, len(parts))))
