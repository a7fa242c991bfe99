"""A whole brief against the one that was read and found right. `TOCSIN_GOLDEN=write` writes it anew, to be reviewed as
a diff."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from brief_corpus import filled, gathered

from tocsin.ledger import Ledger
from tocsin.show.brief import html, markdown
from tocsin.show.brief.record import Brief
from tocsin.show.brief.sections import brief_of

GOLDEN = Path(__file__).parent / "golden" / "brief-october-1962.md"


@pytest.fixture(scope="module")
def brief(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Brief]:
    with Ledger.open(tmp_path_factory.mktemp("brief") / "tocsin.db") as ledger:
        yield brief_of(gathered(filled(ledger)))


def test_the_brief_reads_as_it_was_found_right(brief: Brief) -> None:
    text = markdown.render(brief)
    if os.environ.get("TOCSIN_GOLDEN") == "write":
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")


def test_every_sentence_and_row_has_a_reference(brief: Brief) -> None:
    numbers = {note.number for note in brief.notes}
    for section in brief.sections:
        for part in section.parts:
            for line in (*part.lines, *(part.table.rows if part.table else ())):
                assert line.notes
                assert set(line.notes) <= numbers


def test_every_reference_is_called_for_and_shows_its_words(brief: Brief) -> None:
    called = {
        number
        for section in brief.sections
        for part in section.parts
        for line in (*part.lines, *(part.table.rows if part.table else ()))
        for number in line.notes
    }
    assert called == {note.number for note in brief.notes}
    assert [note.number for note in brief.notes] == list(range(1, len(brief.notes) + 1))
    assert all(note.evidence and note.claims and note.publisher for note in brief.notes)


def test_the_page_stands_alone(brief: Brief) -> None:
    page = html.render(brief)
    assert "<script" not in page
    assert "default-src 'none'" in page
    assert not re.search(r"(?:src|srcset|@import|url\()\s*=?\s*[\"']?(?!#)\S*//", page.replace("default-src", ""))
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)


def test_the_page_says_what_the_text_says(brief: Brief) -> None:
    page = html.render(brief)
    from markupsafe import escape

    for section in brief.sections:
        for part in section.parts:
            assert all(str(escape(line.text)) in page for line in part.lines)
