"""What the tests of the desk share: the examples as read, a ledger of them, a desk that is served, a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import pytest
from starlette.testclient import TestClient
from tests.ledger.made import ARMY, FIRST, READER, actor, simple, with_claim

from tocsin.ledger import Ledger, Query
from tocsin.model import Report
from tocsin.show.desk.access import access
from tocsin.show.desk.app import create
from tocsin.show.desk.desk import Desk

TOKEN = "correct horse battery staple"
MARKUP = "<script>alert(1)</script><img src=x onerror=alert(2)>&lt;b&gt;\"'{{7*7}}\u202e"


def hostile() -> Report:
    """An article that tries to be a page: markup in every field that a page shows."""
    text = f"{MARKUP} shelled {MARKUP} at {MARKUP}."
    report = simple(666, text=text, publisher=f"{MARKUP} publisher", url=f"javascript:alert('{MARKUP}')")
    document = msgspec.structs.replace(
        report.document, title=f"{MARKUP} title", notes=(MARKUP,), byline=MARKUP, dateline=MARKUP
    )
    report = msgspec.structs.replace(report, document=document)
    return with_claim(report, actors=(actor(MARKUP, name=MARKUP, country="<b>"),), made_by=MARKUP)


@pytest.fixture(scope="session")
def desk_ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """A ledger of 73 articles, 74 claims. Tests only read it."""
    with Ledger.open(tmp_path_factory.mktemp("desk") / "desk.db") as ledger:
        ledger.add_many([ARMY, hostile(), *map(simple, range(71))], FIRST, reader=READER)
        ledger.quarantine(f"/in/{MARKUP}.html", b"abc", "undecodable", f"{MARKUP} is broken", FIRST)
        yield ledger


Client = Callable[..., TestClient]


@pytest.fixture
def client(desk_ledger: Ledger) -> Client:
    """A client of a desk; the arguments are those of `access`, and of `Desk` but for the ledger."""

    def made(base: str = "http://localhost", headers: dict[str, str] | None = None, **given: Any) -> TestClient:
        how = {name: given.pop(name) for name in ("host", "token", "user_header", "names") if name in given}
        app = create(Desk(desk_ledger, access(**how), **{"rate": 0, **given}))
        return TestClient(app, base_url=base, headers=headers, follow_redirects=False)

    return made


def ids(ledger: Ledger, words: str) -> tuple[str, str]:
    """The ids of the first claim that holds some words, and of its document."""
    found = ledger.claims(Query(words=words, limit=1)).page().claims[0]
    return found.id, found.document.id


def plain(body: bytes) -> Any:
    """JSON, decoded."""
    return msgspec.json.decode(body)
