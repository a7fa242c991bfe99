"""What has come in and what has rung since somebody last looked."""

from __future__ import annotations

import re

from tocsin.errors import UsageError
from tocsin.ledger import Ledger
from tocsin.ledger.alerts import Alert
from tocsin.ledger.news import Reached, claims_between, reached
from tocsin.model import Record

MARK = re.compile(r"(\d{1,15})\.(\d{1,15})", re.ASCII)
MOST = 20
"""So many alerts are told of at once, at most."""


class Rang(Record, frozen=True, kw_only=True):
    """An alert in short."""

    id: str
    indicator: str
    title: str
    level: str
    about: str
    reason: str
    day: str


class News(Record, frozen=True, kw_only=True):
    """What is new: how far the ledger has come (`mark`, to ask on from there), how many documents and claims came
    since, which alerts rang, the first of them first."""

    mark: str
    documents: int
    claims: int
    alerts: tuple[Rang, ...]


def news(ledger: Ledger, since: Reached | None, now: Reached | None = None) -> News:
    """What is new since a ledger had come so far; without `since` nothing is, but the mark is there."""
    now = now or reached(ledger.engine)
    before = since or now
    rung = ledger.alerts(after=before.alert, newest=False, limit=MOST) if now.alert > before.alert else []
    return News(
        mark=f"{now.document}.{max(now.alert, before.alert) if len(rung) < MOST else rung[-1].number}",
        documents=max(0, now.document - before.document),
        claims=claims_between(ledger.engine, before.document, now.document),
        alerts=tuple(map(in_short, rung)),
    )


def in_short(alert: Alert) -> Rang:
    """What is told of an alert where it rings."""
    return Rang(
        id=alert.id, indicator=alert.indicator, title=alert.title, level=alert.level, about=alert.about,
        reason=alert.reason, day=alert.day,
    )  # fmt: skip


def mark_of(said: str) -> Reached:
    """A mark taken apart. Raises `UsageError` for what is none."""
    match = MARK.fullmatch(said)
    if match is None:
        raise UsageError(f"since: “{said}” is no mark; take the one that came with the last answer, such as 12.3")
    return Reached(document=int(match[1]), alert=int(match[2]))
