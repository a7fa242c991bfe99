"""Who may come in, what a change needs, and what a browser is told."""

from __future__ import annotations

import re
import time
from html.parser import HTMLParser
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect
from tests.show.desk.conftest import TOKEN, Client, ids

from tocsin.errors import UsageError
from tocsin.ledger import Ledger
from tocsin.show.desk import access
from tocsin.show.desk.security import COOKIE, HEADERS, LARGEST

CSRF = re.compile(r'<meta name="csrf-token" content="([0-9a-f]+)">')


def csrf_in(client: TestClient, path: str = "/") -> str:
    """What a page gives its changes; the client keeps the session."""
    found = CSRF.search(client.get(path).text)
    assert found
    return found[1]


# ---- starting


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "desk.example"])
def test_another_host_needs_a_guard(host: str) -> None:
    with pytest.raises(UsageError, match=r"--token-file FILE, or --user-header NAME"):
        access.access(host)
    assert access.access(host, token=TOKEN).guarded
    assert access.access(host, user_header="X-User").guarded


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.10", "::1", "localhost"])
def test_the_loopback_needs_none(host: str) -> None:
    assert not access.access(host).guarded


def test_a_guard_is_one_and_no_weak_one() -> None:
    with pytest.raises(UsageError, match="one of them"):
        access.access(token=TOKEN, user_header="X-User")
    with pytest.raises(UsageError, match="fewer than 16"):
        access.access(token="short")
    with pytest.raises(UsageError, match="fewer than 16"):
        access.access(token="")


# ---- the name that a request is meant for


@pytest.mark.parametrize("base", ["http://localhost:8765", "http://127.0.0.1", "http://[::1]:8765"])
def test_the_desk_answers_to_this_machine(client: Client, base: str) -> None:
    assert client(base).get("/").status_code == 200


@pytest.mark.parametrize(
    "name", ["evil.example", "localhost.evil.example", "192.168.1.5", "", "[::1", "127.0.0.1.nip.example"]
)
@pytest.mark.parametrize("path", ["/", "/api/v1/today", "/static/desk.css", "/login", "/api/v1/openapi.json"])
def test_it_answers_to_no_other_name(client: Client, name: str, path: str) -> None:
    answer = client().get(path, headers={"Host": name})
    assert answer.status_code == 421
    assert "Losses" not in answer.text


def test_names_can_be_made_known(client: Client) -> None:
    made = client(token=TOKEN, host="0.0.0.0", names=("Desk.example",), headers={"Authorization": f"Bearer {TOKEN}"})
    assert made.get("/", headers={"Host": "desk.example:443"}).status_code == 200
    assert made.get("/", headers={"Host": "10.1.2.3:8765"}).status_code == 200
    assert made.get("/", headers={"Host": "other.example"}).status_code == 421


# ---- the token


def test_without_the_token_nothing_is_shown(client: Client, desk_ledger: Ledger) -> None:
    asked = client(token=TOKEN)
    claim, document = ids(desk_ledger, "launch")
    for path in ("/", "/find?q=launch", f"/claims/{claim}", f"/documents/{document}", "/quarantine"):
        answer = asked.get(path)
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/login?next=%2F")
    for path in ("/api/v1/today", "/api/v1/find", f"/api/v1/claims/{claim}", "/api/v1/openapi.json"):
        answer = asked.get(path)
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"].startswith("Bearer")
        assert answer.headers["content-type"] == "application/problem+json"
    assert asked.get("/login").status_code == 200
    assert asked.get("/static/desk.css").status_code == 200


@pytest.mark.parametrize("given", [f"Bearer {TOKEN}x", "Bearer ", f"Basic {TOKEN}", TOKEN, "Bearer \xe9"])
def test_another_token_does_not_let_in(client: Client, given: str) -> None:
    assert (
        client(token=TOKEN).get("/api/v1/today", headers={"Authorization": given.encode("latin-1")}).status_code == 401
    )


def test_the_token_lets_in(client: Client) -> None:
    answer = client(token=TOKEN).get("/api/v1/today", headers={"Authorization": f"bearer {TOKEN}"})
    assert answer.status_code == 200
    assert "set-cookie" not in answer.headers


