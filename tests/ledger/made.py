"""Reports made by hand for the ledger, each of one or two claims."""

from __future__ import annotations

import datetime
from typing import Any

import msgspec
from tests.show.hand import LAUNCH, LOSSES, TEXT, at, document

from tocsin.ledger import Reader
from tocsin.model import Actor, Claim, Figure, Mention, Place, Report, Source, Time

FIRST = datetime.datetime(2026, 1, 1, 12, tzinfo=datetime.UTC)
LATER = datetime.datetime(2026, 1, 2, 12, tzinfo=datetime.UTC)
LAST = datetime.datetime(2026, 1, 3, 12, tzinfo=datetime.UTC)

READER = Reader(lexicon="a", model="b", parser="en 3.8", tocsin="0.1.0")
NEWER = Reader(lexicon="c", model="b", parser="en 3.8", tocsin="0.1.0")

ARMY = Report(document=document(url="https://a.example/army", publisher="Tribune", agency="Meridian"),
              claims=(LOSSES, LAUNCH))  # fmt: skip


def simple(number: int, text: str | None = None, **fields: Any) -> Report:
    """An article of one claim: `text` says that somebody shelled somewhere."""
    said = text or f"Troops shelled village {number}."
    trigger = said.index("shelled")
    claim = Claim(
        id=f"c{number}", trigger=Mention(text="shelled", start=trigger, end=trigger + 7), type="ASSAULT",
        mode="heavy-weapons", status="occurred", actors=(), recipients=(), objects=(), figures=(), places=(), time=None,
        sources=(), evidence=Mention(text=said, start=0, end=len(said)), confidence=0.5, made_by="assault.shell",
    )  # fmt: skip
    about = {"id": f"d{number}", "text": said, "url": f"https://a.example/{number}", "published": "2024-12-20"} | fields
    return Report(document=document(**about, body=0, title=about.get("title")), claims=(claim,))


def with_claim(report: Report, **fields: Any) -> Report:
    """The same article with its first claim changed."""
    changed = msgspec.structs.replace(report.claims[0], **fields)
    return msgspec.structs.replace(report, claims=(changed, *report.claims[1:]))


def actor(text: str = "", kind: type[Actor] = Actor, **fields: Any) -> Any:
    """An actor whose words are at the beginning of the text; fit for finding, not for the verbatim check."""
    return kind(**{"text": text, "start": 0, "end": len(text)} | fields)


__all__ = ["ARMY", "FIRST", "LAST", "LATER", "NEWER", "READER", "TEXT", "Figure", "Place", "Source", "Time", "actor",
           "at", "simple", "with_claim"]  # fmt: skip
