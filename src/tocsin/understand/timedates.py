"""Values of dates: years, months, days of the month and the week, decades, seasons, feasts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from tocsin.understand import timecal as cal
from tocsin.understand import timewords
from tocsin.understand.timecal import Days
from tocsin.understand.timeforms import Form
from tocsin.understand.timetense import FUTURE, PAST
from tocsin.understand.timevalue import NEVER, Context, Value, modified


def year_of(form: Form, context: Context) -> int | None:
    """The year that is named, outright or as "last year"."""
    if named := form.get("YEAR"):
        return int(named)
    if form.rule == "month" and form.has("NUM"):
        spoken = year(replace(form, slots=tuple(slot for slot in form.slots if slot.name == "NUM")), context)
        return int(spoken.timex or 0) if spoken else None
    if form.get("UNIT") == "Y" and form.ref in ("that", "same") and context.last and context.last.days.first:
        return context.last.days.first.year
    if form.get("UNIT") == "Y" and context.published:
        return context.published.year + {"last": -1, "previous": -1, "next": 1, "following": 1}.get(form.ref or "", 0)
    return None


def valid(year: int, month: int, day: int) -> date | None:
    """The date, if there is one."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


AHEAD_OF_PAST, BEHIND_FUTURE = 95, 35
"""How many days a date without a year may lie on the other side of publication than its verb's tense says."""


def near(context: Context, month: int, day: int | None, weekday: str | None = None) -> int | None:
    """The year of a date given without one: the year that its weekday agrees with, or that puts it nearest to
    publication, with a year that the verb's tense shifts. A month counts as past unless its verb looks ahead."""
    if context.epoch:
        return _in_epoch(context.epoch, month, day)
    here = context.published
    if here is None:
        return None
    if day is None:
        ahead = (month - here.month) % 12
        reach = {PAST: 1, FUTURE: 11}.get(context.tense, 3)
        return here.year + (1 if month < here.month else 0) if ahead <= reach else here.year - (month > here.month)
    found = [(year, on) for year in (here.year - 1, here.year, here.year + 1) if (on := valid(year, month, day))]
    if weekday and (fits := [pair for pair in found if pair[1].isoweekday() == int(weekday)]):
        found = fits
    low, high = {PAST: (-366, AHEAD_OF_PAST), FUTURE: (-BEHIND_FUTURE, 366)}.get(context.tense, (-366, 366))
    inside = [pair for pair in found if low <= (pair[1] - here).days <= high] or found
    return min(inside, key=lambda pair: _far((pair[1] - here).days, context.tense))[0] if inside else None


def _in_epoch(epoch: date, month: int, day: int | None) -> int:
    """The year of a date in a look back: the story goes on from the day that it has reached."""
    if day is None:
        return epoch.year + (1 if epoch.month - month > 6 else 0)
    gap = (month - epoch.month) * 30 + day - epoch.day
    return epoch.year + (1 if gap < -120 else 0)


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
    year = year_of(form, context)
    if year is None:
        if on and form.ref in ("last", "past"):
            context = replace(context, tense=PAST)
        year = (
            _referred_month(form.ref, context, month) if on is None else near(context, month, on, form.get("WEEKDAY"))
        )
    if year is None:
        return Value(f"XXXX-{month:02d}" + (f"-{on:02d}" if on else ""))
    if on:
        exact = valid(year, month, on)
        return _with_part(Value(exact.isoformat(), "DATE", Days(exact, exact), "D"), form, context) if exact else None
    return modified(Value(f"{year:04d}-{month:02d}", "DATE", cal.month(year, month), "M"), form, context)


def _referred_month(ref: str | None, context: Context, month: int) -> int | None:
    """The year of "last March", "next March", "this March", "that March", "March"."""
    here = context.published
    if context.epoch and ref in (None, "that", "same"):
        return near(context, month, None)
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
    return near(context, month, None)


