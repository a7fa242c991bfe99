"""The commands that ask a ledger: `find`, `show`, `export`, `backup`. Only their arguments are here, so that a start
stays short; what they do is in `finding.py` and `exporting.py`."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from tocsin import settings

LEDGER = next(row for row in settings.table() if row.name == "ledger")
Where = Annotated[
    str | None,
    typer.Option(
        "--ledger",
        metavar="PATH|URL",
        help=f"{LEDGER.meaning} [default: {LEDGER.default}; ${LEDGER.variable}]",
        show_default=False,
    ),
]
FindFormat = Literal["table", "json", "jsonl", "csv"]
SortName = Literal["newest", "oldest", "latest", "earliest", "confidence"]


def _text(flag: str, metavar: str, help: str) -> typer.models.OptionInfo:
    """An option that takes one value."""
    option: typer.models.OptionInfo = typer.Option(flag, metavar=metavar, help=help, show_default=False)
    return option


Words = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="WORDS",
        help="Words that the evidence or the names must hold, all of them; several in one argument are a phrase; "
        "word* is a beginning; after --, -word must not occur.",
        show_default=False,
    ),
]
Article = Annotated[bool, typer.Option("--article", help="Look for the words in the whole article, its title too.")]
Types = Annotated[list[str] | None, _text("--type", "TYPE", "Type of event, such as AID; may be repeated.")]
Modes = Annotated[list[str] | None, _text("--mode", "MODE", "Its mode, such as military; may be repeated.")]
Statuses = Annotated[
    list[str] | None,
    _text("--status", "STATUS", "occurred, ongoing, planned, possible or denied; may be repeated."),
]
Actor = Annotated[str | None, _text("--actor", "NAME", "Who does it.")]
ActorCountry = Annotated[
    list[str] | None, _text("--actor-country", "COUNTRY", "Of which country, name or code; may be repeated.")
]
ActorSector = Annotated[
    list[str] | None, _text("--actor-sector", "SECTOR", "Of which sector, such as MIL; may be repeated.")
]
Recipient = Annotated[str | None, _text("--recipient", "NAME", "To whom, or against whom, it is done.")]
RecipientCountry = Annotated[list[str] | None, _text("--recipient-country", "COUNTRY", "Of which country.")]
RecipientSector = Annotated[list[str] | None, _text("--recipient-sector", "SECTOR", "Of which sector.")]
Source = Annotated[str | None, _text("--source", "NAME", "Who says so.")]
SourceCountry = Annotated[list[str] | None, _text("--source-country", "COUNTRY", "Of which country.")]
SourceSector = Annotated[list[str] | None, _text("--source-sector", "SECTOR", "Of which sector.")]
Place = Annotated[str | None, _text("--place", "NAME", "Where: a place, a region or a country, by name.")]
PlaceCountry = Annotated[list[str] | None, _text("--place-country", "COUNTRY", "In which country.")]
Bbox = Annotated[str | None, _text("--bbox", "W,S,E,N", "Where: a box of degrees, such as 36,50,38,52.")]
TimeFrom = Annotated[str | None, _text("--from", "DATE", "The event takes place on this day or later.")]
TimeTo = Annotated[str | None, _text("--to", "DATE", "The event takes place on this day or earlier.")]
PublishedFrom = Annotated[str | None, _text("--published-from", "DATE", "Published on this day or later.")]
PublishedTo = Annotated[str | None, _text("--published-to", "DATE", "Published on this day or earlier.")]
Figures = Annotated[
    list[str] | None,
    _text("--figure", "CONDITION", "A number claimed, such as 'killed>=10'; all that are given hold."),
]
Publishers = Annotated[
    list[str] | None, _text("--publisher", "NAME", "Who published it, written as in the ledger; may be repeated.")
]
Agencies = Annotated[list[str] | None, _text("--agency", "NAME", "The agency it comes from; may be repeated.")]
MinConfidence = Annotated[float | None, _text("--min-confidence", "NUMBER", "At least so sure, from 0 to 1.")]
Superseded = Annotated[
    bool, typer.Option("--superseded", help="Also claims that a later reading or version has replaced.")
]
Sort = Annotated[
    SortName,
    typer.Option(
        metavar="newest|oldest|latest|earliest|confidence",
        help="By publication (newest, oldest), by the time of the event (latest, earliest), or surest first.",
    ),
]
Limit = Annotated[int, typer.Option(metavar="N", help="How many claims; 0 for all.")]
Cursor = Annotated[str | None, _text("--cursor", "CURSOR", "Go on where the page before ended.")]
ExportFormat = Literal["csv", "jsonl", "parquet", "geojson", "plover"]
FindForm = Annotated[FindFormat, typer.Option("--format", metavar="table|json|jsonl|csv", help="How claims are shown.")]


def find(
    words: Words = None,
    article: Article = False,
    types: Types = None,
    modes: Modes = None,
    statuses: Statuses = None,
    actor: Actor = None,
    actor_country: ActorCountry = None,
    actor_sector: ActorSector = None,
    recipient: Recipient = None,
    recipient_country: RecipientCountry = None,
    recipient_sector: RecipientSector = None,
    source: Source = None,
    source_country: SourceCountry = None,
    source_sector: SourceSector = None,
    place: Place = None,
    place_country: PlaceCountry = None,
    bbox: Bbox = None,
    time_from: TimeFrom = None,
    time_to: TimeTo = None,
    published_from: PublishedFrom = None,
    published_to: PublishedTo = None,
    figures: Figures = None,
    publishers: Publishers = None,
    agencies: Agencies = None,
    min_confidence: MinConfidence = None,
    superseded: Superseded = False,
    sort: Sort = "newest",
    limit: Limit = 20,
    cursor: Cursor = None,
    form: FindForm = "table",
    ledger: Where = None,
) -> int:
    """Find claims in the ledger: by words, type, people, place, time, status, source, figure."""
    from tocsin.show.cli import finding

    asked = dict(locals())
    return finding.find({name: asked[name] for name in finding.FIND})


def show(
    id: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="The id of a claim or a document, as find shows it, or its beginning.",
            show_default=False,
        ),
    ],
    form: Annotated[
        Literal["table", "json"], typer.Option("--format", metavar="table|json", help="How it is shown.")
    ] = "table",
    ledger: Where = None,
) -> int:
    """Show a claim of the ledger with its evidence in context, its document and the document's versions."""
    from tocsin.show.cli import finding

    return finding.show(id, form, ledger)


