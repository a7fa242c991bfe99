"""Reading as one call: a source, a text or many documents to reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tocsin.claim.attribution import scan
from tocsin.claim.build import read_claims, read_mentions
from tocsin.errors import SourceError, TocsinError
from tocsin.model import Document, Report
from tocsin.read import documents, from_text
from tocsin.understand.parse import Clean, Parse
from tocsin.understand.pieces import join, split
from tocsin.understand.pipeline import DEFAULT_MODEL, load, parse_many, prepare
from tocsin.understand.reading import understand

if TYPE_CHECKING:
    from spacy.language import Language

BATCH = 64
"""Documents that are parsed together, at most."""

BATCH_CHARACTERS = 50_000
"""So many characters are parsed together at most, but for one longer text: the parser needs some 4 KB for each."""


class Outcome(NamedTuple):
    """What became of one article of `source`, as the user named it."""

    source: str
    result: Report | SourceError


class Asked(NamedTuple):
    """What is wanted of a reading."""

    model: str
    mentions: bool
    min_confidence: float


def report(document: Document, parse: Parse, *, mentions: bool = True, min_confidence: float = 0.0) -> Report:
    """The report of a parsed document."""
    reading = understand(document, parse)
    found = scan(parse)
    claims = read_claims(reading, found)
    if min_confidence > 0:
        claims = tuple(claim for claim in claims if (claim.confidence or 0.0) >= min_confidence)
    return Report(document=document, claims=claims, mentions=read_mentions(reading, found) if mentions else None)


def read_documents(
    found: Iterable[Document], *, mentions: bool = True, model: str | None = None, min_confidence: float = 0.0
) -> Iterator[Report]:
    """The reports of documents, in order; they are parsed in batches, so a stream stays a stream."""
    asked = Asked(model or DEFAULT_MODEL, mentions, min_confidence)
    for batch in _batches(("", document) for document in found):
        for _, result in _read_batch(batch, asked):
            if isinstance(result, SourceError):
                raise result.__cause__ or result
            yield result


def read(source: str | PathLike[str], *, published: str | None = None, model: str | None = None) -> Report:
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
    sources: Iterable[str | PathLike[str]], *, published: str | None = None, model: str | None = None
) -> Iterator[Report | SourceError]:
    """Read files, folders and addresses: a report for each article, a `SourceError` for each that cannot be read."""
    for _, result in read_sources(sources, published=published, model=model):
        yield result


def read_sources(
    sources: Iterable[str | PathLike[str]],
    *,
    published: str | None = None,
    model: str | None = None,
    mentions: bool = True,
    min_confidence: float = 0.0,
    max_size: int = 1_000_000,
    timeout: float = 20.0,
    fields: Mapping[str, str] | None = None,
    skipped: Counter[str] | None = None,
) -> Iterator[Outcome]:
    """Read files, folders and addresses, and tell of each result to which of `sources` it belongs, in their order.

    What cannot be read, or fails while it is read, comes as a `SourceError` in its place. The language model is
    loaded when the first article is there. `max_size` bounds one text, in characters; `timeout` is in seconds.
    `fields` says under which key a JSON article holds what; `skipped` counts by kind what is no article. Raises
    `UsageError` where `published` is no date or `fields` names no field, `MissingPart` where the model is missing.
    """
    ways: Any = {"published": published, "max_size": max_size, "timeout": timeout, "fields": fields, "skipped": skipped}
    opened = ((str(source), found) for source in sources for found in documents(str(source), **ways))
    asked = Asked(model or DEFAULT_MODEL, mentions, min_confidence)
    for batch in _batches(opened):
        yield from _read_batch(batch, asked)


Found = tuple[str, Document | SourceError]


def _batches(found: Iterable[Found]) -> Iterator[list[Found]]:
    """What was found, in lists of a size that is parsed together."""
    batch: list[Found] = []
    size = 0
    for item in found:
        length = len(item[1].text) if isinstance(item[1], Document) else 0
        if batch and size + length > BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
        batch.append(item)
        size += length
        if len(batch) >= BATCH or size >= BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _read_batch(batch: list[Found], asked: Asked) -> Iterator[Outcome]:
    """The reports of a batch, in order, its errors among them. A fault in one document leaves the others whole."""
    parses = iter(_parses([found for _, found in batch if isinstance(found, Document)], asked.model))
    for source, found in batch:
        if isinstance(found, SourceError):
            yield Outcome(source, found)
            continue
        parse = next(parses)
        try:
            if isinstance(parse, Exception):
                raise parse
            result = report(found, parse, mentions=asked.mentions, min_confidence=asked.min_confidence)
        except TocsinError:
            raise
        except Exception as fault:
            yield Outcome(source, _fault(source, found, fault))
        else:
            yield Outcome(source, result)


def _parses(found: list[Document], model: str) -> list[Parse | Exception]:
    """The parses of documents; where parsing them together fails, of each alone, or what it failed with."""
    if not found:
        return []
    nlp = load(model)
    texts = [(document.text, prepare(document.text, document.body)) for document in found]
    try:
        return [*_parse_together(nlp, texts)]
    except Exception:
        return [_parse_alone(nlp, text) for text in texts]


def _parse_together(nlp: Language, texts: list[tuple[str, Clean]]) -> list[Parse]:
    """The parses of texts. The parser gets long ones in pieces, and no more than `BATCH_CHARACTERS` at once."""
    pieces = [(number, at, part) for number, (_, clean) in enumerate(texts) for at, part in split(clean)]
    parts: list[list[tuple[int, Parse]]] = [[] for _ in texts]
    size = 0
    run: list[tuple[int, int, Clean]] = []
    for piece in [*pieces, None]:
        if run and (piece is None or size + len(piece[2].text) > BATCH_CHARACTERS):
            parsed = parse_many(nlp, [(texts[number][0], part) for number, _, part in run], BATCH)
            for (number, at, _), parse in zip(run, parsed, strict=True):
                parts[number].append((at, parse))
            run, size = [], 0
        if piece is not None:
            run.append(piece)
            size += len(piece[2].text)
    return [join(text, clean, found) for (text, clean), found in zip(texts, parts, strict=True)]


def _parse_alone(nlp: Language, text: tuple[str, Clean]) -> Parse | Exception:
    """The parse of one document, or the fault in it."""
    try:
        return _parse_together(nlp, [text])[0]
    except Exception as fault:
        return fault


def _fault(source: str, document: Document, fault: Exception) -> SourceError:
    """An unforeseen fault as what it is to the user: one article that could not be read."""
    what = " ".join(f"{type(fault).__name__}: {fault}".split())[:200]
    error = SourceError(source, f"article {document.id}: a fault in Tocsin ({what}); TOCSIN_DEBUG=1 shows where")
    error.__cause__ = fault
    return error


def _is_text(source: str) -> bool:
    """Whether a string is an article's text and no path or address: it has a line break, or is no existing path and
    reads like a sentence."""
    if "\n" in source:
        return True
    if source.startswith(("http://", "https://")) or source == "-":
        return False
    return " " in source.strip() and len(source) > 40 and not Path(source).exists()
