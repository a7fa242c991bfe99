"""The example corpus keeps its form: it loads, it is dated day by day, and it holds what its README says it holds."""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).resolve().parents[1] / "examples" / "october-1962"
KEYS = {"id", "url", "title", "text", "published", "publisher"}
AGENCIES = ("Meridian", "Halcyon", "Atlas")
FIRST, LAST = datetime.date(1962, 10, 14), datetime.date(1962, 10, 28)
JSON_FILES = sorted(FOLDER.glob("*.json"))
TEXT_FILES = sorted(FOLDER.glob("*.txt"))


def article(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    return loaded


def articles() -> list[dict[str, Any]]:
    return [article(path.name) for path in JSON_FILES]


def body(text: str) -> str:
    """What follows the dateline's dash."""
    return re.split(r" (?:-|_|--) ", text, maxsplit=1)[1]


def shingles(text: str, size: int = 4) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[i : i + size]) for i in range(len(words) - size + 1)}


def test_corpus_has_about_sixteen_reports_in_three_forms() -> None:
    assert len(JSON_FILES) >= 13
    assert len(TEXT_FILES) >= 2
    assert len(list(FOLDER.glob("*.html"))) == 1


@pytest.mark.parametrize("path", JSON_FILES, ids=lambda path: path.stem)
def test_json_article_is_whole(path: Path) -> None:
    read = article(path.name)
    assert set(read) == KEYS
    assert all(isinstance(value, str) and value.strip() for value in read.values())
    published = datetime.date.fromisoformat(read["published"])
    assert FIRST <= published <= LAST
    assert path.stem == f"{published.day}-{read['id']}"
    assert ".example/" in read["url"]


@pytest.mark.parametrize("path", JSON_FILES + TEXT_FILES, ids=lambda path: path.stem)
def test_report_is_short(path: Path) -> None:
    text = article(path.name)["text"] if path.suffix == ".json" else path.read_text(encoding="utf-8")
    assert 80 <= len(text.split()) <= 225


def test_ids_are_unique() -> None:
    ids = [read["id"] for read in articles()]
    assert len(ids) == len(set(ids))


def test_every_day_from_the_speech_to_the_settlement_has_a_report() -> None:
    days = {int(path.name[:2]) for path in FOLDER.iterdir()}
    assert {14, 15, 18, 19, *range(22, 29)} <= days


@pytest.mark.parametrize("agency", AGENCIES)
def test_every_agency_signs_several_reports(agency: str) -> None:
    texts = [read["text"] for read in articles()] + [path.read_text(encoding="utf-8") for path in TEXT_FILES]
    assert sum(f"({agency})" in text for text in texts) >= 4


def test_the_reprint_repeats_the_body_under_another_head() -> None:
    first, second = article("22-quarantine-ordered.json"), article("23-quarantine-ordered-reprint.json")
    assert body(first["text"]) == body(second["text"])
    assert first["title"] != second["title"]
    assert first["publisher"] != second["publisher"]


def test_the_reworded_copy_is_near_but_not_the_same() -> None:
    first, second = article("22-quarantine-ordered.json"), article("23-blockade-begins-soon.json")
    ours, theirs = shingles(body(first["text"])), shingles(body(second["text"]))
    assert 0.3 < len(ours & theirs) / len(ours | theirs) < 0.9
    assert not any(agency in second["text"] for agency in AGENCIES)


def test_reports_that_are_no_copies_share_little() -> None:
    copies = {"quarantine-ordered", "quarantine-ordered-reprint", "blockade-begins-soon"}
    others = [shingles(body(read["text"])) for read in articles() if read["id"] not in copies]
    for i, ours in enumerate(others):
        assert all(len(ours & theirs) / len(ours | theirs) < 0.1 for theirs in others[:i])


def test_the_page_has_its_date_and_furniture() -> None:
    page = (FOLDER / "25-stevenson-zorin.html").read_text(encoding="utf-8")
    assert 'content="1962-10-25T' in page
    for furniture in ("<nav", "<footer", "newsletter", "cookies", 'class="comments"'):
        assert furniture in page


def test_no_real_agency_signs_a_report() -> None:
    everything = "\n".join(path.read_text(encoding="utf-8") for path in FOLDER.iterdir())
    assert not re.search(r"\((?:AP|UPI|Reuters?|AFP|TASS|Xinhua)\)", everything)
