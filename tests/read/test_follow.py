"""Following feeds, against a real server on the loopback."""

from __future__ import annotations

import gzip
import http.server
import threading
from collections.abc import Callable, Iterator
from email.utils import formatdate

import msgspec
import pytest
from tests.read.samples import page

from tocsin.errors import NoArticle, NotFound, SourceError, Undecodable
from tocsin.read.addresses import is_inner
from tocsin.read.fetch import user_agent
from tocsin.read.follow import LONGEST, PAGES, SOON, TRIES, FeedState, Plan, Polled, poll
from tocsin.read.options import Options
from tocsin.read.visits import Client, Manners

FULL = "The minister said on Monday that all ships had left the harbour and would not come back to it again. " * 8
Reply = tuple[int, dict[str, str], bytes]
NOW = 1_734_948_000.0


def rss(*items: str) -> bytes:
    return f"<rss version='2.0'><channel><title>The Harbour Post</title>{''.join(items)}</channel></rss>".encode()


def item(number: int, text: str = FULL, link: str = "", title: str = "Ships") -> str:
    return (
        f"<item><title>{title} {number}</title><link>{link or f'/{number}'}</link><guid>g{number}</guid>"
        f"<pubDate>Mon, 23 Dec 2024 09:00:00 GMT</pubDate><description>{text}</description></item>"
    )


