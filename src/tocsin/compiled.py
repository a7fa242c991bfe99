"""The knowledge files compiled: what each YAML file holds, as plain values, in one msgpack file.

Parsing YAML takes longer than all else that is made ready at the start. A value is filed under the hash of the bytes of
its YAML file, so an edited file is not found here and its YAML is read; nothing but speed depends on this. The build
writes the file (`hatch_build.py`, which loads this module by its path: it imports nothing of the package).
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

DATE = 1
"""The msgpack extension in which a date goes: as a plain string it could pass for text."""

Compiled = dict[str, msgspec.Raw]


def key(content: bytes) -> str:
    """Under what the value of a YAML file with these bytes is filed."""
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def parse(content: bytes) -> Any:
    """The plain value of YAML; raises `yaml.YAMLError`."""
    import yaml  # not needed where all is compiled

    return yaml.load(content, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def write(target: Path, paths: Iterable[Path]) -> None:
    """Compile YAML files into `target`."""
    contents = [path.read_bytes() for path in paths]
    filed = {key(content): encode(parse(content)) for content in contents}
    fresh = target.with_suffix(".new")
    fresh.write_bytes(msgspec.msgpack.encode(filed))
    fresh.replace(target)


def load(target: Path) -> Compiled:
    """The compiled values, not yet decoded; none where the file is missing or is none of ours."""
    try:
        return msgspec.msgpack.decode(target.read_bytes(), type=Compiled)
    except (OSError, msgspec.DecodeError):
        return {}


def encode(value: Any) -> msgspec.Raw:
    """A plain value compiled; raises `TypeError` for what would come back as something else."""
    return msgspec.Raw(msgspec.msgpack.encode(_marked(value)))


def decode(value: msgspec.Raw) -> Any:
    """A compiled value, as `parse` gave it."""
    return _DECODER.decode(value)


def _marked(value: Any) -> Any:
    """A value with its dates as extensions."""
    if isinstance(value, dict):
        return {_marked(name): _marked(held) for name, held in value.items()}
    if isinstance(value, list):
        return [_marked(held) for held in value]
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return msgspec.msgpack.Ext(DATE, value.isoformat().encode())
    if value is None or isinstance(value, str | int | float):
        return value
    raise TypeError(f"no knowledge file may hold a {type(value).__name__}: {value!r}")


def _restored(code: int, content: memoryview) -> datetime.date:
    """The date in an extension."""
    if code != DATE:
        raise ValueError(f"unknown extension {code}")
    return datetime.date.fromisoformat(bytes(content).decode())


_DECODER = msgspec.msgpack.Decoder(ext_hook=_restored)
