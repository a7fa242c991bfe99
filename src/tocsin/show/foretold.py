"""What was foretold, and what became of it, on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from tocsin.judgement import Forecast, Told, TrackRecord
from tocsin.show.plain import one_line
from tocsin.show.table import deed, people
from tocsin.show.words import day_words, place_words

STATES = {"open": "yellow", "fulfilled": "green", "lapsed": "dim", "withdrawn": "magenta"}


def forecasts(found: Iterable[Forecast], told: Mapping[str, Told], explain: bool) -> Table:
    """Three lines a forecast: until when what may come, who says so and how surely, its claim and what became of it."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(width=9, no_wrap=True)
    table.add_column(overflow="fold")
    for one in found:
        table.add_row(Text(one.state, style=STATES[one.state]), _forecast(one, told[one.claim], explain))
    return table


def _forecast(one: Forecast, told: Told, explain: bool) -> Text:
    claim = told.claim
    first = Text(" ").join(part for part in (people(claim.actors, ", "), deed(claim)) if part)
    if claim.recipients:
        first = Text(" ▸ ").join([first, people(claim.recipients, ", ")])
    for place in claim.places[:2]:
        first.append(f" | {place_words(place)}")
    first.append(f"\n{due_words(one)} · ")
    words = f" “{one_line(one.hedge)}”" if one.hedge else ""
    first.append(f"{one.probability:.0%}{words} · {one_line(one.source)}")
    if one.said_on:
        first.append(f", {day_words(one.said_on)}")
    first.append(f"\n{one.claim}", style="cyan")
    if one.by is not None:
        lead = f", {one.lead_days} days ahead" if one.lead_days is not None else ""
        first.append(f"  {one.state} by ", style="dim").append(one.by, style="cyan").append(lead, style="dim")
    if explain:
        first.append(f"\n{one_line(one.why)}", style="dim")
    return first


def due_words(one: Forecast) -> str:
    """Until when it may come: `by 31 Dec 2024`, `on 3 Jan 2025`, `2025-01-01…2025-12-31`."""
    if one.begins == one.due:
        return f"on {day_words(one.due)}"
    return f"{one.begins}…{one.due}" if one.begins else f"by {day_words(one.due)}"


def records(found: Iterable[TrackRecord]) -> Table:
    """One row a source: what became of what it foretold."""
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("source", overflow="fold", ratio=1)
    for name in ("open", "came true", "lapsed", "withdrawn", "Brier"):
        table.add_column(name, justify="right", no_wrap=True)
    for one in found:
        brier = f"{one.brier:.3f} of {one.resolved}" if one.brier is not None else f"- ({one.resolved})"
        counts = (one.open, one.fulfilled, one.lapsed, one.withdrawn)
        table.add_row(Text(one_line(one.source)), *(str(count) if count else "-" for count in counts), brier)
    return table
