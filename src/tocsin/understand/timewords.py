"""The words of time expressions: the data file decoded, and each token of a text put into a class.

A class is one character, so that a rule is a regular expression over a string with one character a token.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import msgspec

from tocsin import lexicon
from tocsin.errors import LexiconError
from tocsin.lexicon import Entry

NONE = "."
"""The class of a token that has no part in any time expression."""

MADE = (
    "DAY",
    "YEAR",
    "YEARS",
    "NUMBER",
    "CLOCK",
    "ISO",
    "DAYS",
    "DECADE",
    "MIDYEAR",
    "HOLIDAY",
    "REFERENCE",
    "SET",
    "PERIOD",
    "CONT",
)
"""Classes that no word list names: they are made of digits or of phrases."""

MEASURES = (
    "UNIT",
    "UNITS",
    "NUM",
    "VAGUE",
    "SEASON",
    "SEASONS",
    "WEEKDAY",
    "PART",
    "APPROX",
    "MONTH",
    "HALF",
    "SECOND",
    "A",
)
"""Classes that may follow "the past" and its like when they only begin a measure."""

NAME = re.compile(r"[A-Z]+")


class Rule(Entry, frozen=True):
    """A sequence of classes, and the resolver that gives it a value."""

    id: str
    does: str
    match: str


class Holiday(Entry, frozen=True):
    """A feast: fixed (`month`, `day`), the `nth` `weekday` of a month (moved by `shift` days), or days from Easter.
    With `year`, a day of history, if one of the words `followed` comes next (any, where there are none)."""

    names: list[str]
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    nth: int | None = None
    shift: int = 0
    easter: int | None = None
    year: int | None = None
    followed: tuple[str, ...] = ()


class Period(Entry, frozen=True):
    """A stretch of history with a name, its first and last day."""

    names: list[str]
    days: tuple[date, date]


class Example(Entry, frozen=True):
    """A text, when it was published, and every expression in it: span, TIMEX3 value, first and last day."""

    text: str
    published: str | None = None
    times: tuple[tuple[str, str | None, str | None, str | None], ...] = ()


class Times(Entry, frozen=True):
    """The file `times.yaml`. A user's own file may hold some of the keys only; what it says is added."""

    source: str
    words: dict[str, dict[str, str]] = msgspec.field(default_factory=dict)
    macros: dict[str, str] = msgspec.field(default_factory=dict)
    anchors: list[str] = msgspec.field(default_factory=list)
    ambiguous: list[str] = msgspec.field(default_factory=list)
    unless: dict[str, list[str]] = msgspec.field(default_factory=dict)
    references: dict[str, list[str]] = msgspec.field(default_factory=dict)
    sets: dict[str, list[str]] = msgspec.field(default_factory=dict)
    rules: list[Rule] = msgspec.field(default_factory=list)
    holidays: list[Holiday] = msgspec.field(default_factory=list)
    periods: list[Period] = msgspec.field(default_factory=list)
    governors: dict[str, str] = msgspec.field(default_factory=dict)
    bounding: list[str] = msgspec.field(default_factory=list)
    sides: dict[str, int] = msgspec.field(default_factory=dict)
    succeeding: list[str] = msgspec.field(default_factory=list)
    between: list[str] = msgspec.field(default_factory=list)
    ahead: list[str] = msgspec.field(default_factory=list)
    entailing: list[str] = msgspec.field(default_factory=list)
    scheduled: list[str] = msgspec.field(default_factory=list)
    timetable: list[str] = msgspec.field(default_factory=list)
    modals: list[str] = msgspec.field(default_factory=list)
    nobody: list[str] = msgspec.field(default_factory=list)
    unique: list[str] = msgspec.field(default_factory=list)
    upcoming: list[str] = msgspec.field(default_factory=list)
    lists: dict[str, list[str]] = msgspec.field(default_factory=dict)
    examples: list[Example] = msgspec.field(default_factory=list)


