"""What the sections of a brief share: what was gathered, the facts that came of it, the references given so far."""

from __future__ import annotations

from collections.abc import Iterable

from tocsin.ledger import Found
from tocsin.show.brief.facts import Fact, Kin, facts
from tocsin.show.brief.gather import Gathered
from tocsin.show.brief.notes import Notes


class Context:
    """One brief in the making."""

    def __init__(self, gathered: Gathered) -> None:
        self.gathered = gathered
        self.notes = Notes()
        self.kin = Kin(
            situation={id: one.id for one in gathered.situations for id in one.claims},
            family={one.document: one.family for one in gathered.told.values()},
        )
        self.facts: list[Fact] = facts(gathered.found, self.kin)

    def references(self, ids: Iterable[str]) -> tuple[int, ...]:
        """The numbers of the references of claims by their ids; those that the brief does not know are left out."""
        return self.notes.of(one for one in map(self.gathered.cited.get, ids) if one is not None)

    def claims(self, ids: Iterable[str]) -> list[Found]:
        """Claims by their ids, in their order; those after the last day are left out."""
        return [one for one in map(self.gathered.cited.get, ids) if one is not None]


def many(number: int, noun: str) -> str:
    """`1 claim`, `23 claims`."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
