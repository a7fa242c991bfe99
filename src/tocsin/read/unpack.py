"""What is packed with gzip or Zstandard, unpacked as a stream: never more in memory than a few megabytes, a bomb left
where it is, and what comes after a damaged member still reached."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Iterator
from typing import NamedTuple, Protocol

from tocsin.errors import SourceError, Undecodable
from tocsin.read.blob import Blob, Rest
from tocsin.read.options import Options

BOMB_SIZE, BOMB_RATIO = 100_000_000, 200
"""Bytes that swell to more than this, and more than so many times over, are no news."""

CUT = "cut short: the end of the compressed data is missing; fetch the file again"
DAMAGED = "damaged: the compressed data does not fit its own checks; fetch the file again"
BOMB = f"a compression bomb: it swells more than {BOMB_RATIO} times over; nothing more of it is read"


class Member(Protocol):
    """One compressed member or frame, being unpacked."""

    @property
    def eof(self) -> bool:
        """Whether its end has been reached."""

    @property
    def unused_data(self) -> bytes:
        """What was given beyond its end."""

    def decompress(self, data: bytes, /) -> bytes:
        """What these bytes unpack to."""


class Packing(NamedTuple):
    """A way of compressing. Of `slice` bytes unpack at most some 16 MB. `faults` is what a damaged member raises."""

    name: str
    magic: bytes
    open: Callable[[], Member]
    slice: int
    faults: type[Exception]


def gzip() -> Packing:
    """RFC 1952, members one after the other."""
    return Packing("gzip", b"\x1f\x8b\x08", lambda: zlib.decompressobj(wbits=31), 1 << 13, zlib.error)


def zstd() -> Packing:
    """RFC 8878, frames one after the other. Four bytes may stand for a block of 128 KB."""
    import zstandard

    opener = zstandard.ZstdDecompressor(max_window_size=1 << 27)
    return Packing("zstd", b"\x28\xb5\x2f\xfd", lambda: opener.decompressobj(), 1 << 9, zstandard.ZstdError)


class Unpacked(io.RawIOBase):
    """The unpacked bytes. At a fault the stream ends and `fault` says why; `resume` goes on with the next member."""

    def __init__(self, packed: Rest, packing: Packing) -> None:
        super().__init__()
        self.packed = packed
        self.packing = packing
        self.member: Member | None = None
        self.first = True
        self.pending = b""
        self.ready = memoryview(b"")
        self.taken = self.given = 0
        self.fault: str | None = None
        self.told = False
        self.trailing = False
        """Whether bytes follow the last member that are none."""

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """As many bytes as are unpacked, at most as many as the buffer holds; none at the end or a fault."""
        while not self.ready and self._step():
            pass
        count = min(len(buffer), len(self.ready))
        buffer[:count] = self.ready[:count]
        self.ready = self.ready[count:]
        return count

    def _more(self, count: int) -> bool:
        """Have `count` packed bytes pending, if there are so many; whether there is any."""
        while len(self.pending) < count:
            chunk = self.packed.read(max(count, 1 << 16))
            if not chunk:
                break
            self.pending += chunk
        return bool(self.pending)

    def _step(self) -> bool:
        """Unpack one slice; whether more may come."""
        if self.fault or self.trailing:
            return False
        if self.member is None and not self._open():
            return False
        if not self._more(1):
            self.fault = CUT
            return False
        data, self.pending = self.pending[: self.packing.slice], self.pending[self.packing.slice :]
        assert self.member is not None
        try:
            self.ready = memoryview(self.member.decompress(data))
        except self.packing.faults:
            self.fault = DAMAGED
            self.pending = data + self.pending
            return False
        self.taken += len(data)
        self.given += len(self.ready)
        if self.given > BOMB_SIZE and self.given > BOMB_RATIO * self.taken:
            self.fault, self.ready = BOMB, memoryview(b"")
            return False
        if self.member.eof:
            self.pending = self.member.unused_data + self.pending
            self.member = None
        return True

    def _open(self) -> bool:
        """Begin the next member, if there is one; bytes of padding before it are passed over."""
        while self._more(len(self.packing.magic)) and not self.first:
            self.pending = self.pending.lstrip(b"\x00")
            if self.pending:
                break
        if not self.pending:
            return False
        if not self.pending.startswith(self.packing.magic):
            self.fault = CUT if self.packing.magic.startswith(self.pending) else None
            self.trailing = self.fault is None
            return False
        self.member, self.first = self.packing.open(), False
        return True

    def resume(self) -> bool:
        """After a fault, go to the next member that unpacks; whether there is one."""
        while self.fault == DAMAGED:
            self.pending = self.pending[1:]
            if not self._seek():
                return False
            self.fault, self.member = None, self.packing.open()
            if self._step():
                self.told = False
                return True
        return False

    def _seek(self) -> bool:
        """Pass over all that is before the next mark of a member."""
        keep = len(self.packing.magic) - 1
        while True:
            at = self.pending.find(self.packing.magic)
            if at >= 0:
                self.pending = self.pending[at:]
                return True
            self.pending = self.pending[-keep:]
            before = len(self.pending)
            self._more(before + 1)
            if len(self.pending) == before:
                return False


def read_packed(blob: Blob, options: Options, packing: Packing) -> Iterator[SourceError | Blob]:
    """What is in a compressed stream, as a blob of its own; one error where it breaks off."""
    unpacked = Unpacked(blob.rest(), packing)
    inner = Blob(
        blob.source,
        io.BufferedReader(unpacked, 1 << 16),
        url=blob.url,
        charset=blob.charset,
        fetched=blob.fetched,
        unpacking=unpacked,
    )
    if unpacked.fault and not inner.head:
        raise Undecodable(blob.source, unpacked.fault)
    yield inner
    if unpacked.trailing:
        options.skip(f"bytes after the end of {packing.name} data")
    if unpacked.fault and not unpacked.told:
        yield Undecodable(blob.source, unpacked.fault)


def read_gzip(blob: Blob, options: Options) -> Iterator[SourceError | Blob]:
    """What is packed with gzip."""
    return read_packed(blob, options, gzip())


def read_zstd(blob: Blob, options: Options) -> Iterator[SourceError | Blob]:
    """What is packed with Zstandard."""
    return read_packed(blob, options, zstd())
