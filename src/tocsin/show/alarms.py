"""Alerts as people read them: a card on the terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from tocsin.ledger.alerts import Alert, Cited
from tocsin.show.plain import one_line
from tocsin.show.table import STATUS
from tocsin.show.words import chain_words, day_words

STYLES = ("dim", "cyan", "yellow", "bold red")
"""How levels are shown, the gravest last."""


def cards(alerts: Iterable[Alert]) -> RenderableType:
    """Alerts, each with its reason and its evidence."""
    return Group(*(_card(alert) for alert in alerts))


def _card(alert: Alert) -> RenderableType:
    """One alert."""
    style = STYLES[min(alert.rank, len(STYLES) - 1)]
    head = Text.assemble((alert.level, style), "  ", (one_line(alert.title), "bold"), f"  {day_words(alert.day)}")
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(width=2)
    table.add_column(width=8, no_wrap=True)
    table.add_column(overflow="fold")
    table.add_row("", Text("because", style="dim"), Text(one_line(alert.reason)))
    for cited in alert.claims:
        table.add_row("", Text(cited.claim.status, style=STATUS[cited.claim.status]), _said(cited))
    rest = alert.count - len(alert.claims)
    if rest > 0:
        table.add_row("", "", Text(f"and {rest:,} more claims", style="dim"))
    table.add_row("", Text("alert", style="dim"), Text(f"{alert.id}  {alert.pack} · {alert.indicator}", style="dim"))
    return Group(head, table, "")


def _said(cited: Cited) -> Text:
    """A claim: its evidence with the trigger brought out, who says so, where it stands."""
    claim = cited.claim
    start, end = claim.trigger.start - claim.evidence.start, claim.trigger.end - claim.evidence.start
    words = claim.evidence.text
    said = Text.assemble(
        one_words(words[:start]), (one_words(words[start:end]), "bold underline"), one_words(words[end:])
    )
    outlet = cited.publisher or cited.agency or "unnamed paper"
    parts = [chain_words(claim), outlet, day_words(cited.published) if cited.published else "no date", cited.id]
    said.append("\n" + " · ".join(one_line(part) for part in parts if part), style="dim")
    return said


def listed(id: str, level: str, rank: int, title: str) -> Text:
    """An indicator in one line."""
    return Text.assemble("  ", (f"{level:<9}", STYLES[min(rank, len(STYLES) - 1)]), (f"{id:<30} ", "cyan"), title)


def one_words(text: str) -> str:
    """A stretch of text in one line, its outer blanks kept."""
    return "".join(" " if char.isspace() or not char.isprintable() else char for char in text)
