"""Text and what came with it to a `Document`: id, header, date, language, and notes on what stays unknown."""

from __future__ import annotations

from tocsin.errors import NoArticle, NotEnglish
from tocsin.model import Document, content_id
from tocsin.read.dates import Day
from tocsin.read.header import read_header
from tocsin.read.language import language, name_of

NO_DATE = "the date of publication is not known, so relative times (“on Monday”) stay open; give it with --published"


def build(
    text: str,
    *,
    id: str | None = None,
    published: str | None = None,
    title: str | None = None,
    url: str | None = None,
    publisher: str | None = None,
    byline: str | None = None,
    dateline: str | None = None,
    notes: tuple[str, ...] = (),
) -> Document:
    """The document of a text. `published` is an ISO date; without it the head of the story is asked."""
    head = read_header(text, title)
    if published is None:
        published, more = _from_head(head.day, head.dateline)
        notes = (*notes, *more)
    return Document(
        id=id if id is not None else content_id(url or "", text),
        text=text,
        url=url,
        publisher=publisher,
        agency=head.agency,
        title=title or head.title,
        byline=head.byline or byline,
        dateline=head.dateline or dateline,
        published=published,
        language=language(text),
        body=head.body,
        notes=notes,
    )


def _from_head(day: Day | None, dateline: str | None) -> tuple[str | None, tuple[str, ...]]:
    """The date of publication that the head gives, and what to note of it."""
    if day is None:
        return None, (NO_DATE,)
    if day.iso:
        return day.iso, ("the date of publication is the one at the head of the text",)
    return None, (f"the dateline ({dateline}) has no year; {NO_DATE}",)


def admit(document: Document, source: str) -> Document:
    """The document, if it can be read; raise `NoArticle` where it is empty, `NotEnglish` in another language."""
    if not document.text.strip():
        raise NoArticle(source, "empty; there is no text to read")
    code = document.language
    if code not in (None, "en"):
        raise NotEnglish(source, f"not English but, as it seems, {name_of(str(code))}; Tocsin reads English alone")
    return document
