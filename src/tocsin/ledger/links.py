"""What links are made from, and the links: kept by the ledger's keys, looked up and replaced within one transaction.

Two kinds of things are linked in the same way: documents, and events as documents tell them, which go by their first
claims. Each is filed under some keys (bands, blocks): documents with their rank, a place in an order that does not
depend on arrival. A link belongs to the later of the two: `b` in its row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import ColumnElement, Connection, Table, delete, exists, select, text, union_all

from tocsin.judgement import Part
from tocsin.ledger import bulk, keys
from tocsin.ledger.judged import (
    bands,
    blocks,
    events,
    families,
    family_links,
    prints,
    situation_claims,
    situation_links,
    situations,
    unlinked,
)
from tocsin.ledger.schema import documents, readings, supersessions
from tocsin.ledger.write import chunks

ID_BITS = 41
UNDATED = (1 << 22) - 1
"""What stands for the day of a document without one, behind all days."""

CHUNK = 500

encode_parts = msgspec.json.Encoder().encode
decode_parts = msgspec.json.Decoder(tuple[Part, ...]).decode


class Side(NamedTuple):
    """One of the two kinds of things that are linked: where they are filed, where their links are, and whether scores
    are kept with them."""

    filed: Table
    key: str
    member: str
    links: Table
    scored: bool


DOCUMENTS = Side(bands, "band", "document", family_links, False)
EVENTS = Side(blocks, "block", "claim", situation_links, True)


class Filed(NamedTuple):
    """An entry under a key: the rank of a document, or whether an event looks for others there (1 or 0), and the key of
    the document or of the event's first claim."""

    key: int
    rank: int
    member: int


class Tie(NamedTuple):
    """A link, with the keys of what it links, the earlier first."""

    a: int
    b: int
    score: float = 0.0
    parts: tuple[Part, ...] = ()


def rank_of(published: str | None, id: str) -> int:
    """The place of a document in the order of publication, and within a day of its id; those without a day come last.
    Below 2**63."""
    day = keys.day_of(published) or UNDATED
    return day << ID_BITS | int(id, 16) >> (64 - ID_BITS)


# ---- what has still to be linked


def waiting(connection: Connection, most: int) -> list[int]:
    """The keys of documents that have still to be linked, in the order of publication."""
    return list(connection.execute(select(unlinked.c.document).order_by(unlinked.c.document).limit(most)).scalars())


def settle(connection: Connection, done: Iterable[int]) -> None:
    """Note that documents have been linked."""
    _delete(connection, unlinked, unlinked.c.document, done)


def standing(connection: Connection, of: Iterable[int]) -> set[int]:
    """Which of the documents take part: those of which no later version has taken the place."""
    current = ~exists().where(supersessions.c.reading == readings.c.key)
    found: set[int] = set()
    for chunk in chunks(of, CHUNK):
        statement = select(readings.c.document).where(readings.c.document.in_(chunk), current)
        found.update(connection.execute(statement).scalars())
    return found


def start_anew(connection: Connection) -> None:
    """Forget all judgements, so that every document has still to be linked."""
    for table in (situation_claims, situations, situation_links, blocks, events, families, family_links, bands, prints):
        connection.execute(delete(table))
    connection.execute(delete(unlinked))
    connection.execute(unlinked.insert().from_select(["document"], select(documents.c.key)))


# ---- what is compared


def put_opaque(connection: Connection, table: Table, rows: dict[int, bytes | None]) -> None:
    """Keep bytes of documents (`prints`) or of events (`events`) in place of what was there; `None` removes them."""
    member, value = (column.name for column in table.c)
    _delete(connection, table, table.c[member], rows)
    new = [{member: key, value: held} for key, held in rows.items() if held is not None]
    bulk.insert(connection, table, new)


def opaque(connection: Connection, table: Table, of: Iterable[int]) -> dict[int, bytes]:
    """The bytes that are kept of documents or of events."""
    member, value = table.c
    found: dict[int, bytes] = {}
    for chunk in chunks(of, CHUNK):
        found.update((row[0], row[1]) for row in connection.execute(select(member, value).where(member.in_(chunk))))
    return found


def file(connection: Connection, side: Side, entries: Iterable[Filed]) -> None:
    """File under keys."""
    bulk.insert_tuples(connection, side.filed, (side.key, "rank", side.member), sorted(set(entries)))


