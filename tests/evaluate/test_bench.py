"""The bench's own arithmetic and page; what it measures is no matter for a test."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tocsin.errors import MissingPart
from tocsin.evaluate import bench


def test_the_page_tells_what_holds() -> None:
    lines = [
        bench.Line("reading", 1.5, 1.6, "×", "best of 3"),
        bench.Line("peak memory", 901.0, 900.0, "MB", "a fresh process"),
    ]
    page = bench.page(lines, date(2024, 12, 23))
    assert "| reading | 1.50 × | 1.6 × | PASS | best of 3 |" in page
    assert "| peak memory | 901.00 MB | 900 MB | FAIL |" in page
    assert "2024-12-23" in page


def test_a_fresh_process_gives_its_last_number() -> None:
    assert bench.fresh("print('ready'); print(1.25)") == 1.25


def test_a_process_that_fails_is_told() -> None:
    with pytest.raises(MissingPart, match="no such thing"):
        bench.fresh("raise SystemExit('no such thing')")


def test_peak_memory_is_that_of_this_process() -> None:
    assert 10 < bench.peak_megabytes() < 100_000


def test_without_the_shared_folder_the_examples_are_read(tmp_path: Path) -> None:
    found = bench.texts(tmp_path)
    assert len(found) >= 10
    assert all(document.text for document in found)
