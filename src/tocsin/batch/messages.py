"""What the processes of a run send each other: frozen records as MessagePack, never pickles."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Literal

import msgspec

from tocsin import errors
from tocsin.errors import SourceError
from tocsin.model import Claim, Document, Record

Kind = Literal["missing", "too-large", "undecodable", "empty", "language", "overran", "crashed", "fault"]
"""Why something is refused: no such file or no answer; over the limit of size; broken or no text; nothing in it; not
English; took too long; ended the process that read it; an unforeseen exception."""

KINDS: dict[type[SourceError], Kind] = {
    errors.NotFound: "missing",
    errors.TooLarge: "too-large",
    errors.Undecodable: "undecodable",
    errors.NoArticle: "empty",
    errors.NotEnglish: "language",
}


class Fault(Record, frozen=True, kw_only=True):
    """Something that was refused: where it came from, why, and the hash (BLAKE2b, 32 hexadecimal digits) and the size
    of its bytes where they were in hand. `kept` is the document as JSON where it was one, so that it can be tried
    again without its source."""

    kind: Kind
    origin: str
    reason: str
    hash: str | None = None
    size: int | None = None
    kept: bytes | None = None

    @staticmethod
    def place_of(document: Document) -> str:
        """What is put behind the origin of a document to name it."""
        return f": article {readable(document.url or document.id)}"

    @staticmethod
    def named(document: Document, origin: str) -> str:
        """The origin of a document that cannot be sent on: its address may not be one that can be."""
        return f"{origin}: article {readable(document.id)}"


class Item(Record, frozen=True, kw_only=True):
    """One thing that a source holds: a document, or a fault in its place. `place` names where in the file `origin` the
    document stands, as a fault there would be named."""

    origin: str
    place: str | None = None
    document: Document | None = None
    fault: Fault | None = None


class Place(Record, frozen=True, kw_only=True):
    """How far the sources have been read: the number of the source, of the file in it, of the item in that."""

    source: int = 0
    blob: int = 0
    item: int = 0


class Errand(Record, frozen=True, kw_only=True):
    """What the process that reads the sources is to do. `start` is where it takes up the work of one that died;
    `careful`: send every item at once, since one of the next ends the process."""

    sources: tuple[str, ...]
    published: str | None = None
    max_size: int = 1_000_000
    timeout: float = 20.0
    fields: Mapping[str, str] = {}
    limit: float = 60.0
    start: Place = Place()
    careful: bool = False


class Chunk(Record, frozen=True, kw_only=True):
    """Items in the order of the sources. `place` is behind the last of them, `origin` the file that is being read;
    `done` bytes of files have been read. `skipped` counts what is no article; it comes with the end. `broken` says why
    nothing can be read at all."""

    items: list[msgspec.Raw]
    place: Place
    origin: str = ""
    done: int = 0
    end: bool = False
    skipped: Mapping[str, int] = {}
    broken: str | None = None


class Orders(Record, frozen=True, kw_only=True):
    """What a reading process is told at its start: the spaCy model, and the seconds that a task may compute."""

    model: str
    limit: float


class Task(Record, frozen=True, kw_only=True):
    """Documents that are read together."""

    documents: list[Document]


class Read(Record, frozen=True, kw_only=True):
    """What a document says, or the reason why it could not be read."""

    claims: tuple[Claim, ...] = ()
    reason: str | None = None


class Answer(Record, frozen=True, kw_only=True):
    """A reading process has loaded its model (`results` is `None`), has done its task, or cannot work at all."""

    results: list[Read] | None = None
    broken: str | None = None


def fault_of(error: SourceError, kind: Kind | None = None, reason: str | None = None) -> Fault:
    """An error as it is sent and kept."""
    return Fault(
        kind=kind or KINDS.get(type(error), "fault"),
        origin=readable(error.source),
        reason=readable(reason or error.reason),
        hash=error.raw_hash,
        size=error.raw_size,
    )


def fault_in(document: Document, origin: str, kind: Kind, reason: str) -> Fault:
    """A document that could not be read, with all of it."""
    kept = msgspec.json.encode(document)
    digest = hashlib.blake2b(kept, digest_size=16).hexdigest()
    return Fault(
        kind=kind,
        origin=origin + Fault.place_of(document),
        reason=readable(reason),
        hash=digest,
        size=len(kept),
        kept=kept,
    )


def readable(words: str) -> str:
    """Words on one line that every database and terminal takes; a file's name may hold any bytes."""
    return " ".join(words.encode("utf-8", "backslashreplace").decode().replace("\x00", "\\0").split())
