import datetime
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.errors import UsageError
from tocsin.read.dates import Day, parse_metadata, parse_option, parse_words


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("2024-12-23", "2024-12-23"),
        ("2024-12-23T23:30:00-05:00", "2024-12-23"),
        ("2024-12-23T23:30:00Z", "2024-12-23"),
        ("Mon, 23 Dec 2024 09:00:00 +0900", "2024-12-23"),
        ("December 23, 2024", "2024-12-23"),
        ("23 December 2024", "2024-12-23"),
        ("2024/12/23", "2024-12-23"),
        ("2024/12/23 10:15:00", "2024-12-23"),
        ("20241223101500", "2024-12-23"),
        ("23.12.2024", "2024-12-23"),
        ("3.11.2024 10:15", "2024-11-03"),
        ("12/23/2024", "2024-12-23"),
        ("23/12/2024 10:00", "2024-12-23"),
        ("11/11/2024", "2024-11-11"),
        ("12/11/2024", None),
        ("23-Dec-2024", "2024-12-23"),
        ("23rd of December 2024", "2024-12-23"),
        ("99/99/2024", None),
        ("1.2.3", None),
        ("10.1.23.2024", None),
        ("August 8", None),
        ("2024-13-23", None),
        ("yesterday", None),
        ("", None),
        ("9" * 500, None),
    ],
)
def test_metadata(value: str, iso: str | None) -> None:
    assert parse_metadata(value) == iso


@given(st.text(max_size=40))
def test_any_metadata_is_a_date_or_none(value: str) -> None:
    found = parse_metadata(value)
    assert found is None or re.fullmatch(r"\d{4}-\d\d-\d\d", found)


@given(st.dates(min_value=datetime.date(1700, 1, 1), max_value=datetime.date(2099, 12, 31)))
def test_every_way_to_write_a_day(day: datetime.date) -> None:
    for form in ("%Y-%m-%d", "%B %d, %Y", "%d %b %Y", "%Y-%m-%dT10:00:00+02:00", "%a, %d %b %Y 10:00:00 GMT"):
        assert parse_metadata(day.strftime(form)) == day.isoformat()


def test_option() -> None:
    assert parse_option("2024-12-23") == "2024-12-23"


@pytest.mark.parametrize("value", ["yesterday", "23.12.2024", "2024-02-30", "", "2024"])
def test_a_wrong_option_shows_how_to_write_a_date(value: str) -> None:
    with pytest.raises(UsageError, match="2024-12-23"):
        parse_option(value)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Tue Aug 30, 2011 12:08 am EDT", Day(2011, 8, 30)),
        ("Sept. 3rd, 1998", Day(1998, 9, 3)),
        ("3 JAN 90", Day(1990, 1, 3)),
        ("12 OCT 07", Day(2007, 10, 12)),
        ("August 8", Day(None, 8, 8)),
        ("May", None),
        ("February 30, 2011", None),
    ],
)
def test_words(words: str, day: Day | None) -> None:
    assert parse_words(words) == day
