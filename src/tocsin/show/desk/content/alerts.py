"""The alerts that rang, newest first."""

from __future__ import annotations

from tocsin.ledger import Found, Ledger
from tocsin.ledger.alerts import Alert
from tocsin.model import Record
from tocsin.watch.levels import levels

PAGE = 30


class Alerts(Record, frozen=True, kw_only=True):
    """Alerts, the last first; `before` asks for those that rang earlier, `null` where there are none."""

    alerts: tuple[Alert, ...]
    before: int | None


def alerts(
    ledger: Ledger, *, level: str | None = None, pack: str | None = None, indicator: str | None = None,
    since: str | None = None, before: int | None = None, limit: int = PAGE,
) -> Alerts:  # fmt: skip
    """A page of alerts: of a level or graver, of a pack, of an indicator, raised on a day or later."""
    wanted = levels().at_least(level) if level else ()
    found = ledger.alerts(since, pack, wanted, limit + 1, indicator=indicator, before=before)
    shown = found[:limit]
    return Alerts(alerts=tuple(shown), before=shown[-1].number if len(found) > limit else None)


def claims_of(ledger: Ledger, alert: Alert) -> list[Found]:
    """The claims that an alert shows, as the ledger holds them."""
    return ledger.claims_by_id([cited.id for cited in alert.claims])
