"""Situations: claims from any number of documents that tell of one event in the world.

Two steps. The claims of a document are put together to events (`events_of`), which depends on the document alone; then
each event joins the one it is most like among those of other documents that rank before it (`bonds`). Every claim
belongs to one situation, and to each but the first leads one link that says why. See `docs/links.md`.

For a ledger that takes in documents one by one: keep `events_of` of each document, the `blocks` of each event and its
`Bond`. When documents come, fetch the events that share a block with theirs and hand them over with their known bonds
(`bonds(new, near, known)`); when one goes, hand over its children as new. Only the situations of events whose bond
changed are made anew (`groups`, `situation`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from tocsin.judgement import Link, Part, Situation, Told
from tocsin.link.blocks import blocks
from tocsin.link.bonds import Bond, bonds
from tocsin.link.events import Event, events_of
from tocsin.link.facts import Facts, facts_of
from tocsin.link.likeness import Likeness, likeness
from tocsin.link.shelf import Shelf
from tocsin.link.telling import describe

__all__ = [
    "Bond",
    "Event",
    "Facts",
    "Group",
    "Likeness",
    "Shelf",
    "blocks",
    "bonds",
    "each_group",
    "events_of",
    "facts_of",
    "groups",
    "likeness",
    "regroup",
    "situation",
    "situations",
]


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """The events of one situation, in the order of their rank; `id` is that of the first. `bonds` are theirs."""

    id: str
    events: tuple[Event, ...]
    bonds: tuple[Bond, ...]

    @property
    def claims(self) -> tuple[str, ...]:
        """The ids of its claims, event by event."""
        return tuple(claim for event in self.events for claim in event.claims)


def groups(events: Iterable[Event], bound: Mapping[str, Bond]) -> tuple[Group, ...]:
    """The trees that bonds make of events. Every parent must be among the events."""
    return tuple(each_group(tuple(events), bound))


def each_group(events: Sequence[Event], bound: Mapping[str, Bond]) -> Iterator[Group]:
    """The same one by one, so that of events on a `Shelf` but those of one situation are at hand at a time."""
    ids, ranks = [], []
    for event in events:
        ids.append(event.id)
        ranks.append(event.rank)
    root: dict[str, str] = {}
    members: dict[str, list[int]] = defaultdict(list)
    for at in sorted(range(len(ids)), key=ranks.__getitem__):
        bond = bound.get(ids[at])
        root[ids[at]] = root[bond.parent] if bond else ids[at]
        members[root[ids[at]]].append(at)
    del ranks, root
    for key, places in members.items():
        found = tuple(events[at] for at in places)
        yield Group(id=key, events=found, bonds=tuple(bound[e.id] for e in found if e.id in bound))


def regroup(facts: Iterable[Facts]) -> tuple[Group, ...]:
    """The situations of claims, from nothing. For a whole ledger, or for claims together with all that share a block
    with their events and all members of the situations that these belong to."""
    events = events_of(facts)
    return groups(events, bonds(events))


def links_of(group: Group) -> tuple[Link, ...]:
    """Why each claim of a situation but its first is there: one link a claim, to a claim of the same document or, for
    the first of an event, to the first of the event that it was bound to."""
    within = [(min(t.claim, t.to), max(t.claim, t.to), t.score, t.parts) for event in group.events for t in event.ties]
    across = [(min(b.child, b.parent), max(b.child, b.parent), b.score, b.parts) for b in group.bonds]
    return tuple(
        Link(a=a, b=b, score=score, parts=tuple(Part(name=name, value=value) for name, value in parts))
        for a, b, score, parts in (*across, *within)
    )


def situation(group: Group, tolds: Iterable[Told]) -> Situation:
    """The situation of a group, in the words of its claims. `tolds` must hold every claim of the group."""
    wanted = set(group.claims)
    return describe([told for told in tolds if told.id in wanted], group.events, links_of(group))


def situations(tolds: Iterable[Told]) -> tuple[Situation, ...]:
    """The situations of claims, the earliest first."""
    known = {told.id: told for told in tolds}
    found = [
        situation(group, [known[claim] for claim in group.claims])
        for group in regroup(facts_of(told) for told in known.values())
    ]
    return tuple(sorted(found, key=lambda one: (one.begins or "9999", one.id)))
