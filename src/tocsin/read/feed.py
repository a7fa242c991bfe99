"""RSS 0.9 to 2.0 and Atom, as they are in the wild (feedparser)."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from tocsin.errors import NoArticle, SourceError, Undecodable
from tocsin.model import Document, content_id
from tocsin.read.addresses import join
from tocsin.read.blob import Blob, signed
from tocsin.read.decode import decode
from tocsin.read.detect import detect
from tocsin.read.entries import Entry, Raw, entry, is_json_feed, json_entries
from tocsin.read.markup import refuse_entities, sound_xml, to_text
from tocsin.read.options import Options
from tocsin.read.page import declared_charset

WITH_ADDRESS = re.compile(r"[^\s@()<>]+@[^\s()<>]+(?: ?\(([^()@]+)\))?|[\"']?([^<>@\"]+?)[\"']? ?<[^\s@<>]+@[^\s<>]+>")
CLOSED = re.compile(r"</(?:[\w-]{1,30}:)?(?:rss|feed|RDF|channel)\s*>", re.IGNORECASE)


def read_feed(blob: Blob, options: Options) -> Iterator[Document | SourceError]:
    """The entries of a feed, each a document."""
    data = blob.whole(options.container, options.max_size)
    text, _ = decode(data, blob.source, blob.charset, declared_charset(data))
    yield from (one.result for one in entries(text, blob.source, blob.url, options))


def entries_of(blob: Blob, options: Options) -> list[Entry]:
    """The entries of a feed of any format. Raise `SourceError` where it is none."""
    found = detect(blob.head)
    data = blob.whole(options.container, options.max_size)
    text, _ = decode(data, blob.source, blob.charset, declared_charset(data))
    if found.format == "feed":
        return list(entries(text, blob.source, blob.url, options))
    value = _json(text) if found.format in ("json", "jsonl") else None
    if isinstance(value, dict) and is_json_feed(value):
        return list(json_entries(value, blob.source, blob.url, options))
    what = found.refusal or f"not a feed but {found.format}" if blob.head else "empty"
    raise signed(Undecodable(blob.source, f"{what}; give the address of an RSS, Atom or JSON feed"), data)


def _json(text: str) -> Any:
    """A JSON value, or `None` where it is broken."""
    try:
        return msgspec.json.decode(text.encode("utf-8", "surrogatepass"))
    except (msgspec.DecodeError, RecursionError):
        return None


def entries(text: str, source: str, url: str | None, options: Options) -> Iterator[Entry]:
    """The entries of a feed in hand. Raise `Undecodable` where it is none, or declares entities."""
    import feedparser

    refuse_entities(text, source)
    try:
        parsed: Any = feedparser.parse(
            io.BytesIO(sound_xml(text).encode("utf-8")),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except (ValueError, LookupError, TypeError, AttributeError, AssertionError) as fault:
        # What the parser itself does not foresee; seen with names and numbers that XML does not allow.
        raise Undecodable(source, f"broken XML: {' '.join(str(fault).split())[:150]}") from fault
    found = parsed.entries
    if not found:
        why = parsed.get("bozo_exception")
        if why is not None:
            raise Undecodable(source, f"broken XML: {' '.join(str(why).split())[:150]}")
        raise NoArticle(source, "a feed without entries")
    for number, item in enumerate(found, 1):
        raw = _raw(item, parsed.feed, url)
        if not raw.published and not parsed.version.startswith("atom"):
            raw = raw._replace(published=raw.updated)  # Dublin Core's date, in RSS
        yield entry(raw, f"{source}: entry {number}", options)
    if not CLOSED.search(text[-200:]):
        place = f"{source}: after entry {len(found)}"
        yield Entry(content_id(place, text[-200:]), None, False, Undecodable(place, "cut short: the feed has no end"))


def _raw(item: Any, feed: Any, url: str | None) -> Raw:
    """What feedparser makes of an entry."""
    parts = sorted((part.get("value") or "" for part in item.get("content") or ()), key=len)
    link = item.get("link")
    base = url or feed.get("link") or ""
    origin = (item.get("source") or {}).get("title") or feed.get("title") or ""
    return Raw(
        content=parts[-1] if parts else "",
        summary=item.get("summary") or "",
        title=item.get("title") or "",
        url=join(base, link) if link else None,
        id=item.get("id"),
        published=item.get("published"),
        updated=dict.get(item, "updated"),
        publisher=" ".join(to_text(origin).split()),
        byline=_byline(item),
    )


def _byline(item: Any) -> str | None:
    """Who wrote an entry; an address without a name is nobody. An address with a name is as RSS and mail write it, and
    taken apart here: feedparser breaks those of domains whose last part is longer than four letters."""
    written = (item.get("author") or "").strip()
    named = WITH_ADDRESS.fullmatch(written)
    if named:
        return named[1] or named[2]
    names = [one.get("name") or "" for one in item.get("authors") or ()] or [item.get("author") or ""]
    return ", ".join(name for name in names if name and "@" not in name) or None