class Site:
    """A server, what it answers to each path, and what it was asked."""

    def __init__(self) -> None:
        self.replies: dict[str, Reply | Callable[[dict[str, str]], Reply]] = {}
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        site = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                sent = {name.lower(): value for name, value in self.headers.items()}
                site.asked.append(self.path)
                site.headers.append(sent)
                reply = site.replies.get(self.path, (404, {}, b""))
                status, headers, data = reply(sent) if callable(reply) else reply
                self.send_response(status)
                for name, value in {"Content-Length": str(len(data)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_: object) -> None:
                """Keep the test's output clean."""

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.at = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()


class Clock:
    """Time that passes only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = NOW
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    running = Site()
    yield running
    running.server.shutdown()
    running.server.server_close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def client(clock: Clock) -> Iterator[Client]:
    manners = Manners(contact="desk@news.example")
    with Client(Options(timeout=5.0), manners, clock=clock, sleep=clock.sleep) as made:
        yield made


def visit(site: Site, client: Client, state: FeedState | None = None, **plan: object) -> Polled:
    state = state or FeedState(url=f"{site.at}/feed")
    return poll(state, client, client.clock(), Plan(**plan))  # type: ignore[arg-type]


def texts(polled: Polled) -> list[str]:
    return [one.title or "" for one in polled.documents]


def test_what_is_new_is_taken_once(site: Site, client: Client) -> None:
    site.replies["/feed"] = (
        200,
        {"ETag": '"a"', "Last-Modified": "Mon, 23 Dec 2024 10:00:00 GMT"},
        rss(item(1), item(2)),
    )
    first = visit(site, client)
    assert texts(first) == ["Ships 1", "Ships 2"]
    assert not first.errors
    one = first.documents[0]
    assert (one.url, one.publisher, one.published) == (f"{site.at}/1", "The Harbour Post", "2024-12-23")
    assert (first.state.etag, first.state.failures) == ('"a"', 0)
    assert NOW + 900 <= first.state.next_at <= NOW + 990

    site.replies["/feed"] = (200, {}, rss(item(3), item(1), item(2)))
    assert texts(visit(site, client, first.state)) == ["Ships 3"]


def test_the_state_survives_being_written_down(site: Site, client: Client) -> None:
    site.replies["/feed"] = (200, {"ETag": "x"}, rss(item(1)))
    state = visit(site, client).state
    assert msgspec.json.decode(msgspec.json.encode(state), type=FeedState) == state


def test_an_unchanged_feed_is_not_sent_again(site: Site, client: Client) -> None:
    def reply(asked: dict[str, str]) -> Reply:
        if asked.get("if-none-match") == '"a"' and asked.get("if-modified-since") == "Mon, 23 Dec 2024 10:00:00 GMT":
            return 304, {}, b""
        return 200, {"ETag": '"a"', "Last-Modified": "Mon, 23 Dec 2024 10:00:00 GMT"}, rss(item(1))

    site.replies["/feed"] = reply
    first = visit(site, client)
    second = visit(site, client, msgspec.structs.replace(first.state, failures=2))
    assert (second.documents, second.errors) == ((), ())
    assert (second.state.seen, second.state.etag, second.state.failures) == (first.state.seen, '"a"', 0)


def test_a_changed_entry_is_taken_again(site: Site, client: Client) -> None:
    site.replies["/feed"] = (200, {}, rss(item(1)))
    state = visit(site, client).state
    site.replies["/feed"] = (200, {}, rss(item(1, title="Corrected: ships")))
    assert texts(visit(site, client, state)) == ["Corrected: ships 1"]


def test_the_page_is_fetched_where_the_feed_has_a_summary(site: Site, client: Client) -> None:
    site.replies |= {
        "/feed": (200, {}, rss(item(1, "Ships left."))),
        "/1": (200, {"Content-Type": "text/html"}, page(1).encode()),
    }
    polled = visit(site, client)
    (one,) = polled.documents
    assert "3 of 1 ships had left" in one.text
    assert (one.url, one.title, one.publisher) == (f"{site.at}/1", "Ships 1", "The Harbour Post")
    assert not polled.errors
    (one,) = visit(site, client, pages=False).documents
    assert one.text == "Ships left."
    assert any("only the summary" in note for note in one.notes)


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        ((403, {}, b""), "403"),
        ((200, {}, b"<html><body>Menu</body></html>"), "without an article"),
        ((302, {"Location": "ftp://x.example/"}, b""), "no address of the web"),
    ],
)
def test_a_page_that_cannot_be_read_leaves_the_summary(site: Site, client: Client, reply: Reply, why: str) -> None:
    site.replies |= {"/feed": (200, {}, rss(item(1, "Ships left."))), "/1": reply}
    state = None
    for _ in range(TRIES):
        polled = visit(site, client, state)
        state = polled.state
        if polled.documents:
            break
    (one,) = polled.documents
    assert one.text == "Ships left."
    assert any("cannot be read" in note and why in note for note in one.notes)
    assert visit(site, client, state).documents == ()


def test_a_page_that_may_come_later_is_asked_for_again(site: Site, client: Client, clock: Clock) -> None:
    site.replies |= {"/feed": (200, {"ETag": "x"}, rss(item(1, "Ships left."), item(2))), "/1": (500, {}, b"")}
    first = visit(site, client)
    assert texts(first) == ["Ships 2"]
    assert first.state.etag is None  # so that the feed is sent again
    assert list(first.state.tries.values()) == [1]
    site.replies["/1"] = (200, {}, page(1).encode())
    second = visit(site, client, first.state)
    assert texts(second) == ["Ships 1"]
    assert second.state.tries == {}
    assert second.state.etag == "x"


def test_an_entry_without_text_and_page_is_an_error(site: Site, client: Client) -> None:
    site.replies["/feed"] = (200, {}, rss(item(1, "")))
    (error,) = visit(site, client).errors
    assert isinstance(error, NotFound)
    assert error.source == f"{site.at}/1"


def test_too_many_pages_are_left_for_the_next_visit(site: Site, client: Client) -> None:
    count = PAGES + 5
    site.replies |= {f"/{n}": (200, {}, page(n).encode()) for n in range(count)}
    site.replies["/feed"] = (200, {"ETag": "x"}, rss(*(item(n, "Short.") for n in range(count))))
    first = visit(site, client)
    assert len(first.documents) == PAGES
    assert first.state.etag is None
    assert first.state.next_at == client.clock() + SOON or first.state.next_at <= client.clock() + SOON
    second = visit(site, client, first.state)
    assert len(second.documents) == 5
    assert {one.url for one in (*first.documents, *second.documents)} == {f"{site.at}/{n}" for n in range(count)}


@pytest.mark.parametrize(("value", "seconds"), [("120", 120.0), (formatdate(NOW + 7200, usegmt=True), 7200.0)])
def test_a_busy_server_is_left_for_as_long_as_it_says(site: Site, client: Client, value: str, seconds: float) -> None:
    site.replies["/feed"] = (429, {"Retry-After": value}, b"")
    polled = visit(site, client, every=10.0)
    (error,) = polled.errors
    assert "429" in str(error)
    assert polled.state.next_at >= NOW + seconds
    asked = len(site.asked)
    again = visit(site, client, polled.state)
    assert (again.documents, again.errors, len(site.asked)) == ((), (), asked)  # not even asked
    assert again.state.next_at >= NOW + seconds


def test_a_failing_server_is_asked_less_and_less(site: Site, client: Client, clock: Clock) -> None:
    site.replies["/feed"] = (500, {}, b"")
    state, pauses = FeedState(url=f"{site.at}/feed"), []
    for _ in range(12):
        asked = clock.now  # the visit itself takes time: it waits its turn at the host
        polled = visit(site, client, state)
        assert [type(one) for one in polled.errors] == [NotFound]
        state = polled.state
        pauses.append(state.next_at - asked)
        clock.now = state.next_at
    for failures, pause in enumerate(pauses, 1):
        whole = min(LONGEST, 900.0 * 2**failures)
        assert whole / 2 <= pause <= whole
    assert len(set(pauses)) == len(pauses)
    assert state.failures == 12
    site.replies["/feed"] = (200, {}, rss(item(1)))
    assert visit(site, client, state).state.failures == 0


def test_the_same_seed_gives_the_same_times(site: Site, client: Client) -> None:
    site.replies["/feed"] = (500, {}, b"")
    state = FeedState(url=f"{site.at}/feed")
    times = [poll(state, client, NOW, Plan(seed=seed)).state.next_at for seed in (1, 1, 2)]
    assert times[0] == times[1] != times[2]


def test_robots_are_obeyed(site: Site, client: Client) -> None:
    site.replies |= {
        "/robots.txt": (200, {}, b"User-agent: *\nDisallow: /1\n"),
        "/feed": (200, {}, rss(item(1, "Ships left."), item(2, "Ships came."))),
        "/1": (200, {}, page(1).encode()), "/2": (200, {}, page(2).encode()),
    }  # fmt: skip
    polled = visit(site, client)
    assert [one.text == "Ships left." for one in polled.documents] == [True, False]
    assert any("robots.txt" in note for note in polled.documents[0].notes)
    assert "/1" not in site.asked
    assert site.asked.count("/robots.txt") == 1


def test_a_feed_that_robots_forbid_is_one_error(site: Site, client: Client) -> None:
    site.replies |= {"/robots.txt": (200, {}, b"User-agent: tocsin\nDisallow: /\n"), "/feed": (200, {}, rss(item(1)))}
    polled = visit(site, client)
    assert "robots.txt" in str(polled.errors[0])
    assert site.asked == ["/robots.txt"]
    assert polled.state.failures == 1


def test_a_site_whose_robots_do_not_come_is_left_alone(site: Site, client: Client) -> None:
    site.replies |= {"/robots.txt": (503, {}, b""), "/feed": (200, {}, rss(item(1)))}
    polled = visit(site, client)
    assert "robots.txt" in str(polled.errors[0])
    assert "/feed" not in site.asked


def test_pauses_between_requests(site: Site, client: Client, clock: Clock) -> None:
    site.replies |= {f"/{n}": (200, {}, page(n).encode()) for n in (1, 2)}
    site.replies["/feed"] = (200, {}, rss(item(1, "Short."), item(2, "Short.")))
    visit(site, client)
    assert clock.slept == [1.0, 1.0, 1.0]  # after robots.txt, the feed, the first page
    site.replies["/robots.txt"] = (200, {}, b"User-agent: *\nCrawl-delay: 7\n")
    clock.slept.clear()
    with Client(clock=clock, sleep=clock.sleep) as other:
        visit(site, other)
    assert clock.slept == [1.0, 7.0, 7.0]


def test_a_delay_beyond_patience_leaves_pages_for_later(site: Site, client: Client) -> None:
    site.replies |= {f"/{n}": (200, {}, page(n).encode()) for n in (1, 2)}
    site.replies["/robots.txt"] = (200, {}, b"User-agent: *\nCrawl-delay: 600\n")
    site.replies["/feed"] = (200, {"ETag": "x"}, rss(item(1, "Short."), item(2)))
    polled = visit(site, client)
    assert texts(polled) == ["Ships 2"]
    assert (polled.errors, polled.state.etag, polled.state.tries) == ((), None, {})


def test_a_feed_that_has_moved(site: Site, client: Client) -> None:
    site.replies |= {"/feed": (301, {"Location": "/new"}, b""), "/new": (200, {}, rss(item(1)))}
    state = visit(site, client).state
    assert (state.url, state.address) == (f"{site.at}/feed", f"{site.at}/new")
    site.asked.clear()
    visit(site, client, state)
    assert site.asked == ["/new"]


@pytest.mark.parametrize("status", [302, 307])
def test_a_feed_that_is_elsewhere_for_now(site: Site, client: Client, status: int) -> None:
    site.replies |= {"/feed": (status, {"Location": "/new"}, b""), "/new": (200, {}, rss(item(1)))}
    polled = visit(site, client)
    assert texts(polled) == ["Ships 1"]
    assert polled.state.address is None


def test_a_circle_ends(site: Site, client: Client) -> None:
    site.replies["/feed"] = (302, {"Location": "/feed"}, b"")
    assert "redirects" in str(visit(site, client).errors[0])


def test_a_packed_feed(site: Site, client: Client) -> None:
    site.replies["/feed"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(rss(item(1))))
    assert texts(visit(site, client)) == ["Ships 1"]
    assert site.headers[-1]["accept-encoding"] == "gzip, deflate"


def test_a_json_feed(site: Site, client: Client) -> None:
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "J", "items": [{"id": "1", "content_text": FULL}]}
    site.replies["/feed"] = (200, {}, msgspec.json.encode(feed))
    assert [one.text for one in visit(site, client).documents] == [FULL.strip()]


@pytest.mark.parametrize(
    ("data", "kind", "word"),
    [
        (page(1).encode(), Undecodable, "html"),
        (b"", Undecodable, "empty"),
        (b'{"a": 1}', Undecodable, "json"),
        (b"<rss version='2.0'><channel/></rss>", NoArticle, "without entries"),
        (b"<rss><channel><!DOCTYPE x [<!ENTITY a 'b'>]>", Undecodable, "entities"),
    ],
)
def test_what_is_no_feed(site: Site, client: Client, data: bytes, kind: type[SourceError], word: str) -> None:
    site.replies["/feed"] = (200, {}, data)
    polled = visit(site, client)
    (error,) = polled.errors
    assert isinstance(error, kind)
    assert error.source == f"{site.at}/feed"
    assert word in str(error)
    assert polled.state.failures == 1


def test_nobody_there(clock: Clock) -> None:
    with Client(Options(timeout=1.0), clock=clock, sleep=clock.sleep) as client:
        polled = poll(FeedState(url="http://127.0.0.1:1/feed"), client, NOW)
    assert [type(one) for one in polled.errors] == [NotFound]


def test_we_say_who_asks_and_whom_to_write_to(site: Site, client: Client) -> None:
    site.replies["/feed"] = (200, {}, rss(item(1)))
    visit(site, client)
    assert {sent["user-agent"] for sent in site.headers} == {user_agent("desk@news.example")}
    assert "desk@news.example" in user_agent("desk@news.example\r\n")
    assert "\n" not in user_agent("a\nb")


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/", "http://[::1]/", "http://10.0.0.3/", "http://localhost:8/", "http://169.254.169.254/"]
)
def test_a_feed_of_the_web_does_not_lead_into_the_house(url: str) -> None:
    assert is_inner(url)
    assert not is_inner("https://news.example/")


def test_an_entry_whose_words_alone_changed_is_taken_again(site: Site, client: Client) -> None:
    site.replies["/feed"] = (200, {}, rss(item(1)))
    state = visit(site, client).state
    site.replies["/feed"] = (200, {}, rss(item(1, FULL + "The toll rose to forty.")))
    (one,) = visit(site, client, state).documents
    assert one.text.endswith("The toll rose to forty.")
    assert one.url == f"{site.at}/1"


def test_places_in_a_page_are_one_page(site: Site, client: Client) -> None:
    site.replies["/1"] = (200, {"Content-Type": "text/html"}, page(1).encode())
    assert {client.get(f"{site.at}/1{place}").answer.url for place in ("", "#top", "#comments")} == {f"{site.at}/1"}
