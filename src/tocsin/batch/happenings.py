"""Situations in a ledger, brought up to date with documents that came, went or changed their family.

What a document tells is kept as events, filed under blocks; each event is bound to the one before it that it is most
like (`tocsin.link.bonds`). Documents that come are compared with what shares a block with them, and only those
situations are made anew whose events or bonds are other ones now.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from tocsin.judgement import Part, Told
from tocsin.ledger import links, situations
from tocsin.ledger.judged import blocks as filed_blocks
from tocsin.ledger.judged import events as kept_events
from tocsin.ledger.links import EVENTS, Filed, Tie
from tocsin.ledger.schema import claims
from tocsin.ledger.told import told_by_id, told_in
from tocsin.ledger.write import chunks
from tocsin.link.blocks import number_of
from tocsin.link.situations import Bond, Event, blocks, bonds, events_of, facts_of, groups, situation

CHUNK = 500

encode = msgspec.msgpack.Encoder().encode
decode = msgspec.msgpack.Decoder(Event).decode


class Events:
    """The events at hand, by the keys of their first claims, and those keys by the events' ids."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.held: dict[int, Event] = {}
        self.keys: dict[str, int] = {}
        self.filed: dict[int, list[int]] = {}

    def blocks(self, key: int) -> list[int]:
        """The numbers of the blocks that an event is filed under."""
        if key not in self.filed:
            self.filed[key] = sorted({number_of(block) for block in blocks(self.held[key])})
        return self.filed[key]

    def put(self, key: int, event: Event) -> None:
        """Have one more at hand."""
        self.held[key] = event
        self.keys[event.id] = key

    def fetch(self, keys: Iterable[int]) -> None:
        """Have the events with some keys at hand."""
        missing = sorted(set(keys) - self.held.keys())
        for key, held in links.opaque(self.connection, kept_events, missing).items():
            self.put(key, decode(held))

    def of(self, keys: Iterable[int]) -> list[Event]:
        """Events by their keys, in the order of keys."""
        wanted = sorted(set(keys))
        self.fetch(wanted)
        return [self.held[key] for key in wanted]


def link_claims(connection: Connection, standing: set[int], gone: set[int]) -> None:
    """Bring situations up to date: the claims of `standing` documents take part as they are now, those of `gone` ones
    no longer."""
    known = Events(connection)
    told = told_in(connection, sorted(standing))
    old = _kept(connection, standing | gone)
    new = _made(told)
    removed = {key: decode(held) for key, held in old.items() if key not in new or encode(new[key]) != held}
    added = {key: event for key, event in new.items() if key not in old or key in removed}
    if not removed and not added:
        return
    children = {tie.b for tie in links.links_of(connection, EVENTS, sorted(removed)) if tie.a in removed}
    disturbed = links.situations_of(connection, sorted(removed.keys() | children))
    _replace(connection, known, removed, added)
    fresh = added.keys() | (children - removed.keys())
    changed = _bind(connection, known, fresh)
    _tell(connection, known, set(fresh) | changed, set(disturbed.values()), told)


def _kept(connection: Connection, documents: set[int]) -> dict[int, bytes]:
    """The events that are kept of documents."""
    found: dict[int, bytes] = {}
    for chunk in chunks(sorted(documents), CHUNK):
        statement = select(kept_events).join(claims, claims.c.key == kept_events.c.claim)
        rows = connection.execute(statement.where(claims.c.document.in_(chunk)))
        found.update((row.claim, row.event) for row in rows)
    return found


def _made(told: dict[int, Told]) -> dict[int, Event]:
    """The events of documents, by the keys of their first claims."""
    keys = {one.id: key for key, one in told.items()}
    return {keys[event.id]: event for event in events_of(facts_of(one) for one in told.values())}


