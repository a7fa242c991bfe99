"""The command `brief`: from arguments to a brief on standard output or in a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Literal

import typer

from tocsin.show.cli.asking import Where

Since = Annotated[
    str, typer.Option("--since", metavar="LENGTH", help="How far back, in days or weeks: 7d, 2w; the last day counts.")
]
Until = Annotated[
    str | None,
    typer.Option(
        metavar="DATE",
        help="The last day, as 2024-12-23 [default: the latest day of publication in the ledger].",
        show_default=False,
    ),
]
About = Annotated[
    str | None,
    typer.Option(metavar="WORDS", help="Only claims that hold these words, as for find.", show_default=False),
]
Country = Annotated[
    list[str] | None,
    typer.Option(
        metavar="COUNTRY",
        help="Only claims that a country acts in, suffers, says, or is the scene of, by name or code; may be repeated.",
        show_default=False,
    ),
]
Pack = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NAME",
        help="Only claims that an indicator of this pack looks for, and its alerts; may be repeated.",
        show_default=False,
    ),
]
Form = Annotated[Literal["md", "html"], typer.Option("--format", metavar="md|html", help="What it is written as.")]
Out = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Write this file; - is standard output.", show_default=False),
]


def brief(
    since: Since = "7d",
    until: Until = None,
    about: About = None,
    country: Country = None,
    pack: Pack = None,
    form: Form = "md",
    out: Out = None,
    ledger: Where = None,
) -> int:
    """Write a situation brief of what the ledger holds, each sentence with its reference."""
    from tocsin.show.brief import gather, html, markdown, sections
    from tocsin.show.cli import exporting, faults, finding

    ask = gather.Ask(
        days=gather.days_of(since),
        until=until,
        words=about,
        countries=tuple(map(finding.country, country or ())),
        packs=tuple(pack or ()),
    )
    with finding.opened(ledger) as opened:
        made = sections.brief_of(gather.gather(opened, ask))
        name = opened.name
    with exporting.opened(out, name) as target:
        target.write((html if form == "html" else markdown).render(made).encode())
        target.flush()
    return faults.DONE


COMMANDS: dict[str, Callable[..., int]] = {"brief": brief}
