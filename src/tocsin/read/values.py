"""The values of JSON that holds many, cut out one at a time: a list, however long, or objects one behind the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from tocsin.errors import Undecodable
from tocsin.read.blob import CHUNK, Blob, too_large
from tocsin.read.options import Options

TOKEN = re.compile(rb'"(?:[^"\\]++|\\.)*+"|["{}\[\],]', re.DOTALL)
"""What matters for where a value ends: strings as a whole, brackets, commas; and a quotation mark alone where a string
goes on beyond what has been read."""

OPENING, CLOSING = (b"{", b"["), (b"}", b"]")
BEFORE = b" \t\r\n,\xef\xbb\xbf\x1e"
"""What may stand before a value: white space, commas, a byte order mark, the mark of RFC 7464."""


class Value(NamedTuple):
    """One value as it is written, and its place."""

    raw: bytes
    place: str


def values(blob: Blob, options: Options) -> Iterator[Value]:
    """The items of the lists and the objects of a blob, in an encoding that keeps ASCII, numbered from 1. What is held
    at a time is one of them. Raise `Undecodable` where the end is missing, `TooLarge` for an item over the limit; what
    stands before has then been given."""
    found = _Cutter(blob.source)
    stream, held = blob.stream, bytearray(blob.head)
    while True:
        yield from found.cut(held)
        if len(held) > options.container:
            raise too_large(found.place, None, options.container, options.max_size)
        # Twice as much each time, so that a long string is not looked through again and again.
        more = stream.read(max(CHUNK, len(held)))
        if not more:
            break
        held += more
    if found.depth or held.strip(BEFORE):
        what = "it is cut short" if found.depth else "something else stands behind the end"
        raise Undecodable(found.place, f"broken JSON: {what}; what stands before is read")


class _Cutter:
    """Cuts values off the beginning of what has been read so far."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.number = 0
        self.depth = self.base = 0
        """How many brackets are open, and how many of them are around the items: 1 in a list."""
        self.at = 0
        """So far has what is held been looked through."""

    @property
    def place(self) -> str:
        """The value that comes next."""
        return f"{self.source}[{self.number + 1}]"

    def cut(self, held: bytearray) -> Iterator[Value]:
        """Take off all values that are whole."""
        start = 0
        for token in TOKEN.finditer(bytes(held), self.at):
            mark, begin, end = token[0], *token.span()
            self.at = end
            if mark == b'"':
                self.at = begin
                break
            if mark in OPENING:
                if self.depth == 0:
                    self.base = int(mark == b"[")
                    start = end if self.base else begin
                self.depth += 1
            elif mark in CLOSING and self.depth:
                self.depth -= 1
                if self.depth == 0:
                    yield from self._value(held[start : begin if self.base else end])
                    start = end
            elif mark == b"," and self.depth == self.base == 1:
                yield from self._value(held[start:begin])
                start = end
        else:
            self.at = len(held)
        del held[:start]
        self.at -= start

    def _value(self, written: bytearray) -> Iterator[Value]:
        """A value, if anything stands there."""
        raw = bytes(written).strip(BEFORE)
        if raw:
            self.number += 1
            yield Value(raw, f"{self.source}[{self.number}]")
