"""The commands across documents: `families`, `situations`, `situation`, `series`, `forecasts`, `relink`. Only their
arguments are here, so that a start stays short; what they do is in `judging.py` and `counting.py`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from tocsin.show.cli import asking
from tocsin.show.cli.asking import Where

Form = Annotated[
    Literal["table", "json", "jsonl"], typer.Option("--format", metavar="table|json|jsonl", help="How it is shown.")
]
Explain = Annotated[bool, typer.Option("--explain", help="Say why, with the parts of each score.")]


def _text(flag: str, metavar: str, help: str) -> typer.models.OptionInfo:
    """An option that takes one value."""
    option: typer.models.OptionInfo = typer.Option(flag, metavar=metavar, help=help, show_default=False)
    return option


def families(
    document: Annotated[
        str | None, _text("--document", "ID", "The family of this document, or of this claim's document.")
    ] = None,
    least: Annotated[int, typer.Option("--least", metavar="N", help="Of so many documents at least.", min=2)] = 2,
    largest: Annotated[bool, typer.Option("--largest", help="The largest first, not the newest.")] = False,
    limit: Annotated[int, typer.Option(metavar="N", help="How many families.", min=1)] = 20,
    form: Form = "table",
    ledger: Where = None,
) -> int:
    """Show report families: documents that carry the same copy, and count as one source."""
    from tocsin.show.cli import judging

    return judging.families(judging.Families(document, least, largest, limit, form), ledger)


def situations(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="WORDS",
            help="Words that one of its claims must hold, all of them; several in one argument are a phrase.",
            show_default=False,
        ),
    ] = None,
    types: asking.Types = None,
    modes: asking.Modes = None,
    statuses: asking.Statuses = None,
    countries: Annotated[
        list[str] | None,
        _text("--country", "COUNTRY", "Where it is, or who takes part; name or code; may be repeated."),
    ] = None,
    time_from: Annotated[str | None, _text("--from", "DATE", "It takes place on this day or later.")] = None,
    time_to: Annotated[str | None, _text("--to", "DATE", "It takes place on this day or earlier.")] = None,
    told_from: Annotated[str | None, _text("--told-from", "DATE", "Last told of on this day or later.")] = None,
    told_to: Annotated[str | None, _text("--told-to", "DATE", "Last told of on this day or earlier.")] = None,
    articles: Annotated[int, typer.Option(metavar="N", help="So many articles tell of it at least.", min=1)] = 1,
    independent: Annotated[
        int, typer.Option(metavar="N", help="So many independent reports tell of it at least.", min=1)
    ] = 1,
    sort: Annotated[
        Literal["newest", "latest", "earliest", "reports"],
        typer.Option(
            metavar="newest|latest|earliest|reports",
            help="By the last report of it (newest), by when it takes place (latest, earliest), or what most "
            "independent reports tell of first.",
        ),
    ] = "newest",
    limit: Annotated[int, typer.Option(metavar="N", help="How many situations.", min=1)] = 20,
    cursor: asking.Cursor = None,
    form: Form = "table",
    ledger: Where = None,
) -> int:
    """Find situations: events in the world, each told by claims of any number of documents."""
    from tocsin.show.cli import judging

    asked = dict(locals())
    return judging.situations({name: asked[name] for name in judging.SITUATIONS})


def situation(
    id: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="The id of a situation, or of any claim that tells of it.", show_default=False
        ),
    ],
    explain: Explain = False,
    form: Annotated[
        Literal["table", "json"], typer.Option("--format", metavar="table|json", help="How it is shown.")
    ] = "table",
    ledger: Where = None,
) -> int:
    """Show a situation: how it stands, its history, its claims by source."""
    from tocsin.show.cli import judging

    return judging.situation(id, explain, form, ledger)


def series(
    what: Annotated[
        list[str] | None,
        _text(
            "--what", "COUNT", "What is counted, such as killed; may be repeated. [default: as --figure says, or all]"
        ),
    ] = None,
    explain: Explain = False,
    form: Annotated[
        Literal["table", "json", "svg"],
        typer.Option("--format", metavar="table|json|svg", help="How they are shown; svg is a drawing of the first."),
    ] = "table",
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write this file, whole or not at all; - is standard output."),
    ] = None,
    **asked: Any,
) -> int:
    """Set figures side by side, by who gives them and when: those of a situation, whose id is given alone, or of the
    claims that are asked for as with find."""
    from tocsin.show.cli import counting

    return counting.series(asked, tuple(what or ()), explain, form, out)


asking.asking_as(asking.find, series, limit=0)


def forecasts(
    due: Annotated[
        str | None, _text("--due", "TIME", "Only those whose time ends within so many days or weeks: 30d, 6w.")
    ] = None,
    on: Annotated[str | None, _text("--on", "DATE", "As they stand at the end of this day. [default: today]")] = None,
    source: Annotated[str | None, _text("--source", "NAME", "Only those of a source, by words of its name.")] = None,
    states: Annotated[
        list[str] | None, _text("--state", "STATE", "open, fulfilled, lapsed or withdrawn; may be repeated.")
    ] = None,
    records: Annotated[bool, typer.Option("--records", help="Each source's record instead: what came true.")] = False,
    scale: Annotated[
        str | None, _text("--scale", "NAME", "The scale that gives words of probability their numbers.")
    ] = None,
    explain: Explain = False,
    form: Form = "table",
    ledger: Where = None,
) -> int:
    """Show what was foretold with an end to its time, and what became of it."""
    from tocsin.show.cli import foretelling

    return foretelling.forecasts(
        foretelling.Call(due, on, source, tuple(states or ()), records, scale, explain, form), ledger
    )


def relink(ledger: Where = None) -> int:
    """Make all families and situations anew, by the rules that are installed. What comes in is linked as it comes; this
    is for after a new version, or other rules of your own."""
    from tocsin.show.cli import judging

    return judging.relink(ledger)


COMMANDS: dict[str, Callable[..., int]] = {
    "families": families, "situations": situations, "situation": situation, "series": series, "forecasts": forecasts,
    "relink": relink,
}  # fmt: skip
