"""The title of a situation, made of the words of its claims: what, to whom, where, when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from tocsin.judgement import Told
from tocsin.link.rules import rules
from tocsin.model import Place


def title(
    ordered: Sequence[Told], type_: str, mode: str | None, place: Place | None, begins: str | None, ends: str | None
) -> str:
    """Such as "Bombing of the U.S. embassy, Nairobi, 7 August 1998"."""
    parts = [_what(ordered, type_, mode)]
    if place is not None:
        parts.append(place.name or place.text)
    when = _when(begins, ends)
    return ", ".join([*parts, *([when] if when else [])])


def _what(ordered: Sequence[Told], type_: str, mode: str | None) -> str:
    tolds = [told for told in ordered if (told.claim.type, told.claim.mode) == (type_, mode)] or list(ordered)
    counted = Counter(told.claim.trigger.text.lower() for told in tolds)
    word = min(counted, key=lambda text: (-counted[text], text))
    named = rules().titles.get(f"{type_}/{mode}") or rules().titles.get(type_)
    return named or word[:1].upper() + word[1:]


def _when(begins: str | None, ends: str | None) -> str:
    if begins is None and ends is None:
        return ""
    if begins == ends:
        return day(begins or "")
    if begins is None:
        return f"until {day(ends or '')}"
    return f"{day(begins)} to {day(ends)}" if ends else f"since {day(begins)}"


def day(iso: str) -> str:
    """A day as it is written: "7 August 1998"."""
    found = date.fromisoformat(iso)
    return f"{found.day} {found:%B} {found.year}"
