"""Situations in a ledger, brought up to date with documents that came, went or changed their family.

What a document tells is kept as events, filed under blocks; each event is bound to the one before it that it is most
like (`tocsin.link.bonds`). Documents that come are compared with what shares a block with them, and only those
situations are made anew whose events or bonds are other ones now.

A ledger may hold very many events, so they are held packed here, and of claims only those of a few situations at once.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import TypeAlias

import msgspec
from sqlalchemy import Connection, select

from tocsin.judgement import Part, Told
from tocsin.ledger import links, situations
from tocsin.ledger.judged import events as kept_events
from tocsin.ledger.links import EVENTS, Filed, Tie
from tocsin.ledger.schema import claims
from tocsin.ledger.told import keys_by_id, told_by_id, told_in
from tocsin.ledger.write import chunks
from tocsin.link.blocks import filed_under
from tocsin.link.situations import Bond, Event, Group, Shelf, bonds, each_group, events_of, facts_of, situation

CHUNK = 500

AT_HAND = 2_048
"""So many events are kept ready for comparison."""

MADE = 500
"""Situations of so many claims are made at a time."""

Blocks: TypeAlias = "array[int]"
"""The blocks of an event, in eight bytes each: the number and, as the lowest bit, whether it looks for others there."""

encode = msgspec.msgpack.Encoder().encode
decode = msgspec.msgpack.Decoder(Event).decode


class Head(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The beginning of an event, which is all of it that is needed to name it."""

    id: str


head = msgspec.msgpack.Decoder(Head).decode


def packed_blocks(found: Iterable[tuple[int, bool]]) -> Blocks:
    """Blocks packed."""
    return array("Q", [block << 1 | seeks for block, seeks in found])


def opened_blocks(packed: Blocks) -> list[tuple[int, bool]]:
    """The numbers of blocks, with whether an event looks for others there."""
    return [(one >> 1, bool(one & 1)) for one in packed]


class Events:
    """Events by the keys of their first claims, packed; and their ids."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.packed: dict[int, bytes] = {}
        self.ids: dict[int, str] = {}
        self.keys: dict[str, int] = {}

    def put(self, key: int, packed: bytes) -> None:
        """Have one more at hand."""
        self.packed[key] = packed
        self.ids[key] = id = head(packed).id
        self.keys[id] = key

    def fetch(self, keys: Iterable[int]) -> None:
        """Have the events with some keys at hand."""
        missing = sorted(set(keys) - self.packed.keys())
        for key, packed in links.opaque(self.connection, kept_events, missing).items():
            self.put(key, packed)

    def of(self, keys: Iterable[int]) -> Shelf:
        """Events by their keys, in the order of keys; those that are not there are left out."""
        wanted = sorted(set(keys))
        self.fetch(wanted)
        return Shelf.of_packed(self.packed[key] for key in wanted if key in self.packed)

    def name(self, keys: Iterable[int]) -> None:
        """Know the ids of events, without having these at hand."""
        missing = sorted(set(keys) - self.ids.keys())
        for chunk in chunks(missing, CHUNK):
            for row in self.connection.execute(select(claims.c.key, claims.c.id).where(claims.c.key.in_(chunk))):
                self.ids[row.key] = row.id
                self.keys[row.id] = row.key


def link_claims(connection: Connection, standing: set[int], gone: set[int], kin: set[int]) -> None:
    """Bring situations up to date: the claims of `standing` documents take part as they are now, those of `gone` ones
    no longer; those of `kin`, which take part, are of another family now. What kin tell stays the same."""
    known = Events(connection)
    old = _kept(connection, standing | gone)
    told = told_in(connection, sorted(standing))
    new = _made(told)
    removed = {key: held for key, held in old.items() if new.get(key) != held}
    added = {key: held for key, held in new.items() if key not in old or key in removed}
    told_anew = _keys_kept(connection, kin) - removed.keys()
    if not removed and not added and not told_anew:
        return
    children = {tie.b for tie in links.links_of(connection, EVENTS, sorted(removed)) if tie.a in removed}
    disturbed = links.situations_of(connection, sorted(removed.keys() | children))
    filed = _replace(connection, known, removed, added)
    fresh = added.keys() | (children - removed.keys())
    changed = _bind(connection, known, fresh, filed)
    _tell(connection, known, fresh | changed | told_anew, set(disturbed.values()), told)


def _kept(connection: Connection, documents: set[int]) -> dict[int, bytes]:
    """The events that are kept of documents, packed."""
    found: dict[int, bytes] = {}
    for chunk in chunks(sorted(documents), CHUNK):
        statement = select(kept_events).join(claims, claims.c.key == kept_events.c.claim)
        rows = connection.execute(statement.where(claims.c.document.in_(chunk)))
        found.update((row.claim, row.event) for row in rows)
    return found


def _keys_kept(connection: Connection, documents: set[int]) -> set[int]:
    """The keys of the events that are kept of documents."""
    found: set[int] = set()
    for chunk in chunks(sorted(documents), CHUNK):
        statement = select(kept_events.c.claim).join(claims, claims.c.key == kept_events.c.claim)
        found.update(connection.execute(statement.where(claims.c.document.in_(chunk))).scalars())
    return found


def _made(told: dict[int, Told]) -> dict[int, bytes]:
    """The events of documents, packed, by the keys of their first claims."""
    keys = {one.id: key for key, one in told.items()}
    return {keys[event.id]: encode(event) for event in events_of(facts_of(one) for one in told.values())}


def _replace(
    connection: Connection, known: Events, removed: Mapping[int, bytes], added: Mapping[int, bytes]
) -> dict[int, Blocks]:
    """Keep and file events in the place of others; the bonds of those that go, go with them. Under what those that
    came are filed."""
    links.unfile(connection, EVENTS, _filings(removed))
    links.replace_links(connection, EVENTS, sorted(removed), ())
    rows: dict[int, bytes | None] = dict.fromkeys(removed)
    links.put_opaque(connection, kept_events, rows | dict(added))
    for key, packed in added.items():
        known.put(key, packed)
    filed = {key: packed_blocks(filed_under(decode(packed))) for key, packed in added.items()}
    entries = (Filed(block, int(seeks), key) for key in added for block, seeks in opened_blocks(filed[key]))
    links.file(connection, EVENTS, entries)
    return filed


def _filings(removed: Mapping[int, bytes]) -> Iterator[Filed]:
    """Under what events are filed; earlier versions put an event's own key as its rank there."""
    for key, packed in removed.items():
        for block, seeks in filed_under(decode(packed)):
            yield from (Filed(block, int(seeks), key), Filed(block, key, key))


