"""Tocsin reads published news into claims: who says that what happened, is under way, is planned or may come.

    import tocsin
    report = tocsin.read("article.txt", published="1962-10-22")
    for claim in report.claims: ...

Importing this package loads nothing heavy; the language model is loaded by the first reading.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from os import PathLike
from typing import TYPE_CHECKING

# The stage of this name must be imported before the call below takes its place as an attribute of the package.
import tocsin.read  # noqa: F401
from tocsin.errors import SourceError
from tocsin.model import Document, Report

if TYPE_CHECKING:
    from tocsin.understand.actors import Resolved

__version__ = "0.1.0"
__all__ = ["__version__", "read", "read_documents", "read_many", "resolve"]


def read(source: str | PathLike[str], *, published: str | None = None, model: str | None = None) -> Report:
    """Read one article, a path, an http(s) address or the text itself, into a report: `.document`, `.claims`,
    `.mentions`. See `tocsin.api.read`."""
    from tocsin import api

    return api.read(source, published=published, model=model)


def read_many(
    sources: Iterable[str | PathLike[str]], *, published: str | None = None, model: str | None = None
) -> Iterator[Report | SourceError]:
    """Read files, folders and addresses: a report for each article, a `SourceError` for what cannot be read."""
    from tocsin import api

    return api.read_many(sources, published=published, model=model)


def read_documents(
    documents: Iterable[Document], *, mentions: bool = True, model: str | None = None
) -> Iterator[Report]:
    """Read documents in hand, in order, in batches."""
    from tocsin import api

    return api.read_documents(documents, mentions=mentions, model=model)


def resolve(text: str, on: str | None = None) -> Resolved:
    """Whom a name phrase means, on a day (ISO): name, country, sector, and why."""
    from tocsin.understand.actors import resolve as call

    return call(text, on)
