"""What the sections of a brief share: what was gathered, the facts that came of it, the references given so far."""

from __future__ import annotations

import math
from collections.abc import Iterable

from tocsin.ledger import Found
from tocsin.show.brief.facts import Fact, Kin, facts, telling
from tocsin.show.brief.gather import Gathered
from tocsin.show.brief.lexicon import lexicon
from tocsin.show.brief.notes import Notes


class Context:
    """One brief in the making."""

    def __init__(self, gathered: Gathered) -> None:
        self.gathered = gathered
        self.notes = Notes()
        self.kin = Kin(situation={id: one.id for one in gathered.situations for id in one.claims}, told=gathered.told)
        self.situations = {one.id: one for one in gathered.situations}
        self.facts: list[Fact] = facts(gathered.found, self.kin)

    def references(self, ids: Iterable[str]) -> tuple[int, ...]:
        """The numbers of the references of claims by their ids; those that the brief does not know are left out, and
        so are those beyond the first few."""
        return self.notes.of(self.claims(ids)[: lexicon().references])

    def references_of(self, fact: Fact) -> tuple[int, ...]:
        """The numbers of the references of a fact: the passage that gave the words, and some of those that tell the
        same."""
        return self.notes.of((*fact.claims, *fact.also[: lexicon().references - 1]))

    def weight(self, fact: Fact) -> float:
        """How much a fact matters in a brief: how many independent reports tell of it and of its event, how surely it
        was read, how much it tells, and whether it could be said without quoting."""
        weights = lexicon().weights
        event = self.situations.get(self.kin.situation.get(fact.claims[0].id, ""))
        lead = fact.claims[0]
        return (
            weights.independent * math.log2(fact.independent)
            + weights.event * math.log2(event.families if event else 1)
            + weights.confidence * max(one.claim.confidence or 0.0 for one in fact.claims)
            + weights.parts * telling(lead)
            + weights.sourced * bool(lead.claim.sources)
            + weights.quotes * fact.quotes
        )

    def claims(self, ids: Iterable[str]) -> list[Found]:
        """Claims by their ids, in their order; those after the last day are left out."""
        return [one for one in map(self.gathered.cited.get, ids) if one is not None]


def many(number: int, noun: str) -> str:
    """`1 claim`, `23 claims`."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
