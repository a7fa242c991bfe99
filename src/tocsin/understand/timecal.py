"""Calendar arithmetic: first and last days of the stretches that time expressions name. Weeks run Monday to Sunday."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import NamedTuple

SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
"""First month of each season, as the northern half of the world counts it."""

VAGUE = {
    "D": 7,
    "W": 4,
    "M": 3,
    "Y": 3,
    "Q": 2,
    "E": 2,
    "h": 1,
    "m": 1,
    "s": 1,
    "WE": 2,
    "F": 2,
    "C": 2,
    "L": 2,
    "B": 2,
}
"""How many of a unit "recent", "several", "a few" stand for."""


class Days(NamedTuple):
    """A stretch of days, both ends inclusive; `None` is open."""

    first: date | None
    last: date | None


def shift(day: date, n: int, unit: str) -> date:
    """`day` moved by `n` units (`D W F M Q Y E C L`; hours, minutes and seconds move by whole days)."""
    months = {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200, "B": 6, "L": 12000}.get(unit)
    try:
        if months is None:
            days = {"D": 1, "W": 7, "F": 14, "WE": 7}.get(unit)
            if days is None:
                whole = {"h": 24, "m": 1440, "s": 86400}[unit]
                return day + timedelta(days=-(-abs(n) // whole) * (1 if n > 0 else -1))
            return day + timedelta(days=n * days)
        total = day.year * 12 + day.month - 1 + n * months
        year, month = divmod(total, 12)
        return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
    except (OverflowError, ValueError, calendar.IllegalMonthError):
        return date.min if n < 0 else date.max


def month(year: int, number: int) -> Days:
    """The days of a month."""
    return Days(date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1]))


def months(year: int, first: int, count: int) -> Days:
    """The days of `count` months from month `first` (1-12) of `year`."""
    start = date(year, first, 1)
    return Days(start, shift(start, count, "M") - timedelta(days=1))


def years(first: int, last: int) -> Days:
    """The days from the first day of year `first` to the last of year `last`."""
    return Days(date(max(first, 1), 1, 1), date(min(last, 9999), 12, 31))


def week(day: date) -> Days:
    """Monday to Sunday around `day`."""
    monday = day - timedelta(days=day.weekday())
    return Days(monday, monday + timedelta(days=6))


def weekend(day: date) -> Days:
    """Saturday and Sunday of the week around `day`."""
    sunday = week(day).last
    assert sunday is not None
    return Days(sunday - timedelta(days=1), sunday)


def season(year: int, name: str) -> Days:
    """A season; winter begins in December of `year`."""
    return months(year, SEASONS[name], 3)


def unit_around(day: date, unit: str) -> Days:
    """The calendar unit that holds `day`."""
    if unit == "W":
        return week(day)
    if unit == "WE":
        return weekend(day)
    if unit == "M":
        return month(day.year, day.month)
    if unit == "Q":
        return months(day.year, (day.month - 1) // 3 * 3 + 1, 3)
    if unit == "B":
        return months(day.year, 1 if day.month < 7 else 7, 6)
    if unit in ("Y", "E", "C", "L"):
        size = {"Y": 1, "E": 10, "C": 100, "L": 1000}[unit]
        low = day.year // size * size
        return years(low, low + size - 1)
    return Days(day, day)


def iso_week(day: date) -> str:
    """`1998-W08`."""
    year, number, _ = day.isocalendar()
    return f"{year}-W{number:02d}"


def name_of(day: date, unit: str) -> str:
    """The TIMEX3 value of the unit that holds `day`."""
    if unit in ("W", "F"):
        return iso_week(day)
    if unit == "WE":
        return f"{iso_week(day)}-WE"
    if unit == "M":
        return f"{day.year:04d}-{day.month:02d}"
    if unit == "Q":
        return f"{day.year:04d}-Q{(day.month - 1) // 3 + 1}"
    if unit == "B":
        return f"{day.year:04d}-H{1 if day.month < 7 else 2}"
    if unit in ("Y", "E", "C", "L"):
        return f"{day.year:04d}"[: {"Y": 4, "E": 3, "C": 2, "L": 1}[unit]]
    return day.isoformat()


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    j = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * j) // 451
    number, day = divmod(h + j - 7 * m + 114, 31)
    return date(year, number, day + 1)


def nth_weekday(year: int, number: int, weekday: int, nth: int) -> date:
    """The `nth` (from 1; -1 the last) `weekday` (1 Monday) of a month."""
    first, last = month(year, number)
    assert first is not None
    assert last is not None
    if nth > 0:
        return first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (nth - 1))
    return last - timedelta(days=(last.isoweekday() - weekday) % 7)


def weekday_before(day: date, number: int, strictly: bool) -> date:
    """The latest `number` (1 Monday) on or, if `strictly`, before `day`."""
    back = (day.isoweekday() - number) % 7
    return day - timedelta(days=back or (7 if strictly else 0))


def weekday_after(day: date, number: int, strictly: bool) -> date:
    """The next `number` (1 Monday) on or, if `strictly`, after `day`."""
    ahead = (number - day.isoweekday()) % 7
    return day + timedelta(days=ahead or (7 if strictly else 0))


def portion(days: Days, which: str, unit: str) -> Days:
    """The early, middle or late part of a unit, or its `start` and `end`: thirds of a month, quarters of a year."""
    first, last = days
    if first is None or last is None:
        return days
    if unit == "M":
        cut = {
            "early": (1, 10),
            "mid": (11, 20),
            "late": (21, 31),
            "start": (1, 10),
            "middle": (11, 20),
            "end": (21, 31),
        }
        low, high = cut.get(which, (1, 31))
        return Days(first.replace(day=low), first.replace(day=min(high, last.day)))
    if unit in ("Y", "Q", "B", "S"):
        return _portion_of_months(first, last, which)
    if unit in ("E", "C"):
        size = 10 if unit == "E" else 100
        low = first.year
        cut = {"early": (0, 3), "mid": (4, 6), "late": (7, 9), "start": (0, 0), "middle": (4, 6), "end": (9, 9)}
        a, b = cut.get(which, (0, 9))
        return years(low + a * size // 10, low + (b + 1) * size // 10 - 1)
    if unit == "W":
        low, high = {
            "early": (0, 2),
            "mid": (1, 3),
            "late": (3, 6),
            "start": (0, 1),
            "middle": (2, 3),
            "end": (4, 6),
        }.get(which, (0, 6))
        return Days(first + timedelta(days=low), first + timedelta(days=high))
    return days


def _portion_of_months(first: date, last: date, which: str) -> Days:
    """Of a year, a quarter or a season: its first or last quarter ("early", "late"), what lies between ("mid"), its
    first month ("start") or the second half of its last ("end")."""
    total = (last.year - first.year) * 12 + last.month - first.month + 1
    quarter = max(1, total // 4)
    if which == "early":
        return Days(first, shift(first, quarter, "M") - timedelta(days=1))
    if which == "late":
        return Days(shift(first, total - quarter, "M"), last)
    if which in ("mid", "middle"):
        return Days(shift(first, quarter, "M"), shift(first, total - quarter, "M") - timedelta(days=1))
    if which == "start":
        return Days(first, shift(first, 1, "M") - timedelta(days=1))
    if which == "end":
        return Days(last.replace(day=16), last)
    return Days(first, last)
