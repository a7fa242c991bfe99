"""What a user names as SOURCE, opened one after the other: files, folders, globs, addresses, standard input."""

from __future__ import annotations

import glob
import os
import re
import stat
import sys
from collections import Counter
from collections.abc import Iterator
from io import BufferedIOBase
from pathlib import Path
from typing import cast

from tocsin.errors import NoArticle, NotFound, SourceError
from tocsin.read.blob import Blob
from tocsin.read.options import Options

NAMES = (
    "txt", "json", "jsonl", "ndjson", "html", "htm", "xhtml", "xml", "rss", "atom", "rdf", "nitf", "newsml", "warc",
    "mbox", "eml", "mht", "mhtml",
)  # fmt: skip
SUFFIXES = tuple(f".{name}{packed}" for name in NAMES for packed in ("", ".gz", ".zst"))
"""What is taken from a folder. A file that is named itself may be called anything."""

ADDRESS = re.compile(r"https?://", re.IGNORECASE)
SCHEME = re.compile(r"[a-z][a-z0-9+.-]{1,30}://", re.IGNORECASE)
WANTED = "give a file, a folder, a pattern, an http(s) address, or - for standard input"
WILD = re.compile(r"[*?\[]")


def blobs(source: str, options: Options) -> Iterator[Blob | SourceError]:
    """Open what `source` names. Each thing that cannot be opened comes as an error in its place."""
    if source == "-":
        yield Blob("standard input", cast("BufferedIOBase", sys.stdin.buffer))
    elif ADDRESS.match(source):
        from tocsin.read.fetch import fetch

        try:
            yield fetch(source, limit=options.container, max_size=options.max_size, timeout=options.timeout)
        except SourceError as fault:
            yield fault
    else:
        for path in paths(source, options.skipped):
            yield from [path] if isinstance(path, SourceError) else _open(path)


def paths(source: str, skipped: Counter[str] | None = None) -> Iterator[Path | SourceError]:
    """The files that a path or a pattern names, in a stable order. `skipped` counts those in a folder that are not
    taken."""
    refusal = _no_path(source)
    if refusal:
        yield NotFound(source or "SOURCE", f"{refusal}; {WANTED}")
        return
    path = Path(source)
    try:
        mode: int | None = path.stat().st_mode
    except PermissionError:
        yield NotFound(source, "no permission to read it")
        return
    except (OSError, ValueError):
        mode = None
    if mode is not None:
        yield from _folder(path, skipped) if stat.S_ISDIR(mode) else [path]
        return
    found = sorted(glob.glob(source, recursive=True)) if WILD.search(source) else []
    if not found:
        what = "no file matches this pattern" if WILD.search(source) else "no such file or folder"
        yield NotFound(source, f"{what}; {WANTED}")
    for name in found:
        yield from _folder(Path(name), skipped) if os.path.isdir(name) else [Path(name)]


def _no_path(source: str) -> str | None:
    """Why a name cannot be a path, if it cannot: an empty one would be the folder in which we stand."""
    if not source:
        return "an empty name"
    return "an address that is not http(s)" if SCHEME.match(source) and not os.path.exists(source) else None


def _folder(path: Path, skipped: Counter[str] | None) -> Iterator[Path | SourceError]:
    """The texts and pages in a folder and below it; one error for each folder that cannot be read."""
    faults: list[OSError] = []
    empty = True
    for folder, below, names in os.walk(path, onerror=faults.append):
        below.sort()
        for name in sorted(names):
            kind = os.path.splitext(name)[1].lower() or "no suffix"
            if name.lower().endswith(SUFFIXES):
                found = Path(folder, name)
                if not _waits(found):
                    empty = False
                    yield found
                    continue
                kind = "no file but a pipe or a device"
            if skipped is not None:
                skipped[f"file in a folder: {kind}"] += 1
    for fault in faults:
        yield NotFound(str(fault.filename), f"this folder cannot be read: {_why(fault)}")
    if empty and not faults:
        wanted = ", ".join(f".{name}" for name in NAMES)
        yield NoArticle(str(path), f"nothing to read in this folder; it has no {wanted}")


def _waits(path: Path) -> bool:
    """Whether it is a pipe, a socket or a device: opened, it may wait for ever. Named itself, it is meant to."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _open(path: Path) -> Iterator[Blob | SourceError]:
    """Open one file; it is closed when the next is asked for."""
    name = str(path)
    try:
        status = path.stat()
        if not (stat.S_ISREG(status.st_mode) or stat.S_ISFIFO(status.st_mode)):
            yield NotFound(name, "not a file; give a file, a folder or an http(s) address")
            return
        stream = path.open("rb")
    except OSError as fault:
        yield NotFound(name, _why(fault))
        return
    with stream:
        try:
            blob = Blob(name, stream, size=status.st_size if stat.S_ISREG(status.st_mode) else None)
        except OSError as fault:
            yield NotFound(name, _why(fault))
            return
        yield blob


def _why(fault: OSError) -> str:
    """An operating system's error in plain words."""
    if isinstance(fault, PermissionError):
        return "no permission to read it"
    if isinstance(fault, FileNotFoundError):
        return "no such file"
    return (fault.strerror or str(fault)).lower()
