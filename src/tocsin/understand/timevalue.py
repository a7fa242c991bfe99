"""What time expressions mean: TIMEX3 values and calendar days, one resolver for each `does` of `times.yaml`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from tocsin.model import TimexType
from tocsin.understand import timecal as cal
from tocsin.understand import timewords
from tocsin.understand.timecal import Days
from tocsin.understand.timeforms import Form
from tocsin.understand.timetense import FUTURE, OPEN, PAST

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
    direction of the verb, the date named last, the quarter that figures are given for."""

    published: date | None
    story: date | None = None
    tense: int = OPEN
    last: Value | None = None
    quarter: date | None = None

    @property
    def here(self) -> date | None:
        """The day that "that day", "two days later" or a bare hour count from."""
        return self.story or self.published


def resolve(form: Form, context: Context) -> Value | None:
    """The value of a match; `None` if it is no time expression after all."""
    return RESOLVERS[form.does](form, context)


def _modifier(form: Form) -> str | None:
    """`early`, `mid` or `late`; `earlier` and `later` are for `_clipped`."""
    return form.get("MOD")


def _modified(value: Value, form: Form, context: Context) -> Value:
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
    total, part, seen = 0.0, 0.0, False
    for slot in form.slots:
        if slot.name in ("UNIT", "UNITS", "TO", "AND") and seen:
            break
        if slot.name == "VAGUE":
            return (float(slot.value), True) if slot.value.isdigit() else (None, True)
        if slot.name in ("DAY", "YEAR", "NUMBER", "NUM"):
            n = _number(slot.value)
            part, seen = (part or 1) * n if n in (100, 1000, 12) and slot.name == "NUM" and n != 12 else part + n, True
            if n == 1000 and slot.name == "NUM":
                total, part = total + part, 0.0
    if seen:
        return total + part, True
    return (1.0, True) if form.has("A") else (None, False)


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


# --- the calendar ------------------------------------------------------------------------------------------------


def _year_of(form: Form, context: Context) -> int | None:
    """The year that is named, outright or as "last year"."""
    if named := form.get("YEAR"):
        return int(named)
    if form.rule == "month" and form.has("NUM"):
        spoken = year(replace(form, slots=tuple(slot for slot in form.slots if slot.name == "NUM")), context)
        return int(spoken.timex or 0) if spoken else None
    if form.get("UNIT") == "Y" and context.published:
        return context.published.year + {"last": -1, "previous": -1, "next": 1, "following": 1}.get(
            form.get("REF") or "", 0
        )
    return None


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


AHEAD_OF_PAST, BEHIND_FUTURE = 95, 35
"""How many days a date without a year may lie on the other side of publication than its verb's tense says."""


def _near(context: Context, month: int, day: int | None, weekday: str | None = None) -> int | None:
    """The year of a date given without one: the year that its weekday agrees with, or that puts it nearest to
    publication, with a year that the verb's tense shifts. A month counts as past unless its verb looks ahead."""
    here = context.published
    if here is None:
        return None
    if day is None:
        ahead = (month - here.month) % 12
        reach = {PAST: 1, FUTURE: 11}.get(context.tense, 3)
        return here.year + (1 if month < here.month else 0) if ahead <= reach else here.year - (month > here.month)
    found = [(year, on) for year in (here.year - 1, here.year, here.year + 1) if (on := _valid(year, month, day))]
    if weekday and (fits := [pair for pair in found if pair[1].isoweekday() == int(weekday)]):
        found = fits
    low, high = {PAST: (-366, AHEAD_OF_PAST), FUTURE: (-BEHIND_FUTURE, 366)}.get(context.tense, (-366, 366))
    inside = [pair for pair in found if low <= (pair[1] - here).days <= high] or found
    return min(inside, key=lambda pair: _far((pair[1] - here).days, context.tense))[0] if inside else None


def _far(days: int, tense: int) -> float:
    """How far a date is felt to lie; what is to come counts half as much again unless the verb looks ahead."""
    return days * 1.5 if days > 0 and tense != FUTURE else abs(days)


