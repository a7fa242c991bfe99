"""Report families in a ledger, brought up to date with documents that came or went.

Each document is compared with those before it in the order of publication that share keys with it: of each key with the
last so many, of all these with those that share most. So its links depend on what the ledger holds, whatever the order
in which it came: a document that comes late also makes those be compared again that it may have pushed something away
from.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

import msgspec
from sqlalchemy import Connection

from tocsin.judgement import Link
from tocsin.ledger import links
from tocsin.ledger.judged import prints
from tocsin.ledger.links import DOCUMENTS, Filed, Kin, Tie
from tocsin.ledger.told import papers_by_key
from tocsin.ledger.write import chunks
from tocsin.link.families import bands, compare, grouped, print_of
from tocsin.link.kinrules import rules
from tocsin.link.prints import Print

TOGETHER = 24
"""Documents whose candidates are at hand together."""

encode = msgspec.msgpack.Encoder().encode
decode = msgspec.msgpack.Decoder(Print).decode
encode_link = msgspec.json.Encoder().encode


class Prints:
    """The prints of documents by their keys, each fetched once."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.held: dict[int, Print] = {}

    def __getitem__(self, key: int) -> Print:
        return self.held[key]

    def fetch(self, keys: Iterable[int]) -> set[int]:
        """Have the prints of documents at hand; those that there are."""
        wanted = set(keys)
        missing = sorted(wanted - self.held.keys())
        self.held.update((key, decode(held)) for key, held in links.opaque(self.connection, prints, missing).items())
        return wanted & self.held.keys()

    def forget(self, keys: Iterable[int]) -> None:
        """Have the prints of documents at hand no longer."""
        for key in keys:
            self.held.pop(key, None)

    def rank(self, key: int) -> int:
        """The place of a document in the order of publication."""
        held = self.held[key]
        return links.rank_of(held.published, held.id)

    def filed(self, key: int) -> list[Filed]:
        """Under what a document is filed."""
        rank = self.rank(key)
        return [Filed(band, rank, key) for band in dict.fromkeys(bands(self.held[key]))]


def link_documents(connection: Connection, standing: set[int], gone: set[int]) -> set[int]:
    """Bring families up to date: `standing` documents take part, `gone` ones no longer. The documents whose family or
    whose family's agency is another now."""
    known = Prints(connection)
    gone = known.fetch(gone)
    fresh = _take_in(connection, known, standing)
    _take_out(connection, known, gone)
    if not fresh and not gone:
        return set()
    touched = fresh | gone
    compared = fresh | (_after(connection, known, touched) - gone)
    before = links.links_of(connection, DOCUMENTS, sorted(compared | gone))
    links.replace_links(connection, DOCUMENTS, sorted(compared | gone), _compared(connection, known, compared))
    old = links.families_of(connection, sorted(compared | gone))
    seeds = compared | {key for tie in before for key in (tie.a, tie.b)}
    seeds |= links.members_of(connection, sorted({kin.family for kin in old.values()}))
    return _regroup(connection, known, seeds, gone)


def _take_in(connection: Connection, known: Prints, standing: set[int]) -> set[int]:
    """Make and file the prints of documents that have none; these documents."""
    fresh = standing - known.fetch(standing)
    made = {key: print_of(paper) for key, paper in papers_by_key(connection, sorted(fresh)).items()}
    links.put_opaque(connection, prints, {key: encode(held) for key, held in made.items()})
    known.held.update(made)
    links.file(connection, DOCUMENTS, (entry for key in sorted(made) for entry in known.filed(key)))
    return fresh


def _take_out(connection: Connection, known: Prints, gone: set[int]) -> None:
    """Forget the prints of documents."""
    links.unfile(connection, DOCUMENTS, (entry for key in sorted(gone) for entry in known.filed(key)))
    links.put_opaque(connection, prints, dict.fromkeys(sorted(gone)))


def _after(connection: Connection, known: Prints, touched: set[int]) -> set[int]:
    """The documents in whose sight others came or went."""
    asked = [(entry.key, entry.rank) for key in sorted(touched) for entry in known.filed(key)]
    holders = rules().search.holders
    return {member for _, _, member in links.near(connection, DOCUMENTS, asked, holders, after=True)}


def _compared(connection: Connection, known: Prints, compared: set[int]) -> list[Tie]:
    """The links of documents to those before them; some at a time, since each may have many candidates."""
    known.fetch(compared)
    most = rules().search.candidates
    ties = []
    for some in chunks(sorted(compared), TOGETHER):
        found = _candidates(connection, known, some)
        others = {other for others in found.values() for other in others} - known.held.keys()
        known.fetch(others)
        for key in sorted(found):
            shared = found[key]
            for other in sorted(shared, key=lambda one: (-shared[one], known[one].id))[:most]:
                if compare(known[other], known[key]) is not None:
                    ties.append(Tie(other, key))
        known.forget(others)
    return ties


def _candidates(connection: Connection, known: Prints, compared: Iterable[int]) -> dict[int, Counter[int]]:
    """The documents before each one, with the number of keys that they share."""
    filed = [entry for key in compared for entry in known.filed(key)]
    asked = [(entry.key, entry.rank) for entry in filed]
    found: dict[int, Counter[int]] = defaultdict(Counter)
    for at, _, member in links.near(connection, DOCUMENTS, asked, rules().search.holders):
        found[filed[at].member][member] += 1
    return found


def _regroup(connection: Connection, known: Prints, seeds: set[int], gone: set[int]) -> set[int]:
    """Divide all that hangs together with some documents into families anew; the documents for which that changed
    anything."""
    reached, ties = links.together(connection, DOCUMENTS, seeds - gone)
    known.fetch({key for tie in ties for key in (tie.a, tie.b)})
    by_id = {known[key].id: key for tie in ties for key in (tie.a, tie.b)}
    named = [Link(a=known[tie.a].id, b=known[tie.b].id, score=0.0, parts=()) for tie in ties]
    rows: dict[int, Kin] = {}
    for family in grouped(named, {id: known[key] for id, key in by_id.items()}):
        first = by_id[family.id]
        rows[first] = Kin(first, family.agency, None)
        for document, link in zip(family.documents[1:], family.links, strict=True):
            rows[by_id[document]] = Kin(first, family.agency, encode_link(link))
    old = links.families_of(connection, sorted(reached | gone))
    links.put_families(connection, sorted(old.keys() | rows.keys()), rows)
    return {key for key in reached if _said(old.get(key)) != _said(rows.get(key))}


def _said(kin: Kin | None) -> tuple[int, str | None] | None:
    """What of a family the claims of its documents are told with."""
    return None if kin is None else (kin.family, kin.agency)
