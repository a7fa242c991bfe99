"""Forecasts: those whose time ends soon, what became of those whose time has ended, and how their sources fared."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from tocsin.judgement import Forecast
from tocsin.link.forecasts import track_records
from tocsin.show.brief.context import Context, many
from tocsin.show.brief.days import day_out
from tocsin.show.brief.facts import sentence_of
from tocsin.show.brief.lexicon import lexicon
from tocsin.show.brief.record import Line, Part, Row, Section, Table
from tocsin.show.plain import one_line

HEAD = ("Source", "Open", "Fulfilled", "Lapsed", "Withdrawn", "Brier score")


def section(context: Context) -> Section:
    """The section; without parts where nothing is foretold."""
    parts = [part for part in (_due(context), _ended(context), _records(context)) if part.lines or part.table]
    return Section(id="forecasts", title="Forecasts", remark="", parts=tuple(parts))


def _due(context: Context) -> Part:
    """What is still open and falls due soon; what falls due later is counted."""
    waiting = [one for one in context.gathered.forecasts if one.state == "open"]
    ahead = datetime.timedelta(days=lexicon().ahead)
    last = (datetime.date.fromisoformat(context.gathered.until) + ahead).isoformat()
    soon = [one for one in waiting if one.due <= last][: lexicon().most]
    later = len(waiting) - len(soon)
    lines = _once(line for one in soon for line in _line(one, f"Its time ends on {day_out(one.due)}.", context))
    return Part(title="Falling due", lines=lines, rest=f"{later:,} more, later or not shown." if later else "")


def _ended(context: Context) -> Part:
    """What was fulfilled, lapsed or withdrawn, and by what."""
    ended = [one for one in context.gathered.forecasts if one.state != "open"][-lexicon().most :]
    lines = [line for one in ended for line in _line(one, _outcome(one), context)]
    return Part(title="How earlier ones ended", lines=_once(lines))


def _once(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Lines that say the same only once."""
    return tuple({(line.text, line.behind): line for line in lines}.values())


def _outcome(forecast: Forecast) -> str:
    lead = f", {many(forecast.lead_days, 'day')} after it was said" if forecast.lead_days is not None else ""
    return f"{forecast.state.capitalize()}{lead}: {one_line(forecast.why)}."


def _line(forecast: Forecast, behind: str, context: Context) -> Iterator[Line]:
    """A forecast in the words of its claim, with what became of it behind."""
    found = context.gathered.cited.get(forecast.claim)
    if found is not None:
        ids = [forecast.claim, *([forecast.by] if forecast.by else [])]
        yield Line(
            text=sentence_of([found]).text, notes=context.references(ids), behind=behind, statuses=(found.claim.status,)
        )


def _records(context: Context) -> Part:
    """How the forecasts of each source ended, of sources of which one has."""
    records = [one for one in track_records(context.gathered.forecasts) if one.resolved or one.withdrawn]
    rows = []
    for one in records:
        claims = [forecast.claim for forecast in context.gathered.forecasts if forecast.source == one.source]
        score = "too few" if one.brier is None else f"{one.brier:.2f}"
        counts = (one.open, one.fulfilled, one.lapsed, one.withdrawn)
        rows.append(Row(cells=(one_line(one.source), *map(str, counts), score), notes=context.references(claims)))
    table = Table(caption="How the forecasts of each source ended", head=HEAD, rows=tuple(rows)) if rows else None
    return Part(title="Sources" if rows else "", table=table)
