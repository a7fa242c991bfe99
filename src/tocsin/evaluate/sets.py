"""Where the annotated sets are, and how their rows are read. A set that is not there is no error: it is skipped, and
whoever asks says so."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

import msgspec

from tocsin.errors import SourceError

T = TypeVar("T")

REPOSITORY = Path(__file__).resolve().parents[3]


def shared() -> Path:
    """The folder of the annotated sets: `$TOCSIN_SHARED`, or `shared` beside the repository."""
    named = os.environ.get("TOCSIN_SHARED")
    return Path(named) if named else REPOSITORY.parent / "shared"


def members(folder: Path, name: str, pattern: str = "*.json") -> list[Path]:
    """The files of a set: one file, or those of a folder that match `pattern`; none where it is absent."""
    path = folder / name
    if path.is_dir():
        return sorted(path.glob(pattern))
    return [path] if path.is_file() else []


def digest(paths: Sequence[Path]) -> str:
    """A fingerprint of a set's files, by which a floor knows the set that it was measured on."""
    found = hashlib.blake2b(digest_size=8)
    for path in paths:
        found.update(path.name.encode())
        found.update(path.read_bytes())
    return found.hexdigest()


def rows(path: Path, kind: type[T]) -> list[T]:
    """The rows of a JSON-lines file. Raise `SourceError` that names the line which is not as it should be."""
    decoder = msgspec.json.Decoder(kind)
    found = []
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        if not line.strip():
            continue
        try:
            found.append(decoder.decode(line))
        except msgspec.DecodeError as fault:
            raise SourceError(f"{path}:{number}", f"not a row of this set: {fault}") from fault
    return found


def article(path: Path, kind: type[T]) -> T:
    """One JSON file. Raise `SourceError` where it is not as it should be."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except msgspec.DecodeError as fault:
        raise SourceError(str(path), f"not an annotated article: {fault}") from fault


def sample(items: Sequence[T], size: int | None) -> list[T]:
    """`size` items spread evenly over all, the same at every run; all of them with no size."""
    if size is None or size >= len(items):
        return list(items)
    return [items[k * len(items) // size] for k in range(size)]
