"""Which event joins which: every event is bound to the one event before it that it is most like, or to none.

"Before" is the order of `Event.rank`, which comes from the events and not from their arrival; so each bond is a
decision about one event and those that share a block with it, a new event changes only the bonds of events for which
it outdoes the parent, and the bonds never outnumber the events. The trees that the bonds make are the situations.
(Each item joins its best antecedent or begins something new: mention ranking, Denis & Baldridge 2008, as in first story
detection, Allan et al. 1998.)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from tocsin.link.blocks import blocks, sought
from tocsin.link.events import Event
from tocsin.link.likeness import Profile, judge
from tocsin.link.rules import rules


class Bond(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Event `child` tells of the same as `parent`, which ranks before it: ids of events, the score, its parts."""

    child: str
    parent: str
    score: float
    parts: tuple[tuple[str, float], ...]


def bonds(new: Iterable[Event], near: Iterable[Event] = (), known: Mapping[str, Bond] | None = None) -> dict[str, Bond]:
    """The bonds of all events given, by child.

    `near` are events whose bonds are `known` (an event without one is a root); each is compared with the new ones only.
    `near` must hold every event that shares a block with a new one. So the result is that of all at once, whatever
    came first. An event whose parent is gone has to be given as new.
    """
    fresh = {event.id: event for event in new}
    settled = {event.id: event for event in near if event.id not in fresh}
    table: dict[str, list[Profile]] = defaultdict(list)
    newest: dict[str, list[Profile]] = defaultdict(list)
    best: dict[str, Bond] = {}
    for event in sorted([*fresh.values(), *settled.values()], key=lambda one: one.rank):
        is_new, profile = event.id in fresh, Profile(event)
        old = None if is_new else (known or {}).get(event.id)
        bond = _best(profile, _sharing(sought(event), table if is_new else newest), old)
        if bond is not None:
            best[event.id] = bond
        for key in blocks(event):
            table[key].append(profile)
            if is_new:
                newest[key].append(profile)
    return best


def _sharing(keys: Sequence[str], table: Mapping[str, list[Profile]]) -> list[Profile]:
    """The events that share a key, each once."""
    return list({one.event.id: one for key in keys for one in table.get(key, ())}.values())


def _best(child: Profile, before: Sequence[Profile], old: Bond | None) -> Bond | None:
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
