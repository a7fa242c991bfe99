"""The command line as a whole: help, versions, wrong use, how a call ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.show.conftest import Call

import tocsin
from tocsin.show.cli import reading
from tocsin.show.cli.reference import reference

ROOT = Path(__file__).resolve().parents[2]
START = [sys.executable, "-c", "from tocsin.show.cli import main; main()"]
ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT / "src")}


def test_help_and_version(call: Call) -> None:
    assert call("--version").out == f"tocsin {tocsin.__version__}\n"
    for command in ([], ["read"], ["resolve"], ["doctor"]):
        done = call(*command, "--help")
        assert done.status == 0
        assert "Usage: tocsin" in done.out


def test_help_loads_no_parser() -> None:
    code = (
        "import sys\nfrom tocsin.show.cli.main import run\nassert run(['read', '--help']) == 0\n"
        "print(sorted(sys.modules.keys() & {'spacy', 'numpy', 'trafilatura', 'httpx', 'jinja2'}), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], env=ENVIRONMENT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "[]\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["read"], "SOURCE"),
        (["red"], "red"),
        (["read", "--fromat", "json", "x"], "--fromat"),
        (["read", "--format", "xml", "x"], "xml"),
        (["read", "--published", "yesterday", "x"], "yesterday"),
        (["read", "--max-size", "-1", "x"], "--max-size"),
        (["read", "--max-size", "big", "x"], "--max-size"),
        (["read", "--format", "table", "--out", "/tmp/nowhere", "x"], "--out"),
        (["resolve", "the Kremlin", "--on", "yesterday"], "yesterday"),
    ],
)
def test_wrong_use_is_one_line_and_status_2(call: Call, arguments: list[str], said: str) -> None:
    done = call(*arguments)
    assert (done.status, done.out, len(done.errors)) == (2, "", 1)
    assert said in done.errors[0]
    assert done.errors[0].startswith("tocsin: ")


def test_no_command_shows_the_help_as_an_error(call: Call) -> None:
    done = call()
    assert (done.status, done.out) == (2, "")
    assert any("Usage: tocsin" in line for line in done.errors)


def test_a_fault_of_ours_is_one_line(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*arguments: object) -> int:
        raise ZeroDivisionError("in the\nmiddle")

    monkeypatch.setattr(reading, "run", broken)
    done = call("read", "x")
    assert done.status == 1
    assert done.errors == ["tocsin: a fault in Tocsin (ZeroDivisionError: in the middle); TOCSIN_DEBUG=1 shows where"]
    monkeypatch.setenv("TOCSIN_DEBUG", "1")
    assert any("Traceback" in line for line in call("read", "x").errors)


def test_an_interrupt_is_quiet(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*arguments: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(reading, "run", interrupted)
    done = call("read", "x")
    assert (done.status, done.errors) == (130, [])


def test_an_interrupt_of_the_process_leaves_no_traceback(tmp_path: Path) -> None:
    pipe = tmp_path / "never.txt"
    os.mkfifo(pipe)
    process = subprocess.Popen([*START, "read", str(pipe)], env=ENVIRONMENT, stderr=subprocess.PIPE, text=True)
    writer = os.open(pipe, os.O_WRONLY)
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=20)
    os.close(writer)
    assert process.returncode == 130
    assert "Traceback" not in errors


@pytest.mark.parametrize("form", ["jsonl", "table"])
def test_a_reader_that_hangs_up_is_no_fault(tmp_path: Path, form: str) -> None:
    lines = [json.dumps({"id": str(n), "text": f"The army said {n} soldiers were killed."}) for n in range(300)]
    (tmp_path / "many.jsonl").write_text("\n".join(lines))
    command = [*START, "read", str(tmp_path / "many.jsonl"), "--format", form]
    process = subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout
    assert process.stderr
    assert process.stdout.readline()
    process.stdout.close()
    errors = process.stderr.read()
    process.wait(timeout=60)
    process.stderr.close()
    assert (process.returncode, errors) == (141, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs the device /dev/full")
def test_a_full_disk_is_one_line() -> None:
    command = [*START, "resolve", "the Kremlin", "--format", "json"]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, env=ENVIRONMENT, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr.splitlines()) == (
        1, ["tocsin: the output: no space left on device; the rest is not done"],
    )  # fmt: skip


def test_the_reference_is_up_to_date() -> None:
    written = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    assert written == reference(), "run: python -m tocsin.show.cli.reference > docs/cli.md"


def test_resolve_tells_whom_a_phrase_means(call: Call) -> None:
    done = call("resolve", "Israeli troops", "--format", "json", "--on", "2024-12-23")
    answer = json.loads(done.out)
    assert (done.status, answer["country"], answer["sector"], answer["on"]) == (0, "ISR", "MIL", "2024-12-23")
    shown = call("resolve", "the something of somewhere").out
    assert "unknown" in shown
    assert "country" in shown


def test_doctor_finds_everything(call: Call) -> None:
    done = call("doctor")
    assert done.status == 0, done.out
    for part in ("Python", "packages", "language model", "gazetteer", "lexicon", "digest", "a reading", "settings"):
        assert part in done.out


def test_doctor_says_what_is_missing_and_how_to_get_it(call: Call) -> None:
    done = call("doctor", "--model", "en_core_web_none")
    assert done.status == 1
    assert "missing" in done.out
    assert "pip install en-core-web-none" in " ".join(done.out.split())


def test_doctor_sees_that_a_folder_of_words_is_not_there(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOCSIN_DATA", "/nonexistent/words")
    done = call("doctor")
    assert done.status == 1
    assert "/nonexistent/words" in done.out