class Phrase(NamedTuple):
    """Words in a row that are one class; `value` is the TIMEX3 value or the holiday's number."""

    words: tuple[str, ...]
    code: str
    value: str
    followed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Words:
    """The lexicon as the matcher reads it: class and value of each word, phrases by their first word, rules by the
    class that they may begin with. `known`: all words that any of it begins with."""

    data: Times
    code: dict[str, str]
    word: dict[str, tuple[str, str]]
    phrases: dict[str, list[Phrase]]
    ambiguous: frozenset[str]
    rules: list[tuple[Rule, re.Pattern[str]]]
    name: dict[str, str]
    measures: frozenset[str]
    unless: dict[str, frozenset[str]]
    lists: dict[str, frozenset[str]]
    known: frozenset[str]


@functools.cache
def load() -> Words:
    """Read `times.yaml`, of the package, then the user's own. Raise `LexiconError` if an anchor is no class."""
    data = functools.reduce(merged, lexicon.read_all("times.yaml", Times))
    names = [*data.words, *MADE]
    code = {name: chr(0x100 + i) for i, name in enumerate(names)}
    for name in data.anchors:
        if name not in code:
            raise LexiconError(f"times.yaml: anchors: no class is called {name}")
    word = {w: (code[name], value) for name, words in data.words.items() for w, value in words.items()}
    phrases = _phrases(data, code)
    return Words(
        data=data, code=code, word=word, phrases=phrases, ambiguous=frozenset(data.ambiguous),
        rules=[(rule, p) for rule in data.rules for p in compile_rule(rule, data.macros, code)],
        name={char: name for name, char in code.items()}, measures=frozenset(code[name] for name in MEASURES),
        unless={word: frozenset(marks) for word, marks in data.unless.items()},
        lists={name: frozenset(words) for name, words in data.lists.items()},
        known=frozenset({*word, *phrases, *data.unless}),
    )  # fmt: skip


def merged(base: Times, more: Times) -> Times:
    """Both files as one: lists are joined, tables united, where the later file wins."""
    fields: dict[str, Any] = {}
    for name in Times.__struct_fields__:
        old, new = getattr(base, name), getattr(more, name)
        if isinstance(old, list):
            fields[name] = [*old, *new]
        elif isinstance(old, dict):
            fields[name] = {**old, **{key: _joined(old.get(key), value) for key, value in new.items()}}
        else:
            fields[name] = new
    return Times(**fields)


def _joined(old: Any, new: Any) -> Any:
    """Two entries of a table under one key."""
    if isinstance(old, dict):
        return {**old, **new}
    return [*old, *new] if isinstance(old, list) else new


def compile_rule(rule: Rule, macros: dict[str, str], code: dict[str, str]) -> list[re.Pattern[str]]:
    """The rule as regular expressions over class characters, one for each of its outermost alternatives, so that the
    longest can be taken; raise `LexiconError` for a class that is none."""

    def expand(match: re.Match[str]) -> str:
        name = match.group()
        if name in macros:
            return NAME.sub(expand, macros[name])
        if name not in code:
            raise LexiconError(f"times.yaml: {rule.id}: no class is called {name}")
        return code[name]

    try:
        return [re.compile(NAME.sub(expand, part).replace(" ", "")) for part in alternatives(rule.match)]
    except re.error as fault:
        raise LexiconError(f"times.yaml: {rule.id}: {fault}") from fault


def alternatives(pattern: str) -> list[str]:
    """The parts of a pattern between the strokes that stand in no bracket."""
    parts, depth = [""], 0
    for char in pattern:
        depth += {"(": 1, ")": -1}.get(char, 0)
        if char == "|" and depth == 0:
            parts.append("")
        else:
            parts[-1] += char
    return parts


def _phrases(data: Times, code: dict[str, str]) -> dict[str, list[Phrase]]:
    """References, sets and holidays by first word, the longest first."""
    found: dict[str, list[Phrase]] = {}
    entries = [("REFERENCE", value, words) for value, words in data.references.items()]
    entries += [("SET", value, words) for value, words in data.sets.items()]
    entries += [("HOLIDAY", str(i), holiday.names) for i, holiday in enumerate(data.holidays)]
    entries += [("PERIOD", str(i), period.names) for i, period in enumerate(data.periods)]
    for name, value, texts in entries:
        for text in texts:
            words = tuple(text.split())
            followed = frozenset(data.holidays[int(value)].followed if name == "HOLIDAY" else ())
            found.setdefault(words[0], []).append(Phrase(words, code[name], value, followed))
    for phrases in found.values():
        phrases.sort(key=lambda phrase: -len(phrase.words))
    return found
