"""The full text of a ledger filled anew from its documents and claims, after a migration that cuts words otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, text

from tocsin.ledger import rows
from tocsin.ledger.write import CLAIM_WORDS, DOCUMENT_WORDS
from tocsin.model import Claim

SOME = 500
"""So many rows are in memory at a time."""

DOCUMENTS = "SELECT key, title, text FROM documents WHERE key > :last ORDER BY key LIMIT :some"
CLAIMS = "SELECT claim AS key, record FROM records WHERE claim > :last ORDER BY claim LIMIT :some"


def fill(connection: Connection) -> None:
    """Fill the empty tables of words."""
    decode = msgspec.json.Decoder(Claim).decode
    engine = connection.dialect.name
    for some in _batches(connection, DOCUMENTS):
        words = [{"document": row.key, "words": rows.words_of(row.title, row.text)} for row in some]
        connection.execute(text(DOCUMENT_WORDS[engine]), words)
    for some in _batches(connection, CLAIMS):
        connection.execute(text(CLAIM_WORDS[engine]), [rows.claim_words(decode(row.record), row.key) for row in some])


def _batches(connection: Connection, statement: str) -> Iterator[list[Row[*tuple[Any, ...]]]]:
    """The rows of a table by their keys."""
    last = -1
    while found := list(connection.execute(text(statement), {"last": last, "some": SOME})):
        yield found
        last = found[-1].key
