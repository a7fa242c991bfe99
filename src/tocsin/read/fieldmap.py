"""Where a JSON article holds what: the usual keys (`data/fieldmaps.yaml`), and those that the caller names."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from typing import Any

from tocsin.errors import UsageError
from tocsin.lexicon import Entry, read_all

FIELDS = ("id", "url", "title", "published", "publisher", "byline")
"""What is read beside `text`."""


NAMES = ("name", "title", "$date", "$oid", "$numberLong", "@value")
"""Under which keys an object has what it stands for: its name, or the value that MongoDB's dumps and JSON-LD wrap."""


class FieldMap(Entry, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """For each of our fields the keys that may hold it, the likeliest first; `lists` are keys that hold articles."""

    id: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    publisher: tuple[str, ...] = ()
    url: tuple[str, ...] = ()
    byline: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()


@functools.cache
def usual() -> FieldMap:
    """The keys of all files together; those of a user's own folder come after the package's."""
    maps = read_all("fieldmaps.yaml", FieldMap)
    names = (*FIELDS, "text", "lists")
    return FieldMap(**{name: tuple(key for one in maps for key in getattr(one, name)) for name in names})


def checked(fields: Mapping[str, str] | None) -> dict[str, str]:
    """A caller's own map; raise `UsageError` where it names a field that there is not."""
    for name in fields or {}:
        if name != "text" and name not in FIELDS:
            raise UsageError(f"fields: there is no field “{name}”; the fields are text, {', '.join(FIELDS)}")
    return dict(fields or {})


def keys(name: str, fields: Mapping[str, str]) -> tuple[str, ...]:
    """The keys that may hold a field: the one that the caller names, else the usual ones."""
    return (fields[name],) if name in fields else getattr(usual(), name)


def at(value: Mapping[str, Any], key: str) -> Any:
    """What stands under a key, or, where there is none of this name, under the way that its dots lead."""
    if key in value:
        return value[key]
    held: Any = value
    for part in key.split("."):
        if not isinstance(held, dict):
            return None
        held = held[part] if part in held else _spelt(held, part)
    return held


def _spelt(value: Mapping[str, Any], key: str) -> Any:
    """What stands under a key that differs in capital letters alone, as the headings of tables do."""
    name = _spellings(tuple(value)).get(key.casefold())
    return None if name is None else value[name]


@functools.lru_cache(maxsize=256)
def _spellings(names: tuple[str, ...]) -> Mapping[str, str]:
    """Names by their small letters, the first of each; most articles of a file have the same names."""
    return {name.casefold(): name for name in reversed(names)}


def plain(held: Any) -> str | None:
    """A value as the words that it stands for: a string, a number, the name of a thing, or several of them; `None`
    where it is nothing of this kind."""
    if isinstance(held, str):
        return held
    if isinstance(held, int) and not isinstance(held, bool):
        return str(held)
    if isinstance(held, float) and held.is_integer():
        return str(int(held))
    if isinstance(held, dict):
        return next((word for key in NAMES if (word := plain(held[key]) if key in held else None)), None)
    if isinstance(held, list):
        found = [word for item in held if (word := plain(item))]
        return ", ".join(found) if found else None
    return None


def articles_in(value: Mapping[str, Any], fields: Mapping[str, str]) -> list[Any] | None:
    """The list of articles that an object without a text of its own holds."""
    if any(True for _ in texts(value, fields)):
        return None
    lists = (at(value, key) for key in usual().lists)
    return next((held for held in lists if isinstance(held, list) and held and isinstance(held[0], dict)), None)


def texts(value: Mapping[str, Any], fields: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Each key that may hold the text and does hold a string, or paragraphs, with it."""
    for key in keys("text", fields):
        held = at(value, key)
        if isinstance(held, str):
            yield key, held
        elif isinstance(held, list) and held and all(isinstance(part, str) for part in held):
            yield key, "\n\n".join(held)
