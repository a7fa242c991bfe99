"""The ledger: where claims are kept and found. One SQLite file, or a PostgreSQL database.

from tocsin.ledger import Ledger, Query
with Ledger.open("tocsin.db") as ledger:
    ledger.add_many(reports, seen=datetime.now(UTC))
    for found in ledger.claims(Query(words="missile", actor_country=("PRK",))): ...
"""

from __future__ import annotations

from tocsin.ledger.documents import Stored
from tocsin.ledger.feeds import Feed
from tocsin.ledger.provenance import Reader, current
from tocsin.ledger.quarantine import Held
from tocsin.ledger.query import Query
from tocsin.ledger.results import Found, Origin, Page, Rows
from tocsin.ledger.rows import document_id
from tocsin.ledger.situations import SituationPage, SituationQuery
from tocsin.ledger.store import Ledger
from tocsin.ledger.verify import Fault
from tocsin.ledger.write import Outcome

__all__ = ["Fault", "Feed", "Found", "Held", "Ledger", "Origin", "Outcome", "Page", "Query", "Reader", "Rows",
           "SituationPage", "SituationQuery", "Stored", "current", "document_id"]  # fmt: skip
