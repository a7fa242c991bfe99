"""The numbers by which rows are kept: they sort as their documents were published.

A document's key is its day of publication (22 bits) and its number within that day (25 bits); a claim's key is its
document's key and its place in the document (16 bits, counted down, so that descending keys give the newest document
first and within it the order of the text). Every index that ends in a claim's key therefore gives its matches newest
first without sorting, and a range of days is a range of keys. Keys are the ledger's own: what leaves it carries ids
made from content.
"""

from __future__ import annotations

import datetime

from tocsin.errors import LedgerError

DOCUMENT_BITS, CLAIM_BITS, READING_BITS = 25, 16, 8
UNDATED = 0
LAST = (1 << CLAIM_BITS) - 1


def day_of(published: str | None) -> int:
    """The day as a number that grows with time; `UNDATED` where the date is unknown or none."""
    if not published:
        return UNDATED
    try:
        return datetime.date.fromisoformat(published[:10]).toordinal()
    except ValueError:
        return UNDATED


def document_range(first: int, last: int) -> tuple[int, int]:
    """The least and the greatest key of documents published on the days `first` to `last`."""
    return first << DOCUMENT_BITS, ((last + 1) << DOCUMENT_BITS) - 1


def claim_range(first: int, last: int) -> tuple[int, int]:
    """The least and the greatest key of claims in the documents with the keys `first` to `last`."""
    return first << CLAIM_BITS, ((last + 1) << CLAIM_BITS) - 1


def next_document(day: int, greatest: int | None) -> int:
    """The key for one more document of a day, of which `greatest` is the greatest key so far."""
    first, last = document_range(day, day)
    key = first if greatest is None else greatest + 1
    if key > last:
        raise LedgerError(f"more than {1 << DOCUMENT_BITS:,} documents of one day; keep them in several ledgers")
    return key


def claim_key(document: int, place: int) -> int:
    """The key of the claim that is number `place`, from 0, of all claims ever read from a document."""
    if place > LAST:
        raise LedgerError(f"more than {LAST + 1:,} claims of one document, all its readings counted")
    return (document << CLAIM_BITS) | (LAST - place)


def place_of(claim: int) -> int:
    """The number, from 0, that a claim's key was made from."""
    return LAST - (claim & LAST)


def reading_key(document: int, number: int) -> int:
    """The key of reading number `number`, from 0, of a document."""
    if number >= 1 << READING_BITS:
        raise LedgerError(f"a document was read {number} times by different versions; that is the most a ledger keeps")
    return (document << READING_BITS) | number
