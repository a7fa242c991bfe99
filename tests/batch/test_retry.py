"""What is tried again out of the quarantine is struck out only where it was read."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.batch import stand_in
from tests.batch.stories import lines, story

from tocsin.batch.ingest import ingest
from tocsin.batch.plan import Plan
from tocsin.batch.retry import Retried, retry
from tocsin.ledger import Held, Ledger

PLAN = Plan(worker=stand_in.COMMAND)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "l.db") as opened:
        yield opened


def put(path: Path, *said: str) -> Path:
    path.write_text("".join(line + "\n" for line in said), encoding="utf-8")
    return path


def tried(ledger: Ledger) -> Retried:
    rows = [ledger.quarantined_one(row.id) for row in ledger.quarantined()]
    return retry(ledger, [row for row in rows if row is not None], PLAN, max_size=10_000, timeout=1.0)


GOOD, OTHER, MENDED, MORE = (json.dumps(story(number)) for number in range(4))


@pytest.mark.parametrize(
    ("now", "read", "documents"),
    [
        ((GOOD, MENDED, OTHER), 1, 3),  # mended in its place
        ((MENDED, GOOD, OTHER), 1, 3),  # or in another
        ((GOOD, OTHER), 0, 2),  # struck out
        ((GOOD, '{"id": "x"}', OTHER), 0, 2),  # put into other words that are no article either
        ((), 0, 2),  # nothing left
        (("[]",), 0, 2),
    ],
)
def test_a_line_is_struck_out_only_where_an_article_came(
    ledger: Ledger, tmp_path: Path, now: tuple[str, ...], read: int, documents: int
) -> None:
    path = put(tmp_path / "a.jsonl", GOOD, '{"id": ', OTHER)
    assert ingest(ledger, [path], PLAN).refused == 1
    broken = ledger.quarantined()[0].id
    put(path, *now)
    done = tried(ledger)
    assert (broken in done.read, broken in done.refused + done.lost) == (bool(read), not read)
    assert (broken in {row.id for row in ledger.quarantined()}) == (not read)
    assert ledger.counts()["documents"] == documents


def test_one_new_article_does_not_stand_for_two_broken_lines(ledger: Ledger, tmp_path: Path) -> None:
    path = put(tmp_path / "a.jsonl", GOOD, '{"id": 1', '{"id": 2', OTHER)
    assert ingest(ledger, [path], PLAN).refused == 2
    put(path, GOOD, MENDED, OTHER)
    done = tried(ledger)
    assert (done.read, done.refused, len(done.lost)) == ((), (), 2)
    assert len(ledger.quarantined()) == 2
    assert ledger.counts()["documents"] == 3
    put(path, GOOD, MENDED, MORE, json.dumps(story(5)), OTHER)
    assert len(tried(ledger).read) == 2


def test_a_line_whose_article_is_refused_now_is_not_read(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put(tmp_path / "a.jsonl", GOOD, '{"id": ')
    ingest(ledger, [path], PLAN)
    broken = ledger.quarantined()[0].id
    lines(path, [story(0), story(2, " HARM exit")])
    done = tried(ledger)
    assert (done.read, done.lost) == ((), (broken,))
    assert len(ledger.quarantined()) == 2


def test_a_whole_file_that_was_taken_in_before_counts_as_read(ledger: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(story(1)["text"])
    assert ingest(ledger, [path], PLAN).new == 1
    ledger.quarantine(str(path), b"%PDF-1.4", "undecodable", "binary", datetime.datetime(2024, 1, 1))
    assert len(tried(ledger).read) == 1
    assert ledger.quarantined() == []


def test_a_folder_that_was_empty_is_read_once_something_lies_in_it(ledger: Ledger, tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    assert ingest(ledger, [folder], PLAN).refused == 1
    assert tried(ledger).read == ()
    lines(folder / "a.jsonl", [story(1)])
    assert len(tried(ledger).read) == 1
    assert ledger.counts()["documents"] == 1


NESTED = [json.dumps({"story": {"words": story(number)["text"]}}) for number in range(3)]
FIELDS = {"text": "story.words"}


def rows_of(ledger: Ledger) -> list[Held]:
    return [row for one in ledger.quarantined() if (row := ledger.quarantined_one(one.id)) is not None]


def test_what_was_read_under_other_keys_is_tried_under_them(ledger: Ledger, tmp_path: Path) -> None:
    path = put(tmp_path / "a.jsonl", NESTED[0], NESTED[1][:-1], NESTED[2])
    assert ingest(ledger, [path], PLAN, fields=FIELDS, published="2024-12-23").refused == 1
    put(path, *NESTED)
    done = retry(ledger, rows_of(ledger), PLAN, max_size=10_000, timeout=1.0, fields=FIELDS, published="2024-12-23")
    assert (len(done.read), done.refused, done.lost) == (1, (), ())
    assert ledger.quarantined() == []
    assert {stored.document.published for stored in ledger.documents()} == {"2024-12-23"}


def test_a_line_tried_again_refuses_no_other_line(ledger: Ledger, tmp_path: Path) -> None:
    path = put(tmp_path / "a.jsonl", NESTED[0], NESTED[1][:-1], NESTED[2])
    ingest(ledger, [path], PLAN, fields=FIELDS)
    done = tried(ledger)  # under the usual keys, in which no line of the file has a text
    assert (done.read, len(done.refused)) == ((), 1)
    assert [row.origin for row in ledger.quarantined()] == [f"{path}:2"]


def test_a_place_that_was_refused_for_two_reasons_is_one_place(ledger: Ledger, tmp_path: Path) -> None:
    path = put(tmp_path / "a.jsonl", NESTED[0], NESTED[1][:-1], NESTED[2])
    ingest(ledger, [path], PLAN, fields=FIELDS)
    put(path, *NESTED)
    tried(ledger)  # under the usual keys: no article, which is another row
    assert [row.origin for row in ledger.quarantined()] == [f"{path}:2"] * 2
    done = retry(ledger, rows_of(ledger), PLAN, max_size=10_000, timeout=1.0, fields=FIELDS)
    assert len(done.read) == 2
    assert ledger.quarantined() == []
