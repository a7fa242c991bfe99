"""The command line, called in this process."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest

from tocsin.show.cli.main import run


class Done(NamedTuple):
    """How a call ended."""

    status: int
    out: str
    errors: list[str]


Call = Callable[..., Done]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    """Run `tocsin ARGUMENTS...`; nothing of the caller's own settings counts."""
    for name in ("FORMAT", "LEDGER", "MODEL", "MAX_SIZE", "MIN_CONFIDENCE", "TIMEOUT", "SETTINGS", "DEBUG"):
        monkeypatch.delenv(f"TOCSIN_{name}", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", "/nonexistent")
    monkeypatch.setenv("COLUMNS", "100")

    def called(*arguments: object) -> Done:
        capsys.readouterr()
        status = run([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Done(status, captured.out, captured.err.splitlines())

    return called
