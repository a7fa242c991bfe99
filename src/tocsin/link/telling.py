"""A situation in the words of its claims: title, span of time, place, history, status now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from tocsin.judgement import Link, Situation, Told, Turn
from tocsin.link.events import Event, narrower
from tocsin.link.nearness import Span, between, exact
from tocsin.link.rules import factual, leads
from tocsin.link.titles import title
from tocsin.model import Place

FEW = 5
"""Where acts are less than one claim in so many, the situation goes by its outcome."""

SHOWN = 3
"""So many places are named of a situation that lies in several."""


def describe(tolds: Sequence[Told], events: Sequence[Event], links: tuple[Link, ...]) -> Situation:
    """The record of a situation."""
    ordered = sorted(tolds, key=order)
    history = turns(ordered)
    type_, mode = form(ordered)
    span = span_of(events)
    begins, ends = _iso(span[0]), _iso(span[1])
    place, places = where_it_is(ordered, events)
    return Situation(
        id=ordered[0].id,
        title=title(ordered, type_, mode, places, begins, ends),
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
    if len(tolds) == 1:
        return tolds[0]
    counted = Counter(told.claim.status for told in tolds)
    status = min(counted, key=lambda one: (not factual(one), -counted[one], one))
    return next(told for told in tolds if told.claim.status == status)


def form(ordered: Sequence[Told]) -> tuple[str, str | None]:
    """Type and mode of most claims; where there are some of the act and some of its outcome, those of the act."""
    if len(ordered) == 1:
        return ordered[0].claim.type, ordered[0].claim.mode
    counted = Counter((told.claim.type, told.claim.mode) for told in ordered)
    acts = sum(number for one, number in counted.items() if not leads(one[0]))
    leading = {one: leads(one[0]) if acts * FEW > len(ordered) else 0 for one in counted}
    return min(counted, key=lambda one: (leading[one], one[1] is None, -counted[one], one[0], one[1] or ""))


def span_of(events: Sequence[Event]) -> Span:
    """The time of a situation: that which most reports give of those that say on which day; else what they have in
    common."""
    if len(events) == 1:
        return events[0].time
    days = Counter(event.time for event in events if exact(event.time))
    if days:
        return min(days, key=lambda span: (-days[span], span))
    span: Span = (None, None)
    for event in events:
        span = narrower(span, event.time)
    return span


def _iso(day: int | None) -> str | None:
    return date.fromordinal(day).isoformat() if day else None


def where_it_is(ordered: Sequence[Told], events: Sequence[Event]) -> tuple[Place | None, tuple[str, ...]]:
    """The finest place that most events agree on, as the first claim names it, and its name; where most of them lie in
    several places that are apart, no place, but the names of all."""
    placed = [event for event in events if event.spots]
    spread = [event for event in placed if _spread(event)]
    if not placed:
        return None, ()
    if len(spread) * 2 > len(placed):
        spots = Counter(spot for event in spread for spot in event.spots)
        coarse = [
            spot
            for spot in spots
            if not any(between(spot, other) == "within" for other in spots if spot.level > other.level)
        ]
        wanted = [spot.name for spot in sorted(coarse, key=lambda spot: (-spots[spot], spot.name))[:SHOWN]]
        found = [_named(ordered, name) for name in wanted]
        return None, tuple(place.name or place.text for place in found if place is not None)
    counted = Counter((event.spots[0].level, event.spots[0].name) for event in placed if event not in spread)
    finest = max(level for level, _ in counted)
    _, name = min((one for one in counted if one[0] == finest), key=lambda one: (-counted[one], one[1]))
    place = _named(ordered, name)
    return place, (place.name or place.text,) if place else ()


def _spread(event: Event) -> bool:
    """Whether an event lies in several places that are apart."""
    first, *others = event.spots
    return any(between(first, other) == "apart" for other in others)


def _named(ordered: Sequence[Told], name: str) -> Place | None:
    """The first mention of a place by its name in lower case."""
    places = (place for told in ordered for place in told.claim.places if place.lat is not None)
    return next((place for place in places if (place.name or place.text).lower() == name), None)


def independent(tolds: Sequence[Told]) -> int:
    """How many independent reports there are: families, and of those the agencies that wrote them, not the printers."""
    return len({told.agency or told.family for told in tolds})
