"""What a condition may be, as an indicator's file says it under `when`. Days are counted by when claims were told."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from tocsin.errors import UsageError
from tocsin.lexicon import Entry
from tocsin.model import Status

Days = Annotated[int, Meta(ge=1, le=3_660)]
Number = Annotated[int, Meta(ge=1)]
Share = Annotated[float, Meta(gt=0)]

ORDER: tuple[Status, ...] = ("possible", "planned", "ongoing", "occurred")
"""How an event comes about. What is denied has no place in it."""


class Base(Entry, frozen=True, kw_only=True, tag_field="kind"):
    """What all conditions have."""

    @property
    def back(self) -> int:
        """How many days before the first new claim are looked at."""
        return 0

    @property
    def ahead(self) -> int:
        """How many days after the last new claim may be met because of it."""
        return 0


class Match(Base, frozen=True, kw_only=True, tag_field="kind", tag="any"):
    """Any claim that matches."""


class Claims(Base, frozen=True, kw_only=True, tag_field="kind", tag="claims"):
    """At least so many claims told within so many days."""

    at_least: Number
    within: Days

    @property
    def back(self) -> int:
        """A window before."""
        return self.within

    @property
    def ahead(self) -> int:
        """A window after."""
        return self.within


class Sources(Base, frozen=True, kw_only=True, tag_field="kind", tag="sources"):
    """Told by at least so many independent sources within so many days."""

    independent: Number
    within: Days

    @property
    def back(self) -> int:
        """A window before."""
        return self.within

    @property
    def ahead(self) -> int:
        """A window after."""
        return self.within


class Moves(Base, frozen=True, kw_only=True, tag_field="kind", tag="status"):
    """A claim is told with a status beyond all that was told of the same within so many days before."""

    to: tuple[Status, ...] = ORDER[1:]
    from_: tuple[Status, ...] = msgspec.field(name="from", default=ORDER[:-1])
    within: Days = 90

    def __post_init__(self) -> None:
        if "denied" in (*self.to, *self.from_):
            raise UsageError("when: “denied” is no step on the way from possible to occurred")

    @property
    def back(self) -> int:
        """A window before."""
        return self.within

    @property
    def ahead(self) -> int:
        """A later claim may have been the first; now it is not."""
        return 0


class Passes(Base, frozen=True, kw_only=True, tag_field="kind", tag="figure"):
    """A figure passes a bound (`above`, `below`), or differs by a share of what was told last before it (`changes`)."""

    what: tuple[str, ...]
    above: float | None = None
    below: float | None = None
    changes: Share | None = None
    within: Days = 90

    def __post_init__(self) -> None:
        if [self.above, self.below, self.changes].count(None) != 2:
            raise UsageError("when: a figure needs just one of above, below and changes")

    @property
    def back(self) -> int:
        """A window before."""
        return self.within


class Surprise(Base, frozen=True, kw_only=True, tag_field="kind", tag="surprise"):
    """More reports in a week than its past lets expect: a count so high has at most the probability `tail`. The past is
    the `weeks` before, of which at least `needs` must be known; fewer reports than `at_least` surprise nobody."""

    weeks: Annotated[int, Meta(ge=4, le=520)] = 26
    needs: Annotated[int, Meta(ge=4)] = 8
    tail: Annotated[float, Meta(gt=0, lt=0.5)] = 0.01
    at_least: Number = 3

    @property
    def back(self) -> int:
        """The weeks before, and the one that has begun."""
        return 7 * (self.weeks + 1)

    @property
    def ahead(self) -> int:
        """The rest of the week."""
        return 6


class Silence(Base, frozen=True, kw_only=True, tag_field="kind", tag="silence"):
    """Nothing is told for so many `days`, after at least so many claims within so many days."""

    days: Days
    at_least: Number = 3
    within: Days = 28

    @property
    def back(self) -> int:
        """The time of silence, and what was before."""
        return self.days + self.within


Condition = Match | Claims | Sources | Moves | Passes | Surprise | Silence
