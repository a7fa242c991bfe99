"""Article JSON: one object, a list of them, or one object a line. Keys other than ours are allowed and not needed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from tocsin.errors import NoArticle, SourceError, Undecodable
from tocsin.model import Document
from tocsin.read.blob import Blob, check_length, too_large
from tocsin.read.dates import parse_metadata
from tocsin.read.decode import decode
from tocsin.read.document import admit, build
from tocsin.read.options import Options

FIELDS = ("id", "url", "title", "published", "publisher")
"""The keys that are read beside `text`."""


def read_json(blob: Blob, options: Options) -> Iterator[Document | SourceError]:
    """The articles of one JSON value: an object or a list of objects."""
    text, _ = decode(blob.whole(options.container, options.max_size), blob.source)
    value = _parse(text, blob.source)
    if isinstance(value, list):
        if not value:
            yield NoArticle(blob.source, "an empty list; there is no article in it")
        for number, item in enumerate(value, 1):
            yield _article(item, f"{blob.source}[{number}]", blob.url, options)
    else:
        yield _article(value, blob.source, blob.url, options)


def read_json_lines(blob: Blob, options: Options) -> Iterator[Document | SourceError]:
    """The articles of a file of one object a line, read line by line; a broken line is one error and no more."""
    for number, line in enumerate(blob.lines(options.container), 1):
        source = f"{blob.source}:{number}"
        if line is None:
            yield too_large(source, None, options.container, options.max_size)
        elif line.strip():
            try:
                yield _article(_parse(decode(line, source)[0], source), source, blob.url, options)
            except SourceError as fault:
                yield fault


def _parse(text: str, source: str) -> Any:
    """The JSON value; raise `Undecodable` that tells where it breaks."""
    try:
        return msgspec.json.decode(text.encode("utf-8", "surrogatepass"))
    except (msgspec.DecodeError, RecursionError) as fault:
        raise Undecodable(source, f"broken JSON: {str(fault)[:120]}") from fault


def _article(value: object, source: str, url: str | None, options: Options) -> Document | SourceError:
    """The document of one JSON object, or what is wrong with it."""
    try:
        return _document(value, source, url, options)
    except SourceError as fault:
        return fault


def _document(value: object, source: str, url: str | None, options: Options) -> Document:
    """The document of one JSON object."""
    if not isinstance(value, dict):
        raise Undecodable(source, "not an article: a JSON object with the key `text` is wanted")
    text = value.get("text")
    if not isinstance(text, str):
        raise NoArticle(source, "not an article: the object has no key `text` that holds a string")
    check_length(text, source, options.max_size)
    fields, notes = _fields(value)
    published = options.published or parse_metadata(fields.get("published", ""))
    if published is None and "published" in fields:
        notes = (*notes, f"`published` is not a date: {fields['published'][:60]!r}")
    document = build(
        text,
        id=fields.get("id"),
        published=published,
        title=fields.get("title"),
        url=fields.get("url") or url,
        publisher=fields.get("publisher"),
        notes=notes,
    )
    return admit(document, source)


def _fields(value: dict[str, Any]) -> tuple[dict[str, str], tuple[str, ...]]:
    """The other keys that are read, where they hold something, and notes on those that hold what they cannot."""
    found: dict[str, str] = {}
    notes: list[str] = []
    for key in FIELDS:
        held = value.get(key)
        if key == "id" and isinstance(held, int):
            held = str(held)
        if isinstance(held, str):
            if held.strip():
                found[key] = held
        elif held is not None:
            notes.append(f"`{key}` is not a string and is left out")
    return found, tuple(notes)
