"""The negative binomial: against sums done by hand, and against what it must be."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.watch.surprise import Expected, Week, expected


def mass(mean: float, size: float, count: int) -> float:
    """The probability of a count, by its definition with real size."""
    log = math.lgamma(count + size) - math.lgamma(size) - math.lgamma(count + 1)
    return math.exp(log + size * math.log(size / (size + mean)) + count * math.log(mean / (size + mean)))


@given(st.floats(0.05, 30), st.floats(0.3, 500), st.integers(0, 60))
def test_the_tail_is_what_is_left_of_all(mean: float, size: float, count: int) -> None:
    below = sum(mass(mean, size, k) for k in range(count))
    assert Expected(mean, size).tail(count) == pytest.approx(1 - below, abs=1e-9)


def test_of_a_large_size_it_is_poisson() -> None:
    poisson = 1 - sum(math.exp(-2.0) * 2.0**k / math.factorial(k) for k in range(6))
    assert Expected(2.0, 1e9).tail(6) == pytest.approx(poisson, rel=1e-4)


def test_a_far_tail_is_small_and_not_below_none() -> None:
    assert 0 < Expected(1.0, 5.0).tail(60) < 1e-20


def test_what_is_expected_goes_with_what_is_published() -> None:
    past = [Week(4, 100)] * 10
    assert expected(past, 100).mean == pytest.approx(4.05)
    assert expected(past, 200).mean == pytest.approx(8.1)
    assert expected([*past, Week(0, 0)], 100) == expected(past, 100)


def test_a_past_without_any_expects_less_the_longer_it_is() -> None:
    short, long = (expected([Week(0, 50)] * weeks, 50) for weeks in (4, 52))
    assert 0 < long.mean < short.mean
    assert long.tail(3) < 0.001


def test_a_past_that_varies_makes_much_less_of_a_surprise() -> None:
    steady = expected([Week(5, 100)] * 20, 100)
    wild = expected([Week(n, 100) for n in (0, 10) * 10], 100)
    assert steady.mean == wild.mean
    assert wild.size < 2.0 < steady.size
    assert wild.tail(12) > 10 * steady.tail(12)
