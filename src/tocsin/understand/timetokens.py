"""Each token of a text put into a class of time words: by the lexicon, by its digits, by phrases; and the doubtful ones
("may", "march", "sat") looked at where they stand."""

from __future__ import annotations

import re

from tocsin.understand.parse import Parse
from tocsin.understand.timewords import NONE, Phrase, Words

DIGITS = re.compile(r"\d+\Z")
ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th)\Z")
DECADE = re.compile(r"'?((?:1[5-9]|20)?\d0)'?s\Z")
MIDYEAR = re.compile(r"(mid|early|late|pre|post)-(?:((?:1[5-9]|20)\d\d)|((?:1[5-9]|20)?\d0)'?s)\Z")
CLOCK = re.compile(r"([01]?\d|2[0-4])[:h]([0-5]\d)(am|pm|a\.m\.?|p\.m\.?)?\Z|(1?\d)(am|pm|a\.m\.?|p\.m\.?)\Z")
ISO = re.compile(r"((?:1[5-9]|20)\d\d)-(0[1-9]|1[0-2])(?:-([0-2]\d|3[01]))?(?:T.{4,14})?\Z")
HOUR = re.compile(r"([01]\d|2[0-3])([0-5]\d)\Z|(24)(00)\Z")
DAYS = re.compile(r"([12]?\d|3[01])\u2013([12]?\d|3[01])\Z")
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
    if m := DAYS.match(word):
        return "DAYS", f"{m[1]} {m[2]}"
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


OPENING = frozenset({"(", "["})


def hour_of(parse: Parse, i: int, words: Words) -> tuple[str, str] | None:
    """The hour that four digits give as services write it ("at 1615", "at about 0830", "1615 GMT"), or `None`. They
    are a year or a count before a noun ("at 1990 levels") and where somebody looks at them ("looked back at 1945"); in
    brackets they tell the hour again for another zone ("10:35 a.m. (0735 GMT)")."""
    match = HOUR.match(parse.lower[i])
    if not match or (i and parse.lower[i - 1] in OPENING):
        return None
    after = i + 1 if i + 1 < len(parse) else i
    value = "CLOCK", f"{match[1] or match[3]}:{match[2] or match[4]}!"
    if words.word.get(parse.lower[after], NOTHING)[0] == words.code["ZONE"]:
        return value
    k = i - 1
    while k > 0 and words.word.get(parse.lower[k], NOTHING)[0] == words.code["APPROX"]:
        k -= 1
    if k < 0 or parse.lower[k] != "at" or parse.lemma[parse.head[k]] in words.lists["faced"]:
        return None
    counts = parse.tag[after].startswith("NN") and parse.lower[after] not in words.word
    return None if counts else value


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
    get, phrases, known = words.word.get, words.phrases, words.known
    lower = parse.lower
    skip = 0
    for i, w in enumerate(lower):
        if skip:
            skip -= 1
            add(words.code["CONT"])
            continue
        if w not in known and w.isalpha():
            add(NONE)
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
            made = hour_of(parse, i, words) or of_digits(w)
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

TIME_LABELS = frozenset({"DATE", "TIME"})


def fits(parse: Parse, i: int, words: Words) -> bool:
    """Whether an ambiguous word ("may", "march", "sat") is the name of a month or a day at token `i`."""
    word, k = parse.word[i], parse.entity_at[i]
    label = parse.entities[k].label if k >= 0 else ""
    after = parse.lower[i + 1] if i + 1 < len(parse) else ""
    before = parse.lower[i - 1] if i else ""
    if (after[:1].isdigit() and of_digits(after)) or (before[:1].isdigit() and of_digits(before)):
        return parse.tag[i] not in {"MD", "VB", "VBD", "VBZ"} or label in TIME_LABELS
    if _is_day_of_date(parse.lower[i], after, words):
        return word[:1].isupper()
    if not word[:1].isupper() or (before in ("the", "annual") and after in ("of", "on", "for", "against")):
        return False
    if before not in words.lists["before_month"] and parse.lower[i] in surnames(parse, words):
        return False
    if parse.tag[i] in {"MD", "VB", "VBD", "VBP", "JJ"} and label not in TIME_LABELS:
        return False
    if label and label not in TIME_LABELS:
        return False
    return label in TIME_LABELS or (parse.tag[i].startswith("NNP") and not _named(parse, i))


def _is_day_of_date(word: str, after: str, words: Words) -> bool:
    """ "Sun May 25": a day of the week before a month."""
    weekday, month = words.code["WEEKDAY"], words.code["MONTH"]
    return words.word[word][0] == weekday and words.word.get(after, NOTHING)[0] == month


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