def export(
    form: Annotated[
        ExportFormat,
        typer.Option("--format", metavar="csv|jsonl|parquet|geojson|plover", help="What the claims are written as."),
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Write this file, whole or not at all; - is standard output.", show_default=False
        ),
    ] = None,
    **asked: Any,
) -> int:
    """Hand claims of the ledger on to other programs; what to hand on is said as for find."""
    from tocsin.show.cli import exporting

    return exporting.export(asked | {"form": form, "out": out})


def asking_as(question: Callable[..., int], command: Callable[..., int], **defaults: Any) -> None:
    """Give a command the options of another in the place of its `**` parameter; its own win. `defaults` differ."""
    other, own = (inspect.signature(one, eval_str=True).parameters for one in (question, command))
    named = {name: one for name, one in own.items() if one.kind is not one.VAR_KEYWORD}
    shared = [one.replace(default=defaults.get(name, one.default)) for name, one in other.items() if name not in named]
    all_ = [one.replace(kind=one.KEYWORD_ONLY) for one in (*named.values(), *shared)]
    command.__signature__ = inspect.Signature(all_, return_annotation=int)  # type: ignore[attr-defined]
    command.__annotations__ = {one.name: one.annotation for one in all_}


asking_as(find, export, limit=0)


def backup(
    target: Annotated[str, typer.Argument(metavar="FILE", help="A new file.", show_default=False)],
    ledger: Where = None,
) -> int:
    """Copy the ledger to a file while it is in use (SQLite; for PostgreSQL there is pg_dump)."""
    from tocsin.show.cli import finding

    return finding.backup(target, ledger)


COMMANDS: dict[str, Callable[..., int]] = {"find": find, "show": show, "export": export, "backup": backup}
