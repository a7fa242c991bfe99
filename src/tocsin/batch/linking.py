"""Families and situations of a ledger kept up to date: what came is linked in steps, each one transaction.

The ledger knows which documents have still to be linked. A program that is killed leaves them waiting, and whoever
links next takes them up. Linked as they come, or all at once by `relink`, in whatever order: the judgements are the
same.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection

from tocsin.batch.happenings import link_claims
from tocsin.batch.kin import link_documents
from tocsin.ledger import Ledger, links
from tocsin.ledger.engine import write

STEP = 500
"""So many documents are linked in one transaction. More at once cost less each, but others wait longer to write."""


def link(ledger: Ledger, tell: Callable[[int], None] | None = None, *, step: int = STEP) -> int:
    """Link all documents that are waiting; how many there were. `tell` hears of them as they are done."""
    total = 0
    while count := write(ledger.engine, lambda connection: _step(connection, step)):
        total += count
        if tell is not None:
            tell(total)
    return total


def relink(ledger: Ledger, tell: Callable[[int], None] | None = None, *, step: int = STEP) -> int:
    """Forget all families and situations and make them anew, with the rules that are installed; of how many
    documents."""
    write(ledger.engine, links.start_anew)
    return link(ledger, tell, step=step)


def _step(connection: Connection, most: int) -> int:
    """Link some documents; how many."""
    waiting = links.waiting(connection, most)
    if not waiting:
        return 0
    standing = links.standing(connection, waiting)
    gone = set(waiting) - standing
    changed = link_documents(connection, standing, gone)
    link_claims(connection, standing, gone, changed)
    links.settle(connection, waiting)
    return len(waiting)
