"""Feeds of a server on this machine, followed into a ledger."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from tests.batch import stand_in
from tests.batch.broken import GERMAN
from tests.batch.stories import story
from tests.show.conftest import Call, call

from tocsin.batch.follow import Follower, addresses, feed_of, state_of
from tocsin.batch.plan import Plan
from tocsin.errors import SourceError
from tocsin.ledger import Ledger
from tocsin.read.follow import FeedState
from tocsin.read.follow import Plan as Visits
from tocsin.read.options import Options
from tocsin.read.visits import Client, Manners
from tocsin.show.cli import ingest as ingesting

__all__ = ["call"]


class Site:
    """A server with a feed of full articles. `entries` are their texts; `asked` are the paths asked for."""

    def __init__(self) -> None:
        self.entries: list[str] = []
        self.asked: list[str] = []
        self.status = 200
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append(self.path)
                mark = f'"{len(site.entries)}"'
                status = site.status if self.path == "/feed" else 404
                if status == 200 and self.headers.get("If-None-Match") == mark:
                    status = 304
                body = site.feed().encode() if status == 200 else b""
                self.send_response(status)
                self.send_header("Content-Type", "application/rss+xml")
                self.send_header("Content-Length", str(len(body)))
                self.send_header("ETag", mark)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *given: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def feed(self) -> str:
        items = "".join(
            f'<item><title>Story {n}</title><guid isPermaLink="false">{n}</guid>'
            "<pubDate>Mon, 23 Dec 2024 10:00:00 GMT</pubDate>"
            f'<content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/"><![CDATA[<p>{text}</p>]]>'
            "</content:encoded></item>"
            for n, text in enumerate(self.entries)
        )
        return f'<?xml version="1.0"?><rss version="2.0"><channel><title>The Site</title>{items}</channel></rss>'


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    made.entries = [story(number)["text"] * 3 for number in range(3)]
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "l.db") as opened:
        yield opened


@pytest.fixture
def client() -> Iterator[Client]:
    with Client(Options(), Manners(delay=0.0)) as opened:
        yield opened


def follower(ledger: Ledger, client: Client, site: Site, complaints: list[SourceError]) -> Follower:
    plan = Plan(worker=stand_in.COMMAND)
    return Follower(ledger, [f"{site.url}/feed"], client, Visits(), plan, complaints.append)


def test_what_is_new_is_taken_in_and_the_state_is_kept(ledger: Ledger, client: Client, site: Site) -> None:
    complaints: list[SourceError] = []
    one = follower(ledger, client, site, complaints)
    assert one.round(one.due(client.clock())).new == 3
    assert one.due(client.clock()) == []
    assert one.next_at() > client.clock() + 600
    site.entries += [story(7)["text"] * 3, GERMAN]
    other = follower(ledger, client, site, complaints)
    assert other.due(client.clock()) == []
    summary = other.round(other.states.values())
    assert (summary.new, summary.refused, complaints) == (1, 1, [])
    assert ledger.quarantined()[0].kind == "language", ledger.quarantined()
    kept = ledger.feed(f"{site.url}/feed")
    assert kept is not None
    assert (kept.etag, kept.failures, kept.fault) == ('"5"', 0, None)
    quicker = Follower(ledger, one.states, client, Visits(every=30), Plan(), complaints.append)
    assert quicker.next_at() <= client.clock() + 30
    third = follower(ledger, client, site, complaints)
    assert third.round(third.states.values()).documents == 0


def test_a_feed_that_fails_is_told_and_asked_later(ledger: Ledger, client: Client, site: Site) -> None:
    site.status = 500
    complaints: list[SourceError] = []
    one = follower(ledger, client, site, complaints)
    assert one.round(one.due(client.clock())).documents == 0
    assert len(complaints) == 1
    kept = ledger.feed(f"{site.url}/feed")
    assert kept is not None
    assert kept.failures == 1
    assert "500" in (kept.fault or "")
    assert ledger.quarantined() == []
    assert one.due(client.clock()) == []


def test_a_round_that_is_broken_off_is_made_again(
    ledger: Ledger, client: Client, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    complaints: list[SourceError] = []
    one = follower(ledger, client, site, complaints)
    with monkeypatch.context() as patch:
        patch.setattr(ledger, "add_many", _interrupted)
        with pytest.raises(KeyboardInterrupt):
            one.round(one.due(client.clock()))
    assert ledger.feed(f"{site.url}/feed") is None
    other = follower(ledger, client, site, complaints)
    assert other.round(other.due(client.clock())).new == 3


def _interrupted(*given: object, **more: object) -> None:
    raise KeyboardInterrupt


def test_feeds_are_named_by_address_and_by_opml(tmp_path: Path) -> None:
    listed = tmp_path / "list.opml"
    listed.write_text(
        '<opml version="2.0"><body><outline text="A" xmlUrl="https://a.example/feed"/>'
        '<outline text="group"><outline text="B" xmlUrl="https://b.example/rss"/></outline></body></opml>'
    )
    assert addresses(["https://b.example/rss", str(listed)], Options()) == [
        "https://b.example/rss", "https://a.example/feed",
    ]  # fmt: skip
    (tmp_path / "x.opml").write_text("<opml><body/></opml>")
    with pytest.raises(SourceError, match="no list of feeds"):
        addresses([str(tmp_path / "x.opml")], Options())


def test_the_command(call: Call, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingesting, "Plan", functools.partial(Plan, worker=stand_in.COMMAND))
    where = ("--ledger", tmp_path / "l.db")
    done = call("follow", f"{site.url}/feed", "--once", *where)
    assert (done.status, done.out) == (0, "3 new, 0 known, 0 updated, 0 refused\n"), done.errors
    again = call("follow", f"{site.url}/feed", "--once", *where)
    assert again.out == "0 new, 0 known, 0 updated, 0 refused\n"
    site.status = 503
    failed = call("follow", f"{site.url}/feed", "--once", *where)
    assert failed.status == 1
    assert len(failed.errors) == 1


def test_all_that_is_known_of_a_feed_outlives_a_restart(ledger: Ledger) -> None:
    url = "https://paper.example/feed"
    state = FeedState(
        url=url,
        address="https://paper.example/news",
        etag='"7"',
        next_at=900.0,
        failures=1,
        seen=("a", "b"),
        tries={"c": 2},
    )
    ledger.save_feed(feed_of(state, 100.0, None))
    assert state_of(url, ledger.feed(url)) == state


def test_a_feed_that_is_put_off_is_told_where_it_matters(ledger: Ledger, site: Site) -> None:
    site.status = 429
    complaints: list[SourceError] = []
    told: list[Exception] = []
    urls = [f"{site.url}/feed", f"{site.url}/feed?other"]
    with Client(Options(), Manners(delay=0.0, patience=1.0)) as client:
        plan = Plan(worker=stand_in.COMMAND)
        one = Follower(ledger, urls, client, Visits(), plan, complaints.append)
        one.round(list(one.states.values()), None, told.append)
    assert [fault.source for fault in complaints] == urls[:1]
    assert [fault.source for fault in told if isinstance(fault, SourceError)] == urls[1:]
    assert "not to be asked again" in str(told[0])
