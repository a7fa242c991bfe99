"""Times that are measured from the clause above: "he said, a day after the council passed it".

The length and its "after" say when the event inside happened, counted from when the clause above did: on the one day
named there, or, where it tells today's news, on the day of publication. (TimeML writes the same as a TLINK from the
length to both events.)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from tocsin.model import Time
from tocsin.understand import timecal as cal
from tocsin.understand import timewords
from tocsin.understand.grammar import VERBAL
from tocsin.understand.parse import Parse

LENGTH = re.compile(r"P(\d+)([DWMY])")
GRAINS = {"D": "D", "W": "D", "M": "M", "Y": "M"}
"""How exact a day that lies so many units off is known."""

TODAY = frozenset({"VBZ", "VBP"})


def measured_times(parse: Parse, times: Sequence[Time], published: str | None) -> Iterator[tuple[int, Time]]:
    """For each event that another is told to follow, or to come before, by a length: its head token and its time, whose
    span is the length with the "after"."""
    for time in times:
        match = LENGTH.fullmatch(time.timex or "") if time.type == "DURATION" and parse.holds(time) else None
        if match is None:
            continue
        start, mark = parse.tokens_in(time)
        sign = timewords.load().data.sides.get(parse.lower[mark]) if mark < len(parse) else None
        inner = _inside(parse, mark) if sign else -1
        if sign is None or inner < 0 or (start and parse.pos[start - 1] == "ADP") or _loose(parse, start):
            continue
        day = _above(parse, times, range(start, _end(parse, mark, inner)), inner, published)
        if day is None:
            continue
        unit = match[2]
        days = cal.unit_around(cal.shift(day, -sign * int(match[1]), unit), GRAINS[unit])
        if days.first and days.last:
            mention = parse.tokens(start, mark + 1)
            yield inner, Time(text=mention.text, start=mention.start, end=mention.end, from_=days.first.isoformat(),
                              to=days.last.isoformat(), timex=cal.name_of(days.first, GRAINS[unit]))  # fmt: skip


def _loose(parse: Parse, start: int) -> bool:
    """Whether a length is only bounded: "more than a week after"."""
    words = timewords.load().data.words
    near = parse.lower[max(start - 2, 0) : start + 1]
    return any(word in words["MORE"] or word in words["ATLEAST"] for word in near)


def _inside(parse: Parse, mark: int) -> int:
    """The event after the word at `mark`: the verb of its clause, the noun or gerund of its phrase; or -1."""
    if parse.dep[mark] == "mark":
        return parse.head[mark] if parse.head[mark] > mark else -1
    if parse.dep[mark] != "prep":
        return -1
    return next((k for k in parse.children[mark] if k > mark and parse.dep[k] in ("pobj", "pcomp")), -1)


def _end(parse: Parse, mark: int, inner: int) -> int:
    return max(parse.right[mark], parse.right[inner]) + 1


def _above(parse: Parse, times: Sequence[Time], phrase: range, inner: int, published: str | None) -> date | None:
    """The day of the clause above: the only one that it names; where it names none, that of publication, if it tells
    today's news. None where the event inside has a time of its own."""
    verb, days = _verb_above(parse, phrase.start, inner), set()
    for time in times:
        if not parse.holds(time) or (time.from_ is None and time.to is None):
            continue
        at = parse.tokens_in(time)[0]
        own = _verb_of(parse, at)
        if at in phrase and (own == inner or own not in phrase):
            return None
        if parse.sent[at] == parse.sent[inner] and own == verb:
            days.add((time.from_, time.to))
    if not days:
        return date.fromisoformat(published[:10]) if published and verb >= 0 and _is_news(parse, verb) else None
    first, last = days.pop()
    return date.fromisoformat(first) if first and first == last and not days else None


def _verb_above(parse: Parse, start: int, inner: int) -> int:
    """The verb of the clause that a measured event hangs from, or -1."""
    above = (k for k in parse.ancestors(inner) if k < start or k > parse.right[inner])
    return next((k for k in above if parse.pos[k] in VERBAL), -1)


def _verb_of(parse: Parse, i: int) -> int:
    return next((k for k in parse.ancestors(i) if parse.pos[k] in VERBAL), -1)


def _is_news(parse: Parse, verb: int) -> bool:
    """Whether a clause tells what is new: in the present tense, as somebody's words, or as what "came after"."""
    around = parse.children[verb]
    return (
        parse.tag[verb] in TODAY
        or any(parse.dep[k] == "aux" and parse.tag[k] in TODAY for k in around)
        or any(parse.dep[k] == "ccomp" for k in around)
        or parse.lemma[verb] in timewords.load().data.succeeding
    )
