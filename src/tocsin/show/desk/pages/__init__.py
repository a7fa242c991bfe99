"""The pages. Each module has a `router`; one with an `ENTRY` stands in the navigation."""

from __future__ import annotations

from tocsin.show.desk.pages import login, today

PAGES = (today, login)
"""In the order of the navigation."""
