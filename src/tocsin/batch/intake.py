"""Where a run's documents come from: the process that opens sources, or an iterator in this one."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Protocol

import msgspec

from tocsin.batch import limits, source
from tocsin.batch.messages import Chunk, Errand, Fault, Item, Kind, Place
from tocsin.batch.process import Child, how_ended, module
from tocsin.errors import TocsinError

READER = module("tocsin.batch.source")

DESCRIPTOR = re.compile(r"/(?:dev|proc/self)/fd/([0-9]{1,9})")

START_TRIES = 4
"""So many processes in a row may die without a word; then the run cannot go on."""

encode = msgspec.msgpack.Encoder().encode
decode_chunk = msgspec.msgpack.Decoder(Chunk).decode
decode_item = msgspec.msgpack.Decoder(Item).decode


class Intake(Protocol):
    """Gives items in their order. `done` counts the bytes read of files, `skipped` what was no article."""

    done: int
    skipped: Mapping[str, int]
    ended: bool

    @property
    def connection(self) -> Connection | None:
        """What is to be waited on before `take`; `None`: it may be called at any time."""

    def take(self) -> list[Item]:
        """The next items."""

    def close(self) -> None:
        """Stop."""


class Sources:
    """What users name, opened and read in a process of its own.

    Where that process dies, another takes up its work and sends each item at once; where that one dies too, the rest of
    the file on which it died is refused, and the next file is read.
    """

    def __init__(self, errand: Errand, command: Sequence[str] = READER) -> None:
        self.errand, self.command = errand, command
        self.base = self.done = 0
        self.skipped: Mapping[str, int] = {}
        self.ended = False
        self.mute = 0
        """Processes in a row that died without a word."""
        self.origin = errand.sources[0] if errand.sources else ""
        self.child = self._start()

    @property
    def connection(self) -> Connection:
        """Readable when items are there, or the process is dead."""
        return self.child.connection

    def take(self) -> list[Item]:
        """The next items."""
        message = self.child.receive()
        if message is None:
            return self._died(self.child.end())
        chunk = decode_chunk(message)
        if chunk.broken is not None:
            raise TocsinError(chunk.broken)
        self.mute = 0
        self.errand = msgspec.structs.replace(self.errand, start=chunk.place)
        self.done = self.base + chunk.done
        self.origin = chunk.origin or self.origin
        if chunk.end:
            self.ended, self.skipped = True, chunk.skipped
        return [decode_item(raw) for raw in chunk.items]

    def close(self) -> None:
        """End the process."""
        self.child.kill()

    def _start(self) -> Child:
        stdin = None if "-" in self.errand.sources else subprocess.DEVNULL
        child = Child(self.command, stdin=stdin, inherited=descriptors(self.errand.sources))
        child.send(encode(self.errand))
        return child

    def _died(self, status: int) -> list[Item]:
        """Take up the work of a process that is dead."""
        self.mute += 1
        if self.mute >= START_TRIES:
            raise TocsinError(
                f"the process that opens sources ends before it has opened any: {how_ended(status)}; "
                "TOCSIN_DEBUG=1 shows what it says"
            )
        self.base = self.done
        found: list[Item] = []
        errand = self.errand
        if errand.careful:
            found.append(Item(origin=self.origin, fault=self._fault(status)))
            after = Place(source=errand.start.source, blob=errand.start.blob + 1)
            errand = msgspec.structs.replace(errand, start=after)
        self.errand = msgspec.structs.replace(errand, careful=True)
        self.child = self._start()
        return found

    def _fault(self, status: int) -> Fault:
        """A file on which the process died twice."""
        kind: Kind = "crashed"
        if status == limits.ENDED:
            kind, why = "overran", source.overrun(self.errand.limit)
        else:
            why = f"the process that opened it died: {how_ended(status)}"
        count = self.errand.start.item
        if count:
            why += f"; {count} article{'s' * (count != 1)} before that were read, the rest of the file was not"
        hash, size = source.hash_of(Path(self.origin))
        return Fault(kind=kind, origin=self.origin, reason=why, hash=hash, size=size)


def descriptors(sources: Sequence[str]) -> tuple[int, ...]:
    """The open file descriptors that sources name, as a shell names what `<(command)` gives: /dev/fd/63."""
    named = (int(match[1]) for source in sources if (match := DESCRIPTOR.fullmatch(source)))
    return tuple(number for number in dict.fromkeys(named) if _is_open(number))


def _is_open(number: int) -> bool:
    """Whether this process has such a file descriptor."""
    try:
        os.fstat(number)
    except (OSError, OverflowError):
        return False
    return True


class Given:
    """Items from an iterator, such as documents of the ledger or of a feed."""

    def __init__(self, items: Iterator[Item]) -> None:
        self.items = items
        self.done = 0
        self.skipped: Mapping[str, int] = {}
        self.ended = False

    @property
    def connection(self) -> None:
        """There is nothing to wait on."""
        return

    def take(self) -> list[Item]:
        """The next items."""
        found = list(islice(self.items, source.CHUNK_ITEMS))
        self.ended = len(found) < source.CHUNK_ITEMS
        return found

    def close(self) -> None:
        """Nothing is open."""
