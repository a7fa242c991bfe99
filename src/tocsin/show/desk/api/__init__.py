"""The JSON twins of the pages. Each module has a `router`, which the app puts under /api/v1."""

from __future__ import annotations

from tocsin.show.desk.api import (
    alerts,
    documents,
    find,
    forecasts,
    indicators,
    news,
    places,
    quarantine,
    situations,
    today,
)

API = (today, find, documents, quarantine, places, news, alerts, indicators, situations, forecasts)
