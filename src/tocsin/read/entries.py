"""Entries of a feed, of whatever format: each one document, with a note where the feed has its summary alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from tocsin.errors import NoArticle, SourceError
from tocsin.model import Document, content_id
from tocsin.read.addresses import join
from tocsin.read.blob import check_length, signed
from tocsin.read.dates import parse_metadata
from tocsin.read.document import admit, build
from tocsin.read.markup import NOT_XML, is_markup, to_text
from tocsin.read.options import Options

JSON_FEED = re.compile(r"https?://(?:www\.)?jsonfeed\.org/version/1(?:\.1)?/?")

FULL = 120
"""What a feed gives as a summary is the article itself where it has so many words and does not break off."""

BREAKS_OFF = re.compile(
    r"(?:…|\.\.\.|\[[^\]]{0,30}\]|\b(?:(?:read|see|view|learn) (?:more|on|the (?:full|rest))|continue reading)"
    r"[^.]{0,60})\W{0,5}\Z",
    re.IGNORECASE,
)
"""The end of a summary that is cut."""

FOOTER = re.compile(r"(?:\A|\n)[ ]?The post [^\n]{1,400} (?:appeared first|first appeared) on [^\n]{1,200}\Z")
"""The line that WordPress's feeds end each entry with."""

CHANGED = "the feed gives the day of the last change alone; it is taken as that of publication"
SUMMARY = "only the summary is in the feed; the article itself is at its address"


class Raw(NamedTuple):
    """What a feed says of one entry. `content` and `summary` may be markup; `updated` is the day of the last change."""

    content: str = ""
    summary: str = ""
    title: str = ""
    url: str | None = None
    id: str | None = None
    published: str | None = None
    updated: str | None = None
    publisher: str | None = None
    byline: str | None = None


class Entry(NamedTuple):
    """One entry: a mark of it and of its last change, its address, whether its text is the article itself, what was
    read, and what the feed says of it."""

    mark: str
    url: str | None
    full: bool
    result: Document | SourceError
    said: Raw = Raw()


def entry(raw: Raw, source: str, options: Options) -> Entry:
    """Read one entry; `source` is its place."""
    raw = raw._replace(**{name: NOT_XML.sub("\ufffd", held) for name, held in raw._asdict().items() if held})
    said = (raw.id or raw.url or raw.title, raw.title, raw.updated or raw.published or "")
    mark = content_id(*said)
    text, full = "", False
    try:
        text, full = _text(raw, source, options)
        mark = content_id(*said, text)  # many feeds change an entry's words and no date
        document = _document(raw, text, full, options)
        if not text.strip():
            raise NoArticle(source, "an entry without text; the article may be at its address")
        return Entry(mark, raw.url, full, admit(document, source), raw)
    except SourceError as fault:
        held = "\n".join((raw.title, raw.content or raw.summary)).encode("utf-8", "surrogatepass")
        return Entry(mark, raw.url, full, signed(fault, held), raw)


def _text(raw: Raw, source: str, options: Options) -> tuple[str, bool]:
    """The longer of content and summary, and whether it is the article."""
    for markup in (raw.content, raw.summary):
        check_length(markup, source, options.container)
    content, summary = (FOOTER.sub("", plain_text(words)).rstrip() for words in (raw.content, raw.summary))
    longer = content if len(content) >= len(summary) else summary
    check_length(longer, source, options.max_size)
    cut = BREAKS_OFF.search(longer[-200:]) is not None
    return longer, not cut and len(longer.split()) >= FULL


def _document(raw: Raw, text: str, full: bool, options: Options) -> Document:
    """The document of an entry."""
    published = options.published or parse_metadata(raw.published or "")
    notes: tuple[str, ...] = () if full else (SUMMARY,)
    if published is None and raw.updated and (changed := parse_metadata(raw.updated)):
        published = changed
        notes = (*notes, CHANGED)
    return build(
        text,
        published=published,
        title=" ".join(plain_text(raw.title).split()) or None,
        url=raw.url,
        publisher=raw.publisher or None,
        byline=raw.byline or None,
        notes=notes,
    )


def plain_text(words: str) -> str:
    """Words that may be markup, without it."""
    return to_text(words) if is_markup(words) or "&" in words else words.strip()


def is_json_feed(value: Mapping[str, Any]) -> bool:
    """Whether a JSON object is a JSON Feed."""
    version = value.get("version")
    return (
        isinstance(version, str) and JSON_FEED.fullmatch(version) is not None and isinstance(value.get("items"), list)
    )


def json_entries(value: Mapping[str, Any], source: str, url: str | None, options: Options) -> Iterator[Entry]:
    """The entries of a JSON Feed."""
    if not value["items"]:
        raise NoArticle(source, "a feed without entries")
    for number, item in enumerate(value["items"], 1):
        place = f"{source}: entry {number}"
        if isinstance(item, dict):
            yield entry(_from_json(item, value, url), place, options)
        else:
            mark = content_id(place, str(item)[:1000])
            yield Entry(mark, None, False, NoArticle(place, "not an entry: an object is wanted"))


def _from_json(item: Mapping[str, Any], feed: Mapping[str, Any], url: str | None) -> Raw:
    """An item of a JSON Feed, version 1 or 1.1."""
    content = _string(item, "content_text") or _string(item, "content_html")
    authors = item.get("authors") or [item.get("author")]
    names = [_string(one, "name") for one in authors if isinstance(one, dict)] if isinstance(authors, list) else []
    link = _string(item, "url") or _string(item, "external_url")
    base = url or _string(feed, "home_page_url") or ""
    number = item.get("id")
    return Raw(
        content=content,
        summary=_string(item, "summary"),
        title=_string(item, "title"),
        url=join(base, link) if link else None,
        id=str(number) if isinstance(number, str | int) else None,
        published=_string(item, "date_published"),
        updated=_string(item, "date_modified"),
        publisher=_string(feed, "title"),
        byline=", ".join(name for name in names if name),
    )


def _string(value: Mapping[str, Any], key: str) -> str:
    """The string under a key, or an empty one."""
    held = value.get(key)
    return held if isinstance(held, str) else ""