def unfile(connection: Connection, side: Side, entries: Iterable[Filed]) -> None:
    """Take away what was filed."""
    rows = [{"key": entry.key, "rank": entry.rank, "member": entry.member} for entry in entries]
    if rows:
        where = f"{side.key} = :key AND rank = :rank AND {side.member} = :member"
        connection.execute(text(f"DELETE FROM {side.filed.name} WHERE {where}"), rows)


SQLITE_UNDER = """
SELECT filed.{key}, filed.rank, filed.{member} FROM json_each(:keys) AS asked
CROSS JOIN {table} AS filed ON filed.{key} = asked.value WHERE filed.rank >= :rank
"""
POSTGRESQL_UNDER = """
SELECT {key}, rank, {member} FROM {table} WHERE {key} = ANY(CAST(:keys AS bigint[])) AND rank >= :rank
"""


def under(connection: Connection, side: Side, asked: Sequence[int], least: int = 0) -> Iterator[Filed]:
    """All that is filed under some keys, with this rank at least, one by one."""
    names = {"table": side.filed.name, "key": side.key, "member": side.member}
    if not asked:
        return
    if connection.dialect.name == "sqlite":
        given: dict[str, Any] = {"keys": msgspec.json.encode(asked).decode(), "rank": least}
        found = connection.execute(text(SQLITE_UNDER.format(**names)), given)
    else:
        found = connection.execute(text(POSTGRESQL_UNDER.format(**names)), {"keys": list(asked), "rank": least})
    for row in found:
        yield Filed(*row)


SQLITE_NEAR = """
SELECT asked.key, filed.rank, filed.{member} FROM json_each(:asked) AS asked
JOIN {table} AS filed ON filed.{key} = json_extract(asked.value, '$[0]') AND filed.rank IN (
  SELECT rank FROM {table} WHERE {key} = json_extract(asked.value, '$[0]')
  AND rank {sign} json_extract(asked.value, '$[1]') ORDER BY rank {order} LIMIT :most)
"""
POSTGRESQL_NEAR = """
SELECT asked.number - 1, filed.rank, filed.{member}
FROM unnest(CAST(:keys AS bigint[]), CAST(:ranks AS bigint[])) WITH ORDINALITY AS asked (key, rank, number)
CROSS JOIN LATERAL (
  SELECT DISTINCT rank FROM (SELECT rank FROM {table} WHERE {key} = asked.key AND rank {sign} asked.rank
  ORDER BY rank {order} LIMIT :most) AS nearest) AS ranks
JOIN {table} AS filed ON filed.{key} = asked.key AND filed.rank = ranks.rank
"""


def near(
    connection: Connection, side: Side, asked: Sequence[tuple[int, int]], most: int, *, after: bool = False
) -> Iterator[tuple[int, int, int]]:
    """What is filed under keys just before ranks (or just `after` them), one by one, `most` entries of each at most.
    `asked` are pairs of key and rank; the answer is triples of the position in `asked`, the rank and the member."""
    names = {"table": side.filed.name, "key": side.key, "member": side.member}
    names |= {"sign": ">", "order": "ASC"} if after else {"sign": "<", "order": "DESC"}
    if not asked:
        return
    if connection.dialect.name == "sqlite":
        given: dict[str, Any] = {"asked": msgspec.json.encode(asked).decode(), "most": most}
        found = connection.execute(text(SQLITE_NEAR.format(**names)), given)
    else:
        given = {"keys": [key for key, _ in asked], "ranks": [rank for _, rank in asked], "most": most}
        found = connection.execute(text(POSTGRESQL_NEAR.format(**names)), given)
    for row in found:
        yield int(row[0]), row[1], row[2]


# ---- links


def replace_links(connection: Connection, side: Side, of: Iterable[int], ties: Iterable[Tie]) -> None:
    """Put links in the place of all that belong to some documents or events, the later ones of each link."""
    _delete(connection, side.links, side.links.c.b, of)
    rows = [{"a": tie.a, "b": tie.b, "score": tie.score, "parts": encode_parts(tie.parts)} for tie in ties]
    names = side.links.c.keys()
    bulk.insert(connection, side.links, [{name: row[name] for name in names} for row in rows])


