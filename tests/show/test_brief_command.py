"""`tocsin brief`, as its users call it."""

from __future__ import annotations

from pathlib import Path

import pytest
from brief_corpus import filled
from tests.show.conftest import Call

from tocsin.ledger import Ledger


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: Call) -> Path:
    """A folder with a ledger where `tocsin` looks for one."""
    with Ledger.open(tmp_path / "tocsin.db") as opened:
        filled(opened)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("form", ["md", "html"])
def test_two_runs_are_the_same_to_the_byte(corpus: Path, call: Call, form: str) -> None:
    first, again = (call("brief", "--since", "2w", "--format", form) for _ in range(2))
    assert first.status == again.status == 0
    assert first.out == again.out
    assert len(first.out) > 2_000


def test_the_last_day_is_that_of_the_ledger_and_said(corpus: Path, call: Call) -> None:
    done = call("brief")
    assert "**22–28 October 1962**" in done.out
    assert "The last day is the latest day of publication in the ledger, 28 October 1962." in done.out


def test_a_last_day_that_is_given_bounds_what_is_told(corpus: Path, call: Call) -> None:
    done = call("brief", "--until", "1962-10-22", "--since", "1d")
    assert "**22 October 1962**" in done.out
    assert "President Kennedy said on Monday that the Soviet Union was building bases" in done.out
    assert "Gromyko" not in done.out
    assert "reconnaissance plane" not in done.out


def test_words_bound_what_is_told(corpus: Path, call: Call) -> None:
    done = call("brief", "--since", "2w", "--about", "airspace")
    assert "# Situation brief: “airspace”" in done.out
    assert "1 claim from 1 report:" in done.out


def test_a_country_is_named(corpus: Path, call: Call) -> None:
    done = call("brief", "--since", "2w", "--country", "Cuba")
    assert "# Situation brief: Cuba" in done.out


def test_a_file_is_written_and_the_ledger_is_not(corpus: Path, call: Call) -> None:
    assert call("brief", "--out", "brief.md").status == 0
    assert (corpus / "brief.md").read_text(encoding="utf-8") == call("brief").out
    done = call("brief", "--out", "tocsin.db")
    assert done.status == 2
    assert "this is the ledger" in done.errors[0]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--since", "soon"], "--since: “soon” is no length; write days or weeks, such as 7d or 2w"),
        (["--since", "0d"], "--since: “0d” is no length"),
        (["--until", "tomorrow"], "--until: “tomorrow” is not a date"),
        (["--country", "Atlantis"], "“Atlantis” is no country"),
    ],
)
def test_wrong_use_is_one_clear_line(corpus: Path, call: Call, arguments: list[str], said: str) -> None:
    done = call("brief", *arguments)
    assert done.status == 2
    assert len(done.errors) == 1
    assert said in done.errors[0]


def test_a_ledger_without_claims_says_what_to_do(tmp_path: Path, call: Call) -> None:
    with Ledger.open(tmp_path / "empty.db"):
        pass
    done = call("brief", "--ledger", tmp_path / "empty.db")
    assert done.status != 0
    assert "name the day with --until" in done.errors[0]


def test_days_without_claims_make_a_brief_that_says_so(corpus: Path, call: Call) -> None:
    done = call("brief", "--until", "1970-01-01")
    assert done.status == 0
    assert "The ledger holds no claim of these days on this subject." in done.out
    assert "##" not in done.out
