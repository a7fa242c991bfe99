"""How reliable the user holds sources to be, in the letters of the Admiralty code, from a file of the user's own.

The file is YAML: a list `sources`, each with `name` (whoever it means: "the JCS" is "South Korea's Joint Chiefs of
Staff") or `pattern` (a regular expression over the name, case ignored), `grade` A to F and `why`:

    sources:
    - {name: Reuters, grade: A, why: corrects its errors in the open}
    - {pattern: state (media|television), grade: D, why: says what it is told to say}
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tocsin.errors import LexiconError
from tocsin.lexicon import Entry, read
from tocsin.link.speakers import meant
from tocsin.link.voices import Voice, key_of

Grade = Literal["A", "B", "C", "D", "E", "F"]

MEANINGS: dict[Grade, str] = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}
"""What the letters say, after NATO AJP-2.1."""


class Row(Entry, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A source, or a pattern of names, with its letter and why."""

    grade: Grade
    why: str
    name: str | None = None
    pattern: str | None = None


class File(Entry, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The user's file."""

    sources: tuple[Row, ...]


class Reliable(Entry, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A letter, what it says, and why the user gave it."""

    grade: Grade
    means: str
    why: str


@dataclass(frozen=True)
class Reliability:
    """What the user holds of sources: names come before patterns, patterns go in the order of the file."""

    names: dict[str, Row]
    patterns: tuple[tuple[re.Pattern[str], Row], ...]

    def of(self, voice: Voice) -> Reliable | None:
        """The letter of a voice; `None` for one that the file does not have."""
        return self._of(voice.name, (voice.key, *voice.members, voice.key.rpartition("|")[2]))

    def of_name(self, name: str) -> Reliable | None:
        """The letter of a source by its name."""
        key = key_of(meant(name))
        return self._of(name, (key, key.rpartition("|")[2]))

    def _of(self, name: str, keys: tuple[str, ...]) -> Reliable | None:
        row = next((self.names[key] for key in keys if key in self.names), None)
        if row is None:
            row = next((row for pattern, row in self.patterns if pattern.search(name)), None)
        return Reliable(grade=row.grade, means=MEANINGS[row.grade], why=row.why) if row else None


NOTHING = Reliability({}, ())
"""Where the user has no file."""


def load(path: str | Path | None) -> Reliability:
    """The user's file, `NOTHING` without one. Raise `LexiconError` that names file, entry and fault."""
    if not path:
        return NOTHING
    file = Path(path)
    names: dict[str, Row] = {}
    patterns = []
    for i, row in enumerate(read(file, File).sources, 1):
        if (row.name is None) == (row.pattern is None):
            raise LexiconError(f"{file.name}: source {i}: give either a name or a pattern")
        if row.pattern is not None:
            patterns.append((_pattern(file, i, row.pattern), row))
        elif row.name is not None:
            key = key_of(meant(row.name))
            if key in names:
                raise LexiconError(f"{file.name}: source {i}: {row.name} is graded twice; leave one of them")
            names[key] = row
    return Reliability(names, tuple(patterns))


def _pattern(file: Path, number: int, words: str) -> re.Pattern[str]:
    try:
        return re.compile(words, re.IGNORECASE)
    except re.error as fault:
        raise LexiconError(f"{file.name}: source {number}: {words!r} is not a regular expression: {fault}") from fault
