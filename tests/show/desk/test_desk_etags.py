"""What the caller has already is not sent again; what has changed is."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.ledger.made import FIRST, READER, simple
from tests.show.desk.conftest import Client

from tocsin.ledger import Ledger
from tocsin.show.desk.access import access
from tocsin.show.desk.app import create
from tocsin.show.desk.desk import Desk
from tocsin.show.desk.etags import matches


@pytest.mark.parametrize(
    "path", ["/", "/find", "/api/v1/find", "/api/v1/today", "/api/v1/openapi.json", "/static/desk.css"]
)
def test_what_is_unchanged_is_not_sent_again(client: Client, path: str) -> None:
    asked = client()
    asked.get("/")
    first = asked.get(path)
    tag = first.headers["etag"]
    again = asked.get(path, headers={"If-None-Match": f'"other", W/{tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert "content-security-policy" in again.headers
    assert asked.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_what_has_changed_is_sent(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "x.db") as ledger:
        asked = TestClient(create(Desk(ledger, access())), base_url="http://localhost")
        ledger.add(simple(1), FIRST, reader=READER)
        first = asked.get("/api/v1/find")
        ledger.add(simple(2), FIRST, reader=READER)
        second = asked.get("/api/v1/find", headers={"If-None-Match": first.headers["etag"]})
        assert second.status_code == 200
        assert second.headers["etag"] != first.headers["etag"]


def test_what_is_not_there_has_no_tag(client: Client) -> None:
    answer = client().get("/api/v1/claims/0000000000000000", headers={"If-None-Match": "*"})
    assert answer.status_code == 404
    assert "etag" not in answer.headers


def test_tags_compare_by_value() -> None:
    assert matches('"a"', '"a"')
    assert matches('W/"a"', '"a"')
    assert matches('"b", "a"', '"a"')
    assert matches("*", '"a"')
    assert not matches(None, '"a"')
    assert not matches('"b"', '"a"')
    assert not matches("", '"a"')


def test_what_depends_on_the_session_says_so(client: Client) -> None:
    answer = client().get("/find")
    assert {"Cookie", "HX-Request"} <= set(answer.headers["vary"].split(", "))
    assert answer.headers["cache-control"] == "private, no-cache"


@pytest.mark.parametrize("path", ["/find", "/api/v1/find", "/static/desk.css", "/api/v1/nowhere"])
def test_head_is_answered_as_get_without_a_body(client: Client, path: str) -> None:
    asked = client()
    asked.get("/")
    got, head = asked.get(path), asked.head(path)
    assert (head.status_code, head.content) == (got.status_code, b"")
    assert head.headers.get("etag") == got.headers.get("etag")
    assert head.headers["content-length"] == got.headers["content-length"]
    assert head.headers["cache-control"].endswith("no-cache")
