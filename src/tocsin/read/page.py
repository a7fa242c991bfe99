"""Web pages: the article of a page, its title, author, site and date (trafilatura, htmldate)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tocsin.errors import NoArticle, TooLarge
from tocsin.model import Document
from tocsin.read.blob import Blob, check_length
from tocsin.read.decode import decode
from tocsin.read.document import admit, build
from tocsin.read.options import Options

WORDS = 15
"""A page with fewer words of running text has no article."""

TAGS = 100_000
"""A page has at most so many tags: the extraction takes some 0.1 ms for each, and no article needs them."""

META_CHARSET = re.compile(rb"(?i)<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}[\"']?\s{0,5}([A-Za-z0-9_:.-]{2,40})")
XML_CHARSET = re.compile(rb"<\?xml[^>]{0,100}?encoding\s{0,5}=\s{0,5}[\"']([A-Za-z0-9_:.-]{2,40})")
XML_DECLARATION = re.compile(r"\s{0,100}<\?xml[^>]{0,200}\?>")
SENTENCE = re.compile(r"[.!?][\"'”’)]?(?:\s|$)")

DATES = {"original_date": True, "extensive_search": False, "min_date": "1900-01-01", "max_date": "2199-12-31"}
"""The first date of publication; never one picked from the running text; bounds that do not move with the clock."""


def read_page(blob: Blob, options: Options) -> Iterator[Document]:
    """The one article of a page. Raise `NoArticle` where it has none."""
    import trafilatura
    from trafilatura.settings import Document as Extracted

    data = blob.whole(options.container, options.max_size)
    text, notes = decode(data, blob.source, blob.charset or declared_charset(data))
    if text.count("<") > TAGS:
        raise TooLarge(blob.source, f"too large: more than {TAGS:,} tags; save the article's own page, or its text")
    found = trafilatura.bare_extraction(
        XML_DECLARATION.sub("", text, count=1),
        url=blob.url,
        include_comments=False,
        with_metadata=True,
        date_extraction_params=dict(DATES),
    )
    if not isinstance(found, Extracted) or not found.text or not is_running_text(found.text):
        raise NoArticle(blob.source, "a page without an article; save the article's own page, or its text")
    article = found.text
    check_length(article, blob.source, options.max_size)
    published = options.published or _published(found.date, article, text)
    if published is None and blob.fetched:
        notes = (*notes, f"the page was fetched on {blob.fetched}")
    document = build(
        article,
        published=published,
        title=found.title or None,
        url=blob.url or found.url or None,
        publisher=found.sitename or None,
        byline=found.author or None,
        notes=notes,
    )
    yield admit(document, blob.source)


def _published(date: str | None, article: str, page: str) -> str | None:
    """The page's date, unless it only stands in the article's own words, where it may be anything's."""
    if not date or (date in article and not re.search(rf"[\"'=]{re.escape(date)}", page)):
        return None
    return date


def declared_charset(data: bytes) -> str | None:
    """The charset that a page declares in its first bytes."""
    head = data[:4096]
    match = META_CHARSET.search(head) or XML_CHARSET.search(head)
    return match[1].decode("ascii") if match else None


def is_running_text(text: str) -> bool:
    """Whether a text has at least a sentence and some words; menus and forms have not."""
    return len(text.split()) >= WORDS and SENTENCE.search(text) is not None
