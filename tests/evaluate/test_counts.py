"""Counts, measures and their intervals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.evaluate.counts import Count, Scored, f1_of, intervals, macro_f1, share_of, tally, total


def scored(*rows: tuple[int, int, int]) -> list[Scored]:
    return [Scored(str(k), {"x": Count(*row)}) for k, row in enumerate(rows)]


def test_f1_is_the_harmonic_mean() -> None:
    count = Count(6, 8, 12)
    p, r = count.precision, count.recall
    assert count.f1() == pytest.approx(2 * p * r / (p + r))


def test_nothing_to_count() -> None:
    assert Count().f1() == 0
    assert Count().f1(empty=1.0) == 1
    assert (Count().precision, Count().recall) == (1, 1)


def test_total_sums_by_name() -> None:
    assert total(scored((1, 2, 3), (4, 5, 6)))["x"] == Count(5, 7, 9)


def test_tally_adds() -> None:
    counts: dict[str, Count] = {}
    tally(counts, "x", 1, 1, 1)
    tally(counts, "x", 0, 1, 1)
    assert counts["x"] == Count(1, 2, 2)


def test_a_measure_without_counts_is_unknown() -> None:
    assert f1_of("y")({}) is None
    assert share_of("y")({}) is None
    assert macro_f1("y")({}) is None


def test_macro_f1_is_the_mean_over_classes() -> None:
    assert macro_f1("c ")({"c a": Count(1, 1, 1), "c b": Count(0, 1, 1), "other": Count(1, 1, 1)}) == 0.5


def test_interval_is_the_same_at_every_run_and_holds_the_figure() -> None:
    rows = scored(*[(k % 3, 3, 3) for k in range(40)])
    first = intervals(rows, {"x": f1_of("x")})
    assert first == intervals(rows, {"x": f1_of("x")})
    assert first["x"].low < total(rows)["x"].f1() < first["x"].high


def test_interval_narrows_with_more_documents() -> None:
    few, many = ([(k % 3, 3, 3) for k in range(n)] for n in (12, 600))
    wide = intervals(scored(*few), {"x": f1_of("x")})["x"]
    narrow = intervals(scored(*many), {"x": f1_of("x")})["x"]
    assert narrow.high - narrow.low < wide.high - wide.low


def test_no_documents_no_interval() -> None:
    assert intervals([], {"x": f1_of("x")}) == {}


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(9, 20), st.integers(9, 20)), min_size=1, max_size=20))
def test_interval_lies_between_0_and_1(rows: list[tuple[int, int, int]]) -> None:
    found = intervals(scored(*rows), {"x": f1_of("x")}, rounds=50)["x"]
    assert 0 <= found.low <= found.high <= 1
