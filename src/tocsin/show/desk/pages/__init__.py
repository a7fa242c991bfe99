"""The pages. Each module has a `router`; one with an `ENTRY` stands in the navigation."""

from __future__ import annotations

from tocsin.show.desk.pages import (
    alerts,
    claims,
    documents,
    events,
    find,
    forecasts,
    indicators,
    login,
    map,
    quarantine,
    situations,
    sources,
    today,
)

PAGES = (
    today,
    alerts,
    situations,
    find,
    map,
    forecasts,
    sources,
    indicators,
    quarantine,
    claims,
    documents,
    events,
    login,
)
"""In the order of the navigation."""
