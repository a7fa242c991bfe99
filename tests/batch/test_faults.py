"""One poisonous document never stops a run: its process is replaced, it is refused, its batch-mates are read."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from tests.batch import stand_in
from tests.batch.stories import lines, story

from tocsin.batch import limits
from tocsin.batch.ingest import ingest
from tocsin.batch.messages import Orders
from tocsin.batch.plan import Plan
from tocsin.batch.pool import Pool, Result
from tocsin.batch.retry import retry, source_of
from tocsin.batch.run import Progress, Summary
from tocsin.batch.tasks import Numbered
from tocsin.errors import TocsinError
from tocsin.ledger import Ledger
from tocsin.read import from_text

LIMIT = 0.5


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "l.db") as opened:
        yield opened


def take_in(ledger: Ledger, *sources: Path, limit: float = LIMIT, jobs: int = 2) -> Summary:
    return ingest(ledger, sources, Plan(jobs=jobs, limit=limit, worker=stand_in.COMMAND))


def test_documents_that_harm_their_process(ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "wall", lambda limit: 3.0)
    harms = {5: "exit", 13: "segfault", 20: "spin", 33: "sleep", 34: "kill"}
    stories = [story(number, f" HARM {harms[number]}" if number in harms else "") for number in range(50)]
    summary = take_in(ledger, lines(tmp_path / "s.jsonl", stories))
    assert (summary.new, summary.refused, summary.claims) == (45, 5, 90)
    held = {row.origin.rpartition("/")[2]: row for row in ledger.quarantined()}
    assert {int(name): row.kind for name, row in held.items()} == {
        5: "crashed", 13: "crashed", 20: "overran", 33: "overran", 34: "crashed",
    }  # fmt: skip
    assert "status 7" in held["5"].reason
    assert "SIGSEGV" in held["13"].reason
    assert "--timeout-per-document" in held["20"].reason
    assert "memory" in held["34"].reason
    assert all(row.size > 100 and len(row.digest) == 32 for row in held.values())
    assert [stored.document.id for stored in sorted(ledger.documents(), key=lambda one: int(one.document.id[6:]))] == [
        f"story-{number}" for number in range(50) if number not in harms
    ]


def test_a_document_that_was_kept_is_tried_again_without_its_source(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = lines(tmp_path / "s.jsonl", [story(1), story(2, " HARM exit")])
    assert take_in(ledger, source).refused == 1
    source.unlink()
    plan = Plan(worker=stand_in.COMMAND)
    rows = [ledger.quarantined_one(row.id) for row in ledger.quarantined()]
    held = [row for row in rows if row is not None]
    assert retry(ledger, held, plan, max_size=10_000, timeout=1.0).refused == (held[0].id,)
    assert [row.id for row in ledger.quarantined()] == [held[0].id]
    monkeypatch.setenv("STAND_IN_HARMLESS", "1")
    assert retry(ledger, held, plan, max_size=10_000, timeout=1.0).read == (held[0].id,)
    assert ledger.quarantined() == []
    assert ledger.counts()["documents"] == 2


@pytest.mark.parametrize(
    ("origin", "source"),
    [
        ("{}/a.jsonl:17", "{}/a.jsonl"), ("{}/a.jsonl: record 3: entry 4", "{}/a.jsonl"), ("{}/b: c", "{}/b: c"),
        ("https://news.example/feed: entry 3", "https://news.example/feed"), ("standard input:4", None),
        ("https://news.example/a", "https://news.example/a"), ("{}/gone.txt", None),
    ],
)  # fmt: skip
def test_the_source_in_an_origin(tmp_path: Path, origin: str, source: str | None) -> None:
    for name in ("a.jsonl", "b: c"):
        (tmp_path / name).touch()
    assert source_of(origin.format(tmp_path)) == (source and source.format(tmp_path))


def test_an_innocent_whose_process_somebody_ends_is_read(tmp_path: Path) -> None:
    pool = Pool(1, Orders(model="", limit=60), stand_in.COMMAND)
    try:
        pool.tasks.put([Numbered(0, from_text("Troops shelled a village."))])
        pool.dispatch()
        killed = False
        results: list[Result] = []
        while not results:
            results += pool.collect(pool.connections if pool.connections[0].poll(0.05) else [])
            pool.dispatch()
            if pool.workers[0].task and not killed:
                killed = True
                pool.workers[0].child.process.send_signal(signal.SIGKILL)
        assert killed
        assert len(results[0].read.claims) == 1  # type: ignore[union-attr]
    finally:
        pool.close()


def test_a_model_that_is_not_there_ends_the_run_in_one_line(ledger: Ledger, tmp_path: Path) -> None:
    source = lines(tmp_path / "s.jsonl", [story(1)])
    with pytest.raises(TocsinError, match=r"no_such_model.*pip install"):
        ingest(ledger, [source], Plan(model="no_such_model"))


def test_processes_that_cannot_start_end_the_run(ledger: Ledger, tmp_path: Path) -> None:
    source = lines(tmp_path / "s.jsonl", [story(1)])
    with pytest.raises(TocsinError, match="end while they load"):
        ingest(ledger, [source], Plan(worker=(sys.executable, "-c", "raise SystemExit(3)")))


def test_an_opener_that_cannot_start_ends_the_run(ledger: Ledger, tmp_path: Path) -> None:
    source = lines(tmp_path / "s.jsonl", [story(1)])
    with pytest.raises(TocsinError, match="before it has opened any"):
        ingest(ledger, [source], Plan(), reader=(sys.executable, "-c", "raise SystemExit(3)"))


def test_knowledge_that_is_wrong_ends_the_run_and_refuses_nothing(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "fieldmaps.yaml").write_text("nonsense: 1\n")
    monkeypatch.setenv("TOCSIN_DATA", str(tmp_path))
    source = lines(tmp_path / "s.jsonl", [story(1)])
    with pytest.raises(TocsinError, match=r"fieldmaps\.yaml"):
        ingest(ledger, [source], Plan(worker=stand_in.COMMAND))
    assert ledger.quarantined() == []


OPENER = (sys.executable, str(Path(__file__).with_name("harmful_opener.py")))


def open_all(ledger: Ledger, sources: Sequence[Path], limit: float = 60.0) -> tuple[Summary, list[Progress]]:
    told: list[Progress] = []
    plan = Plan(jobs=1, limit=limit, worker=stand_in.COMMAND)
    return ingest(ledger, sources, plan, tell=told.append, reader=OPENER), told


def test_a_file_that_ends_the_process_which_opens_it(ledger: Ledger, tmp_path: Path) -> None:
    lines(tmp_path / "a.jsonl", [story(number) for number in range(40)])
    lines(tmp_path / "b.jsonl", [story(50), story(51), story(52, " HARM opener"), story(53)])
    lines(tmp_path / "c.jsonl", [story(60), story(61)])
    summary, _ = open_all(ledger, [tmp_path])
    assert (summary.new, summary.refused) == (44, 1)
    row = ledger.quarantined()[0]
    assert (row.kind, row.origin) == ("crashed", str(tmp_path / "b.jsonl"))
    assert "2 articles before that were read" in row.reason
    assert row.size == (tmp_path / "b.jsonl").stat().st_size


def test_a_file_that_keeps_the_process_busy(ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HARMFUL_LIBRARIES", "0")
    lines(tmp_path / "a.jsonl", [story(1), story(2, " HARM busy"), story(3)])
    lines(tmp_path / "b.jsonl", [story(4)])
    summary, _ = open_all(ledger, [tmp_path], limit=0.5)
    assert (summary.new, summary.refused) == (2, 1)
    assert [row.kind for row in ledger.quarantined()] == ["overran"]


def test_the_hard_limit_ends_a_process_that_the_soft_one_cannot() -> None:
    child = os.fork()
    if child == 0:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGVTALRM})
        with limits.soft(0.05):
            while True:
                pass
    began = time.monotonic()
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGPROF
    assert time.monotonic() - began < 30
