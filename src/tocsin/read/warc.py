"""Web archives (WARC): the pages in them, one after the other, as CC-NEWS and crawlers write them (fastwarc)."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tocsin.errors import SourceError, Undecodable
from tocsin.read.addresses import split
from tocsin.read.blob import Blob, Rest, signed, too_large
from tocsin.read.coding import decode_body
from tocsin.read.detect import detect
from tocsin.read.options import Options
from tocsin.read.unpack import Unpacked

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

KINDS = frozenset(("response", "resource", "conversion"))
"""The types of record that hold what a server gave. All others are about it."""

PAGES = (
    "text/html", "application/xhtml", "text/plain", "application/rss", "application/atom", "application/feed+json",
    "application/xml", "text/xml", "application/vnd.iptc",
)  # fmt: skip
"""Media types that articles come in, by their beginnings; pictures, scripts and data are passed over."""

WINDOW = 1 << 18
"""So many of the last bytes are kept, to find the next record behind a damaged one. The parser is ahead by less."""

MARK = b"WARC/1."


def read_warc(blob: Blob, options: Options) -> Iterator[SourceError | Blob]:
    """The pages of an archive, each as a blob of its own. A damaged record is one error, and the next is looked for."""
    return _Archive(blob, options).run()


class _Archive:
    """Reads one archive."""

    def __init__(self, blob: Blob, options: Options) -> None:
        self.source = blob.source
        self.unpacked = blob.unpacking if isinstance(blob.unpacking, Unpacked) else None
        self.stream = _Window(blob.rest())
        self.options = options
        self.number = 0
        self.begin = -1
        """Where the last record begins."""
        self.told = False
        """Whether the last damage has had its error."""

    @property
    def place(self) -> str:
        """The record that is being read, as errors name it."""
        return f"{self.source}: record {self.number}"

    def run(self) -> Iterator[SourceError | Blob]:
        """All records; after damage, from the next record on."""
        while True:
            self.told = False
            yield from self._stretch()
            packed = self.unpacked
            if packed and packed.fault:
                if not self.told:
                    yield Undecodable(f"{self.source}: after record {self.number}", packed.fault)
                packed.told = True
                if not packed.resume():
                    return
                self.number += not self.told
                self.stream.drop()
            elif not self.told or not self.stream.back_to(MARK, self.begin + 1):
                return

    def _stretch(self) -> Iterator[SourceError | Blob]:
        """The records up to the end or the next damage."""
        from fastwarc.warc import ArchiveIterator

        records = iter(ArchiveIterator(self.stream, parse_http=False, stream_detect=False))  # type: ignore[arg-type]
        while True:
            try:
                record = next(records, None)
            except OSError as fault:
                self.number += 1
                self.told = True
                yield Undecodable(self.place, f"damaged: {fault}; the records after it are read")
                return
            if record is None:
                return
            self.number += 1
            self.begin = self.stream.start + record.stream_pos
            yield from self._record(record)
            if self.told:
                return

    def _record(self, record: WarcRecord) -> Iterator[SourceError | Blob]:
        """What one record holds: a page, a reason why it is none, or nothing."""
        headers = {name.lower(): value for name, value in record.headers.items()}
        if "content-length" not in headers or "warc-type" not in headers:
            self.told = True
            yield Undecodable(self.place, "cut short or damaged: the record's header is not whole")
            return
        limit = self.options.container
        kind = headers["warc-type"].lower()
        if kind not in KINDS:
            self.told = record.reader.consume() < record.content_length
            if self.told:
                yield Undecodable(self.place, "cut short: the record is not whole")
            else:
                self.options.skip(f"web archive: {kind} record")
            return
        if record.is_http:
            record.parse_http(strict_mode=False)
        refusal = self._refusal(record, headers)
        size = record.content_length
        if refusal or size > limit:
            whole = record.reader.consume() >= size
            raw = None
        else:
            raw = record.reader.read(size)
            whole = len(raw) >= size
        if not whole:
            self.told = True
            yield signed(Undecodable(self.place, "cut short: the record is not whole"), raw)
        elif refusal:
            self.options.skip(f"web archive: {refusal}")
        elif raw is None:
            yield too_large(self.place, size, limit, self.options.max_size)
        else:
            yield from self._page(record, headers, raw)

    def _refusal(self, record: WarcRecord, headers: dict[str, str]) -> str | None:
        """What a record holds that is no page, or `None`."""
        if split(headers.get("warc-target-uri", "")).path == "/robots.txt":
            return "robots.txt"
        status = record.http_headers.status_code if record.is_http else None
        if status is not None and status != 200:
            return f"answer with status {status}"
        media = (record.http_content_type if record.is_http else headers.get("content-type", "")) or ""
        media = media.split(";")[0].strip().lower()
        return None if not media or media.startswith(PAGES) else media[:60]

    def _page(self, record: WarcRecord, headers: dict[str, str], raw: bytes) -> Iterator[SourceError | Blob]:
        """The blob of a page."""
        limit, http = self.options.container, record.is_http
        sent = {name.lower(): value for name, value in record.http_headers.items()} if http else {}
        data = decode_body(raw, sent.get("transfer-encoding", ""), sent.get("content-encoding", ""), limit)
        if data and detect(data[:8192]).format is None:
            self.options.skip("web archive: answer that is no page")
            return
        url = headers.get("warc-target-uri", "").strip("<> ")
        yield Blob(
            self.place,
            io.BytesIO(data),
            size=len(data) if len(data) <= limit else None,
            url=url or None,
            charset=record.http_charset if http else None,
            fetched=headers.get("warc-date", "")[:10] or None,
        )


class _Window:
    """A stream for fastwarc that remembers its last bytes, so that it can be set back to where a record begins."""

    def __init__(self, rest: Rest) -> None:
        self.rest = rest
        self.window = bytearray()
        self.given = 0
        """Bytes given since the beginning, but for those that were given again."""
        self.again = b""
        self.start = 0
        """Where the present reader began; it counts from there."""

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes."""
        size = 1 << 16 if size < 0 else size
        if self.again:
            chunk, self.again = self.again[:size], self.again[size:]
        else:
            chunk = self.rest.read(size) or b""
        self.given += len(chunk)
        self.window += chunk
        if len(self.window) > 2 * WINDOW:
            del self.window[:-WINDOW]
        return chunk

    def tell(self) -> int:
        """Bytes given to the present reader."""
        return self.given - self.start

    def drop(self) -> None:
        """Begin anew with the next byte."""
        self.window.clear()
        self.again = b""
        self.start = self.given

    def back_to(self, mark: bytes, least: int) -> bool:
        """Go to the next line that begins with `mark`, not before the byte `least`; whether there is one."""
        wanted = b"\n" + mark
        first = max(least, self.given - len(self.window))
        while True:
            at = self.window.find(wanted, first - (self.given - len(self.window)))
            if at >= 0:
                self.again = bytes(self.window[at + 1 :]) + self.again
                self.given -= len(self.window) - at - 1
                self.window.clear()
                self.start = self.given
                return True
            first = max(first, self.given - len(wanted))
            if not self.read(1 << 16):
                return False
