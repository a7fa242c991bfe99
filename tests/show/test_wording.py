from __future__ import annotations

import datetime

import pytest
from hand import LAUNCH, LOSSES, at, claim
from hypothesis import given
from hypothesis import strategies as st

from tocsin.model import Actor, Figure, Mention, Source, Time
from tocsin.show import words


@pytest.mark.parametrize(
    ("what", "low", "high", "qualifier", "unit", "said"),
    [
        ("killed_or_wounded", 1100, None, "at_least", None, "≥ 1,100 killed or wounded"),
        ("troops", 12000, 12000, "about", None, "~12,000 troops"),
        ("troops", 200, 999, "vague", None, "200–999 troops"),
        ("troops", None, 10000, "at_most", None, "≤ 10,000 troops"),
        ("troops", 1, 1, "exact", None, "1 soldier"),
        ("killed", 2, 2, "exact", None, "2 killed"),
        ("killed", 1, 1, "exact", None, "1 killed"),
        ("money", 5e9, 5e9, "exact", "USD", "USD 5 billion"),
        ("money", 2.5e6, None, "at_least", "EUR", "EUR ≥ 2.5 million"),
        ("money", 1234567, 1234567, "exact", "GBP", "GBP 1,234,567"),
        ("distance", 700, 700, "exact", "km", "700 km"),
        ("duration", 1, 1, "exact", "day", "1 day"),
        ("duration", 3, 5, "vague", "day", "3–5 days"),
        ("percent", 12.5, 12.5, "exact", None, "12.5%"),
        ("other", 2, 9, "vague", "site", "2–9 sites"),
        ("other", 4, 4, "exact", "country", "4 countries"),
        ("weapons", 3, 3, "exact", "aircraft", "3 aircraft"),
        ("weapons", 24, None, "vague", "missile", "≥ 24 missiles"),
        ("vehicles", 2, 2, "exact", "bus", "2 buses"),
        ("other", None, None, "vague", None, "?"),
    ],
)
def test_a_figure_in_words(
    what: str, low: float | None, high: float | None, qualifier: str, unit: str | None, said: str
) -> None:
    figure = Figure(text="x", start=0, end=1, what=what, low=low, high=high, qualifier=qualifier, unit=unit)  # type: ignore[arg-type]
    assert words.figure_words(figure) == said


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("2024-12-23", "2024-12-23", "23 Dec 2024"),
        ("2024-12-16", "2024-12-31", "2024-12-16…31"),
        ("2024-11-25", "2024-12-08", "2024-11-25…12-08"),
        ("2024-12-28", "2025-01-03", "2024-12-28…2025-01-03"),
        ("2025-01-01", "2025-12-31", "2025"),
        ("2024-02-01", "2024-02-29", "Feb 2024"),
        ("2023-02-01", "2023-02-28", "Feb 2023"),
        ("2024-05-21", None, "since 21 May 2024"),
        (None, "2024-12-31", "until 31 Dec 2024"),
        (None, None, "“then”"),
    ],
)
def test_a_time_in_words(start: str | None, end: str | None, said: str) -> None:
    assert words.time_words(Time(text="then", start=0, end=4, from_=start, to=end)) == said


@given(st.dates(), st.dates())
def test_every_interval_has_words_that_name_its_years(one: datetime.date, other: datetime.date) -> None:
    start, end = sorted((one, other))
    said = words.time_words(Time(text="x", start=0, end=1, from_=start.isoformat(), to=end.isoformat()))
    assert str(start.year) in said
    assert str(end.year) in said or start.year == end.year


@given(st.floats(min_value=0, max_value=1e15))
def test_a_number_in_words_is_near_the_number(value: float) -> None:
    said = words.number_words(value).split()
    size = {"million": 1e6, "billion": 1e9, "trillion": 1e12}[said[1]] if len(said) > 1 else 1
    assert float(said[0].replace(",", "") or 0) * size == pytest.approx(value, rel=1e-9, abs=0.006)


def test_a_pronoun_is_shown_with_whom_it_means() -> None:
    he = Actor(text="he", start=0, end=2, name="Kennedy", antecedent=Mention(text="Kennedy", start=5, end=12))
    assert words.actor_words(he) == "Kennedy (he)"
    surname = Actor(text="McNamara", start=0, end=8, name="Robert McNamara", antecedent=he.antecedent)
    assert words.actor_words(surname) == "Robert McNamara"
    assert words.actor_words(Actor(text="the\n Kremlin", start=0, end=12, name="Kremlin")) == "the Kremlin"


def test_a_chain_runs_from_the_outermost_and_joins_those_of_a_level() -> None:
    def source(text: str, level: int, manner: str) -> Source:
        return Source(text=text, start=0, end=1, level=level, manner=manner)  # type: ignore[arg-type]

    chain = (source("North Korea", 1, "promised"), source("JCS official", 0, "confirmed"), source("Seoul", 0, "said"))
    assert words.chain_words(claim(sources=chain)) == "JCS official (confirmed) + Seoul → North Korea (promised)"
    assert words.chain_words(claim()) == ""


def test_the_kind_is_words() -> None:
    assert words.kind_words(LAUNCH) == "mobilize · test"
    assert words.kind_words(claim(mode=None)) == "casualties"


def test_a_source_says_how_it_knows() -> None:
    assert words.chain_words(LOSSES) == "The army"
    assert words.chain_words(LAUNCH) == "An official (warned)"
    assert at("An official")["start"] == LAUNCH.sources[0].start
