"""The body of an HTTP answer as the server meant it: chunks joined, compression undone, both only where they are
really there, since crawlers undo them and keep the header."""

from __future__ import annotations

import re
import zlib

CHUNK_HEAD = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]{0,20}(?:;[^\r\n]{0,200})?\r?\n")


def decode_body(data: bytes, transfer: str, content: str, limit: int) -> bytes:
    """The body. `transfer` and `content` are the headers of those names, empty where missing. Of what swells, one byte
    more than `limit` is given, so that who holds the limit sees it broken."""
    if "chunked" in transfer.lower():
        data = joined(data)
    for name in reversed([part.strip().lower() for part in content.split(",")]):
        data = _UNPACKERS[name](data, limit + 1) if name in _UNPACKERS else data
    return data


def joined(data: bytes) -> bytes:
    """The chunks of a chunked body joined; the bytes as they are where they are not chunked."""
    parts: list[bytes] = []
    at = 0
    while match := CHUNK_HEAD.match(data, at):
        size = int(match[1], 16)
        if not size:
            break
        parts.append(data[match.end() : match.end() + size])
        at = match.end() + size
        at += 2 if data.startswith(b"\r\n", at) else 1 if data.startswith(b"\n", at) else 0
    return b"".join(parts) if parts else data


def _gunzip(data: bytes, size: int) -> bytes:
    """Unpack gzip."""
    return _inflate(data, size, 31) if data.startswith(b"\x1f\x8b") else data


def _deflate(data: bytes, size: int) -> bytes:
    """Unpack what servers call deflate: with the header of zlib or without."""
    found = _inflate(data, size, 15)
    return _inflate(data, size, -15) if found is data else found


def _inflate(data: bytes, size: int, bits: int) -> bytes:
    """Unpack; the same bytes where they are not packed so."""
    try:
        return zlib.decompressobj(wbits=bits).decompress(data, size)
    except zlib.error:
        return data


def _brotli(data: bytes, size: int) -> bytes:
    """Unpack Brotli; the same bytes where they are not packed so."""
    import brotli

    opened = brotli.Decompressor()
    try:
        found = opened.process(data, output_buffer_limit=size)
        while len(found) < size and not opened.is_finished():
            more = opened.process(b"", output_buffer_limit=size - len(found))
            if not more:
                break
            found += more
    except brotli.error:
        return data
    return bytes(found) if opened.is_finished() or len(found) >= size else data


_UNPACKERS = {"gzip": _gunzip, "x-gzip": _gunzip, "deflate": _deflate, "br": _brotli}
