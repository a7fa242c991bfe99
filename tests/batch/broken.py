"""Twenty ways to be no article in English that can be read."""

from __future__ import annotations

import bz2
import gzip
import io
import sqlite3
import zipfile
from pathlib import Path

import zstandard

GERMAN = "Die Regierung teilte am Montag mit, dass an der Grenze drei Dörfer beschossen worden seien. " * 6
FRENCH = "Le gouvernement a annoncé lundi que trois villages situés près de la frontière avaient été bombardés. " * 6
RUSSIAN = "Правительство сообщило в понедельник, что у границы были обстреляны три деревни. " * 6
ENGLISH = "The government said on Monday that three villages near the border had been shelled. "

ENTITIES = """<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<rss version="2.0"><channel><title>&b;</title><item><title>&b;</title></item></channel></rss>"""

LARGEST, LIMIT = 200_000, 1.0
"""The `--max-size` and `--timeout-per-document` under which `too-long` and `too-much-work` are refused."""


def ways() -> dict[str, bytes]:
    """The bytes of each, by the name of its file."""
    page = f"<html><head><title>Nouvelles</title></head><body><article><p>{FRENCH}</p></article></body></html>"
    return {
        "empty.txt": b"",
        "blank.txt": b" \n\t \n" * 20,
        "report.txt": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj",
        "picture.txt": b"\x89PNG\r\n\x1a\n" + bytes(64),
        "office.txt": _zip(),
        "program.txt": b"\x7fELF\x02\x01\x01" + bytes(64),
        "rich.txt": b"{\\rtf1\\ansi The government said so.}",
        "database.txt": _database(),
        "squeezed.txt": bz2.compress(ENGLISH.encode()),
        "noise.txt": bytes(range(256)) * 8,
        "german.txt": GERMAN.encode(),
        "russian.txt": RUSSIAN.encode("utf-16"),
        "french.html": page.encode(),
        "no-text.json": b'{"id": "x", "title": "Shelling", "url": "https://news.example/x"}',
        "half.json": b'{"id": "y", "text": "The government said on Monday that',
        "surrogate.json": b'{"id": "z", "text": "The government said on Monday \\ud800 that villages were shelled."}',
        "nul.json": b'{"id": "n", "text": "The government said on Monday \\u0000 that villages were shelled."}',
        "bomb.xml": ENTITIES.encode(),
        "cut.txt.gz": gzip.compress((ENGLISH * 400).encode(), mtime=0)[:-40],
        "too-long.txt": (ENGLISH * 3000).encode(),
    }


def _zip() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("word/document.xml", ENGLISH)
    return held.getvalue()


def _database() -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE t (x)")
    return connection.serialize()


def cut_zstd() -> bytes:
    """A packed article without its end."""
    return zstandard.compress((ENGLISH * 400).encode())[:-20]


def write(folder: Path) -> int:
    """Write them all; how many."""
    for name, data in ways().items():
        (folder / name).write_bytes(data)
    return len(ways())
