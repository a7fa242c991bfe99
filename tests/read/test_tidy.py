"""What is set right in a page before its article is looked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.read.samples import read

LINES = [
    f"The minister said on Monday that {n} ships had left the harbour of Varna, and that the crews would stay at sea."
    for n in range(3, 12)
]
PARAGRAPHS = "".join(f"<p>{line}</p>" for line in LINES)


def text_of(path: Path, body: str) -> str:
    path.write_text(f"<html lang=en><head><title>Ships leave</title></head><body>{body}</body></html>", "utf-8")
    ((one,), errors, _) = read(path)
    assert not errors
    return one.text


@pytest.mark.parametrize(
    "story", [PARAGRAPHS, "<p>".join(LINES), "<br><br>".join(LINES), f"<font size=2>{PARAGRAPHS}</font>"]
)
def test_a_table_that_lays_out_the_page_is_no_table(tmp_path: Path, story: str) -> None:
    menu = "<td width=120><a href=/>Home</a><br><a href=/w>World</a><br><a href=/s>Sport</a></td>"
    body = (
        f"<table><tr><td colspan=2>The Post</td></tr><tr>{menu}<td><b>Ships leave</b><br><br>{story}</td></tr></table>"
    )
    text = text_of(tmp_path / "a.html", body)
    assert "|" not in text
    assert [line for line in text.splitlines() if line.startswith("The minister")] == LINES


def test_a_table_of_figures_stays_one(tmp_path: Path) -> None:
    table = "<table><tr><th>Port</th><th>Ships</th></tr><tr><td>Varna</td><td>40</td></tr></table>"
    assert "| Varna | 40 |" in text_of(tmp_path / "a.html", f"<article>{PARAGRAPHS}{table}{PARAGRAPHS}</article>")


@pytest.mark.parametrize(
    "line",
    [
        "<p>Read more: <a href=/x>Five killed in blast, police say</a></p>",
        "<p><strong>ALSO READ | <a href=/x>Five killed in blast, police say</a></strong></p>",
        "<p><a href=/x>Read more: Five killed in blast, police say</a></p>",
        "<h3>Related</h3><ul><li>Related: <a href=/x>Five killed in blast, police say</a></li></ul>",
        "<div>See also <a href=/x>Five killed in blast</a>, <a href=/y>Ten killed in blast</a></div>",
    ],
)
def test_a_line_that_leads_elsewhere_is_no_part_of_the_article(tmp_path: Path, line: str) -> None:
    text = text_of(tmp_path / "a.html", f"<article>{PARAGRAPHS}{line}{PARAGRAPHS}</article>")
    assert "blast" not in text
    assert text.count("harbour") == 2 * len(LINES)


@pytest.mark.parametrize(
    "line",
    [
        "Read more slowly, <a href=/x>the judge</a> said to the clerk of the court.",
        "Related charges against <a href=/x>the captain</a> were dropped on Friday.",
        "<a href=/x>The captain</a> said that five were killed in the blast.",
    ],
)
def test_a_sentence_that_begins_so_stays(tmp_path: Path, line: str) -> None:
    text = text_of(tmp_path / "a.html", f"<article>{PARAGRAPHS}<p>{line}</p>{PARAGRAPHS}</article>")
    assert "captain" in text or "judge" in text


def test_the_number_of_a_footnote_does_not_run_into_a_figure(tmp_path: Path) -> None:
    note = "<p>Of 40<sup><a href='#n1'>1</a></sup> ships, 10 km<sup>2</sup> of ice held all that were at sea.</p>"
    text = text_of(tmp_path / "a.html", f"<article>{PARAGRAPHS}{note}</article>")
    assert "Of 40 ships, 10 km2 of ice" in text


@pytest.mark.parametrize("tag", ["div", "article", "body"])
def test_text_that_stands_loose_among_paragraphs_is_not_lost(tmp_path: Path, tag: str) -> None:
    loose = "The <a href=/k>king</a> said on <b>Monday</b> that 70 ships had left the harbour and were lost at sea."
    story = f"{loose}<p>{LINES[0]}</p><p>{LINES[1]}</p>{loose.replace('70', '80')}<p>{'</p><p>'.join(LINES[2:])}</p>"
    text = text_of(tmp_path / "a.html", f"<{tag}>{story}</{tag}>")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    assert lines[0].startswith("The king said on Monday that 70")
    assert lines[3].startswith("The king said on Monday that 80")
    assert [line for line in lines if line.startswith("The minister")] == LINES
