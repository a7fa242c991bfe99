"""The desk by the keyboard alone."""

from __future__ import annotations

from playwright.sync_api import Page, expect


def focused(page: Page) -> str:
    """What has the focus, in words."""
    said: str = page.evaluate("document.activeElement.textContent || document.activeElement.tagName")
    return said.strip()


def test_the_first_tab_skips_to_the_content(page: Page) -> None:
    page.goto("/alerts")
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_the_palette_leads_anywhere(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("/")
    expect(page.locator("#palette")).to_be_visible()
    page.keyboard.type("fore")
    page.keyboard.press("Enter")
    page.wait_for_url("**/forecasts")
    page.keyboard.press("/")
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).to_be_hidden()


def test_a_list_is_walked_and_opened(page: Page) -> None:
    page.goto("/situations")
    second = page.locator("[data-item] [data-main]").nth(1).get_attribute("href")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.getAttribute('href')") == second
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{second}")


def test_the_list_beside_the_map_says_what_the_map_shows(page: Page) -> None:
    page.goto("/map?q=Cuba")
    page.wait_for_selector("#map[data-ready]")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    heading = page.locator("#here-title")
    expect(heading).to_be_focused()
    assert page.locator("#here [data-item]").count() >= 1
    page.get_by_role("button", name="All places").press("Enter")
    expect(page.locator("#places [data-main]").first).to_be_focused()
    assert "q=Cuba" in page.url
