"""`tocsin serve`: what it refuses, and one that runs."""

from __future__ import annotations

import contextlib
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import msgspec
import pytest
from tests.ledger.made import ARMY, FIRST, READER
from tests.show.conftest import Call

from tocsin.ledger import Ledger

TOKEN = "correct horse battery staple"


@pytest.fixture
def where(tmp_path: Path) -> Path:
    path = tmp_path / "a.db"
    with Ledger.open(path) as ledger:
        ledger.add(ARMY, FIRST, reader=READER)
    return path


def test_another_host_needs_a_guard(call: Call, where: Path) -> None:
    done = call("serve", "--ledger", where, "--host", "0.0.0.0")
    assert done.status == 2
    assert len(done.errors) == 1
    assert "--token-file FILE, or --user-header NAME" in done.errors[0]


def test_a_ledger_must_be_there(call: Call, tmp_path: Path) -> None:
    done = call("serve", "--ledger", tmp_path / "none.db")
    assert (done.status, len(done.errors)) == (1, 1)
    assert "no such ledger" in done.errors[0]


@pytest.mark.parametrize("held", [None, b"", b"short\n", b"\xff\xfe" * 20])
def test_a_token_must_be_one(call: Call, where: Path, tmp_path: Path, held: bytes | None) -> None:
    file = tmp_path / "token"
    if held is not None:
        file.write_bytes(held)
    done = call("serve", "--ledger", where, "--token-file", file)
    assert (done.status, len(done.errors)) == (2, 1)
    assert "--token-file" in done.errors[0]


def test_a_port_that_is_taken_is_told(call: Call, where: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = call("serve", "--ledger", where, "--port", taken.getsockname()[1])
    assert (done.status, len(done.errors)) == (2, 1)
    assert "--port names another" in done.errors[0]


@contextlib.contextmanager
def ended(running: subprocess.Popen[str]) -> Iterator[None]:
    """Ends a process where a test fails, which else would be waited for."""
    try:
        yield
    except BaseException:
        running.kill()
        raise


def test_it_serves_until_it_is_interrupted(where: Path, tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text(f"{TOKEN}\nsecond line\n", encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "tocsin",
        "serve",
        "--ledger",
        str(where),
        "--port",
        "0",
        "--token-file",
        str(file),
    ]
    mended = tmp_path / "mended.json"
    article = {"id": "b", "text": "Troops shelled a village on Monday.", "published": "2024-12-23"}
    mended.write_bytes(msgspec.json.encode(article))
    with Ledger.open(where) as ledger:
        held = ledger.quarantine(str(mended), b"{", "undecodable", "no JSON", FIRST)
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as running, ended(running):
        assert running.stderr
        told = re.search(r"the desk is at (\S+)", running.stderr.readline())
        assert told
        with httpx.Client(base_url=told[1], trust_env=False) as asked:
            assert asked.get("/api/v1/today").status_code == 401
            answer = asked.get("/api/v1/find?q=launch", headers={"Authorization": f"Bearer {TOKEN}"})
            assert len(answer.json()["claims"]) == 1
            assert "server" not in answer.headers
            assert asked.get("/static/marks.css").headers["content-type"].startswith("text/css")
            _tries_again(asked, held)
        running.send_signal(signal.SIGINT)
        rest = running.stderr.read()
        assert (running.wait(20), rest) == (0, "")


def _tries_again(asked: httpx.Client, held: str) -> None:
    """What could not be read, and now can be, is tried again from the desk."""
    bearer = {"Authorization": f"Bearer {TOKEN}"}
    tried = asked.post(f"/api/v1/quarantine/{held}/retry", headers=bearer, timeout=280).json()
    assert tried["row"]["resolved"] is not None, tried
    assert tried["said"].startswith("1 read"), tried
    assert len(asked.get("/api/v1/find?q=shelled", headers=bearer).json()["claims"]) == 1
