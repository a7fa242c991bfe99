"""Dates that a page writes in numbers with strokes: 12/11/2024 is the 11th of December in the United States, and the
12th of November elsewhere. What reads pages takes the second; here it is asked whether the page lets it."""

from __future__ import annotations

import re
from typing import NamedTuple

from tocsin.read.dates import MONTHS

LANGUAGE = re.compile(r"<html\b[^>]{0,500}?\blang\s?=\s?[\"']?en[-_]([A-Za-z]{2})\b", re.IGNORECASE)
MONTH_FIRST = frozenset(("US",))
"""Regions where the month comes first, of those that write English."""


class Said(NamedTuple):
    """The date, and a note where it cannot be told."""

    date: str | None
    note: str | None = None


def settled(date: str, page: str) -> Said:
    """The ISO date that was read in a page as the page means it. `None`, with a note, where the page only writes it
    with strokes, both numbers may be the month, and its language has no region."""
    year, month, day = date.split("-")
    if month == day or int(day) > 12:
        return Said(date)
    numbers = {int(month), int(day)}
    found = _stroked(numbers, year, page)
    if found is None or _is_plain(date, page):
        return Said(date)
    first, second = (int(number) for number in found.groups()[:2])
    region = LANGUAGE.search(page[:5000])
    if region is None:
        return Said(None, f"the page gives {found[0]}, which may be two days; give the date with --published")
    month_first = region[1].upper() in MONTH_FIRST
    of_month, of_day = (first, second) if month_first else (second, first)
    return Said(f"{year}-{of_month:02d}-{of_day:02d}")


def _stroked(numbers: set[int], year: str, page: str) -> re.Match[str] | None:
    """The first place where a page writes the two numbers and the year with strokes."""
    pattern = rf"(?<![\d/])(\d{{1,2}})/(\d{{1,2}})/(?:{year}|{year[2:]})(?![\d/])"
    return next((one for one in re.finditer(pattern, page) if {int(one[1]), int(one[2])} == numbers), None)


def _is_plain(date: str, page: str) -> bool:
    """Whether a page writes a date in a way that can only be meant so."""
    year, month, day = date.split("-")
    name = MONTHS[int(month) - 1][:3]
    ways = (
        rf"{year}(?P<stroke>[-/]?){month}(?P=stroke){day}",
        rf"\b0?{int(day)}(?:st|nd|rd|th)?(?: of)?[\s-]+{name}\w*\.?,?[\s-]+{year}",
        rf"\b{name}\w*\.?\s+0?{int(day)}(?:st|nd|rd|th)?,?\s+{year}",
    )
    return any(re.search(way, page, re.IGNORECASE) for way in ways)
