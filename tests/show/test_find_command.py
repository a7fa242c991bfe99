"""`tocsin find`, `show` and `backup`, as their users call them."""

from __future__ import annotations

import csv
import io
import itertools
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from tests.ledger.made import ARMY, FIRST, LATER, READER, Place, simple, with_claim
from tests.show.conftest import Call

from tocsin.ledger import Ledger, document_id

CURSOR = re.compile(r"--cursor (\S+)")


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: Call) -> Iterator[Ledger]:
    """A ledger where `tocsin` looks for one."""
    with Ledger.open(tmp_path / "tocsin.db") as opened:
        opened.add_many([ARMY, *map(simple, range(5))], FIRST, reader=READER)
        monkeypatch.chdir(tmp_path)
        yield opened


def found(call: Call, *arguments: object) -> list[str]:
    """The triggers of the claims found."""
    done = call("find", *arguments, "--format", "jsonl")
    assert done.status == 0, done.errors
    return [json.loads(line)["trigger"]["text"] for line in done.out.splitlines()]


@pytest.mark.parametrize(
    ("arguments", "triggers"),
    [
        (["soldiers", "wounded"], ["killed"]),
        (["killed or wounded"], ["killed"]),
        (["wounded killed"], []),
        (["--", "missiles", "-soldiers"], ["launch"]),
        (["soldiers", "--article"], ["killed", "launch"]),
        (["--type", "casualties"], ["killed"]),
        (["--type", "MOBILIZE", "--mode", "test", "--status", "possible"], ["launch"]),
        (["--actor-country", "PRK"], ["launch"]),
        (["--actor-country", "North Korea"], ["launch"]),
        (["--figure", "Killed_or_wounded>=1000", "--recipient-sector", "mil"], ["killed"]),
        (["--actor-country", "UAE"], []),
        (["--source-country", "igo"], []),
        (["--recipient-country", "prk", "--recipient-sector", "MIL"], ["killed"]),
        (["--source", "army"], ["killed"]),
        (["--place", "kursk"], ["killed"]),
        (["--bbox", "36,50,37,52"], ["killed"]),
        (["--figure", "killed_or_wounded>=1,000"], ["killed"]),
        (["--from", "2024-12-30", "--to", "2025-01-31"], ["launch"]),
        (["--published-from", "2024-12-23"], ["killed", "launch"]),
        (["--publisher", "Tribune", "--agency", "Meridian", "--sort", "oldest"], ["launch", "killed"]),
        (["--min-confidence", "0.7", "--limit", "1"], ["killed"]),
        (["--published-to", "2024-12-20", "--limit", "0"], ["shelled"] * 5),
    ],
)
def test_claims_are_found(call: Call, ledger: Ledger, arguments: list[str], triggers: list[str]) -> None:
    if "--" in arguments:
        done = call("find", "--format", "jsonl", *arguments)
        assert [json.loads(line)["trigger"]["text"] for line in done.out.splitlines()] == triggers
    else:
        assert found(call, *arguments) == triggers


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--from", "tomorrow"], "--from"),
        (["--type", "WAR"], "ASSAULT"),
        (["--status", "done"], "occurred"),
        (["--actor-country", "Atlantis"], "Atlantis"),
        (["--figure", "many"], "figure"),
        (["--bbox", "1,2"], "bbox"),
        (["--limit", "-1"], "--limit"),
        (["--cursor", "x"], "cursor"),
        (['"open'], "quotation mark"),
        (["--bbox", ""], "bbox"),
        (["--mode", "milatary"], "military"),
        (["--mode", "drone", "--type", "AID"], "of AID"),
        (["--actor-sector", "military"], "MIL"),
        (["--figure", "dead>=10"], "killed"),
        (["--min-confidence", "80"], "0 to 1"),
        (["--min-confidence", "nan"], "0 to 1"),
        (["--place-country", "XYZ"], "XYZ"),
        (["--ledger", "postgresql://me:secret@host:port/x"], "no address"),
        (["--ledger", "sqlite:///tocsin.db?mode=ro"], "without options"),
        (["--sort", "best"], "newest"),
        (["--ledger", "mysql://x"], "PostgreSQL"),
    ],
)
def test_wrong_use_is_told_in_one_line(call: Call, ledger: Ledger, arguments: list[str], said: str) -> None:
    done = call("find", *arguments)
    assert done.status == 2
    assert len(done.errors) == 1
    assert said in done.errors[0]


