"""The examples as they are read, a ledger of them, a desk over it that is served, and a browser."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.show.desk.browser import chromium
from tests.show.desk.browser.serving import served
from tests.show.desk.conftest import hostile

from tocsin.api import read_many
from tocsin.batch.linking import link
from tocsin.ledger import Ledger
from tocsin.model import Report
from tocsin.watch.library import chosen
from tocsin.watch.rounds import look

EXAMPLES = Path(__file__).resolve().parents[4] / "examples/october-1962"
SEEN = datetime.datetime(2026, 1, 1, 12, tzinfo=datetime.UTC)
DAY = "1962-10-28"

PATIENCE = 60_000
"""Milliseconds that a page may take, on a machine that has much else to do."""

expect.set_options(timeout=PATIENCE)

Opened = Callable[..., Page]


@pytest.fixture(scope="session")
def examples() -> list[Report]:
    """The example articles with their claims, as Tocsin reads them."""
    return [found for found in read_many([EXAMPLES]) if isinstance(found, Report)]


def ring(ledger: Ledger) -> int:
    """Look with all indicators at what is new; how many alerts rang."""
    return len(list(look(ledger, chosen([]), (), SEEN, DAY)))


@pytest.fixture(scope="session")
def shown(examples: list[Report], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """A ledger of the examples and of a page that means ill, linked and watched, to be looked at and not changed."""
    with Ledger.open(str(tmp_path_factory.mktemp("desk") / "shown.db")) as ledger:
        ledger.add_many([*examples, hostile()], SEEN)
        ledger.quarantine("feed/broken.html", b"\xff\xfe", "undecodable", "the bytes are no text", SEEN)
        link(ledger)
        assert ring(ledger) > 3
        yield ledger


@pytest.fixture(scope="session")
def desk(shown: Ledger) -> Iterator[str]:
    """The address of a desk over `shown`."""
    with served(shown) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A browser. Without one the run fails where it must not (CI), and is skipped loudly elsewhere."""
    try:
        with chromium.running() as started:
            yield started
    except chromium.Missing as missing:
        if os.environ.get("CI"):
            pytest.fail(f"a browser is needed here: {missing}")
        pytest.skip(f"NOT TESTED IN A BROWSER: {missing}")


@pytest.fixture
def opened(browser: Browser) -> Iterator[Opened]:
    """Opens a page of a fresh browser at the address of a desk. In the end the test fails where a console has shown an
    error, or something was asked for that does not lie on this machine."""
    watching: list[chromium.Watched] = []

    def made(base: str, **how: object) -> Page:
        context = browser.new_context(base_url=base, **{"viewport": {"width": 1280, "height": 800}, **how})  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        watching.append(chromium.Watched(page, base))
        return page

    yield made
    for watched in watching:
        watched.page.context.close()
    assert [fault for watched in watching for fault in watched.faults] == []


@pytest.fixture
def page(opened: Opened, desk: str) -> Page:
    """A page at the desk over `shown`."""
    return opened(desk)
