"""Contradictions: figures that exclude each other, and claims that somebody else denies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tocsin.judgement import Situation
from tocsin.link.corroboration import corroboration
from tocsin.show.brief.context import Context
from tocsin.show.brief.facts import Fact
from tocsin.show.brief.figures import Counted, verdict
from tocsin.show.brief.lexicon import lexicon
from tocsin.show.brief.news import lines, most
from tocsin.show.brief.record import Part, Section
from tocsin.show.plain import one_line

FEW = 3
"""So many sentences are shown on each side."""


def section(context: Context, counted: Sequence[Counted]) -> Section:
    """The section; without parts where nobody contradicts anybody."""
    against = tuple(
        verdict(one.series, judged, context)
        for one in counted
        for judged in one.series.judged
        if judged.verdict == "contradicts"
    )[: lexicon().most]
    parts = [Part(title="Figures that exclude each other", lines=against)] if against else []
    parts += [part for situation in context.gathered.situations for part in _denied(situation, context)]
    return Section(id="contradictions", title="Contradictions", remark="", parts=tuple(parts[: lexicon().most]))


def _denied(situation: Situation, context: Context) -> Iterator[Part]:
    """What these days deny or tell of an event, and those who say the opposite."""
    told = [context.gathered.told[one.id] for one in context.claims(situation.claims)]
    new = {one.id for one in context.gathered.found}
    deniers: set[str] = set()
    tellers: set[str] = set()
    for one in told:
        opposite = corroboration(one, told).contradicting if one.claim.status == "denied" else ()
        if opposite and (one.id in new or new & set(opposite)):
            deniers.add(one.id)
            tellers.update(opposite)
    sides = [_facts(tellers, context), _facts(deniers, context)]
    if all(sides):
        shown = [fact for side in sides for fact in most(side, FEW, context)]
        yield Part(title=f"Told and denied: {one_line(situation.title)}", lines=tuple(lines(shown, context)))


def _facts(claims: set[str], context: Context) -> list[Fact]:
    """The sentences of these days in which claims stand."""
    return [fact for fact in context.facts if any(one.id in claims for one in fact.all)]
