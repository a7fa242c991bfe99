"""A round of the watch: every indicator looks at what came since it looked last, and what rings is written down."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from tocsin.ledger import Ledger
from tocsin.ledger.alerts import Alert, Step
from tocsin.ledger.sightings import Sightings
from tocsin.watch.channels import Channel
from tocsin.watch.criteria import Silence
from tocsin.watch.evaluate import evaluate
from tocsin.watch.indicators import Indicator

STEP = 2_000
"""So many documents are looked at together, so that memory stays flat over a whole archive."""


def look(
    ledger: Ledger, indicators: Sequence[Indicator], channels: Sequence[Channel], now: datetime.datetime, on: str
) -> Iterator[Alert]:
    """Look at all that came since each indicator looked last; the alerts, once they are safe in the ledger.

    `now` is when, `on` the day whose silence counts. Broken off anywhere, the next round goes on where this one was:
    what an indicator has looked at and what rang are written together.
    """
    last = ledger.arrivals()
    looked = ledger.looked()
    first = min((looked.get(one.id, 0) for one in indicators), default=last)
    for until in [*range(first + STEP, last, STEP), last]:
        view = Sightings(ledger.engine, until)
        for indicator in indicators:
            yield from _look(ledger, view, indicator, channels, now, on, looked)


def _look(
    ledger: Ledger,
    view: Sightings,
    indicator: Indicator,
    channels: Sequence[Channel],
    now: datetime.datetime,
    on: str,
    looked: dict[str, int],
) -> list[Alert]:
    """One indicator; where another process has looked meanwhile, again from where that one was."""
    while True:
        since = looked.get(indicator.id)
        silent = isinstance(indicator.when, Silence)
        if since is not None and since >= view.until and not silent:
            return []
        found = evaluate(indicator, view, since or 0, on)
        if since == view.until and not found:
            return []
        to = tuple(tuple(channel.id for channel in channels if channel.takes(alert)) for alert in found)
        step = Step(
            indicator=indicator.id, definition=indicator.definition, since=since, until=max(view.until, since or 0),
            alerts=tuple(found), channels=to,
        )  # fmt: skip
        new = ledger.ring(step, now)
        if new is not None:
            looked[indicator.id] = step.until
            return new
        looked.update(ledger.looked())


def begin(ledger: Ledger, indicators: Sequence[Indicator], now: datetime.datetime) -> None:
    """Take all that the ledger holds as known to indicators that have never looked."""
    looked, last = ledger.looked(), ledger.arrivals()
    for one in indicators:
        if one.id not in looked:
            ledger.ring(Step(indicator=one.id, definition=one.definition, since=None, until=last), now)
