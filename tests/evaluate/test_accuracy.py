"""The table, the listing of errors, the command line, and sets that are absent."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import pytest

from tocsin.errors import SourceError
from tocsin.evaluate import __main__ as command
from tocsin.evaluate import accuracy, sets
from tocsin.evaluate.counts import Miss
from tocsin.evaluate.floors import anchors, floors
from tocsin.evaluate.mentions import TimexRow
from tocsin.evaluate.parts import PARTS, Part, measure, named
from tocsin.evaluate.wholes import EVERYTHING
from tocsin.model import Document, Mentions, Report, Time

TEXT = "They met on Monday."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A shared folder with one set of two documents."""
    (tmp_path / "bench").mkdir()
    rows = [
        {"id": name, "text": TEXT, "dct": "2024-12-23",
         "timexes": [{"start": 12, "end": 18, "type": "DATE", "value": "2024-12-23"}]}
        for name in ("a", "b")
    ]  # fmt: skip
    lines = "\n".join(json.dumps(row) for row in rows)
    (tmp_path / "bench" / "timex_timebank.jsonl").write_text(lines, encoding="utf-8")
    return tmp_path


def read_first(documents: Iterable[Document]) -> Iterator[Report]:
    """A reader that leaves out every document but the first."""
    first = next(iter(documents))
    time = Time(text="Monday", start=12, end=18, timex="2024-12-23")
    yield Report(document=first, claims=(), mentions=Mentions(times=(time,)))


def timebank() -> Part:
    return named("times/timex_timebank")[0]


def test_absent_sets_are_skipped_aloud(folder: Path) -> None:
    said: list[str] = []
    results = accuracy.run_all(PARTS, folder, read_first, said.append)
    assert [result.part.key for result in results] == ["times/timex_timebank"]
    skipped = [line for line in said if line.startswith("SKIPPED")]
    assert len(skipped) == len(PARTS) - 1
    assert all("$TOCSIN_SHARED" in line for line in skipped)


def test_a_document_that_is_left_out_counts_as_not_read(folder: Path) -> None:
    scored = measure(timebank(), folder, read_first)
    assert [one.counts["strict"] for one in scored] == [(1, 1, 1), (0, 0, 1)]


def test_the_page_has_all_that_a_figure_needs(folder: Path) -> None:
    results = accuracy.run_all([timebank()], folder, read_first, lambda _: None)
    page = accuracy.page(results, [named("claims")[0]], date(2024, 12, 23))
    assert "2024-12-23" in page
    assert "| strict | 0.667 |" in page
    assert "| 0.80 |" in page
    assert "HeidelTime" in page
    assert results[0].digest in page
    assert "claims/gold: the set `gold` was not there" in page


def test_floors_are_for_the_set_that_they_were_pinned_on(folder: Path) -> None:
    results = accuracy.run_all([timebank()], folder, read_first, lambda _: None)
    assert timebank().key in floors()
    assert all(row.floor is None for row in results[0].rows)


def test_errors_are_listed_by_kind(folder: Path) -> None:
    (result,) = accuracy.run_all([timebank()], folder, read_first, lambda _: None)
    listing = accuracy.listed(result._replace(misses=(*result.misses, Miss("wrong value", "a", "x"))))
    assert "not found: 1" in listing
    assert "  b: 'Monday'" in listing
    assert listing.index("not found") < listing.index("wrong value")


def test_a_sample_is_spread_and_the_same_at_every_run() -> None:
    assert sets.sample(range(10), 4) == [0, 2, 5, 7]
    assert sets.sample(range(3), 9) == [0, 1, 2]


def test_a_broken_row_is_named(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text('{"id": "a", "text": "x", "timexes": []}\n{"id": 3}\n', encoding="utf-8")
    with pytest.raises(SourceError, match=r"set\.jsonl:2"):
        sets.rows(path, TimexRow)


def test_the_digest_tells_a_changed_set(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text("1", encoding="utf-8")
    before = sets.digest([path])
    path.write_text("2", encoding="utf-8")
    assert sets.digest([path]) != before


def test_an_unknown_part_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["accuracy", "--part", "weather"]) == 2
    assert "attribution" in capsys.readouterr().err


def test_the_command_shows_the_table_and_writes_no_page_of_a_part(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("TOCSIN_SHARED", str(folder))
    monkeypatch.setattr(command, "reader", lambda: read_first)
    monkeypatch.setattr(command, "DOCS", tmp_path / "docs")
    assert command.main(["accuracy", "--part", "times"]) == 0
    assert "| strict |" in capsys.readouterr().out
    assert not (tmp_path / "docs").exists()
    command.main(["accuracy"])
    assert (tmp_path / "docs" / "accuracy.md").read_text(encoding="utf-8") in capsys.readouterr().out


def test_misses_are_shown_instead_of_the_table(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TOCSIN_SHARED", str(folder))
    monkeypatch.setattr(command, "reader", lambda: read_first)
    assert command.main(["accuracy", "--misses", "times"]) == 0
    assert capsys.readouterr().out.startswith("times/timex_timebank: 1 errors in 2 documents")


def test_floors_and_anchors_name_parts_and_measures_that_exist() -> None:
    measures = {part.key: set(part.measures) for part in EVERYTHING}
    for key, floor in floors().items():
        assert set(floor.whole) <= measures[key]
        assert set(floor.sample or {}) <= measures[key]
    for key, anchor in anchors().items():
        assert set(anchor.spacy or {}) <= measures[key]
