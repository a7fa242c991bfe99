"""Web pages: the article of a page, its title, author, site and date (trafilatura, htmldate)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, NamedTuple

from tocsin.errors import NoArticle, TooLarge
from tocsin.model import Document
from tocsin.read.addresses import split
from tocsin.read.blob import Blob, check_length
from tocsin.read.decode import decode
from tocsin.read.document import admit, build
from tocsin.read.options import Options
from tocsin.read.strokes import Said, settled
from tocsin.read.tidy import tidy

WORDS = 15
"""A page with fewer words of running text has no article."""

TAGS = 100_000
"""A page has at most so many tags: the extraction takes some 0.1 ms for each, and no article needs them."""

META_CHARSET = re.compile(rb"(?i)<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}[\"']?\s{0,5}([A-Za-z0-9_:.-]{2,40})")
XML_CHARSET = re.compile(rb"<\?xml[^>]{0,100}?encoding\s{0,5}=\s{0,5}[\"']([A-Za-z0-9_:.-]{2,40})")
XML_DECLARATION = re.compile(r"\A\s{0,1000}<\?xml[^>]{0,200}\?>")
SENTENCE = re.compile(r"[.!?][\"'”’)]?(?:\s|$)")

PARAGRAPH = 80
"""A paragraph of so many characters is running text."""

PLENTY = 1000
"""An article of so many characters that is at least half of the running text of its page is the article."""

DATES: dict[str, Any] = {
    "original_date": True,
    "extensive_search": False,
    "min_date": "1900-01-01",
    "max_date": "2199-12-31",
}
"""The first date of publication; never one picked from the running text; bounds that do not move with the clock."""


class Page(NamedTuple):
    """The article of a page and what the page says of it. `date` may be anything's day."""

    text: str
    title: str | None
    byline: str | None
    site: str | None
    url: str | None
    date: str | None


def read_page(blob: Blob, options: Options) -> Iterator[Document]:
    """The one article of a page. Raise `NoArticle` where it has none."""
    data = blob.whole(options.container, options.max_size)
    text, notes = decode(data, blob.source, blob.charset, declared_charset(data))
    if text.count("<") > TAGS:
        raise TooLarge(blob.source, f"too large: more than {TAGS:,} tags; save the article's own page, or its text")
    found = extract(text, blob.url)
    if found is None or not is_running_text(found.text):
        raise NoArticle(blob.source, "a page without an article; save the article's own page, or its text")
    check_length(found.text, blob.source, options.max_size)
    said = Said(options.published) if options.published else _published(found.date, found.text, text)
    published = said.date
    notes = (*notes, said.note) if said.note else notes
    if published is None and blob.fetched:
        notes = (*notes, f"the page was fetched on {blob.fetched}")
    document = build(
        found.text,
        published=published,
        title=found.title,
        url=blob.url or found.url,
        publisher=found.site,
        byline=found.byline,
        notes=notes,
    )
    yield admit(document, blob.source)


def extract(page: str, url: str | None = None) -> Page | None:
    """The article of a page, or `None` where trafilatura finds none."""
    from trafilatura.utils import load_html

    tree = load_html(XML_DECLARATION.sub("", page, count=1))
    if tree is None:
        return None
    said = _metadata(tree, url)
    tidy(tree)
    text = _text(tree)
    if not text:
        return None
    return Page(text, said.title or None, said.author or None, said.sitename or None, said.url or None, said.date)


def _text(tree: Any) -> str:
    """The text of the article. The quick way does where it plainly finds it; else more are asked as well."""
    text = _run(tree, fast=True)
    paragraphs = [len("".join(element.itertext())) for element in tree.iter("p")]
    plain = sum(length for length in paragraphs if length >= PARAGRAPH)
    return text if len(text) >= PLENTY and plain < 2 * len(text) else _run(tree, fast=False)


def _run(tree: Any, fast: bool) -> str:
    """What trafilatura extracts, without comments."""
    import trafilatura
    from trafilatura.settings import Document as Extracted

    found = trafilatura.bare_extraction(tree, fast=fast, include_comments=False)
    return found.text or "" if isinstance(found, Extracted) else ""


def _metadata(tree: Any, url: str | None) -> Any:
    """What the page says of itself, in its head and its JSON-LD. trafilatura's own way asks for author, licence and
    keywords in the body as well, which takes longer than the article does."""
    from htmldate import find_date
    from trafilatura import metadata

    said = metadata.examine_meta(tree)
    if said.author and " " not in said.author:
        said.author = None
    with suppress(KeyError, TypeError, ValueError, AttributeError, IndexError):  # JSON-LD may hold anything
        said = metadata.extract_meta_json(tree, said)
    said.title = said.title or metadata.extract_title(tree)
    said.url = said.url or metadata.extract_url(tree, url)
    said.date = find_date(tree, url=said.url, **DATES)
    said.sitename = (said.sitename or metadata.extract_sitename(tree) or split(said.url or "").netloc).lstrip("@")
    said.clean_and_trim()
    return said


def _published(date: str | None, article: str, page: str) -> Said:
    """The page's date, unless it only stands in the article's own words, where it may be anything's."""
    if not date or (date in article and not re.search(rf"[\"'=]{re.escape(date)}", page)):
        return Said(None)
    return settled(date, page)


def declared_charset(data: bytes) -> str | None:
    """The charset that a page declares in its first bytes."""
    head = data[:4096]
    match = META_CHARSET.search(head) or XML_CHARSET.search(head)
    return match[1].decode("ascii") if match else None


def is_running_text(text: str) -> bool:
    """Whether a text has at least a sentence and some words; menus and forms have not."""
    return len(text.split()) >= WORDS and SENTENCE.search(text) is not None
