"""Other people's JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.read.samples import STORY, read

from tocsin.errors import NoArticle, UsageError
from tocsin.model import Document
from tocsin.read import documents

URL = "https://post.example/1"
ARTICLES: dict[str, dict[str, Any]] = {
    "ours": {"text": STORY, "title": "Ships", "published": "2024-12-23", "publisher": "Post", "url": URL},
    "schema.org": {
        "@type": "NewsArticle", "articleBody": STORY, "headline": "Ships", "datePublished": "2024-12-23T10:00:00+01:00",
        "publisher": {"@type": "Organization", "name": "Post"}, "url": URL, "author": [{"name": "Ann Poole"}],
    },
    "news-please": {
        "maintext": STORY, "title": "Ships", "date_publish": "2024-12-23 10:00:00", "source_domain": "Post", "url": URL,
        "authors": ["Ann Poole"], "description": "No.",
    },
    "a news service": {
        "content": STORY, "title": "Ships", "publishedAt": "2024-12-23T10:00:00Z", "source": {"name": "Post"},
        "url": URL, "author": "Ann Poole",
    },
    "open platform": {
        "webTitle": "Ships", "webUrl": URL, "webPublicationDate": "2024-12-23T10:00:00Z", "publication": "Post",
        "fields": {"bodyText": STORY},
    },
    "crawler": {
        "plain_text": STORY, "headline": "Ships", "pubDate": "23 Dec 2024 10:00:00 GMT", "site": "Post", "link": URL,
    },
    "seconds": {"body": STORY, "title": "Ships", "timestamp": 1734948000, "domain": "Post", "link": URL},
    "milliseconds": {"text": "", "body": STORY, "title": "Ships", "date": 1734948000000, "site": "Post", "link": URL},
    "search engine": {
        "_id": "7", "_source": {"text": STORY, "title": "Ships", "date": "2024-12-23", "source": "Post", "url": URL},
    },
}  # fmt: skip


@pytest.mark.parametrize("name", ARTICLES)
def test_usual_keys(tmp_path: Path, name: str) -> None:
    (tmp_path / "a").write_text(json.dumps(ARTICLES[name]))
    ((one,), errors, _) = read(tmp_path / "a")
    assert not errors
    assert (one.text, one.title, one.publisher) == (STORY, "Ships", "Post")
    assert (one.published, one.url) == ("2024-12-23", URL)
    assert one.byline == ("Ann Poole" if {"author", "authors"} & ARTICLES[name].keys() else None)


@pytest.mark.parametrize("key", ["articles", "results", "items", "data", "docs"])
def test_an_answer_that_holds_a_list(tmp_path: Path, key: str) -> None:
    (tmp_path / "a").write_text(json.dumps({"status": "ok", "total": 2, key: list(ARTICLES.values())}))
    found, errors, _ = read(tmp_path / "a")
    assert (len(found), errors) == (len(ARTICLES), [])


def test_ways_into_objects(tmp_path: Path) -> None:
    whole = {"response": {"docs": [{"text": STORY}]}, "status": "ok"}
    (tmp_path / "a").write_text(json.dumps(whole))
    assert len(read(tmp_path / "a")[0]) == 1


def test_lines_with_keys_that_the_caller_names(tmp_path: Path) -> None:
    lines = [{"story": {"words": STORY}, "when.it.was": "2024-12-23", "text": "Not this."}, {"text": STORY}]
    (tmp_path / "a").write_text("\n".join(map(json.dumps, lines)))
    one, error = documents(str(tmp_path / "a"), fields={"text": "story.words", "published": "when.it.was"})
    assert isinstance(one, Document)
    assert (one.text, one.published) == (STORY, "2024-12-23")
    assert isinstance(error, NoArticle)
    assert "`story.words`" in str(error)
    assert error.raw_size == len(json.dumps(lines[1]))


def test_a_field_that_there_is_not() -> None:
    with pytest.raises(UsageError, match="headline"):
        documents("a.json", fields={"headline": "x"})


def test_markup_goes_where_the_key_is_not_ours(tmp_path: Path) -> None:
    marked = "<p>Ships &amp; crews left.</p>\n<p>Two<br/>lines.</p><script>x</script>"
    (tmp_path / "a").write_text("\n".join([json.dumps({"body": marked}), json.dumps({"text": marked})]))
    ((other, ours), _, _) = read(tmp_path / "a")
    assert other.text == "Ships & crews left.\n\nTwo\nlines."
    assert any("markup" in note for note in other.notes)
    assert ours.text == marked


def test_what_is_no_article(tmp_path: Path) -> None:
    (tmp_path / "a").write_text(json.dumps({"headline": "Ships", "summary": "No.", "articles": []}))
    found, (error,), _ = read(tmp_path / "a")
    assert not found
    assert isinstance(error, NoArticle)


@pytest.mark.parametrize("key", ["body", "paragraphs", "content"])
def test_a_text_in_paragraphs(tmp_path: Path, key: str) -> None:
    (tmp_path / "a").write_text(json.dumps({"title": "Ships", key: [STORY.strip(), "They came back."]}))
    ((one,), errors, _) = read(tmp_path / "a")
    assert not errors
    assert one.text == f"{STORY.strip()}\n\nThey came back."


def test_paragraphs_under_a_key_that_the_caller_names(tmp_path: Path) -> None:
    (tmp_path / "a").write_text(json.dumps({"Story": {"Lines": [STORY.strip(), "They came back."]}}))
    (one,) = documents(str(tmp_path / "a"), fields={"text": "story.lines"})
    assert isinstance(one, Document)
    assert one.text.endswith("\n\nThey came back.")


def test_keys_in_capital_letters(tmp_path: Path) -> None:
    (tmp_path / "a").write_text(
        json.dumps({"Title": "Ships", "TEXT": STORY, "Date": "2024-12-23", "Publisher": "Post"})
    )
    ((one,), _, _) = read(tmp_path / "a")
    assert (one.title, one.text, one.published, one.publisher) == ("Ships", STORY, "2024-12-23", "Post")


@pytest.mark.parametrize(
    "published",
    [
        {"$date": "2024-12-23T10:00:00Z"}, {"$date": 1734950000000}, {"$date": {"$numberLong": "1734950000000"}},
        1734950000.5, "1734950000.5", 1734950000.0, {"@value": "2024-12-23"},
    ],
)  # fmt: skip
def test_dates_as_dumps_have_them(tmp_path: Path, published: object) -> None:
    (tmp_path / "a").write_text(json.dumps({"_id": {"$oid": "64f"}, "text": STORY, "published": published}))
    ((one,), _, _) = read(tmp_path / "a")
    assert (one.id, one.published) == ("64f", "2024-12-23")