def _bind(connection: Connection, known: Events, fresh: set[int], filed: dict[int, Blocks]) -> set[int]:
    """Bind events that came to those before them, and those behind them to them; the keys of all whose bond changed."""
    new = known.of(fresh)
    for event in new:
        key = known.keys[event.id]
        filed[key] = filed.get(key) or packed_blocks(filed_under(event))
    near = _near(connection, known, fresh, filed)
    before = links.scores_of(connection, EVENTS, sorted(fresh | near))
    known.name(a for a, _, _ in before)
    bound = {known.ids[b]: Bond(known.ids[b], known.ids[a], score, ()) for a, b, score in before}
    made = bonds(new, known.of(near), bound, lambda event: opened_blocks(filed[known.keys[event.id]]), AT_HAND)
    named = {known.ids[key] for key in fresh}
    changed = {id for id in {*made, *bound} if id in named or made.get(id) != bound.get(id)}
    ties = [_tie(known, made[id]) for id in sorted(changed) if id in made]
    links.replace_links(connection, EVENTS, sorted(known.keys[id] for id in changed), ties)
    return {known.keys[id] for id in changed}


def _near(connection: Connection, known: Events, fresh: set[int], filed: dict[int, Blocks]) -> set[int]:
    """The keys of the events that share a block with some where one of the two looks for the other. Under which of
    these blocks they stand is put to what is known of it."""
    sought = {one >> 1 for key in fresh for one in filed[key] if one & 1}
    shown = {one >> 1 for key in fresh for one in filed[key]} - sought
    entries = chain(
        links.under(connection, EVENTS, sorted(sought)), links.under(connection, EVENTS, sorted(shown), least=1)
    )
    near: dict[int, Blocks] = defaultdict(lambda: array("Q"))
    earlier: set[int] = set()
    for block, rank, key in entries:
        if key not in fresh:
            near[key].append(block << 1 | (rank > 0))
            if rank > 1:  # an earlier version's, which did not say whether an event looks there
                earlier.add(key)
    known.fetch(near)
    near.update((key, packed_blocks(filed_under(decode(known.packed[key])))) for key in earlier)
    filed.update(near)
    return set(near)


def _pairs(tie: Tie) -> tuple[tuple[str, float], ...]:
    return tuple((part.name, part.value) for part in tie.parts)


def _tie(known: Events, bond: Bond) -> Tie:
    parts = tuple(Part(name=name, value=value) for name, value in bond.parts)
    return Tie(known.keys[bond.parent], known.keys[bond.child], bond.score, parts)


def _tell(connection: Connection, known: Events, seeds: set[int], disturbed: set[int], told: dict[int, Told]) -> None:
    """Make the situations anew that some events belong to, and what is left of those that were disturbed. `told` are
    claims that are at hand."""
    disturbed = disturbed | set(links.situations_of(connection, sorted(seeds)).values())
    left = {key for keys in links.claims_in(connection, sorted(disturbed)).values() for key in keys}
    known.fetch(left)
    reached, ties = links.together(connection, EVENTS, seeds | (left & known.packed.keys()))
    found = known.of(reached)
    bound = {known.ids[t.b]: Bond(known.ids[t.b], known.ids[t.a], t.score, _pairs(t)) for t in ties}
    at_hand = {one.id: (key, one) for key, one in told.items()}
    claimed = {id for event in found for id in event.claims}
    keys = {id: at_hand[id][0] for id in claimed & at_hand.keys()}
    keys |= keys_by_id(connection, sorted(claimed - keys.keys()))
    disturbed |= set(links.situations_of(connection, sorted(keys.values())).values())
    links.replace_situations(connection, sorted(disturbed), (), {})
    for some in _batches(each_group(found, bound)):
        wanted = {id for group in some for id in group.claims}
        here = at_hand | told_by_id(connection, sorted(wanted - at_hand.keys()))
        made = [situation(group, [here[id][1] for id in group.claims]) for group in some]
        members = {keys[id]: keys[one.id] for one in made for id in one.claims}
        links.replace_situations(connection, (), [situations.row_of(one, keys) for one in made], members)


def _batches(found: Iterable[Group]) -> Iterator[list[Group]]:
    """Situations by the handful, together of `MADE` claims or of one situation."""
    batch: list[Group] = []
    size = 0
    for group in found:
        batch.append(group)
        size += len(group.claims)
        if size >= MADE:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
