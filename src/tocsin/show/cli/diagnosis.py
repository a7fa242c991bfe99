"""`tocsin doctor`: what is installed, what is missing, and how to mend it."""

from __future__ import annotations

import datetime
import importlib.metadata
import os
import platform
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from rich.table import Table
from rich.text import Text

from tocsin import __version__, lexicon, settings
from tocsin.errors import TocsinError, UsageError
from tocsin.show.cli import faults
from tocsin.show.plain import one_line
from tocsin.show.terminal import Terminal

if TYPE_CHECKING:
    from tocsin.ledger import Ledger

OLDEST, NEWEST = (3, 11), (3, 13)
SENTENCE = "BERLIN - The army said on Monday that at least 40 soldiers were killed near the border."
REINSTALL = "run: python -m pip install --force-reinstall --no-deps tocsin"


class Finding(NamedTuple):
    """One thing looked at. `remedy` is what to do where it is not `well`."""

    name: str
    well: bool
    detail: str
    remedy: str = ""


def run(given: settings.Settings) -> int:
    """Look at everything, show it, return the exit status."""
    table = Table.grid(padding=(0, 2, 0, 0))
    well = True
    for finding in findings(given):
        well = well and finding.well
        mark = Text("ok", style="green") if finding.well else Text("missing", style="bold red")
        detail = one_line(finding.detail) + (f"; {finding.remedy}" if finding.remedy else "")
        table.add_row(mark, Text(finding.name, style="bold"), Text(detail))
    Terminal().print(table)
    return faults.DONE if well else faults.SOME_FAILED


def findings(given: settings.Settings) -> Iterator[Finding]:
    """All findings, one after the other."""
    yield python()
    yield Finding("tocsin", True, f"{__version__} in {Path(lexicon.PACKAGE).parent}")
    yield packages()
    yield looked_at("language model", lambda: _model(given.model))
    yield looked_at("gazetteer", _gazetteer)
    yield looked_at("lexicon", _lexicon)
    yield looked_at("trained models", _models)
    yield looked_at("a reading", lambda: _reading(given.model))
    yield looked_at("settings", _settings)
    yield ledger(given.ledger)


def looked_at(name: str, look: Callable[[], str]) -> Finding:
    """What a look tells, or the error that it raises; an error of Tocsin says itself how to mend it."""
    try:
        return Finding(name, True, look())
    except TocsinError as fault:
        return Finding(name, False, str(fault))
    except Exception as fault:
        return Finding(name, False, f"{type(fault).__name__}: {fault}", REINSTALL)


def ledger(where: str) -> Finding:
    """The ledger: whether every mention of every claim is, letter by letter, what its document holds; and what waits
    there for somebody. One that is not there yet is no fault."""
    from tocsin.ledger import Ledger
    from tocsin.ledger.engine import shown, url_of

    try:
        url = url_of(where)
        if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
            return Finding("ledger", True, f"none at {shown(url)} yet; tocsin ingest makes it")
        with Ledger.open(where, create=False) as opened:
            return _verified(opened)
    except TocsinError as fault:
        return Finding("ledger", False, str(fault))


def _verified(opened: Ledger) -> Finding:
    """What the verbatim check of a ledger finds."""
    counts, wrong, first = opened.counts("claims", "documents"), 0, None
    for fault in opened.verify():
        first, wrong = first or fault, wrong + 1
    held = f"{opened.name}: {counts['claims']:,} claims of {counts['documents']:,} documents"
    if first is not None:
        said = f"{held}; {wrong:,} mentions are not what the document says, the first “{first.mention.text}” of claim "
        return Finding("ledger", False, said + first.claim, "its file is damaged; go back to a backup, or ingest anew")
    waits = [
        f"{count:,} {what}"
        for count, what in (
            (len(opened.quarantined()), "in quarantine (tocsin quarantine list)"),
            (opened.unlinked(), "still to be linked (tocsin relink)"),
        )
        if count
    ]
    return Finding("ledger", True, ", ".join([f"{held}, all verbatim", *waits]))


def python() -> Finding:
    """The interpreter."""
    version = f"{platform.python_version()} in {sys.prefix}"
    if OLDEST <= sys.version_info[:2] <= NEWEST:
        return Finding("Python", True, version)
    return Finding("Python", False, version, "install Python 3.11, 3.12 or 3.13")


def packages() -> Finding:
    """The packages that Tocsin needs."""
    try:
        needed = importlib.metadata.requires("tocsin") or []
    except importlib.metadata.PackageNotFoundError:
        return Finding("packages", False, "tocsin itself is not installed", "run: python -m pip install .")
    names = [re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in needed if "extra ==" not in line]
    found: list[str] = []
    missing: list[str] = []
    for name in names:
        try:
            found.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            missing.append(name)
    if missing:
        return Finding("packages", False, ", ".join(missing), f"run: python -m pip install {' '.join(missing)}")
    return Finding("packages", True, ", ".join(found))


def _model(name: str) -> str:
    from tocsin.understand.pipeline import load

    meta = load(name).meta
    return f"{name} {meta['version']} ({meta.get('license', 'no licence named')})"


def _gazetteer() -> str:
    from tocsin.gazetteer.store import FOLDER, gazetteer

    places = len(gazetteer())
    files = list(FOLDER.iterdir())
    made = datetime.datetime.fromtimestamp(max(file.stat().st_mtime for file in files), datetime.UTC)
    return f"{places:,} places, {_size(files)}, compiled {made:%Y-%m-%d %H:%M} UTC"


def _lexicon() -> str:
    files = lexicon.files("**/*.yaml")
    own = os.environ.get("TOCSIN_DATA")
    if own and not Path(own).is_dir():
        raise UsageError(f"TOCSIN_DATA names {own}, which is no folder; make it, or unset the variable")
    beside = f", with your own in {own}" if own else ""
    return f"{len(files)} files, digest {lexicon.digest()}{beside}"


def _models() -> str:
    files = sorted((lexicon.PACKAGE / "model").iterdir())
    if not files:
        raise FileNotFoundError("no model in the package")
    return f"{', '.join(dict.fromkeys(file.stem for file in files))}; {_size(files)}"


def _reading(model: str) -> str:
    from tocsin.api import read_documents
    from tocsin.read import from_text

    report = next(read_documents([from_text(SENTENCE, published="2024-12-23")], model=model))
    if not report.claims:
        raise ValueError("a sentence with a claim in it was read without one")
    return f"a sentence was read, {len(report.claims)} claim{'s' * (len(report.claims) > 1)} found"


def _settings() -> str:
    file = settings.file_of(os.environ)
    given = [row.variable for row in settings.table() if row.variable in os.environ]
    return ", ".join([str(file) if file.exists() else f"defaults (no {file})", *given])


def _size(files: list[Path]) -> str:
    return f"{sum(file.stat().st_size for file in files) / 1e6:.1f} MB"
