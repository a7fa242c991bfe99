"""One claim: its evidence in the article, and what is known of it beside."""

from __future__ import annotations

from tocsin.judgement import Corroboration, Situation, Told
from tocsin.ledger import Found, Ledger
from tocsin.ledger.alerts import Alert
from tocsin.link.corroboration import corroboration
from tocsin.model import Record, Status
from tocsin.show.desk.content.documents import Version, versions_of
from tocsin.show.segments import paragraphs
from tocsin.show.table import title_of

MOST = 200
"""With so many claims of its situation a claim is compared, at most."""

RUNG = 20
"""So many alerts are named, at most."""


class Context(Record, frozen=True, kw_only=True):
    """The paragraphs that hold the evidence: their text, and where in the article they begin and end."""

    text: str
    start: int
    end: int


class Happening(Record, frozen=True, kw_only=True):
    """The situation that a claim tells of: its id, title and status, how many claims, articles and independent reports
    tell of it, and which of them say what this claim says, or otherwise."""

    id: str
    title: str
    status: Status
    claims: int
    documents: int
    families: int
    corroboration: Corroboration | None


class Rung(Record, frozen=True, kw_only=True):
    """An alert that shows a claim."""

    id: str
    title: str
    level: str
    rank: int
    day: str
    reason: str


class Shown(Record, frozen=True, kw_only=True):
    """A claim, the paragraphs in which it stands, the title of its article, and its versions, the oldest first.

    `number` is the claim's place among those of the article's last reading, from 1; `null` where that has it no more.
    `situation` is `null` where the claim is not linked yet, `copies` are the articles that carry the same copy.
    """

    claim: Found
    title: str
    context: Context
    number: int | None
    versions: tuple[Version, ...]
    notes: tuple[str, ...]
    situation: Happening | None
    copies: tuple[str, ...]
    alerts: tuple[Rung, ...]


def shown(ledger: Ledger, id: str) -> Shown | None:
    """The claim with an id."""
    found = ledger.claim(id)
    if found is None:
        return None
    versions = ledger.versions(found.document.id)
    document = next(one.document for one in versions if one.id == found.document.id)
    siblings = [one.id for one in ledger.claims_of(found.document.id)]
    situation, family = ledger.situation_of(id), ledger.family(found.document.id)
    return Shown(
        claim=found,
        title=title_of(document),
        context=context_of(found, document.text),
        number=siblings.index(id) + 1 if id in siblings else None,
        versions=versions_of(versions),
        notes=document.notes,
        situation=happening(ledger, situation, id) if situation else None,
        copies=tuple(one for one in family.documents if one != found.document.id) if family else (),
        alerts=tuple(map(rung, ledger.alerts(limit=RUNG, claim=id))),
    )


def context_of(found: Found, text: str) -> Context:
    """The paragraphs that hold the evidence of a claim."""
    evidence = found.claim.evidence
    touched = [(start, end) for start, end in paragraphs(text) if start < evidence.end and end > evidence.start]
    start = min([evidence.start, *(start for start, _ in touched)])
    end = max([evidence.end, *(end for _, end in touched)])
    return Context(text=text[start:end], start=start, end=end)


def happening(ledger: Ledger, situation: Situation, id: str) -> Happening:
    """The situation of a claim, with how the others in it stand to the claim."""
    told: dict[str, Told] = {one.id: one for one in ledger.told([id, *situation.claims[:MOST]])}
    others = [one for one in told.values() if one.id != id]
    return Happening(
        id=situation.id,
        title=situation.title,
        status=situation.status,
        claims=len(situation.claims),
        documents=situation.documents,
        families=situation.families,
        corroboration=corroboration(told[id], others) if others and id in told else None,
    )


def rung(alert: Alert) -> Rung:
    """An alert, in short."""
    return Rung(id=alert.id, title=alert.title, level=alert.level, rank=alert.rank, day=alert.day, reason=alert.reason)
