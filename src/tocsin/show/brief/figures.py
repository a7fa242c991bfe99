"""The figures that were given, who gave them, and how they stand to each other; contradictions on their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tocsin.judgement import Judged, Point, Series, Told
from tocsin.link.series import series
from tocsin.show.brief.context import Context
from tocsin.show.brief.days import day_out, interval_out
from tocsin.show.brief.facts import Fact
from tocsin.show.brief.lexicon import lexicon
from tocsin.show.brief.news import lines
from tocsin.show.brief.record import Line, Part, Row, Section, Table
from tocsin.show.plain import one_line
from tocsin.show.words import figure_words

HEAD = ("Who says so", "How many", "In the words", "Said on", "For the time")


def all_series(context: Context) -> list[Series]:
    """The series of figures of each situation, and of each report's claims that belong to none; only those to which
    these days add."""
    told, kin = context.gathered.told, context.kin.situation
    groups: dict[str, list[Told]] = {}
    for id in sorted(told, key=lambda id: (told[id].published or "", told[id].document, id)):
        groups.setdefault(kin.get(id, told[id].document), []).append(told[id])
    new = {one.id for one in context.gathered.found}
    found = [one for group in groups.values() for one in series(group)]
    return [one for one in found if any(point.claim in new for point in one.points)]


def section(context: Context, found: Sequence[Series]) -> Section:
    """The figures of the days, a table for each thing that was counted."""
    shown = [one for one in found if one.title]
    parts = tuple(_part(one, context) for one in shown[: lexicon().most])
    rest = len(shown) - len(parts)
    more = (Part(rest=f"{rest:,} more series; `tocsin series` shows them."),) if rest else ()
    return Section(id="figures", title="Figures", remark="", parts=parts + more if parts else ())


def _part(found: Series, context: Context) -> Part:
    rows = tuple(
        Row(cells=(one_line(point.source), amount(point), f"“{one_line(point.words)}”", *_days(point)),
            notes=context.references([point.claim]))
        for point in found.points
    )  # fmt: skip
    title = found.title[:1].upper() + found.title[1:]
    remarks = tuple(_remarks(found, context))
    return Part(title=title, table=Table(caption=title, head=HEAD, rows=rows), lines=remarks)


def _days(point: Point) -> tuple[str, str]:
    return (
        day_out(point.said_on[:10]) if point.said_on else "unknown",
        interval_out(point.begins, point.ends) or "not said",
    )


def amount(point: Point) -> str:
    """`≥ 1,100 killed or wounded`."""
    from tocsin.model import Figure

    figure = Figure(text=point.words, start=0, end=0, what=point.what, low=point.low, high=point.high,
                    qualifier=point.qualifier, unit=point.unit)  # fmt: skip
    return figure_words(figure)


def _remarks(found: Series, context: Context) -> Iterator[Line]:
    """How the figures stand to each other."""
    for judged in found.judged:
        if judged.verdict != "contradicts":
            yield _verdict(found, judged, context)


def _verdict(found: Series, judged: Judged, context: Context) -> Line:
    points = [found.points[at] for at in (*judged.a, *judged.b)]
    a, b = (_side(found, side) for side in (judged.a, judged.b))
    said = lexicon().verdicts[judged.verdict].format(a=a, b=b)
    return Line(text=f"{said} ({judged.rule}).", notes=context.references(point.claim for point in points))


def _side(found: Series, at: Sequence[int]) -> str:
    """`the JCS (“at least 1,100” killed or wounded)`."""
    points = [found.points[n] for n in at]
    counts = " and ".join(f"“{one_line(one.words)}” {one.what.replace('_', ' ')}" for one in points)
    return f"{one_line(points[0].source)} ({counts})"


def contradictions(context: Context, found: Sequence[Series]) -> Section:
    """Figures that exclude each other, and events that one source tells and another denies."""
    against = tuple(
        _verdict(one, judged, context) for one in found for judged in one.judged if judged.verdict == "contradicts"
    )
    parts = [Part(title="Figures that exclude each other", lines=against)] if against else []
    return Section(id="contradictions", title="Contradictions", remark="", parts=(*parts, *_denials(context)))


def _denials(context: Context) -> Iterator[Part]:
    """Events that are told as facts, and denied."""
    by_event: dict[str, list[Fact]] = {}
    for fact in context.facts:
        event = context.kin.situation.get(fact.claims[0].id)
        if event is not None:
            by_event.setdefault(event, []).append(fact)
    titles = {one.id: one.title for one in context.gathered.situations}
    for event, held in by_event.items():
        statuses = {fact.claims[0].claim.status for fact in held}
        if "denied" in statuses and statuses & {"occurred", "ongoing"}:
            firm = [fact for fact in held if fact.claims[0].claim.status in ("denied", "occurred", "ongoing")]
            yield Part(title=f"Told and denied: {one_line(titles[event])}", lines=tuple(lines(firm, context)))
