"""What is concluded across documents, on the desk: situations, forecasts, sources, alerts; each as its twin says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from tests.ledger.made import FIRST, READER, Figure, Place, Source, Time, simple, with_claim
from tests.show.desk.conftest import plain

from tocsin.batch.linking import link
from tocsin.ledger import Ledger
from tocsin.show.desk.access import access
from tocsin.show.desk.app import create
from tocsin.show.desk.desk import Desk
from tocsin.watch import parse_indicator
from tocsin.watch.rounds import look

PLACE = Place(text="shelled", start=7, end=14, name="Kyiv", country="UKR", country_name="Ukraine", lat=50.45, lon=30.52)
SHELLING = (
    "id: shelling\ntitle: Shelling\nwhy: it kills\nquery: {types: [ASSAULT]}\nper: [document]\nquiet: 0\nlevel: watch\n"
)


def told(number: int, day: str, paper: str, **fields: Any) -> Any:
    """A report of one shelling of Kyiv, by a paper on a day."""
    time = Time(text="Troops", start=0, end=6, from_="2024-12-20", to="2024-12-20")
    return with_claim(simple(number, published=day, publisher=paper), **{"places": (PLACE,), "time": time, **fields})


def killed(number: int) -> Figure:
    return Figure(
        text="Troops", start=0, end=6, what="killed", low=float(number), high=float(number), qualifier="exact"
    )


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    source = Source(text="Troops", start=0, end=6, name="The ministry", level=0, manner="warned")
    coming = Time(text="Troops", start=0, end=6, from_="2024-12-24", to="2024-12-31")
    with Ledger.open(str(tmp_path_factory.mktemp("judged") / "judged.db")) as opened:
        opened.add_many(
            [
                told(1, "2024-12-20", "Tribune", figures=(killed(3),)),
                told(2, "2024-12-21", "Courier", figures=(killed(5),)),
                told(3, "2024-12-22", "Ledger", status="possible", time=coming, sources=(source,)),
            ],
            FIRST,
            reader=READER,
        )
        link(opened)
        assert len(list(look(opened, [parse_indicator(SHELLING)], (), FIRST, "2024-12-22"))) == 3
        yield opened


@pytest.fixture(scope="module")
def visitor(ledger: Ledger) -> TestClient:
    return TestClient(create(Desk(ledger, access(), rate=0)), base_url="http://localhost")


def twin(visitor: TestClient, path: str) -> Any:
    answer = visitor.get(f"/api/v1{path}")
    assert answer.status_code == 200, answer.text
    return plain(answer.content)


def page(visitor: TestClient, path: str) -> str:
    answer = visitor.get(path)
    assert answer.status_code == 200, answer.text
    return answer.text


def test_situations_are_listed_as_the_twin_has_them(visitor: TestClient) -> None:
    found = twin(visitor, "/situations?sort=reports")
    assert found["unlinked"] == 0
    shown = page(visitor, "/situations?sort=reports")
    at = [shown.index(f'href="/situations/{one["id"]}"') for one in found["situations"]]
    assert at == sorted(at)
    assert twin(visitor, "/situations?status=denied")["situations"] == []
    assert "No such situation" in page(visitor, "/situations?status=denied")
    assert visitor.get("/api/v1/situations?country=Nowhereland").status_code == 422


def test_a_situation_has_its_claims_speakers_and_figures(visitor: TestClient, ledger: Ledger) -> None:
    id = twin(visitor, "/situations?sort=reports")["situations"][0]["id"]
    found = twin(visitor, f"/situations/{id}")
    claims = [one["id"] for one in found["claims"]]
    assert claims == found["situation"]["claims"]
    assert sorted(claim for one in found["speakers"] for claim in one["claims"]) == sorted(claims)
    assert sum(len(one["documents"]) for one in found["reports"]) == found["situation"]["documents"]
    assert len(found["reports"]) == found["situation"]["families"]
    shown = page(visitor, f"/situations/{id}")
    assert all(f"/claims/{claim}" in shown for claim in claims)
    assert all(one["source"] in shown for series in found["series"] for one in series["points"])
    other = page(visitor, f"/situations/{claims[-1]}")
    assert f"/api/v1/situations/{id}" in other
    assert visitor.get("/situations/0123456789abcdef").status_code == 404


def test_forecasts_and_the_records_of_their_sources(visitor: TestClient) -> None:
    (one,) = twin(visitor, "/forecasts")["forecasts"]
    assert (one["state"], one["due"]) == ("open", "2024-12-31")
    shown = page(visitor, "/forecasts")
    assert f"/claims/{one['claim']}" in shown
    assert one["source"] in shown
    (record,) = twin(visitor, "/sources")["records"]
    assert (record["source"], record["open"], record["brier"]) == (one["source"], 1, None)
    assert one["source"] in page(visitor, "/sources")
    assert twin(visitor, "/forecasts?state=lapsed")["forecasts"] == []
    assert twin(visitor, "/forecasts?due_to=2024-12-30")["forecasts"] == []
    assert visitor.get("/api/v1/forecasts?on=soon").status_code == 422


def test_alerts_come_newest_first_and_in_pages(visitor: TestClient) -> None:
    found = twin(visitor, "/alerts?limit=2")
    rest = twin(visitor, f"/alerts?limit=2&before={found['before']}")
    numbers = [one["number"] for one in (*found["alerts"], *rest["alerts"])]
    assert numbers == [3, 2, 1]
    assert rest["before"] is None
    assert twin(visitor, "/alerts?level=critical")["alerts"] == []
    assert visitor.get("/api/v1/alerts?level=grave").status_code == 422
    shown = page(visitor, "/alerts")
    assert all(f"/alerts/{one['id']}" in shown for one in (*found["alerts"], *rest["alerts"]))


def test_an_alert_shows_its_reason_and_its_evidence(visitor: TestClient) -> None:
    one = twin(visitor, "/alerts?limit=1")["alerts"][0]
    assert twin(visitor, f"/alerts/{one['id']}") == one
    shown = page(visitor, f"/alerts/{one['id']}")
    assert one["reason"].split(";")[0] in shown
    assert all(f"/claims/{claim['id']}" in shown for claim in one["claims"])
    assert visitor.get("/api/v1/alerts/0123456789abcdef").status_code == 404


def test_an_empty_ledger_has_pages_too(tmp_path: Path) -> None:
    with Ledger.open(str(tmp_path / "empty.db")) as ledger:
        visitor = TestClient(create(Desk(ledger, access(), rate=0)), base_url="http://localhost")
        for path in ("/map", "/situations", "/forecasts", "/sources", "/alerts", "/indicators", "/indicators/new"):
            page(visitor, path)
        assert twin(visitor, "/places")["features"] == []
        assert twin(visitor, "/forecasts") == {"on": None, "forecasts": [], "claims": [], "complete": True}
