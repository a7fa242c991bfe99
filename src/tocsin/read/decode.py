"""Bytes to text: byte order mark, UTF-8, the charset that was declared, then the likeliest of the old encodings."""

from __future__ import annotations

import codecs
import unicodedata

from tocsin.errors import Undecodable
from tocsin.read.detect import BOMS, is_binary

SAMPLE = 65536
"""The guess of an encoding looks at so many bytes around the first that are not ASCII."""

FEW = 100
"""In so short a text statistics tell nothing."""

STRAY = 0.1
"""A text is UTF-8 with faults, and not of another encoding, when at most this share of what is not ASCII is broken."""


def decode(data: bytes, source: str, *declared: str | None) -> tuple[str, tuple[str, ...]]:
    """The text and notes on how it was decoded. Only a byte order mark is taken away. Of the charsets that were
    declared the first that fits is taken: a server often names its own for pages that it only keeps. Raise
    `Undecodable` on binary."""
    for mark, name in BOMS:
        if data.startswith(mark):
            return _marked(data, name, source)
    if b"\x00" in data or is_binary(data[:SAMPLE]):
        raise Undecodable(source, "binary, not text; give plain text, a web page or article JSON")
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass
    for charset in declared:
        text = _declared(data, charset)
        if text is not None:
            return text, ()
    text = _broken_utf8(data)
    if text is not None:
        return text, ("some bytes are not valid UTF-8; they read as U+FFFD",)
    return _guessed(data)


def _marked(data: bytes, name: str, source: str) -> tuple[str, tuple[str, ...]]:
    """Decode what begins with a byte order mark."""
    try:
        return data.decode(name), ()
    except UnicodeDecodeError:
        text = data.decode(name, "replace")
        if text.count("�") * 50 > len(text):
            raise Undecodable(source, f"its byte order mark says {name}, and it is not; save it as UTF-8") from None
        return text, (f"some bytes are not valid {name}; they read as U+FFFD",)


def _declared(data: bytes, declared: str | None) -> str | None:
    """The text in the charset that the server or the page declares; Latin-1 means Windows-1252, as in browsers."""
    if not declared:
        return None
    try:
        name = codecs.lookup(declared).name
    except LookupError:
        return None
    if name in ("ascii", "iso8859-1", "cp1252"):
        return data.decode("cp1252") if _is_western(data) else None
    try:
        return data.decode(name)
    except (UnicodeDecodeError, ValueError):
        return None


def _broken_utf8(data: bytes) -> str | None:
    """The text, if it is UTF-8 but for a few bytes (a cut file, a spliced one)."""
    text = data.decode("utf-8", "replace")
    broken = text.count("�")
    whole = sum(1 for char in text if char > "\x7f") - broken
    return text if whole and broken <= max(STRAY * whole, 1) else None


def _is_western(data: bytes) -> bool:
    """Whether the bytes can be Windows-1252, and all in them that is not ASCII are letters, punctuation, money."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return False
    odd = [char for char in text if char > "\x7f"]
    return all(unicodedata.category(char)[0] in "LPSZNC" for char in odd)


def _guessed(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The likeliest reading. Text that is nearly all ASCII is English with Windows' punctuation; for the rest ask the
    statistics of charset-normalizer."""
    odd = sum(byte > 127 for byte in data)
    if odd * 20 <= len(data) + FEW and _is_western(data):
        return data.decode("cp1252"), ("no encoding is declared; read as cp1252",)
    import charset_normalizer

    first = next((i for i, byte in enumerate(data) if byte > 127), 0)
    start = max(0, first - SAMPLE // 2)
    best = charset_normalizer.from_bytes(data[start : start + SAMPLE]).best()
    name = best.encoding if best else "cp1252"
    return data.decode(name, "replace"), (f"no encoding is declared; read as {name}",)
