"""The page of a brief in a real browser, and text of the web in it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from brief_corpus import SEEN, filled, gathered
from playwright.sync_api import Browser
from tests.ledger.made import READER
from tests.show.desk.browser import chromium
from tests.show.desk.conftest import MARKUP, hostile

from tocsin.ledger import Ledger
from tocsin.show.brief import html, markdown
from tocsin.show.brief.gather import Ask, gather
from tocsin.show.brief.sections import brief_of

AXE = Path(__file__).parent / "desk" / "vendor" / "axe.min.js"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    try:
        with chromium.running() as running:
            yield running
    except chromium.Missing as missing:
        if os.environ.get("CI"):
            pytest.fail(f"a browser is needed here: {missing}")
        pytest.skip(f"NOT TESTED IN A BROWSER: {missing}")


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("page")
    with Ledger.open(folder / "tocsin.db") as ledger:
        target = folder / "brief.html"
        target.write_text(html.render(brief_of(gathered(filled(ledger)))), encoding="utf-8")
    return target


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_the_page_fits_asks_nothing_and_is_accessible(browser: Browser, page: Path, width: int, scheme: Any) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    try:
        shown = context.new_page()
        watched = chromium.Watched(shown, page.as_uri())
        shown.goto(page.as_uri())
        assert shown.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        shown.add_script_tag(path=AXE)
        found = shown.evaluate("axe.run().then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.html)]))")
        assert found == []
        assert watched.faults == []
    finally:
        context.close()


def test_its_policy_admits_its_own_styles(browser: Browser, page: Path) -> None:
    shown = browser.new_page()
    try:
        watched = chromium.Watched(shown, page.as_uri())
        shown.goto(page.as_uri())
        assert shown.evaluate("getComputedStyle(document.querySelector('.skip')).position") == "absolute"
        assert watched.faults == []
    finally:
        shown.close()


@pytest.fixture
def ill(tmp_path: Path) -> Iterator[Ledger]:
    """A ledger of an article that has markup in every field."""
    with Ledger.open(tmp_path / "ill.db") as ledger:
        ledger.add(hostile(), SEEN, reader=READER)
        yield ledger


def test_text_of_the_web_is_text_on_the_page(ill: Ledger) -> None:
    made = html.render(brief_of(gather(ill, Ask())))
    assert "<script" not in made
    assert "<img" not in made
    assert 'href="javascript' not in made
    assert "&lt;script&gt;" in made


def test_text_of_the_web_is_text_in_markdown(ill: Ledger) -> None:
    made = markdown.render(brief_of(gather(ill, Ask())))
    assert "<script" not in made.replace(r"\<script", "")
    assert "<javascript" not in made
    assert "\u202e" not in made
    assert MARKUP not in made
