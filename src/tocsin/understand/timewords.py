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
from tocsin.understand.parse import Parse

NONE = "."
"""The class of a token that has no part in any time expression."""

MADE = (
    "DAY",
    "YEAR",
    "YEARS",
    "NUMBER",
    "CLOCK",
    "ISO",
    "DECADE",
    "MIDYEAR",
    "HOLIDAY",
    "REFERENCE",
    "SET",
    "PERIOD",
    "CONT",
)
"""Classes that no word list names: they are made of digits or of phrases."""

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
    between: list[str] = msgspec.field(default_factory=list)
    ahead: list[str] = msgspec.field(default_factory=list)
    entailing: list[str] = msgspec.field(default_factory=list)
    scheduled: list[str] = msgspec.field(default_factory=list)
    timetable: list[str] = msgspec.field(default_factory=list)
    modals: list[str] = msgspec.field(default_factory=list)
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
    class that they may begin with."""

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
    return Words(
        data=data, code=code, word=word, phrases=_phrases(data, code), ambiguous=frozenset(data.ambiguous),
        rules=[(rule, p) for rule in data.rules for p in compile_rule(rule, data.macros, code)],
        name={char: name for name, char in code.items()}, measures=frozenset(code[name] for name in MEASURES),
        unless={word: frozenset(marks) for word, marks in data.unless.items()},
        lists={name: frozenset(words) for name, words in data.lists.items()},
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


DIGITS = re.compile(r"\d+\Z")
ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th)\Z")
DECADE = re.compile(r"'?((?:1[5-9]|20)?\d0)'?s\Z")
MIDYEAR = re.compile(r"(mid|early|late|pre|post)-(?:((?:1[5-9]|20)\d\d)|((?:1[5-9]|20)?\d0)'?s)\Z")
CLOCK = re.compile(r"([01]?\d|2[0-4])[:h]([0-5]\d)(am|pm|a\.m\.?|p\.m\.?)?\Z|(1?\d)(am|pm|a\.m\.?|p\.m\.?)\Z")
ISO = re.compile(r"((?:1[5-9]|20)\d\d)-(0[1-9]|1[0-2])(?:-([0-2]\d|3[01]))?(?:T.{4,14})?\Z")
SLASHED = re.compile(r"([01]?\d|[12]\d|3[01])[/.]([0-3]?\d)[/.]((?:19|20)?\d\d)\Z")
YEARS = re.compile(r"((?:1[5-9]|20)\d\d)[-/–]((?:1[5-9]|20)?\d\d)\Z")
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?\Z|\d/\d\Z|[½¼¾]\Z")


def of_digits(word: str) -> tuple[str, str] | None:
    """The class and value of a token that holds a digit, or `None`."""
    if DIGITS.match(word):
        n = int(word) if len(word) < 9 else 0
        if len(word) == 4 and 1500 <= n < 2200:
            return "YEAR", word
        return ("DAY", word) if 1 <= n <= 31 and len(word) <= 2 else ("NUMBER", word)
    if m := ORDINAL.match(word):
        return "ORD", m[1]
    if m := DECADE.match(word):
        return "DECADE", m[1]
    if m := MIDYEAR.match(word):
        return "MIDYEAR", f"{m[1]} {m[2] or ''}{'d' + m[3] if m[3] else ''}"
    if m := CLOCK.match(word):
        return _clock(m)
    if m := ISO.match(word):
        return "ISO", f"{m[1]}-{m[2]}" + (f"-{m[3]}" if m[3] else "")
    if m := YEARS.match(word):
        return "YEARS", f"{m[1]}-{m[2] if len(m[2]) == 4 else m[1][:2] + m[2]}"
    if m := SLASHED.match(word):
        return _slashed(m)
    if NUMBER.match(word):
        return "NUMBER", word.replace(",", "")
    return None


def _clock(m: re.Match[str]) -> tuple[str, str]:
    """Hours and minutes on the 24-hour clock, `*` before them while the half of the day is open."""
    hours, minutes = int(m[1] or m[4]), m[2] or "00"
    half = (m[3] or m[5] or "")[:1]
    if half:
        hours = hours % 12 + (12 if half == "p" else 0)
    return "CLOCK", f"{hours:02d}:{minutes}" + ("!" if half else "")


def _slashed(m: re.Match[str]) -> tuple[str, str] | None:
    """A date written with strokes, month first unless only day first makes a date."""
    a, b = int(m[1]), int(m[2])
    year = int(m[3]) if len(m[3]) == 4 else (2000 if int(m[3]) < 50 else 1900) + int(m[3])
    month, day = (a, b) if a <= 12 and "/" in m[0] else (b, a)
    return ("ISO", f"{year}-{month:02d}-{day:02d}") if 1 <= month <= 12 and 1 <= day <= 31 else None


def classify(parse: Parse, words: Words) -> tuple[str, dict[int, str]]:
    """The text as a string of class characters, one a token, and the value of each token that has a class."""
    codes: list[str] = []
    values: dict[int, str] = {}
    add = codes.append
    get, phrases = words.word.get, words.phrases
    lower = parse.lower
    skip = 0
    for i, w in enumerate(lower):
        if skip:
            skip -= 1
            add(words.code["CONT"])
            continue
        if w in words.unless and not words.unless[w].isdisjoint((parse.tag[i], parse.dep[i])):
            add(NONE)
            continue
        if w in phrases and (phrase := _phrase(lower, i, phrases[w], words)):
            add(phrase.code)
            values[i] = phrase.value
            skip = len(phrase.words) - 1
            continue
        hit = get(w)
        if (hit is None and w[:1] in DIGIT_STARTS) or w[-1:].isdigit() or w[-2:] == "0s":
            made = of_digits(w)
            hit = (words.code[made[0]], made[1]) if made else None
        if hit is None or (w in words.ambiguous and not fits(parse, i, words)):
            add(NONE)
        else:
            add(hit[0])
            values[i] = hit[1]
    return "".join(codes), values


DIGIT_STARTS = frozenset("0123456789'½¼¾")


def _phrase(lower: list[str], i: int, phrases: list[Phrase], words: Words) -> Phrase | None:
    """The longest phrase that stands at token `i`, unless it only begins a measure ("the past 20 years")."""
    for phrase in phrases:
        n = len(phrase.words)
        if tuple(lower[i : i + n]) != phrase.words:
            continue
        after = lower[i + n] if i + n < len(lower) else ""
        if phrase.followed and phrase.followed.isdisjoint(lower[i + n : i + n + 3]):
            continue
        if phrase.words[0] == "the" and (after[:1].isdigit() or words.word.get(after, NOTHING)[0] in words.measures):
            continue
        return phrase
    return None


NOTHING = ("", "")
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

TIME_LABELS = frozenset({"DATE", "TIME"})


def fits(parse: Parse, i: int, words: Words) -> bool:
    """Whether an ambiguous word ("may", "march", "sat") is the name of a month or a day at token `i`."""
    word, k = parse.word[i], parse.entity_at[i]
    label = parse.entities[k].label if k >= 0 else ""
    after = parse.lower[i + 1] if i + 1 < len(parse) else ""
    before = parse.lower[i - 1] if i else ""
    if (after[:1].isdigit() and of_digits(after)) or (before[:1].isdigit() and of_digits(before)):
        return parse.tag[i] not in {"MD", "VB", "VBD", "VBZ"} or label in TIME_LABELS
    if not word[:1].isupper() or (before in ("the", "annual") and after in ("of", "on", "for", "against")):
        return False
    if before not in words.lists["before_month"] and parse.lower[i] in surnames(parse, words):
        return False
    if parse.tag[i] in {"MD", "VB", "VBD", "VBP", "JJ"} and label not in TIME_LABELS:
        return False
    if label and label not in TIME_LABELS:
        return False
    return label in TIME_LABELS or (parse.tag[i].startswith("NNP") and not _named(parse, i))


def surnames(parse: Parse, words: Words) -> frozenset[str]:
    """The ambiguous words that are somebody's last name somewhere in the text ("Theresa May", "Mrs May")."""
    titles = words.lists["titles"]
    return frozenset(
        w
        for i, w in enumerate(parse.lower)
        if w in words.ambiguous and i and (parse.lower[i - 1] in titles or _is_first_name(parse, i, words))
    )


def _is_first_name(parse: Parse, i: int, words: Words) -> bool:
    """Whether the token before `i` is a proper noun compounded with it, and no word of time."""
    before = i - 1
    return (
        parse.dep[before] == "compound"
        and parse.head[before] == i
        and parse.pos[before] == "PROPN"
        and parse.lower[before] not in words.word
    )


def _named(parse: Parse, i: int) -> bool:
    """Whether the proper noun at `i` belongs to a name: another proper noun stands beside it, or it does or owns."""
    beside = [k for k in (i - 1, i + 1) if 0 <= k < len(parse) and parse.sent[k] == parse.sent[i]]
    if any(parse.tag[k].startswith("NNP") for k in beside):
        return True
    return parse.dep[i] in {"nsubj", "poss", "nsubjpass", "dobj", "appos"}
