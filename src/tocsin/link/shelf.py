"""Events by the million, kept packed: a quarter of a kilobyte each, where those at hand take a kilobyte and more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import overload

import msgspec

from tocsin.link.events import Event


class Shelf(Sequence[Event]):
    """Events in the order in which they were put there; each is unpacked anew whenever it is asked for."""

    def __init__(self, events: Iterable[Event] = ()) -> None:
        self._encode = msgspec.msgpack.Encoder().encode
        self._decode = msgspec.msgpack.Decoder(Event).decode
        self._packed: list[bytes] = []
        self.extend(events)

    @classmethod
    def of_packed(cls, packed: Iterable[bytes]) -> Shelf:
        """Events that are packed already."""
        shelf = cls()
        shelf._packed = list(packed)
        return shelf

    def extend(self, events: Iterable[Event]) -> None:
        """Put more events there."""
        self._packed.extend(map(self._encode, events))

    @overload
    def __getitem__(self, at: int) -> Event: ...
    @overload
    def __getitem__(self, at: slice) -> Shelf: ...
    def __getitem__(self, at: int | slice) -> Event | Shelf:
        if isinstance(at, slice):
            return Shelf(map(self._decode, self._packed[at]))
        return self._decode(self._packed[at])

    def __len__(self) -> int:
        return len(self._packed)

    def __iter__(self) -> Iterator[Event]:
        return map(self._decode, self._packed)
