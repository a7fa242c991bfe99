"""What could not be read: kept, so that nothing is lost, until it can be."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, select, update

from tocsin.ledger.schema import quarantine
from tocsin.model import Record, content_id

LISTED = [column for column in quarantine.c if column.name != "raw"]


class Held(Record, frozen=True, kw_only=True):
    """A row of the quarantine. `digest` is the BLAKE2b of its bytes, 32 hexadecimal digits, or empty; `raw` are the
    bytes, where they were kept and asked for."""

    id: str
    origin: str
    digest: str
    size: int
    kind: str
    reason: str
    first_seen: str
    last_seen: str
    resolved: str | None = None
    raw: bytes | None = None

    @classmethod
    def of(cls, origin: str, raw: bytes, kind: str, reason: str, seen: str, keep: bool) -> Held:
        """A new row."""
        digest = hashlib.blake2b(raw, digest_size=16).hexdigest()
        return cls(
            id=content_id(origin, digest), origin=origin, digest=digest, size=len(raw), kind=kind, reason=reason,
            first_seen=seen, last_seen=seen, raw=raw if keep else None,
        )  # fmt: skip


def put(connection: Connection, held: Held) -> None:
    """Add a row, or see it again: the reason is then the last one, and it is no longer resolved."""
    row = {name: getattr(held, name) for name in held.__struct_fields__}
    there = connection.execute(select(quarantine.c.id).where(quarantine.c.id == held.id)).first()
    if there is None:
        connection.execute(quarantine.insert(), row)
        return
    again: dict[str, Any] = {"last_seen": held.last_seen, "kind": held.kind, "reason": held.reason, "resolved": None}
    if held.raw is not None:
        again["raw"] = held.raw
    connection.execute(update(quarantine).where(quarantine.c.id == held.id).values(**again))


def all_held(connection: Connection, resolved: bool) -> list[Held]:
    """The rows, latest first, without their bytes."""
    statement = select(*LISTED).order_by(quarantine.c.last_seen.desc(), quarantine.c.id)
    if not resolved:
        statement = statement.where(quarantine.c.resolved.is_(None))
    return [_held(row) for row in connection.execute(statement)]


def one_held(connection: Connection, id: str) -> Held | None:
    """One row with its bytes."""
    row = connection.execute(select(quarantine).where(quarantine.c.id == id)).first()
    return _held(row) if row else None


def resolve(connection: Connection, ids: Sequence[str], at: str) -> int:
    """Mark rows as resolved; how many were not before."""
    open_ones = quarantine.c.id.in_(list(ids)) & quarantine.c.resolved.is_(None)
    return connection.execute(update(quarantine).where(open_ones).values(resolved=at)).rowcount


def _held(row: Row[*tuple[Any, ...]]) -> Held:
    return Held(**row._mapping)
