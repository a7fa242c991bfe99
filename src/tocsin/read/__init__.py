"""Bytes to documents.

`documents` reads what a user names; `from_text` makes a document of a text in hand. A format is one function from a
`Blob` to documents and errors; to add one, teach `detect` to know it and enter its reader in `READERS`.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping

from tocsin.errors import NoArticle, NotFound, SourceError, Undecodable
from tocsin.model import Document
from tocsin.read.article import read_json, read_json_lines
from tocsin.read.blob import Blob
from tocsin.read.dates import parse_metadata, parse_option
from tocsin.read.decode import decode
from tocsin.read.detect import Format, detect
from tocsin.read.document import build
from tocsin.read.header import Header, read_header
from tocsin.read.options import Options
from tocsin.read.page import read_page
from tocsin.read.plain import read_text
from tocsin.read.sources import blobs

__all__ = ["Header", "documents", "from_text", "read_header"]

WIDE = ("utf-16", "utf-32")
"""Encodings in which a line end is not one byte; line by line they are read as UTF-8, and so whole first."""

Reader = Callable[[Blob, Options], Iterator[Document | SourceError]]

READERS: Mapping[Format, Reader] = {
    "text": read_text,
    "html": read_page,
    "json": read_json,
    "jsonl": read_json_lines,
}


def documents(
    source: str, *, published: str | None = None, max_size: int = 1_000_000, timeout: float = 20.0
) -> Iterator[Document | SourceError]:
    """Read all that `source` names: a file, a folder, a glob pattern, an http(s) address, or `-` for standard input.

    What cannot be read comes as a `SourceError` in its place, not raised, so that the rest is read. `published` is the
    ISO date of all of it and goes before every other; `max_size` is the limit of one text; `timeout`, in seconds, is
    for addresses. Raises `UsageError` at once where `published` is not a date.
    """
    options = Options(parse_option(published) if published else None, max_size, timeout)
    return _documents(source, options)


def _documents(source: str, options: Options) -> Iterator[Document | SourceError]:
    """Open, then read, one after the other."""
    opened = blobs(source, limit=options.container, max_size=options.max_size, timeout=options.timeout)
    for blob in opened:
        if isinstance(blob, SourceError):
            yield blob
        else:
            yield from read_blob(blob, options)


def read_blob(blob: Blob, options: Options) -> Iterator[Document | SourceError]:
    """The documents of one blob, in the format that its bytes tell; its faults as errors."""
    try:
        if not blob.head:
            raise NoArticle(blob.source, "empty; there is no text to read")
        found = detect(blob.head)
        if found.format is None:
            raise Undecodable(blob.source, found.refusal)
        if found.format == "jsonl" and found.encoding in WIDE:
            blob = in_utf8(blob, options)
        yield from READERS[found.format](blob, options)
    except SourceError as fault:
        yield fault
    except OSError as fault:
        yield NotFound(blob.source, f"reading broke off: {fault.strerror or fault}")


def in_utf8(blob: Blob, options: Options) -> Blob:
    """The same in UTF-8."""
    text, _ = decode(blob.whole(options.container, options.max_size), blob.source)
    return Blob(blob.source, io.BytesIO(text.encode("utf-8", "replace")), url=blob.url)


def from_text(
    text: str,
    *,
    id: str | None = None,
    published: str | None = None,
    title: str | None = None,
    url: str | None = None,
    publisher: str | None = None,
) -> Document:
    """The document of a text in hand: its header understood, its language noted, nothing refused. `published` is an ISO
    date or time, or RFC 822; raises `UsageError` where it is none of them."""
    if published:
        published = parse_metadata(published) or parse_option(published)
    return build(text, id=id, published=published or None, title=title, url=url, publisher=publisher)
