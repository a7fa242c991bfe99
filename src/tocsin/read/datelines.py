"""Datelines: PLACE, Region, date (Agency) –, in the shapes that agencies and papers give them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from tocsin.read import wire
from tocsin.read.dates import MONTHS, Day, parse_words
from tocsin.read.lore import lore
from tocsin.read.wire import HEAD, skip_space

WEAK_HEAD = 300
"""A dateline without an agency begins within so many characters."""

TRANSCRIPT = 4000
"""Within so many characters a transcript has its next speaker."""

SPEAKER = re.compile(rf"[.?!\n] ?[{wire.UPPER}][{wire.UPPER} .,'-]{{2,40}}:\s")
"""The next speaker of a transcript."""


class Dateline(NamedTuple):
    """A dateline from `start` to `end`; `words_end` is where its place and date end, before the agency."""

    start: int
    words_end: int
    end: int
    agency: str | None
    day: Day | None


def at_line_start(text: str, at: int) -> Dateline | None:
    """The dateline that begins at `at`, which is the start of a line."""
    for reader in READERS:
        found = reader(text, at, True)
        if found:
            return found
    return None


def later_dateline(text: str, at: int) -> Dateline | None:
    """The first sure dateline that begins after `at` in the middle of a line."""
    for start in _word_starts(text, at):
        found = _stamped(text, start, False) or _caps_credited(text, start, False) or _credit_alone(text, start, False)
        if found is None and text[start - 1] == "\n":
            found = _title_credited(text, start, True)
        if found is None and start < WEAK_HEAD and _after_sentence(text, start):
            found = _caps_bare(text, start, False) or _title_credited(text, start, True)
        if found:
            return found
    return None


def _word_starts(text: str, at: int) -> Iterator[int]:
    """Where a word in capitals or a bracket begins, in the head."""
    for match in wire.WORD_STARTS.finditer(text, max(at, 1), HEAD):
        yield match.start()


def _after_sentence(text: str, at: int) -> bool:
    """Whether what stands before `at` can be the end of a sentence or a line."""
    before = text[max(0, at - 3) : at]
    return before.endswith("\n") or before.rstrip(" ")[-1:] in tuple('.!?”"')


def _caps_credited(text: str, at: int, line_start: bool) -> Dateline | None:
    """PLACE, Region, date (Agency) –. An agency that is not known is taken at the start of a line before a dash."""
    match = wire.CAPS_CREDITED.match(text, at)
    if not match or not _is_place(match["place"]):
        return None
    name, known = _agency(match)
    if name is None and line_start and match["dash"] and _is_day(match["agency"]):
        return _dateline(text, match, None)
    if name is None or not (known or (line_start and match["dash"])):
        return None
    if not match["dash"] and not (known and _begins(text, match.end())):
        return None
    return _dateline(text, match, name)


def _title_credited(text: str, at: int, line_start: bool) -> Dateline | None:
    """Place, Region, date (Agency) –, in ordinary letters: the agency must be known, or the date be there."""
    match = wire.TITLE_CREDITED.match(text, at) if line_start else None
    if not match:
        return None
    name, known = _agency(match)
    if name is None:
        return _dateline(text, match, None) if match["dash"] and _is_dated_place(match) else None
    if not (known or (match["date"] and match["dash"])):
        return None
    if not match["dash"] and not (name in lore().bare and _begins(text, match.end())):
        return None
    return _dateline(text, match, name)


def _small_credited(text: str, at: int, line_start: bool) -> Dateline | None:
    """place, region, date (agency) – in a text that has no capitals; the agency must be known."""
    if not line_start or not text[at : at + 80].islower():
        return None
    match = wire.SMALL_CREDITED.match(text, at)
    name = lore().agency(match["agency"]) if match else None
    if not match or name is None or match["place"].split()[0].upper() in lore().not_first:
        return None
    return _dateline(text, match, name)


def _is_dated_place(match: re.Match[str]) -> bool:
    """Whether a match is a place and region with the date in brackets: Edmonton, Ky. (November 28, 2016) –."""
    region = match["region"]
    return bool(region and region.casefold() in lore().regions) and _is_day(match["agency"])


def _is_day(words: str | None) -> bool:
    """Whether the words in brackets are a whole date."""
    day = parse_words(words or "")
    return day is not None and day.year is not None


def _credit_alone(text: str, at: int, line_start: bool) -> Dateline | None:
    """(CNN) --, perhaps after a date. In the middle of a line the agency must be known."""
    match = wire.CREDIT_ALONE.match(text, at)
    if not match or not (match["dash"] or (line_start and match.end() < len(text))):
        return None
    name, known = _agency(match)
    shaped = line_start and bool(match["dash"]) and match["agency"].replace(" ", "").isupper()
    if name is None or not (known or shaped) or not _begins(text, match.end()):
        return None
    if not match["dash"] and name not in lore().bare:
        return None
    return _dateline(text, match, name)


def _caps_bare(text: str, at: int, line_start: bool) -> Dateline | None:
    """PLACE, Region, date — with no agency; a capital must follow."""
    match = wire.CAPS_BARE.match(text, at)
    if not match or not _is_place(match["place"]) or not _begins(text, match.end()):
        return None
    region = match["region"]
    if region and not match["date"] and region.casefold() not in lore().regions and not line_start:
        return None
    if not region and not match["date"] and len(match["place"]) < 4:
        return None
    mark = match["mark"]
    if mark.startswith(":") and not (line_start and _alone(text, match)):
        return None
    if (mark[0] in "-_" and not line_start) or _is_range(text, match):
        return None
    return _dateline(text, match, None)


def _is_range(text: str, match: re.Match[str]) -> bool:
    """Whether the dash joins two dates: Venice, August 29 - September 8."""
    return bool(match["date"]) and wire.DATE.match(text, match.end()) is not None


def _alone(text: str, match: re.Match[str]) -> bool:
    """Whether a place before a colon is a dateline, and not the first speaker of a transcript."""
    place, region = match["place"], match["region"]
    if (region and region.casefold() not in lore().regions) or len(place.split()) > 3:
        return False
    start, end = match.end(), match.end() + TRANSCRIPT
    return text.find(f"{place}:", start, end) < 0 and not SPEAKER.search(text, start, end)


def _title_bare(text: str, at: int, line_start: bool) -> Dateline | None:
    """Place, Country – or Place, date – in ordinary letters: the country or the date must be there."""
    match = wire.TITLE_BARE.match(text, at) if line_start else None
    if not match or not _begins(text, match.end()):
        return None
    region = match["region"]
    if not match["date"] and not (region and region.casefold() in lore().regions):
        return None
    if len(match["place"].split()) > 3 or _is_range(text, match):
        return None
    return _dateline(text, match, None)


def _day_first(text: str, at: int, line_start: bool) -> Dateline | None:
    """Date (PLACE) –."""
    match = wire.DAY_FIRST.match(text, at) if line_start else None
    return _dateline(text, match, None) if match and lore().agency(match["place"]) is None else None


def _stamped(text: str, at: int, line_start: bool) -> Dateline | None:
    """PLACE | stamp, then mostly the dateline proper once more."""
    match = wire.STAMPED.match(text, at)
    if not match:
        return None
    day = parse_words(match["date"])
    after = skip_space(text, match.end())
    proper = _caps_credited(text, after, True) or _credit_alone(text, after, True) or _caps_bare(text, after, True)
    if proper:
        return Dateline(match.start(), match.end(), proper.end, proper.agency, day)
    whole = day is not None and day.year is not None
    return Dateline(match.start(), match.end(), after, None, day) if line_start or whole else None


def _press_release(text: str, at: int, line_start: bool) -> Dateline | None:
    """PLACE--(Service - date)--."""
    match = wire.PRESS_RELEASE.match(text, at)
    if not match:
        return None
    name = lore().agency(match["agency"])
    if name is None:
        return None
    day = parse_words(match["filed"] or match["date"] or "")
    end = max(match.end(g) for g in ("place", "region", "country", "date"))
    return Dateline(match.start(), end, _after_labels(text, match.end()), name, day)


def _dateline(text: str, match: re.Match[str], agency: str | None) -> Dateline:
    """The record of a match."""
    groups = match.groupdict()
    ends = [match.end(group) for group in ("place", "region", "date") if groups.get(group)]
    if groups.get("country"):
        ends.append(match.end("country") + 1)
    if groups.get("place") and text[match.start("place") - 1 : match.start("place")] == "(":
        ends.append(match.end("place") + 1)
    words_end = max(ends, default=match.start())
    if words_end < match.end() and text[words_end : words_end + 1] == ".":
        words_end += text[words_end - 1].isalpha() and not groups.get("date")
    day = parse_words(groups.get("date") or "")
    if day is None and groups.get("agency"):
        day = parse_words(groups["agency"]) if agency is None else None
    return Dateline(match.start(), words_end, _after_labels(text, match.end()), agency, day)


def _agency(match: re.Match[str]) -> tuple[str | None, bool]:
    """The agency in brackets, and whether it is a known one. A date or a country in brackets is none: "" stands for a
    date, which makes a dateline without agency."""
    groups = match.groupdict()
    words = " ".join((groups.get("agency") or groups.get("slashed") or "").split())
    name = lore().agency(words)
    if name:
        return name, True
    if words.casefold() in lore().regions or any(char.isdigit() for char in words) or len(words.split()) > 6:
        return None, False
    return words, False


def _is_place(words: str) -> bool:
    """Whether words in capitals can be a place: not a label ("UPDATE"), not an agency, not a month alone."""
    words = words.strip()
    if words in lore().not_places or words.casefold() in MONTHS or len(words) < 2:
        return False
    if words.split()[0] in lore().not_first:
        return False
    return len(words) > 3 or lore().agency(words) is None


def _begins(text: str, at: int) -> bool:
    """Whether a sentence can begin at `at`."""
    return wire.SENTENCE_BEGINS.match(text, skip_space(text, at)) is not None


def _after_labels(text: str, at: int) -> int:
    """The offset after bracketed labels and white space."""
    for _ in range(4):
        match = wire.LABELS.match(text, at)
        if not match:
            break
        at = match.end()
    return skip_space(text, at)


READERS = (
    _press_release, _stamped, _caps_credited, _day_first, _credit_alone, _title_credited, _caps_bare, _title_bare,
    _small_credited,
)  # fmt: skip
"""The shapes, surest first."""
