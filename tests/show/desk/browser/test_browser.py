"""The desk in a real browser, as somebody uses it: by mouse, and by the keyboard alone."""

from __future__ import annotations

from playwright.sync_api import Page, expect


def test_from_a_search_to_the_evidence_in_the_article(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Find claims").fill("missiles")
    page.keyboard.press("Enter")
    first = page.locator("[data-item] [data-main]").first
    expect(first).to_be_visible()
    claim = first.get_attribute("href")
    first.click()
    page.wait_for_url(f"**{claim}")
    quoted = page.locator(".on-e").first.inner_text()
    page.get_by_role("link", name="In the whole article").click()
    page.wait_for_url("**/documents/**")
    chosen = page.locator(".claim:target, .claim[aria-current]")
    expect(chosen).to_have_count(1)
    assert claim
    expect(chosen.get_by_role("link", name=claim.rsplit("/", 1)[1])).to_be_visible()
    assert quoted.split("\n")[0].strip() in page.locator(".text").inner_text()


def test_the_map_answers_a_click_with_the_claims_there(page: Page) -> None:
    page.goto("/map")
    page.wait_for_selector("#map[data-ready]")
    item = page.locator("#places li[data-lon]").first
    name = item.locator("[data-main] > span").first.inner_text().split(" and ")[0]
    lon, lat = item.get_attribute("data-lon"), item.get_attribute("data-lat")
    at = page.evaluate(f'document.getElementById("map").map.project([{lon}, {lat}])')
    box = page.locator("#map").bounding_box()
    assert box
    page.mouse.click(box["x"] + at["x"], box["y"] + at["y"])
    expect(page.locator("#here-title")).to_contain_text(name)
    assert page.locator("#here [data-item]").count() >= 1
