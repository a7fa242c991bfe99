"""The bombings of 7 August 1998, as news agencies told them: one situation for each city, on its day."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import tocsin
from tocsin.judgement import Situation, Told
from tocsin.link.situations import situations

SET = Path(__file__).resolve().parents[2].parent / "shared" / "bench" / "timex_aquaint.jsonl"
DAY = "1998-08-07"
LATEST = "1998-08-31"
"""Documents up to this day are read."""


@pytest.fixture(scope="module")
def found() -> tuple[Situation, ...]:
    if not SET.is_file():
        pytest.skip(f"there is no {SET}")
    rows = [json.loads(line) for line in SET.read_text(encoding="utf-8").splitlines()]
    wanted = [row for row in rows if row["dct"] <= LATEST and ("Nairobi" in row["text"] or "Kenya" in row["text"])]
    tolds = []
    for row in wanted:
        report = tocsin.read(row["text"], published=row["dct"])
        tolds += [
            Told(
                id=f"{row['id']}:{k:03}",
                claim=claim,
                document=row["id"],
                family=row["id"],
                published=row["dct"],
                agency=report.document.agency,
            )
            for k, claim in enumerate(report.claims)
        ]
    return situations(tolds)


def bombings(found: tuple[Situation, ...], city: str) -> list[Situation]:
    """The situations on that day in a city that more than one document tells of."""
    return [
        one
        for one in found
        if one.begins == one.ends == DAY and one.place and one.place.name == city and one.documents > 1
    ]


@pytest.mark.parametrize("city", ["Nairobi", "Dar es Salaam"])
def test_each_city_has_one_situation_with_its_date(found: tuple[Situation, ...], city: str) -> None:
    [one] = bombings(found, city)
    assert one.title.endswith(f"{city}, 7 August 1998")
    assert one.status == "occurred"
    assert one.type == "ASSAULT"


def test_what_tells_of_both_cities_is_a_situation_of_its_own(found: tuple[Situation, ...]) -> None:
    both = [one for one in found if one.begins == DAY and one.place is None and one.documents > 2]
    assert any("Kenya" in one.title and "Tanzania" in one.title for one in both)
