"""Calendar arithmetic against dates that are known, and what must hold for any day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.understand import timecal as cal

DAYS = st.dates(date(1600, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    ("year", "day"),
    [(1998, "1998-04-12"), (2000, "2000-04-23"), (2008, "2008-03-23"), (2019, "2019-04-21"), (2038, "2038-04-25")],
)
def test_easter(year: int, day: str) -> None:
    assert cal.easter(year).isoformat() == day


@pytest.mark.parametrize(
    ("day", "n", "unit", "result"),
    [
        ("2019-01-31", -2, "M", "2018-11-30"), ("2020-02-29", 1, "Y", "2021-02-28"),
        ("2018-01-24", -4, "W", "2017-12-27"),
        ("2026-04-04", 48, "h", "2026-04-06"), ("2000-04-01", -4, "E", "1960-04-01"),
        ("1999-12-31", 1, "D", "2000-01-01"),
    ],
)  # fmt: skip
def test_shift(day: str, n: int, unit: str, result: str) -> None:
    assert cal.shift(date.fromisoformat(day), n, unit).isoformat() == result


def test_a_shift_beyond_the_calendar_stops_at_its_end() -> None:
    assert cal.shift(date(2000, 1, 1), -65_000_000, "Y") == date.min
    assert cal.shift(date(2000, 1, 1), 10**9, "D") == date.max


def test_nth_weekday() -> None:
    assert cal.nth_weekday(1999, 11, 4, 4) == date(1999, 11, 25)
    assert cal.nth_weekday(2024, 5, 1, -1) == date(2024, 5, 27)


@given(DAYS, st.sampled_from(["D", "W", "WE", "M", "Q", "B", "Y", "E", "C"]))
def test_the_unit_around_a_day_has_its_name(day: date, unit: str) -> None:
    first, last = cal.unit_around(day, unit)
    assert first is not None
    assert last is not None
    assert first <= last
    assert cal.name_of(first, unit) == cal.name_of(last, unit) == cal.name_of(day, unit)
    assert unit == "WE" or first <= day <= last


@given(DAYS, st.sampled_from(["M", "Q", "Y", "E", "C", "W"]), st.sampled_from(["early", "mid", "late", "start", "end"]))
def test_a_portion_lies_in_its_unit(day: date, unit: str, which: str) -> None:
    first, last = cal.unit_around(day, unit)
    low, high = cal.portion(cal.Days(first, last), which, unit)
    assert first is not None
    assert last is not None
    assert low is not None
    assert high is not None
    assert first <= low <= high <= last


@given(DAYS, st.integers(1, 7))
def test_weekdays(day: date, number: int) -> None:
    before, after = cal.weekday_before(day, number, strictly=True), cal.weekday_after(day, number, strictly=False)
    assert before.isoweekday() == after.isoweekday() == number
    assert before < day <= after
    assert after - before == timedelta(days=7)
