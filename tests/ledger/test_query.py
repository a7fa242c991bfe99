"""The query as a record: what it refuses, and that it comes from YAML and JSON as it is."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tocsin.errors import UsageError
from tocsin.ledger import Query
from tocsin.ledger.query import Place, Sort, box, cursor_of, figure_condition, place_of


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"time_from": "2024-13-01"}, "time-from"),
        ({"time_to": "yesterday"}, "time-to"),
        ({"published_from": "2024"}, "published-from"),
        ({"published_to": "20241223"}, "published-to"),
        ({"time_from": "2024-02-01", "time_to": "2024-01-01"}, "first day"),
        ({"figures": ("killed",)}, "figure"),
        ({"figures": ("killed>=many",)}, "figure"),
        ({"bbox": (0.0, 10.0, 1.0, 5.0)}, "bbox"),
        ({"bbox": (0.0, 10.0, 200.0, 50.0)}, "bbox"),
        ({"limit": 0}, "limit"),
        ({"cursor": "???"}, "cursor"),
        ({"cursor": "WzFd"}, "cursor"),
        ({"actor": " - "}, "name"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_one_line(fields: dict[str, Any], said: str) -> None:
    with pytest.raises(UsageError, match=said) as caught:
        Query(**fields)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("said", "condition"),
    [
        ("killed>=10", ("killed", ">=", 10)),
        ("killed_or_wounded < 1,100", ("killed_or_wounded", "<", 1100)),
        (" money=2.5 ", ("money", "=", 2.5)),
    ],
)
def test_conditions_on_figures(said: str, condition: tuple[str, str, float]) -> None:
    assert figure_condition(said) == condition


def test_a_box() -> None:
    assert box("36, 50,38.5,52") == (36, 50, 38.5, 52)
    with pytest.raises(UsageError):
        box("36,50,38")


def test_a_query_from_yaml() -> None:
    said = "{words: missiles, types: [AID], actor_country: [PRK], figures: ['killed>=10'], bbox: [36, 50, 38, 52]}"
    query = msgspec.convert(yaml.safe_load(said), Query)
    assert query == Query(
        words="missiles", types=("AID",), actor_country=("PRK",), figures=("killed>=10",), bbox=(36, 50, 38, 52)
    )
    assert msgspec.json.decode(msgspec.json.encode(query), type=Query) == query


def test_an_unknown_field_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError, match="wrods"):
        msgspec.convert({"wrods": "missiles"}, Query)


@given(
    sort=st.sampled_from(["newest", "oldest", "latest", "earliest", "confidence"]),
    key=st.integers(0, 2**63 - 1),
    value=st.none() | st.text(max_size=10) | st.floats(0, 1) | st.integers(0, 2**63 - 1),
)
def test_a_cursor_says_where_a_page_ended(sort: Sort, key: int, value: Any) -> None:
    cursor = cursor_of(sort, Place(key, value))
    assert place_of(cursor, sort) == (key, value)
    assert cursor.replace("-", "").replace("_", "").isalnum()
