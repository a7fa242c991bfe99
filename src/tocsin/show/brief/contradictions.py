"""Contradictions: figures that exclude each other, and events that one source tells and another denies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tocsin.judgement import Situation
from tocsin.ledger import Found
from tocsin.show.brief.changes import who_says
from tocsin.show.brief.context import Context
from tocsin.show.brief.facts import Fact
from tocsin.show.brief.figures import Counted, verdict
from tocsin.show.brief.news import lines
from tocsin.show.brief.record import Part, Section
from tocsin.show.plain import one_line

FIRM = ("occurred", "ongoing")


def section(context: Context, counted: Sequence[Counted]) -> Section:
    """The section; without parts where nobody contradicts anybody."""
    against = tuple(
        verdict(one.series, judged, context)
        for one in counted
        for judged in one.series.judged
        if judged.verdict == "contradicts"
    )
    parts = [Part(title="Figures that exclude each other", lines=against)] if against else []
    parts += [part for situation in context.gathered.situations for part in _denied(situation, context)]
    return Section(id="contradictions", title="Contradictions", remark="", parts=tuple(parts))


def _denied(situation: Situation, context: Context) -> Iterator[Part]:
    """An event that is told as a fact, and denied by somebody else."""
    claims = context.claims(situation.claims)
    denied = [one for one in claims if one.claim.status == "denied"]
    deniers = {who_says(context, one.id).lower() for one in denied}
    told = [one for one in claims if one.claim.status in FIRM and who_says(context, one.id).lower() not in deniers]
    facts = [*_facts(told, context), *_facts(denied, context)]
    if told and denied and facts:
        yield Part(title=f"Told and denied: {one_line(situation.title)}", lines=tuple(lines(facts, context)))


def _facts(claims: Sequence[Found], context: Context) -> list[Fact]:
    """The sentences of these days in which claims stand."""
    wanted = {one.id for one in claims}
    return [fact for fact in context.facts if any(one.id in wanted for one in fact.all)]
