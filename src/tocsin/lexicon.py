"""Knowledge is data: the strict load of the YAML files under `data/`, and a digest of what was loaded.

A file decodes straight into typed records; an unknown key, a missing field or a wrong type is refused with
`file: path in the file: what is wrong`. A user's own folder (`$TOCSIN_DATA`) is read after the package's. What the
build has compiled (`tocsin.compiled`) is taken from there, as long as the file is the one that was compiled.
"""

from __future__ import annotations

import functools
import hashlib
import os
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from tocsin import compiled
from tocsin.errors import LexiconError

T = TypeVar("T")

PACKAGE = Path(__file__).parent / "data"
COMPILED = PACKAGE / "lexicon.msgpack"

LATER = frozenset({
    "brief.yaml", "credibility.yaml", "families.yaml", "forecasts.yaml", "furniture.yaml", "levels.yaml",
    "matching.yaml", "probability.yaml", "series.yaml", "situations.yaml", "voices.yaml",
})  # fmt: skip
"""Files that have no part in reading: what is concluded from claims, watched for and shown. So have indicators."""


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Base of every record that a data file holds: frozen, unknown keys refused."""


def folders() -> tuple[Path, ...]:
    """Where knowledge is read from: the package's own folder, then the user's, if `$TOCSIN_DATA` names one."""
    own = os.environ.get("TOCSIN_DATA")
    return (PACKAGE, Path(own)) if own else (PACKAGE,)


def files(pattern: str) -> list[Path]:
    """The data files that match a glob pattern such as `triggers/*.yaml`, in a stable order."""
    return [path for folder in folders() for path in sorted(folder.glob(pattern))]


def read(path: Path, kind: type[T]) -> T:
    """Decode one YAML file into `kind`; raise `LexiconError` that names file, place and fault."""
    try:
        content = path.read_bytes()
        known = _compiled().get(compiled.key(content))
        return msgspec.convert(_parsed(path, content) if known is None else compiled.decode(known), kind)
    except msgspec.ValidationError as fault:
        raise LexiconError(f"{path.name}: {fault}") from fault
    except OSError as fault:
        raise LexiconError(f"{path.name}: cannot be read: {fault.strerror}") from fault


def _parsed(path: Path, content: bytes) -> Any:
    """The plain value of a YAML file that is not compiled."""
    import yaml

    try:
        return compiled.parse(content)
    except yaml.YAMLError as fault:
        raise LexiconError(f"{path.name}: not YAML: {' '.join(str(fault).split())}") from fault


@functools.cache
def _compiled() -> compiled.Compiled:
    """What the build compiled."""
    return compiled.load(COMPILED)


def read_all(pattern: str, kind: type[T]) -> list[T]:
    """Decode every file that matches `pattern`; at least one must exist."""
    found = files(pattern)
    if not found:
        raise LexiconError(f"{pattern}: no such data file; is the package installed whole?")
    return [read(path, kind) for path in found]


@functools.cache
def digest() -> str:
    """A fingerprint of the knowledge files by which texts are read: the same words of the lexicon give the same digest.
    An indicator that is edited makes no other reader."""
    total = hashlib.blake2b(digest_size=8)
    reading = [path for path in files("**/*.yaml") if path.name not in LATER and path.parent.name != "indicators"]
    for path in reading:
        total.update(path.name.encode())
        total.update(path.read_bytes())
    return total.hexdigest()
