"""`tocsin read`: formats, folders, and every kind of bad input."""

from __future__ import annotations

import io
import json
import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.show.conftest import Call

import tocsin.api
from tocsin.model import Document, Report

NEWS = "BERLIN (Meridian) - The army said on Monday that at least 40 soldiers were killed near Kursk.\n"
GERMAN = (
    "Der Minister sagte am Montag, dass die Soldaten in der Nacht über die Grenze gingen und dass die Regierung "
    "darüber beraten werde. Die Opposition forderte eine Erklärung, doch der Kanzler wollte sich dazu nicht äußern. "
    "Am Abend kamen mehrere tausend Menschen auf den Platz vor dem Rathaus und verlangten ein Ende der Kämpfe. "
)


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.txt"
    path.write_text(NEWS)
    return path


@pytest.fixture
def silent() -> Iterator[str]:
    """An address that takes a call and never answers."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/story"


def write(path: Path, data: str | bytes) -> Path:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def bad(folder: Path, kind: str) -> Path:
    """A bad input of a kind."""
    if kind == "empty":
        return write(folder / "bad.txt", "")
    if kind == "blank":
        return write(folder / "bad.txt", " \n\n ")
    if kind == "binary":
        return write(folder / "bad.bin", bytes(range(256)) * 40)
    if kind == "image":
        return write(folder / "bad.png", b"\x89PNG\r\n\x1a\n" + bytes(100))
    if kind == "huge":
        path = folder / "bad.txt"
        with path.open("wb") as out:
            for _ in range(50):
                out.write(NEWS.encode() * (1_000_000 // len(NEWS)))
        return path
    if kind == "page without an article":
        return write(folder / "bad.html", "<!doctype html><html><body><nav><a href='/'>Home</a></nav></body></html>")
    if kind == "German":
        return write(folder / "bad.txt", GERMAN)
    if kind == "broken JSON":
        return write(folder / "bad.json", '{"text": "The army')
    if kind == "JSON of another kind":
        return write(folder / "bad.json", '{"headline": "The army"}')
    assert kind == "missing"
    return folder / "bad.txt"


KINDS = {
    "empty": "empty", "blank": "empty", "binary": "binary", "image": "image", "huge": "--max-size",
    "page without an article": "article", "German": "German", "broken JSON": "JSON", "JSON of another kind": "text",
    "missing": "no such file",
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_bad_input_is_one_line_and_the_others_are_read(call: Call, tmp_path: Path, good: Path, kind: str) -> None:
    wrong = bad(tmp_path, kind)
    done = call("read", good, wrong, good, "--format", "json", "--published", "2024-12-23")
    assert done.status == 1
    assert len(done.errors) == 1
    assert done.errors[0].startswith(f"tocsin: {wrong}: ")
    assert KINDS[kind] in done.errors[0]
    assert [one["document"]["text"] for one in json.loads(done.out)] == [NEWS, NEWS]


def test_line_7_of_10_is_broken(call: Call, tmp_path: Path) -> None:
    lines = [json.dumps({"id": f"n{number}", "text": NEWS, "published": "2024-12-23"}) for number in range(1, 11)]
    lines[6] = lines[6][:40]
    path = write(tmp_path / "ten.jsonl", "\n".join(lines))
    done = call("read", path, "--format", "jsonl")
    assert (done.status, len(done.errors)) == (1, 1)
    assert done.errors[0].startswith(f"tocsin: {path}:7: ")
    assert [json.loads(line)["document"]["id"] for line in done.out.splitlines()] == [
        f"n{number}" for number in range(1, 11) if number != 7
    ]


def test_an_address_that_does_not_answer(call: Call, good: Path, silent: str) -> None:
    done = call("read", silent, good, "--timeout", "0.2", "--format", "jsonl")
    assert (done.status, len(done.errors)) == (1, 1)
    assert silent in done.errors[0]
    assert len(done.out.splitlines()) == 1


def test_a_folder_without_permission(call: Call, tmp_path: Path, good: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o000)
    if os.access(closed, os.R_OK):
        pytest.skip("root may read every folder")
    done = call("read", closed, good, "--format", "jsonl")
    closed.chmod(0o700)
    assert (done.status, len(done.errors)) == (1, 1)
    assert str(closed) in done.errors[0]
    assert "permission" in done.errors[0]
    assert len(done.out.splitlines()) == 1


def test_a_day_that_is_none_stops_before_anything_is_read(call: Call, good: Path) -> None:
    done = call("read", good, "--published", "yesterday")
    assert (done.status, done.out, len(done.errors)) == (2, "", 1)
    assert "“yesterday” is not a date" in done.errors[0]


def test_a_model_that_is_not_installed_says_how_to_get_it(call: Call, good: Path) -> None:
    done = call("read", good, "--model", "en_core_web_none")
    assert (done.status, len(done.errors)) == (1, 1)
    assert "pip install en-core-web-none" in done.errors[0]


def test_a_fault_in_one_article_leaves_the_others(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = tocsin.api.report

    def faulty(document: Document, *rest: Any, **named: Any) -> Report:
        if document.id == "b":
            raise IndexError("list index\nout of range")
        return honest(document, *rest, **named)

    monkeypatch.setattr(tocsin.api, "report", faulty)
    path = write(tmp_path / "three.jsonl", "\n".join(json.dumps({"id": name, "text": NEWS}) for name in "abc"))
    done = call("read", path, "--format", "jsonl")
    assert (done.status, len(done.errors)) == (1, 1)
    assert str(path) in done.errors[0]
    assert "article b" in done.errors[0]
    assert "IndexError: list index out of range" in done.errors[0]
    assert [json.loads(line)["document"]["id"] for line in done.out.splitlines()] == ["a", "c"]


def test_a_fault_of_the_parser_in_one_article_leaves_the_others(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = tocsin.api.parse_many

    def faulty(nlp: Any, texts: Any, *rest: Any) -> Any:
        texts = list(texts)
        if any("poison" in text for text, _ in texts):
            raise ValueError("cannot parse")
        return honest(nlp, texts, *rest)

    monkeypatch.setattr(tocsin.api, "parse_many", faulty)
    for name in "abc":
        write(tmp_path / f"{name}.txt", NEWS if name != "b" else f"{NEWS} poison")
    done = call("read", tmp_path, "--format", "jsonl")
    assert (done.status, len(done.errors), len(done.out.splitlines())) == (1, 1, 2)
    assert "b.txt" in done.errors[0]


def test_one_article_is_an_object_and_several_are_a_list(call: Call, tmp_path: Path, good: Path) -> None:
    assert isinstance(json.loads(call("read", good, "--format", "json").out), dict)
    assert isinstance(json.loads(call("read", tmp_path, "--format", "json").out), dict)
    assert isinstance(json.loads(call("read", good, good, "--format", "json").out), list)
    two = write(tmp_path / "two.json", json.dumps([{"text": NEWS}, {"text": NEWS}]))
    assert len(json.loads(call("read", two, "--format", "json").out)) == 2
    half = write(tmp_path / "half.json", json.dumps([{"text": NEWS}, {"texts": NEWS}]))
    assert len(json.loads(call("read", half, "--format", "json").out)) == 1


def test_nothing_read_is_nothing_or_an_empty_list(call: Call, tmp_path: Path) -> None:
    assert call("read", tmp_path / "a", "--format", "json").out == ""
    assert json.loads(call("read", tmp_path / "a", tmp_path / "b", "--format", "json").out) == []
    assert call("read", tmp_path / "a", "--format", "html").out == ""


def test_two_runs_give_the_same_bytes(call: Call, good: Path) -> None:
    first = call("read", good, good, "--format", "json", "--mentions")
    assert first.out == call("read", good, good, "--format", "json", "--mentions").out
    assert "mentions" in json.loads(first.out)[0]
    assert "mentions" not in json.loads(call("read", good, "--format", "json").out)


def test_standard_input(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(NEWS.encode())))
    assert json.loads(call("read", "-", "--format", "json").out)["document"]["text"] == NEWS


def test_the_table_is_what_is_shown_unless_asked(call: Call, good: Path) -> None:
    done = call("read", good, "--published", "2024-12-23")
    assert (done.status, done.errors) == (0, [])
    assert "published 23 Dec 2024" in done.out
    assert "≥ 40 killed" in done.out
    assert "\x1b" not in done.out


def test_a_setting_changes_the_format(call: Call, good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOCSIN_FORMAT", "html")
    assert call("read", good).out.startswith("<!doctype html>")
    assert json.loads(call("read", good, "--format", "json").out)


def test_claims_less_sure_are_left_out(call: Call, good: Path) -> None:
    assert json.loads(call("read", good, "--format", "json", "--min-confidence", "1").out)["claims"] == []


def test_out_writes_a_file_for_each_input(call: Call, tmp_path: Path, good: Path) -> None:
    write(tmp_path / "seed.json", json.dumps({"id": "x", "text": NEWS}))
    lines = "\n".join(json.dumps({"id": name, "text": NEWS}) for name in ("a/../b", "a/../b", "..", "c"))
    write(tmp_path / "lines.jsonl", lines)
    out = tmp_path / "new" / "out"
    done = call("read", good, tmp_path / "seed.json", tmp_path / "lines.jsonl", "--out", out)
    assert (done.status, done.out, done.errors) == (0, "", [])
    assert sorted(path.name for path in out.iterdir()) == [
        "a-..-b-2.json", "a-..-b.json", "article.json", "c.json", "good.json", "seed.json",
    ]  # fmt: skip
    assert json.loads((out / "seed.json").read_text())["document"]["id"] == "x"


def test_out_takes_pages_too(call: Call, tmp_path: Path, good: Path) -> None:
    call("read", good, "--out", tmp_path / "out", "--format", "html")
    assert (tmp_path / "out" / "good.html").read_text().startswith("<!doctype html>")


def test_files_of_one_name_do_not_overwrite_each_other(call: Call, tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        write(tmp_path / folder / "a.txt", f"{folder}: {NEWS}")
    call("read", tmp_path / "one", tmp_path / "two", "--out", tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["a-2.json", "a.json"]


def test_out_never_overwrites_what_is_read(call: Call, tmp_path: Path) -> None:
    article = write(tmp_path / "a.json", json.dumps({"text": NEWS}))
    write(tmp_path / "b.txt", NEWS)
    write(tmp_path / "z.jsonl", json.dumps({"id": "c", "text": NEWS}))
    other = write(tmp_path / "c.json", json.dumps({"id": "d", "text": NEWS}))
    done = call("read", tmp_path / "z.jsonl", tmp_path / "a.json", tmp_path / "b.txt", other, "--out", tmp_path)
    assert (done.status, len(done.errors)) == (1, 2)
    assert json.loads(other.read_text()) == {"id": "d", "text": NEWS}
    assert "--out" in done.errors[0]
    assert json.loads(article.read_text()) == {"text": NEWS}
    assert (tmp_path / "b.json").exists()


def test_out_that_cannot_be_made_is_wrong_use(call: Call, good: Path) -> None:
    done = call("read", good, "--out", good)
    assert (done.status, len(done.errors)) == (2, 1)


def test_a_file_name_cannot_write_a_second_line(call: Call, tmp_path: Path) -> None:
    done = call("read", tmp_path / "a\nb\x1b[31m")
    assert (done.status, len(done.errors)) == (1, 1)
    assert "\x1b" not in done.errors[0]
