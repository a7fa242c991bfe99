"""What could not be read."""

from __future__ import annotations

from collections.abc import Callable

from tocsin.errors import UsageError
from tocsin.ledger import Held, Ledger
from tocsin.model import Record

PAGE = 100


class Refused(Record, frozen=True, kw_only=True):
    """Something that could not be read: where it came from, the BLAKE2b digest and the size of its bytes (unknown
    where the digest is empty), the kind of fault, the reason, when it was met with, and when it was read since."""

    id: str
    origin: str
    digest: str
    size: int
    kind: str
    reason: str
    first_seen: str
    last_seen: str
    resolved: str | None


class Quarantine(Record, frozen=True, kw_only=True):
    """What could not be read, the latest first; `cursor` asks for what follows, `null` where nothing does."""

    rows: tuple[Refused, ...]
    cursor: str | None


def quarantine(ledger: Ledger, *, resolved: bool = False, cursor: str | None = None, limit: int = PAGE) -> Quarantine:
    """A page of the quarantine. The cursor is the id of the last row shown."""
    held = ledger.quarantined(resolved=resolved)
    start = 0
    if cursor is not None:
        start = next((at for at, row in enumerate(held, 1) if row.id == cursor), -1)
        if start < 0:
            raise UsageError("cursor: there is no such row any more; ask the first page again")
    rows = held[start : start + limit]
    more = start + limit < len(held)
    return Quarantine(rows=tuple(map(refused, rows)), cursor=rows[-1].id if more else None)


def one(ledger: Ledger, id: str) -> Refused | None:
    """The row with an id."""
    held = ledger.quarantined_one(id)
    return refused(held) if held else None


class Tried(Record, frozen=True, kw_only=True):
    """What came of trying again: what the reader said, and the row as it is now."""

    said: str
    row: Refused


def again(ledger: Ledger, id: str, retry: Callable[[str], str] | None) -> Tried | None:
    """Try the row with an id again; `None` where there is none. Raises `UsageError` where that cannot be done here."""
    if one(ledger, id) is None:
        return None
    if retry is None:
        raise UsageError("this desk does not read; tocsin quarantine retry does")
    said = retry(id)
    row = one(ledger, id)
    return Tried(said=said, row=row) if row else None


def refused(held: Held) -> Refused:
    """A row of the ledger."""
    return Refused(**{name: getattr(held, name) for name in Refused.__struct_fields__})
