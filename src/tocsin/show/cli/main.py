"""The commands, and how a call ends."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Literal, NoReturn

import typer

from tocsin import __version__, process, settings
from tocsin.errors import TocsinError
from tocsin.show.cli import asking, briefing, faults, linking, serving, taking, watching

SUMMARY = "Read published news into claims: who says that what happened, is under way, is planned or may come."
EXITS = "Exit status: 0 done; 1 something could not be read, the rest was; 2 wrong use."
SIGPIPE = 141

MEANING = {row.name: f"{row.meaning} [default: {row.default}; ${row.variable}]" for row in settings.table()}

app = typer.Typer(
    name="tocsin",
    help=SUMMARY,
    epilog=EXITS,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _version(wanted: bool) -> None:
    """Show the version and stop."""
    if wanted:
        typer.echo(f"tocsin {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def _top(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and stop.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    if context.invoked_subcommand is None:
        typer.echo(context.get_help(), err=True)
        raise typer.Exit(faults.WRONG_USE)


@app.command("read", epilog=EXITS)
def read(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE",
            help="Text files, article JSON or JSON lines, saved web pages, folders, http(s) addresses, or - for "
            "standard input.",
            show_default=False,
        ),
    ],
    published: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="The date of publication of all sources, as 2024-12-23.", show_default=False),
    ] = None,
    form: Annotated[
        settings.Format | None,
        typer.Option("--format", metavar="table|json|jsonl|html", help=MEANING["format"], show_default=False),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Write NAME.json (with --format html NAME.html) here for each input file NAME; of a file with several "
            "articles, one for each article's id.",
            show_default=False,
        ),
    ] = None,
    mentions: Annotated[
        bool,
        typer.Option(
            "--mentions", help="In JSON, add every time, place, figure, actor and attribution found, in claims or not."
        ),
    ] = False,
    model: Annotated[str | None, typer.Option(metavar="NAME", help=MEANING["model"], show_default=False)] = None,
    max_size: Annotated[int | None, typer.Option(metavar="BYTES", help=MEANING["max_size"], show_default=False)] = None,
    min_confidence: Annotated[
        float | None, typer.Option(metavar="NUMBER", help=MEANING["min_confidence"], show_default=False)
    ] = None,
    timeout: Annotated[
        float | None, typer.Option(metavar="SECONDS", help=MEANING["timeout"], show_default=False)
    ] = None,
) -> int:
    """Read articles and show their claims."""
    given = settings.load(format=form, model=model, max_size=max_size, min_confidence=min_confidence, timeout=timeout)
    from tocsin.show.cli import reading

    return _piped(lambda: reading.run(reading.Call(sources, published, form, out, mentions), given))


@app.command("resolve")
def resolve(
    text: Annotated[
        str, typer.Argument(metavar="TEXT", help='A name phrase, such as "Israeli troops".', show_default=False)
    ],
    on: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="The day on which it was written, as 2024-12-23.", show_default=False),
    ] = None,
    form: Annotated[
        Literal["table", "json"], typer.Option("--format", metavar="table|json", help="How the answer is shown.")
    ] = "table",
) -> int:
    """Tell whom a name phrase means: name, country, sector."""
    from tocsin.show.cli import resolving

    return _piped(lambda: resolving.run(text, on, form))


@app.command("doctor")
def doctor(
    model: Annotated[str | None, typer.Option(metavar="NAME", help=MEANING["model"], show_default=False)] = None,
    ledger: asking.Where = None,
) -> int:
    """Tell what is installed, what is missing, and how to mend it, and check the ledger word by word, if there is one;
    exit status 1 where something needed is missing or wrong."""
    from tocsin.show.cli import diagnosis

    return _piped(lambda: diagnosis.run(settings.load(model=model, ledger=ledger)))


def _piped(command: Callable[[], int]) -> int:
    """The status of a command; of one whose reader hung up, that of a program which the signal for it ended."""
    try:
        status = command()
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return SIGPIPE
    return status


def _guarded(command: Callable[..., int]) -> Callable[..., int]:
    """A command declared elsewhere, with the same end as those declared here."""

    @functools.wraps(command)
    def guarded(**given: object) -> int:
        return _piped(lambda: command(**given))

    return guarded


for _name, _command in (
    asking.COMMANDS | linking.COMMANDS | briefing.COMMANDS | taking.COMMANDS | watching.COMMANDS | serving.COMMANDS
).items():
    app.command(_name)(_guarded(_command))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command line; return the exit status. Nothing but `SystemExit` of the interpreter gets through."""
    try:
        code = app(arguments, prog_name="tocsin", standalone_mode=False)
    except (KeyboardInterrupt, typer.Abort):
        return faults.INTERRUPTED
    except TocsinError as fault:
        faults.tell_fault(fault)
        return faults.status_of(fault)
    except Exception as fault:
        usage = getattr(fault, "format_message", None)
        if usage is None:
            faults.tell_fault(fault)
            return faults.SOME_FAILED
        command = getattr(getattr(fault, "ctx", None), "command_path", "tocsin")
        faults.tell(f"{usage().rstrip('.')}; see {command} --help")
        return faults.WRONG_USE
    return code if isinstance(code, int) else faults.DONE


def main() -> NoReturn:
    """The program `tocsin`."""
    process.tune()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    sys.exit(run())
