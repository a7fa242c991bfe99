"""Claims made by hand, and gold claims, as the ledger hands them to the links."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec

import tocsin
from tocsin.judgement import Told
from tocsin.model import Actor, Claim, Figure, Mention, Place, Source, Time

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
QUALIFIERS = {"~": "about"}


def at(text: str, words: str) -> dict[str, Any]:
    """The fields of a mention of the words' first occurrence."""
    start = text.index(words)
    return {"text": words, "start": start, "end": start + len(words)}


def figure(text: str, words: str, what: str, low: float | None, high: float | None, qualifier: str) -> Figure:
    """A figure at the words' first occurrence."""
    return msgspec.convert(at(text, words) | {"what": what, "low": low, "high": high, "qualifier": qualifier}, Figure)


def source(text: str, words: str, *, level: int = 0, manner: Any = "said", **fields: Any) -> Source:
    """A source; without a name of its own it is what the words say."""
    return Source(**at(text, words), level=level, manner=manner, **fields)


def claim(text: str, trigger: str, **fields: Any) -> Claim:
    """A claim whose evidence is the whole text."""
    empty: dict[str, Any] = dict.fromkeys(("actors", "recipients", "objects", "figures", "places", "sources"), ())
    given = empty | {
        "id": f"{text.index(trigger):016x}", "trigger": Mention(**at(text, trigger)), "type": "CASUALTIES",
        "mode": "attack", "status": "occurred", "time": None, "evidence": Mention(text=text, start=0, end=len(text)),
    }  # fmt: skip
    return Claim(**given | fields)


def told(one: Claim, document: str, published: str | None, **fields: Any) -> Told:
    """A claim of a document that is a family of its own, unless `family` says otherwise."""
    given = {"id": f"{document}:{one.id}", "document": document, "family": document, "published": published}
    return Told(claim=one, **given | fields)


def actor(text: str, words: str, country: str | None = None) -> Actor:
    """Somebody at the words' first occurrence."""
    return Actor(**at(text, words), country=country)


def place(text: str, words: str, **fields: Any) -> Place:
    """A place at the words' first occurrence."""
    return Place(**at(text, words), **fields)


def time(text: str, words: str, first: str | None, last: str | None) -> Time:
    """A time at the words' first occurrence."""
    return msgspec.convert(at(text, words) | {"from": first, "to": last}, Time)


def read(document: str, published: str, text: str, **fields: Any) -> list[Told]:
    """The claims that Tocsin reads in a text."""
    report = tocsin.read(text, published=published)
    given = {"family": document, "agency": report.document.agency} | fields
    return [
        Told(id=f"{document}:{one.id}", claim=one, document=document, published=published, **given)
        for one in report.claims
    ]


def first(value: Any) -> Any:
    """The best of the alternatives that an annotation allows."""
    return (value[0] if value else None) if isinstance(value, list) else value


def gold(name: str) -> list[Told]:
    """The annotated claims of an article of the gold folder, the best alternative of each."""
    article = json.loads((SHARED / "gold" / f"{name}.json").read_text(encoding="utf-8"))
    rows = [msgspec.convert(_gold(row, article["text"]), Claim, strict=False) for row in article["claims"]]
    agency = "Reuters" if "(Reuters)" in article["text"][:200] else None
    return [
        Told(id=one.id, claim=one, document=name, family=name, published=article["published"], agency=agency)
        for one in rows
    ]


def _gold(row: dict[str, Any], text: str) -> dict[str, Any]:
    span = row["evidence"]
    sources = [
        s | {"manner": first(s["manner"]), "cue": s["cue"] if isinstance(s.get("cue"), dict) else None}
        for s in row["sources"]
    ]
    figures = [f | {"what": first(f["what"]), "qualifier": first(f["qualifier"])} for f in row["figures"]]
    return row | {
        "type": first(row["types"]), "mode": first(row["modes"]), "status": first(row["status"]), "sources": sources,
        "figures": figures, "evidence": span | {"text": text[span["start"] : span["end"]]},
    }  # fmt: skip
