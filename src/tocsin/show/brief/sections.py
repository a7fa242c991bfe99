"""A brief from what was gathered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tocsin.countries import countries
from tocsin.show.brief import alerts, changes, contradictions, figures, foretold, news, places, timeline
from tocsin.show.brief.context import Context, many
from tocsin.show.brief.days import day_out, interval_out
from tocsin.show.brief.gather import Ask, Gathered, documents_of
from tocsin.show.brief.lexicon import lexicon
from tocsin.show.brief.record import Brief
from tocsin.watch.library import packs


def brief_of(gathered: Gathered) -> Brief:
    """The whole brief; sections that would be empty are left out."""
    context = Context(gathered)
    counted = figures.all_series(context)
    sections = [
        news.section(context),
        changes.section(context),
        figures.section(context, counted),
        contradictions.section(context, counted),
        foretold.section(context),
        alerts.section(context),
        timeline.section(context),
        places.section(context),
    ]
    return Brief(
        title=title_of(gathered.ask),
        period=interval_out(gathered.since, gathered.until) or "",
        basis=tuple(_basis(context)),
        sections=tuple(one for one in sections if one.parts),
        notes=context.notes.list(),
    )


def title_of(ask: Ask) -> str:
    """What the brief is about."""
    known = countries().by_code
    names = [known[code].name if code in known else code for code in ask.countries]
    titles = [packs()[name].title if name in packs() else name for name in ask.packs]
    about = [*names, *titles, *([f"“{ask.words}”"] if ask.words else [])]
    return f"Situation brief: {', '.join(about)}" if about else "Situation brief"


def _basis(context: Context) -> Iterator[str]:
    """On what the brief rests."""
    gathered = context.gathered
    if gathered.ask.until is None:
        yield f"The last day is the latest day of publication in the ledger, {day_out(gathered.until)}."
    if not gathered.found:
        yield "The ledger holds no claim of these days on this subject."
        return
    reports = documents_of(gathered.found)
    alone = context.kin.families(gathered.found)
    apart = "" if reports == alone else f", {alone:,} of them different"
    yield f"{many(len(gathered.found), 'claim')} from {many(reports, 'report')}{apart}: {_statuses(context)}."
    yield (
        "Each sentence is made of the words of its source, with its reference. Square brackets are ours: whom a word "
        "means, as it was read. Nobody has judged whether it is true."
    )


def _statuses(context: Context) -> str:
    """How many claims are told to stand how."""
    counted = Counter(one.claim.status for one in context.gathered.found)
    return ", ".join(f"{counted[name]:,} {one.label}" for name, one in lexicon().statuses.items() if counted[name])
