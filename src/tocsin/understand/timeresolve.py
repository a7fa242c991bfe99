"""The value of a match: one resolver for each `does` of `times.yaml`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tocsin.understand import timewords
from tocsin.understand.timecal import Days
from tocsin.understand.timeclock import clock, hours, part, today
from tocsin.understand.timedates import calendar, day_range, decade, holiday, iso, season, year
from tocsin.understand.timeforms import Form
from tocsin.understand.timelengths import ago, duration, every, span
from tocsin.understand.timeunits import (
    century,
    day_before,
    edge,
    nth,
    part_of,
    quarter,
    the_unit,
    unit,
    week_of,
    year_ago,
)
from tocsin.understand.timevalue import Context, Value


def reference(form: Form, context: Context) -> Value | None:
    """ "now", "recently", "the future", "current"."""
    value = form.get("REFERENCE") or {"recent": "PAST_REF", "current": "PRESENT_REF"}[form.get("REF") or "current"]
    return Value(value)


def repeated(form: Form, context: Context) -> Value | None:
    """ "daily", "weekly"."""
    return Value(form.get("SET"), "SET")


def then(form: Form, context: Context) -> Value | None:
    """ "since then": the date named last."""
    return replace(context.last, type="DATE") if context.last else None


def period(form: Form, context: Context) -> Value | None:
    """ "(during) the Cold War"."""
    first, last = timewords.load().data.periods[int(form.get("PERIOD") or 0)].days
    return Value(f"{first.year}/{last.year}", "DATE", Days(first, last), "period")


def blocked(form: Form, context: Context) -> Value | None:
    """Ages and lengths that are no time of anything."""
    return None


def resolve(form: Form, context: Context) -> Value | None:
    """The value of a match; `None` if it is no time expression after all."""
    return RESOLVERS[form.does](form, context)


RESOLVERS: dict[str, Callable[[Form, Context], Value | None]] = {
    "ago": ago, "blocked": blocked, "calendar": calendar, "century": century, "clock": clock,
    "day_before": day_before, "decade": decade, "duration": duration, "edge": edge, "every": every,
    "holiday": holiday, "hours": hours, "iso": iso, "nth": nth, "part": part, "part_of": part_of,
    "period": period, "quarter": quarter,
    "range": day_range, "reference": reference, "season": season, "set": repeated, "span": span,
    "the_unit": the_unit, "then": then, "today": today, "unit": unit, "week_of": week_of, "year": year,
    "year_ago": year_ago,
}  # fmt: skip
