"""The agencies' own formats, by the IPTC: NITF for one story, NewsML-G2 for items of any kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from tocsin.errors import NoArticle, SourceError
from tocsin.model import Document
from tocsin.read.blob import Blob, Placed, check_length, signed
from tocsin.read.dates import parse_metadata
from tocsin.read.decode import decode
from tocsin.read.document import admit, build
from tocsin.read.markup import is_markup, local, parse_xml, text_of, to_text
from tocsin.read.options import Options
from tocsin.read.page import declared_charset

BASIC = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T|\Z)")
"""ISO 8601 in its basic form, as `norm` has it."""


class Story(NamedTuple):
    """What an item says of a story."""

    text: str
    title: str | None = None
    byline: str | None = None
    dateline: str | None = None
    published: str | None = None
    publisher: str | None = None


def read_nitf(blob: Blob, options: Options) -> Iterator[Document]:
    """The one story of an NITF document."""
    yield _document(nitf(_root(blob, options)), blob.source, blob, options)


def read_newsml(blob: Blob, options: Options) -> Iterator[Placed | SourceError]:
    """The news items of a NewsML-G2 document that hold text; pictures, packages and what was cancelled are counted."""
    from lxml import etree

    root = _root(blob, options)
    items = [root] if local(root) == "newsitem" else list(root.iterfind(".//{*}newsItem"))
    if not items:
        raise NoArticle(blob.source, f"NewsML without a news item (<{local(root)}>)")
    for number, item in enumerate(items, 1):
        source = blob.source if len(items) == 1 else f"{blob.source}: item {number}"
        refusal = _refusal(item)
        if refusal and len(items) > 1:
            options.skip(f"NewsML: {refusal}")
            continue
        try:
            if refusal:
                raise NoArticle(source, f"NewsML that is no article: {refusal}")
            yield Placed(_document(newsitem(item), source, blob, options), source)
        except SourceError as fault:
            yield signed(fault, blob.held if len(items) == 1 else etree.tostring(item))


def _root(blob: Blob, options: Options) -> Any:
    """The root of a blob's XML."""
    data = blob.whole(options.container, options.max_size)
    text, _ = decode(data, blob.source, blob.charset, declared_charset(data))
    return parse_xml(text, blob.source)


def _document(story: Story, source: str, blob: Blob, options: Options) -> Document:
    """The document of a story."""
    if not story.text:
        raise NoArticle(source, "no text in it")
    check_length(story.text, source, options.max_size)
    document = build(
        story.text,
        published=options.published or day(story.published),
        title=story.title,
        url=blob.url,
        publisher=story.publisher,
        byline=story.byline,
        dateline=story.dateline,
    )
    return admit(document, source)


def nitf(root: Any) -> Story:
    """The story of an `nitf` element."""
    content = root.find(".//{*}body.content")
    when = (
        _attribute(root, "docdata/date.issue", "norm")
        or _attribute(root, "body.head/dateline/story.date", "norm")
        or _attribute(root, "pubdata", "date.publication")
    )
    return Story(
        text=text_of(content) if content is not None else "",
        title=_line(root, "hedline/hl1") or _line(root, "head/title"),
        byline=_line(root, "byline"),
        dateline=_line(root, "dateline/location") or _line(root, "dateline"),
        published=when,
        publisher=_attribute(root, "pubdata", "name") or _line(root, "distributor"),
    )


def newsitem(item: Any) -> Story:
    """The story of a `newsItem`: its own metadata first, then those of the markup in it."""
    inner = _content(item)
    provider = "itemMeta/provider"
    names = (
        _line(item, f"{provider}/name"),
        _attribute(item, provider, "literal"),
        _attribute(item, provider, "qcode"),
        _line(item, provider),
    )
    dates = ("itemMeta/firstCreated", "contentMeta/contentCreated", "itemMeta/versionCreated")
    when = (_line(item, path) for path in dates)
    return inner._replace(
        title=_line(item, "contentMeta/headline") or inner.title,
        byline=_line(item, "contentMeta/by") or _line(item, "contentMeta/creator/name") or inner.byline,
        dateline=_line(item, "contentMeta/dateline") or inner.dateline,
        published=next(filter(None, when), None) or inner.published,
        publisher=next(filter(None, names), None) or inner.publisher,
    )


def _content(item: Any) -> Story:
    """The text of an item: NITF or XHTML in it, or plain text."""
    for held in item.iterfind(".//{*}contentSet/*"):
        kind = local(held)
        if kind == "inlinexml":
            inner = held.find(".//{*}nitf")
            story = nitf(inner) if inner is not None else Story(text_of(_body(held)))
        elif kind == "inlinedata":
            text = "".join(held.itertext())
            story = Story(to_text(text) if is_markup(text) else text.strip())
        else:
            continue
        if story.text:
            return story
    return Story("")


def _body(held: Any) -> Any:
    """The body of markup, or all of it."""
    found = held.find(".//{*}body")
    return held if found is None else found


def _refusal(item: Any) -> str | None:
    """Why an item is no article by what it says of itself."""
    status = (_attribute(item, "itemMeta/pubStatus", "qcode") or "").lower()
    if status.endswith((":canceled", ":cancelled", ":withheld")):
        return f"item with status {status.rpartition(':')[2]}"
    kind = (_attribute(item, "itemMeta/itemClass", "qcode") or "").lower().rpartition(":")[2]
    return f"item of class {kind}" if kind and kind not in ("text", "composite") else None


def _find(root: Any, path: str) -> Any:
    """The first element on a path of names, in whatever namespace."""
    return root.find(".//" + "/".join("{*}" + name for name in path.split("/")))


def _line(root: Any, path: str) -> str | None:
    """The text of an element in one line."""
    found = _find(root, path)
    return " ".join("".join(found.itertext()).split()) or None if found is not None else None


def _attribute(root: Any, path: str, name: str) -> str | None:
    """An attribute of an element."""
    found = _find(root, path)
    return (found.get(name) or "").strip() or None if found is not None else None


def day(value: str | None) -> str | None:
    """The ISO date of a field, in ISO's basic form or in any that metadata has."""
    if not value:
        return None
    basic = BASIC.match(value.strip())
    return parse_metadata("-".join(basic.groups()) if basic else value)
