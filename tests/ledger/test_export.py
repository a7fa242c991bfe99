"""Claims handed on: what stands in the files, on both engines, and how `tocsin export` writes them."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
import pyarrow.parquet
import pytest
from tests.ledger.made import ARMY, FIRST, READER, simple, with_claim
from tests.show.conftest import Call, call

from tocsin.claim.ontology import ontology
from tocsin.ledger import Ledger, Query, export, geojson, plover
from tocsin.show.cli.main import run
from tocsin.show.found import COLUMNS

__all__ = ["call"]
LACKING = [name for name, kind in ontology().types.items() if kind.ours and kind.plover is None]
FORMATS = ("csv", "jsonl", "parquet", "geojson", "plover")


@pytest.fixture
def stocked(ledger: Ledger) -> Ledger:
    ledger.add_many([ARMY, *map(simple, range(5))], FIRST, reader=READER)
    return ledger


def events(ledger: Ledger, query: Query | None = None) -> list[dict[str, object]]:
    out = io.BytesIO()
    assert plover.write(ledger.claims(query), out) == {}
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_parquet_holds_the_arrow_table(stocked: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "ROW_GROUP", 2)
    monkeypatch.setattr("tocsin.ledger.results.Rows.batches.__defaults__", (1,))
    out = io.BytesIO()
    export.write_parquet(stocked.claims(), out)
    read = pyarrow.parquet.ParquetFile(io.BytesIO(out.getvalue()))
    assert read.num_row_groups == 4
    assert read.read().equals(stocked.claims().to_arrow())


def test_parquet_of_nothing_is_a_table_without_rows(stocked: Ledger) -> None:
    out = io.BytesIO()
    export.write_parquet(stocked.claims(Query(words="nothing")), out)
    assert pyarrow.parquet.read_table(io.BytesIO(out.getvalue())).num_rows == 0


def test_geojson_has_a_point_for_each_located_place(stocked: Ledger) -> None:
    out = io.BytesIO()
    assert geojson.write(stocked.claims(), out) == 6
    collection = json.loads(out.getvalue())
    assert collection["type"] == "FeatureCollection"
    (feature,) = collection["features"]
    assert feature["type"] == "Feature"
    assert feature["geometry"] == {"type": "Point", "coordinates": [36.25, 51.0]}
    said = feature["properties"]
    assert (said["place"], said["sources"], said["recipients"]) == ("Kursk", "The army", "soldiers")
    assert said["figures"] == "at least 1,100 (killed or wounded)"
    assert (said["time_from"], said["published"], said["url"]) == ("2024-12-23", "2024-12-23", "https://a.example/army")
    assert not any(isinstance(value, list | dict) for value in said.values())


def test_several_places_are_several_features(ledger: Ledger) -> None:
    (kursk,) = ARMY.claims[0].places
    nowhere = msgspec.structs.replace(kursk, lat=None, lon=None, geonameid=None)
    equator = msgspec.structs.replace(kursk, lat=0.0, lon=0.0, role="to")
    ledger.add(with_claim(ARMY, places=(kursk, nowhere, equator)), FIRST, reader=READER)
    out = io.BytesIO()
    assert geojson.write(ledger.claims(), out) == 1
    features = json.loads(out.getvalue())["features"]
    assert [one["geometry"]["coordinates"] for one in features] == [[36.25, 51.0], [0.0, 0.0]]
    assert len({one["id"] for one in features}) == 2


def test_geojson_of_nothing_is_an_empty_collection(stocked: Ledger) -> None:
    out = io.BytesIO()
    assert geojson.write(stocked.claims(Query(words="nothing")), out) == 0
    assert json.loads(out.getvalue()) == {"type": "FeatureCollection", "features": []}


def test_plover_types_of_ours_are_mapped_back(stocked: Ledger) -> None:
    (event,) = events(stocked, Query(types=("CASUALTIES",)))
    assert event["event"] == [ontology().types["CASUALTIES"].plover]
    assert "mode" not in event
    assert (event["date"], event["source"]) == ("2024-12-23", [])
    assert event["recipient"] == [{"code": "PRK", "sector": "MIL", "actor_text": "soldiers"}]
    assert event["event_loc"] == {"name": "Kursk", "latitude": 51.0, "longitude": 36.25, "cc3": "RUS"}
    ours = event["tocsin"]
    assert isinstance(ours, dict)
    assert (ours["type"], ours["mode"], ours["status"]) == ("CASUALTIES", "combat", "occurred")


def test_plover_tells_what_has_not_happened(stocked: Ledger) -> None:
    (event,) = events(stocked, Query(types=("MOBILIZE",)))
    assert event["context"] == ["hypothetical"]
    assert event["date"] == "2024-12-31"
    assert event["source"] == [
        {"code": "PRK", "sector": "GOV", "actor_text": "the North", "identifer_text": "North Korea"}
    ]


def test_plover_modes_of_its_own_stay(stocked: Ledger) -> None:
    shelled = events(stocked, Query(types=("ASSAULT",)))
    assert [(event["mode"], event["date"]) for event in shelled] == [(["heavy-weapons"], "2024-12-20")] * 5


def test_plover_leaves_out_the_types_it_lacks(ledger: Ledger) -> None:
    assert LACKING
    ledger.add(with_claim(simple(1), type=LACKING[0], mode=None), FIRST, reader=READER)
    out = io.BytesIO()
    assert plover.write(ledger.claims(), out) == {LACKING[0]: 1}
    assert out.getvalue() == b""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with a ledger where `tocsin` looks for one."""
    with Ledger.open(tmp_path / "tocsin.db") as opened:
        opened.add_many([ARMY, *map(simple, range(30))], FIRST, reader=READER)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_csv_has_a_row_for_every_claim(here: Path, call: Call) -> None:
    done = call("export", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert (done.status, len(rows), tuple(rows[0])) == (0, 32, COLUMNS)


def test_jsonl_has_the_claim_and_its_document(here: Path, call: Call) -> None:
    done = call("export", "--format", "jsonl", "--publisher", "Tribune", "--type", "casualties", "killed")
    (line,) = map(json.loads, done.out.splitlines())
    assert line["trigger"]["text"] == "killed"
    assert line["document"]["url"] == "https://a.example/army"


def test_what_is_left_out_is_told(here: Path, call: Call) -> None:
    done = call("export", "--format", "geojson", "--out", "map.geojson")
    assert (done.status, done.out) == (0, "")
    assert done.errors == ["tocsin: 31 claims left out: no place with coordinates"]
    assert len(json.loads((here / "map.geojson").read_text())["features"]) == 1


def test_that_there_is_nothing_is_told(here: Path, call: Call) -> None:
    done = call("export", "--format", "csv", "--out", "none.csv", "cholera")
    assert (done.status, done.out) == (0, "")
    assert "no claim found" in done.errors[0]
    assert call("find", "cholera", "--limit", 0).errors == done.errors


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_is_the_same_as_standard_output(
    here: Path, form: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    asked = ["export", "--ledger", "tocsin.db", "--format", form]
    assert run([*asked, "--out", "claims"]) == 0
    assert capsysbinary.readouterr().out == b""
    assert run(asked) == 0
    assert capsysbinary.readouterr().out == (here / "claims").read_bytes() != b""


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_is_written_whole_or_not_at_all(
    here: Path, call: Call, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> Iterator[object]:
        raise RuntimeError("cut off")

    (here / "claims").write_text("old")
    monkeypatch.setattr("tocsin.ledger.results._fetch", broken)
    done = call("export", "--format", form, "--out", "claims")
    assert (done.status, len(done.errors)) == (1, 1)
    assert (here / "claims").read_text() == "old"
    assert sorted(path.name for path in here.iterdir() if "claims" in path.name) == ["claims"]


@pytest.mark.parametrize(
    ("arguments", "status", "fault"),
    [
        (["--format", "xls"], 2, "xls"),
        ([], 2, "--format"),
        (["--format", "csv", "--from", "soon"], 2, "--from"),
        (["--format", "csv", "--out", "missing/claims.csv"], 1, "missing/claims.csv: cannot be written"),
        (["--format", "csv", "--out", "."], 2, "a folder"),
        (["--format", "csv", "--out", "tocsin.db"], 2, "this is the ledger"),
        (["--format", "csv", "--out", "./same.db"], 2, "this is the ledger"),
        (["--format", "csv", "--ledger", "other.db"], 1, "other.db"),
    ],
)
def test_a_fault_is_one_line(here: Path, call: Call, arguments: list[str], status: int, fault: str) -> None:
    (here / "same.db").symlink_to("tocsin.db")
    done = call("export", *arguments)
    assert (done.status, len(done.errors)) == (status, 1)
    assert fault in done.errors[0]


def test_a_dash_is_standard_output_and_a_device_stays_one(here: Path, call: Call) -> None:
    assert call("export", "--format", "csv", "--out", "-").out == call("export", "--format", "csv").out != ""
    assert not (here / "-").exists()
    pipe = here / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor(1) as pool:
        read = pool.submit(pipe.read_text)
        assert call("export", "--format", "jsonl", "--out", pipe).status == 0
        assert len(read.result().splitlines()) == 32
    assert pipe.is_fifo()


def test_no_parquet_for_a_terminal(here: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    done = call("export", "--format", "parquet")
    assert (done.status, done.out, len(done.errors)) == (2, "", 1)
