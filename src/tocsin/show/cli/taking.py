"""The commands that take news into a ledger: `ingest`, `follow`, `reread`, `quarantine`. Only their arguments are here,
so that a start stays short."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Literal

import typer

from tocsin import settings
from tocsin.show.cli.asking import Where

MEANING = {row.name: f"{row.meaning} [default: {row.default}; ${row.variable}]" for row in settings.table()}

Jobs = Annotated[int | None, typer.Option(metavar="N", help="Processes that read. [default: one a core]", min=1)]
Limit = Annotated[
    str, typer.Option("--timeout-per-document", metavar="TIME", help="So long may one document compute: 90s, 5m.")
]
Model = Annotated[str | None, typer.Option(metavar="NAME", help=MEANING["model"], show_default=False)]
MaxSize = Annotated[int | None, typer.Option(metavar="BYTES", help=MEANING["max_size"], show_default=False)]
Timeout = Annotated[float | None, typer.Option(metavar="SECONDS", help=MEANING["timeout"], show_default=False)]


def _text(flag: str, metavar: str, help: str) -> typer.models.OptionInfo:
    """An option that takes one value."""
    option: typer.models.OptionInfo = typer.Option(flag, metavar=metavar, help=help, show_default=False)
    return option


def ingest(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE",
            help="Files, folders, patterns, http(s) addresses, or - for standard input: text, article JSON, web pages, "
            "feeds, NewsML-G2, NITF, web archives, mailboxes, packed with gzip or zstd or not.",
            show_default=False,
        ),
    ],
    ledger: Where = None,
    jobs: Jobs = None,
    published: Annotated[
        str | None, _text("--published", "DATE", "The date of publication of all sources, as 2024-12-23.")
    ] = None,
    fields: Annotated[
        list[str] | None,
        _text("--field", "NAME=KEY", "Where articles in JSON hold what: text=story.body; may be repeated."),
    ] = None,
    max_size: MaxSize = None,
    timeout: Timeout = None,
    limit: Limit = "60s",
    model: Model = None,
    links: Annotated[
        bool,
        typer.Option("--link/--no-link", help="Link what is new, or leave it to a later ingest or tocsin relink."),
    ] = True,
) -> int:
    """Take articles into the ledger. Known ones are passed over, what cannot be read goes into quarantine; broken off,
    the same command goes on where it was."""
    from tocsin.show.cli import ingest as does

    given = settings.load(ledger=ledger, max_size=max_size, timeout=timeout, model=model)
    return does.run(does.Call(tuple(sources), published, tuple(fields or ()), jobs, limit, links), given)


def follow(
    feeds: Annotated[
        list[str],
        typer.Argument(metavar="FEED", help="Addresses of feeds, or OPML files that list them.", show_default=False),
    ],
    every: Annotated[str, typer.Option(metavar="TIME", help="How often a feed is visited: 15m, 2h.")] = "15m",
    once: Annotated[bool, typer.Option("--once", help="Visit each feed once, whether due or not, and stop.")] = False,
    pages: Annotated[bool, typer.Option(help="Fetch the article's page where a feed has only a summary of it.")] = True,
    contact: Annotated[
        str | None, _text("--contact", "ADDRESS", "Whom a site's owner may write to; it is told to the site.")
    ] = None,
    ledger: Where = None,
    jobs: Annotated[int, typer.Option(metavar="N", help="Processes that read.", min=1)] = 1,
    max_size: MaxSize = None,
    timeout: Timeout = None,
    limit: Limit = "60s",
    model: Model = None,
) -> int:
    """Keep taking in feeds, politely, until it is interrupted; started again, it goes on where it was."""
    from tocsin.show.cli import follow as does

    given = settings.load(ledger=ledger, max_size=max_size, timeout=timeout, model=model)
    return does.run(does.Call(tuple(feeds), every, once, pages, contact, jobs, limit), given)


def reread(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="WORDS", help="Only articles in which all these words occur.", show_default=False),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="All articles of the ledger.")] = False,
    published_from: Annotated[str | None, _text("--published-from", "DATE", "Published on this day or later.")] = None,
    published_to: Annotated[str | None, _text("--published-to", "DATE", "Published on this day or earlier.")] = None,
    ledger: Where = None,
    jobs: Jobs = None,
    limit: Limit = "60s",
    model: Model = None,
) -> int:
    """Read articles again, from the ledger's own text, that were last read by another version of Tocsin, of its words
    or of its models. The new reading takes the place of the old, which stays."""
    from tocsin.show.cli import reread as does

    given = settings.load(ledger=ledger, model=model)
    call = does.Call(tuple(words or ()), everything, published_from, published_to, jobs, limit)
    return does.run(call, given)


def quarantine(
    action: Annotated[
        Literal["list", "show", "retry"],
        typer.Argument(
            metavar="list|show|retry",
            help="List what could not be read; show one; read it again (without ID all).",
        ),
    ] = "list",
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="ID", help="Ids, as list shows them.", show_default=False)
    ] = None,
    resolved: Annotated[bool, typer.Option("--resolved", help="List also what was read since.")] = False,
    form: Annotated[
        Literal["table", "json", "jsonl"],
        typer.Option("--format", metavar="table|json|jsonl", help="How it is shown."),
    ] = "table",
    ledger: Where = None,
    jobs: Annotated[int, typer.Option(metavar="N", help="Processes that read.", min=1)] = 1,
    published: Annotated[
        str | None, _text("--published", "DATE", "With retry: the date of publication, as it was given to ingest.")
    ] = None,
    fields: Annotated[
        list[str] | None, _text("--field", "NAME=KEY", "With retry: where JSON holds what, as it was given to ingest.")
    ] = None,
    max_size: MaxSize = None,
    timeout: Timeout = None,
    limit: Limit = "60s",
    model: Model = None,
) -> int:
    """What could not be read: look at it, and try it again."""
    from tocsin.show.cli import quarantine as does

    given = settings.load(ledger=ledger, max_size=max_size, timeout=timeout, model=model)
    return does.run(
        does.Call(action, tuple(ids or ()), resolved, form, jobs, limit, published, tuple(fields or ())), given
    )


COMMANDS: dict[str, Callable[..., int]] = {
    "ingest": ingest,
    "follow": follow,
    "reread": reread,
    "quarantine": quarantine,
}
