"""A situation in the words of its claims: title, span of time, place, history, status now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from tocsin.judgement import Link, Situation, Told, Turn
from tocsin.link.events import Event, narrower
from tocsin.link.nearness import Span, exact
from tocsin.link.rules import factual
from tocsin.link.titles import title
from tocsin.model import Place


def describe(tolds: Sequence[Told], events: Sequence[Event], links: tuple[Link, ...]) -> Situation:
    """The record of a situation."""
    ordered = sorted(tolds, key=order)
    history = turns(ordered)
    type_, mode = form(events)
    span = _span(events)
    begins, ends = _iso(span[0]), _iso(span[1])
    place = place_of(ordered, events)
    return Situation(
        id=ordered[0].id,
        title=title(ordered, type_, mode, place, begins, ends),
        type=type_,
        mode=mode,
        status=history[-1].status,
        begins=begins,
        ends=ends,
        place=place,
        claims=tuple(told.id for told in ordered),
        documents=len({told.document for told in ordered}),
        families=independent(ordered),
        history=history,
        links=links,
    )


def order(told: Told) -> tuple[str, str, int, str]:
    """The order of telling: by day of publication (unknown last), document and place in the text."""
    return told.published or "9999", told.document, told.claim.trigger.start, told.id


def said_on(told: Told) -> str | None:
    """On which day a claim was made: that of its outermost source that tells one, else of the publication."""
    days = [source.said_on for source in told.claim.sources if source.said_on]
    return days[0] if days else told.published


def turns(ordered: Sequence[Told]) -> tuple[Turn, ...]:
    """When the situation was told to stand otherwise than before. A day's claims count as one: what happened outweighs
    what may, and the more numerous status the others."""
    by_day: dict[str, list[Told]] = {}
    for told in ordered:
        by_day.setdefault(said_on(told) or "9999", []).append(told)
    found: list[Turn] = []
    for day in sorted(by_day):
        told = _speaks_for(by_day[day])
        if not found or found[-1].status != told.claim.status:
            found.append(Turn(on=None if day == "9999" else day, status=told.claim.status, claim=told.id))
    return tuple(found)


def _speaks_for(tolds: Sequence[Told]) -> Told:
    """The first claim of the status that most of a day's claims have, those of what took place before others."""
    counted = Counter(told.claim.status for told in tolds)
    status = min(counted, key=lambda one: (not factual(one), -counted[one], one))
    return next(told for told in tolds if told.claim.status == status)


def form(events: Sequence[Event]) -> tuple[str, str | None]:
    """The type and mode that most events are told with first."""
    counted = Counter(event.forms[0] for event in events)
    return min(counted, key=lambda one: (-counted[one], one[1] is None, one[0], one[1] or ""))


def _span(events: Sequence[Event]) -> Span:
    """The time of a situation: that which most reports give of those that say on which day; else what they have in
    common."""
    days = Counter(event.time for event in events if exact(event.time))
    if days:
        return min(days, key=lambda span: (-days[span], span))
    span: Span = (None, None)
    for event in events:
        span = narrower(span, event.time)
    return span


def _iso(day: int | None) -> str | None:
    return date.fromordinal(day).isoformat() if day else None


def place_of(ordered: Sequence[Told], events: Sequence[Event]) -> Place | None:
    """The finest place that most events agree on, as the first claim names it."""
    counted = Counter((event.spots[0].level, event.spots[0].name) for event in events if len(event.spots) == 1)
    counted = counted or Counter((spot.level, spot.name) for event in events for spot in event.spots)
    if not counted:
        return None
    finest = max(level for level, _ in counted)
    _, name = min((one for one in counted if one[0] == finest), key=lambda one: (-counted[one], one[1]))
    places = (place for told in ordered for place in told.claim.places)
    return next((place for place in places if (place.name or place.text).lower() == name), None)


def independent(tolds: Sequence[Told]) -> int:
    """How many independent reports there are: families, and of those the agencies that wrote them, not the printers."""
    return len({told.agency or told.family for told in tolds})
