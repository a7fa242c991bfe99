"""Event type and the countries of actor and recipient, against the PLOVER gold standard records.

A record is one sentence and one event in it, whose words are marked. Of our claims those count whose trigger lies on
the marked words (all, where none does). The type is right when one of them has it, as it is handed on in PLOVER's
terms. The countries are those of the parties of these claims; where they have none in a role, those of the other
claims: a record keeps a promise and what is promised as one event, and ours are two. A record's recipient may also be
where something is done, or the other side of a meeting, which are places and actors here: they count where no recipient
is told, and with those that are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from tocsin.evaluate.counts import Count, Measure, Miss, Scored, share_of, tally
from tocsin.evaluate.mapping import mappings
from tocsin.evaluate.mentions import Span
from tocsin.evaluate.pairing import overlap
from tocsin.ledger.plover import event_of
from tocsin.model import Actor, Claim, Document, Place, Report
from tocsin.read import from_text

MEASURES: dict[str, Measure] = {
    "type": share_of("type"),
    "actor's country": share_of("actor"),
    "recipient's country": share_of("recipient"),
}
MISSPELT = {"JAP": "JPN", "ITL": "ITA"}
"""Codes of the set that no country has."""
EVENT = re.compile(r"\(EVT: ([^()]{1,200})\)")


class Party(msgspec.Struct, frozen=True, kw_only=True):
    """Who does it, or to whom: `code` is a country or IGO."""

    code: str | None = None


class TextInfo(msgspec.Struct, frozen=True, kw_only=True):
    """The sentence with actors and event marked in it."""

    markup: str = ""


class PloverRow(msgspec.Struct, frozen=True, kw_only=True):
    """A record of the set."""

    id: str
    text: str
    event: str
    source: tuple[Party, ...] = ()
    target: tuple[Party, ...] = ()
    textInfo: TextInfo | str = ""  # noqa: N815

    def document(self) -> Document:
        """The sentence as the reader gets it; its date is a placeholder and left out."""
        return from_text(self.text, id=self.id)

    @property
    def types(self) -> tuple[str, ...]:
        """The types that the record's event may be here."""
        return mappings().plover_gsr.types.get(self.event, (self.event,))

    def is_told_by(self, claim: Claim) -> bool:
        """Whether a claim is of the record's type, or an intention that the older type takes in."""
        intended = mappings().plover_gsr.intended.get(self.event, ())
        return event_of(claim) in self.types or (claim.status == "planned" and claim.type in intended)

    def marked(self) -> list[Span]:
        """Where the words of the event stand in the sentence."""
        found, at = [], 0
        marked = self.textInfo if isinstance(self.textInfo, str) else self.textInfo.markup
        for words in EVENT.findall(marked):
            start = self.text.find(words, at)
            if start >= 0:
                at = start + len(words)
                found.append(Span(start, at))
        return found


def score(row: PloverRow, report: Report | None) -> Scored:
    """The counts of one record."""
    claims = report.claims if report else ()
    marked = row.marked()
    near = [claim for claim in claims if any(overlap(claim.trigger, span) for span in marked)] or list(claims)
    right = next((claim for claim in near if row.is_told_by(claim)), None)
    best = right or (near[0] if near else None)
    counts: dict[str, Count] = {}
    misses = []
    tally(counts, "type", right is not None, 1, 1)
    if right is None:
        kind = "no claim" if best is None else f"{row.types[0]} read as {event_of(best)}"
        misses.append(Miss(kind, row.id, row.text[:200]))
    for role, parties, ours in (
        ("actor", row.source, _parties(near, claims, "actors")),
        ("recipient", row.target, [*_parties(near, claims, "recipients"), *_others(near)]),
    ):
        codes = {MISSPELT.get(party.code, party.code) for party in parties if party.code}
        if codes:
            hit = any(told.country in codes for told in ours)
            tally(counts, role, hit, 1, 1)
            if not hit:
                misses.append(Miss(f"wrong {role}'s country", row.id, _told(best, ours, codes, row.text)))
    return Scored(row.id, counts, tuple(misses))


def _parties(near: Sequence[Claim], claims: Sequence[Claim], role: str) -> list[Actor]:
    """Who is in a role of the claims on the event's words, or else of any claim."""
    for some in (near, claims):
        found = [actor for claim in some for actor in getattr(claim, role)]
        if found:
            return found
    return []


def _others(near: Sequence[Claim]) -> list[Actor | Place]:
    """The other sides of what claims tell of, and where they do."""
    found: list[Actor | Place] = []
    for claim in near:
        found += claim.actors[1:]
        found += claim.places
    return found


def _told(claim: Claim | None, ours: Sequence[Actor | Place], codes: set[str], text: str) -> str:
    read = [(told.text, told.country) for told in ours]
    return f"{claim.trigger.text if claim else None!r}: read {read}, gold {sorted(codes)} in {text[:160]!r}"
