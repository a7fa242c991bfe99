"""Addresses, against a real server on the loopback."""

import gzip
import http.server
import threading
import time
from collections.abc import Iterator

import pytest

from tocsin.errors import NoArticle, NotFound, SourceError, TooLarge, UsageError
from tocsin.model import Document
from tocsin.read import documents
from tocsin.read.fetch import user_agent

SENTENCE = "The minister said on Monday that the café on the quay – an old one – would stay open for the crews."
PAGE = (
    "<!DOCTYPE html><html><head><title>Quay stays open</title>"
    '<meta property="article:published_time" content="2024-12-23T08:00:00Z"></head>'
    "<body><article><h1>Quay stays open</h1>" + f"<p>{SENTENCE}</p>" * 6 + "</article></body></html>"
)


class Pages(http.server.BaseHTTPRequestHandler):
    """What each path answers."""

    asked: list[str]

    def do_GET(self) -> None:
        self.server.agents.append(self.headers["User-Agent"])  # type: ignore[attr-defined]
        try:
            getattr(self, "page_" + self.path.strip("/").replace(".", "_"), self.page_missing)()
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # the reader has hung up, as it should

    def send(self, data: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(data)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(data)

    def page_ok(self) -> None:
        self.send(PAGE.encode(), Content_Type="text/html; charset=utf-8")

    def page_western(self) -> None:
        self.send(PAGE.encode("cp1252"), Content_Type="text/html; charset=windows-1252")

    def page_wrong_charset(self) -> None:
        self.send(PAGE.encode(), Content_Type="text/html; charset=nonsense")

    def page_zipped(self) -> None:
        self.send(gzip.compress(PAGE.encode()), Content_Type="text/html", Content_Encoding="gzip")

    def page_text(self) -> None:
        self.send(b"LIMA (AP) -- The navy left.", Content_Type="text/plain")

    def page_article_json(self) -> None:
        self.send(b'{"id": "j1", "text": "LIMA (AP) -- The navy left."}', Content_Type="application/json")

    def page_moved(self) -> None:
        self.send(b"", 302, Location="/ok")

    def page_circle(self) -> None:
        self.send(b"", 302, Location="/circle")

    def page_slow(self) -> None:
        time.sleep(1.5)
        self.send(PAGE.encode())

    def page_dripping(self) -> None:
        self.send_response(200)
        self.end_headers()
        for _ in range(40):
            self.wfile.write(b"a" * 1000)
            self.wfile.flush()
            time.sleep(0.1)

    def page_large(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "50000000")
        self.end_headers()

    def page_endless(self) -> None:
        self.send_response(200)
        self.end_headers()
        for _ in range(5000):
            self.wfile.write(b"the navy left " * 1000)

    def page_bomb(self) -> None:
        self.send(gzip.compress(b"a" * 30_000_000), Content_Encoding="gzip")

    def page_empty(self) -> None:
        self.send(b"")

    def page_menu(self) -> None:
        self.send(b"<html><body><ul><li><a href=/>Home</a></li></ul></body></html>")

    def page_cut(self) -> None:
        self.send(PAGE.encode()[:500], Content_Length="9000")

    def page_missing(self) -> None:
        self.send(b"nothing here", 404)

    def log_message(self, *_: object) -> None:
        """Keep the test's output clean."""


@pytest.fixture(scope="module")
def server() -> Iterator[http.server.ThreadingHTTPServer]:
    running = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    running.daemon_threads = True
    running.agents = []  # type: ignore[attr-defined]
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield running
    running.shutdown()
    running.server_close()


@pytest.fixture
def at(server: http.server.ThreadingHTTPServer, monkeypatch: pytest.MonkeyPatch) -> str:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    return f"http://127.0.0.1:{server.server_port}/"


def only(source: str, **options: float) -> Document | SourceError:
    (one,) = documents(source, **options)  # type: ignore[arg-type]
    return one


@pytest.mark.parametrize("path", ["ok", "western", "wrong_charset", "zipped", "moved"])
def test_a_page_is_read(at: str, path: str) -> None:
    one = only(at + path)
    assert isinstance(one, Document), one
    assert SENTENCE in one.text
    assert (one.title, one.published) == ("Quay stays open", "2024-12-23")
    assert one.url == at + ("ok" if path == "moved" else path)


def test_text_and_json_are_read(at: str) -> None:
    text, article = only(at + "text"), only(at + "article.json")
    assert isinstance(text, Document)
    assert isinstance(article, Document)
    assert text.text == article.text
    assert (text.url, article.url, article.id) == (at + "text", at + "article.json", "j1")


@pytest.mark.parametrize(
    ("path", "kind", "words"),
    [
        ("missing", NotFound, "404 Not Found"),
        ("circle", NotFound, "redirects"),
        ("large", TooLarge, "--max-size"),
        ("endless", TooLarge, "--max-size"),
        ("bomb", TooLarge, "--max-size"),
        ("empty", NoArticle, "empty"),
        ("menu", NoArticle, "without an article"),
        ("cut", NotFound, "does not come"),
    ],
)
def test_what_goes_wrong_is_told(at: str, path: str, kind: type[SourceError], words: str) -> None:
    one = only(at + path, max_size=100_000)
    assert isinstance(one, kind)
    assert str(one).startswith(at + path + ": ")
    assert words in str(one)
    assert "\n" not in str(one)


def test_a_slow_server_is_left(at: str) -> None:
    began = time.monotonic()
    one = only(at + "slow", timeout=0.2)
    assert isinstance(one, NotFound)
    assert "0.2 s" in str(one)
    assert time.monotonic() - began < 1.2


def test_a_server_that_drips_is_left(at: str) -> None:
    began = time.monotonic()
    one = only(at + "dripping", timeout=0.25)
    assert isinstance(one, NotFound)
    assert time.monotonic() - began < 3


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:1/", "http://", "https://[/", "http://a b/", "http://127.0.0.1:99999/"]
)
def test_an_address_that_leads_nowhere(address: str) -> None:
    one = only(address, timeout=2)
    assert isinstance(one, NotFound)
    assert "\n" not in str(one)


def test_we_say_who_asks(at: str, server: http.server.ThreadingHTTPServer) -> None:
    only(at + "text")
    assert server.agents[-1] == user_agent()  # type: ignore[attr-defined]
    assert user_agent().startswith("tocsin/")
    assert "http:" not in user_agent()


def test_published_is_checked_before_anything_is_asked(at: str) -> None:
    with pytest.raises(UsageError):
        documents(at + "ok", published="yesterday")
