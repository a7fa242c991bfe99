"""Indicators on the desk: shown, tried on the past, kept in one's own folder and nowhere else."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from starlette.testclient import TestClient
from tests.show.desk.conftest import TOKEN, Client, plain

from tocsin.show.desk.content.indicators import library, written
from tocsin.show.desk.content.yamls import yaml_of
from tocsin.watch import packs

SHELLING = (
    "id: shelling\ntitle: Shelling\nwhy: it kills\nquery: {types: [ASSAULT], modes: [heavy-weapons]}\nlevel: watch\n"
)
BEARER = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of knowledge of one's own."""
    monkeypatch.setenv("TOCSIN_DATA", str(tmp_path))
    packs.cache_clear()
    yield tmp_path / "indicators"
    monkeypatch.undo()
    packs.cache_clear()


@pytest.fixture
def program(client: Client) -> TestClient:
    """A program that sends the token."""
    return client(token=TOKEN, headers=BEARER)


def test_all_packs_are_shown(program: TestClient) -> None:
    found = plain(program.get("/api/v1/indicators").content)
    assert [pack["id"] for pack in found["packs"]] == list(packs())
    assert not any(pack["own"] for pack in found["packs"])
    page = program.get("/indicators").text
    assert all(f'href="/indicators/{one.id}"' in page for pack in packs().values() for one in pack.indicators)


@pytest.mark.parametrize("id", ["arms-transfer-planned", "arms-transfer-comes-about", "power-seized"])
def test_the_yaml_of_an_indicator_means_the_indicator(id: str) -> None:
    held = written(id)
    if held is None:
        pytest.skip(f"the library has no {id}")
    from tocsin.watch import parse_indicator

    assert parse_indicator(held.yaml, pack=held.pack) == next(
        one for one in packs()[held.pack].indicators if one.id == id
    )


def test_a_dry_run_says_when_it_would_have_rung(program: TestClient) -> None:
    asked = {"yaml": SHELLING, "first": "2024-12-01", "last": "2024-12-31"}
    run = plain(program.post("/api/v1/indicators/dry-run", json=asked).content)
    assert (run["indicator"], run["first"], run["last"]) == ("shelling", "2024-12-01", "2024-12-31")
    assert {alert["day"] for alert in run["alerts"]} == {"2024-12-20"}
    assert (
        plain(program.post("/api/v1/indicators/dry-run", json={**asked, "last": "2024-12-19"}).content)["alerts"] == []
    )


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"yaml": "id: x"}, "missing required field"),
        ({"yaml": "a: [b"}, "not YAML"),
        ({"yaml": SHELLING.replace("watch", "grave")}, "no level “grave”"),
        ({"yaml": SHELLING, "first": "tomorrow"}, "is not a date"),
        ({"yaml": SHELLING, "first": "2025-01-02", "last": "2025-01-01"}, "is no interval"),
    ],
)
def test_what_is_wrong_is_said_in_a_line(program: TestClient, asked: dict[str, str], said: str) -> None:
    answer = program.post("/api/v1/indicators/dry-run", json=asked)
    assert answer.status_code == 422
    assert said in plain(answer.content)["detail"]


def test_an_indicator_is_kept_in_the_own_folder_alone(program: TestClient, own: Path) -> None:
    kept = plain(program.post("/api/v1/indicators", json={"yaml": SHELLING}).content)
    assert (kept["id"], kept["pack"]) == ("shelling", "own")
    assert os.listdir(own) == ["own.yaml"]
    assert [one.id for one in packs()["own"].indicators] == ["shelling"]
    again = SHELLING.replace("it kills", "it kills many")
    program.post("/api/v1/indicators", json={"yaml": again})
    assert [one.why for one in packs()["own"].indicators] == ["it kills many"]


def test_a_changed_one_takes_the_place_of_the_librarys_with_its_pack(program: TestClient, own: Path) -> None:
    before = packs()["arms-transfers"]
    text = (written("arms-transfer-made") or pytest.fail("not there")).yaml.replace("Arms transferred", "Arms arrived")
    program.post("/api/v1/indicators", json={"yaml": text, "pack": "arms-transfers"})
    after = packs()["arms-transfers"]
    assert [one.id for one in after.indicators] == [one.id for one in before.indicators]
    assert "Arms arrived" in [one.title for one in after.indicators]
    assert [pack.id for pack in library().packs if pack.own] == ["arms-transfers"]


def test_an_id_of_another_pack_is_refused_and_nothing_written(program: TestClient, own: Path) -> None:
    text = (written("arms-transfer-made") or pytest.fail("not there")).yaml
    answer = program.post("/api/v1/indicators", json={"yaml": text})
    assert answer.status_code == 422
    assert "the pack arms-transfers has an indicator of this id" in plain(answer.content)["detail"]
    assert program.post("/api/v1/indicators", json={"yaml": SHELLING, "pack": "../x"}).status_code == 422
    assert not own.exists() or os.listdir(own) == []


def test_without_a_folder_nothing_is_kept(program: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TOCSIN_DATA", raising=False)
    answer = program.post("/api/v1/indicators", json={"yaml": SHELLING})
    assert answer.status_code == 422
    assert "TOCSIN_DATA" in plain(answer.content)["detail"]


def test_a_read_only_desk_tries_but_keeps_nothing(client: Client, own: Path) -> None:
    program = client(token=TOKEN, headers=BEARER, read_only=True)
    assert program.post("/api/v1/indicators/dry-run", json={"yaml": SHELLING}).status_code == 200
    assert program.post("/api/v1/indicators", json={"yaml": SHELLING}).status_code == 403
    assert "/indicators/save" not in program.get("/indicators/arms-transfer-made").text
    assert not own.exists()


def test_a_form_of_another_site_keeps_nothing(client: Client, own: Path) -> None:
    visitor = client()
    visitor.get("/indicators/new")
    answer = visitor.post("/indicators/save", data={"yaml": SHELLING, "pack": "own"})
    assert answer.status_code == 403
    assert not own.exists()


def test_yaml_is_written_as_people_edit_it() -> None:
    value = {
        "id": "x",
        "query": {"types": ["AID"]},
        "examples": ["A sentence of words.", "Another one."],
        "per": ["type"],
    }
    said = yaml_of(value)
    assert yaml.safe_load(said) == value
    assert "query: {types: [AID]}" in said
    assert "- A sentence of words.\n" in said
