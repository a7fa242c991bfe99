"""Reading as one call: a source, a text or many documents to reports."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from tocsin.claim.attribution import scan
from tocsin.claim.build import read_claims, read_mentions
from tocsin.errors import SourceError
from tocsin.model import Document, Report
from tocsin.read import documents, from_text
from tocsin.understand.parse import Clean, Parse
from tocsin.understand.pipeline import DEFAULT_MODEL, load, parse_many, prepare
from tocsin.understand.reading import understand

if TYPE_CHECKING:
    from spacy.language import Language

BATCH = 64
"""Documents that are parsed together."""


def report(document: Document, parse: Parse, *, mentions: bool = True, min_confidence: float = 0.0) -> Report:
    """The report of a parsed document."""
    reading = understand(document, parse)
    found = scan(parse)
    claims = read_claims(reading, found)
    if min_confidence > 0:
        claims = tuple(claim for claim in claims if (claim.confidence or 0.0) >= min_confidence)
    return Report(document=document, claims=claims, mentions=read_mentions(reading, found) if mentions else None)


def read_documents(
    found: Iterable[Document], *, mentions: bool = True, model: str = DEFAULT_MODEL, min_confidence: float = 0.0
) -> Iterator[Report]:
    """The reports of documents, in order; they are parsed in batches, so a stream stays a stream."""
    nlp: Language = load(model)
    waiting: list[Document] = []

    def texts() -> Iterator[tuple[str, Clean]]:
        for document in found:
            waiting.append(document)
            yield document.text, prepare(document.text, document.body)

    for parse in parse_many(nlp, texts(), BATCH):
        yield report(waiting.pop(0), parse, mentions=mentions, min_confidence=min_confidence)


def read(source: str | PathLike[str], *, published: str | None = None, model: str = DEFAULT_MODEL) -> Report:
    """Read one article: a path, an http(s) address, or the text itself.

    `published` is its date (ISO). A source that holds several articles gives the first; use `read_many` for all.
    Raises `SourceError` where it cannot be read, `UsageError` where `published` is no date.
    """
    if isinstance(source, str) and _is_text(source):
        document = from_text(source, published=published)
        return next(read_documents([document], model=model))
    for found in read_many([source], published=published, model=model):
        if isinstance(found, SourceError):
            raise found
        return found
    raise SourceError(str(source), "nothing to read in it")


def read_many(
    sources: Iterable[str | PathLike[str]], *, published: str | None = None, model: str = DEFAULT_MODEL
) -> Iterator[Report | SourceError]:
    """Read files, folders and addresses: a report for each article, a `SourceError` for each that cannot be read."""
    for source in sources:
        waiting: list[SourceError] = []

        def readable(source: str = str(source), waiting: list[SourceError] = waiting) -> Iterator[Document]:
            for found in documents(source, published=published):
                if isinstance(found, SourceError):
                    waiting.append(found)
                else:
                    yield found

        yield from read_documents(readable(), model=model)
        yield from waiting


@functools.lru_cache(maxsize=256)
def _is_text(source: str) -> bool:
    """Whether a string is an article's text and no path or address: it has a line break, or is no existing path and
    reads like a sentence."""
    if "\n" in source:
        return True
    if source.startswith(("http://", "https://")) or source == "-":
        return False
    return " " in source.strip() and len(source) > 40 and not Path(source).exists()
