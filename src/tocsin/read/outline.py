"""OPML: lists of feeds, as feed readers export them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tocsin.errors import NoArticle, SourceError
from tocsin.read.addresses import is_web
from tocsin.read.blob import Blob
from tocsin.read.decode import decode
from tocsin.read.markup import local, parse_xml
from tocsin.read.options import Options
from tocsin.read.page import declared_charset


class Feed(NamedTuple):
    """A feed of a list: its address and, where it is named, its title."""

    url: str
    title: str | None


def read_opml(blob: Blob, options: Options) -> Iterator[SourceError]:
    """A list of feeds holds no article; say what to do with it."""
    found = feeds(blob, options)
    yield NoArticle(blob.source, f"a list of {len(found)} feeds, and no article; give it to `tocsin follow`")


def feeds(blob: Blob, options: Options) -> tuple[Feed, ...]:
    """The feeds that a list names, in its order, each once. Raise `SourceError` where it cannot be read."""
    data = blob.whole(options.container, options.max_size)
    text, _ = decode(data, blob.source, blob.charset or declared_charset(data))
    found: dict[str, Feed] = {}
    for outline in parse_xml(text, blob.source).iter():
        if local(outline) != "outline":
            continue
        held = {str(name).lower(): str(value).strip() for name, value in outline.attrib.items()}
        url = held.get("xmlurl", "")
        if is_web(url):
            found.setdefault(url, Feed(url, held.get("title") or held.get("text") or None))
    return tuple(found.values())
