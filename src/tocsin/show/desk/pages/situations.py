"""Situations: what happened, as all who tell of it tell it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from fastapi import APIRouter, Request
from markupsafe import Markup
from starlette.responses import Response

from tocsin.countries import countries
from tocsin.judgement import Judged, Point, Series, Situation
from tocsin.ledger import Found
from tocsin.model import Figure
from tocsin.show.brief.days import interval_out
from tocsin.show.brief.map import Spot, draw
from tocsin.show.desk.asked_situations import AskedSituations, address
from tocsin.show.desk.content.situations import SituationShown, situation, situations
from tocsin.show.desk.desk import Entry, Id, TheLedger, found
from tocsin.show.desk.rows import Row, origin_parts, row_of, title_of
from tocsin.show.desk.templating import render
from tocsin.show.plain import one_line
from tocsin.show.series_chart import DARK, LIGHT, style, svg
from tocsin.show.words import figure_words

ENTRY = Entry("/situations", "Situations")
router = APIRouter()

SORTS = (("newest", "last told of first"), ("reports", "most reports first"), ("latest", "latest event first"),
         ("earliest", "earliest event first"))  # fmt: skip
PAIRS = tuple(zip(LIGHT, DARK, strict=True))
SPOTS = 12
"""Places on the map of a situation, at most."""

VERDICTS = {"agrees": "agrees with", "revises": "revises", "contradicts": "contradicts", "changes": "is a change from"}


class Line(NamedTuple):
    """A situation in a list."""

    id: str
    title: str
    status: str
    kind: str
    details: list[str]


class Figured(NamedTuple):
    """A figure of a series: who gave it and when, its words, and what it says of earlier ones."""

    claim: str
    source: str
    day: str | None
    words: str
    what: str
    against: list[tuple[str, str]]


@router.get("/static/series.css")
def series_style() -> Response:
    """The style of the drawings, in the colours of the desk's own light and dark."""
    colours = "".join(f"--tocsin-s{at}:light-dark({light},{dark});" for at, (light, dark) in enumerate(PAIRS))
    return Response(f"{style()}.chart{{{colours}--tocsin-ink:var(--ink)}}", media_type="text/css")


@router.get("/situations")
def show(request: Request, query: AskedSituations, ledger: TheLedger) -> Response:
    """The list, or the entries that follow on a page."""
    page = situations(ledger, query)
    more = address(query, cursor=page.cursor) if page.cursor else None
    lines = [line_of(one) for one in page.situations]
    if query.cursor and request.headers.get("hx-request") == "true":
        return render(request, "situations_rows.html", lines=lines, more=more)
    return render(
        request, "situations.html", lines=lines, more=more, query=query, sorts=SORTS, unlinked=page.unlinked,
        country=", ".join(countries().name_of(code) or code for code in query.countries),
    )  # fmt: skip


@router.get("/situations/{id}")
def one(request: Request, id: Id, ledger: TheLedger) -> Response:
    """The page of one."""
    held = found(situation(ledger, id), f"There is no situation with the claim {id}.")
    rows = {claim.id: row_of(claim) for claim in held.claims}
    spots = spots_of(held.claims)
    return render(
        request, "situation.html", held=held, it=held.situation, line=line_of(held.situation), rows=rows,
        turns=[(turn, rows[turn.claim]) for turn in held.situation.history if turn.claim in rows],
        speakers=[(one, [rows[claim] for claim in one.claims if claim in rows]) for one in held.speakers],
        reports=[(one, [(of.id, title_of(of), origin_parts(of)) for of in one.documents]) for one in held.reports],
        series=[(one, list(figures_of(one)), chart_of(one)) for one in held.series], links=links_of(held, rows),
        drawing=Markup(draw(spots)) if spots else None, spots=spots,
    )  # fmt: skip


def line_of(it: Situation) -> Line:
    """A situation as an entry of a list."""
    place = one_line(it.place.name or it.place.text) if it.place else None
    when = interval_out(it.begins, it.ends)
    count = len(it.claims)
    told = f"{count:,} claim{'' if count == 1 else 's'}"
    reports = f"{it.families:,} independent report{'' if it.families == 1 else 's'}"
    kind = " · ".join(part.lower().replace("_", " ") for part in (it.type, it.mode) if part)
    return Line(it.id, one_line(it.title), it.status, kind, [part for part in (when, place, told, reports) if part])


def chart_of(series: Series) -> Markup | None:
    """A series as it is drawn, where there is something to compare. Its style is that of `/static/series.css`."""
    return Markup(svg(series, styled=False)) if len(series.points) > 1 else None


def figures_of(series: Series) -> Iterator[Figured]:
    """The figures of a series in the order of saying, each with what it says of earlier ones."""
    said: dict[int, list[tuple[str, str]]] = {}
    for judged in series.judged:
        later = max(judged.b)
        words = f"{VERDICTS[judged.verdict]} {_side(series, judged)}"
        said.setdefault(later, []).append((judged.verdict, f"{words} ({judged.rule})"))
    for at, point in enumerate(series.points):
        yield Figured(
            point.claim, one_line(point.source), point.said_on, one_line(point.words), _counted(point), said.get(at, [])
        )


def _side(series: Series, judged: Judged) -> str:
    """The earlier figures of a judgement: `the JCS (“at least 1,100”)`."""
    points = [series.points[at] for at in judged.a]
    return f"{one_line(points[0].source)} (" + " and ".join(f"“{one_line(one.words)}”" for one in points) + ")"


def _counted(point: Point) -> str:
    """A figure in words: `≥ 1,100 killed`, `~25 ships`."""
    return figure_words(
        Figure(
            text=point.words, start=0, end=0, what=point.what, low=point.low, high=point.high,
            qualifier=point.qualifier, unit=point.unit,
        )
    )  # fmt: skip


def links_of(held: SituationShown, rows: dict[str, Row]) -> list[tuple[Row, Row, str, str]]:
    """Why the claims were put together: both claims, the score, and its parts in words."""
    return [
        (rows[link.a], rows[link.b], f"{link.score:.2f}", ", ".join(f"{p.name} {p.value:+.2f}" for p in link.parts))
        for link in held.situation.links
        if link.a in rows and link.b in rows
    ]


def spots_of(claims: Sequence[Found]) -> list[Spot]:
    """The places that claims name, those of most claims first, numbered."""
    held: dict[str, list[tuple[float, float, bool, str]]] = {}
    for one in claims:
        for place in one.claim.places:
            if place.lat is not None and place.lon is not None:
                name = one_line(place.name or place.text)
                held.setdefault(name, []).append((place.lat, place.lon, place.name == place.country_name, one.id))
    order = sorted(held, key=lambda name: (-len({row[3] for row in held[name]}), name))[:SPOTS]
    return [
        Spot(number=number, name=name, lat=held[name][0][0], lon=held[name][0][1],
             claims=len({row[3] for row in held[name]}), wide=held[name][0][2])
        for number, name in enumerate(order, 1)
    ]  # fmt: skip
