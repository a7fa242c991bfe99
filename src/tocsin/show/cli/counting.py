"""`tocsin series`: figures side by side, of a situation or of what a question finds."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from tocsin.judgement import Series, Told
from tocsin.ledger import Ledger
from tocsin.link.series import series as linked
from tocsin.show import figured, series_chart
from tocsin.show.cli import exporting, faults, finding
from tocsin.show.cli.judging import waiting, write
from tocsin.show.terminal import Terminal


def series(asked: dict[str, Any], what: tuple[str, ...], explain: bool, form: str, out: Path | None) -> int:
    """Show the series of what was asked for, or write the first of them as a drawing."""
    query = finding.query_of(asked | {"form": form})
    with finding.opened(asked["ledger"]) as ledger:
        title, tolds = _told(ledger, asked["words"], query)
        waiting(ledger)
        found = linked(tolds, what or tuple(one.what for one in query.conditions) or None, title)
        if found or form == "json":
            with exporting.opened(out, ledger.name) as target:
                _write(form, found, explain, target)
    if not found:
        faults.tell("no figure found in these claims; --what names what is counted")
    return faults.DONE


def _write(form: str, found: Sequence[Series], explain: bool, target: BinaryIO) -> None:
    if form == "json":
        write("json", map(msgspec.to_builtins, found), out=target)
    elif form == "svg":
        target.write(series_chart.svg(found[0]).encode())
    else:
        text = io.TextIOWrapper(target, encoding="utf-8", errors="replace", write_through=True)
        try:
            _show(found, explain, Terminal() if target is sys.stdout.buffer else Terminal(file=text))
        finally:
            text.detach()


def _told(ledger: Ledger, words: Sequence[str] | None, query: Any) -> tuple[str | None, list[Told]]:
    """The claims of the situation whose id is given alone; else those that a question finds."""
    if words and len(words) == 1 and (found := ledger.situation(words[0])) is not None:
        return found.title, list(ledger.told(found.claims))
    return None, list(ledger.told(query=query))


def _show(found: Sequence[Series], explain: bool, console: Terminal) -> None:
    for one in found:
        for part in series_chart.chart(one, console.width):
            console.print(part)
        if explain:
            console.print(figured.claims(one))
        console.print()
