"""An ingest as a program: standard input, an interrupt from the terminal."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tests.batch.stories import lines, story
from tests.batch.test_crash import LINUX, alive, children, start

from tocsin.batch import process
from tocsin.ledger import Ledger

STAND_IN = Path(__file__).with_name("runner.py")


def test_standard_input_is_read(tmp_path: Path) -> None:
    where = str(tmp_path / "l.db")
    said = "".join(json.dumps(story(number)) + "\n" for number in range(3)) + '{"id": "x"}\n'
    done = subprocess.run(
        [sys.executable, str(STAND_IN), where, "-"], input=said.encode(), capture_output=True, check=False, timeout=120
    )
    assert b"new=3" in done.stdout, done.stderr
    with Ledger.open(where) as ledger:
        assert [row.origin for row in ledger.quarantined()] == ["standard input:4"]


@LINUX
def test_an_interrupt_ends_all_processes_in_one_line(tmp_path: Path) -> None:
    source = lines(tmp_path / "s.jsonl", [story(number) for number in range(2000)])
    running = subprocess.Popen(
        [sys.executable, "-m", "tocsin", "ingest", str(source), "--ledger", str(tmp_path / "l.db"), "--jobs", "1"],
        stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while len(children(running.pid)) < 2 and time.monotonic() < deadline:
        time.sleep(0.02)
    below = children(running.pid)
    os.killpg(running.pid, signal.SIGINT)
    _, said = running.communicate(timeout=60)
    assert running.returncode == 130
    assert said.decode().splitlines() == [
        "tocsin: interrupted; what was read is in the ledger, and the same command goes on from there"
    ]
    assert len(below) == 2
    assert not any(map(alive, below))


@LINUX
def test_a_run_without_anything_new_starts_no_reader(tmp_path: Path) -> None:
    source = lines(tmp_path / "s.jsonl", [story(1)])
    where = str(tmp_path / "l.db")
    assert start(where, source).wait(120) == 0
    running = start(where, source)
    most = 0
    while running.poll() is None:
        most = max(most, len(children(running.pid)))
        time.sleep(0.005)
    assert (running.returncode, most) == (0, 1)


def test_a_source_that_is_slow_is_taken_in_as_it_comes(tmp_path: Path) -> None:
    where = str(tmp_path / "l.db")
    running = subprocess.Popen([sys.executable, str(STAND_IN), where, "-"], stdin=subprocess.PIPE)
    assert running.stdin is not None
    deadline = time.monotonic() + 60
    running.stdin.write(b"".join(json.dumps(story(number)).encode() + b"\n" for number in range(40)))
    running.stdin.flush()
    with Ledger.open(where) as ledger:
        while ledger.counts()["documents"] < 30 and time.monotonic() < deadline:
            time.sleep(0.02)
        assert ledger.counts()["documents"] >= 30
        assert running.poll() is None
        running.stdin.close()
        assert running.wait(60) == 0
        assert ledger.counts()["documents"] == 40


def test_an_interrupt_while_a_process_is_started_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []

    def interrupted(*command: Any, **how: Any) -> subprocess.Popen[bytes]:
        started.append(subprocess.Popen(*command, **how))
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(0.05)
        return started[0]

    monkeypatch.setattr(process, "subprocess", SimpleNamespace(Popen=interrupted, DEVNULL=subprocess.DEVNULL))
    done = threading.Event()
    other = threading.Thread(target=done.wait)  # a thread that may get the signal in place of this one
    other.start()
    with pytest.raises(KeyboardInterrupt):
        process.Child((sys.executable, "-c", "import time; time.sleep(60)"))
    done.set()
    other.join()
    assert started[0].wait(10) == -signal.SIGKILL