def calendar(form: Form, context: Context) -> Value | None:
    """Months, dates and weekdays, with a part of the day."""
    number, day = form.get("MONTH"), form.get("DAY", "ORD")
    if number is None:
        return _with_part(_weekday(form, context), form, context)
    month = int(number)
    if form.has("WEEKDAY") and day is None and not form.has("YEAR"):
        return _with_part(_weekday(form, context), form, context)
    if form.rule == "month" and form.has("EACH"):
        return Value(f"XXXX-{month:02d}" + (f"-{int(day):02d}" if day else ""), "SET")
    on = int(day) if day else (2 if form.get("UNIT") == "s" else None)
    year = _year_of(form, context)
    if year is None:
        if on and form.get("REF") in ("last", "past"):
            context = replace(context, tense=PAST)
        year = _referred_month(form.get("REF"), context, month) if on is None else _near(context, month, on, form.get("WEEKDAY"))
    if year is None:
        return Value(f"XXXX-{month:02d}" + (f"-{on:02d}" if on else ""))
    if on:
        exact = _valid(year, month, on)
        return _with_part(Value(exact.isoformat(), "DATE", Days(exact, exact), "D"), form, context) if exact else None
    return _modified(Value(f"{year:04d}-{month:02d}", "DATE", cal.month(year, month), "M"), form, context)


def _referred_month(ref: str | None, context: Context, month: int) -> int | None:
    """The year of "last March", "next March", "this March", "that March", "March"."""
    here = context.published
    if here is None:
        return context.story.year if context.story and ref in ("that", "same") else None
    if ref in ("last", "past", "previous"):
        return here.year if month < here.month else here.year - 1
    if ref in ("next", "coming"):
        return here.year if month > here.month else here.year + 1
    if ref == "this":
        return here.year
    if ref in ("that", "same", "following") and context.story:
        return context.story.year + (1 if ref == "following" and month <= context.story.month else 0)
    return _near(context, month, None)


def _weekday(form: Form, context: Context) -> Value | None:
    """A day of the week: the latest one, the next one where the verb looks ahead."""
    number = int(form.get("WEEKDAY") or 1)
    ref, here = form.get("REF"), context.published
    if here is None:
        return Value(f"XXXX-WXX-{number}", "DATE", NEVER, "D")
    if ref in ("last", "past", "previous"):
        base = context.here if ref == "previous" and context.here else here
        day = cal.weekday_before(base, number, strictly=True)
    elif ref in ("next", "coming", "following"):
        day = cal.weekday_after(here if ref != "following" else context.here or here, number, strictly=True)
    elif ref == "this" and context.tense != PAST:
        week = cal.week(here).first
        assert week is not None
        day = week + timedelta(days=number - 1)
    elif ref in ("that", "same") and context.story:
        day = cal.weekday_before(context.story, number, strictly=False)
    elif context.tense == FUTURE:
        day = cal.weekday_after(here, number, strictly=False)
    else:
        day = cal.weekday_before(here, number, strictly=False)
    return Value(day.isoformat(), "DATE", Days(day, day), "D")


def _with_part(value: Value | None, form: Form, context: Context) -> Value | None:
    """A day with its morning, afternoon, evening or night."""
    part = form.get("PART", "PARTS")
    if value is None or part is None:
        return value
    return replace(value, timex=f"{value.timex}T{part}", type="TIME")


def iso(form: Form, context: Context) -> Value | None:
    """`2019-10-16`, `2019-10`."""
    text = form.get("ISO") or ""
    year, month, *day = (int(part) for part in text.split("-"))
    if not day:
        return Value(text, "DATE", cal.month(year, month), "M")
    exact = _valid(year, month, day[0])
    return Value(text, "DATE", Days(exact, exact), "D") if exact else None


def day_range(form: Form, context: Context) -> Value | None:
    """ "May 3-5", "3-5 May", "2006-2007"."""
    days = [int(d) for d in form.all("DAY")]
    if not form.has("MONTH"):
        a, b = (form.all("YEAR") + [form.get("DAY", "NUMBER") or ""])[:2]
        return _years(int(a), int(b if len(b) == 4 else a[:2] + b.zfill(2))) if len(b) in (2, 4) else None
    month = int(form.get("MONTH") or 1)
    year = _year_of(form, context) or _near(context, month, days[0])
    if year is None:
        return Value(f"XXXX-{month:02d}-{days[0]:02d}")
    first, last = _valid(year, month, days[0]), _valid(year, month, days[1])
    if first is None or last is None or last < first:
        return None
    return Value(f"{first.isoformat()}/{last.isoformat()}", "DATE", Days(first, last), "D")


def _years(a: int, b: int) -> Value | None:
    return Value(f"{a}/{b}", "DATE", cal.years(a, b), "Y") if a < b else None


