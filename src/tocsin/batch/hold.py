"""Faults into the quarantine."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from sqlalchemy import Connection

from tocsin.batch.messages import Fault
from tocsin.ledger import Held, Ledger, quarantine
from tocsin.ledger.engine import write
from tocsin.ledger.store import stamp
from tocsin.model import content_id


def held_of(fault: Fault, seen: str) -> Held:
    """The row of a fault. Its id is made from its origin and its bytes, or its kind where none were in hand."""
    return Held(
        id=content_id(fault.origin, fault.hash or fault.kind), origin=fault.origin, digest=fault.hash or "",
        size=fault.size or 0, kind=fault.kind, reason=fault.reason, first_seen=seen, last_seen=seen, raw=fault.kept,
    )  # fmt: skip


def put(ledger: Ledger, faults: Sequence[Fault], seen: datetime.datetime) -> None:
    """Put faults into the quarantine, in one transaction."""
    rows = [held_of(fault, stamp(seen)) for fault in faults]

    def work(connection: Connection) -> None:
        for row in rows:
            quarantine.put(connection, row)

    write(ledger.engine, work)
