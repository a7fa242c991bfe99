"""The commands of the watch: `watch`, `alerts`. Only their arguments are here, so that a start stays short; what they
do is in `alarming.py`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Literal

import typer

from tocsin.show.cli.asking import Where

Form = Literal["table", "jsonl"]


def _text(flag: str, metavar: str, help: str) -> typer.models.OptionInfo:
    """An option that takes one value."""
    option: typer.models.OptionInfo = typer.Option(flag, metavar=metavar, help=help, show_default=False)
    return option


def watch(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="PACK|FILE", help="Packs of indicators, or files; without any, all packs."),
    ] = None,
    listed: Annotated[bool, typer.Option("--list", help="Show the packs and their indicators, and stop.")] = False,
    test: Annotated[
        bool, typer.Option("--test", help="Show when the indicators would have rung in the past; nothing is written.")
    ] = False,
    first: Annotated[str | None, _text("--from", "DATE", "With --test: from this day of publication.")] = None,
    last: Annotated[str | None, _text("--to", "DATE", "With --test: to this day of publication.")] = None,
    follow: Annotated[bool, typer.Option("--follow", help="Go on looking until it is interrupted.")] = False,
    every: Annotated[str, typer.Option(metavar="TIME", help="With --follow: how often: 30s, 15m.")] = "30s",
    fresh: Annotated[
        bool, typer.Option("--from-now", help="Indicators that are new here take all that is in the ledger as known.")
    ] = False,
    on: Annotated[str | None, _text("--on", "DATE", "The day whose silence counts. [default: today]")] = None,
    channels: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where alerts are sent, in YAML.", show_default=False)
    ] = None,
    atom: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the newest alerts as an Atom feed.", show_default=False)
    ] = None,
    dead: Annotated[bool, typer.Option("--dead", help="Show what could not be delivered, and stop.")] = False,
    redeliver: Annotated[bool, typer.Option("--redeliver", help="Try again what could not be delivered.")] = False,
    form: Annotated[Form, typer.Option("--format", metavar="table|jsonl", help="How alerts are shown.")] = "table",
    ledger: Where = None,
) -> int:
    """Look with indicators at what is new in the ledger since they looked last, and raise alerts."""
    from tocsin.show.cli import alarming

    call = alarming.Call(
        tuple(names or ()), listed, test, first, last, follow, every, fresh, on, channels, atom, dead, redeliver, form
    )
    return alarming.watch(call, ledger)


def alerts(
    since: Annotated[str | None, _text("--since", "DATE", "Raised on this day or later (UTC).")] = None,
    pack: Annotated[str | None, _text("--pack", "NAME", "Of this pack.")] = None,
    level: Annotated[str | None, _text("--level", "LEVEL", "Of this level, or graver.")] = None,
    limit: Annotated[int, typer.Option(metavar="N", help="How many; 0 for all.", min=0)] = 20,
    form: Annotated[Form, typer.Option("--format", metavar="table|jsonl", help="How alerts are shown.")] = "table",
    ledger: Where = None,
) -> int:
    """Show the alerts that were raised, newest first."""
    from tocsin.show.cli import alarming

    return alarming.alerts(since, pack, level, limit, form, ledger)


COMMANDS: dict[str, Callable[..., int]] = {"watch": watch, "alerts": alerts}