def links_of(connection: Connection, side: Side, of: Iterable[int]) -> list[Tie]:
    """All links at either end of which one of some documents or events is."""
    table = side.links
    found: dict[tuple[int, int], Tie] = {}
    for chunk in chunks(of, CHUNK):
        either = union_all(select(table).where(table.c.a.in_(chunk)), select(table).where(table.c.b.in_(chunk)))
        for row in connection.execute(either):
            found[row.a, row.b] = Tie(row.a, row.b, *((row.score, decode_parts(row.parts)) if side.scored else ()))
    return list(found.values())


def scores_of(connection: Connection, side: Side, of: Iterable[int]) -> list[tuple[int, int, float]]:
    """The links of some documents or events to those before them, without their parts: `a`, `b` and the score."""
    table = side.links
    found: list[tuple[int, int, float]] = []
    for chunk in chunks(of, CHUNK):
        rows = connection.execute(select(table.c.a, table.c.b, table.c.score).where(table.c.b.in_(chunk)))
        found.extend((row[0], row[1], row[2]) for row in rows)
    return found


def together(connection: Connection, side: Side, seeds: Iterable[int]) -> tuple[set[int], list[Tie]]:
    """All that can be reached by links from some documents or events, they included, and all links among them."""
    reached: set[int] = set()
    ties: dict[tuple[int, int], Tie] = {}
    frontier = set(seeds)
    while frontier:
        reached |= frontier
        found = links_of(connection, side, sorted(frontier))
        ties.update(((tie.a, tie.b), tie) for tie in found)
        frontier = {key for tie in found for key in (tie.a, tie.b)} - reached
    return reached, list(ties.values())


# ---- families


class Kin(NamedTuple):
    """A document's family: the key of its first document, the agency that wrote the copy, the link to the first as
    JSON (the first has none)."""

    family: int
    agency: str | None
    link: bytes | None


def families_of(connection: Connection, of: Iterable[int]) -> dict[int, Kin]:
    """The families of those documents that have kin."""
    found: dict[int, Kin] = {}
    for chunk in chunks(of, CHUNK):
        statement = select(families).where(families.c.document.in_(chunk))
        found.update((row.document, Kin(row.family, row.agency, row.link)) for row in connection.execute(statement))
    return found


def members_of(connection: Connection, of: Iterable[int]) -> set[int]:
    """All documents of families, named by their first documents."""
    found: set[int] = set()
    for chunk in chunks(of, CHUNK):
        statement = select(families.c.document).where(families.c.family.in_(chunk))
        found.update(connection.execute(statement).scalars())
    return found


def put_families(connection: Connection, of: Iterable[int], rows: dict[int, Kin]) -> None:
    """Put families in the place of those of some documents."""
    _delete(connection, families, families.c.document, of)
    bulk.insert(connection, families, [{"document": key, **kin._asdict()} for key, kin in rows.items()])


# ---- situations


def situations_of(connection: Connection, of: Iterable[int]) -> dict[int, int]:
    """The situation of each claim that is in one."""
    found: dict[int, int] = {}
    for chunk in chunks(of, CHUNK):
        statement = select(situation_claims).where(situation_claims.c.claim.in_(chunk))
        found.update((row.claim, row.situation) for row in connection.execute(statement))
    return found


def claims_in(connection: Connection, of: Iterable[int]) -> dict[int, list[int]]:
    """The claims of situations."""
    found: dict[int, list[int]] = {}
    for chunk in chunks(of, CHUNK):
        statement = select(situation_claims).where(situation_claims.c.situation.in_(chunk))
        for row in connection.execute(statement):
            found.setdefault(row.situation, []).append(row.claim)
    return found


def replace_situations(
    connection: Connection, old: Iterable[int], rows: Sequence[dict[str, Any]], members: dict[int, int]
) -> None:
    """Put situations in the place of others. `rows` are those of the table, `members` the situation of each claim."""
    gone = list(old)
    _delete(connection, situation_claims, situation_claims.c.situation, gone)
    _delete(connection, situations, situations.c.key, gone)
    bulk.insert(connection, situations, rows)
    bulk.insert(connection, situation_claims, [{"claim": c, "situation": s} for c, s in members.items()])


def _delete(connection: Connection, table: Table, column: ColumnElement[int], of: Iterable[int]) -> None:
    """Delete the rows with some keys."""
    for chunk in chunks(of, CHUNK):
        connection.execute(delete(table).where(column.in_(chunk)))
