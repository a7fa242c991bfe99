"""The pages. Each module has a `router`; one with an `ENTRY` stands in the navigation."""

from __future__ import annotations

from tocsin.show.desk.pages import (
    alerts,
    claims,
    documents,
    events,
    find,
    indicators,
    login,
    map,
    quarantine,
    situations,
    today,
)

PAGES = (today, alerts, situations, find, map, indicators, quarantine, claims, documents, events, login)
"""In the order of the navigation."""