def test_signing_in_and_out(client: Client) -> None:
    asked = client(token=TOKEN)
    token = csrf_in(asked, "/login?next=/quarantine")
    wrong = asked.post("/login", data={"csrf": token, "token": "wrong", "next": "/quarantine"})
    assert wrong.status_code == 401
    assert "not the token" in wrong.text
    right = asked.post("/login", data={"csrf": token, "token": TOKEN, "next": "/quarantine"})
    assert (right.status_code, right.headers["location"]) == (303, "/quarantine")
    cookie = right.headers["set-cookie"]
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(cookie.split("; "))
    assert TOKEN not in cookie
    assert asked.get("/quarantine").status_code == 200
    assert asked.post("/logout", data={"csrf": csrf_in(asked)}).status_code == 303
    assert asked.get("/quarantine").status_code == 303


def test_the_cookie_is_for_https_alone_where_that_is_spoken(client: Client) -> None:
    assert "Secure" in client("https://localhost").get("/").headers["set-cookie"]
    assert "Secure" in client().get("/", headers={"X-Forwarded-Proto": "https"}).headers["set-cookie"]
    assert "Secure" not in client().get("/").headers["set-cookie"]


def test_signing_in_needs_the_page_s_token(client: Client) -> None:
    asked = client(token=TOKEN)
    asked.get("/login")
    assert asked.post("/login", data={"token": TOKEN}).status_code == 403


@pytest.mark.parametrize(
    "onward", ["//evil.example", "https://evil.example", "/\\evil.example", "", "/\tx", "javascript:x"]
)
def test_signing_in_leads_to_no_other_site(client: Client, onward: str) -> None:
    asked = client(token=TOKEN)
    answer = asked.post("/login", data={"csrf": csrf_in(asked, "/login"), "token": TOKEN, "next": onward})
    assert answer.headers["location"] == "/"


def test_a_cookie_cannot_be_made_up() -> None:
    ours, others = access.access(token=TOKEN), access.access(token=TOKEN + "!")
    now = int(time.time())
    session = access.new_session(ours, now, known=True)
    cookie = access.cookie_of(ours, session)
    assert access.session_in(ours, cookie, now) == session
    assert access.session_in(ours, cookie, session.until) is None
    assert access.session_in(others, cookie, now) is None
    guest = access.cookie_of(ours, access.new_session(ours, now))
    for forged in (cookie.replace(f".{session.until}.", f".{session.until + 9}."), guest.replace(".0.", ".1."),
                   cookie[:-1], "", ".", "a.b.c.d", cookie + "0", "é" + cookie):  # fmt: skip
        assert access.session_in(ours, forged, now) is None, forged


def test_a_guest_s_cookie_does_not_let_in(client: Client) -> None:
    asked = client(token=TOKEN)
    asked.get("/login")
    assert COOKIE in asked.cookies
    assert asked.get("/").status_code == 303


# ---- the proxy


def test_a_proxy_lets_in_by_name(client: Client) -> None:
    asked = client(user_header="X-Remote-User")
    assert asked.get("/").status_code == 403
    assert asked.get("/api/v1/today").status_code == 403
    assert asked.get("/", headers={"X-Remote-User": ""}).status_code == 403
    assert "ada" in asked.get("/", headers={"X-Remote-User": "ada"}).text


# ---- changes


def test_a_change_needs_the_page_s_token(client: Client) -> None:
    asked = client()
    token = csrf_in(asked)
    assert asked.post("/logout").status_code == 403
    assert asked.post("/logout", data={"csrf": token[:-1] + "x"}).status_code == 403
    assert asked.post("/logout", content=f"csrf={token}", headers={"Content-Type": "text/plain"}).status_code == 403
    assert asked.post("/logout", data={"csrf": token}).status_code == 303


def test_the_token_may_come_in_a_header(client: Client) -> None:
    asked = client()
    assert asked.post("/logout", headers={"X-CSRF-Token": csrf_in(asked)}).status_code == 303


def test_a_token_is_of_one_session(client: Client) -> None:
    ours, others = client(), client()
    others.get("/")
    assert others.post("/logout", data={"csrf": csrf_in(ours)}).status_code == 403


