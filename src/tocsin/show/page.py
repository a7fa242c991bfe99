"""Reports as one self-contained web page: the articles with their evidence marked, linked to the claims."""

from __future__ import annotations

import base64
import functools
import hashlib
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import jinja2
from markupsafe import Markup

from tocsin.model import Actor, Claim, Place, Report
from tocsin.show import segments, table
from tocsin.show.plain import one_line
from tocsin.show.words import actor_words, chain_words, code_words, figure_words, kind_words, place_words, time_words

TEMPLATES = Path(__file__).parent / "templates"
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")

LEGEND = (
    ("t", "trigger"), ("s", "who says"), ("c", "cue"), ("a", "who"), ("o", "what"), ("r", "to whom"),
    ("f", "how many"), ("p", "where"), ("w", "when"), ("e", "evidence"),
)  # fmt: skip


class Field(NamedTuple):
    """One line of a claim: its label, its part (the letter of its marks) and its values, each with a code behind."""

    label: str
    part: str
    values: list[tuple[str, str]]


class ClaimView(NamedTuple):
    """A claim as the page shows it."""

    number: int
    status: str
    trigger: str
    kind: str
    fields: list[Field]
    made_by: str


class DocumentView(NamedTuple):
    """An article as the page shows it. `plain` says that its line ends mean nothing."""

    number: int
    title: str
    origin: list[str]
    url: str | None
    notes: tuple[str, ...]
    counted: str
    paragraphs: list[list[segments.Piece]]
    head: int
    claims: list[ClaimView]


def render(reports: Sequence[Report]) -> str:
    """The whole page. It asks nothing of the network, and its policy forbids it to."""
    style, script = _asset("page.css") + _asset("marks.css"), _asset("page.js")
    views = [view(number, report) for number, report in enumerate(reports, 1)]
    title = views[0].title if len(views) == 1 else f"{len(views)} articles and their claims"
    return _template().render(
        title=title,
        documents=views,
        total=table.counted(sum(len(one.claims) for one in views)),
        legend=LEGEND,
        style=Markup(style),
        script=Markup(script),
        style_hash=_hash(style),
        script_hash=_hash(script),
    )


def view(number: int, report: Report) -> DocumentView:
    """What the template needs of one report."""
    document = report.document
    pieces = segments.cut(document.text, segments.marks_of(report.claims), extra=[document.body])
    return DocumentView(
        number=number,
        title=table.title_of(document),
        origin=table.origin_of(document),
        url=document.url if document.url and document.url.lower().startswith(("http://", "https://")) else None,
        notes=document.notes,
        counted=table.counted(len(report.claims)),
        paragraphs=[[piece._replace(text=CONTROL.sub("\ufffd", piece.text)) for piece in line] for line in pieces],
        head=document.body,
        claims=[claim_view(n, claim) for n, claim in enumerate(report.claims, 1)],
    )


def claim_view(number: int, claim: Claim) -> ClaimView:
    """What the template needs of one claim."""
    fields = [
        Field("who says", "s", [(chain_words(claim) or table.THE_ARTICLE, "")]),
        Field("who", "a", _people(claim.actors)),
        Field("what", "o", [(one_line(thing.text), "") for thing in claim.objects]),
        Field("to whom", "r", _people(claim.recipients)),
        Field("how many", "f", [(figure_words(figure), "") for figure in claim.figures]),
        Field("where", "p", [_place(place) for place in claim.places]),
        Field("when", "w", [(time_words(claim.time), "")] if claim.time else []),
    ]
    sure = f"{claim.confidence:.0%} sure" if claim.confidence is not None else ""
    return ClaimView(
        number=number,
        status=claim.status,
        trigger=one_line(claim.trigger.text),
        kind=kind_words(claim),
        fields=[field for field in fields if field.values],
        made_by=", ".join(part for part in (sure, claim.made_by and f"by {claim.made_by}") if part),
    )


def _people(actors: Iterable[Actor]) -> list[tuple[str, str]]:
    return [(actor_words(actor), code_words(actor)) for actor in actors]


def _place(place: Place) -> tuple[str, str]:
    """A place with its gazetteer name and country, where they say more than its words."""
    said = place_words(place)
    more = [part for part in (place.name, place.country_name) if part and part.lower() not in said.lower()]
    return said, ", ".join(more)


@functools.cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html")


@functools.cache
def _asset(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    """The digest by which the page's policy admits an inline style or script."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
