"""An article with its claims, and one claim with its evidence in the article."""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.ledger import Found, Ledger, Stored
from tocsin.model import Document, Record
from tocsin.show.segments import paragraphs
from tocsin.show.table import title_of


class Version(Record, frozen=True, kw_only=True):
    """A version of an article: its id, its number, when it was first met with."""

    id: str
    version: int
    first_seen: str


class Article(Record, frozen=True, kw_only=True):
    """An article as it was read, with the claims of its last reading in the order of the text, and its versions, the
    oldest first. `id` is that in the ledger."""

    id: str
    document: Document
    version: int
    first_seen: str
    last_seen: str
    versions: tuple[Version, ...]
    claims: tuple[Found, ...]


class Context(Record, frozen=True, kw_only=True):
    """The paragraphs that hold the evidence: their text, and where in the article they begin and end."""

    text: str
    start: int
    end: int


class Shown(Record, frozen=True, kw_only=True):
    """A claim, the paragraphs in which it stands, the title of its article, and its versions, the oldest first.
    `number` is its place among the claims of the article's last reading, from 1; `null` where that has it no more."""

    claim: Found
    title: str
    context: Context
    number: int | None
    versions: tuple[Version, ...]
    notes: tuple[str, ...]


def article(ledger: Ledger, id: str) -> Article | None:
    """The article with an id."""
    stored = ledger.document(id)
    if stored is None or stored.id != id:
        return None
    return Article(
        id=stored.id,
        document=stored.document,
        version=stored.version,
        first_seen=stored.first_seen,
        last_seen=stored.last_seen,
        versions=_versions(ledger.versions(id)),
        claims=tuple(ledger.claims_of(id)),
    )


def shown(ledger: Ledger, id: str) -> Shown | None:
    """The claim with an id."""
    found = ledger.claim(id)
    if found is None:
        return None
    versions = ledger.versions(found.document.id)
    document = next(one.document for one in versions if one.id == found.document.id)
    siblings = [one.id for one in ledger.claims_of(found.document.id)]
    return Shown(
        claim=found,
        title=title_of(document),
        context=context_of(found, document.text),
        number=siblings.index(id) + 1 if id in siblings else None,
        versions=_versions(versions),
        notes=document.notes,
    )


def context_of(found: Found, text: str) -> Context:
    """The paragraphs that hold the evidence of a claim."""
    evidence = found.claim.evidence
    touched = [(start, end) for start, end in paragraphs(text) if start < evidence.end and end > evidence.start]
    start = min([evidence.start, *(start for start, _ in touched)])
    end = max([evidence.end, *(end for _, end in touched)])
    return Context(text=text[start:end], start=start, end=end)


def _versions(stored: Sequence[Stored]) -> tuple[Version, ...]:
    return tuple(Version(id=one.id, version=one.version, first_seen=one.first_seen) for one in stored)
