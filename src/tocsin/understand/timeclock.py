"""Values of hours and parts of the day, and of "today" and its kin."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tocsin.understand.timecal import Days
from tocsin.understand.timedates import calendar
from tocsin.understand.timeforms import Form
from tocsin.understand.timelengths import duration
from tocsin.understand.timevalue import Context, Value


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
    ref = form.ref
    if form.has("MONTH", "WEEKDAY"):
        return calendar(form, context)
    here = context.published if ref in ("this", "last") else context.here
    if here is None:
        return Value(f"XXXX-XX-XXT{name}", "TIME")
    day = here + timedelta(days={"last": -1, "next": 1, "following": 1, "previous": -1}.get(ref or "", 0))
    open_day = "" if ref else name
    return Value(f"{day.isoformat()}T{name}", "TIME", Days(day, day), "D", clock=open_day)


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