def year(form: Form, context: Context) -> Value | None:
    """A year by itself, in digits or in words, or a stretch of years."""
    if stretch := form.get("YEARS"):
        a, b = stretch.split("-")
        return _years(int(a), int(b))
    if glued := form.get("MIDYEAR"):
        which, text = glued.split(" ")
        found = _decade(text[1:], context) if text[0] == "d" else Value(text, "DATE", cal.years(int(text), int(text)), "Y")
        return replace(found, days=cal.portion(found.days, which, found.unit))
    if form.has("YEAR"):
        n = int(form.get("YEAR") or 0)
    else:
        spoken = [int(v) for v in form.all("NUM")]
        if spoken == [2, 1000]:
            n = 2000
        elif len(spoken) > 1 and 16 <= spoken[0] <= 20 and spoken[1] >= 10:
            n = spoken[0] * 100 + sum(spoken[1:])
        else:
            return None
        if n >= 2200:
            return None
    return _modified(Value(f"{n:04d}", "DATE", cal.years(n, n), "Y"), form, context)


def _decade(text: str, context: Context) -> Value:
    """`1990`, `90` or `9` as a decade; a short one is the latest that had begun."""
    if len(text) < 4:
        tens = int(text[0]) * 10
        now = context.published.year if context.published else 2000
        low = next(low for low in (now // 100 * 100 + tens, now // 100 * 100 - 100 + tens) if low <= now)
    else:
        low = int(text)
    if low % 100 == 0 and len(text) == 4 and low < 2000:
        return Value(str(low)[:2], "DATE", cal.years(low, low + 99), "C")
    return Value(str(low)[:3], "DATE", cal.years(low, low + 9), "E")


def decade(form: Form, context: Context) -> Value | None:
    """ "the 1990s", "the late '80s", "the nineties"."""
    return _modified(_decade(form.get("DECADE", "DECADEWORD") or "0", context), form, context)


def century(form: Form, context: Context) -> Value | None:
    """ "the 20th century"."""
    n = int(form.get("ORD") or 2)
    if form.all("UNIT")[-1] != "C" or n < 1:
        return nth(form, context) if form.all("UNIT")[-1] == "D" else quarter(form, context)
    return _modified(Value(f"{n - 1:02d}", "DATE", cal.years((n - 1) * 100, n * 100 - 1), "C"), form, context)


def today(form: Form, context: Context) -> Value | None:
    """ "today", "tomorrow night", "overnight"."""
    word = form.get("TODAY") or "0"
    here = context.published
    part = form.get("PART") or ("NI" if word in ("NI", "LAST") else None)
    if here is None:
        return Value("PRESENT_REF" if word == "0" else "XXXX-XX-XX" + (f"T{part}" if part else ""), "DATE")
    if word == "LAST":
        before = here - timedelta(days=1)
        return Value(f"{before.isoformat()}TNI", "TIME", Days(before, here), "D")
    day = here + timedelta(days=int(word) if word.lstrip("-").isdigit() else 0)
    value = Value(day.isoformat(), "DATE", Days(day, day), "D")
    return replace(value, timex=f"{day.isoformat()}T{part}", type="TIME") if part else value


def part(form: Form, context: Context) -> Value | None:
    """A part of the day: "this morning", "last night", "the evening", "the night of June 21"."""
    name = form.get("PART", "PARTS") or "MO"
    ref = form.get("REF")
    if form.has("MONTH", "WEEKDAY"):
        return calendar(form, context)
    here = context.published if ref in ("this", "last") else context.here
    if here is None:
        return Value(f"XXXX-XX-XXT{name}", "TIME")
    day = here + timedelta(days={"last": -1, "next": 1, "following": 1, "previous": -1}.get(ref or "", 0))
    return Value(f"{day.isoformat()}T{name}", "TIME", Days(day, day), "D")


def hours(form: Form, context: Context) -> Value | None:
    """ "the early hours of Thursday"."""
    if form.get("UNITS") != "h":
        return duration(form, context)
    if form.has("WEEKDAY", "MONTH"):
        value = calendar(form, context)
    elif form.has("TODAY"):
        value = today(form, context)
    else:
        value = part(form, context)
    return replace(value, type="TIME", timex=f"{(value.timex or '')[:10]}TMO") if value else None


def clock(form: Form, context: Context) -> Value | None:
    """An hour of the day, with or without its day."""
    text = _time_of_day(form)
    if text is None:
        return None
    if form.has("WEEKDAY", "MONTH"):
        rest = replace_slots(form)
        value = calendar(rest, context)
    elif form.has("TODAY"):
        value = today(form, context)
    else:
        here = context.here
        value = Value(here.isoformat() if here else "XXXX-XX-XX", "TIME", Days(here, here), "D", clock=text)
    if value is None:
        return None
    return replace(value, timex=f"{(value.timex or '')[:10]}T{text}", type="TIME")


def replace_slots(form: Form) -> Form:
    """The form without the number that stands before "a.m.", so that it is not read as a day of the month."""
    at = next((i for i, slot in enumerate(form.slots) if slot.name in ("AMPM", "OCLOCK", "CLOCK", "NOON")), 0)
    return replace(form, slots=form.slots[at + 1 :])


def _time_of_day(form: Form) -> str | None:
    if noon := form.get("NOON"):
        return noon
    text = form.get("CLOCK")
    if text is None and (dotted := form.get("NUMBER")):
        hours, _, minutes = dotted.partition(".")
        if not (hours.isdigit() and len(minutes) == 2 and int(hours) < 13):
            return None
        text = f"{int(hours):02d}:{minutes}"
    half = form.get("AMPM") or {"MO": "am", "AF": "pm", "EV": "pm", "NI": "pm"}.get(form.get("PART") or "", "")
    if text is None:
        hour, minutes = int(form.get("DAY", "NUM") or 0), "00"
        if hour > 24 or (half and hour > 12):
            return None
    else:
        hour, minutes = int(text[:2]), text[3:5]
    if half and not (text or "").endswith("!"):
        hour = hour % 12 + (12 if half == "pm" else 0)
    return f"{hour:02d}:{minutes}"


# --- units -------------------------------------------------------------------------------------------------------

STEP = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1, "following": 1}
FROM_STORY = frozenset({"previous", "following", "that", "same", "those"})


def unit(form: Form, context: Context) -> Value | None:
    """ "last week", "this month", "the next day", "the same day", "the current quarter", "the past year"."""
    units = form.all("UNIT")
    refs = form.all("REF")
    ref = refs[-1] if refs else "that" if "D" in units else "this"
    if not units or units[0] in ("s", "m", "h"):
        return _spell(form, context, ref, units)
    name = units[0]
    if ref in ("past", "recent", "coming") and name in ("D", "W", "M", "Y", "E", "Q", "C", "F"):
        return _rolling(form, context, ref, name)
    story = ref in FROM_STORY or (ref == "next" and form.has("THE") and name == "D")
    here = context.here if story else context.published
    if story and name in ("M", "Y", "Q", "E") and context.last and context.last.days.first:
        here = context.last.days.first
    if here is None:
        return Value({"this": "PRESENT_REF", "current": "PRESENT_REF"}.get(ref), "DATE", NEVER, name)
    day = _stepped(here, ref, name, context)
    value = Value(cal.name_of(day, name), "DATE", cal.unit_around(day, name), name)
    if name == "F":
        value = replace(value, days=Days(cal.week(day).first, cal.week(day + timedelta(days=7)).last))
    if name == "Q" and len(units) > 1 and units[1] == "Y":
        return None
    return _modified(value, form, context)


def _stepped(here: date, ref: str, name: str, context: Context) -> date:
    """A day in the unit meant."""
    if name == "WE":
        past = cal.weekday_before(here, 6, strictly=False)
        if ref == "this":
            return past if here.isoweekday() < (4 if context.tense == PAST else 3 if context.tense == OPEN else 1) else here
        this = past if here.isoweekday() >= 6 else cal.weekday_after(here, 6, strictly=True)
        if ref in ("next", "coming", "following"):
            return this if here.isoweekday() < 4 else cal.shift(this, 1, "W")
        return past if here.isoweekday() < 6 else cal.shift(past, -1, "W")
    if ref == "latest":
        return cal.shift(here, -1, name)
    if name == "W" and ref in ("last", "past") and here.isoweekday() == 7:
        return here
    base = here.replace(day=1) if name in ("M", "Q", "Y", "E", "C", "B") else here
    return cal.shift(base, STEP.get(ref, 0), name)


def _rolling(form: Form, context: Context, ref: str, name: str) -> Value:
    """ "the past week": the seven days before publication; "the coming month"."""
    here = context.published
    timex = iso_length(1, name)
    if here is None:
        return Value(timex, "DURATION", NEVER, name, (1, name))
    other = cal.shift(here, 1 if ref == "coming" else -1, name)
    days = Days(here, other) if ref == "coming" else Days(other, here)
    return Value(timex, "DURATION", days, name, (1, name))


def _spell(form: Form, context: Context, ref: str, units: list[str]) -> Value | None:
    """ "this period", "the latest period", "the last hour"."""
    here = context.published
    if units:
        if ref in ("last", "past"):
            return Value(iso_length(1, units[0]), "DURATION", Days(here, here), units[0])
        return None
    if not form.has("SPELL") or form.get("SPELL") != "P" or ref not in ("latest", "current", "recent"):
        return None
    return None


def the_unit(form: Form, context: Context) -> Value | None:
    """ "the week", "the year", "the quarter", "the weekend": the one at hand."""
    here = context.here if form.get("UNIT") == "D" else context.published
    name = form.get("UNIT") or "Y"
    if form.has("YEAR"):
        return year(form, context)
    if name in ("s", "m", "h", "E", "C", "L", "B", "F"):
        return None
    if here is None:
        return Value(None, "DATE", NEVER, name)
    day = here
    if name == "WE":
        day = cal.weekday_before(here, 6, strictly=False) if context.tense != FUTURE else here
    elif name == "Q":
        day = cal.shift(here, -1, "Q")
    return Value(cal.name_of(day, name), "DATE", cal.unit_around(day, name), name)


def week_of(form: Form, context: Context) -> Value | None:
    """ "the week of March 6"."""
    day = calendar(form, context)
    name = form.get("UNIT") or "W"
    if day is None or day.days.first is None or name not in ("W", "D", "WE"):
        return day
    return Value(cal.name_of(day.days.first, name), "DATE", cal.unit_around(day.days.first, name), name)


def day_before(form: Form, context: Context) -> Value | None:
    """ "the day before yesterday", "the day after tomorrow"."""
    base = today(form, context) if form.has("TODAY") else calendar(form, context)
    if base is None or base.days.first is None or form.get("UNIT") not in ("D", "W", "M", "Y"):
        return None
    day = cal.shift(base.days.first, int(form.get("BEFORE") or 1), form.get("UNIT") or "D")
    return Value(day.isoformat(), "DATE", Days(day, day), "D")


def edge(form: Form, context: Context) -> Value | None:
    """ "the end of the year", "the beginning of October", "year-end"."""
    which = form.get("EDGE") or "end"
    if form.has("MONTH", "WEEKDAY"):
        inner = calendar(form, context)
    elif form.has("YEAR"):
        inner = year(form, context)
    elif form.has("DECADE"):
        inner = decade(form, context)
    elif form.has("SEASON"):
        inner = season(form, context)
    elif form.has("TODAY"):
        inner = today(form, context)
    elif form.has("PART"):
        inner = part(form, context)
    else:
        inner = _edge_of_unit(form, context)
    if inner is None or inner.days.first is None:
        return inner
    return replace(inner, days=cal.portion(inner.days, which, inner.unit))


def _edge_of_unit(form: Form, context: Context) -> Value | None:
    name = form.get("UNIT") or "Y"
    if form.has("REF"):
        return unit(form, context)
    here = context.published
    if here is None or name in ("s", "m", "h"):
        return None
    value = Value(cal.name_of(here, name), "DATE", cal.unit_around(here, name), name)
    return replace(value, timex=f"{here.year}-12") if name == "Y" and form.rule == "unit-edge" else value


def quarter(form: Form, context: Context) -> Value | None:
    """ "the third quarter", "the first half of 1990", "next year's first quarter"."""
    units = form.all("UNIT", "HALF")
    if form.rule == "quarter-of-year":
        return _quarter_of(form, context)
    n = int(form.get("ORD") or (-1 if form.get("REF") == "last" and "H" in units else 2))
    name = "H" if "H" in units else "Q" if "Q" in units else ""
    if not name:
        return nth(form, context)
    count = 4 if name == "Q" else 2
    n = count if n == -1 else n
    if not 1 <= n <= count:
        return None
    found = _quarter_year(form, context, n, count)
    if found is None:
        return Value(f"XXXX-{name}{n}")
    size = 12 // count
    return Value(f"{found}-{name}{n}", "DATE", cal.months(found, (n - 1) * size + 1, size), "Q" if count == 4 else "B")


def _quarter_of(form: Form, context: Context) -> Value | None:
    """ "the 1988 quarter", "the 1988 period", "the 1988 second quarter"."""
    year_named = int(form.get("YEAR") or 1)
    if not form.has("ORD"):
        if form.has("SPELL"):
            return Value(f"{year_named}", "DATE", cal.years(year_named, year_named), "Y")
        if form.get("UNIT") != "Q" or context.published is None:
            return None
        day = cal.shift(context.published, -1, "Q").replace(year=year_named, day=1)
        return Value(cal.name_of(day, "Q"), "DATE", cal.unit_around(day, "Q"), "Q")
    return quarter(replace(form, rule="quarter"), context)


def _quarter_year(form: Form, context: Context, n: int, count: int) -> int | None:
    named = _year_of(form, context)
    if named is not None or context.published is None:
        return named
    here = context.published
    current = (here.month - 1) * count // 12 + 1
    if context.tense == FUTURE:
        return here.year if n >= current - 1 else here.year + 1
    return here.year if n <= current else here.year - 1


def year_ago(form: Form, context: Context) -> Value | None:
    """ "the year-ago quarter", "the year-earlier period": as the last full quarter, a year before."""
    here = context.published
    if here is None:
        return None
    if form.rule == "latest-period":
        return _latest(form, here)
    if "Y" not in form.all("UNIT"):
        return None
    back = cal.shift(cal.shift(here, -1, "Q"), -1, "Y")
    if form.has("ORD", "HALF"):
        return quarter(replace(form, slots=tuple(s for s in form.slots if s.name != "YEAR")), replace(context, published=back))
    return Value(cal.name_of(back, "Q"), "DATE", cal.unit_around(back, "Q"), "Q")


def _latest(form: Form, here: date) -> Value | None:
    """ "the latest period": the last full quarter."""
    if form.get("SPELL", "HALF") != "P" or form.get("REF") != "latest":
        return None
    back = cal.shift(here, -1, "Q")
    return Value(cal.name_of(back, "Q"), "DATE", cal.unit_around(back, "Q"), "Q")


# --- distances and lengths ---------------------------------------------------------------------------------------


def ago(form: Form, context: Context) -> Value | None:
    """ "two weeks ago", "three days later", "a year earlier", "several years ago"."""
    word = form.get("AGO", "LATER") or "ago"
    here = context.published if word in ("ago", "hence") else context.here
    name = form.get("UNIT", "UNITS") or "D"
    n, named = quantity(form)
    sign = 1 if word in ("later", "hence") else -1
    loose = "FUTURE_REF" if sign > 0 else "PAST_REF"
    if not named and word == "ago":
        return Value("PAST_REF")
    if n is None or not named or here is None:
        return _vaguely_ago(form, here, name, sign, named and n is None) or Value(loose)
    if n == 1 and name == "Y" and sign < 0 and context.quarter:
        back = cal.shift(context.quarter, -1, "Y")
        return Value(cal.name_of(back, "Q"), "DATE", cal.unit_around(back, "Q"), "Q")
    if n != int(n):
        n, name = round(n * 12), "M"
    day = cal.shift(here, sign * int(n), name)
    grain = _grain(name, int(n))
    value = Value(cal.name_of(day, grain), "DATE", cal.unit_around(day, grain), grain)
    bound = form.get("MORE", "ATLEAST", "APPROX")
    if bound == "more" and sign < 0:
        return replace(value, days=Days(None, day))
    if bound == "less" and form.has("THAN") and sign < 0:
        return replace(value, days=Days(day, here))
    return value


def _grain(name: str, n: int) -> str:
    """How exact "N units ago" is: a day in days, the week in weeks (a week ago is the day), and so on."""
    if name == "W":
        return "W" if n > 1 else "D"
    return {"F": "W", "M": "M", "Q": "Q", "Y": "Y", "E": "Y", "C": "Y"}.get(name, "D")


def _vaguely_ago(form: Form, here: date | None, name: str, sign: int, counted: bool) -> Value | None:
    """ "several days ago", "a few hours ago": within the usual reading of the word."""
    if here is None or not counted or name in ("Y", "E", "C", "L"):
        return None
    if name in ("h", "m", "s"):
        return Value("PAST_REF" if sign < 0 else "FUTURE_REF", "DATE", Days(here, here), "D")
    far, near = cal.shift(here, sign * cal.VAGUE[name], name), cal.shift(here, sign, "D")
    days = Days(far, near) if sign < 0 else Days(near, far)
    return Value("PAST_REF" if sign < 0 else "FUTURE_REF", "DATE", days, name)


def duration(form: Form, context: Context) -> Value | None:
    """ "three days", "five-year", "a week", "weeks"."""
    name = form.get("UNITS") or form.get("UNIT")
    if name is None:
        return None
    n, named = quantity(form)
    if form.rule == "year-ended":
        n, named = 1.0, True
    if form.has("HALF"):
        n = (n or 0) + 0.5 if form.has("AND") else 0.5
    if form.has("LONG") and not named:
        n, named = (1.0 if form.has("UNIT") else None), True
    length = (int(n) if n and n == int(n) else cal.VAGUE.get(name, 1), name)
    return Value(iso_length(n if named else None, name), "DURATION", NEVER, name, length)


def span(form: Form, context: Context) -> Value | None:
    """ "the past two months", "recent weeks", "the next few days": counted from publication."""
    ref = form.get("REF")
    name = form.get("UNITS")
    n, named = quantity(form)
    if name is None or ref is None:
        return _counted(form, n, named, name)
    if ref in ("these", "those", "this", "that", "same"):
        return _counted(form, n, named, name) if named else None
    timex = iso_length(n if named else None, name)
    value = Value(timex, "DURATION", NEVER, name, (int(n or cal.VAGUE.get(name, 1)), name))
    here = context.published
    if here is None or ref in ("following", "previous", "latest", "current"):
        return value
    count = int(n) if n else cal.VAGUE.get(name, 1)
    ahead = ref in ("next", "coming")
    other = cal.shift(here, count if ahead else -count, name)
    if ref == "recent" and name in ("Y", "E", "C"):
        return replace(value, days=Days(None, here))
    return replace(value, days=Days(here, other) if ahead else Days(other, here))


def _counted(form: Form, n: float | None, named: bool, name: str | None) -> Value | None:
    """ "the first nine months", "the past three summers"."""
    if name is None:
        return Value(f"XXXX-{form.get('SEASONS')}", "SET") if form.has("SEASONS") else None
    return Value(iso_length(n if named else None, name), "DURATION", NEVER, name, (int(n or 1), name))


def every(form: Form, context: Context) -> Value | None:
    """ "every Monday", "each month", "every two weeks", "Tuesday nights"."""
    part_of_day = form.get("PART", "PARTS")
    tail = f"T{part_of_day}" if part_of_day else ""
    if number := form.get("WEEKDAYS", "WEEKDAY"):
        return Value(f"XXXX-WXX-{number}{tail}", "SET")
    if form.has("MONTH"):
        return Value(f"XXXX-{int(form.get('MONTH') or 1):02d}", "SET")
    if form.has("SEASON"):
        return Value(f"XXXX-{form.get('SEASON')}", "SET")
    if form.has("UNIT", "UNITS"):
        n, named = quantity(form)
        return Value(iso_length(n if named else 1.0, form.get("UNIT", "UNITS") or "D"), "SET")
    return Value(f"XXXX-XX-XX{tail}", "SET")


def nth(form: Form, context: Context) -> Value | None:
    """ "a fifth day", "the second straight night": the days up to the one at hand, from the first of them."""
    units = form.all("UNIT")
    name, here = units[-1] if units else "D", context.published
    if name == "C" and form.has("ORD"):
        return century(form, context)
    n = int(form.get("ORD") or 2)
    if form.has("PART"):
        name = "D"
    if name not in ("D", "W", "M", "Y") or here is None or n < 1:
        return None
    first = cal.shift(here, 1 - n, name)
    if name != "D":
        start = cal.unit_around(first, name).first
        return Value(cal.name_of(here, name), "DATE", Days(start, None), name)
    return Value(here.isoformat(), "DATE", Days(first, None), "nth")


def season(form: Form, context: Context) -> Value | None:
    """ "last fall", "the summer", "the winter of 1994"."""
    name = form.get("SEASON") or "SU"
    here, ref = context.published, form.get("REF")
    found = year(form, context) if form.has("NUM") else None
    number = int(found.timex or 0) if found else _year_of(form, context)
    if number is None:
        if here is None:
            return Value(f"XXXX-{name}")
        number = _season_year(here, name, ref, context)
    return _modified(Value(f"{number}-{name}", "DATE", cal.season(number, name), name), form, context)


def _season_year(here: date, name: str, ref: str | None, context: Context) -> int:
    """The year in which the season meant begins."""
    started, _ = cal.season(here.year, name)
    _, ended = cal.season(here.year, name)
    assert started is not None
    assert ended is not None
    if ref in ("last", "past") and form_is_over(ended, here):
        return here.year
    if ref == "last":
        return here.year - 1 if ended.year == here.year or cal.season(here.year - 1, name)[1] < here else here.year - 2  # type: ignore[operator]
    if ref in ("next", "coming"):
        return here.year if started > here else here.year + 1
    if ref is None and context.tense == PAST and (started - here).days > 45:
        return here.year - 1
    if ref is None and context.tense == FUTURE and ended < here:
        return here.year + 1
    if name == "WI" and here.month < 3:
        return here.year - 1
    return here.year


def form_is_over(ended: date, here: date) -> bool:
    """Whether a season that ended on a day is over."""
    return ended < here


@cache
def _holidays() -> list[timewords.Holiday]:
    return timewords.load().data.holidays


def holiday(form: Form, context: Context) -> Value | None:
    """A feast, in the year named or the one that the verb looks to."""
    feast = _holidays()[int(form.get("HOLIDAY") or 0)]
    ref, here = form.get("REF"), context.published
    if form.has("EACH"):
        return Value(f"XXXX-{feast.month or 4:02d}-{feast.day or 0:02d}".replace("-00", "-XX"), "SET")
    number = int(form.get("YEAR") or 0) or feast.year
    if number is None:
        if here is None:
            return Value(f"XXXX-{feast.month:02d}-{feast.day:02d}" if feast.month and feast.day else None)
        number = _feast_year(feast, here, ref, context)
    day = feast_day(feast, number)
    if form.has("UNIT") and form.get("UNIT") in ("W", "WE"):
        name = form.get("UNIT") or "W"
        return Value(cal.name_of(day, name), "DATE", cal.unit_around(day, name), name)
    return Value(day.isoformat(), "DATE", Days(day, day), "D")


def _feast_year(feast: timewords.Holiday, here: date, ref: str | None, context: Context) -> int:
    this = feast_day(feast, here.year)
    if ref in ("last", "past", "previous"):
        return here.year if this < here else here.year - 1
    if ref in ("next", "coming"):
        return here.year if this > here else here.year + 1
    return _near(replace(context, tense=context.tense), this.month, this.day) or here.year


def feast_day(feast: timewords.Holiday, number: int) -> date:
    """The day of a feast in a year."""
    if feast.easter is not None:
        return cal.easter(number) + timedelta(days=feast.easter)
    if feast.weekday and feast.nth:
        day = cal.nth_weekday(number, feast.month or 1, feast.weekday, feast.nth)
        return day + timedelta(days=feast.shift)
    return date(number, feast.month or 1, feast.day or 1)


def reference(form: Form, context: Context) -> Value | None:
    """ "now", "recently", "the future", "current"."""
    value = form.get("REFERENCE") or {"recent": "PAST_REF", "current": "PRESENT_REF"}[form.get("REF") or "current"]
    return Value(value)


def then(form: Form, context: Context) -> Value | None:
    """ "since then": the date named last."""
    return replace(context.last, type="DATE") if context.last else None


def period(form: Form, context: Context) -> Value | None:
    """ "(during) the Cold War"."""
    first, last = timewords.load().data.periods[int(form.get("PERIOD") or 0)].days
    return Value(f"{first.year}/{last.year}", "DATE", Days(first, last), "period")


def repeated(form: Form, context: Context) -> Value | None:
    """ "daily", "weekly"."""
    return Value(form.get("SET"), "SET")


def blocked(form: Form, context: Context) -> Value | None:
    """Ages and lengths that are no time of anything."""
    return None


RESOLVERS: dict[str, Callable[[Form, Context], Value | None]] = {
    "ago": ago, "blocked": blocked, "calendar": calendar, "century": century, "clock": clock, "day_before": day_before,
    "decade": decade, "duration": duration, "edge": edge, "every": every, "holiday": holiday, "hours": hours, "iso": iso,
    "nth": nth, "part": part, "period": period, "quarter": quarter, "range": day_range, "reference": reference,
    "season": season, "set": repeated, "span": span, "the_unit": the_unit, "then": then, "today": today, "unit": unit,
    "week_of": week_of, "year": year, "year_ago": year_ago,
}  # fmt: skip
