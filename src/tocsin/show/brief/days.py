"""Calendar intervals written out: `16–31 December 2024`, `since 21 May 2024`."""

from __future__ import annotations

import calendar
import datetime
import re

from tocsin.model import Time

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
YEAR = re.compile(r"\b\d{4}\b")
BOUNDS = {
    "since": re.compile(r"\b(?:since|from)\s+$", re.IGNORECASE),
    "until": re.compile(r"\b(?:until|till|by|before|through|to)\s+$", re.IGNORECASE),
}
"""Words in front of a time that say by themselves that it is the first or the last day."""


def day_out(iso: str) -> str:
    """`2024-12-23` as `23 December 2024`."""
    day = datetime.date.fromisoformat(iso)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def interval_out(begins: str | None, ends: str | None) -> str | None:
    """An interval of days, both ends inclusive; nothing where both are open."""
    if begins is None and ends is None:
        return None
    if ends is None:
        return f"since {day_out(begins or '')}"
    if begins is None:
        return f"until {day_out(ends)}"
    first, last = datetime.date.fromisoformat(begins), datetime.date.fromisoformat(ends)
    if first == last:
        return day_out(begins)
    if (first.month, first.day) == (1, 1) and (last.month, last.day) == (12, 31):
        return str(first.year) if first.year == last.year else f"{first.year} to {last.year}"
    if (first.year, first.month) == (last.year, last.month):
        whole = first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]
        named = f"{MONTHS[last.month - 1]} {last.year}"
        return named if whole else f"{first.day}–{last.day} {named}"
    if first.year == last.year:
        return f"{first.day} {MONTHS[first.month - 1]} – {day_out(ends)}"
    return f"{day_out(begins)} – {day_out(ends)}"


def time_out(time: Time, before: str = "") -> str | None:
    """When it happens, where the words of the text, and `before` those in front of them, do not name the days."""
    said = interval_out(time.from_, time.to)
    if said is None or YEAR.search(time.text):
        return None
    opening = said.split()[0]
    bounds = BOUNDS.get(opening)
    named = bounds and (bounds.search(before) or bounds.match(f"{time.text.split()[0]} "))
    return said.removeprefix(f"{opening} ") if named else said
