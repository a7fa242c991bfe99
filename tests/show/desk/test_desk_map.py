"""The map of the desk: its twin is GeoJSON, its list says the same, and what comes in is on it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.ledger.made import FIRST, LATER, READER, Place, simple, with_claim
from tests.show.desk.conftest import Client, plain

from tocsin.ledger import Ledger, Query
from tocsin.show.desk.content.places import Atlas, zoom_of

TOWNS = (("Kyiv", 50.45, 30.52), ("Brovary", 50.51, 30.79), ("Kharkiv", 49.99, 36.23), ("Suva", -18.14, 178.44),
         ("Apia", -13.83, -171.77))  # fmt: skip


def at(number: int, name: str, lat: float, lon: float, **fields: Any) -> Any:
    spot = Place(text="shelled", start=0, end=7, name=name, country="UKR", country_name="Ukraine", lat=lat, lon=lon)
    return with_claim(simple(number, **fields), places=(spot,))


@pytest.fixture
def ledger(tmp_path: Path) -> Any:
    with Ledger.open(str(tmp_path / "map.db")) as opened:
        opened.add_many([at(number, *town) for number, town in enumerate(TOWNS)], FIRST, reader=READER)
        yield opened


def seen(atlas: Atlas, **query: Any) -> list[tuple[str, int, int]]:
    zoom = query.pop("zoom", None)
    found = atlas.places(Query(**query), zoom)
    return [(one.properties.name, one.properties.claims, one.properties.places) for one in found.features]


def test_near_places_are_one_mark_from_afar_and_two_from_near(ledger: Ledger) -> None:
    atlas = Atlas(ledger.engine)
    assert ("Kyiv", 2, 2) in seen(atlas, zoom=4, bbox=(20.0, 40.0, 35.0, 60.0))
    assert sorted(seen(atlas, zoom=10, bbox=(20.0, 40.0, 35.0, 60.0))) == [("Brovary", 1, 1), ("Kyiv", 1, 1)]
    atlas.close()


def test_the_box_of_a_mark_finds_its_claims(ledger: Ledger) -> None:
    atlas = Atlas(ledger.engine)
    for feature in atlas.places(Query(), 3).features:
        here = feature.properties
        box = (here.west, here.south, here.east, here.north)
        assert ledger.claims(Query(bbox=box)).count() == here.claims
    atlas.close()


def test_a_view_across_the_180th_meridian(ledger: Ledger) -> None:
    atlas = Atlas(ledger.engine)
    assert sorted(name for name, _, _ in seen(atlas, zoom=4, bbox=(170.0, -30.0, -165.0, 0.0))) == ["Apia", "Suva"]
    atlas.close()


def test_what_comes_in_is_on_the_map(ledger: Ledger) -> None:
    atlas = Atlas(ledger.engine)
    atlas.places(Query(words="shelled"))
    ledger.add(at(9, "Lviv", 49.84, 24.02), LATER, reader=READER)
    for _ in range(200):
        names = {name for name, _, _ in seen(atlas, zoom=8, bbox=(20.0, 40.0, 26.0, 60.0))}
        if names == {"Lviv"}:
            break
    assert names == {"Lviv"}
    assert ("Lviv", 1, 1) in seen(atlas, words="shelled", zoom=8)
    atlas.close()


def test_a_box_has_the_zoom_at_which_it_fills_a_map() -> None:
    assert zoom_of((-180, -85, 180, 85)) == pytest.approx(0.907, abs=0.01)
    assert zoom_of((170, -10, -170, 10)) == pytest.approx(5.08, abs=0.01)


def test_the_twin_is_geojson_and_the_list_says_the_same(client: Client) -> None:
    visitor = client()
    answer = visitor.get("/api/v1/places?zoom=2")
    assert answer.headers["content-type"] == "application/geo+json"
    found = plain(answer.content)
    assert (found["type"], found["complete"]) == ("FeatureCollection", True)
    names = [feature["properties"]["name"] for feature in found["features"]]
    assert "Kursk" in names
    page = visitor.get("/map/places?zoom=2", headers={"HX-Request": "true"}).text
    assert all(name in page for name in names)
    assert "<html" not in page
    whole = visitor.get("/map?q=killed&published_from=2024-12-01").text
    assert 'value="killed"' in whole
    assert "/find?q=killed&amp;published_from=2024-12-01" in whole


def test_the_claims_of_a_place(client: Client, desk_ledger: Ledger) -> None:
    page = client().get("/map/claims?bbox=36,50,37,52&called=Kursk").text
    found = desk_ledger.claims(Query(bbox=(36, 50, 37, 52))).page().claims
    assert found
    assert all(f"/claims/{one.id}" in page for one in found)
    assert "Kursk" in page
    hostile = client().get("/map/claims", params={"called": "<script>alert(1)</script>"}).text
    assert "<script>" not in hostile


@pytest.mark.parametrize("asked", ["bbox=1,2,3", "zoom=99", "bbox=0,80,1,70", "published_from=yesterday"])
def test_what_cannot_be_meant_is_refused(client: Client, asked: str) -> None:
    assert client().get(f"/api/v1/places?{asked}").status_code == 422
