"""Is it English? A look at the small words settles nearly all news; the detector is asked about the rest."""

from __future__ import annotations

import re

from tocsin.read.lore import lore

ENOUGH = 200
"""A text with fewer letters is given the benefit of the doubt."""

LOOK = 6000
"""So many characters are looked at."""

CLEAR = 0.1
"""With this share of small English words a text is English. Other languages stay below it (Dutch comes to 0.05)."""

WORD = re.compile(r"[^\W\d_]+")


def language(text: str) -> str | None:
    """The ISO 639-1 code of the language, or `None` where the text is too short to tell."""
    sample = text[:LOOK]
    words = WORD.findall(sample.lower())
    if sum(map(len, words)) < ENOUGH:
        return None
    small = lore().english
    if sum(word in small for word in words) >= CLEAR * len(words):
        return "en"
    import py3langid

    code, _ = py3langid.classify(" ".join(words))
    return "en" if code in lore().english_kin else str(code)


def name_of(code: str) -> str:
    """The English name of a language, or its code."""
    return lore().languages.get(code, code)
