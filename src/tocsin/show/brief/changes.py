"""What changed status: events that were told to stand one way, and during these days another.

Only what moves on counts: from possible to planned, under way and done, and to or from a denial. That somebody speaks
of a thing that has happened as of one that may happen is another telling, and no change.
"""

from __future__ import annotations

from collections.abc import Iterator

from tocsin.judgement import Situation, Turn
from tocsin.model import Status
from tocsin.show.brief.context import Context
from tocsin.show.brief.days import day_out
from tocsin.show.brief.facts import publisher_of
from tocsin.show.brief.lexicon import lexicon, lowered
from tocsin.show.brief.names import joined, whom
from tocsin.show.brief.record import Line, Part, Section
from tocsin.show.brief.sentences import UNKNOWN
from tocsin.show.plain import one_line
from tocsin.show.words import levels

FORWARD: tuple[Status, ...] = ("possible", "planned", "ongoing", "occurred")


def section(context: Context) -> Section:
    """The section; without parts where nothing changed."""
    found = tuple(line for one in context.gathered.situations for line in _line(one, context))
    parts = (Part(lines=found),) if found else ()
    return Section(id="changed", title="What changed", remark="", parts=parts)


def _line(situation: Situation, context: Context) -> Iterator[Line]:
    """How a situation was told to stand, step by step, if one of the steps falls into these days."""
    turns = steps(situation, context.gathered.until)
    if any((turn.on or "") >= context.gathered.since for turn in turns[1:]):
        path = ", then ".join(_step(turn, context) for turn in turns)
        notes = context.references(turn.claim for turn in turns)
        yield Line(text=f"{one_line(situation.title)}: {path}.", notes=notes, statuses=(turns[-1].status,))


def steps(situation: Situation, until: str) -> list[Turn]:
    """The turns up to the last day that move on from the one before."""
    found: list[Turn] = []
    for turn in situation.history:
        if (turn.on or "") <= until and (not found or moves(found[-1].status, turn.status)):
            found.append(turn)
    return found


def moves(before: Status, after: Status) -> bool:
    """Whether a status moves on to another."""
    if before == after:
        return False
    if "denied" in (before, after):
        return True
    return FORWARD.index(after) > FORWARD.index(before)


def _step(turn: Turn, context: Context) -> str:
    """`told as planned by the army (23 December 2024)`."""
    label = lexicon().statuses[turn.status].label
    found = context.gathered.cited.get(turn.claim)
    who = f" by {who_says(context, turn.claim)}" if found else ""
    return f"{label}{who}" + (f" ({day_out(turn.on[:10])})" if turn.on else "")


def who_says(context: Context, claim: str) -> str:
    """Who vouches for a claim, the outermost first; the publisher where only the article does."""
    found = context.gathered.cited[claim]
    chain = ", citing ".join(joined(lowered(whom(one)) for one in level) for level in levels(found.claim.sources))
    return chain or publisher_of(found) or UNKNOWN
