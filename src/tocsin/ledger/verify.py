"""The verbatim check: every mention of every claim is, letter by letter, what its document holds at its offsets."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Engine, select

from tocsin.ledger.engine import reading
from tocsin.ledger.results import decode
from tocsin.ledger.schema import claims, documents, records
from tocsin.model import Actor, Claim, Mention, Record, Source

BATCH = 200


class Fault(Record, frozen=True, kw_only=True):
    """A mention that its document does not bear out: the ids of claim and document, the mention, the words found."""

    claim: str
    document: str
    mention: Mention
    found: str


def faults(engine: Engine) -> Iterator[Fault]:
    """All mentions of a ledger that are not verbatim, a batch of documents in memory at a time."""
    last = -1
    while True:
        with reading(engine) as connection:
            some = select(documents.c.key, documents.c.id, documents.c.text).where(documents.c.key > last)
            texts = connection.execute(some.order_by(documents.c.key).limit(BATCH)).all()
            if not texts:
                return
            held = {row.key: row for row in texts}
            of_these = claims.c.document.between(texts[0].key, texts[-1].key)
            found = connection.execute(
                select(claims.c.id, claims.c.document, records.c.record)
                .join(records, records.c.claim == claims.c.key)
                .where(of_these)
            ).all()
        last = texts[-1].key
        for row in found:
            document = held[row.document]
            for mention in mentions(decode(row.record)):
                words = document.text[mention.start : mention.end]
                if words != mention.text:
                    yield Fault(claim=row.id, document=document.id, mention=mention, found=words)


def mentions(claim: Claim) -> Iterator[Mention]:
    """All mentions in a claim."""
    yield claim.trigger
    yield claim.evidence
    if claim.time is not None:
        yield claim.time
    for mention in (*claim.actors, *claim.recipients, *claim.objects, *claim.figures, *claim.places, *claim.sources):
        yield mention
        if isinstance(mention, Actor) and mention.antecedent is not None:
            yield mention.antecedent
        if isinstance(mention, Source) and mention.cue is not None:
            yield mention.cue
