"""The process that opens the sources and makes documents of them, in their order, as fast as they are taken from it."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import threading
import time
from collections import Counter
from collections.abc import Iterator
from io import BufferedIOBase
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import msgspec

from tocsin.batch.limits import Overran, soft
from tocsin.batch.messages import Chunk, Errand, Fault, Item, Place, fault_of, readable
from tocsin.batch.process import parent
from tocsin.errors import SourceError, TocsinError
from tocsin.read import read_placed
from tocsin.read.blob import Blob, signed
from tocsin.read.dates import parse_option
from tocsin.read.options import Options
from tocsin.read.sources import blobs

LIBRARIES = 5.0
"""Seconds beyond the limit, since the first page of a kind loads what reads it."""

CHUNK_ITEMS, CHUNK_CHARACTERS, CHUNK_SECONDS = 32, 50_000, 0.2

encode = msgspec.msgpack.Encoder().encode


def main() -> None:
    """Serve the owner of this process."""
    connection = parent()
    try:
        errand = msgspec.msgpack.decode(connection.recv_bytes(), type=Errand)
        try:
            send(connection, errand)
        except TocsinError as fault:
            connection.send_bytes(encode(Chunk(items=[], place=errand.start, broken=str(fault))))
    except (EOFError, OSError):
        return


def send(connection: Connection, errand: Errand) -> None:
    """Send all that the sources hold, in chunks."""
    skipped: Counter[str] = Counter()
    sender = Sender(connection, errand)
    for place, done, origin, item in walk(errand, skipped):
        sender.put(place, done, origin, item)
    sender.end(dict(skipped))


class Sender:
    """Sends steps in chunks: full ones at once, others when they have waited for long enough, even while the source
    lets us wait for the next. Ends this process when its owner is dead."""

    def __init__(self, connection: Connection, errand: Errand) -> None:
        self.connection, self.careful = connection, errand.careful
        self.place, self.done, self.origin = errand.start, 0, ""
        self.held: list[msgspec.Raw] = []
        self.size, self.since = 0, time.monotonic()
        self.lock = threading.Lock()
        self.owner = os.getppid()
        threading.Thread(target=self._watch, name="tocsin-sender", daemon=True).start()

    def put(self, place: Place, done: int, origin: str, item: Item | None) -> None:
        """One more step."""
        raw = msgspec.Raw(encoded(item)) if item is not None else None
        with self.lock:
            self.place, self.done, self.origin = place, done, origin
            if raw is not None:
                self.held.append(raw)
                self.size += len(raw)
            if self.careful or len(self.held) >= CHUNK_ITEMS or self.size >= CHUNK_CHARACTERS:
                self._flush()

    def end(self, skipped: dict[str, int]) -> None:
        """There are no more."""
        with self.lock:
            self._flush(end=True, skipped=skipped)

    def _flush(self, **more: Any) -> None:
        chunk = Chunk(items=self.held, place=self.place, origin=self.origin, done=self.done, **more)
        self.held, self.size, self.since = [], 0, time.monotonic()
        self.connection.send_bytes(encode(chunk))

    def _watch(self) -> None:
        """Send what has waited."""
        while os.getppid() == self.owner:
            time.sleep(CHUNK_SECONDS)
            with self.lock, contextlib.suppress(OSError):
                if self.held and time.monotonic() - self.since > CHUNK_SECONDS:
                    self._flush()
        os._exit(0)


Step = tuple[Place, int, str, Item | None]


def walk(errand: Errand, skipped: Counter[str]) -> Iterator[Step]:
    """Every item that is still to be sent with the place behind it, the bytes read and the file it is from; and a step
    without an item where a file ends, or begins."""
    published = parse_option(errand.published) if errand.published else None
    options = Options(published, errand.max_size, errand.timeout, errand.fields, skipped)
    start = errand.start
    done = 0
    for number, source in enumerate(errand.sources):
        if number < start.source:
            continue
        for at, blob in enumerate(blobs(source, options)):
            if number == start.source and at < start.blob:
                continue
            behind = Place(source=number, blob=at + 1)
            if isinstance(blob, SourceError):
                yield behind, done, readable(blob.source), Item(origin=readable(blob.source), fault=fault_of(blob))
                continue
            first = start.item if (number, at) == (start.source, start.blob) else 0
            yield Place(source=number, blob=at, item=first), done, readable(blob.source), None
            for count, item in enumerate(items(blob, options, errand.limit), 1):
                if count > first:
                    where = Place(source=number, blob=at, item=count)
                    yield where, done + position(blob.stream), readable(blob.source), item
            done += 0 if isinstance(blob.stream, io.BytesIO) else blob.size or 0
            yield behind, done, readable(blob.source), None


def items(blob: Blob, options: Options, limit: float) -> Iterator[Item]:
    """The documents of one file, with faults in their places; none may take more than `limit` seconds."""
    origin = readable(blob.source)
    found = read_placed(blob, options)
    while True:
        try:
            with soft(limit + LIBRARIES):
                one = next(found, None)
        except Overran as fault:
            error = SourceError(origin, "")
            error.__cause__ = fault
            yield refused(error, origin, limit)
            return
        if one is None:
            return
        if isinstance(one, SourceError):
            yield refused(one, origin, limit)
        else:
            yield Item(origin=origin, place=readable(one.place), document=one.document)


def refused(error: SourceError, origin: str, limit: float) -> Item:
    """An error as an item; one that the limit or an unforeseen exception made is of that kind."""
    if error.raw_hash is None and error.source == origin:
        error.raw_hash, error.raw_size = hash_of(Path(origin))
    if isinstance(error.__cause__, Overran):
        return Item(origin=origin, fault=fault_of(error, "overran", overrun(limit)))
    unforeseen = error.__cause__ is not None and "please report it" in error.reason
    return Item(origin=origin, fault=fault_of(error, "fault" if unforeseen else None))


def hash_of(path: Path) -> tuple[str, int] | tuple[None, None]:
    """Hash and size of a file, however large; of what is no file nothing."""
    try:
        if not path.is_file():
            return None, None
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, lambda: hashlib.blake2b(digest_size=16)).hexdigest(), stream.tell()
    except (OSError, ValueError):
        return None, None


def overrun(limit: float) -> str:
    """Why something that took too long is refused."""
    return f"it took more than {limit:g} s of computing; raise --timeout-per-document, or leave it"


def encoded(item: Item) -> bytes:
    """An item as it is sent. A text that no file could hold (half of a surrogate pair, a NUL) is refused here."""
    document = item.document
    if document is None:
        return encode(item)
    where = Fault.named(document, item.origin)
    try:
        raw = encode(item)
    except UnicodeEncodeError:
        broken = "half of a surrogate pair in the text, its title or address"
    else:
        if "\x00" not in document.text:
            return raw
        broken = "a NUL in the text"
    text = document.text.encode("utf-8", "surrogatepass")
    error = signed(SourceError(where, f"{broken}: this is no text; mend it where it comes from"), text)
    return encode(Item(origin=item.origin, fault=fault_of(error, "undecodable")))


def position(stream: BufferedIOBase) -> int:
    """How many bytes of a stream have been taken, where it can tell."""
    try:
        return stream.tell() if not isinstance(stream, io.BytesIO) else 0
    except (OSError, ValueError):
        return 0


if __name__ == "__main__":
    main()
