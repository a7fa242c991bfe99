from __future__ import annotations

from pathlib import Path

import pytest

from tocsin import settings
from tocsin.errors import UsageError


@pytest.fixture
def nowhere(tmp_path: Path) -> dict[str, str]:
    return {"XDG_CONFIG_HOME": str(tmp_path)}


def test_defaults_hold_where_nothing_is_said(nowhere: dict[str, str]) -> None:
    assert settings.load(nowhere) == settings.Settings()


def test_the_command_line_goes_before_the_environment_and_that_before_the_file(tmp_path: Path) -> None:
    file = tmp_path / "tocsin" / "settings.toml"
    file.parent.mkdir()
    file.write_text('format = "jsonl"\nmax_size = 5\ntimeout = 3\n')
    environment = {"XDG_CONFIG_HOME": str(tmp_path), "TOCSIN_MAX_SIZE": "6", "TOCSIN_FORMAT": "html"}
    found = settings.load(environment, format="json", max_size=None)
    assert (found.format, found.max_size, found.timeout) == ("json", 6, 3.0)


def test_a_file_may_be_named(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text("min_confidence = 0.5")
    assert settings.load({"TOCSIN_SETTINGS": str(file)}).min_confidence == 0.5


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('formt = "json"', "formt"),
        ('format = "xml"', "jsonl"),
        ("max_size = 0", "max_size: "),
        ("max_size = [", "not TOML"),
        ("min_confidence = 2", "min_confidence: "),
    ],
)
def test_a_fault_in_the_file_names_the_file_and_the_setting(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "own.toml"
    file.write_text(text)
    with pytest.raises(UsageError, match=r"own\.toml") as fault:
        settings.load({"TOCSIN_SETTINGS": str(file)})
    assert said in str(fault.value)


def test_a_named_file_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such settings file"):
        settings.load({"TOCSIN_SETTINGS": str(tmp_path / "none.toml")})


def test_a_fault_in_the_environment_names_the_variable(nowhere: dict[str, str]) -> None:
    with pytest.raises(UsageError, match="TOCSIN_TIMEOUT"):
        settings.load(nowhere | {"TOCSIN_TIMEOUT": "soon"})


def test_a_fault_on_the_command_line_names_the_option(nowhere: dict[str, str]) -> None:
    with pytest.raises(UsageError, match="--min-confidence"):
        settings.load(nowhere, min_confidence=1.5)


def test_every_setting_has_a_meaning() -> None:
    rows = settings.table()
    assert [row.name for row in rows] == list(settings.Settings.__struct_fields__)
    assert all(row.meaning.endswith(".") for row in rows)
