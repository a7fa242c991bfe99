"""What a time expression means: its TIMEX3 value and days, what it hangs on, and how amounts are read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from tocsin.model import TimexType
from tocsin.understand import timecal as cal
from tocsin.understand.timecal import Days
from tocsin.understand.timeforms import Form
from tocsin.understand.timetense import OPEN

NEVER = Days(None, None)


@dataclass(frozen=True, slots=True)
class Value:
    """A TIMEX3 value, its days, and the unit it is given in. `length` is (count, unit) of a duration; `clock` tells
    that only an hour was named, so that a neighbour may give the day."""

    timex: str | None
    type: TimexType = "DATE"
    days: Days = NEVER
    unit: str = ""
    length: tuple[int, str] | None = None
    clock: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """What a relative expression hangs on: the day of publication, the day that the story has reached, the
    direction of the verb, the date named last, the quarter that figures are given for, and in a
    look back at other years the day that it has reached."""

    published: date | None
    story: date | None = None
    tense: int = OPEN
    last: Value | None = None
    quarter: date | None = None
    epoch: date | None = None

    @property
    def here(self) -> date | None:
        """The day that "that day", "two days later" or a bare hour count from."""
        return self.story or self.published


def modified(value: Value, form: Form, context: Context) -> Value:
    """A unit narrowed by "early", "mid", "late", or cut at publication by "earlier", "later"."""
    which = form.get("MOD")
    if which and value.days.first:
        unit = "S" if value.unit in cal.SEASONS else value.unit
        value = replace(value, days=cal.portion(value.days, which, unit))
    side = form.get("LATER")
    first, last = value.days
    if side and first and last and context.published and first <= context.published <= last:
        here = context.published
        value = replace(value, days=Days(first, here) if side == "earlier" else Days(here, last))
    return value


def _number(text: str) -> float:
    if "/" in text:
        a, b = text.split("/")
        return int(a) / int(b) if int(b) else 0.0
    return {"½": 0.5, "¼": 0.25, "¾": 0.75}.get(text) or float(text or 0)


def quantity(form: Form) -> tuple[float | None, bool]:
    """How many: the number (`None` for "few", "several"), and whether any was named at all."""
    half = 0.5 if form.has("HALF") and form.has("AND", "UNIT") else 0.0
    total, part, seen = 0.0, 0.0, False
    for slot in form.slots:
        if seen and (
            slot.name in ("UNIT", "UNITS", "TO", "AND") or (slot.name == "DASH" and form.has("DAY", "NUMBER"))
        ):
            break
        if slot.name == "VAGUE":
            return (float(slot.value), True) if slot.value.isdigit() else (None, True)
        if slot.name == "DAYS":
            return float(slot.value.split()[0]), True
        if slot.name in ("DAY", "YEAR", "NUMBER", "NUM"):
            n = _number(slot.value)
            part, seen = (part or 1) * n if n in (100, 1000, 12) and slot.name == "NUM" and n != 12 else part + n, True
            if n == 1000 and slot.name == "NUM":
                total, part = total + part, 0.0
    if seen:
        return total + part + half, True
    if form.slots[0].name == "HALF":
        return half, True
    return (1.0 + half, True) if form.has("A") else (None, False)


def iso_length(n: float | None, unit: str) -> str:
    """`P3D`, `PT2H`, `PXW`, `P2Y6M`."""
    sign = {"h": "H", "m": "M", "s": "S", "F": "W", "WE": "WE"}.get(unit, unit)
    time = "T" if unit in ("h", "m", "s") else ""
    if n is None:
        return f"P{'' if not time else 'T'}X{sign}"
    if unit == "F":
        n *= 2
    if unit == "E":
        n, sign = n * 10, "Y"
    whole, rest = int(n), n - int(n)
    if rest and unit in ("Y", "h", "m"):
        factor, low = {"Y": (12, "M"), "h": (60, "M"), "m": (60, "S")}[unit]
        lead = f"{whole}{sign}" if whole else ""
        return f"P{time}{lead}{round(rest * factor)}{low}"
    return f"P{time}{n:g}{sign}" if rest else f"P{time}{whole}{sign}"
