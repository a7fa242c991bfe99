"""Parts measured over a set as a whole: their files, their keys, and families on pairs with seeded mistakes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tocsin.evaluate import __main__ as command
from tocsin.evaluate import accuracy
from tocsin.evaluate.counts import total
from tocsin.evaluate.parts import PARTS, reader
from tocsin.evaluate.wholes import EVERYTHING, WHOLES, Whole, named

STORY = (
    "The coast guard pulled 41 sailors from a burning freighter off Cape Marrow late on Thursday, Ilse Brandt said. "
    "The Golden Heron, carrying 9,000 tonnes of nickel ore, had left the port of Surano two days earlier for Quinto."
)
OTHER = (
    "Parliament in Velden voted on Friday to raise the retirement age to 67 after a debate that lasted nineteen hours. "
    "Labour Minister Hugo Stans called the vote a victory of arithmetic and promised a fund for heavy work in mines."
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A shared folder: two copies, one of them labelled wrongly, and a pair that no reader could tell."""
    bench = tmp_path / "bench"
    bench.mkdir()
    pairs = [
        {"a": "a", "b": "b", "label": "copy", "why": "sent again"},
        {"a": "a", "b": "c", "label": "background", "why": "seeded mistake"},
        {"a": "a", "b": "d", "label": "copy", "why": "seeded mistake"},
        {"a": "b", "b": "c", "label": "unclear", "why": "left out"},
    ]
    texts = [
        {"id": name, "text": text, "date": "2020-03-06"}
        for name, text in (("a", STORY), ("b", STORY), ("c", STORY), ("d", OTHER))
    ]
    for name, rows in (("families", pairs), ("timex_aquaint", texts[:2]), ("stories_t17", texts[2:])):
        lines = "\n".join(json.dumps(row) for row in rows)
        (bench / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    return tmp_path


def families() -> Whole:
    return next(whole for whole in WHOLES if whole.key == "families/families")


def test_pairs_are_counted_by_what_they_share(folder: Path) -> None:
    scored = families().scored(folder, reader(), None)
    assert [one.document for one in scored] == ["a b", "a c", "a d"]
    assert total(scored)["together"] == (1, 2, 2)
    assert [miss.kind for one in scored for miss in one.misses] == ["false alarm", "not found"]


def test_a_sample_is_of_pairs(folder: Path) -> None:
    assert [one.document for one in families().scored(folder, reader(), 1)] == ["a b"]


def test_a_set_of_which_a_file_is_missing_is_not_measured(folder: Path) -> None:
    (folder / "bench" / "stories_t17.jsonl").unlink()
    assert families().paths(folder) == []
    said: list[str] = []
    assert accuracy.run_all([families()], folder, reader(), said.append) == []
    assert said[0].startswith("SKIPPED families/families")


def test_the_files_come_in_the_order_of_the_names(folder: Path) -> None:
    assert [path.stem for path in families().paths(folder)] == ["families", "timex_aquaint", "stories_t17"]


def test_sets_of_the_repository_need_no_shared_folder(tmp_path: Path) -> None:
    (rewordings,) = [whole for whole in WHOLES if whole.key == "families/rewordings"]
    assert rewordings.paths(tmp_path)


def test_names_and_keys_find_parts_of_both_kinds() -> None:
    assert [part.key for part in named("families")] == ["families/families", "families/rewordings"]
    assert [part.key for part in named("times/timex_timebank")] == ["times/timex_timebank"]
    assert named(None) == list(EVERYTHING)
    assert len({part.key for part in EVERYTHING}) == len(PARTS) + len(WHOLES)


def test_the_command_shows_the_table(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TOCSIN_SHARED", str(folder))
    assert command.main(["accuracy", "--part", "families/families"]) == 0
    out = capsys.readouterr().out
    assert "3 pairs" in out
    assert "| precision | 0.500 |" in out