def _weekday(form: Form, context: Context) -> Value | None:
    """A day of the week: the latest one, the next one where the verb looks ahead."""
    number = int(form.get("WEEKDAY") or 1)
    ref, here = form.ref, context.published
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
    exact = valid(year, month, day[0])
    return Value(text, "DATE", Days(exact, exact), "D") if exact else None


def day_range(form: Form, context: Context) -> Value | None:
    """ "May 3-5", "3-5 May", "2006-2007"."""
    days = [int(d) for d in (form.get("DAYS") or " ".join(form.all("DAY"))).split()]
    if not form.has("MONTH"):
        a, b = ([*form.all("YEAR"), form.get("DAY", "NUMBER") or ""])[:2]
        return _years(int(a), int(b if len(b) == 4 else a[:2] + b.zfill(2))) if len(b) in (2, 4) else None
    month = int(form.get("MONTH") or 1)
    year = year_of(form, context) or near(context, month, days[0])
    if year is None:
        return Value(f"XXXX-{month:02d}-{days[0]:02d}")
    first, last = valid(year, month, days[0]), valid(year, month, days[1])
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
        found = (
            _decade(text[1:], context) if text[0] == "d" else Value(text, "DATE", cal.years(int(text), int(text)), "Y")
        )
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
    return modified(Value(f"{n:04d}", "DATE", cal.years(n, n), "Y"), form, context)


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
    return modified(_decade(form.get("DECADE", "DECADEWORD") or "0", context), form, context)


def season(form: Form, context: Context) -> Value | None:
    """ "last fall", "the summer", "the winter of 1994"."""
    name = form.get("SEASON") or "SU"
    here, ref = context.published, form.ref
    found = year(form, context) if form.has("NUM") else None
    number = int(found.timex or 0) if found else year_of(form, context)
    if number is None:
        if ref is None and context.epoch:
            number = context.epoch.year - (1 if name == "WI" and context.epoch.month < 3 else 0)
        elif here is None:
            return Value(f"XXXX-{name}")
        else:
            number = _season_year(here, name, ref, context)
    return modified(Value(f"{number}-{name}", "DATE", cal.season(number, name), name), form, context)


def _season_year(here: date, name: str, ref: str | None, context: Context) -> int:
    """The year in which the season meant begins."""
    started, _ = cal.season(here.year, name)
    _, ended = cal.season(here.year, name)
    assert started is not None
    assert ended is not None
    if ref in ("last", "past") and ended < here:
        return here.year
    if ref in ("last", "past"):
        before = cal.season(here.year - 1, name).last
        return here.year - 1 if before is not None and before < here else here.year - 2
    if ref in ("next", "coming"):
        return here.year if started > here else here.year + 1
    if ref is None and context.tense == PAST and (started - here).days > 45:
        return here.year - 1
    if ref is None and context.tense == FUTURE and ended < here:
        return here.year + 1
    if name == "WI" and here.month < 3:
        return here.year - 1
    return here.year


@cache
def _holidays() -> list[timewords.Holiday]:
    return timewords.load().data.holidays


def holiday(form: Form, context: Context) -> Value | None:
    """A feast, in the year named or the one that the verb looks to."""
    feast = _holidays()[int(form.get("HOLIDAY") or 0)]
    ref, here = form.ref, context.published
    if form.has("EACH"):
        return Value(f"XXXX-{feast.month or 4:02d}-{feast.day or 0:02d}".replace("-00", "-XX"), "SET")
    number = int(form.get("YEAR") or 0) or feast.year
    if number and feast.year and here and feast_day(feast, number) > here:
        number = None
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
    return near(replace(context, tense=context.tense), this.month, this.day) or here.year


def feast_day(feast: timewords.Holiday, number: int) -> date:
    """The day of a feast in a year."""
    if feast.easter is not None:
        return cal.easter(number) + timedelta(days=feast.easter)
    if feast.weekday and feast.nth:
        day = cal.nth_weekday(number, feast.month or 1, feast.weekday, feast.nth)
        return day + timedelta(days=feast.shift)
    return date(number, feast.month or 1, feast.day or 1)
