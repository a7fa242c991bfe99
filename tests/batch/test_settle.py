"""What was mended where it lay is settled when it is taken in anew; what was only struck out stays open."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.batch import stand_in
from tests.batch.stories import lines, story

from tocsin.batch.ingest import ingest
from tocsin.batch.plan import Plan
from tocsin.ledger import Ledger

PLAN = Plan(worker=stand_in.COMMAND)
GOOD, OTHER, MENDED, MORE, LAST = (json.dumps(story(number)) for number in range(5))
START = "From desk@news.example Mon Jan  1 10:00:00 2024\n"
BROKEN, WORSE = '{"id": ', '{"id": 1'


def put(path: Path, *said: str) -> Path:
    path.write_text("".join(line + "\n" for line in said), encoding="utf-8")
    return path


def still(ledger: Ledger) -> list[str]:
    """Where the open rows are from, without the folder."""
    return sorted(row.origin.rpartition("/")[2] for row in ledger.quarantined())


@pytest.mark.parametrize(
    ("before", "now", "open_still"),
    [
        ((GOOD, BROKEN, OTHER), (GOOD, MENDED, OTHER), []),
        ((GOOD, BROKEN, OTHER), (GOOD, OTHER), ["a.jsonl:2"]),  # struck out
        ((GOOD, BROKEN, OTHER), (GOOD, OTHER, MORE), ["a.jsonl:2"]),  # and the file has grown
        ((GOOD, OTHER, BROKEN), (GOOD, OTHER), ["a.jsonl:3"]),
        ((GOOD, BROKEN, OTHER), (GOOD, WORSE, OTHER), ["a.jsonl:2", "a.jsonl:2"]),
        ((BROKEN, GOOD, WORSE), (MENDED, GOOD, MORE), []),
        ((BROKEN, GOOD, WORSE), (MENDED, GOOD, WORSE), ["a.jsonl:3"]),
        ((GOOD, BROKEN, WORSE, OTHER), (GOOD, MENDED, OTHER), ["a.jsonl:2", "a.jsonl:3"]),  # which of them is it?
    ],
)
def test_a_line_is_settled_where_an_article_stands_in_its_place(
    ledger: Ledger, tmp_path: Path, before: tuple[str, ...], now: tuple[str, ...], open_still: list[str]
) -> None:
    path = put(tmp_path / "a.jsonl", *before)
    ingest(ledger, [path], PLAN)
    assert still(ledger)
    put(path, *now)
    ingest(ledger, [path], PLAN)
    assert still(ledger) == open_still
    ingest(ledger, [path], PLAN)
    assert still(ledger) == open_still, "and stays so"


def test_the_row_says_when_it_was_settled(ledger: Ledger, tmp_path: Path) -> None:
    path = put(tmp_path / "a.jsonl", BROKEN, GOOD)
    ingest(ledger, [path], PLAN)
    ingest(ledger, [put(path, MENDED, GOOD)], PLAN)
    (row,) = ledger.quarantined(resolved=True)
    assert row.resolved is not None
    ingest(ledger, [put(path, BROKEN, GOOD)], PLAN)
    assert still(ledger) == ["a.jsonl:1"], "it is broken again"


def test_another_file_settles_nothing(ledger: Ledger, tmp_path: Path) -> None:
    ingest(ledger, [put(tmp_path / "a.jsonl", GOOD, BROKEN)], PLAN)
    ingest(ledger, [put(tmp_path / "b.jsonl", OTHER, MENDED)], PLAN)
    assert still(ledger) == ["a.jsonl:2"]


def test_an_item_of_a_list_and_a_message_of_a_mailbox(ledger: Ledger, tmp_path: Path) -> None:
    listed, box = tmp_path / "a.json", tmp_path / "a.mbox"
    listed.write_text(json.dumps([story(0), {"id": "x"}]))
    one, two = (f"{START}From: desk@news.example\nSubject: News\n\n{story(n)['text']}\n\n" for n in (3, 4))
    box.write_text(f"{one}{START}Subject: Nothing\n\n\n")
    ingest(ledger, [listed, box], PLAN)
    assert still(ledger) == ["a.json[2]", "a.mbox: message 2"]
    listed.write_text(json.dumps([story(0), story(1)]))
    box.write_text(one + two)
    ingest(ledger, [listed, box], PLAN)
    assert still(ledger) == []


def test_a_whole_file(ledger: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"%PDF-1.4")
    ingest(ledger, [path], PLAN)
    assert still(ledger) == ["a.txt"]
    path.write_text(story(1)["text"])
    ingest(ledger, [path], PLAN)
    assert still(ledger) == []


def test_an_article_that_did_harm(ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is kept, and so it is settled by itself alone, not by another one of its name."""
    path = lines(tmp_path / "a.jsonl", [story(0), story(1, " HARM exit")])
    ingest(ledger, [path], PLAN)
    (name,) = still(ledger)
    lines(path, [story(0), story(1)])
    ingest(ledger, [path], PLAN)
    assert still(ledger) == [name]
    monkeypatch.setenv("STAND_IN_HARMLESS", "1")
    lines(path, [story(0), story(1, " HARM exit")])
    ingest(ledger, [path], PLAN)
    assert still(ledger) == []


def test_an_article_that_no_ledger_can_keep(ledger: Ledger, tmp_path: Path) -> None:
    path = lines(tmp_path / "a.jsonl", [story(0), story(1, "\x00")])
    ingest(ledger, [path], PLAN)
    assert still(ledger) == ["a.jsonl: article story-1"]
    lines(path, [story(0), story(1)])
    ingest(ledger, [path], PLAN)
    assert still(ledger) == []
