"""`tocsin series`: figures side by side, of a situation or of what a question finds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from tocsin.errors import UsageError
from tocsin.judgement import Series, Told
from tocsin.ledger import Ledger
from tocsin.link.series import series as linked
from tocsin.show import figured
from tocsin.show.cli import faults, finding
from tocsin.show.cli.judging import waiting, write
from tocsin.show.terminal import Terminal


def series(asked: dict[str, Any], what: tuple[str, ...], explain: bool, form: str, out: Path | None) -> int:
    """Show the series of what was asked for."""
    if (out is not None) != (form == "svg"):
        raise UsageError("series: --out FILE goes with --format svg, and that with it")
    query = finding.query_of(asked | {"form": form})
    with finding.opened(asked["ledger"]) as ledger:
        title, tolds = _told(ledger, asked["words"], query)
        waiting(ledger)
    found = linked(tolds, what or tuple(one.what for one in query.conditions) or None, title)
    if form == "json":
        write("json", map(msgspec.to_builtins, found))
    else:
        _show(found, explain)
    if not found:
        faults.tell("no figure found in these claims; --what names what is counted")
    return faults.DONE


def _told(ledger: Ledger, words: Sequence[str] | None, query: Any) -> tuple[str | None, list[Told]]:
    """The claims of the situation whose id is given alone; else those that a question finds."""
    if words and len(words) == 1 and (found := ledger.situation(words[0])) is not None:
        return found.title, list(ledger.told(found.claims))
    return None, list(ledger.told(query=query))


def _show(found: Sequence[Series], explain: bool) -> None:
    console = Terminal()
    for one in found:
        for part in figured.table(one, explain):
            console.print(part)
