"""Killed at any moment and started again, an ingest ends in the same ledger as one that nobody disturbed."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.batch.stories import lines, story

from tocsin.ledger import Ledger

RUNNER = Path(__file__).with_name("runner.py")
ARTICLES = 240
KILLS = 4
Fresh = Callable[[], str]
Said = tuple[dict[str, int], str, list[str]]


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Articles, some of them twice, some in two versions, and things that are refused on the way."""
    folder = tmp_path_factory.mktemp("sources")
    stories = [story(number) for number in range(ARTICLES)]
    stories[60] = story(3)
    stories[120] |= {"url": "https://news.example/7"}
    stories[200] |= {"url": "https://news.example/7"}
    stories[90] |= {"text": "HARM exit"}
    lines(folder / "a.jsonl", stories[: ARTICLES // 2])
    (folder / "b.txt").write_bytes(b"%PDF-1.4 no text")
    lines(folder / "c.jsonl", stories[ARTICLES // 2 :])
    german = "Die Regierung teilte am Montag mit, dass drei Dörfer an der Grenze beschossen worden seien. "
    (folder / "d.txt").write_text(german * 8, encoding="utf-8")
    return folder


def start(ledger: str, sources: Path) -> subprocess.Popen[bytes]:
    environment = os.environ | {"STAND_IN_PACE": "0.004"}
    return subprocess.Popen(
        [sys.executable, str(RUNNER), ledger, str(sources)], stdout=subprocess.DEVNULL, env=environment
    )


def finish(ledger: str, sources: Path) -> None:
    process = start(ledger, sources)
    assert process.wait(120) == 0


def said(where: str) -> Said:
    """Counts, digest, ids."""
    with Ledger.open(where, create=False) as ledger:
        digest = ledger.digest() + ledger.digest_of_judgements()
        return ledger.counts(), digest, [stored.id for stored in ledger.documents()]


@pytest.fixture(scope="module")
def undisturbed(sources: Path, tmp_path_factory: pytest.TempPathFactory) -> Said:
    """What a run says that nobody disturbs. Both engines must come to the same."""
    where = str(tmp_path_factory.mktemp("undisturbed") / "l.db")
    finish(where, sources)
    return said(where)


def children(process: int) -> list[int]:
    with contextlib.suppress(OSError):
        return list(map(int, Path(f"/proc/{process}/task/{process}/children").read_text().split()))
    return []


def kill_after(ledger: str, sources: Path, articles: int, wait: float) -> None:
    """Kill a run `wait` seconds after so many articles are in the ledger; its processes end with it."""
    process = start(ledger, sources)
    deadline = time.monotonic() + 60
    with Ledger.open(ledger) as opened:
        while opened.counts("documents")["documents"] < articles and process.poll() is None:
            if time.monotonic() > deadline:
                break
            time.sleep(0.005)
    time.sleep(wait)
    below = children(process.pid)
    process.send_signal(signal.SIGKILL)
    process.wait()
    deadline = time.monotonic() + 60
    while any(map(alive, below)) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not any(map(alive, below)), "processes of the pool outlive the run"


def alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


LINUX = pytest.mark.skipif(
    not Path("/proc/self/task").exists(), reason="finds a process's children where Linux has them"
)


@LINUX
def test_a_killed_run_ends_in_the_same_ledger(fresh: Fresh, sources: Path, undisturbed: Said) -> None:
    where = fresh()
    chance = random.Random(where.startswith("postgresql"))
    for _ in range(KILLS):
        kill_after(where, sources, chance.randrange(ARTICLES), chance.uniform(0, 0.3))
    finish(where, sources)
    assert said(where) == undisturbed
    counts = undisturbed[0]
    assert counts["documents"] == ARTICLES - 2  # one came twice, one ended its process
    assert counts["quarantine"] == 3


def test_two_runs_at_once_do_no_harm(fresh: Fresh, sources: Path, undisturbed: Said) -> None:
    shared = fresh()
    both = [start(shared, sources), start(shared, sources)]
    assert [process.wait(120) for process in both] == [0, 0]
    counts, _, ids = said(shared)
    assert counts == undisturbed[0]
    assert sorted(ids) == sorted(undisturbed[2])
    with Ledger.open(shared) as ledger:
        assert list(ledger.verify()) == []
