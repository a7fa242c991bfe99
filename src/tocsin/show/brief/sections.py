"""The parts of a brief, from what was gathered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tocsin.countries import countries
from tocsin.ledger import Found
from tocsin.show.brief.days import interval_out
from tocsin.show.brief.facts import Fact, Kin, facts
from tocsin.show.brief.gather import Ask, Gathered, documents_of, place_of
from tocsin.show.brief.lexicon import lexicon, topic_of
from tocsin.show.brief.notes import Notes
from tocsin.show.brief.record import Brief, Line, Part, Section


def brief_of(gathered: Gathered) -> Brief:
    """The whole brief."""
    notes = Notes()
    sections = [_new(gathered, Kin(), notes)]
    return Brief(
        title=title_of(gathered.ask),
        period=interval_out(gathered.since, gathered.until) or "",
        basis=tuple(_basis(gathered)),
        sections=tuple(one for one in sections if one.parts),
        notes=notes.list(),
    )


def title_of(ask: Ask) -> str:
    """What the brief is about."""
    names = [countries().by_code[code].name if code in countries().by_code else code for code in ask.countries]
    about = [*names, *([f"“{ask.words}”"] if ask.words else [])]
    return f"Situation brief: {', '.join(about)}" if about else "Situation brief"


def _basis(gathered: Gathered) -> Iterator[str]:
    """On what the brief rests."""
    ask, found = gathered.ask, gathered.found
    if ask.until is None:
        yield f"The last day is the latest day of publication in the ledger, {gathered.until}."
    if not found:
        yield "The ledger holds no claim of these days on this subject."
        return
    yield (
        f"{_many(len(found), 'claim')} from {_many(documents_of(found), 'report')}. Each sentence is made of the words "
        "of its source, with its reference; nobody has judged whether it is true."
    )


def _many(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def _new(gathered: Gathered, kin: Kin, notes: Notes) -> Section:
    """What is new, by topic."""
    told = facts(gathered.found, kin)
    order = [topic.title for topic in lexicon().topics] + [lexicon().other]
    by_topic: dict[str, list[Fact]] = {title: [] for title in order}
    for fact in told:
        by_topic[min(map(_topic, fact.claims), key=order.index)].append(fact)
    parts = [_part(title, held, notes) for title, held in by_topic.items() if held]
    return Section(id="new", title="What is new", remark="", parts=tuple(parts))


def _topic(found: Found) -> str:
    return topic_of(found.claim.type, found.claim.mode)


def _part(title: str, held: Sequence[Fact], notes: Notes) -> Part:
    """A topic: what most reports tell first, then the newest."""
    ranked = sorted(held, key=lambda fact: place_of(fact.claims[0]))
    ranked.sort(key=lambda fact: fact.claims[0].document.published or "", reverse=True)
    ranked.sort(key=lambda fact: -fact.independent)
    shown, rest = ranked[: lexicon().most], ranked[lexicon().most :]
    lines = tuple(Line(text=one.text, notes=notes.of(one.all), behind=_behind(one)) for one in shown)
    return Part(title=title, lines=lines, rest=f"{len(rest):,} more; `tocsin find` shows them." if rest else "")


def _behind(fact: Fact) -> str:
    """How many reports tell it, where it is more than one."""
    reports = documents_of(fact.all)
    if reports == 1:
        return ""
    of_them = {reports: "all of them", 1: "none of them"}.get(fact.independent, f"{fact.independent} of them")
    return f"Told by {reports} reports, {of_them} independent."
