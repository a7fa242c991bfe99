"""What a ledger keeps beside claims: quarantine, feeds, runs; and copies of itself."""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path

import pytest
from tests.ledger.made import ARMY, FIRST, LAST, LATER, READER

from tocsin.errors import LedgerError, UsageError
from tocsin.ledger import Feed, Ledger


def test_what_could_not_be_read_is_kept(ledger: Ledger) -> None:
    one = ledger.quarantine("a.txt", b"\xff\xfe", "undecodable", "a.txt: no text", FIRST, keep=True)
    other = ledger.quarantine("b.txt", b"", "no article", "b.txt: empty", LATER)
    assert [held.id for held in ledger.quarantined()] == [other, one]
    held = ledger.quarantined_one(one)
    assert held is not None
    assert (held.raw, held.size, held.kind, held.reason) == (b"\xff\xfe", 2, "undecodable", "a.txt: no text")
    assert held.digest == hashlib.blake2b(b"\xff\xfe", digest_size=16).hexdigest()
    assert ledger.quarantined()[1].raw is None
    assert ledger.quarantined_one("none") is None


def test_what_is_in_quarantine_is_seen_again(ledger: Ledger) -> None:
    before = ledger.quarantine("a.txt", b"x", "timeout", "took too long", FIRST)
    digest = ledger.digest()
    assert ledger.quarantine("a.txt", b"x", "timeout", "took too long", LATER) == before
    (held,) = ledger.quarantined()
    assert (held.first_seen, held.last_seen) == ("2026-01-01T12:00:00Z", "2026-01-02T12:00:00Z")
    assert ledger.digest() == digest
    assert ledger.quarantine("a.txt", b"y", "timeout", "took too long", LATER) != before
    assert ledger.digest() != digest


def test_what_was_read_since_is_resolved(ledger: Ledger) -> None:
    one = ledger.quarantine("a.txt", b"x", "timeout", "took too long", FIRST)
    assert ledger.resolve_quarantine([one, "none"], LATER) == 1
    assert ledger.resolve_quarantine([one], LAST) == 0
    assert ledger.quarantined() == []
    (held,) = ledger.quarantined(resolved=True)
    assert held.resolved == "2026-01-02T12:00:00Z"
    ledger.quarantine("a.txt", b"x", "timeout", "again", LAST)
    assert [held.reason for held in ledger.quarantined()] == ["again"]


def test_feeds_are_remembered(ledger: Ledger) -> None:
    later = Feed(
        url="https://a.example/feed", etag='"x"', next_at="2026-01-02T00:00:00Z", failures=2, fault="no answer"
    )
    new = Feed(url="https://b.example/feed")
    ledger.save_feed(later)
    ledger.save_feed(new)
    assert ledger.feed(later.url) == later
    assert ledger.feeds() == [new, later]
    ledger.save_feed(Feed(url=later.url, next_at="2026-01-03T00:00:00Z"))
    assert ledger.feeds()[1].failures == 0
    assert ledger.feed("none") is None


def test_runs_are_noted(ledger: Ledger) -> None:
    run = ledger.start_run("ingest a.txt", FIRST)
    digest = ledger.digest()
    ledger.end_run(run, LATER, {"new": 3})
    assert ledger.counts()["runs"] == 1
    assert ledger.digest() == digest


def test_a_backup_is_a_ledger(tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    with Ledger.open(tmp_path / "x.db") as ledger:
        ledger.add(ARMY, FIRST, reader=READER)
        ledger.backup(target)
        digest = ledger.digest()
        with pytest.raises(UsageError, match="exists"):
            ledger.backup(target)
        with pytest.raises(LedgerError, match="cannot be written"):
            ledger.backup(tmp_path / "none" / "copy.db")
    with Ledger.open(target, create=False) as copy:
        assert copy.digest() == digest
    assert sqlite3.connect(target).execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert not list(tmp_path.glob(".*"))


def test_postgresql_is_backed_up_by_its_own_program(postgres_server: str, tmp_path: Path) -> None:
    with Ledger.open(f"{postgres_server}/postgres") as ledger, pytest.raises(UsageError, match="pg_dump"):
        ledger.backup(tmp_path / "x")
