"""Newsletters: one message, or a mailbox of them (mbox), which is read as a stream."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tocsin.errors import NoArticle, SourceError, Undecodable
from tocsin.model import Document
from tocsin.read.blob import Blob, Placed, check_length, signed, too_large
from tocsin.read.dates import parse_metadata
from tocsin.read.decode import decode
from tocsin.read.document import admit, build
from tocsin.read.markup import to_text
from tocsin.read.mhtml import saved_page
from tocsin.read.options import Options
from tocsin.read.page import declared_charset

if TYPE_CHECKING:
    from email.message import Message

SEPARATOR = re.compile(rb"From [^\r\n]{1,300}\r?\Z")
QUOTED = re.compile(rb">+From ")

PART = re.compile(rb"^content-type:", re.IGNORECASE | re.MULTILINE)
PARTS = 200
"""A message has at most so many parts: taking apart those with thousands takes minutes, and no newsletter has them."""

HEADER = 2000
"""So many characters of a header are read."""

STUB = 3
"""A plain part with so many times fewer words than the page beside it only says that there is a page."""


def read_email(blob: Blob, options: Options) -> Iterator[Document | Blob]:
    """The text of one message, or the page that a browser saved as one."""
    raw = blob.whole(options.container, options.max_size)
    yield saved_page(raw, blob.source) or message(raw, blob.source, options)


def read_mbox(blob: Blob, options: Options) -> Iterator[Placed | SourceError]:
    """The messages of a mailbox, one at a time; what is wrong with one is one error."""
    for number, raw in enumerate(_messages(blob, options.container), 1):
        source = f"{blob.source}: message {number}"
        if raw is None:
            yield too_large(source, None, options.container, options.max_size)
            continue
        try:
            yield Placed(message(raw, source, options), source)
        except SourceError as fault:
            yield signed(fault, raw)


def _messages(blob: Blob, limit: int) -> Iterator[bytes | None]:
    """The messages, without the lines between them; `None` for one of more than `limit` bytes."""
    held: list[bytes] = []
    size, begun, blank = 0, False, True
    for line in blob.lines(limit):
        if line is not None and blank and SEPARATOR.match(line):
            if begun:
                yield b"\n".join(held) if size <= limit else None
            held, size, begun, blank = [], 0, True, False
            continue
        size += limit + 1 if line is None else len(line) + 1
        blank = line is not None and not line.strip()
        if line is None or size > limit:
            held.clear()
        else:
            held.append(line[1:] if QUOTED.match(line) else line)
    if begun:
        yield b"\n".join(held) if size <= limit else None


def message(raw: bytes, source: str, options: Options) -> Document:
    """The document of one message. Raise `NoArticle` where it has no text."""
    from email import message_from_bytes
    from email.utils import parseaddr

    if len(PART.findall(raw)) > PARTS:
        raise Undecodable(source, f"a message of more than {PARTS} parts; save its text")
    found = message_from_bytes(raw)
    text, notes = _text(found, source, options)
    if not text.strip():
        raise NoArticle(source, "a message without text")
    check_length(text, source, options.max_size)
    name, address = parseaddr(_header(found, "from"))
    document = build(
        text,
        published=options.published or parse_metadata(_header(found, "date")),
        title=_header(found, "subject") or None,
        url=_header(found, "archived-at").strip("<> ") or None,
        publisher=name or address or None,
        notes=notes,
    )
    return admit(document, source)


def _header(found: Message, name: str) -> str:
    """A header in one line, its encoded words decoded; empty where it is missing."""
    from email.errors import MessageError
    from email.header import decode_header, make_header

    written = next((str(value) for key, value in found.raw_items() if key.lower() == name), "")
    words = written[:HEADER].encode("ascii", "surrogateescape").decode("utf-8", "replace")
    words = " ".join(words.split())
    try:
        return " ".join(str(make_header(decode_header(words))).split()) if "=?" in words else words
    except (MessageError, ValueError, LookupError):  # words that say they are encoded, and are not
        return words


def _text(found: Message, source: str, options: Options) -> tuple[str, tuple[str, ...]]:
    """The plain part, or the text of the page where the plain part is missing or a stub; notes on decoding."""
    parts: dict[str, tuple[str, tuple[str, ...]]] = {}
    for part in found.walk():
        kind = part.get_content_type()
        if part.is_multipart():
            continue
        if part.get_content_disposition() == "attachment" or kind not in ("text/plain", "text/html"):
            options.skip(f"mail: attachment {kind}")
        elif kind not in parts:
            data = part.get_payload(decode=True)
            data = data if isinstance(data, bytes) else b""
            charset = part.get_content_charset() or (declared_charset(data) if kind == "text/html" else None)
            parts[kind] = decode(data, source, charset)
    plain, notes = parts.get("text/plain", ("", ()))
    page, more = parts.get("text/html", ("", ()))
    shown = to_text(page)
    if len(plain.split()) * STUB < len(shown.split()) or not plain.strip():
        return shown, more
    return plain, notes
