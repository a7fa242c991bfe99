"""A report as the rows of a ledger. Nothing here knows the database."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import msgspec

from tocsin.errors import LedgerError
from tocsin.ledger.words import indexed
from tocsin.model import Actor, Claim, Document, Mention, Report, Source, Time, content_id

OPEN_START, OPEN_END = "0000-00-00", "9999-99-99"
"""What stands for an open end of an interval where intervals are compared."""

SHORT = 31
"""So many days an interval spans at most of those that are looked up by their beginning alone."""

Row = dict[str, Any]


class Prepared(NamedTuple):
    """A report with its document's id, its claims' records as bytes."""

    id: str
    report: Report
    records: tuple[bytes, ...]


def document_id(document: Document) -> str:
    """The id of a document in a ledger: of its address and its text. The `id` it came with is kept beside."""
    return content_id(document.url or "", document.text)


def prepare(report: Report) -> Prepared:
    """A report made ready, outside of any transaction. Raises `LedgerError` where its text cannot be kept as it is."""
    document = report.document
    try:
        document.text.encode("utf-8")
        records = tuple(msgspec.json.encode(claim) for claim in report.claims)
    except UnicodeEncodeError as fault:
        raise LedgerError(
            f"{document.url or document.id}: half of a surrogate pair in the text; it is no text"
        ) from fault
    if "\x00" in document.text:
        raise LedgerError(f"{document.url or document.id}: a NUL in it; it is no text")
    return Prepared(document_id(document), report, records)


def storable(value: str | None) -> str | None:
    """A value without what a database refuses, for the columns that only help to find; the record keeps it as it is."""
    if value is None or value.isprintable():
        return value
    return value.encode("utf-8", "replace").decode().replace("\x00", "\ufffd")


def document_row(prepared: Prepared, key: int, version: int, previous: int | None, seen: str) -> Row:
    """The row of a document."""
    document = prepared.report.document
    return {
        "key": key, "id": prepared.id, "name": storable(document.id), "url": storable(document.url), "version": version,
        "previous": previous, "publisher": storable(document.publisher), "agency": storable(document.agency),
        "title": storable(document.title), "byline": storable(document.byline), "dateline": storable(document.dateline),
        "published": storable(document.published), "language": document.language, "body": document.body,
        "notes": msgspec.json.encode(document.notes), "text": document.text, "first_seen": seen, "last_seen": seen,
    }  # fmt: skip


def document_words(document: Document, key: int) -> Row:
    """What is indexed of a document: title and text."""
    return {"document": key, "words": words_of(document.title, document.text)}


def words_of(title: str | None, text: str) -> str:
    """The words of a document, as they are indexed."""
    return indexed(f"{title or ''} {text}")


def claim_id(document: str, reader: str, ordinal: int, record: bytes) -> str:
    """The id of a claim in a ledger: of its document, of who read it, and of all it says."""
    return content_id(document, reader, str(ordinal), record.decode())


def claim_row(prepared: Prepared, ordinal: int, key: int, document: int, reading: int, reader: str) -> Row:
    """The row of a claim."""
    claim, about = prepared.report.claims[ordinal], prepared.report.document
    begins, ends, lasting = interval(claim.time)
    return {
        "key": key, "id": claim_id(prepared.id, reader, ordinal, prepared.records[ordinal]), "document": document,
        "reading": reading, "ordinal": ordinal, "type": claim.type, "mode": claim.mode, "status": claim.status,
        **_mention("trigger", claim.trigger),
        "evidence_start": claim.evidence.start, "evidence_end": claim.evidence.end,
        "begins": begins, "ends": ends, "lasting": lasting, "confidence": claim.confidence, "made_by": claim.made_by,
        "publisher": storable(about.publisher), "agency": storable(about.agency),
    }  # fmt: skip


def interval(time: Time | None) -> tuple[str | None, str | None, int | None]:
    """The ends of a calendar interval for comparing, and whether it is longer than `SHORT`; open ends are far away, and
    no interval is no interval."""
    if time is None or (time.from_ is None and time.to is None):
        return None, None, None
    begins, ends = time.from_ or OPEN_START, time.to or OPEN_END
    return begins, ends, int(ends > days_from(begins, SHORT))


def days_from(day: str, days: int) -> str:
    """The day so many days after another; of an open end, or beyond the calendar, an open end."""
    try:
        return (datetime.date.fromisoformat(day) + datetime.timedelta(days)).isoformat()
    except (ValueError, OverflowError):
        return OPEN_START if days < 0 or day == OPEN_START else OPEN_END


def claim_words(claim: Claim, key: int) -> Row:
    """What is indexed of a claim: its evidence, and the names of all who have a part in it."""
    return {
        "claim": key,
        "evidence": indexed(claim.evidence.text),
        "actors": _names(claim.actors),
        "recipients": _names(claim.recipients),
        "sources": _names(claim.sources),
        "places": indexed(
            " ".join(w for p in claim.places for w in (p.text, p.name, p.admin1, p.country_name) if w is not None)
        ),
    }


def _names(actors: Sequence[Actor]) -> str:
    """All by which actors are named."""
    found: dict[str, None] = {}
    for actor in actors:
        for said in (actor.name, actor.text, actor.antecedent.text if actor.antecedent else None):
            if said:
                found[said] = None
    return indexed(" ".join(found))


def participant_rows(claim: Claim, key: int) -> Iterator[Row]:
    """Everyone and everything with a part in a claim."""
    for role, found in (("actor", claim.actors), ("recipient", claim.recipients), ("source", claim.sources)):
        for ordinal, actor in enumerate(found):
            yield _participant(key, role, ordinal, actor)
    for ordinal, thing in enumerate(claim.objects):
        yield _participant(key, "object", ordinal, thing)


def _participant(key: int, role: str, ordinal: int, mention: Mention) -> Row:
    actor = mention if isinstance(mention, Actor) else None
    source = mention if isinstance(mention, Source) else None
    return {
        "claim": key, "role": role, "ordinal": ordinal, **_mention("", mention),
        "name": storable(actor.name) if actor else None, "country": actor.country if actor else None,
        "sector": actor.sector if actor else None, **_mention("antecedent", actor.antecedent if actor else None),
        "level": source.level if source else None, "manner": source.manner if source else None,
        **_mention("cue", source.cue if source else None), "said_on": source.said_on if source else None,
    }  # fmt: skip


def figure_rows(claim: Claim, key: int) -> Iterator[Row]:
    """The figures of a claim."""
    for ordinal, figure in enumerate(claim.figures):
        yield {
            "claim": key, "ordinal": ordinal, "what": figure.what, "low": figure.low, "high": figure.high,
            "qualifier": figure.qualifier, "unit": storable(figure.unit), **_mention("", figure),
        }  # fmt: skip


def place_rows(claim: Claim, key: int) -> Iterator[Row]:
    """The places of a claim."""
    for ordinal, place in enumerate(claim.places):
        yield {
            "claim": key, "ordinal": ordinal, "role": place.role, "name": place.name, "country": place.country,
            "country_name": place.country_name, "admin1": place.admin1, "geonameid": place.geonameid, "lat": place.lat,
            "lon": place.lon, **_mention("", place),
        }  # fmt: skip


def _mention(prefix: str, mention: Mention | None) -> Row:
    """The columns of a mention."""
    name = f"{prefix}_" if prefix else ""
    if mention is None:
        return {f"{name}text": None, f"{name}start": None, f"{name}end": None}
    return {f"{name}text": storable(mention.text), f"{name}start": mention.start, f"{name}end": mention.end}
