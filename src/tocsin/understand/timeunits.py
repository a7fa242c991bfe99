"""Values of calendar units: "last week", "the third quarter", "the end of the year", "the 20th century"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from tocsin.understand import timecal as cal
from tocsin.understand.timecal import Days
from tocsin.understand.timeclock import part, today
from tocsin.understand.timedates import calendar, decade, season, year, year_of
from tocsin.understand.timeforms import Form
from tocsin.understand.timetense import FUTURE, OPEN, PAST
from tocsin.understand.timevalue import NEVER, Context, Value, iso_length, modified

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
    if (
        form.rule == "ref-unit"
        and form.has("THE")
        and ref in ("last", "next")
        and name in ("W", "M", "Y", "E")
        and not form.has("MOD", "LATER")
    ):
        return replace(value, days=_rolling(form, context, "past" if ref == "last" else "coming", name).days)
    if name == "F":
        value = replace(value, days=Days(cal.week(day).first, cal.week(day + timedelta(days=7)).last))
    if name == "Q" and len(units) > 1 and units[1] == "Y":
        return None
    return modified(value, form, context)


def _stepped(here: date, ref: str, name: str, context: Context) -> date:
    """A day in the unit meant."""
    if name == "WE":
        past = cal.weekday_before(here, 6, strictly=False)
        if ref == "this":
            return (
                past
                if here.isoweekday() < (4 if context.tense == PAST else 3 if context.tense == OPEN else 1)
                else here
            )
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
    here = context.here if form.get("UNIT") == "D" else context.epoch or context.published
    name = form.get("UNIT") or "Y"
    if form.has("YEAR"):
        return year(form, context)
    if form.rule == "year-ended" and name in ("Y", "M", "W"):
        return Value(iso_length(1, name), "DURATION", NEVER, name, (1, name))
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
    here = context.epoch or context.published
    if here is None or name in ("s", "m", "h"):
        return None
    value = Value(cal.name_of(here, name), "DATE", cal.unit_around(here, name), name)
    return replace(value, timex=f"{here.year}-12") if name == "Y" and form.rule == "unit-edge" else value


def century(form: Form, context: Context) -> Value | None:
    """ "the 20th century"."""
    n = int(form.get("ORD") or 2)
    if form.all("UNIT")[-1] != "C" or n < 1:
        return nth(form, context) if form.all("UNIT")[-1] == "D" else quarter(form, context)
    return modified(Value(f"{n - 1:02d}", "DATE", cal.years((n - 1) * 100, n * 100 - 1), "C"), form, context)


def part_of(form: Form, context: Context) -> Value | None:
    """ "the first week of January", "the last days of May", "the first half of June"."""
    at = next(i for i, slot in enumerate(form.slots) if slot.name == "OF")
    whole = replace(form, slots=form.slots[at + 1 :], rule="month")
    outer = calendar(whole, context) if whole.has("MONTH") else year(whole, context)
    if outer is None or outer.days.first is None or outer.days.last is None:
        return outer
    head = form.slots[at - 1]
    n = -1 if form.ref == "last" else int(form.get("ORD") or 2)
    return replace(outer, days=_piece(outer.days.first, outer.days.last, n, head.value, head.name == "UNITS"))


def _piece(first: date, last: date, n: int, name: str, several: bool) -> Days:
    """The `n`th (-1 the last) half, week, day, month of a longer stretch; "the first days" are a week."""
    if name == "H":
        middle = first.replace(day=15) if first.month == last.month else date(first.year, 6, 30)
        return Days(first, middle) if n == 1 else Days(middle + timedelta(days=1), last)
    if name not in ("D", "W", "M", "WE"):
        return Days(first, last)
    size = 7 if several and name == "D" else 1
    if n == -1:
        return Days(max(first, cal.shift(last, -size, name) + timedelta(days=1)), last)
    start = cal.shift(first, (n - 1) * size, name)
    end = cal.shift(start, size, name) - timedelta(days=1)
    return Days(start, min(end, last)) if first <= start <= last else Days(first, last)


def quarter(form: Form, context: Context) -> Value | None:
    """ "the third quarter", "the first half of 1990", "next year's first quarter"."""
    units = form.all("UNIT", "HALF")
    if form.rule == "quarter-of-year":
        return _quarter_of(form, context)
    n = int(form.get("ORD") or (-1 if form.ref == "last" and "H" in units else 2))
    name = "H" if "H" in units else "Q" if "Q" in units else ""
    if not name:
        return part_of(form, context) if form.has("OF") else nth(form, context)
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
    named = year_of(form, context)
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
        return quarter(
            replace(form, slots=tuple(s for s in form.slots if s.name != "YEAR")), replace(context, published=back)
        )
    return Value(cal.name_of(back, "Q"), "DATE", cal.unit_around(back, "Q"), "Q")


def _latest(form: Form, here: date) -> Value | None:
    """ "the latest period": the last full quarter."""
    if form.get("SPELL", "HALF") != "P" or form.ref != "latest":
        return None
    back = cal.shift(here, -1, "Q")
    return Value(cal.name_of(back, "Q"), "DATE", cal.unit_around(back, "Q"), "Q")


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
    return Value(here.isoformat(), "DATE", Days(first, None), "nth", (n, "D"))
