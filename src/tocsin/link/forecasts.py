"""Warnings and plans with an end to their time, and what became of them.

A `planned` or `possible` claim whose time ends is a forecast. It is `fulfilled` by a claim of what happened that can
tell the same act (`matching`), after it was said and no later than its end; `withdrawn` where its source denies it
before that; `lapsed` where its end has passed and the material holds reports from after it; else `open`. What one
source foretells several times, in however many papers, is one forecast, in its latest wording.
"""

from __future__ import annotations

import functools
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tocsin.judgement import Forecast, Part, State, Told, TrackRecord
from tocsin.lexicon import Entry, read_all
from tocsin.link.figures import days_between
from tocsin.link.matching import Act, act, match, score, type_may_tell, within
from tocsin.link.probability import Hedge, hedge_of
from tocsin.link.voices import Voice, voices
from tocsin.model import Status


class Step(Entry, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Within so many days from saying to end, an answer must have so much in common."""

    days: int
    least: float


class Rules(Entry, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The data file."""

    foretelling: frozenset[Status]
    fulfilling: frozenset[Status]
    withdrawing: frozenset[Status]
    longest_days: int
    exact_days: int
    needed: tuple[Step, ...]
    undated_least: float
    most_events: int
    repeated_days: int
    least_resolved: int


@functools.cache
def rules() -> Rules:
    """The rules, read once."""
    return read_all("forecasts.yaml", Rules)[-1]


class Warned(NamedTuple):
    """A forecast before it is held against what came: `first` is the day on which its source first said it."""

    told: Told
    voice: Voice
    act: Act
    said_on: str
    due: str
    first: str


class Answer(NamedTuple):
    """A claim that fulfils or withdraws a forecast, the day of the act (of the denial), and what the two have in
    common; `dated` is false where the day is that of the report."""

    told: Told
    day: str
    parts: tuple[Part, ...]
    dated: bool


class Event(NamedTuple):
    """A claim of something that happened: its first and last day, and whether it names them itself."""

    day: str
    end: str
    told: Told
    dated: bool


class Known(NamedTuple):
    """What is known on a day: events by what they may answer (`_keys`), each list by day; denials by source; and the
    last day on which anything was reported."""

    events: dict[str, list[Event]]
    types: tuple[str, ...]
    denials: dict[str, list[tuple[Told, str]]]
    on: str
    last: str | None


def forecasts(
    tolds: Sequence[Told], on: str, until: str | None = None, scale: str | None = None
) -> tuple[Forecast, ...]:
    """The forecasts among some claims as they stand at the end of the day `on`, the first due first.

    What was published after `on` is not looked at. `until` is the last day from which the material holds reports;
    without it, the last day of publication among the claims. `scale` names the scale of probability.
    """
    past = [told for told in tolds if told.published is None or told.published <= on]
    by_claim = voices(past)
    known = _known(past, by_claim, on, until)
    found = [_judged(warning, known, hedge_of(warning.told.claim, scale)) for warning in _warnings(past, by_claim)]
    return tuple(sorted(found, key=lambda one: (one.due, one.source, one.claim)))


def _known(past: Sequence[Told], by_claim: dict[str, Voice], on: str, until: str | None) -> Known:
    events: dict[str, list[Event]] = {}
    denials: dict[str, list[tuple[Told, str]]] = {}
    for told in past:
        said_on = by_claim[told.id].said_on
        if told.claim.status in rules().fulfilling and (event := _event(told)):
            for key in _keys(act(told.claim)):
                events.setdefault(f"{told.claim.type} {key}", []).append(event)
        elif told.claim.status in rules().withdrawing and said_on:
            denials.setdefault(by_claim[told.id].key, []).append((told, said_on))
    for row in events.values():
        row.sort(key=lambda event: (event.day, event.told.id))
    last = max((told.published for told in past if told.published), default=None)
    types = tuple(sorted({told.claim.type for told in past}))
    return Known(events, types, denials, on, min(until, on) if until else last)


def _event(told: Told) -> Event | None:
    """A claim as an event, if it has a day: its own, or, where it has no time at all, that of its report. What is dated
    after its report has not happened yet, whatever its status."""
    time = told.claim.time
    if told.published is None:
        return None
    if time is None:
        return Event(told.published, told.published, told, False)
    if time.from_ is None or time.from_ > told.published:
        return None
    return Event(time.from_, time.to or time.from_, told, True)


def _keys(one: Act) -> list[str]:
    """What an event may be found by: the things that it is about, who has a part, in which country."""
    lands = sorted({spot.country for spot in one.spots if spot.country})
    return [
        *(f"thing {word}" for word in sorted(one.heads | one.traits)),
        *(f"party {name}" for name in sorted(one.actors | one.recipients)),
        *(f"land {land}" for land in lands),
    ]


def _warnings(tolds: Iterable[Told], by_claim: dict[str, Voice]) -> list[Warned]:
    """The forecasts, each once."""
    kept: dict[tuple[str, str], list[Warned]] = {}
    ordered = sorted(tolds, key=lambda told: (by_claim[told.id].said_on or "", told.published or "", told.id))
    for told in ordered:
        warning = _warning(told, by_claim[told.id])
        if warning is None:
            continue
        row = kept.setdefault((warning.voice.key, told.claim.type), [])
        same = next((i for i, other in enumerate(row) if _repeats(other, warning)), None)
        if same is None:
            row.append(warning)
        else:
            row[same] = warning._replace(first=row[same].first)
    return [warning for row in kept.values() for warning in row]


def _warning(told: Told, voice: Voice) -> Warned | None:
    """A claim as a forecast, if it is one: it has an end, which lies ahead of the day of saying, and not too far."""
    claim, said_on = told.claim, voice.said_on
    if claim.status not in rules().foretelling or claim.time is None or claim.time.to is None or said_on is None:
        return None
    ahead = days_between(said_on, claim.time.to)
    if ahead is None or not 0 <= ahead <= rules().longest_days:
        return None
    return Warned(told, voice, act(claim), said_on, claim.time.to, said_on)


def _repeats(a: Warned, b: Warned) -> bool:
    """Whether two forecasts of one source are of one act and one time: the first still open when the second was said,
    their ends near each other, and not each for a day of its own."""
    days = days_between(a.due, b.due)
    if days is None or abs(days) > rules().repeated_days or b.said_on > a.due:
        return False
    return not (days and _dated(a) and _dated(b)) and _same_act(a.act, b.act)


def _dated(warning: Warned) -> str | None:
    """The first day of a forecast whose time is a few days at most; it is not answered by what came before."""
    begins = warning.told.claim.time.from_ if warning.told.claim.time else None
    days = days_between(begins, warning.due)
    return begins if days is not None and days < rules().exact_days else None


def _same_act(a: Act, b: Act) -> bool:
    """Whether two forecasts can be of one act; where both say of what, of the same."""
    return bool(a.heads) == bool(b.heads) and match(a, b) is not None


def _judged(warning: Warned, known: Known, hedge: Hedge) -> Forecast:
    """What became of a forecast."""
    said = f"said on {warning.said_on}" + (f", first on {warning.first}" if warning.first < warning.said_on else "")
    state, answer, why = _outcome(warning, known)
    time = warning.told.claim.time
    return Forecast(
        claim=warning.told.id,
        source=warning.voice.name,
        said_on=warning.said_on,
        begins=time.from_ if time else None,
        due=warning.due,
        state=state,
        probability=hedge.probability,
        hedge=hedge.words,
        scale=hedge.scale,
        by=answer.told.id if answer else None,
        lead_days=days_between(warning.said_on, answer.day) if answer and state == "fulfilled" else None,
        why=f"{said}; {why}; {_hedge_words(hedge)}",
    )


def _outcome(warning: Warned, known: Known) -> tuple[State, Answer | None, str]:
    """State, the claim that brought it about, and why."""
    event, denial = _answer(warning, known), _denial(warning, known)
    if event:
        day = f"on {event.day}" if event.dated else f"by {event.day}, the day of the report"
        return "fulfilled", event, f"it happened {day}, no later than {warning.due}; {_common(event)}"
    if denial:
        return "withdrawn", denial, f"the same source denied it on {denial.day}; {_common(denial)}"
    if known.on <= warning.due:
        return "open", None, f"its time lasts until {warning.due}"
    if known.last is None or known.last <= warning.due:
        return "open", None, f"its time ended on {warning.due}, but no report at hand is from after that day"
    return "lapsed", None, f"its time ended on {warning.due}, and reports until {known.last} tell of no such event"


def _common(answer: Answer) -> str:
    return f"in common: {', '.join(part.name for part in answer.parts)} ({score(answer.parts):g})"


def _hedge_words(hedge: Hedge) -> str:
    words = f"“{hedge.words}”" if hedge.words else hedge.source
    return f"{words} is {hedge.named} in {hedge.scale}, {hedge.probability:.0%}"


def _answer(warning: Warned, known: Known) -> Answer | None:
    """What fulfils a forecast: of all claims that do, the one of the earliest day, then the most alike."""
    best: Answer | None = None
    for event in _candidates(warning, known):
        if best is not None and event.day > best.day:
            break
        found = _fulfils(event, warning)
        if found and (best is None or _better(found) < _better(best)):
            best = found
    return best


def _better(one: Answer) -> tuple[bool, float, str]:
    return not one.dated, -score(one.parts), one.told.id


def _candidates(warning: Warned, known: Known) -> list[Event]:
    """The events that may answer a forecast, the earliest first: of a type that can tell the act, and of the thing
    that it names; where it names none, with somebody who has a part in it, or in its country."""
    ours = warning.act
    wanted = [f"thing {word}" for word in sorted(ours.heads)] or _keys(ours)
    kinds = [type_ for type_ in known.types if type_ == ours.claim.type or type_may_tell(type_, ours.kind)]
    found: dict[str, Event] = {}
    for row in (known.events.get(f"{type_} {key}", []) for type_ in kinds for key in wanted):
        start = bisect_left(row, warning.first, key=lambda event: event.day)
        stop = bisect_right(row, warning.due, key=lambda event: event.day)
        found.update((event.told.id, event) for event in row[start : min(stop, start + rules().most_events)])
    return sorted(found.values(), key=lambda event: (event.day, event.told.id))


def _fulfils(event: Event, warning: Warned) -> Answer | None:
    """Whether an event answers a forecast: reported after it, in another document, and over by its end."""
    told = event.told
    published = told.published or ""
    if published < warning.first or told.document == warning.told.document:
        return None
    if event.end > warning.due or (event.dated and event.end < (_dated(warning) or event.end)):
        return None
    parts = _matching(warning, told)
    if parts is None or not (event.dated or (_telling(parts) and event.day > warning.first)):
        return None
    return Answer(told, event.day, parts, event.dated)


def _telling(parts: Sequence[Part]) -> bool:
    """Whether so much is in common that a report without a day can be of what was foretold, and not of the past."""
    return score(parts) >= rules().undated_least


def _denial(warning: Warned, known: Known) -> Answer | None:
    """The first denial of a forecast by its own source."""
    found = [
        Answer(told, day, parts, True)
        for told, day in known.denials.get(warning.voice.key, [])
        if warning.said_on < day <= warning.due and (parts := _matching(warning, told))
    ]
    return min(found, key=lambda one: (one.day, one.told.id), default=None)


def _matching(warning: Warned, told: Told) -> tuple[Part, ...] | None:
    """What a claim has in common with a forecast that it can be the answer to. What was foretold of a thing is not
    answered by a claim that names none, nor by one of the thing in another kind."""
    ours, other = warning.act, act(told.claim)
    if ours.heads and not (other.heads or other.traits):
        return None
    if ours.heads & other.heads and ours.traits and other.traits and not ours.traits & other.traits:
        return None
    parts = match(ours, other) if within(other.spots, ours.spots) else None
    return parts if parts and score(parts) >= _needed(warning) else None


def _needed(warning: Warned) -> float:
    """How much an answer must have in common with a forecast: the longer it had time to come true, the more of its kind
    happens by chance."""
    days = days_between(warning.told.claim.time.from_ if warning.told.claim.time else None, warning.due)
    ahead = days_between(warning.said_on, warning.due) or 0
    open_days = ahead if days is None else min(days, ahead)
    return next((step.least for step in rules().needed if open_days <= step.days), rules().needed[-1].least)


def track_records(found: Iterable[Forecast]) -> tuple[TrackRecord, ...]:
    """What became of each source's forecasts, by name of the source. The Brier score (Brier, "Verification of
    forecasts expressed in terms of probability", Monthly Weather Review 78:1, 1950) is the mean of
    (probability - outcome)², from 0, the best, to 1."""
    by_source: dict[str, list[Forecast]] = {}
    for forecast in found:
        by_source.setdefault(forecast.source, []).append(forecast)
    return tuple(_record(source, by_source[source]) for source in sorted(by_source))


def _record(source: str, found: Sequence[Forecast]) -> TrackRecord:
    counts = Counter(forecast.state for forecast in found)
    errors = [
        (forecast.probability - (forecast.state == "fulfilled")) ** 2
        for forecast in found
        if forecast.state in ("fulfilled", "lapsed")
    ]
    enough = len(errors) >= rules().least_resolved
    return TrackRecord(
        source=source,
        open=counts["open"],
        fulfilled=counts["fulfilled"],
        lapsed=counts["lapsed"],
        withdrawn=counts["withdrawn"],
        resolved=len(errors),
        brier=round(sum(errors) / len(errors), 4) if enough else None,
    )
