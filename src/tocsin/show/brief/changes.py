"""What changed status: events that were told to stand one way, and during these days another."""

from __future__ import annotations

from collections.abc import Iterator

from tocsin.judgement import Situation, Turn
from tocsin.show.brief.context import Context
from tocsin.show.brief.days import day_out
from tocsin.show.brief.lexicon import lexicon
from tocsin.show.brief.record import Line, Part, Section
from tocsin.show.plain import one_line


def section(context: Context) -> Section:
    """The section; without parts where nothing changed."""
    found = tuple(line for one in context.gathered.situations for line in _line(one, context))
    parts = (Part(lines=found),) if found else ()
    return Section(id="changed", title="What changed", remark="", parts=parts)


def _line(situation: Situation, context: Context) -> Iterator[Line]:
    """How a situation was told to stand, step by step, if one of the steps falls into these days."""
    turns = steps(situation, context.gathered.until)
    recent = [turn for turn in turns[1:] if (turn.on or "") >= context.gathered.since]
    if recent:
        path = ", then ".join(map(_step, turns))
        notes = context.references(turn.claim for turn in turns)
        yield Line(text=f"{one_line(situation.title)}: {path}.", notes=notes, statuses=(turns[-1].status,))


def steps(situation: Situation, until: str) -> list[Turn]:
    """The turns up to the last day, those that change nothing left out."""
    found: list[Turn] = []
    for turn in situation.history:
        if (turn.on or "") <= until and (not found or found[-1].status != turn.status):
            found.append(turn)
    return found


def _step(turn: Turn) -> str:
    label = lexicon().statuses[turn.status].label
    return f"{label} ({day_out(turn.on[:10])})" if turn.on else label
