"""Where reports go: a table, JSON, JSON lines, a page on standard output, or files in a folder."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Protocol
from urllib.parse import urlsplit

from rich.console import Console

from tocsin.errors import SourceError, UsageError
from tocsin.model import Report
from tocsin.show import encode, table

LINES = (".jsonl", ".ndjson")
"""Files that hold one article a line: their articles are written under their ids."""

UNSAFE = re.compile(r"[^\w.,=@+-]+")
LONGEST_NAME = 120


class Sink(Protocol):
    """Takes reports as they come."""

    def add(self, source: str, report: Report) -> None:
        """Take the report of an article of `source`."""

    def close(self, failed: int) -> None:
        """No more will come; `failed` articles could not be read."""


class Tables:
    """Tables on a terminal."""

    def __init__(self, console: Console) -> None:
        self.console = console

    def add(self, source: str, report: Report) -> None:
        """Print the report."""
        table.show(report, self.console)

    def close(self, failed: int) -> None:
        """Nothing is left to print."""


class Lines:
    """One JSON object a line."""

    def __init__(self, out: BinaryIO) -> None:
        self.out = out

    def add(self, source: str, report: Report) -> None:
        """Write the line, at once."""
        self.out.write(encode.encode_line(report))
        self.out.flush()

    def close(self, failed: int) -> None:
        """Every line is written."""


class Json:
    """One object for one article, a list for several. `several`: more than one source was named."""

    def __init__(self, out: BinaryIO, several: bool) -> None:
        self.out = out
        self.several = several
        self.first: Report | None = None
        self.written = 0

    def add(self, source: str, report: Report) -> None:
        """Write the report; keep it back while it may be the only one."""
        if not self.several and self.first is None and not self.written:
            self.first = report
            return
        self._release()
        self._item(report)

    def close(self, failed: int) -> None:
        """Write what was kept back, and end the list."""
        if self.first is not None and not failed and not self.written:
            self.out.write(encode.encode_pretty(self.first) + b"\n")
            self.first = None
        elif self.written or self.first is not None:
            self._release()
            self.out.write(b"\n]\n")
        elif self.several:
            self.out.write(b"[]\n")
        self.out.flush()

    def _release(self) -> None:
        if self.first is not None:
            report, self.first = self.first, None
            self._item(report)

    def _item(self, report: Report) -> None:
        self.out.write(b",\n  " if self.written else b"[\n  ")
        self.out.write(encode.encode_pretty(report, indent=2))
        self.written += 1


class Page:
    """All articles on one web page."""

    def __init__(self, out: BinaryIO) -> None:
        self.out = out
        self.reports: list[Report] = []

    def add(self, source: str, report: Report) -> None:
        """Keep the report."""
        self.reports.append(report)

    def close(self, failed: int) -> None:
        """Write the page."""
        if self.reports:
            self.out.write(page_of(self.reports))
            self.out.flush()


class Folder:
    """One file for each input file; for a file of many articles one for each, by its id. `form` is `json` or `html`;
    `inputs` are the files of the call, which are not written over; `fail` is told what cannot be written."""

    def __init__(self, folder: Path, form: str, inputs: Iterable[str], fail: Callable[[SourceError], None]) -> None:
        self.inputs = {os.path.realpath(path) for path in inputs}
        self.fail = fail
        self.folder = folder
        self.form = form
        self.taken: set[str] = set()
        self.source: str | None = None
        self.held: list[Report] = []
        self.many = False
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as fault:
            raise UsageError(f"--out {folder}: cannot be made: {fault.strerror}; name another folder") from fault

    def add(self, source: str, report: Report) -> None:
        """Write the report; the first of a source waits until it is known whether it is the only one."""
        if source != self.source:
            self._release()
            self.source, self.many = source, source.lower().endswith(LINES)
        if self.many:
            self._write(safe(report.document.id), report)
        elif self.held:
            self.many = True
            first = self.held.pop()
            self._write(safe(first.document.id), first)
            self._write(safe(report.document.id), report)
        else:
            self.held = [report]

    def close(self, failed: int) -> None:
        """Write what waits."""
        self._release()

    def _release(self) -> None:
        if self.held:
            self._write(name_of(self.source or ""), self.held.pop())

    def _write(self, name: str, report: Report) -> None:
        """Write one file whole or not at all, never over an input and never over another of this call."""
        target = self.folder / f"{self._free(name)}.{self.form}"
        if os.path.realpath(target) in self.inputs:
            fault = f"its claims would be written over {target}, which is read too; give --out another folder"
            self.fail(SourceError(self.source or "", fault))
            return
        data = page_of([report]) if self.form == "html" else encode.encode_pretty(report) + b"\n"
        part = target.with_name(f".{target.name}.part")
        try:
            part.write_bytes(data)
            part.replace(target)
        except OSError as fault:
            with contextlib.suppress(OSError):
                part.unlink()
            self.fail(SourceError(str(target), f"cannot be written: {fault.strerror}"))

    def _free(self, name: str) -> str:
        """The name, or the name with a number where it was given to another article of this call."""
        found = next(other for other in _numbered(name) if other.casefold() not in self.taken)
        self.taken.add(found.casefold())
        return found


def _numbered(name: str) -> Iterator[str]:
    """`name`, `name-2`, `name-3`, ..."""
    yield name
    number = 2
    while True:
        yield f"{name}-{number}"
        number += 1


def name_of(source: str) -> str:
    """The name that a source's file gets: that of the input file without its ending; of an address its last part."""
    if source == "-":
        return "stdin"
    if source.lower().startswith(("http://", "https://")):
        address = urlsplit(source)
        return safe(Path(address.path).stem or address.netloc)
    return Path(source).stem


def safe(name: str) -> str:
    """An id as a file name: no separators, no leading dot, not too long."""
    return UNSAFE.sub("-", name).lstrip(".-")[:LONGEST_NAME] or "article"


def page_of(reports: list[Report]) -> bytes:
    """The web page of reports."""
    from tocsin.show.page import render

    return render(reports).encode("utf-8", "replace")
