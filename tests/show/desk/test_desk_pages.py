"""The pages show what the ledger says, and lead to one another."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from starlette.testclient import TestClient
from tests.show.desk.conftest import Client, ids, plain

from tocsin.ledger import Ledger, Query
from tocsin.show.desk.desk import Entry


class Seen(HTMLParser):
    """A page: its links, its text, its headings, the text of elements by class."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.by_class: dict[str, list[str]] = {}
        self.text = ""
        self._open: list[tuple[str, list[str]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        self.links += [said["href"]] if "href" in said else []
        self.ids += [said["id"]] if "id" in said else []
        if tag not in ("meta", "link", "input", "path", "br"):
            self._open.append((tag, said.get("class", "").split()))
            for name in self._open[-1][1]:
                self.by_class.setdefault(name, []).append("")

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        self.text += data
        for _, classes in self._open:
            for name in classes:
                self.by_class[name][-1] += data


def page(client: TestClient, path: str) -> Seen:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text[:2000]
    return Seen(answer.text)


def words(text: str) -> str:
    return " ".join(text.split())


def test_today_shows_the_newest_articles_with_their_claims(client: Client, desk_ledger: Ledger) -> None:
    claim, document = ids(desk_ledger, "launch")
    seen = page(client(), "/")
    assert [f"/claims/{claim}", f"/documents/{document}"] == [
        link for link in seen.links if claim in link or document in link
    ][::-1]
    articles = plain(client().get("/api/v1/today").content)["articles"]
    days = [one["document"]["published"] for one in articles]
    assert days == sorted(days, reverse=True)
    assert [one["claim"]["trigger"]["text"] for one in articles[0]["claims"]] == ["killed", "launch"]


def test_the_navigation_leads_to_pages_that_are_there(client: Client) -> None:
    asked = client()
    nav: tuple[Entry, ...] = asked.app.state.nav  # type: ignore[attr-defined]
    assert {"/", "/find", "/quarantine"} <= {entry.path for entry in nav}
    for entry in nav:
        seen = page(asked, entry.path)
        assert len(seen.ids) == len(set(seen.ids)), entry.path


def test_a_claim_is_shown_with_its_evidence_in_the_article(client: Client, desk_ledger: Ledger) -> None:
    claim, document = ids(desk_ledger, "killed")
    asked = client()
    seen = page(asked, f"/claims/{claim}")
    assert words(seen.by_class["quoted"][0]) == (
        "SEOUL (Meridian) - The army said on Monday that at least 1,100 soldiers had been killed or wounded near Kursk."
    )
    assert words(seen.by_class["trigger"][0]) == "killed"
    assert "Losses" in seen.text
    assert "≥ 1,100 killed or wounded" in words(seen.text)
    assert f"/documents/{document}#d1c1" in seen.links
    assert "/find?source=The+army" in seen.links
    held = plain(asked.get(f"/api/v1/claims/{claim}").content)
    assert held["claim"]["id"] == claim
    assert held["context"]["text"][held["context"]["start"] :].startswith("SEOUL")
    assert held["number"] == 1


def test_an_article_is_shown_with_all_its_claims(client: Client, desk_ledger: Ledger) -> None:
    claim, document = ids(desk_ledger, "launch")
    seen = page(client(), f"/documents/{document}")
    assert {"d1c1", "d1c2", "d1t1", "d1t2"} <= set(seen.ids)
    assert f"/claims/{claim}" in seen.links
    assert len(seen.by_class["claim"]) == 2
    assert "An official warned that the North could launch" in words(seen.by_class["text"][0])
    assert len(seen.ids) == len(set(seen.ids))


def test_find_asks_the_ledger(client: Client, desk_ledger: Ledger) -> None:
    asked = client()
    seen = page(asked, "/find?q=shelled&status=occurred&limit=200")
    rows = [link.removeprefix("/claims/") for link in seen.links if link.startswith("/claims/")]
    query = Query(words="shelled", statuses=("occurred",), limit=200)
    assert rows == [one.id for one in desk_ledger.claims(query).page().claims]
    assert len(rows) == 72
    assert "72 claims" in words(seen.text)


def test_pages_follow_one_another_to_the_end(client: Client, desk_ledger: Ledger) -> None:
    asked = client()
    path, found = "/find?limit=20", list[str]()
    for _ in range(9):
        seen = page(asked, path)
        found += [link for link in seen.links if link.startswith("/claims/")]
        onward = [link for link in seen.links if "cursor=" in link]
        if not onward:
            break
        path = f"{onward[0]}&limit=20"
    assert len(found) == len(set(found)) == desk_ledger.claims().count()


def test_what_htmx_loads_is_the_entries_alone(client: Client) -> None:
    asked = client()
    onward = next(link for link in page(asked, "/find").links if "cursor=" in link)
    part = asked.get(onward, headers={"HX-Request": "true"}).text
    assert "<html" not in part
    assert part.count('<li class="row"') == 24
    assert "<html" in asked.get(onward).text


def test_the_json_pages_the_same_claims(client: Client, desk_ledger: Ledger) -> None:
    asked, cursor, found = client(), None, list[str]()
    while True:
        answer = plain(asked.get("/api/v1/find", params={"limit": 30} | ({"cursor": cursor} if cursor else {})).content)
        found += [one["id"] for one in answer["claims"]]
        cursor = answer["cursor"]
        if cursor is None:
            break
    assert found == [one.id for one in desk_ledger.claims()]


def test_facets_are_chosen_and_given_up(client: Client) -> None:
    asked = client()
    seen = page(asked, "/find")
    assert "/find?type=CASUALTIES" in seen.links
    assert "/find?actor_country=PRK" in seen.links
    assert "/find?publisher=Tribune" in seen.links
    chosen = page(asked, "/find?type=CASUALTIES&q=killed")
    assert "/find?q=killed" in chosen.links
    assert "1 claim" in words(chosen.text)
    counts = plain(asked.get("/api/v1/find/facets?type=CASUALTIES").content)
    assert {one["value"] for one in counts["types"]} == {"ASSAULT", "CASUALTIES", "MOBILIZE"}
    assert [one["value"] for one in counts["statuses"]] == ["occurred"]


def test_where_counting_takes_long_the_counts_come_later(client: Client) -> None:
    asked = client()
    path = "q=killed&source=army"
    seen = page(asked, f"/find?{path}")
    assert "/find?q=killed&source=army&type=CASUALTIES" not in seen.links
    assert "1 claim" in words(seen.by_class["split"][0])
    assert f"/find?{path}&counted=true" in seen.links
    late = asked.get(f"/find/facets?{path}").text
    assert "<html" not in late
    assert re.findall(r'hx-swap-oob="true">([^<]+)<', late) == ["1 claim"]
    for found in (Seen(late), page(asked, f"/find?{path}&counted=true")):
        assert "/find?q=killed&type=CASUALTIES&source=army" in found.links


@pytest.mark.parametrize(
    ("path", "given_up"),
    [
        ("/find?q=shelled&figure=killed%3E%3D10&figure=wounded%3E1", ["/find?figure=killed%3E%3D10&figure=wounded%3E1",
         "/find?q=shelled&figure=wounded%3E1", "/find?q=shelled&figure=killed%3E%3D10"]),
        ("/find?bbox=36,50,38,52&superseded=true", ["/find?superseded=true", "/find?bbox=36%2C50%2C38%2C52"]),
    ],
)  # fmt: skip
def test_each_condition_can_be_given_up(client: Client, path: str, given_up: list[str]) -> None:
    assert set(given_up) <= set(page(client(), path).links)


def test_a_form_keeps_what_it_does_not_show(client: Client) -> None:
    answer = client().get("/find?type=AID&publisher=Tribune&min_confidence=0.5").text
    hidden = set(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]+)">', answer))
    assert {("type", "AID"), ("publisher", "Tribune"), ("min_confidence", "0.5")} <= hidden


def test_nothing_found_says_what_to_try(client: Client) -> None:
    seen = page(client(), "/find?q=nowhere")
    assert "/find?q=nowhere&scope=article" in seen.links


def test_quarantine(client: Client, desk_ledger: Ledger) -> None:
    held = desk_ledger.quarantined()[0]
    asked = client()
    assert f"/quarantine/{held.id}" in page(asked, "/quarantine").links
    assert "is broken" in page(asked, f"/quarantine/{held.id}").text
    answer = plain(asked.get("/api/v1/quarantine").content)
    assert answer["rows"][0]["digest"] == held.digest
    assert "raw" not in answer["rows"][0]
    assert asked.get("/api/v1/quarantine?cursor=nothing").status_code == 422


@pytest.mark.parametrize(
    "path", ["/claims/0123456789abcdef", "/documents/0123456789abcdef", "/quarantine/0123456789abcdef", "/x"]
)
def test_what_is_not_there_is_told(client: Client, path: str) -> None:
    asked = client()
    answer = asked.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "text/html; charset=utf-8")
    problem = asked.get(f"/api/v1{path}")
    assert (problem.status_code, problem.headers["content-type"]) == (404, "application/problem+json")
    body: dict[str, Any] = plain(problem.content)
    assert set(body) == {"type", "title", "status", "detail"}
    assert "\n" not in body["detail"]


def test_a_fault_of_ours_tells_nothing_of_the_inside(
    client: Client, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = client()

    def broken(self: Ledger, id: str) -> None:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(Ledger, "claim", broken)
    answer = asked.get("/api/v1/claims/0123456789abcdef")
    assert (answer.status_code, "secret" in answer.text) == (500, False)
    assert asked.get("/claims/0123456789abcdef").status_code == 500
    assert "ZeroDivisionError: secret" in capsys.readouterr().err


def test_the_theme_that_was_chosen_stays(client: Client) -> None:
    asked = client()
    assert "data-theme" not in asked.get("/find").text.split(">")[1]
    for theme in ("dark", "light"):
        assert f'<html lang="en" data-theme="{theme}">' in asked.get("/find", headers={"Cookie": f"theme={theme}"}).text
    assert '<html lang="en">' in asked.get("/find", headers={"Cookie": 'theme="><script>'}).text
