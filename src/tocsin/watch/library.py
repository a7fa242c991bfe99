"""Packs of indicators: those that come with Tocsin, those in a user's own folder, and files that are named."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import msgspec
from msgspec import Meta, structs

from tocsin import lexicon
from tocsin.errors import LexiconError, UsageError
from tocsin.lexicon import Entry
from tocsin.watch.indicators import Indicator, Name, Words, indicator_of

FOLDER = "indicators"
OWN = "own"
"""The pack of indicators that belong to none; all files of one indicator together."""


class Written(Entry, frozen=True, kw_only=True):
    """A file of indicators. `source` says where the choice comes from."""

    pack: Name
    title: Words
    indicators: Annotated[list[dict[str, Any]], Meta(min_length=1)]
    source: str | None = None


class Pack(Entry, frozen=True, kw_only=True):
    """Indicators that belong together."""

    id: str
    title: str
    indicators: tuple[Indicator, ...]
    source: str | None = None


@functools.cache
def packs() -> dict[str, Pack]:
    """The packs of the library, by id; one of the user's own folder takes the place of one of the same id."""
    found: dict[str, Pack] = {}
    for path in lexicon.files(f"{FOLDER}/*.yaml"):
        pack = pack_of(path)
        if pack.id == OWN and OWN in found:
            pack = structs.replace(pack, indicators=(*found[OWN].indicators, *pack.indicators))
        found[pack.id] = pack
    twice = _twice(list(found.values()))
    if twice:
        raise LexiconError(f"{FOLDER}: {twice}: two packs have an indicator of this id; give one another")
    return found


def pack_of(path: Path) -> Pack:
    """The pack in a file; a file of one indicator is a pack of its own. Raises `LexiconError`: `file: indicator: what
    is wrong`."""
    given = lexicon.read(path, dict[str, Any])
    if "indicators" not in given and "query" in given:
        one = indicator_of(given, path.name, OWN)
        return Pack(id=OWN, title="Indicators of your own", indicators=(one,))
    try:
        written = msgspec.convert(given, Written)
    except msgspec.ValidationError as fault:
        raise LexiconError(f"{path.name}: {fault}") from fault
    indicators = tuple(indicator_of(one, path.name, written.pack) for one in written.indicators)
    pack = Pack(id=written.pack, title=written.title, indicators=indicators, source=written.source)
    twice = _twice([pack])
    if twice:
        raise LexiconError(f"{path.name}: {twice}: this id comes twice; give one another")
    return pack


def chosen(named: Sequence[str]) -> list[Indicator]:
    """The indicators of packs and files that are named, each once; of all packs where none is."""
    found: dict[str, Indicator] = {}
    for name in named or tuple(packs()):
        for one in _pack(name).indicators:
            other = found.setdefault(one.id, one)
            if other is not one and other != one:
                raise UsageError(f"{name}: {one.id}: two indicators have this id; give one another")
    return list(found.values())


def _pack(name: str) -> Pack:
    """A pack by its id, or a file."""
    if name in packs():
        return packs()[name]
    path = Path(name)
    if not path.is_file():
        raise UsageError(f"{name}: no pack and no file of this name; tocsin watch --list shows the packs")
    return pack_of(path)


def _twice(found: list[Pack]) -> str | None:
    """An id that two packs use."""
    seen: set[str] = set()
    for one in (one for pack in found for one in pack.indicators):
        if one.id in seen:
            return one.id
        seen.add(one.id)
    return None
