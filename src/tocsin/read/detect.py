"""What are these bytes? The format is found from the first of them, never from a file's name."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from typing import Literal, NamedTuple

Format = Literal[
    "text", "html", "json", "jsonl", "feed", "opml", "newsml", "nitf", "warc", "mbox", "email", "gzip", "zstd"
]

HEAD = 8192
"""So many bytes are enough to tell."""

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip

MAGIC = (
    (b"%PDF-", "a PDF document; save its text"), (b"PK\x03\x04", "a ZIP archive or office document; save its text"),
    (b"\xd0\xcf\x11\xe0", "an old office document; save its text"),
    (b"BZh", "compressed (bzip2); unpack it first"),
    (b"\xfd7zXZ\x00", "compressed (xz); unpack it first"), (b"{\\rtf", "an RTF document; save its text"),
    (b"\x89PNG", "an image"), (b"\xff\xd8\xff", "an image"), (b"GIF8", "an image"),
    (b"SQLite format 3\x00", "a database"), (b"\x7fELF", "a program"),
)  # fmt: skip

PACKED: tuple[tuple[bytes, Format], ...] = (
    (b"\x1f\x8b\x08", "gzip"), (b"\x28\xb5\x2f\xfd", "zstd"), (b"WARC/1.", "warc"),
)  # fmt: skip
"""What is known by its first bytes and may hold any others."""

ROOTS: Mapping[str, Format] = {
    "html": "html", "rss": "feed", "feed": "feed", "rdf": "feed", "channel": "feed", "opml": "opml",
    "newsitem": "newsml", "newsmessage": "newsml", "packageitem": "newsml", "nitf": "nitf",
}  # fmt: skip
"""XML by the name of its root."""

HTML_START = re.compile(
    rb"(?:<\?xml[^>]{0,200}\?>\s{0,100})?(?:<!--.{0,2000}?-->\s{0,100}){0,5}"
    rb"<(?:!doctype\s+html|html|head|body|meta|title|article|section|main|div|p|h1|table|span|script|link)\b",
    re.IGNORECASE | re.DOTALL,
)
HTML_INSIDE = re.compile(rb"<(?:html|body)(?:\s[^<>]{0,500})?>", re.IGNORECASE)
XML_START = re.compile(
    rb"<\?xml\b|<!DOCTYPE\s+(?:rss|nitf|opml|feed)\b"
    rb"|<(?:[\w-]{1,30}:)?(?:rss|feed|RDF|opml|newsItem|newsMessage|packageItem|nitf|urlset|sitemapindex)[\s>]",
    re.IGNORECASE,
)
XML_COMMENT = re.compile(rb"<!--.{0,4000}?-->", re.DOTALL)
XML_ROOT = re.compile(rb"<(?:[\w-]{1,30}:)?([A-Za-z_][\w.-]{0,60})")
JSON_START = re.compile(r'\s{0,1000}(?:\{\s{0,1000}["}]|\[\s{0,1000}[\{\]])')
MBOX_START = re.compile(rb"From \S{1,300} [^\r\n]{0,60}\d\d:\d\d[^\r\n]{0,60}\r?\n[A-Za-z][A-Za-z0-9-]{0,60}:")
HEADER_LINE = re.compile(rb"(?:([A-Za-z][A-Za-z0-9-]{0,60}):|[ \t])")
OBJECT_LINE = re.compile(r'\{[ \t]{0,100}["}]')

CONTROLS = bytes(sorted(frozenset(range(32)) - frozenset(b"\t\n\r\x0c\x0b\x1b\x1a\x08")))


class Found(NamedTuple):
    """The format, or (`format` is `None`) why these bytes are not read. `encoding` is the byte order mark's."""

    format: Format | None
    encoding: str | None = None
    refusal: str = ""


def detect(head: bytes) -> Found:
    """The format of what begins with `head`."""
    for magic, name in MAGIC:
        if head.startswith(magic):
            return Found(None, refusal=f"not text but {name}")
    for magic, packed in PACKED:
        if head.startswith(magic):
            return Found(packed)
    encoding = next((name for mark, name in BOMS if head.startswith(mark)), None)
    plain = head
    if encoding and encoding != "utf-8-sig":
        plain = head.decode(encoding, "ignore").encode("utf-8", "ignore")
    elif is_binary(head):
        return Found(None, refusal="binary, not text")
    plain = plain.removeprefix(codecs.BOM_UTF8)
    start = plain.lstrip()
    if MBOX_START.match(plain):
        return Found("mbox", encoding)
    if _is_email(plain):
        return Found("email", encoding)
    if HTML_START.match(start):
        return Found("html", encoding)
    bare = XML_COMMENT.sub(b"", start).lstrip()
    if XML_START.match(bare):
        return _xml(bare, encoding)
    if JSON_START.match(plain.decode("utf-8", "replace")):
        return Found(_json(start.decode("utf-8", "replace"), len(head) < HEAD), encoding)
    return Found("html" if HTML_INSIDE.search(plain) else "text", encoding)


def is_binary(head: bytes) -> bool:
    """Whether the bytes hold a NUL, or more than one control character in fifty."""
    controls = len(head) - len(head.translate(None, CONTROLS))
    return b"\x00" in head or controls * 50 > len(head)


def _xml(start: bytes, encoding: str | None) -> Found:
    """XML is read where its root is that of a page, a feed or an agency's format."""
    root = XML_ROOT.search(start)
    name = root[1].decode() if root else "nothing"
    found = ROOTS.get(name.lower())
    if found:
        return Found(found, encoding)
    wanted = "give a page, a feed, NewsML-G2, NITF, text or article JSON"
    return Found(None, refusal=f"XML that holds no articles (its root is <{name}>); {wanted}")


def _is_email(head: bytes) -> bool:
    """Whether the bytes begin with the header of a message, such as only mail programs write."""
    names = set()
    for line in head.splitlines()[:200]:
        if not line.strip():
            break
        match = HEADER_LINE.match(line)
        if not match:
            return False
        names.add((match[1] or b"").lower())
    return b"from" in names and not names.isdisjoint((b"message-id", b"mime-version", b"received"))


def _json(start: str, whole: bool) -> Format:
    """One JSON value, or one object a line: then the first line ends its object, or another line begins one."""
    first, _, rest = start.partition("\n")
    if not OBJECT_LINE.match(first):
        return "json"
    if not rest.strip():
        return "json" if whole else "jsonl"
    ends = first.rstrip().endswith("}") and len(first.strip()) > 2
    return "jsonl" if ends or OBJECT_LINE.match(rest.lstrip()) else "json"
