"""Claims as a table for a terminal: one row a claim where there is room, else a card of two or three lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from tocsin.model import Actor, Claim, Document, Report
from tocsin.show.plain import one_line, shorten
from tocsin.show.words import (
    actor_words,
    chain_words,
    day_words,
    deed_parts,
    figure_words,
    kind_words,
    place_words,
    time_words,
)

WIDE = 120
"""From so many columns on claims are rows of a table; below, cards."""

STATUS = {"occurred": "green", "ongoing": "cyan", "planned": "blue", "possible": "yellow", "denied": "bold red"}
THE_ARTICLE = "the article"
COLUMNS = {"who says": 17, "status": 8, "who": 15, "what": 24, "to whom": 12, "how many": 12, "where": 11, "when": 11}
"""The columns with their shares of the width."""

FIXED = {"status", "when"}
"""Columns whose share is their width: they hold no free text."""


def show(report: Report, console: Console) -> None:
    """Print one report."""
    for part in rendered(report, console.width):
        console.print(part)


def rendered(report: Report, width: int) -> Iterator[RenderableType]:
    """The parts of a report as a terminal of `width` columns shows them: heading, claims, notes, an empty line."""
    yield from heading(report)
    if report.claims:
        yield rows(report.claims) if width >= WIDE else cards(report.claims, width)
    for note in report.document.notes:
        yield Text.assemble(("note: ", "yellow"), (one_line(note), "dim"))
    yield Text()


def heading(report: Report) -> Iterator[Text]:
    """Title, then where the article comes from and how many claims it holds."""
    yield Text(title_of(report.document), style="bold", overflow="fold")
    yield Text(" · ".join([*origin_of(report.document), counted(len(report.claims))]), style="dim")


def title_of(document: Document) -> str:
    """The title, else the beginning of the report."""
    return one_line(document.title) if document.title else shorten(document.text[document.body :][:400], 76)


def origin_of(document: Document) -> list[str]:
    """Publisher, agency, dateline, byline and date, as far as they are known."""
    named = (document.publisher, document.agency, document.dateline, document.byline)
    published = f"published {day_words(document.published)}" if document.published else "no date"
    return [*(one_line(part) for part in named if part), published]


def counted(number: int) -> str:
    """`1 claim`, `2 claims`, `no claims`."""
    return f"{number or 'no'} claim{'' if number == 1 else 's'}"


def rows(claims: Sequence[Claim]) -> Table:
    """One row a claim."""
    table = Table(
        box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold", expand=True
    )
    for name, share in COLUMNS.items():
        fixed = name in FIXED
        table.add_column(name, width=share if fixed else None, ratio=None if fixed else share, overflow="fold")
    for claim in claims:
        table.add_row(
            Text(chain_words(claim)) if claim.sources else Text(THE_ARTICLE, style="dim"),
            Text(claim.status, style=STATUS[claim.status]),
            people(claim.actors),
            Text("\n").join([deed(claim), Text(kind_words(claim), style="dim")]),
            people(claim.recipients),
            Text("\n".join(map(figure_words, claim.figures))),
            Text("\n".join(map(place_words, claim.places))),
            Text(time_words(claim.time) if claim.time else ""),
        )
    return table


def cards(claims: Iterable[Claim], width: int) -> Table:
    """Two or three lines a claim: status, who does what to whom; the details; who says it."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(width=8, no_wrap=True)
    table.add_column(overflow="fold")
    for claim in claims:
        table.add_row(Text(claim.status, style=STATUS[claim.status]), card(claim, width - 10))
    return table


def card(claim: Claim, width: int) -> Text:
    """The text of one card. The source stands on a line of its own where the details leave no room."""
    first = Text(" ").join(part for part in (people(claim.actors, ", "), deed(claim)) if part)
    if claim.recipients:
        first = Text(" ▸ ").join([first, people(claim.recipients, ", ")])
    details = [*map(figure_words, claim.figures), *map(place_words, claim.places)]
    if claim.time:
        details.append(time_words(claim.time))
    second = Text(" | ", style="bright_black").join([Text(kind_words(claim), style="dim"), *map(Text, details)])
    third = Text.assemble(("— ", "dim"), chain_words(claim) or (THE_ARTICLE, "dim"))
    between = "  " if second.cell_len + third.cell_len + 2 <= width else "\n"
    return Text.assemble(first, "\n", second, between, third)


def deed(claim: Claim) -> Text:
    """The trigger and the things it is done with or to, in the order of the text."""
    before, trigger, after = deed_parts(claim)
    parts = (Text(", ".join(before)), Text(trigger, style="bold"), Text(", ".join(after)))
    return Text(" ").join(part for part in parts if part)


def people(actors: Iterable[Actor], between: str = "\n") -> Text:
    """Actors with their countries."""
    found = []
    for actor in actors:
        text = Text(actor_words(actor))
        if actor.country:
            text.append(f" [{actor.country}]", style="dim")
        found.append(text)
    return Text(between).join(found)
