"""`tocsin read`: sources to reports, reports to where they are wanted, errors to standard error."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from tocsin.errors import SourceError, UsageError
from tocsin.read.dates import parse_option
from tocsin.read.sources import ADDRESS, paths
from tocsin.settings import Format, Settings
from tocsin.show.cli import faults
from tocsin.show.cli.sinks import LINES, Folder, Json, Lines, Page, Sink, Tables
from tocsin.show.terminal import Terminal


class Call(NamedTuple):
    """What `tocsin read` was asked for, beside the settings. `form` is the format where the command line names it."""

    sources: Sequence[str]
    published: str | None = None
    form: Format | None = None
    out: Path | None = None
    mentions: bool = False


class Tally:
    """Tells of what could not be read, and counts it."""

    def __init__(self) -> None:
        self.failed = 0

    def fail(self, fault: SourceError) -> None:
        """One more article could not be read or kept."""
        faults.tell_fault(fault)
        self.failed += 1


def run(call: Call, settings: Settings) -> int:
    """Read all sources; return the exit status."""
    form = form_of(call, settings)
    if call.published:
        parse_option(call.published)
    tally = Tally()
    files = expand(call.sources, tally)
    console = Terminal()
    sink = sink_of(call, form, console, files, tally)
    if files:
        with progress(files, console, call.out is not None, form) as step:
            read_into(sink, files, call, settings, step, tally)
    sink.close(tally.failed)
    return faults.SOME_FAILED if tally.failed else faults.DONE


def form_of(call: Call, settings: Settings) -> Format:
    """The format in force. In a folder JSON or pages are written."""
    if call.out is None:
        return call.form or settings.format
    if call.form in ("table", "jsonl"):
        raise UsageError(f"--format {call.form} does not go with --out; a folder takes json or html")
    return call.form or ("html" if settings.format == "html" else "json")


def expand(sources: Sequence[str], tally: Tally) -> list[str]:
    """The files, addresses and `-` that the sources name; what cannot be read is told of."""
    found: list[str] = []
    for source in sources:
        if source == "-" or ADDRESS.match(source):
            found.append(source)
            continue
        for path in paths(source):
            if isinstance(path, SourceError):
                tally.fail(path)
            else:
                found.append(str(path))
    return found


def sink_of(call: Call, form: Format, console: Terminal, files: Sequence[str], tally: Tally) -> Sink:
    """Where the reports go."""
    if call.out is not None:
        return Folder(call.out, form, files, tally.fail)
    if form == "table":
        return Tables(console)
    out = sys.stdout.buffer
    several = len(files) + tally.failed > 1
    return Json(out, several) if form == "json" else Lines(out) if form == "jsonl" else Page(out)


def read_into(
    sink: Sink,
    files: Sequence[str],
    call: Call,
    settings: Settings,
    step: Callable[[str], None],
    tally: Tally,
) -> None:
    """Read the files into the sink, in their order; what cannot be read is told of."""
    from tocsin.api import read_sources

    for source, result in read_sources(
        files,
        published=call.published,
        model=settings.model,
        mentions=call.mentions,
        min_confidence=settings.min_confidence,
        max_size=settings.max_size,
        timeout=settings.timeout,
    ):
        step(source)
        if isinstance(result, SourceError):
            tally.fail(result)
        else:
            sink.add(source, result)


@contextlib.contextmanager
def progress(files: Sequence[str], console: Terminal, folder: bool, form: Format) -> Iterator[Callable[[str], None]]:
    """A bar on standard error while many are read, if that is a terminal and the output does not run through it.

    Yields what is to be called with the source of each result. A table on the same terminal is printed above the bar.
    """
    many = len(files) > 1 or files[0].lower().endswith(LINES)
    shared = console.is_terminal and not folder
    if not many or not sys.stderr.isatty() or (shared and form != "table"):
        yield lambda source: None
        return
    columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console if shared else Terminal(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=len(files) if len(files) > 1 else None)
        at = {file: number for number, file in enumerate(files, 1)}
        if len(files) > 1:
            yield lambda source: bar.update(task, completed=at[source])
        else:
            yield lambda source: bar.advance(task)
