"""What is new: what rang last, and the articles that were published last, with their claims."""

from __future__ import annotations

from itertools import groupby

from tocsin.ledger import Found, Ledger, Origin, Query
from tocsin.ledger.alerts import Alert
from tocsin.model import Record
from tocsin.show.desk.content.forecasts import ForecastQuery, Foretold, foretold, last_day

NEWEST = 150
"""So many of the newest claims are shown, at most."""

RANG = 8
"""So many of the last alerts are shown."""

DUE = 6
"""So many of the forecasts that fall due next."""


class Publication(Record, frozen=True, kw_only=True):
    """An article, and those of its claims that are among the newest."""

    document: Origin
    claims: tuple[Found, ...]


class Today(Record, frozen=True, kw_only=True):
    """What is new: the alerts that rang last, and the articles that were published last with their claims."""

    alerts: tuple[Alert, ...]
    articles: tuple[Publication, ...]


def due(ledger: Ledger) -> Foretold:
    """The forecasts that fall due next, from the day of the last publication on."""
    on = last_day(ledger)
    return foretold(ledger, ForecastQuery(on=on, due_from=on, states=("open",)), limit=DUE)


def today(ledger: Ledger) -> Today:
    """What is new in a ledger."""
    newest = ledger.claims(Query(limit=NEWEST)).page().claims
    grouped = groupby(newest, key=lambda found: found.document)
    return Today(
        alerts=tuple(ledger.alerts(limit=RANG)),
        articles=tuple(Publication(document=of, claims=tuple(group)) for of, group in grouped),
    )
