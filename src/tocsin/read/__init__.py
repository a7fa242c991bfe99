"""Bytes to documents.

`documents` reads what a user names; `from_text` makes a document of a text in hand. A format is one function from a
`Blob` to documents, errors, and blobs that are read in their turn; to add one, teach `detect` to know it and enter its
reader in `READERS`.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from tocsin.errors import NoArticle, NotFound, SourceError, TocsinError, Undecodable
from tocsin.model import Document
from tocsin.read.article import read_json, read_json_lines
from tocsin.read.blob import Blob, Placed, signed
from tocsin.read.dates import parse_metadata, parse_option
from tocsin.read.decode import decode
from tocsin.read.detect import Format, detect
from tocsin.read.document import build
from tocsin.read.feed import read_feed
from tocsin.read.fieldmap import checked
from tocsin.read.header import Header, read_header
from tocsin.read.iptc import read_newsml, read_nitf
from tocsin.read.mail import read_email, read_mbox
from tocsin.read.options import Options
from tocsin.read.outline import read_opml
from tocsin.read.page import read_page
from tocsin.read.plain import read_text
from tocsin.read.sources import blobs
from tocsin.read.unpack import read_gzip, read_zstd
from tocsin.read.warc import read_warc

__all__ = ["Header", "documents", "from_text", "read_header"]

WIDE = ("utf-16", "utf-32")
"""Encodings in which a line end is not one byte; line by line they are read as UTF-8, and so whole first."""

NESTED = 6
"""A page in an archive in a compressed file is the third in another; what lies deeper than this is made to harm."""

Reader = Callable[[Blob, Options], Iterator[Document | Placed | SourceError | Blob]]

READERS: Mapping[Format, Reader] = {
    "text": read_text,
    "html": read_page,
    "json": read_json,
    "jsonl": read_json_lines,
    "feed": read_feed,
    "opml": read_opml,
    "newsml": read_newsml,
    "nitf": read_nitf,
    "warc": read_warc,
    "mbox": read_mbox,
    "email": read_email,
    "gzip": read_gzip,
    "zstd": read_zstd,
}


def documents(
    source: str,
    *,
    published: str | None = None,
    max_size: int = 1_000_000,
    timeout: float = 20.0,
    fields: Mapping[str, str] | None = None,
    skipped: Counter[str] | None = None,
) -> Iterator[Document | SourceError]:
    """Read all that `source` names: a file, a folder, a glob pattern, an http(s) address, or `-` for standard input.

    What cannot be read comes as a `SourceError` in its place, not raised, so that the rest is read. `published` is the
    ISO date of all of it and goes before every other; `max_size` is the limit of one text; `timeout`, in seconds, is
    for addresses. `fields` says under which key a JSON article holds what (`{"text": "story.body"}`). `skipped`, where
    given, counts by kind what is no article: requests and pictures in a web archive, files that are passed over.
    Raises `UsageError` at once where `published` is not a date or `fields` names no field.
    """
    return _documents(
        source, Options(parse_option(published) if published else None, max_size, timeout, checked(fields), skipped)
    )


def _documents(source: str, options: Options) -> Iterator[Document | SourceError]:
    """Open, then read, one after the other."""
    for blob in blobs(source, options):
        if isinstance(blob, SourceError):
            yield blob
        else:
            yield from read_blob(blob, options)


def read_blob(blob: Blob, options: Options) -> Iterator[Document | SourceError]:
    """The documents of one blob, and its faults as errors: `read_placed` without the places."""
    for found in read_placed(blob, options):
        yield found.document if isinstance(found, Placed) else found


def read_placed(blob: Blob, options: Options, depth: int = 0) -> Iterator[Placed | SourceError]:
    """The documents of one blob, in the format that its bytes tell, and of the blobs in it, each with its place; its
    faults as errors, with the hash of its bytes where they are in hand."""
    try:
        for found in _reader(blob, options, depth):
            if isinstance(found, Blob):
                yield from read_placed(found, options, depth + 1)
            else:
                yield Placed(found, blob.source) if isinstance(found, Document) else found
    except SourceError as fault:
        yield signed(fault, blob.held)
    except TocsinError:
        raise
    except OSError as fault:
        yield signed(NotFound(blob.source, f"reading broke off: {fault.strerror or fault}"), blob.held)
    except Exception as fault:
        what = " ".join(f"{type(fault).__name__}: {fault}".split())[:200]
        error = Undecodable(blob.source, f"a fault in reading it ({what}); please report it with the file")
        error.__cause__ = fault
        yield signed(error, blob.held)


def _reader(blob: Blob, options: Options, depth: int) -> Iterator[Document | Placed | SourceError | Blob]:
    """What the reader of a blob's format gives."""
    if depth > NESTED:
        raise Undecodable(blob.source, f"more than {NESTED} archives inside each other; take the articles out first")
    if not blob.head:
        raise NoArticle(blob.source, "empty; there is no text to read")
    found = detect(blob.head)
    if found.format is None:
        raise Undecodable(blob.source, found.refusal)
    if found.format == "jsonl" and found.encoding in WIDE:
        blob = in_utf8(blob, options)
    return READERS[found.format](blob, options)


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
