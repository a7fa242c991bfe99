"""What open pages are told, and its twin."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import msgspec
import pytest
from starlette.testclient import TestClient
from tests.ledger.made import FIRST, LATER, READER, simple
from tests.show.desk.conftest import Client, plain

from tocsin.errors import UsageError
from tocsin.ledger import Ledger
from tocsin.ledger.alerts import Alert, Step
from tocsin.show.desk.access import access
from tocsin.show.desk.app import create
from tocsin.show.desk.content.news import MOST, mark_of
from tocsin.show.desk.desk import Desk
from tocsin.show.desk.live import Live

T = TypeVar("T")


def alert(number: int) -> Alert:
    return Alert(
        id=f"{number:016x}", indicator="shelling", pack="own", title=f"Shelling {number}", why="it kills",
        level="watch", rank=1, about="", day="2024-12-20", reason="1 claim", claims=(), count=1, documents=1,
        independent=1, sources=(),
    )  # fmt: skip


def ring(ledger: Ledger, *numbers: int) -> None:
    """Have alerts rung."""
    since = ledger.looked().get("shelling")
    until = (since or 0) + 1
    step = Step(indicator="shelling", definition="x", since=since, until=until, alerts=tuple(map(alert, numbers)))
    assert ledger.ring(step, LATER) is not None


@pytest.fixture
def ledger(tmp_path: Path) -> AsyncIterator[Ledger]:
    with Ledger.open(str(tmp_path / "live.db")) as opened:
        opened.add(simple(1), FIRST, reader=READER)
        yield opened  # type: ignore[misc]


def alone(work: Callable[[], Coroutine[object, object, T]]) -> T:
    """Run a coroutine in a thread of its own: a browser's tests before may have left a running loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(work())).result()


async def told(stream: AsyncIterator[bytes]) -> tuple[str, dict[str, object]]:
    """The next event that is more than a sign of life: its kind and its data."""
    while True:
        said = (await asyncio.wait_for(anext(stream), 30)).decode()
        if said.startswith("id:"):
            mark, kind, data = said.strip().split("\n")
            decoded = msgspec.json.decode(data.removeprefix("data: "))
            assert mark.removeprefix("id: ") == decoded["mark"]
            return kind.removeprefix("event: "), decoded


def test_a_listener_is_told_of_claims_and_alerts_and_of_the_end(ledger: Ledger) -> None:
    async def listen() -> None:
        live = Live(ledger, every=0.01)
        stream = live.events(None)
        kind, hello = await told(stream)
        assert (kind, hello["claims"], hello["mark"]) == ("hello", 0, "1.0")
        waiting = asyncio.create_task(told(stream))
        await asyncio.sleep(0.05)
        ledger.add_many([simple(2), simple(3)], LATER, reader=READER)
        kind, news = await waiting
        assert (kind, news["documents"], news["claims"]) == ("news", 2, 2)
        ring(ledger, 7)
        _, news = await told(stream)
        assert [one["title"] for one in news["alerts"]] == ["Shelling 7"]  # type: ignore[attr-defined, index]
        live.close()
        rest = [said async for said in stream]
        assert all(said.startswith(b":") for said in rest)
        assert live.listeners == 0

    alone(listen)


def test_who_was_cut_off_goes_on_from_the_mark(ledger: Ledger) -> None:
    async def listen() -> dict[str, object]:
        stream = Live(ledger, every=0.01).events("1.0")
        kind, news = await told(stream)
        assert kind == "news"
        await stream.aclose()  # type: ignore[attr-defined]
        return news

    ledger.add(simple(2), LATER, reader=READER)
    ring(ledger, 1, 2)
    news = alone(listen)
    assert (news["mark"], news["claims"], len(news["alerts"])) == ("2.2", 1, 2)  # type: ignore[arg-type]


def test_of_very_many_alerts_some_are_told_at_a_time_and_none_is_lost(ledger: Ledger) -> None:
    ring(ledger, *range(1, MOST + 6))
    client = TestClient(create(Desk(ledger, access(), rate=0)), base_url="http://localhost")
    first = plain(client.get("/api/v1/news?since=1.0").content)
    rest = plain(client.get(f"/api/v1/news?since={first['mark']}").content)
    assert [len(first["alerts"]), len(rest["alerts"])] == [MOST, 5]
    assert rest["mark"] == f"1.{MOST + 5}"


def test_the_twin_without_a_mark_tells_only_where_things_stand(client: Client) -> None:
    found = plain(client().get("/api/v1/news").content)
    assert (found["documents"], found["claims"], found["alerts"]) == (0, 0, [])
    assert plain(client().get(f"/api/v1/news?since={found['mark']}").content) == found
    assert plain(client().get("/api/v1/news?since=0.0").content)["documents"] == 73


@pytest.mark.parametrize("said", ["", "1", "1.2.3", "a.b", "-1.0", "1.²", "9" * 30 + ".1"])
def test_what_is_no_mark_is_refused(client: Client, said: str) -> None:
    with pytest.raises(UsageError):
        mark_of(said)
    if said:
        assert client().get("/events", params={"since": said}).status_code == 422
