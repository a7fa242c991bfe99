"""Times that are measured from the clause above."""

from __future__ import annotations

import pytest

from tocsin.understand.pipeline import load, parse_text
from tocsin.understand.timemeasured import measured_times
from tocsin.understand.times import find_times

TOLD = [
    ("The minister resigned, the palace said, a day after the army seized the radio station.", "seized", "2024-12-22"),
    ("The premier accuses the rebels of treason, two weeks after a governor was shot.", "shot", "2024-12-09"),
    ("The talks came three days after the shelling of the port.", "shelling", "2024-12-20"),
    ("He left on 4 May 2019, two days before the parliament was dissolved.", "dissolved", "2019-05-06"),
]
UNTOLD = [
    "He had left the party two days after the vote.",
    "The court sits more than a week after the vote.",
    "She arrives two days after the vote on Monday.",
    "He was held for two years after joining the rebels.",
    "The palace said that the stay shrinks from 90 days to 30 days after a vote.",
    "The palace said he fled hours after the vote.",
]


@pytest.mark.parametrize(("text", "word", "day"), TOLD)
def test_an_event_that_another_is_told_to_follow_has_a_day(text: str, word: str, day: str) -> None:
    parse = parse_text(load(), text)
    [(token, time)] = measured_times(parse, find_times(parse, "2024-12-23"), "2024-12-23")
    assert (parse.lower[token], time.from_, time.to) == (word, day, day)
    assert text[time.start : time.end] == time.text


@pytest.mark.parametrize("text", UNTOLD)
def test_nothing_is_measured_from_what_has_no_day(text: str) -> None:
    parse = parse_text(load(), text)
    assert not list(measured_times(parse, find_times(parse, "2024-12-23"), "2024-12-23"))


def test_a_month_is_all_that_years_tell() -> None:
    parse = parse_text(load(), "A year after the fall of the town, its people return.")
    [(_, time)] = measured_times(parse, find_times(parse, "2024-12-23"), "2024-12-23")
    assert (time.from_, time.to, time.timex) == ("2023-12-01", "2023-12-31", "2023-12")


def test_without_a_day_of_publication_nothing_is_counted_from_it() -> None:
    parse = parse_text(load(), "The premier accuses the rebels, two weeks after a governor was shot.")
    assert not list(measured_times(parse, find_times(parse, None), None))
