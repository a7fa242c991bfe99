"""The pages. Each module has a `router`; one with an `ENTRY` stands in the navigation."""

from __future__ import annotations

from tocsin.show.desk.pages import alerts, claims, documents, events, find, indicators, login, map, quarantine, today

PAGES = (today, find, map, claims, documents, quarantine, events, alerts, indicators, login)
"""In the order of the navigation."""
