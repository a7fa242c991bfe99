"""One thing to read: its first bytes, and the rest only when and as far as it is wanted."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BufferedIOBase
from typing import NamedTuple, Protocol, TypeVar

from tocsin.errors import SourceError, TooLarge, Undecodable
from tocsin.model import Document
from tocsin.read.detect import HEAD

CHUNK = 1 << 16

Fault = TypeVar("Fault", bound=SourceError)


INSIDE = re.compile(r"(?::\d+|\[\d+\]|: (?:record|message|item) \d+)+")
"""What stands behind the name of a file to name a place in it: a line, an item of a list, a part of an archive. Entries
of feeds have numbers too, but not the same ones tomorrow."""


class Placed(NamedTuple):
    """A document and its place, as an error about it would name that."""

    document: Document
    place: str


class Unpacking(Protocol):
    """What a blob must know of the stream that unpacks it: what broke, and whether its reader has been told."""

    fault: str | None
    told: bool


@dataclass
class Blob:
    """An open stream. `source` is what the user named, with the place in it; `url` and `charset` are what the web says
    of it, `fetched` the ISO date on which it was taken from there; `size` is the number of bytes where it is known
    beforehand. A part of an archive can be read until the next part is asked for."""

    source: str
    stream: BufferedIOBase = field(repr=False)
    size: int | None = None
    url: str | None = None
    charset: str | None = None
    fetched: str | None = None
    unpacking: Unpacking | None = field(default=None, repr=False)
    head: bytes = b""
    held: bytes | None = field(default=None, repr=False)
    """All bytes, once they have been read."""

    def __post_init__(self) -> None:
        """Read the head."""
        while len(self.head) < HEAD:
            chunk = self.stream.read(HEAD - len(self.head))
            if not chunk:
                break
            self.head += chunk

    def whole(self, limit: int, max_size: int) -> bytes:
        """All bytes. Raise `TooLarge` before more than `limit` are held; `max_size` is the limit that a user sets."""
        if self.held is not None:
            return self.held
        if self.size is not None and self.size > limit:
            raise too_large(self.source, self.size, limit, max_size)
        parts, held = [self.head], len(self.head)
        while held <= limit:
            chunk = self.stream.read(CHUNK)
            if not chunk:
                self.held = b"".join(parts)
                self._check_unpacking()
                return self.held
            parts.append(chunk)
            held += len(chunk)
        raise too_large(self.source, None, limit, max_size)

    def _check_unpacking(self) -> None:
        """Raise `Undecodable` where the end of the bytes is not the end of what was packed."""
        if self.unpacking and self.unpacking.fault:
            self.unpacking.told = True
            raise Undecodable(self.source, self.unpacking.fault)

    def lines(self, limit: int) -> Iterator[bytes | None]:
        """The lines, one at a time; `None` stands for a line of more than `limit` bytes, which is skipped."""
        held, skipping = bytearray(self.head), False
        ended = False
        while not ended:
            start = 0
            while (cut := held.find(b"\n", start)) >= 0:
                yield None if skipping or cut - start > limit else bytes(held[start:cut])
                start, skipping = cut + 1, False
            del held[:start]
            if len(held) > limit:
                held.clear()
                skipping = True
            chunk = self.stream.read1(CHUNK)
            ended = not chunk
            held += chunk
        if held or skipping:
            yield None if skipping or len(held) > limit else bytes(held)

    def rest(self) -> Rest:
        """The bytes as a stream from the beginning; the blob itself is not to be read any more."""
        return Rest(self.head, self.stream)


class Rest(io.RawIOBase):
    """A blob's bytes from the beginning, as a stream that cannot go back."""

    def __init__(self, head: bytes, stream: BufferedIOBase) -> None:
        super().__init__()
        self.head = memoryview(head)
        self.stream = stream

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """As many bytes as are there, at most as many as the buffer holds."""
        chunk = bytes(self.head[: len(buffer)])
        self.head = self.head[len(chunk) :]
        if not chunk:
            chunk = self.stream.read(len(buffer))
        buffer[: len(chunk)] = chunk
        return len(chunk)


def signed(fault: Fault, raw: bytes | None) -> Fault:
    """The error with the hash of the bytes that it is about, where these are in hand and it has none yet."""
    if raw is not None and fault.raw_hash is None:
        fault.raw_hash = hashlib.blake2b(raw, digest_size=16).hexdigest()
        fault.raw_size = len(raw)
    return fault


def check_length(text: str, source: str, max_size: int) -> None:
    """Raise `TooLarge` where a text has more than `max_size` characters."""
    if len(text) > max_size:
        raise TooLarge(
            source, f"too large: {len(text):,} characters, the limit is {max_size:,}; raise it with --max-size"
        )


def too_large(source: str, size: int | None, limit: int, max_size: int) -> TooLarge:
    """The error for what is over a limit; it names the option that raises it."""
    what = f"{size:,} bytes" if size is not None else f"more than {limit:,} bytes"
    reason = f"too large: {what}, the limit is {limit:,}; raise it with --max-size (now {max_size})"
    return TooLarge(source, reason, raw_size=size)
