"""What is remembered is bounded, and what is asked for stays."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tocsin.remembered import Remembered


def test_what_is_asked_for_stays_and_the_rest_goes() -> None:
    kept: Remembered[str, int] = Remembered(2)
    kept.put("ship", 1)
    kept.put("tug", 2)
    assert kept.turn()
    assert kept.get("ship") == 1
    kept.put("barge", 3)
    assert kept.turn()
    assert "tug" not in kept
    assert [kept.get(one) for one in ("ship", "barge", "tug")] == [1, 3, None]


def test_it_turns_only_when_it_is_full() -> None:
    kept: Remembered[str, int] = Remembered(2)
    kept.put("ship", 1)
    assert not kept.turn()
    assert kept.recent == {"ship": 1}


@given(st.integers(1, 5), st.lists(st.integers(0, 20)))
def test_never_more_than_two_halves_and_never_a_wrong_answer(most: int, asked: list[int]) -> None:
    kept: Remembered[int, int] = Remembered(most)
    for key in asked:
        kept.turn()
        if (found := kept.get(key)) is None:
            kept.put(key, found := -key - 1)
        assert found == -key - 1
        assert len(kept) <= 2 * most
        assert not kept.recent.keys() & kept.earlier.keys()
