"""The calendar interval of a time expression in its sentence: what "since", "by", "until", "within" make of it."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from tocsin.understand import timecal as cal
from tocsin.understand import timewords
from tocsin.understand.parse import Parse
from tocsin.understand.timecal import Days
from tocsin.understand.timetense import FUTURE, PAST
from tocsin.understand.timevalue import Context, Value

NEVER = Days(None, None)

IN_A_DAY = {"h": 24, "m": 1_440, "s": 86_400}

REACH = 3
"""How many words may stand between a preposition and what it governs."""


@cache
def _tables() -> tuple[dict[str, str], frozenset[str]]:
    data = timewords.load().data
    return data.governors, frozenset(data.between)


def governor(parse: Parse, start: int) -> tuple[str, int]:
    """The preposition that governs the expression at token `start` and its place, or `("", -1)`."""
    governors, between = _tables()
    first = parse.sents[parse.sent[start]][0]
    at = start - 1
    while at >= first and start - at <= REACH + 1:
        word = parse.lower[at]
        if word in governors or word in ("between", "within", "for", "over"):
            return word, at
        if word not in between and not (word == "the" and at == start - 1 and parse.lower[at - 1] == "since"):
            break
        at -= 1
    return "", -1


def interval(parse: Parse, start: int, end: int, value: Value, context: Context) -> Days:
    """The days of the expression of tokens `start` to `end` under its preposition."""
    days = value.days
    word, at = governor(parse, start)
    if value.type == "DURATION" and days == NEVER:
        return _length(parse, start, end, value, word, context)
    if value.type == "SET" or days == NEVER:
        return days
    if value.unit == "nth":
        return days if word == "for" else NEVER
    governors, _ = _tables()
    effect = governors.get(word, "")
    if ("/" in (value.timex or "") and word == "from") or (word == "by" and _is_agent(parse, at, end)):
        return days
    if (effect == "to" and value.clock and context.tense != FUTURE) or (effect == "before" and value.type == "TIME"):
        return days
    if effect == "from" and word == "from" and not _is_open(parse, at, end):
        return days
    return _effect(days, effect)


def _effect(days: Days, effect: str) -> Days:
    if effect == "from":
        return Days(days.first, None)
    if effect == "to":
        return Days(None, days.last)
    if effect == "before" and days.first is not None:
        return Days(None, days.first - timedelta(days=1)) if days.first > date.min else days
    return days


def _is_agent(parse: Parse, at: int, end: int) -> bool:
    """ "hit by Tuesday's earthquake": the "by" names who does it."""
    possessed = end < len(parse) and parse.lower[end] in ("'s", "'")
    return possessed or (parse.dep[at] == "agent" and parse.head[end - 1] >= end)


def _is_open(parse: Parse, at: int, end: int) -> bool:
    """ "closed from Monday" has no end; "a report from 2014", "from Monday's talks" are of that time."""
    if parse.pos[parse.head[at]] in ("NOUN", "PROPN"):
        return False
    return end >= len(parse) or parse.lower[end] not in ("'s", "'")


def _length(parse: Parse, start: int, end: int, value: Value, word: str, context: Context) -> Days:
    """A length that a day anchors: "within two days", "in 48 hours" of what is to come, "has been held for two years",
    "minutes after the attack"."""
    published = context.published
    if published is None or value.length is None:
        return NEVER
    count, unit = value.length
    after = parse.lower[end] if end < len(parse) else ""
    if after in ("after", "before") and count < IN_A_DAY.get(unit, 0):
        return Days(context.story, context.story)
    if after in ("of", "after", "before", "-", "from", "later", "earlier"):
        return NEVER
    if word == "within":
        if context.tense == PAST:
            return NEVER
        return Days(published, cal.shift(published, cal.VAGUE[unit] if "X" in (value.timex or "") else count, unit))
    if parse.lower[start - 1 : start] == ["in"] and context.tense == FUTURE and parse.lower[start] not in ("a", "an"):
        day = cal.shift(published, count, unit)
        if unit in ("h", "m", "s"):
            return Days(published, day)
        return cal.unit_around(day, unit) if unit in ("M", "Y") else Days(day, day)
    since = cal.shift(published, -count, unit)
    if word == "for" and _has_lasted(parse, start):
        return Days(since, None)
    if _in(parse, start) and value.timex != f"P1{unit}" and _has_lasted(parse, start):
        return Days(since, published)
    return NEVER


def _in(parse: Parse, start: int) -> bool:
    """Whether "in" stands before, at most with "less than" or its like between."""
    return "in" in parse.lower[max(0, start - 1) : start]


def _has_lasted(parse: Parse, start: int) -> bool:
    """Whether the verb above is in the present perfect."""
    i = start
    for _ in range(6):
        if parse.pos[i] in ("VERB", "AUX") and i != start:
            aux = {parse.lower[k] for k in parse.children[i] if parse.dep[k] in ("aux", "auxpass")}
            return bool(aux & {"has", "have", "'ve"}) and not aux & {"would", "could", "may", "might", "to"}
        if parse.head[i] == i:
            return False
        i = parse.head[i]
    return False


def pair(parse: Parse, left: tuple[int, int, Value, Days], right: tuple[int, int, Value, Days]) -> Days | None:
    """The one interval of "between X and Y", "from X to Y", "X or Y"; `None` where the two do not belong together."""
    gap = parse.lower[left[1] : right[0]]
    words = [w for w in gap if w not in (",", "on", "the", "about", "around", "in")]
    if not words or len(words) > 2 or len(gap) > 3:
        return None
    a, b = left[2].days, right[2].days
    if a.first is None or b.last is None:
        return None
    governing, _ = governor(parse, left[0])
    if a.first > b.last and governing in ("between", "from") and left[2].unit in ("M", "D"):
        a = Days(cal.shift(a.first, -1, "Y"), b.last)
    if a.first is None or a.first > b.last:
        return None
    if governing == "from" and words[0] in ("to", "until", "till", "through", "into", "-"):
        return Days(a.first, b.last)
    if governing == "between" and words == ["and"]:
        return Days(a.first, b.last)
    if words in (["-"], ["to"], ["through"], ["or"]) and left[2].unit == right[2].unit:
        return Days(a.first, b.last)
    return None
