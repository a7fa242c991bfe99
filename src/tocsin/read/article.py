"""Article JSON: one object, a list of them, or one object a line, under our keys or other people's."""

from __future__ import annotations

import datetime
import io
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import msgspec

from tocsin.errors import NoArticle, SourceError, Undecodable
from tocsin.model import Document
from tocsin.read.blob import Blob, Placed, check_length, signed, too_large
from tocsin.read.dates import parse_metadata
from tocsin.read.decode import decode
from tocsin.read.document import admit, build
from tocsin.read.entries import is_json_feed, json_entries
from tocsin.read.fieldmap import FIELDS, articles_in, at, keys, plain, texts
from tocsin.read.markup import is_markup, to_text
from tocsin.read.options import Options
from tocsin.read.values import BEFORE, values

OURS = "text"
"""Under this key a text is taken to the letter; under others it may be markup."""

MARKS = " \t\r\n\ufeff\x1e"
"""What may stand around a value."""

NOT_JSON = re.compile(r"\b(?:NaN|Infinity)\b")
STAMP = re.compile(r"([0-9]{10}|[0-9]{13})(?:\.[0-9]+)?")

NUMBERS = 1e11
"""A number of seconds since 1970 is smaller than this, one of milliseconds larger."""


def read_json(blob: Blob, options: Options) -> Iterator[Document | Placed | SourceError]:
    """The articles of JSON: an object, a list of objects, an object that holds such a list, a JSON Feed, or objects one
    behind the other. A list may be of any length: it is read item by item."""
    if blob.head.lstrip(BEFORE).startswith(b"["):
        yield from _items(blob, options)
        return
    text, _ = decode(blob.whole(options.container, options.max_size), blob.source)
    try:
        value = _parse(text, blob.source)
    except Undecodable:
        if not _is_row(text):
            raise
        yield from _items(Blob(blob.source, io.BytesIO(text.encode("utf-8", "replace")), url=blob.url), options)
        return
    if isinstance(value, dict) and is_json_feed(value):
        yield from (entry.result for entry in json_entries(value, blob.source, blob.url, options))
        return
    held = articles_in(value, options.fields) if isinstance(value, dict) else None
    value = value if held is None else held
    if isinstance(value, list):
        if not value:
            yield NoArticle(blob.source, "an empty list; there is no article in it")
        for number, item in enumerate(value, 1):
            place = f"{blob.source}[{number}]"
            found = _article(item, place, blob.url, options)
            yield signed(found, msgspec.json.encode(item)) if isinstance(found, SourceError) else Placed(found, place)
    else:
        yield _article(value, blob.source, blob.url, options)


def _is_row(text: str) -> bool:
    """Whether a text begins with a JSON object behind which another begins."""
    try:
        _, end = json.JSONDecoder().raw_decode(text.lstrip(MARKS))
    except (ValueError, RecursionError):
        return False
    return text.lstrip(MARKS)[end:].lstrip(MARKS + ",").startswith("{")


def _items(blob: Blob, options: Options) -> Iterator[Placed | SourceError]:
    """The articles of a list, or of objects one behind the other; a broken one is one error and no more."""
    empty = True
    for raw, place in values(blob, options):
        empty = False
        try:
            found = _article(_parse(decode(raw, place)[0], place), place, blob.url, options)
        except SourceError as fault:
            found = fault
        yield signed(found, raw) if isinstance(found, SourceError) else Placed(found, place)
    if empty:
        yield NoArticle(blob.source, "an empty list; there is no article in it")


def read_json_lines(blob: Blob, options: Options) -> Iterator[Placed | SourceError]:
    """The articles of a file of one object a line, read line by line; a broken line is one error and no more."""
    for number, line in enumerate(blob.lines(options.container), 1):
        source = f"{blob.source}:{number}"
        if line is None:
            yield too_large(source, None, options.container, options.max_size)
        elif line.strip():
            try:
                found = _article(_parse(decode(line.rstrip(b", \t\r"), source)[0], source), source, blob.url, options)
            except SourceError as fault:
                found = fault
            yield signed(found, line) if isinstance(found, SourceError) else Placed(found, source)


def _parse(text: str, source: str) -> Any:
    """The JSON value; raise `Undecodable` that tells where it breaks. Python and R write NaN and Infinity, which JSON
    does not have, for what is unknown; they are read as null."""
    text = text.strip(MARKS)
    try:
        return msgspec.json.decode(text.encode("utf-8", "surrogatepass"))
    except (msgspec.DecodeError, RecursionError) as fault:
        if NOT_JSON.search(text):
            with suppress(ValueError, RecursionError):
                return json.loads(text, parse_constant=lambda _: None)
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
    text, notes = _text(value, source, options)
    fields, more = _fields(value, options)
    published = options.published or _day(fields.get("published", ""))
    if published is None and "published" in fields:
        more = (*more, f"`published` is not a date: {fields['published'][:60]!r}")
    document = build(
        text,
        id=fields.get("id"),
        published=published,
        title=fields.get("title"),
        url=fields.get("url") or url,
        publisher=fields.get("publisher"),
        byline=fields.get("byline"),
        notes=(*notes, *more),
    )
    return admit(document, source)


def _text(value: dict[str, Any], source: str, options: Options) -> tuple[str, tuple[str, ...]]:
    """The text: the first that is not empty. Under a key that is not ours, markup is taken off."""
    found = list(texts(value, options.fields))
    if not found:
        named = options.fields.get("text", "text")
        raise NoArticle(source, f"not an article: the object has no key `{named}` that holds a string")
    key, text = next(((key, text) for key, text in found if text.strip()), found[0])
    if key != OURS and is_markup(text):
        check_length(text, source, options.container)
        text = to_text(text)
        check_length(text, source, options.max_size)
        return text, (f"the markup of `{key}` is taken off; offsets are into the text without it",)
    check_length(text, source, options.max_size)
    return text, ()


def _fields(value: dict[str, Any], options: Options) -> tuple[dict[str, str], tuple[str, ...]]:
    """The other fields, where they hold something, and notes on those that hold what they cannot."""
    found: dict[str, str] = {}
    notes: list[str] = []
    for name in FIELDS:
        odd = None
        for key in keys(name, options.fields):
            held = at(value, key)
            words = str(held) if name == "published" and isinstance(held, float) else plain(held)
            if words and words.strip():
                found[name] = words
                break
            odd = odd or (key if held is not None and words is None else None)
        else:
            notes += [f"`{odd}` is not a string and is left out"] if odd else []
    return found, tuple(notes)


def _day(value: str) -> str | None:
    """The ISO date of a field: as metadata writes it, or a number of seconds or milliseconds since 1970."""
    if stamp := STAMP.fullmatch(value.strip()):
        seconds = int(stamp[1]) / (1000 if int(stamp[1]) > NUMBERS else 1)
        return datetime.datetime.fromtimestamp(seconds, datetime.UTC).date().isoformat()
    return parse_metadata(value)
