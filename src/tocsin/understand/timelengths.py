"""Values of lengths and distances: "three days", "the past two months", "a week ago", "every Monday"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tocsin.understand import timecal as cal
from tocsin.understand.timecal import Days
from tocsin.understand.timeforms import Form
from tocsin.understand.timevalue import NEVER, Context, Value, iso_length, quantity


def ago(form: Form, context: Context) -> Value | None:
    """ "two weeks ago", "three days later", "a year earlier", "several years ago"."""
    word = form.get("AGO", "LATER", "FROM") or "ago"
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
    if day in (date.min, date.max):
        return Value(loose)
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
    if form.has("LONG") and not named:
        n, named = (1.0 if form.has("UNIT") else None), True
    length = (int(n) if n and n == int(n) else cal.VAGUE.get(name, 1), name)
    return Value(iso_length(n if named else None, name), "DURATION", NEVER, name, length)


def span(form: Form, context: Context) -> Value | None:
    """ "the past two months", "recent weeks", "the next few days": counted from publication."""
    ref = form.ref
    name = form.get("UNITS")
    n, named = quantity(form)
    if name is None or ref is None:
        return _counted(form, n, named, name)
    if ref == "last" and not named and not form.has("THE"):
        return None
    if ref in ("these", "those", "this", "that", "same"):
        return _counted(form, n, named, name) if named else None
    timex = iso_length(n if named else None, name)
    value = Value(timex, "DURATION", NEVER, name, (int(n or cal.VAGUE.get(name, 1)), name))
    here = context.published
    if here is None or ref in ("following", "latest", "current"):
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
