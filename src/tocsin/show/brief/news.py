"""What is new: the facts of the days, by topic."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tocsin.ledger import Found
from tocsin.model import Status
from tocsin.show.brief.context import Context
from tocsin.show.brief.facts import Fact
from tocsin.show.brief.gather import documents_of, place_of
from tocsin.show.brief.lexicon import lexicon, topic_of
from tocsin.show.brief.record import Line, Part, Section

LEAST_FIRM_FIRST: tuple[Status, ...] = ("denied", "possible", "planned", "ongoing", "occurred")


def section(context: Context) -> Section:
    """The section; without parts where nothing is new."""
    order = [topic.title for topic in lexicon().topics] + [lexicon().other]
    by_topic: dict[str, list[Fact]] = {title: [] for title in order}
    for fact in context.facts:
        by_topic[_topic(surest(fact.claims))].append(fact)
    parts = tuple(_part(title, held, context) for title, held in by_topic.items() if held)
    return Section(id="new", title="What is new", remark="", parts=parts)


def surest(claims: Sequence[Found]) -> Found:
    """The claim that was read with most confidence; of equals the first."""
    return max(claims, key=lambda one: one.claim.confidence or 0.0)


def _topic(found: Found) -> str:
    return topic_of(found.claim.type, found.claim.mode)


def _part(title: str, held: Sequence[Fact], context: Context) -> Part:
    """A topic: the facts that matter most, those that most reports tell first, then the newest, then in the order in
    which their report tells them."""
    shown = most(held, lexicon().most, context)
    shown.sort(key=lambda fact: fact.claims[0].document.published or "", reverse=True)
    shown.sort(key=lambda fact: -fact.independent)
    left = len(held) - len(shown)
    rest = f"{left:,} more; `tocsin find` shows them." if left else ""
    return Part(title=title, lines=tuple(lines(shown, context)), rest=rest)


def most(held: Sequence[Fact], number: int, context: Context) -> list[Fact]:
    """The facts that matter most, in the order of their telling."""
    ranked = sorted(held, key=lambda fact: (-context.weight(fact), place_of(fact.claims[0])))
    return sorted(ranked[:number], key=lambda fact: place_of(fact.claims[0]))


def lines(facts: Sequence[Fact], context: Context) -> Iterator[Line]:
    """Facts as lines with their references."""
    for fact in facts:
        notes = context.references_of(fact)
        yield Line(text=fact.text, notes=notes, behind=told_by(fact), statuses=statuses_of(fact))


def statuses_of(fact: Fact) -> tuple[Status, ...]:
    """How the events of a sentence are told to stand, the least firm first."""
    found = {one.claim.status for one in fact.claims}
    return tuple(name for name in LEAST_FIRM_FIRST if name in found)


def told_by(fact: Fact) -> str:
    """How many reports tell it, where it is more than one."""
    reports = documents_of(fact.all)
    if reports == 1:
        return ""
    if fact.independent == 1:
        return f"Told by {reports} reports that carry the same copy or rest on one source."
    if fact.independent == reports:
        return f"Told by {reports} independent reports."
    return f"Told by {reports} reports, {fact.independent} of them independent."
