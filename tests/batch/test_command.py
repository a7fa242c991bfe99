"""`tocsin ingest`, `quarantine` and `reread`, as they are called; where it matters with the real reader."""

from __future__ import annotations

import functools
import json
import re
import sqlite3
from pathlib import Path

import pytest
from tests.batch import broken, stand_in
from tests.batch.stories import lines, story
from tests.show.conftest import Call, call

from tocsin import lexicon
from tocsin.batch.plan import Plan
from tocsin.ledger import Ledger, provenance
from tocsin.show.cli import ingest as ingesting

__all__ = ["call"]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Readers that need no language model."""
    monkeypatch.setattr(ingesting, "Plan", functools.partial(Plan, worker=stand_in.COMMAND))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """180 articles, and 20 things that are none."""
    made = tmp_path_factory.mktemp("news")
    for number in range(60):
        (made / f"{number:03}.json").write_text(json.dumps(story(number)), encoding="utf-8")
    for number in range(60, 80):
        (made / f"{number:03}.txt").write_text(story(number)["text"], encoding="utf-8")
    lines(made / "more.jsonl", [story(number) for number in range(80, 180)])
    assert broken.write(made) == 20
    return made


def test_broken_ones_among_many(call: Call, folder: Path, tmp_path: Path) -> None:
    where = tmp_path / "l.db"
    options = ("--ledger", where, "--max-size", broken.LARGEST, "--jobs", 2)
    done = call("ingest", folder, *options)
    assert done.out.splitlines()[-1] == "180 new, 0 known, 0 updated, 20 refused (tocsin quarantine list)", done.errors
    assert done.status == 1
    assert len(done.errors) == 20
    with Ledger.open(where) as ledger:
        counts, digest = ledger.counts(), ledger.digest()
        held = ledger.quarantined()
        assert list(ledger.verify()) == []
    assert (counts["documents"], counts["quarantine"]) == (180, 20)
    assert counts["claims"] > 180
    assert {Path(row.origin.split(":")[0]).name for row in held} == set(broken.ways())
    assert all(re.fullmatch("[0-9a-f]{32,64}", row.digest) for row in held), [row for row in held if not row.digest]
    again = call("ingest", folder, *options)
    assert again.out.splitlines()[-1] == "0 new, 180 known, 0 updated, 20 refused (tocsin quarantine list)"
    with Ledger.open(where) as ledger:
        assert (ledger.counts(), ledger.digest()) == (counts, digest)


def test_a_document_that_takes_too_long(call: Call, tmp_path: Path) -> None:
    lines(tmp_path / "a.jsonl", [story(1), story(2) | {"text": broken.ENGLISH * 4000}, story(3)])
    done = call("ingest", tmp_path / "a.jsonl", "--ledger", tmp_path / "l.db", "--jobs", 1,
                "--timeout-per-document", "1s")  # fmt: skip
    assert done.out.splitlines()[-1].startswith("2 new, 0 known, 0 updated, 1 refused")
    assert done.status == 1
    assert "more than 1 s of computing" in done.errors[0]


@pytest.mark.usefixtures("quick")
def test_quarantine_is_listed_shown_and_tried_again(call: Call, tmp_path: Path) -> None:
    where = ("--ledger", tmp_path / "l.db")
    bad, good = tmp_path / "bad.txt", tmp_path / "good.txt"
    bad.write_bytes(b"%PDF-1.4")
    good.write_text(story(1)["text"])
    lost = tmp_path / "lost.txt"
    lost.write_bytes(b"")
    assert call("ingest", bad, good, lost, *where).status == 1
    rows = json.loads(call("quarantine", "list", "--format", "json", *where).out)
    ids = {Path(row["origin"]).name: row["id"] for row in rows}
    assert set(ids) == {"bad.txt", "lost.txt"}
    assert ids["bad.txt"] in call("quarantine", *where).out
    shown = call("quarantine", "show", ids["bad.txt"], *where)
    assert "PDF" in shown.out
    assert shown.status == 0
    still = call("quarantine", "retry", ids["bad.txt"], *where)
    assert (still.status, still.out.splitlines()[-1]) == (1, "0 read, 1 refused again")
    bad.write_text(story(2)["text"])
    lost.unlink()
    done = call("quarantine", "retry", *where)
    assert (done.status, done.out.splitlines()[-1]) == (1, "1 read, 0 refused again, 1 not there any more")
    with Ledger.open(tmp_path / "l.db") as ledger:
        assert [row.id for row in ledger.quarantined()] == [ids["lost.txt"]]
        assert ledger.counts()["documents"] == 2
    assert call("quarantine", "show", "0000", *where).status == 2


@pytest.mark.usefixtures("quick")
def test_reread_puts_a_new_reading_beside_the_old(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    where = tmp_path / "l.db"
    source = lines(tmp_path / "a.jsonl", [story(1), story(2), story(3)])
    assert call("ingest", source, "--ledger", where).status == 0
    assert call("reread", "--all", "--ledger", where).out.startswith("nothing to read again")
    monkeypatch.setattr(lexicon, "digest", lambda: "another")
    provenance.current.cache_clear()
    try:
        some = call("reread", "--published-from", "2024-03-01", "--published-to", "2024-03-31", "--ledger", where)
        assert some.out.startswith("1 read again"), some
        done = call("reread", "--all", "--jobs", 1, "--ledger", where)
        assert done.out.startswith("2 read again"), done
        assert done.status == 0
    finally:
        provenance.current.cache_clear()
    with Ledger.open(where) as ledger:
        counts = ledger.counts()
        assert (counts["documents"], counts["readings"], counts["supersessions"], counts["readers"]) == (3, 6, 3, 2)
        assert sum(1 for _ in ledger.claims()) * 2 == counts["claims"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("ingest",), ("ingest", "x", "--jobs", 0), ("ingest", "x", "--timeout-per-document", "soon"),
        ("ingest", "x", "--published", "Monday"), ("ingest", "x", "--field", "text"), ("ingest", "x", "--field", "a=b"),
        ("reread",), ("reread", "word", "--all"), ("reread", "--published-from", "2024"), ("quarantine", "drop"),
        ("quarantine", "list", "1"), ("quarantine", "show"), ("follow", "https://a.example/feed", "--every", "-1"),
    ],
)  # fmt: skip
def test_wrong_use(call: Call, tmp_path: Path, arguments: tuple[object, ...]) -> None:
    where = tmp_path / "l.db"
    Ledger.open(where).close()
    done = call(*arguments, *(["--ledger", where] if len(arguments) > 1 else []))
    assert done.status == 2
    assert len(done.errors) == 1


def test_a_source_that_is_not_there_is_refused(call: Call, tmp_path: Path) -> None:
    done = call("ingest", tmp_path / "nothing", "--ledger", tmp_path / "l.db")
    assert done.status == 1
    assert "no such file" in done.errors[0]


def test_a_ledger_that_is_none(call: Call, tmp_path: Path) -> None:
    where = tmp_path / "l.db"
    where.write_bytes(b"this is no database, though it is long enough to be taken for one" * 20)
    done = call("ingest", lines(tmp_path / "a.jsonl", [story(1)]), "--ledger", where)
    assert done.status == 1
    assert "l.db" in done.errors[0]
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(where).execute("SELECT 1 FROM documents")
