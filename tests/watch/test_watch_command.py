"""`tocsin watch` and `tocsin alerts` as a user meets them, and the feed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest
from tests.ledger.made import READER
from tests.watch.telling import day, report
from tests.watch.test_watch_delivery import INDICATOR
from tests.watch.test_watch_rounds import NOW

from tocsin.ledger import Ledger
from tocsin.show.cli.main import run
from tocsin.watch import atom

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of one indicator, beside a ledger of two articles that make it ring."""
    monkeypatch.setenv("TOCSIN_LEDGER", str(tmp_path / "l.db"))
    monkeypatch.setenv("COLUMNS", "100")
    path = tmp_path / "arms.yaml"
    path.write_text(INDICATOR)
    with Ledger.open(tmp_path / "l.db") as ledger:
        told = [report(1, "They sent <arms> & men.", publisher="Tribune"), report(2, "They sent shells.", 9)]
        ledger.add_many(told, NOW, reader=READER)
    return path


def test_it_rings_once_and_is_kept(own: Path, capsys: Captured) -> None:
    assert run(["watch", str(own)]) == 0
    shown = capsys.readouterr().out
    assert "They sent <arms> & men." in shown
    assert "because   1 claim in 1 document of one source (Tribune)" in shown
    assert run(["watch", str(own)]) == 0
    again = capsys.readouterr()
    assert (again.out, again.err) == ("", "tocsin: nothing rang\n")
    assert run(["alerts", "--format", "jsonl"]) == 0
    kept = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [alert["day"] for alert in kept] == [day(9), day(0)]
    assert run(["alerts", "--level", "warning"]) == 0
    assert "no alert found" in capsys.readouterr().err


def test_a_test_shows_the_past_and_writes_nothing(own: Path, capsys: Captured) -> None:
    assert run(["watch", "--test", str(own), "--from", day(1), "--format", "jsonl"]) == 0
    said = capsys.readouterr()
    assert [json.loads(line)["day"] for line in said.out.splitlines()] == [day(9)]
    assert said.err == f"tocsin: 1 alert from {day(1)} to {day(9)}; nothing was written\n"
    with Ledger.open() as ledger:
        assert (ledger.alerts(), ledger.looked()) == ([], {})


def test_from_now_takes_what_is_there_as_known(own: Path, capsys: Captured) -> None:
    assert run(["watch", str(own), "--from-now"]) == 0
    assert capsys.readouterr().err == "tocsin: nothing rang\n"


def test_the_packs_are_listed(capsys: Captured) -> None:
    assert run(["watch", "--list"]) == 0
    shown = capsys.readouterr().out
    assert "arms-transfers  Arms transfers" in shown
    assert "watch    arms-transfer-planned" in shown
    assert run(["watch", "--list", "--format", "jsonl"]) == 0
    assert len(capsys.readouterr().out.splitlines()) >= 40


@pytest.mark.parametrize(
    ("arguments", "status", "fault"),
    [
        (["nosuch"], 2, "nosuch: no pack and no file of this name; tocsin watch --list shows the packs"),
        (["coup", "--from", "2024-01-01"], 2, "--from and --to go with --test; what is new needs no dates"),
        (["coup", "--on", "today"], 2, "--on: “today” is not a date; write year-month-day, such as 2024-12-23"),
        (["coup", "--every", "soon", "--follow"], 2, "--every: “soon” is no length of time; write 90s, 15m or 2h"),
        (["coup", "--redeliver"], 2, "--redeliver: name the channels with --channels FILE"),
        (["BAD"], 1, "bad.yaml: arms: level: no level “loud”; there are note, watch, warning, critical"),
        (["coup", "--channels", "CHANNELS"], 1, "channels.yaml: log: Object missing required field `file`"),
    ],
)
def test_wrong_use_is_one_line(own: Path, capsys: Captured, arguments: list[str], status: int, fault: str) -> None:
    bad, channels = own.with_name("bad.yaml"), own.with_name("channels.yaml")
    bad.write_text(INDICATOR.replace("level: note", "level: loud"))
    channels.write_text("channels: [{id: log, kind: jsonl}]\n")
    named = {"BAD": str(bad), "CHANNELS": str(channels)}
    assert run(["watch", *(named.get(word, word) for word in arguments)]) == status
    assert capsys.readouterr().err == f"tocsin: {fault}\n"


def test_what_could_not_be_sent_is_told_and_tried_again(own: Path, tmp_path: Path, capsys: Captured) -> None:
    channels, log = tmp_path / "channels.yaml", tmp_path / "out" / "alerts.jsonl"
    channels.write_text(f"channels: [{{id: log, kind: jsonl, file: {log}, retry: {{attempts: 1}}}}]\n")
    asked = ["watch", str(own), "--channels", str(channels)]
    assert run(asked) == 1
    assert "2 could not be delivered; tocsin watch --dead shows what" in capsys.readouterr().err
    assert run(["watch", "--dead", "--format", "jsonl"]) == 0
    assert {json.loads(line)["channel"] for line in capsys.readouterr().out.splitlines()} == {"log"}
    log.parent.mkdir()
    assert run([*asked, "--redeliver"]) == 0
    assert len(log.read_text().splitlines()) == 2
    assert run(["watch", "--dead"]) == 0
    assert "no dead letters" in capsys.readouterr().err


def test_the_feed_is_atom_and_always_the_same(own: Path, tmp_path: Path) -> None:
    path = tmp_path / "alerts.xml"
    assert run(["watch", str(own), "--atom", str(path)]) == 0
    written = path.read_bytes()
    with Ledger.open() as ledger:
        assert atom.feed(ledger.alerts(), "Tocsin alerts") == written
        newest = ledger.alerts()[0]
    parsed: Any = feedparser.parse(written)
    assert (parsed.bozo, parsed.version) == (False, "atom10")
    assert [entry.title for entry in parsed.entries] == [f"NOTE: Arms ({day(9)})", f"NOTE: Arms ({day(0)})"]
    assert parsed.feed.updated == newest.raised
    assert "<p>occurred: “They sent &lt;arms&gt; &amp; men.”" in parsed.entries[1].content[0].value
    root = ElementTree.fromstring(written)
    space = {"a": "http://www.w3.org/2005/Atom"}
    for node in [root, *root.findall("a:entry", space)]:
        assert all(len(node.findall(f"a:{name}", space)) == 1 for name in ("id", "title", "updated"))
    ids = [node.text for node in root.iter("{http://www.w3.org/2005/Atom}id")]
    assert len(set(ids)) == 3
    assert root.find("a:author/a:name", space) is not None


def test_an_empty_feed_is_one_too() -> None:
    parsed: Any = feedparser.parse(atom.feed([], "Nothing \x00 yet"))
    assert (parsed.bozo, parsed.entries, parsed.feed.updated) == (False, [], "1970-01-01T00:00:00Z")
