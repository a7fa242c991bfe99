"""Words as the pieces of the encoder's vocabulary (WordPiece: Schuster & Nakajima 2012; as in BERT, uncased).

Each word is cut on its own: lower-cased, accents off, marks apart, then the longest known pieces from the left.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from tocsin.remembered import Remembered

LONGEST = 100
"""Characters of a run of letters beyond which it is one unknown piece."""

MOST_KNOWN = 1 << 13
"""Words whose pieces are remembered, and as many earlier ones."""

BLANK = "_"
"""What stands for a word of white space alone."""


class Vocabulary:
    """The pieces with their numbers, and the pieces of the words met so far."""

    def __init__(self, pieces: Sequence[str]) -> None:
        self.numbers = {piece: number for number, piece in enumerate(pieces)}
        self.unknown = self.numbers["[UNK]"]
        self.start = self.numbers["[CLS]"]
        self.end = self.numbers["[SEP]"]
        self.pad = self.numbers["[PAD]"]
        self.known: Remembered[str, tuple[int, ...]] = Remembered(MOST_KNOWN)

    def pieces(self, word: str) -> tuple[int, ...]:
        """The pieces of a word; none where nothing of it is left."""
        found = self.known.get(word)
        if found is None:
            self.known.turn()
            found = tuple(piece for run in runs(word if word.strip() else BLANK) for piece in self._cut(run))
            self.known.put(word, found)
        return found

    def _cut(self, run: str) -> list[int]:
        """The longest pieces from the left of a run of letters; unknown as a whole where one part is."""
        if len(run) > LONGEST:
            return [self.unknown]
        found = []
        at = 0
        while at < len(run):
            end = len(run)
            while end > at and (run[at:end] if at == 0 else f"##{run[at:end]}") not in self.numbers:
                end -= 1
            if end == at:
                return [self.unknown]
            found.append(self.numbers[run[at:end] if at == 0 else f"##{run[at:end]}"])
            at = end
        return found


def runs(word: str) -> list[str]:
    """A word without capitals and accents, in runs: marks stand alone."""
    found: list[str] = []
    fresh = True
    for char in unicodedata.normalize("NFD", word.lower()):
        category = unicodedata.category(char)
        if category == "Mn" or char in "\ufffd\0" or (category in ("Cc", "Cf") and not char.isspace()):
            continue
        if char.isspace():
            fresh = True
        elif _is_mark(char, category):
            found.append(char)
            fresh = True
        elif fresh:
            found.append(char)
            fresh = False
        else:
            found[-1] += char
    return found


def _is_mark(char: str, category: str) -> bool:
    """Punctuation, and the ASCII signs that the vocabulary was made with as punctuation."""
    code = ord(char)
    return category.startswith("P") or (code < 128 and not char.isalnum())
