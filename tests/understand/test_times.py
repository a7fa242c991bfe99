"""Time expressions: every example of `times.yaml`, the face of the module, and what must hold for any text."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.errors import LexiconError
from tocsin.model import Time
from tocsin.understand import timewords
from tocsin.understand.parse import Parse
from tocsin.understand.pipeline import load, parse_many, parse_text, prepare
from tocsin.understand.timeclause import bounds, clause_times, own_time
from tocsin.understand.times import find_times

EXAMPLES = timewords.load().data.examples


@pytest.fixture(scope="module")
def parses() -> dict[str, Parse]:
    texts = sorted({example.text for example in EXAMPLES})
    return dict(zip(texts, parse_many(load(), [(text, prepare(text)) for text in texts]), strict=True))


def read(text: str, published: str | None = "2024-12-23") -> list[Time]:
    return find_times(parse_text(load(), text), published)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.published}: {example.text}")
def test_example(example: timewords.Example, parses: dict[str, Parse]) -> None:
    found = find_times(parses[example.text], example.published)
    assert [(time.text, time.timex, time.from_, time.to) for time in found] == list(example.times)


def test_offsets_are_into_the_text_as_read() -> None:
    text = "``He left\n   late on\n\u00a0Monday,'' she said   on   Dec.\n20."
    for time in read(text):
        assert text[time.start : time.end] == time.text
    assert [time.from_ for time in read(text)] == ["2024-12-23", "2024-12-20"]


def test_upper_case_wire() -> None:
    found = read("GUERRILLAS ATTACKED THE TOWN ON 19 OCTOBER 1989.", "1989-10-25")
    assert [(time.timex, time.from_) for time in found] == [("1989-10-19", "1989-10-19")]


def test_lower_case_text() -> None:
    found = read("police arrested three men on may 5 in delhi.", "2010-06-01")
    assert [time.timex for time in found] == ["2010-05-05"]


def test_date_and_hour_of_publication() -> None:
    assert [time.from_ for time in read("He left today.", "1998-02-06T22:19:00")] == ["1998-02-06"]


def test_a_distance_beyond_the_calendar_is_no_date() -> None:
    assert [(time.timex, time.from_) for time in read("It died out 9000 years ago.")] == [("PAST_REF", None)]


def test_a_dated_event_bounds_the_clause_above() -> None:
    parse = parse_text(load(), "Hundreds have been killed since the war began on March 2.")
    [(token, time)] = clause_times(parse, find_times(parse, "2026-05-12"))
    assert parse.lower[token] == "since"
    assert (time.text, time.from_, time.to) == ("since the war began on March 2", "2026-03-02", None)
    assert parse.lower[bounds(parse, token)] == "killed"


@pytest.mark.parametrize(
    ("word", "days"),
    [("made", ("1985-01-01", "1985-12-31")), ("killed", ("1985-01-01", None))],
)
def test_what_happened_when_has_the_date_itself(word: str, days: tuple[str, str | None]) -> None:
    parse = parse_text(load(), "Since 1985, when the zone was made, 200 soldiers have been killed.")
    [time] = find_times(parse, "1998-03-01")
    own = own_time(parse, time, parse.lower.index(word))
    assert (own.from_, own.to) == days


def test_an_unknown_class_is_refused() -> None:
    data = timewords.load()
    with pytest.raises(LexiconError, match="broken: no class is called NOWHERE"):
        timewords.compile_rule(timewords.Rule(id="broken", does="unit", match="THE NOWHERE"), {}, data.code)


def test_every_rule_has_a_resolver() -> None:
    from tocsin.understand.timeresolve import RESOLVERS

    assert {rule.does for rule in timewords.load().data.rules} == set(RESOLVERS)


WORDS = [
    "Monday", "may", "May", "the", "past", "two", "1998", "12", "31", "of", "end", "last", "next", "year", "weeks",
    "ago", "since", "between", "and", "-", "first", "quarter", "February", "30", "a.m.", "at", "10:30", "every",
    "summer",
    "early", "Christmas", "century", "2099", "0", "99999999", "later", "this", "’80s", "half", "within", "until",
]  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=14),
    st.one_of(st.none(), st.dates(date(1900, 1, 1), date(2100, 1, 1)).map(date.isoformat)),
)
def test_any_words(words: list[str], published: str | None) -> None:
    text = " ".join(words)
    found = read(text, published)
    for before, after in pairwise(found):
        assert before.end <= after.start
    for time in found:
        assert text[time.start : time.end] == time.text
        if time.from_ and time.to:
            assert date.fromisoformat(time.from_) <= date.fromisoformat(time.to)
    assert found == read(text, published)
