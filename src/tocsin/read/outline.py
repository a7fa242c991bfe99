"""Lists of feeds: OPML, as feed readers export them, or an address a line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tocsin.errors import NoArticle, SourceError, Undecodable
from tocsin.read.addresses import is_web
from tocsin.read.blob import Blob
from tocsin.read.decode import decode
from tocsin.read.detect import detect
from tocsin.read.markup import local, parse_xml
from tocsin.read.options import Options
from tocsin.read.page import declared_charset
from tocsin.read.sources import blobs


class Feed(NamedTuple):
    """A feed of a list: its address and, where it is named, its title."""

    url: str
    title: str | None


def read_opml(blob: Blob, options: Options) -> Iterator[SourceError]:
    """A list of feeds holds no article; say what to do with it."""
    found = feeds(blob, options)
    yield NoArticle(blob.source, f"a list of {len(found)} feeds, and no article; give it to `tocsin follow`")


def listed(source: str, options: Options) -> tuple[Feed, ...]:
    """The feeds that a user names: the address of one, or a file or folder of lists. Raise `SourceError` where there is
    none."""
    if is_web(source):
        return (Feed(source, None),)
    found: dict[str, Feed] = {}
    for blob in blobs(source, options):
        if isinstance(blob, SourceError):
            raise blob
        for feed in feeds(blob, options):
            found.setdefault(feed.url, feed)
    if not found:
        raise NoArticle(source, "no feeds in it; give the address of a feed, OPML, or a file with an address a line")
    return tuple(found.values())


def feeds(blob: Blob, options: Options) -> tuple[Feed, ...]:
    """The feeds that a list names, in its order, each once. Raise `SourceError` where it cannot be read."""
    data = blob.whole(options.container, options.max_size)
    text, _ = decode(data, blob.source, blob.charset, declared_charset(data))
    format = detect(blob.head).format
    if format not in ("opml", "text"):
        raise Undecodable(
            blob.source, f"no list of feeds but {format or 'something else'}; give OPML, or an address a line"
        )
    found: dict[str, Feed] = {}
    for feed in _outlines(text, blob.source) if format == "opml" else _addresses(text):
        if is_web(feed.url):
            found.setdefault(feed.url, feed)
    return tuple(found.values())


def _outlines(text: str, source: str) -> Iterator[Feed]:
    """What the outlines of OPML say."""
    for outline in parse_xml(text, source).iter():
        if local(outline) == "outline":
            held = {str(name).lower(): str(value).strip() for name, value in outline.attrib.items()}
            yield Feed(held.get("xmlurl", ""), held.get("title") or held.get("text") or None)


def _addresses(text: str) -> Iterator[Feed]:
    """An address a line, with whatever stands behind it as its title; lines that begin with # are none."""
    for line in text.splitlines():
        address, _, title = line.strip().partition(" ")
        if not address.startswith("#"):
            yield Feed(address, title.strip() or None)
