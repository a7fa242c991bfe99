"""No page keeps anybody out: axe-core finds nothing, in light and dark, on a wide and on a narrow screen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tocsin.ledger import Ledger, Query

AXE = (Path(__file__).resolve().parents[1] / "vendor/axe.min.js").read_text(encoding="utf-8")
WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 360, "height": 740}
RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}

PAGES = (
    "/", "/find", "/find?q=missiles", "/map", "/claims/CLAIM", "/documents/DOCUMENT", "/documents/HOSTILE",
    "/situations", "/situations/SITUATION", "/forecasts", "/sources", "/indicators", "/indicators/new",
    "/indicators/arms-transfer-planned", "/alerts", "/alerts/ALERT", "/quarantine", "/quarantine/HELD", "/nothing/here",
)  # fmt: skip


@pytest.fixture(scope="session")
def names(shown: Ledger) -> dict[str, str]:
    """What stands in the addresses for the ids of the ledger."""
    claim = shown.claims(Query(words="missiles", limit=1)).page().claims[0]
    hostile = shown.claims(Query(words="shelled onerror", limit=1)).page().claims[0]
    reports = [one for one in shown.situations().situations if one.families > 1] or shown.situations().situations
    return {
        "CLAIM": claim.id, "DOCUMENT": claim.document.id, "HOSTILE": hostile.document.id, "SITUATION": reports[0].id,
        "ALERT": shown.alerts(limit=1)[0].id, "HELD": shown.quarantined()[0].id,
    }  # fmt: skip


def violations(page: Page, rules: dict[str, Any]) -> list[str]:
    """What axe-core finds: the rule, and where."""
    found: dict[str, Any] = page.evaluate("options => axe.run(document, options)", {"runOnly": rules})
    return [f"{one['id']}: {one['help']}: {node['html']}" for one in found["violations"] for node in one["nodes"]]


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(page: Page, names: dict[str, str], path: str) -> None:
    for name, id in names.items():
        path = path.replace(name, id)
    missing = path == "/nothing/here"
    page.goto(path)
    if page.locator("#map").count():
        page.wait_for_selector("#map[data-ready]")
    page.evaluate(AXE)
    assert violations(page, RULES) == []
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(NARROW)
    assert violations(page, RULES) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    assert page.title().endswith("Tocsin")
    assert missing == (page.get_by_text("There is nothing at this address.").count() == 1)
