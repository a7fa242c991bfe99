"""Calendar dates as news writes them: in options, in metadata, in the head of a story. Nothing is guessed: a date
without its year stays one without a year."""

from __future__ import annotations

import datetime
import email.utils
import re
from typing import NamedTuple

from tocsin.errors import UsageError

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
WEEKDAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day)?\b\.?,?[ ]{1,2})"
DAY = r"[0-3]?[0-9](?:st|nd|rd|th)?"
YEAR = r"(?:1[6-9]|20)[0-9]{2}\b"
WRITTEN = (
    rf"(?:{WEEKDAY}?(?:{MONTH}[ ]{{1,2}}{DAY}\b(?:,?[ ]{{1,2}}{YEAR})?"
    rf"|{DAY}[ ]{{1,2}}{MONTH}(?:,?[ ]{{1,2}}(?:{YEAR}|[0-9]{{2}}\b))?)|{YEAR}-[01][0-9]-[0-3][0-9]\b)"
)
"""A date in words, or in ISO form; the year may be missing. To be compiled with IGNORECASE."""
CLOCK = (
    r"(?:[0-2]?[0-9][:.][0-5][0-9](?::[0-5][0-9])?(?:[ ]?(?i:[ap]\.?m\.?))?|[0-1]?[0-9][ ]?(?i:[ap]\.?m\.?))"
    r"(?:[ ]?\(?\b(?:[A-Z]{1,3}[DS]?T|UTC|Z)\b(?:[+-][0-9]{1,2}(?::?[0-9]{2})?)?\)?)?"
)
"""A time of day, with its zone if it is named."""

PARTS = re.compile(
    rf"(?P<iso>{YEAR}-[01][0-9]-[0-3][0-9])|(?P<m1>{MONTH})[ ]{{1,2}}(?P<d1>{DAY})\b(?:,?[ ]{{1,2}}(?P<y1>{YEAR}))?"
    rf"|(?P<d2>{DAY})[ ]{{1,2}}(?P<m2>{MONTH})(?:,?[ ]{{1,2}}(?P<y2>{YEAR}|[0-9]{{2}}\b))?",
    re.IGNORECASE,
)


class Day(NamedTuple):
    """A day of the calendar, perhaps without its year."""

    year: int | None
    month: int
    day: int

    @property
    def iso(self) -> str | None:
        """The ISO date, or `None` where the year is unknown."""
        return None if self.year is None else f"{self.year:04d}-{self.month:02d}-{self.day:02d}"


NUMERIC = re.compile(
    r"(?P<y1>(?:1[6-9]|20)[0-9]{2})/(?P<m1>[0-9]{1,2})/(?P<d1>[0-9]{1,2})(?![0-9/])"
    r"|(?P<d2>[0-9]{1,2})\.[ ]?(?P<m2>[0-9]{1,2})\.[ ]?(?P<y2>(?:1[6-9]|20)[0-9]{2})(?![0-9.])"
    r"|(?P<a>[0-9]{1,2})[/-](?P<b>[0-9]{1,2})[/-](?P<y3>(?:1[6-9]|20)[0-9]{2})(?![0-9/-])"
    r"|(?P<y4>(?:1[6-9]|20)[0-9]{2})(?P<m4>[0-9]{2})(?P<d4>[0-9]{2})[0-2][0-9][0-5][0-9][0-5][0-9]Z?\Z"
)
"""A date in numbers alone, at the beginning of a field: 2024/12/23, 23.12.2024, 12/23/2024, 20241223101500 (GDELT)."""


JOINED = re.compile(r"(?<=[0-9])-(?=[A-Za-z]{3})|(?<=[A-Za-z]{3})-(?=[0-9])|(?<=[a-z]) of(?= )")
"""What joins a date's parts in a field beside spaces: 23-Dec-2024, 23rd of December 2024."""


def parse_numeric(value: str) -> str | None:
    """The ISO date that a field of numbers begins with. Which of two numbers with strokes between them is the month is
    said where only one can be: 12/23/2024; 12/11/2024 is the 12th of November or the 11th of December, and no date."""
    match = NUMERIC.match(value)
    if match is None:
        return None
    if match["a"]:
        first, second = int(match["a"]), int(match["b"])
        if first <= 12 and second <= 12 and first != second:
            return None
        year, month, day = int(match["y3"]), min(first, second), max(first, second)
    else:
        year, month, day = (
            int(next(filter(None, (match[f"{name}{number}"] for number in (1, 2, 4))))) for name in "ymd"
        )
    found = _real(year, month, day)
    return found.iso if found else None


def parse_words(words: str) -> Day | None:
    """The first date in `words` ("Tue Aug 30, 2011 12:08 am EDT", "3 JAN 90", "August 8"), or `None`."""
    for match in PARTS.finditer(words):
        if match["iso"]:
            year, month, day = (int(part) for part in match["iso"].split("-"))
            found = _real(year, month, day)
        else:
            name, number, written = match["m1"] or match["m2"], match["d1"] or match["d2"], match["y1"] or match["y2"]
            found = _real(_year(written), _month(name), int(re.sub(r"\D", "", number)))
        if found:
            return found
    return None


def _month(name: str) -> int:
    """1 to 12."""
    key = name.casefold()[:3]
    return next(i for i, month in enumerate(MONTHS, 1) if month.startswith(key))


def _year(written: str | None) -> int | None:
    """A year of four digits; of two digits as POSIX reads them (69 to 99 are of the 20th century)."""
    if not written:
        return None
    number = int(written)
    return number if number >= 100 else number + (1900 if number >= 69 else 2000)


def _real(year: int | None, month: int, day: int) -> Day | None:
    """The day, if the calendar has it."""
    try:
        datetime.date(2000 if year is None else year, month, day)
    except ValueError:
        return None
    return Day(year, month, day)


def parse_metadata(value: str) -> str | None:
    """The ISO date of a metadata field: an ISO date or time, RFC 822, or words; the day as written there, whatever its
    zone. `None` where it is none of these."""
    value = value.strip()
    try:
        return datetime.datetime.fromisoformat(value).date().isoformat()
    except ValueError:
        pass
    try:
        return email.utils.parsedate_to_datetime(value).date().isoformat()
    except (ValueError, IndexError, OverflowError):
        if len(value) >= 60:
            return None
        day = parse_words(JOINED.sub(" ", value))
        return (day.iso if day else None) or parse_numeric(value)


def parse_option(value: str) -> str:
    """The ISO date that a user gave; raise `UsageError` that shows how to write one."""
    try:
        return datetime.datetime.fromisoformat(value.strip()).date().isoformat()
    except ValueError as fault:
        raise UsageError(f"published: “{value}” is not a date; write year-month-day, such as 2024-12-23") from fault
