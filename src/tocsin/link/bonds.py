"""Which event joins which: every event is bound to the one event before it that it is most like, or to none.

"Before" is the order of `Event.rank`, which comes from the events and not from their arrival; so each bond is a
decision about one event and those that share a block with it, a new event changes only the bonds of events for which
it outdoes the parent, and the bonds never outnumber the events. The trees that the bonds make are the situations.
(Each item joins its best antecedent or begins something new: mention ranking, Denis & Baldridge 2008, as in first story
detection, Allan et al. 1998.)
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain

import msgspec
import numpy as np

from tocsin.link.blocks import filed_under
from tocsin.link.events import Event
from tocsin.link.likeness import Profile, judge
from tocsin.link.meetings import Entries, Meetings
from tocsin.link.rules import rules

AT_HAND = 1 << 15
"""So many events are kept ready for comparison, some seven kilobytes each; they are taken in the order of time, so that
those of a few days are."""

PARTS = 1 << 16
"""So many parts of scores are kept once for all bonds that have them."""


class Bond(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Event `child` tells of the same as `parent`, which ranks before it: ids of events, the score, its parts."""

    child: str
    parent: str
    score: float
    parts: tuple[tuple[str, float], ...]


Filing = Callable[[Event], Iterable[tuple[int, bool]]]
"""The blocks that an event is filed under, by their numbers, with whether it looks for others there."""


class Lineup:
    """Events of two sequences in the order of rank, each once; the first sequence goes before the second. Of the events
    themselves only their places there are held."""

    def __init__(self, new: Iterable[Event], near: Iterable[Event], filed: Filing) -> None:
        self._new = new if isinstance(new, Sequence) else tuple(new)
        self._near = near if isinstance(near, Sequence) else tuple(near)
        ranks, days, entries = [], [], Entries()
        at: dict[str, int] = {}
        for place, event in enumerate(chain(self._new, self._near)):
            ranks.append(event.rank)
            days.append(event.published or 0)
            entries.add(filed(event))
            if place < len(self._new) or at.get(event.id, len(self._new)) >= len(self._new):
                at[event.id] = place
        self.ids = sorted(at, key=lambda id: ranks[at[id]])
        self._order = [at[id] for id in self.ids]
        self.days = np.array(days, np.int64)[self._order]
        numbers = np.full(len(days), -1, np.int32)
        numbers[self._order] = np.arange(len(self._order))
        self.before = Meetings(entries, numbers, len(self._order)).before

    def at(self, number: int) -> Event:
        """The event of a number."""
        place = self._order[number]
        return self._new[place] if place < len(self._new) else self._near[place - len(self._new)]

    def is_new(self, number: int) -> bool:
        """Whether an event is one of the first sequence."""
        return self._order[number] < len(self._new)


def bonds(
    new: Iterable[Event],
    near: Iterable[Event] = (),
    known: Mapping[str, Bond] | None = None,
    filed: Filing = filed_under,
    at_hand: int = AT_HAND,
) -> dict[str, Bond]:
    """The bonds of all events given, by child, in the order of rank.

    `near` are events whose bonds are `known` (an event without one is a root); each is compared with the new ones only.
    `near` must hold every event that shares a block with a new one. So the result is that of all at once, whatever
    came first. An event whose parent is gone has to be given as new.

    `filed` says under which blocks an event stands; of one that is near, those that it shares with new ones will do.

    What it needs beside the events is small, and bounded for each: a million of them are best given on a `Shelf`.
    `at_hand` of them are kept ready for comparison.
    """
    lineup = Lineup(new, near, filed)
    profile = functools.lru_cache(at_hand)(lambda number: Profile(lineup.at(number)))
    part = functools.lru_cache(PARTS)(lambda name, value: (name, value))
    best: dict[int, Bond] = {}
    for number in map(int, np.argsort(lineup.days, kind="stable")):
        is_new = lineup.is_new(number)
        others = [other for other in lineup.before(number) if is_new or lineup.is_new(other)]
        old = None if is_new else (known or {}).get(lineup.ids[number])
        bond = _best(profile(number), map(profile, others), old) if others else old
        if bond is not None:
            parts = tuple(part(*each) for each in bond.parts)
            best[number] = msgspec.structs.replace(bond, parts=parts)
    return {bond.child: bond for _, bond in sorted(best.items())}


def _best(child: Profile, before: Iterable[Profile], old: Bond | None) -> Bond | None:
    """The bond to the event before that is most like; of equals to the one whose id comes first. What its own document
    tells apart is no candidate."""
    best, least = old, rules().across.least
    for other in before:
        if other.event.document == child.event.document:
            continue
        found = judge(other, child, best.score if best else least)
        if found and (best is None or (-found.score, other.event.id) < (-best.score, best.parent)):
            best = Bond(child.event.id, other.event.id, found.score, found.parts)
    return best