def test_a_bearer_needs_no_page(client: Client) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    assert client(token=TOKEN, headers=headers).post("/logout").status_code == 303


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Origin": "http://localhost:1"},
     {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}],
)  # fmt: skip
def test_a_change_from_another_site_is_refused(client: Client, headers: dict[str, str]) -> None:
    asked = client()
    token = csrf_in(asked)
    assert asked.post("/logout", data={"csrf": token}, headers=headers).status_code == 403
    assert asked.post("/logout", data={"csrf": token}, headers={"Origin": "http://localhost"}).status_code == 303


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", ["/", "/find", "/quarantine", "/api/v1/find", "/nowhere"])
def test_a_desk_that_is_read_only_changes_nothing(client: Client, method: str, path: str) -> None:
    asked = client(read_only=True)
    answer = asked.request(method, path, headers={"X-CSRF-Token": csrf_in(asked)})
    assert answer.status_code == 403
    assert "read only" in answer.text


def test_one_can_sign_in_to_a_desk_that_is_read_only(client: Client) -> None:
    asked = client(token=TOKEN, read_only=True)
    assert asked.post("/login", data={"csrf": csrf_in(asked, "/login"), "token": TOKEN}).status_code == 303
    assert "read only" in asked.get("/").text


def test_a_large_change_is_refused(client: Client) -> None:
    asked = client()
    headers = {"X-CSRF-Token": csrf_in(asked)}
    assert asked.post("/logout", content=b"x" * LARGEST, headers=headers).status_code == 303
    headers = {"X-CSRF-Token": csrf_in(asked)}
    assert asked.post("/logout", content=b"x" * (LARGEST + 1), headers=headers).status_code == 413


# ---- what a browser is told


def test_every_answer_carries_the_headers(client: Client) -> None:
    asked = client()
    answers = [
        asked.get(path)
        for path in ("/", "/api/v1/today", "/static/desk.css", "/nowhere", "/api/v1/nowhere", "/find?from=x")
    ]
    answers += [asked.post("/logout"), asked.get("/", headers={"Host": "evil.example"}), client(token=TOKEN).get("/")]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 404, 404, 422, 403, 421, 303]
    for answer in answers:
        assert HEADERS.items() <= dict(answer.headers).items(), answer.url
        assert "server" not in answer.headers


def test_the_policy_allows_nothing_inline_and_nobody_else() -> None:
    policy = HEADERS["content-security-policy"]
    assert "unsafe" not in policy
    assert not re.search(r"https?:|\*", policy)
    said = set(policy.split("; "))
    assert {"default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"} <= said
    assert {"base-uri 'none'", "form-action 'self'"} <= said


class Tags(HTMLParser):
    """The tags of a page with their attributes, and what stands in scripts and styles."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.inline = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.found and self.found[-1][0] in ("script", "style"):
            self.inline += data.strip()


WHERE = ("/", "/find", "/find?q=%s", "claim", "document", "/quarantine", "row", "/nowhere%s", "/find?from=%s")
SHOWING = ("/find?q=alert", "claim", "document", "/quarantine", "row")


@pytest.mark.parametrize("where", [*WHERE, *SHOWING[:1]])
def test_text_of_others_is_shown_as_text(client: Client, desk_ledger: Ledger, where: str) -> None:
    claim, document = ids(desk_ledger, "alert")
    held = desk_ledger.quarantined()[0].id
    known = {"claim": f"/claims/{claim}", "document": f"/documents/{document}", "row": f"/quarantine/{held}"}
    path = known.get(where, where)
    page = client().get(path % quote("alert <script>x</script> <img onerror=1>") if "%s" in path else path).text
    tags = Tags(page)
    assert tags.inline == ""
    for tag, attributes in tags.found:
        assert tag != "img"
        assert not [name for name in attributes if name.startswith("on") or name == "style"], (tag, attributes)
        assert tag != "script" or str(attributes["src"]).startswith("/static/")
        assert not str(attributes.get("href") or "").lower().startswith("javascript"), attributes
    if where in SHOWING:
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
        assert "{{7*7}}" in page


def test_a_websocket_is_closed(client: Client) -> None:
    with pytest.raises(WebSocketDisconnect), client().websocket_connect("/"):
        pass
