"""How grave an alert is, and what makes one graver: `data/levels.yaml`."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Annotated

from msgspec import Meta

from tocsin import lexicon
from tocsin.errors import UsageError
from tocsin.ledger.query import EPSILON, figure_condition
from tocsin.ledger.sightings import Sighting
from tocsin.lexicon import Entry
from tocsin.model import Status


class Level(Entry, frozen=True, kw_only=True):
    """One level, and what it asks of its reader."""

    id: str
    what: str


class Rule(Entry, frozen=True, kw_only=True):
    """Raises an alert by so many levels where all that it names holds: at least so many independent sources, at least
    so many claims, a claim of one of the statuses, one with a figure that meets each condition (`killed>=100`). `says`
    goes into the alert's reason."""

    id: str
    says: str
    raises: Annotated[int, Meta(ge=1)] = 1
    independent: int = 0
    claims: int = 0
    statuses: tuple[Status, ...] = ()
    figures: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for said in self.figures:
            figure_condition(said)

    def holds(self, claims: Sequence[Sighting], independent: int) -> bool:
        """Whether it applies."""
        if independent < self.independent or len(claims) < self.claims:
            return False
        if self.statuses and not any(claim.status in self.statuses for claim in claims):
            return False
        return all(any(_meets(claim, said) for claim in claims) for said in self.figures)


class Levels(Entry, frozen=True, kw_only=True):
    """The file: levels, the gravest last, and the rules of escalation."""

    levels: tuple[Level, ...]
    escalation: tuple[Rule, ...] = ()

    def rank(self, id: str) -> int:
        """The place of a level, from 0. Raises `UsageError` for none."""
        names = [level.id for level in self.levels]
        if id not in names:
            raise UsageError(f"level: no level “{id}”; there are {', '.join(names)}")
        return names.index(id)

    def at_least(self, id: str) -> tuple[str, ...]:
        """A level and all that are graver."""
        return tuple(level.id for level in self.levels[self.rank(id) :])

    def escalated(self, rank: int, claims: Sequence[Sighting], independent: int) -> tuple[int, tuple[str, ...]]:
        """The rank that the rules make of one, and what they say."""
        said = []
        for rule in self.escalation:
            if rank < len(self.levels) - 1 and rule.holds(claims, independent):
                rank = min(rank + rule.raises, len(self.levels) - 1)
                said.append(rule.says)
        return rank, tuple(said)


def _meets(claim: Sighting, said: str) -> bool:
    """Whether a claim has a figure that meets a condition, as the ledger's queries mean it."""
    what, operator, number = figure_condition(said)
    return any(_holds(f.low, f.high, operator, number) for f in claim.figures if f.what == what)


def _holds(low: float | None, high: float | None, operator: str, number: float) -> bool:
    """Whether bounds meet a condition for certain."""
    if operator in (">=", ">"):
        return low is not None and (low >= number - EPSILON if operator == ">=" else low > number + EPSILON)
    if operator in ("<=", "<"):
        return high is not None and (high <= number + EPSILON if operator == "<=" else high < number - EPSILON)
    return low is not None and high is not None and abs(low - number) <= EPSILON and abs(high - number) <= EPSILON


@functools.cache
def levels() -> Levels:
    """The levels; a user's own file takes the place of the package's."""
    return lexicon.read_all("levels.yaml", Levels)[-1]
