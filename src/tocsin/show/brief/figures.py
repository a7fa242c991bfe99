"""The figures that were given, who gave them, and how they stand to each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from tocsin.judgement import Judged, Point, Series, Situation, Told
from tocsin.link.series import series
from tocsin.model import Figure
from tocsin.show.brief.changes import who_says
from tocsin.show.brief.context import Context
from tocsin.show.brief.days import interval_out
from tocsin.show.brief.lexicon import lexicon
from tocsin.show.brief.record import Drawing, Line, Part, Row, Section, Table
from tocsin.show.brief.timeline import label_of
from tocsin.show.plain import one_line
from tocsin.show.series_chart import svg
from tocsin.show.words import day_words, figure_words

HEAD = ("Who says so", "How many", "In the words", "Said on", "For the time")


class Counted(NamedTuple):
    """A series, and the event whose figures they are, where more than one claim tells of it."""

    series: Series
    event: Situation | None


def all_series(context: Context) -> list[Counted]:
    """The series of figures of each situation, and of each report's claims that belong to none; only those to which
    these days add."""
    told, events = context.gathered.told, {one.id: one for one in context.gathered.situations}
    groups: dict[str, list[Told]] = {}
    for id in sorted(told, key=lambda id: (told[id].published or "", told[id].document, id)):
        groups.setdefault(context.kin.situation.get(id, told[id].document), []).append(told[id])
    new = {one.id for one in context.gathered.found}
    found = [Counted(one, events.get(key)) for key, group in groups.items() for one in series(group)]
    return [one for one in found if any(point.claim in new for point in one.series.points)]


def section(context: Context, found: Sequence[Counted]) -> Section:
    """The figures of the days: a table and a chart for each thing that was counted more than once, first those about
    which most is said; one table for all others."""
    often = sorted((one for one in found if _told_twice(one.series)), key=_rank)
    parts = [_part(one, context) for one in often[: lexicon().most]]
    if len(often) > len(parts):
        parts.append(Part(rest=f"{len(often) - len(parts):,} more series; `tocsin series` shows them."))
    once = [point for one in found if not _told_twice(one.series) for point in one.series.points]
    if once:
        parts.append(_once(once, context))
    return Section(id="figures", title="Figures", remark="", parts=tuple(parts))


def _told_twice(found: Series) -> bool:
    """Whether more than one claim gives a figure: those of one claim are not compared."""
    return len({point.claim for point in found.points}) > 1


def _rank(counted: Counted) -> tuple[int, int, int, str]:
    """Contradictions first, then by the number of sources and of figures."""
    points = counted.series.points
    against = sum(one.verdict == "contradicts" for one in counted.series.judged)
    return (-against, -len({one.source for one in points}), -len(points), points[0].claim)


def _part(counted: Counted, context: Context) -> Part:
    found = counted.series
    last = found.points[-lexicon().most :]
    rows = tuple(Row(cells=_cells(point, context), notes=context.references([point.claim])) for point in last)
    names = [one_line(counted.event.title)] if counted.event and counted.event.documents > 1 else []
    title = ": ".join([*names, found.title])
    title = title[:1].upper() + title[1:]
    left = len(found.points) - len(last)
    return Part(
        title=title,
        drawing=Drawing(svg=svg(msgspec.structs.replace(found, title=title)), said="", wide=True),
        table=Table(caption=title, head=HEAD, rows=rows),
        lines=tuple(_remarks(found, context))[: lexicon().most // 2],
        rest=f"{left:,} earlier figures are left out of the table." if left else "",
    )


def _once(points: Sequence[Point], context: Context) -> Part:
    """The figures that stand alone."""
    claims = context.gathered.cited
    rows = tuple(
        Row(cells=(label_of(claims[one.claim].claim), *_cells(one, context)), notes=context.references([one.claim]))
        for one in points[: lexicon().rows]
    )
    left = len(points) - len(rows)
    table = Table(caption="Figures that were given once", head=("Of what", *HEAD), rows=rows)
    rest = f"{left:,} more; `tocsin find --figure` shows them." if left else ""
    return Part(title="Given once", table=table, rest=rest)


def _cells(point: Point, context: Context) -> tuple[str, ...]:
    """A row of `HEAD`."""
    said_on = day_words(point.said_on[:10]) if point.said_on else "unknown"
    when = interval_out(point.begins, point.ends) or "not said"
    return who_says(context, point.claim), amount(point), f"“{one_line(point.words)}”", said_on, when


def amount(point: Point) -> str:
    """`≥ 1,100 killed or wounded`."""
    figure = Figure(text=point.words, start=0, end=0, what=point.what, low=point.low, high=point.high,
                    qualifier=point.qualifier, unit=point.unit)  # fmt: skip
    return figure_words(figure)


def _remarks(found: Series, context: Context) -> Iterator[Line]:
    """How the figures stand to each other; that somebody agrees with himself is no news, and what contradicts has a
    section of its own."""
    for judged in found.judged:
        same = who_says(context, found.points[judged.a[0]].claim) == who_says(context, found.points[judged.b[0]].claim)
        if judged.verdict != "contradicts" and not (same and judged.verdict == "agrees"):
            yield verdict(found, judged, context)


def verdict(found: Series, judged: Judged, context: Context) -> Line:
    """How two figures stand to each other, and the rule that says so."""
    points = [found.points[at] for at in (*judged.a, *judged.b)]
    a, b = (_side(found, side, context) for side in (judged.a, judged.b))
    said = lexicon().verdicts[judged.verdict].format(a=a, b=b)
    said = said[:1].upper() + said[1:]
    return Line(text=f"{said} ({one_line(judged.rule)}).", notes=context.references(point.claim for point in points))


def _side(found: Series, at: Sequence[int], context: Context) -> str:
    """`the JCS (“at least 1,100” killed or wounded)`."""
    points = [found.points[n] for n in at]
    counts = " and ".join(f"“{one_line(one.words)}” {one.what.replace('_', ' ')}" for one in points)
    return f"{who_says(context, points[0].claim)} ({counts})"