def test_pages_follow_each_other(call: Call, ledger: Ledger) -> None:
    seen: list[str] = []
    cursor: list[str] = []
    for _ in range(4):
        done = call("find", "--limit", 2, "--format", "jsonl", *cursor)
        seen += [json.loads(line)["id"] for line in done.out.splitlines()]
        match = CURSOR.search(" ".join(done.errors))
        cursor = ["--cursor", match[1]] if match else []
    assert not cursor
    assert seen == [one.id for one in ledger.claims()]


def test_json_is_one_list(call: Call, ledger: Ledger) -> None:
    done = call("find", "soldiers", "--format", "json")
    (claim,) = json.loads(done.out)
    (held,) = [one for one in ledger.claims() if one.claim.trigger.text == "killed"]
    assert (claim["id"], claim["document"]["id"]) == (held.id, document_id(ARMY.document))
    assert claim["figures"][0]["low"] == 1100
    assert json.loads(call("find", "nothing", "--format", "json").out) == []


def test_csv_opens_in_a_spreadsheet(call: Call, ledger: Ledger) -> None:
    rows = list(csv.DictReader(io.StringIO(call("find", "--format", "csv", "--limit", 0).out)))
    assert len(rows) == 7
    killed = next(row for row in rows if row["trigger"] == "killed")
    assert (killed["sources"], killed["figures"], killed["lat"]) == ("The army", "≥ 1,100 killed or wounded", "51.0")


def test_no_cell_of_a_csv_is_a_formula(call: Call, ledger: Ledger) -> None:
    said = simple(7, '@bob said "-5" and Troops shelled it.', publisher="+A")
    titled = msgspec.structs.replace(said.document, title='=HYPERLINK("https://a.example")\nx')
    suva = Place(text="Suva", start=0, end=4, role="at", lat=-18.1, lon=178.4)
    mapped = with_claim(msgspec.structs.replace(said, document=titled), places=(suva,))
    ledger.add(mapped, FIRST, reader=READER)
    (row,) = csv.DictReader(io.StringIO(call("find", "bob", "--format", "csv").out))
    assert (row["title"], row["publisher"]) == ('\'=HYPERLINK("https://a.example") x', "'+A")
    assert row["evidence"].startswith("'@bob")
    assert row["lat"] == "-18.1"


def test_a_csv_tells_sectors_and_countries(call: Call, ledger: Ledger) -> None:
    (row,) = csv.DictReader(io.StringIO(call("find", "soldiers", "--format", "csv").out))
    assert (row["recipient_countries"], row["recipient_sectors"]) == ("PRK", "MIL")
    assert set(row) >= {"source_countries", "actor_sectors"}


def test_the_table_names_ids_and_articles(call: Call, ledger: Ledger) -> None:
    done = call("find", "soldiers")
    (held,) = [one for one in ledger.claims() if one.claim.trigger.text == "killed"]
    assert held.id in done.out
    assert "Tribune · 23 Dec 2024 · Losses" in done.out


def test_nothing_found_is_said(call: Call, ledger: Ledger) -> None:
    done = call("find", "cholera")
    assert (done.status, done.out.strip()) == (0, "")
    assert "--article" in done.errors[0]


