"""Status against factuality scores: how firmly a text presents what a predicate tells, from -3 (certainly did not
happen) to 3 (certainly did).

The scores map to the scheme's statuses so: from 1.5 on the thing is presented as certain (`occurred`, `ongoing`, and
`planned`, since the set rates what somebody firmly says will be, "shareholders will receive one right", as it rates
what has been); to -1.5 as certainly not so (`denied`); between them it is open (`planned`, `possible`). A plan thus
counts as the one or the other, as the score has it, and is wrong only of what is denied. `plans as open` is the
accuracy with every plan counted as open. The set tells no past from a standing fact.
"""

from __future__ import annotations

import msgspec

from tocsin.evaluate.counts import Count, Measure, Miss, Scored, macro_f1, share_of, tally
from tocsin.evaluate.pairing import overlap
from tocsin.model import Document, Report, Status
from tocsin.read import from_text

FACT, OPEN, DENIED = "fact", "open", "denied"
CLASS_OF: dict[Status, str] = {
    "occurred": FACT, "ongoing": FACT, "planned": OPEN, "possible": OPEN, "denied": DENIED,
}  # fmt: skip
FIRM = 1.5
EITHER: Status = "planned"
"""What is either a fact to come or open."""


MEASURES: dict[str, Measure] = {
    "accuracy": share_of("accuracy"),
    "macro F1": macro_f1("class "),
    "plans as open": share_of("plans as open"),
    "predicates that are triggers": share_of("found"),
}


class Predicate(msgspec.Struct, frozen=True):
    """A predicate of the set: where it stands and how factual it is presented."""

    start: int
    end: int
    score: float

    @property
    def stance(self) -> str:
        """The class of its score."""
        return FACT if self.score >= FIRM else DENIED if self.score <= -FIRM else OPEN


class FactualityRow(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence of the set."""

    id: str
    text: str
    predicates: tuple[Predicate, ...]

    def document(self) -> Document:
        """The sentence as the reader gets it."""
        return from_text(self.text, id=self.id)


def score(row: FactualityRow, report: Report | None) -> Scored:
    """The counts of one sentence, over the predicates that are triggers of claims."""
    counts: dict[str, Count] = {}
    misses = []
    for predicate in row.predicates:
        claim = next((c for c in report.claims if overlap(c.trigger, predicate)), None) if report else None
        tally(counts, "found", claim is not None, 1, 1)
        if claim is None:
            continue
        ours, theirs = CLASS_OF[claim.status], predicate.stance
        tally(counts, "plans as open", ours == theirs, 1, 1)
        if claim.status == EITHER and theirs == FACT:
            ours = FACT
        tally(counts, "accuracy", ours == theirs, 1, 1)
        tally(counts, f"class {theirs}", ours == theirs, 0, 1)
        tally(counts, f"class {ours}", 0, 1, 0)
        if ours != theirs:
            misses.append(
                Miss(f"{theirs} read as {claim.status}", row.id, f"{claim.trigger.text!r} in {row.text[:200]!r}")
            )
    return Scored(row.id, counts, tuple(misses))
