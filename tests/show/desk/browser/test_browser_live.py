"""Pages that are open are told what comes in and what rings; an indicator is edited, tried and kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Page, expect
from tests.show.desk.browser.conftest import SEEN, Opened, ring
from tests.show.desk.browser.serving import served

from tocsin.ledger import Ledger
from tocsin.model import Report
from tocsin.watch.library import packs

KEPT = "arms-transfer-made"


@pytest.fixture
def growing(examples: list[Report], tmp_path: Path) -> Iterator[tuple[Ledger, str]]:
    """A ledger with the first half of the examples, and the address of a desk over it."""
    with Ledger.open(str(tmp_path / "growing.db")) as ledger:
        ledger.add_many(examples[: len(examples) // 2], SEEN)
        ring(ledger)
        with served(ledger) as address:
            yield ledger, address


@pytest.fixture
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of knowledge of one's own."""
    monkeypatch.setenv("TOCSIN_DATA", str(tmp_path / "own"))
    packs.cache_clear()
    yield tmp_path / "own"
    packs.cache_clear()


def test_an_alert_arrives_on_an_open_page(growing: tuple[Ledger, str], examples: list[Report], opened: Opened) -> None:
    ledger, address = growing
    page = opened(address)
    page.goto("/alerts")
    page.wait_for_selector("html[data-live]")
    shown = page.locator("#alerts > .alert")
    before = shown.count()
    ledger.add_many(examples[len(examples) // 2 :], SEEN)
    added = sum(len(report.claims) for report in examples[len(examples) // 2 :])
    expect(page.locator("#news")).to_have_text(f"{added} new claims")
    rang = ring(ledger)
    assert rang
    newest = ledger.alerts(limit=1)[0]
    expect(page.locator("#rings a").first).to_have_text(newest.title)
    expect(shown).to_have_count(min(30, before + rang))
    page.locator("#rings a").first.click()
    page.wait_for_url(f"**/alerts/{newest.id}")
    expect(page.get_by_role("heading", level=1)).to_have_text(newest.title)


def test_an_indicator_is_edited_tried_and_kept(growing: tuple[Ledger, str], own_folder: Path, opened: Opened) -> None:
    _, address = growing
    page = opened(address)
    page.goto("/indicators")
    page.locator(f"a[href='/indicators/{KEPT}']").click()
    field = page.get_by_label("The indicator, in YAML")
    written = yaml.safe_load(field.input_value())

    field.fill(yaml.safe_dump(written | {"level": "grave"}))
    page.get_by_role("button", name="Dry run").click()
    expect(page.locator("#run .fault")).to_contain_text("no level “grave”")

    field.fill(yaml.safe_dump(written | {"query": {"types": ["MOBILIZE"]}, "title": "Forces that move"}))
    page.get_by_role("button", name="Dry run").click()
    expect(page.locator("#run h2")).to_contain_text("Would have rung")
    expect(page.locator("#run .alert-head").first).to_contain_text("Forces that move")

    page.get_by_role("button", name="Keep in my folder").click()
    page.wait_for_url(f"**/indicators/{KEPT}?kept=true")
    assert "Forces that move" in field.input_value()
    changed = yaml.safe_load((own_folder / "indicators/arms-transfers.yaml").read_text(encoding="utf-8"))
    assert [one["title"] for one in changed["indicators"] if one["id"] == KEPT] == ["Forces that move"]
    assert len(changed["indicators"]) == len(packs()["arms-transfers"].indicators)


def test_where_the_desk_is_read_only_an_indicator_is_tried_but_not_kept(shown: Ledger, opened: Opened) -> None:
    with served(shown, read_only=True) as address:
        page: Page = opened(address)
        page.goto(f"/indicators/{KEPT}")
        assert page.get_by_role("button", name="Keep in my folder").count() == 0
        page.get_by_role("button", name="Dry run").click()
        expect(page.locator("#run h2")).to_contain_text("Would have rung")