def test_without_a_ledger_it_says_how_to_make_one(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for command in (["find"], ["show", "x"], ["backup", "y"]):
        done = call(*command)
        assert done.status == 1
        assert "tocsin.db" in done.errors[0]
        assert "--ledger" in done.errors[0]
    assert list(tmp_path.iterdir()) == []


def test_the_environment_names_the_ledger(call: Call, ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOCSIN_LEDGER", ledger.name)
    monkeypatch.chdir("/")
    assert found(call, "soldiers") == ["killed"]


def test_a_claim_is_shown_in_its_context(call: Call, ledger: Ledger) -> None:
    (held,) = [one for one in ledger.claims() if one.claim.trigger.text == "killed"]
    done = call("show", held.id)
    shown = " ".join(done.out.split())
    assert done.status == 0
    assert "at least 1,100 soldiers had been killed or wounded near Kursk." in shown
    assert "casualties.killed, 75% sure" in shown
    assert held.document.id in shown
    answer = json.loads(call("show", held.id, "--format", "json").out)
    assert answer["claim"]["id"] == held.id
    assert answer["document"]["document"]["text"] == ARMY.document.text
    assert [one["version"] for one in answer["versions"]] == [1]


def test_a_document_is_shown_with_its_versions(call: Call, ledger: Ledger) -> None:
    newer = simple(1, "Troops shelled village 1 again.")
    ledger.add(newer, LATER, reader=READER)
    done = call("show", document_id(newer.document))
    assert "shelled village 1 again" in done.out
    assert "version 1" in done.out
    assert "version 2" in done.out
    (claim,) = ledger.claims_of(document_id(newer.document))
    assert claim.id in done.out
    plain = json.loads(call("show", document_id(newer.document), "--format", "json").out)
    assert [one["id"] for one in plain["claims"]] == [claim.id]


def test_an_unknown_id_is_told(call: Call, ledger: Ledger) -> None:
    done = call("show", "0000")
    assert done.status == 1
    assert "0000" in done.errors[0]


def test_the_beginning_of_an_id_is_enough(call: Call, ledger: Ledger) -> None:
    held = next(iter(ledger.claims()))
    assert call("show", held.id[:8].upper()).out == call("show", held.id).out
    assert call("show", held.document.id[:8]).out == call("show", held.document.id).out
    assert "no claim and no document" in call("show", held.id[:3]).errors[0]


def test_a_beginning_of_several_ids_is_told(call: Call, ledger: Ledger) -> None:
    ledger.add_many(map(simple, range(5, 2000)), FIRST, reader=READER)
    ids = sorted(one.id for one in ledger.claims())
    several = next(a for a, b in itertools.pairwise(ids) if a[:4] == b[:4])
    done = call("show", several[:4])
    assert done.status == 1
    assert len(done.errors) == 1
    assert several in done.errors[0]


@pytest.mark.parametrize("arguments", [("find", "--limit", "0"), ("show",), ("export", "--format", "csv")])
def test_a_reader_that_hangs_up_ends_the_program_as_it_does_others(ledger: Ledger, arguments: tuple[str, ...]) -> None:
    held = next(iter(ledger.claims()))
    ledger.add_many((simple(n, f"Troops shelled {'a' * 300} {n}.") for n in range(5, 500)), FIRST, reader=READER)
    more = (held.document.id,) if arguments == ("show",) else ()
    reads, writes = os.pipe()
    os.close(reads)
    command = [sys.executable, "-m", "tocsin", *arguments, *more, "--ledger", ledger.name]
    done = subprocess.run(command, stdout=writes, stderr=subprocess.PIPE, check=False)
    os.close(writes)
    assert (done.returncode, done.stderr) == (141, b"")


def test_a_backup_is_made(call: Call, ledger: Ledger, tmp_path: Path) -> None:
    assert call("backup", tmp_path / "copy.db").status == 0
    with Ledger.open(tmp_path / "copy.db", create=False) as copy:
        assert copy.digest() == ledger.digest()
    again = call("backup", tmp_path / "copy.db")
    assert again.status == 2
    assert "exists" in again.errors[0]
