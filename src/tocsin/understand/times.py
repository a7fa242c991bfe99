"""Time expressions: every TIMEX3 of a text with its value and the calendar days it covers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from tocsin.model import Time
from tocsin.understand import timecal, timecheck, timeforms, timespan, timetense, timewords
from tocsin.understand.parse import Parse
from tocsin.understand.timecal import Days
from tocsin.understand.timeforms import Form
from tocsin.understand.timeresolve import resolve
from tocsin.understand.timevalue import Context, Value

Found = tuple[int, int, Value, Days]
"""Tokens `start` to `end` (exclusive), the value, the interval under its preposition."""


def find_times(parse: Parse, published: str | None) -> list[Time]:
    """All time expressions in the order of the text, without overlap.

    `published` is the ISO date (or date and hour) of publication; without it, relative expressions keep a value with
    X for what is unknown, and no days.
    """
    day = _day(published)
    found = _joined(parse, _found(parse, day))
    return [_time(parse, one) for one in found]


def _day(published: str | None) -> date | None:
    return date.fromisoformat(published[:10]) if published else None


def _found(parse: Parse, published: date | None) -> list[Found]:
    """Each match with its value, read in order, so that a later one can count from the day the story has reached."""
    forms = [form for form in timeforms.find(parse) if timecheck.holds(parse, form)]
    story: date | None = None
    last: Value | None = None
    quarter, since = None, 0
    epoch: date | None = None
    history = _is_history(forms, published)
    found: list[Found] = []
    values: list[tuple[Form, Value, Context]] = []
    for form in forms:
        tense = timetense.direction(parse, form.start, form.end)
        word, at = timespan.governor(parse, form.start)
        sent = parse.sent[form.start]
        context = Context(
            published, story, _settled(word, tense, _opens(parse, at)), last, quarter if sent - since <= 3 else None,
            epoch if history else None,
        )  # fmt: skip
        value = resolve(form, context)
        if value is None:
            continue
        values.append((_trimmed(parse, form), value, replace(context, tense=tense)))
        first = value.days.first
        if first is None or (value.type != "DATE" and value.days.last != first):
            continue
        last = value
        if _looks_back(form, value, context):
            epoch = first
        elif form.has("YEAR") or form.has("TODAY", "WEEKDAY"):
            epoch = None
        if value.unit == "Q" and form.rule not in ("ago", "year-ago-quarter"):
            quarter, since = first, sent
        if first == value.days.last and not value.clock and (published is None or first <= published):
            story = first
    for k, (form, value, context) in enumerate(values):
        if value.clock:
            value = _clock_with_day(parse, values, k)
        if value.unit == "nth" and (ended := _ended(values, k)) is not None:
            found.append((form.start, form.end, value, ended))
            continue
        if value.type == "DURATION" and (measured := _measured(parse, values, k)) is not None:
            found.append((form.start, form.end, value, measured))
            continue
        days = timespan.interval(parse, form.start, form.end, value, context)
        found.append((form.start, form.end, value, days))
    return found


def _opens(parse: Parse, at: int) -> bool:
    """Whether the preposition opens its sentence or follows "up" ("Until Thursday they had not"): it may look back."""
    return at >= 0 and (at == parse.sents[parse.sent[at]][0] or parse.lower[at - 1] == "up")


def _settled(word: str, tense: int, opens: bool) -> int:
    """The tense, corrected by the preposition: an end in the calendar lies ahead, a start behind."""
    if word in ("since", "following"):
        return timetense.PAST
    if word in timewords.load().lists["forward"]:
        return tense if opens and tense == timetense.PAST else timetense.FUTURE
    if word == "by":
        return timetense.FUTURE if tense == timetense.FUTURE else timetense.OPEN
    return tense


def _trimmed(parse: Parse, form: Form) -> Form:
    """Without an article that belongs to a noun behind ("the 1992 protests", "a third-quarter loss")."""
    if form.slots[0].name in ("THE", "A") and parse.head[form.start] >= form.end and form.end - form.start > 1:
        return replace(form, start=form.start + 1)
    return form


HISTORY = 3
"""How many full dates of years gone by there must be, and how many times as many as words of the day."""


def _is_history(forms: list[Form], published: date | None) -> bool:
    """Whether a text tells of the past by its dates, not of today: then a date without a year goes on from the last."""
    if published is None:
        return True
    full = sum(form.has("MONTH") and int(form.get("YEAR") or 9999) < published.year - 1 for form in forms)
    fresh = sum(form.has("TODAY", "WEEKDAY") or (form.does == "unit" and form.has("REF")) for form in forms)
    return full >= HISTORY and full >= HISTORY * fresh


def _looks_back(form: Form, value: Value, context: Context) -> bool:
    """Whether a date is of a year well before publication, by its own words or by those of a date just before."""
    first = value.days.first
    if first is None or value.unit not in ("D", "M", "Y") or not form.has("YEAR", "MONTH"):
        return False
    if context.published is not None and first.year >= context.published.year - 1:
        return False
    return form.has("YEAR") or (form.has("MONTH") and context.epoch is not None)


def _ended(values: list[tuple[Form, Value, Context]], k: int) -> Days | None:
    """The days of "for a third night on Monday": up to the one named behind."""
    form, value, _ = values[k]
    if k + 1 == len(values) or value.length is None:
        return None
    other, near, _ = values[k + 1]
    last = near.days.last
    if other.start - form.end > 1 or near.unit != "D" or last is None:
        return None
    return Days(last - timedelta(days=value.length[0] - 1), last)


def _measured(parse: Parse, values: list[tuple[Form, Value, Context]], k: int) -> Days | None:
    """The day of "two days after the vote on Monday": a length counted from a date in what follows."""
    form, value, _ = values[k]
    mark = form.end
    if mark >= len(parse) or parse.lower[mark] not in ("after", "before") or k + 1 == len(values):
        return None
    other, near, _ = values[k + 1]
    inside = max(parse.right[mark], parse.right[parse.head[mark]] if parse.head[mark] > mark else mark)
    if value.length is None or near.unit != "D" or near.days.first is None or not other.end <= inside + 1:
        return None
    count, unit = value.length
    day = timecal.shift(near.days.first, count if parse.lower[mark] == "after" else -count, unit)
    return timecal.unit_around(day, unit if unit in ("M", "Y") else "D")


def _clock_with_day(parse: Parse, values: list[tuple[Form, Value, Context]], k: int) -> Value:
    """An hour takes its day from an expression beside it ("at 4 p.m. local time on Monday", "Monday at 4 p.m.")."""
    form, value, _ = values[k]
    for j in (k + 1, k - 1):
        if not 0 <= j < len(values):
            continue
        other, near, _ = values[j]
        gap = other.start - form.end if j > k else form.start - other.end
        if gap > 7 or near.unit != "D" or near.clock or near.days.first is None:
            continue
        if parse.sent[other.start] != parse.sent[form.start] or (j < k and gap > 2):
            continue
        return replace(value, timex=f"{near.days.first.isoformat()}T{value.clock}", days=near.days)
    return value


def _joined(parse: Parse, found: list[Found]) -> list[Found]:
    """Two expressions that bound one interval ("from Monday to Thursday") both get the whole of it."""
    out = list(found)
    for k in range(len(out) - 1):
        left, right = out[k], out[k + 1]
        both = timespan.pair(parse, left, right)
        if both is not None:
            out[k], out[k + 1] = (*left[:3], both), (*right[:3], both)
    return out


def _time(parse: Parse, found: Found) -> Time:
    start, end, value, days = found
    mention = parse.tokens(start, end)
    return Time(
        text=mention.text, start=mention.start, end=mention.end,
        from_=days.first.isoformat() if days.first else None, to=days.last.isoformat() if days.last else None,
        timex=value.timex, type=value.type,
    )  # fmt: skip
