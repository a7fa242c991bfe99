"""Keys sort as documents were published, and as claims stand in them."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.errors import LedgerError
from tocsin.ledger import keys

days = st.dates().map(datetime.date.isoformat)
numbers = st.integers(0, (1 << keys.DOCUMENT_BITS) - 1)
places = st.integers(0, keys.LAST)


def key(day: str, number: int, place: int) -> int:
    first, _ = keys.document_range(keys.day_of(day), keys.day_of(day))
    return keys.claim_key(first + number, place)


@given(one=st.tuples(days, numbers, places), other=st.tuples(days, numbers, places))
def test_keys_sort_by_day_then_arrival_then_backwards_by_place(
    one: tuple[str, int, int], other: tuple[str, int, int]
) -> None:
    order = [(day, number, -place) for day, number, place in (one, other)]
    assert (order[0] < order[1]) == (key(*one) < key(*other))
    assert 0 <= key(*one) < 2**63


@given(day=days, number=numbers, place=places)
def test_a_range_of_days_holds_its_claims_and_no_other(day: str, number: int, place: int) -> None:
    at = keys.day_of(day)
    least, greatest = keys.claim_range(*keys.document_range(at, at))
    assert least <= key(day, number, place) <= greatest
    assert keys.place_of(key(day, number, place)) == place


def test_what_is_no_day_is_before_all_days() -> None:
    assert [keys.day_of(said) for said in (None, "", "2024", "soon", "2024-02-30")] == [keys.UNDATED] * 5
    assert keys.day_of("0001-01-01") > keys.UNDATED
    assert keys.day_of("2024-12-23T10:00:00Z") == keys.day_of("2024-12-23")


def test_what_is_too_much_is_refused() -> None:
    _, last = keys.document_range(5, 5)
    with pytest.raises(LedgerError):
        keys.next_document(5, last)
    with pytest.raises(LedgerError):
        keys.claim_key(1, keys.LAST + 1)
    with pytest.raises(LedgerError):
        keys.reading_key(1, 256)
