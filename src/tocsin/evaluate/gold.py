"""The annotated articles as typed records: claims with the alternatives that the annotation allows."""

from __future__ import annotations

from pathlib import Path

import msgspec

from tocsin.evaluate.sets import article
from tocsin.model import Document
from tocsin.read import from_text


class GoldMention(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of the text, with whom or what it names."""

    text: str
    start: int
    end: int
    name: str | None = None
    country: str | None = None


class GoldFigure(GoldMention, frozen=True, kw_only=True):
    """A number; `what` lists what may be said to be counted, best first."""

    what: tuple[str, ...]
    low: float | None
    high: float | None


class GoldSource(GoldMention, frozen=True, kw_only=True):
    """Who vouches; `level` 0 is the outermost."""

    level: int = 0


class GoldTime(msgspec.Struct, frozen=True, kw_only=True):
    """A calendar interval, either end open."""

    from_: str | None = msgspec.field(name="from", default=None)
    to: str | None = None


class GoldClaim(msgspec.Struct, frozen=True, kw_only=True):
    """An annotated claim. An optional one is what a careful reader could leave out."""

    id: str
    optional: bool
    trigger: GoldMention
    alt_triggers: tuple[GoldMention, ...]
    types: tuple[str, ...]
    modes: tuple[str | None, ...]
    status: tuple[str, ...]
    actors: tuple[GoldMention, ...]
    recipients: tuple[GoldMention, ...]
    figures: tuple[GoldFigure, ...]
    places: tuple[GoldMention, ...]
    time: GoldTime | None
    sources: tuple[GoldSource, ...]

    @property
    def triggers(self) -> tuple[GoldMention, ...]:
        """The trigger and what may stand for it."""
        return (self.trigger, *self.alt_triggers)


class GoldArticle(msgspec.Struct, frozen=True, kw_only=True):
    """An annotated article."""

    id: str
    text: str
    claims: tuple[GoldClaim, ...]
    published: str | None = None
    publisher: str | None = None
    title: str | None = None

    def document(self) -> Document:
        """The article without its annotation, as the reader gets it."""
        return from_text(self.text, id=self.id, published=self.published, title=self.title, publisher=self.publisher)


def load(path: Path) -> GoldArticle:
    """One annotated article. Raise `SourceError` where the file is not one."""
    return article(path, GoldArticle)
