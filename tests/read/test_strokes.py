"""Dates with strokes between their numbers, in pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.read.samples import page, read

from tocsin.read.strokes import settled


@pytest.mark.parametrize(
    ("language", "written", "date"),
    [
        ("en", "12/11/2024", None),
        ("en", "12/11/24", None),
        ("en-US", "12/11/2024", "2024-12-11"),
        ("en_us", "12/11/2024", "2024-12-11"),
        ("en-GB", "12/11/2024", "2024-11-12"),
        ("en", "12.11.2024", "2024-11-12"),
        ("en", "23/12/2024", "2024-12-23"),
        ("en-US", "2024/11/12", "2024-11-12"),
        ("en-US", "12 November 2024 (12/11/2024)", "2024-11-12"),
        ("en", "Nov. 12, 2024, 12/11/2024", "2024-11-12"),
    ],
)
def test_a_date_with_strokes(tmp_path: Path, language: str, written: str, date: str | None) -> None:
    html = re.sub("<meta property[^>]*>", "", page()).replace("lang=en", f'lang="{language}"')
    (tmp_path / "a.html").write_text(html.replace("</h1>", f"</h1><span class=date>{written}</span>"), "utf-8")
    ((one,), _, _) = read(tmp_path / "a.html")
    assert one.published == date
    assert any("may be two days" in note for note in one.notes) == (date is None)


def test_a_day_that_a_page_writes_otherwise_is_left() -> None:
    assert settled("2024-11-12", '<html lang="en"><time datetime="2024-11-12">12/11/2024</time>').date == "2024-11-12"
    assert settled("2024-11-12", "<html lang=en-US>8/11/2024, 12/10/2024").date == "2024-11-12"
