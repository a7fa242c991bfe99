"""Times that an event lends to the clause above it: "since the war began on March 2", "after the 7 July bombings".

The date in such a phrase says when the event inside it happened; what the phrase hangs from gets another interval.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from msgspec.structs import replace

from tocsin.model import Time
from tocsin.understand import timecal as cal
from tocsin.understand import timewords
from tocsin.understand.parse import Parse

MARKS = frozenset({"mark", "prep", "advmod", "pcomp"})
DAY = re.compile(r"\d{4}(-\d\d){0,2}")
GRAINS = {4: "Y", 7: "M", 10: "D"}
"""The unit of a TIMEX3 value of digits, by its length."""


@cache
def _effects() -> dict[str, str]:
    """The prepositions and conjunctions that make a bound of an event, and which."""
    data = timewords.load().data
    return {word: data.governors[word] for word in data.bounding}


def clause_times(parse: Parse, times: list[Time]) -> list[tuple[int, Time]]:
    """For each phrase that bounds its clause by a dated event: the token of "since", "until", "after", "before" (its
    head, or its head's head where it marks a clause, is what the time holds for), and the time, whose span runs
    from that token to the end of the date."""
    effects = _effects()
    found = []
    for k, word in enumerate(parse.lower):
        if word not in effects or parse.dep[k] not in MARKS:
            continue
        inside = _within(parse, k)
        if inside is None:
            continue
        first = next((time for time in times if _dated(parse, time, *inside)), None)
        if first is None or parse.tokens_in(first)[0] == k + 1 or not _direct(parse, first, k):
            continue
        start, end = k, parse.tokens_in(first)[1]
        mention = parse.tokens(start, end)
        low, high = _bounded(first, effects[word])
        found.append((k, Time(text=mention.text, start=mention.start, end=mention.end, from_=low, to=high,
                              timex=first.timex, type=first.type)))  # fmt: skip
    return found


def own_time(parse: Parse, time: Time, event: int) -> Time:
    """The time of an event that is told inside a date that bounds something else: of "killed since 1985, when the zone
    was made" the year for what was made then. For any other event, the time as it is."""
    timex = time.timex or ""
    if not DAY.fullmatch(timex) or not _is_then(parse, time, event):
        return time
    first = date.fromisoformat(timex + "-01-01"[len(timex) - 4 :])
    days = cal.unit_around(first, GRAINS[len(timex)])
    return replace(time, from_=str(days.first), to=str(days.last))


def _is_then(parse: Parse, time: Time, event: int) -> bool:
    """Whether an event lies in the clause with "when" right behind the time."""
    at = parse.tokens_in(time)[1]
    at += at < len(parse) and parse.pos[at] == "PUNCT"
    if at >= len(parse) or parse.lower[at] != "when":
        return False
    verb = parse.head[at]
    return at < verb and (event == verb or verb in parse.ancestors(event))


def bounds(parse: Parse, k: int) -> int:
    """What a phrase that begins at token `k` holds for: the head of a preposition; of a conjunction, the head of its
    clause's verb."""
    head = parse.head[k]
    return parse.head[head] if parse.dep[k] in ("mark", "advmod") else head


def _within(parse: Parse, k: int) -> tuple[int, int] | None:
    """The tokens (end-exclusive) of the event that the word at `k` introduces."""
    if parse.dep[k] in ("mark", "advmod"):
        verb = parse.head[k]
        if verb < k or parse.dep[verb] not in ("advcl", "pcomp", "ccomp"):
            return None
        return k + 1, parse.right[verb] + 1
    return (k + 1, parse.right[k] + 1) if parse.right[k] > k else None


def _dated(parse: Parse, time: Time, low: int, high: int) -> bool:
    """Whether a time with days lies between tokens `low` and `high`."""
    if (time.from_ is None and time.to is None) or time.type in ("SET", "DURATION"):
        return False
    start, end = parse.tokens_in(time)
    return low <= start and end <= high


def _direct(parse: Parse, time: Time, k: int) -> bool:
    """Whether the time belongs to the event at once, with no further clause between; and the event is not measured
    from ("two days after")."""
    if k and parse.lemma[k - 1] in timewords.load().word and parse.sent[k - 1] == parse.sent[k]:
        return False
    end = parse.tokens_in(time)[1]
    top = parse.head[k] if parse.dep[k] in ("mark", "advmod") else k
    i = end - 1
    while i != top:
        if parse.dep[i] in ("relcl", "acl", "advcl", "ccomp", "xcomp") or parse.head[i] == i:
            return False
        i = parse.head[i]
    return True


def _bounded(time: Time, effect: str) -> tuple[str | None, str | None]:
    """The interval that begins or ends with the event's."""
    if effect == "from":
        return time.from_, None
    if effect == "before" and time.from_:
        return None, (date.fromisoformat(time.from_) - timedelta(days=1)).isoformat()
    return None, time.to