def _replace(connection: Connection, known: Events, removed: dict[int, Event], added: dict[int, Event]) -> None:
    """Keep and file events in the place of others; the bonds of those that go, go with them."""
    links.unfile(connection, EVENTS, [entry for key, event in removed.items() for entry in _filed(key, blocks(event))])
    links.replace_links(connection, EVENTS, sorted(removed), ())
    rows: dict[int, bytes | None] = dict.fromkeys(removed)
    links.put_opaque(connection, kept_events, rows | {key: encode(event) for key, event in added.items()})
    for key, event in (removed | added).items():
        known.put(key, event)
    links.file(connection, EVENTS, [Filed(block, key, key) for key in added for block in known.blocks(key)])


def _filed(key: int, found: Iterable[str]) -> list[Filed]:
    """Under what an event is filed."""
    return [Filed(number_of(block), key, key) for block in found]


def _bind(connection: Connection, known: Events, fresh: Iterable[int]) -> set[int]:
    """Bind events that came to those before them, and those behind them to them; the keys of all whose bond changed."""
    new = known.of(fresh)
    near = known.of(_sharing(connection, known, fresh))
    before = {
        known.held[tie.b].id: tie
        for tie in links.links_of(connection, EVENTS, [known.keys[event.id] for event in (*near, *new)])
        if tie.b in known.held
    }
    known.fetch(tie.a for tie in before.values())
    bound = {id: Bond(id, known.held[tie.a].id, tie.score, _pairs(tie)) for id, tie in before.items()}
    made = bonds(new, near, bound)
    changed = {id for event in (*near, *new) if made.get(id := event.id) != bound.get(id)}
    ties = [_tie(known, made[id]) for id in sorted(changed) if id in made]
    links.replace_links(connection, EVENTS, sorted(known.keys[id] for id in changed), ties)
    return {known.keys[id] for id in changed}


def _sharing(connection: Connection, known: Events, fresh: Iterable[int]) -> set[int]:
    """The keys of all events that share a block with some."""
    wanted = sorted({block for key in fresh for block in known.blocks(key)})
    found: set[int] = set()
    for chunk in chunks(wanted, CHUNK):
        statement = select(filed_blocks.c.claim).where(filed_blocks.c.block.in_(chunk))
        found.update(connection.execute(statement).scalars())
    return found


def _pairs(tie: Tie) -> tuple[tuple[str, float], ...]:
    return tuple((part.name, part.value) for part in tie.parts)


def _tie(known: Events, bond: Bond) -> Tie:
    parts = tuple(Part(name=name, value=value) for name, value in bond.parts)
    return Tie(known.keys[bond.parent], known.keys[bond.child], bond.score, parts)


def _tell(connection: Connection, known: Events, seeds: set[int], disturbed: set[int], told: dict[int, Told]) -> None:
    """Make the situations anew that some events belong to, and what is left of those that were disturbed."""
    disturbed = disturbed | set(links.situations_of(connection, sorted(seeds)).values())
    left = {key for keys in links.claims_in(connection, sorted(disturbed)).values() for key in keys}
    seeds = seeds | links.opaque(connection, kept_events, sorted(left)).keys()
    reached, ties = links.together(connection, EVENTS, seeds)
    found = known.of(reached)
    bound = {known.held[t.b].id: Bond(known.held[t.b].id, known.held[t.a].id, t.score, _pairs(t)) for t in ties}
    wanted = {id for event in found for id in event.claims}
    at_hand = {one.id: (key, one) for key, one in told.items()}
    at_hand |= told_by_id(connection, sorted(wanted - at_hand.keys()))
    by_id = {id: at_hand[id][0] for id in wanted}
    disturbed |= set(links.situations_of(connection, sorted(by_id.values())).values())
    rows: list[dict[str, Any]] = []
    members: dict[int, int] = {}
    for group in groups(found, bound):
        made = situation(group, [at_hand[id][1] for id in group.claims])
        rows.append(situations.row_of(made, by_id))
        members.update((by_id[id], by_id[made.id]) for id in made.claims)
    links.replace_situations(connection, sorted(disturbed), rows, members)
