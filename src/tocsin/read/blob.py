"""One thing to read: its first bytes, and the rest only when and as far as it is wanted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BufferedIOBase

from tocsin.errors import TooLarge
from tocsin.read.detect import HEAD

CHUNK = 1 << 16


@dataclass
class Blob:
    """An open stream. `source` is what the user named; `url` and `charset` are what the web says of it; `size` is the
    number of bytes where it is known beforehand."""

    source: str
    stream: BufferedIOBase = field(repr=False)
    size: int | None = None
    url: str | None = None
    charset: str | None = None
    head: bytes = b""

    def __post_init__(self) -> None:
        """Read the head."""
        while len(self.head) < HEAD:
            chunk = self.stream.read(HEAD - len(self.head))
            if not chunk:
                break
            self.head += chunk

    def whole(self, limit: int, max_size: int) -> bytes:
        """All bytes. Raise `TooLarge` before more than `limit` are held; `max_size` is the limit that a user sets."""
        if self.size is not None and self.size > limit:
            raise too_large(self.source, self.size, limit, max_size)
        parts, held = [self.head], len(self.head)
        while held <= limit:
            chunk = self.stream.read(CHUNK)
            if not chunk:
                return b"".join(parts)
            parts.append(chunk)
            held += len(chunk)
        raise too_large(self.source, None, limit, max_size)

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


def check_length(text: str, source: str, max_size: int) -> None:
    """Raise `TooLarge` where a text has more than `max_size` characters."""
    if len(text) > max_size:
        raise TooLarge(
            source, f"too large: {len(text):,} characters, the limit is {max_size:,}; raise it with --max-size"
        )


def too_large(source: str, size: int | None, limit: int, max_size: int) -> TooLarge:
    """The error for what is over a limit; it names the option that raises it."""
    what = f"{size:,} bytes" if size is not None else f"more than {limit:,} bytes"
    return TooLarge(source, f"too large: {what}, the limit is {limit:,}; raise it with --max-size (now {max_size})")
