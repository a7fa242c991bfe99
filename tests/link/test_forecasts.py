"""Forecasts: what is one, what becomes of it, and what that says of its source."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.link.claimed import SHARED, claim, gold, read, source, time, told
from tests.link.claimed import actor as who

from tocsin.judgement import Forecast, State, Told
from tocsin.link.forecasts import forecasts, rules, track_records
from tocsin.link.matching import act, kinds_alike, match
from tocsin.link.matching import rules as matching
from tocsin.model import Claim, Mention

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason=f"the annotated articles are not at {SHARED}")

WARNING = "Norland's army said on Monday that Sudland may test a hypersonic missile by the end of the year."
LAUNCH = "Sudland test-fired a hypersonic missile on Monday, Norland's army said."
OTHER = "Sudland fired an intercontinental ballistic missile on Monday, Norland's army said."


def thing(text: str, words: str) -> Mention:
    start = text.index(words)
    return Mention(text=words, start=start, end=start + len(words))


def warning(**fields: object) -> Claim:
    given = {
        "type": "MOBILIZE", "mode": "test", "status": "possible", "actors": (who(WARNING, "Sudland", "SDN"),),
        "objects": (thing(WARNING, "a hypersonic missile"),), "sources": (source(WARNING, "Norland's army"),),
        "time": time(WARNING, "by the end of the year", "2024-12-16", "2024-12-31"),
    }  # fmt: skip
    return claim(WARNING, "test", **(given | fields))


def launch(day: str | None, text: str = LAUNCH, trigger: str = "test-fired", **fields: object) -> Claim:
    given = {
        "type": "MOBILIZE", "mode": "test", "actors": (who(text, "Sudland", "SDN"),),
        "objects": (thing(text, text[text.index("a") : text.index(" on Monday")].split("fired ")[-1]),),
        "time": time(text, "Monday", day, day) if day else None, "sources": (source(text, "Norland's army"),),
    }  # fmt: skip
    return claim(text, trigger, **(given | fields))


FIRST = told(warning(), "a", "2024-12-23")


def one(*tolds: Told, on: str = "2025-01-07", until: str | None = None) -> Forecast:
    found = forecasts(tolds, on, until)
    assert len(found) == 1
    return found[0]


def test_before_its_end_a_forecast_is_open() -> None:
    found = one(FIRST, on="2024-12-24")
    assert (found.state, found.due, found.probability, found.hedge) == ("open", "2024-12-31", 0.5, "may")


def test_a_launch_in_time_fulfils_it() -> None:
    event = told(launch("2024-12-30"), "b", "2024-12-30")
    found = one(FIRST, event)
    assert (found.state, found.by, found.lead_days) == ("fulfilled", event.id, 7)
    assert "things" in found.why


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        (told(launch("2025-01-06"), "b", "2025-01-06"), "after the end"),
        (told(launch("2024-12-09"), "b", "2025-01-06"), "before it was said"),
        (told(launch("2024-12-30", OTHER, "fired"), "b", "2025-01-06"), "another missile"),
        (told(launch("2024-12-30", actors=(who(LAUNCH, "Sudland", "KEN"),)), "b", "2025-01-06"), "somebody else"),
        (told(launch("2024-12-30", type="ASSAULT", mode="missile"), "b", "2025-01-06"), "another kind of act"),
        (told(launch("2024-12-30", status="possible"), "b", "2025-01-06"), "did not happen"),
        (told(launch("2024-12-30", objects=()), "b", "2025-01-06"), "of nothing that is named"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_does_not_answer_it_lets_it_lapse(event: Told, reason: str) -> None:
    assert one(FIRST, event).state == "lapsed", reason


def test_it_lapses_only_when_the_material_goes_on_after_its_end() -> None:
    assert one(FIRST).state == "open"
    assert one(FIRST, until="2024-12-31").state == "open"
    assert one(FIRST, until="2025-01-02").state == "lapsed"
    assert one(FIRST, until="2025-01-02", on="2024-12-31").state == "open"


def test_a_report_without_a_day_counts_by_the_day_of_the_report() -> None:
    event = told(launch(None), "b", "2024-12-29")
    found = one(FIRST, event)
    assert (found.state, found.lead_days) == ("fulfilled", 6)
    assert "the day of the report" in found.why
    assert one(FIRST, told(launch(None), "b", "2025-01-02")).state == "lapsed"


def test_its_source_withdraws_it() -> None:
    denial = told(launch("2024-12-27", status="denied"), "b", "2024-12-27")
    assert one(FIRST, denial).state == "withdrawn"
    other = launch("2024-12-27", status="denied", sources=(source(LAUNCH, "Sudland"),))
    assert one(FIRST, told(other, "b", "2024-12-27")).state == "open"


def test_one_act_foretold_again_is_one_forecast_in_the_latest_words() -> None:
    again = told(warning(), "b", "2024-12-26", family="a")
    found = one(FIRST, again, on="2024-12-27")
    assert found.claim == again.id
    assert "first on 2024-12-23" in found.why


def test_two_sources_make_two_forecasts() -> None:
    other = told(warning(sources=()), "b", "2024-12-23", agency="Reuters")
    assert {found.source for found in forecasts([FIRST, other], "2024-12-24")} == {"Norland's army", "Reuters"}


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "occurred"},
        {"status": "denied"},
        {"time": None},
        {"time": time(WARNING, "by the end of the year", "2024-12-16", None)},
        {"time": time(WARNING, "by the end of the year", "2023-12-16", "2023-12-31")},
        {"time": time(WARNING, "by the end of the year", None, "2124-12-31")},
    ],
    ids=["occurred", "denied", "no time", "no end", "past", "in a century"],
)
def test_what_is_no_forecast(fields: dict[str, object]) -> None:
    assert forecasts([told(warning(**fields), "a", "2024-12-23")], "2025-01-07") == ()


def test_what_was_published_later_is_not_known_yet() -> None:
    event = told(launch("2024-12-30"), "b", "2025-01-05")
    assert one(FIRST, event, on="2025-01-04").state == "open"
    assert one(FIRST, event, on="2025-01-05").state == "fulfilled"


def resolved(source: str, state: State, probability: float) -> Forecast:
    return Forecast(
        claim="c", source=source, said_on="2020-01-01", begins=None, due="2020-02-01", state=state,
        probability=probability, hedge=None, scale="ICD 203",
    )  # fmt: skip


def test_a_source_is_scored_from_five_on() -> None:
    four = [resolved("A", "fulfilled", 0.875)] * 3 + [resolved("A", "lapsed", 0.5)]
    assert track_records([*four, resolved("A", "open", 0.5)])[0].brier is None
    found = track_records([*four, resolved("A", "lapsed", 0.5), resolved("A", "withdrawn", 0.9)])[0]
    assert (found.fulfilled, found.lapsed, found.withdrawn, found.resolved) == (3, 2, 1, 5)
    assert found.brier == pytest.approx((3 * 0.125**2 + 2 * 0.25) / 5, abs=1e-4)


@given(st.lists(st.tuples(st.sampled_from(["fulfilled", "lapsed"]), st.floats(0, 1)), min_size=5, max_size=20))
def test_a_score_lies_between_nought_and_one(rows: list[tuple[State, float]]) -> None:
    found = track_records([resolved("A", state, probability) for state, probability in rows])[0]
    assert found.brier is not None
    assert 0 <= found.brier <= 1


@pytest.mark.parametrize("example", matching().examples)
def test_an_example_of_things(example: str) -> None:
    pair, _, wanted = example.partition(" => ")
    left, _, right = pair.partition(" | ")

    def made(words: str) -> Claim:
        text = f"Sudland moves {words} now."
        return claim(
            text, "moves", type="MOBILIZE", mode="weapons", actors=(who(text, "Sudland", "SDN"),),
            objects=(thing(text, words),),
        )  # fmt: skip

    assert (match(act(made(left)), act(made(right))) is not None) == (wanted == "yes")


def test_kinds_without_a_mode_may_be_any_of_their_type() -> None:
    assert kinds_alike("ASSAULT", "ASSAULT/drone")
    assert kinds_alike("AID/military", "MOBILIZE/weapons")
    assert not kinds_alike("MOBILIZE/test", "ASSAULT/drone")


LATER = (
    "SEOUL - North Korea test-launched an intermediate-range hypersonic missile on Monday, South Korea's Joint Chiefs "
    "of Staff said."
)


QUIET = "SEOUL - South Korea's acting president met the ambassador on Sunday."


def _states(rows: list[Told], on: str) -> dict[str, State]:
    return {found.due: found.state for found in forecasts(rows, on)}


@needs_shared
def test_the_seed_as_annotated_holds_at_least_three_open_forecasts() -> None:
    found = forecasts(gold("seed"), "2024-12-24")
    assert len(found) >= 3
    assert found[0].due == "2024-12-31"
    assert [one.due for one in found[1:]] == ["2025-12-31"] * (len(found) - 1)
    assert {one.state for one in found} == {"open"}
    assert {one.source for one in found} == {"Joint Chiefs of Staff"}
    assert [one.probability for one in found] == [0.5] + [0.675] * (len(found) - 1)


@needs_shared
def test_the_seed_with_and_without_a_later_report() -> None:
    silent = read("later", "2025-01-06", QUIET)
    assert _states([*gold("seed"), *silent], "2025-01-07") == {"2024-12-31": "lapsed", "2025-12-31": "open"}
    told_of = read("later", "2024-12-30", LATER)
    assert _states([*gold("seed"), *told_of], "2025-01-07") == {"2024-12-31": "fulfilled", "2025-12-31": "open"}


@needs_shared
def test_the_seed_as_read() -> None:
    text = (SHARED / "seed" / "article.txt").read_text(encoding="utf-8")
    seed = read("seed", "2024-12-23", text)
    found = forecasts(seed, "2024-12-24")
    assert [one.state for one in found] == ["open"] * len(found)
    assert len(found) >= 3
    assert found[0].due == "2024-12-31"
    assert {one.due for one in found[1:]} == {"2025-12-31"}
    assert _states([*seed, *read("quiet", "2025-01-06", QUIET)], "2025-01-07")["2024-12-31"] == "lapsed"
    assert _states([*seed, *read("later", "2024-12-30", LATER)], "2025-01-07")["2024-12-31"] == "fulfilled"


def test_no_score_rule_is_set_below_five() -> None:
    assert rules().least_resolved == 5


def test_the_longer_the_time_the_more_must_be_in_common() -> None:
    """Within three days kind, mode and actor may do; in a year much of a kind happens."""
    plain: dict[str, object] = {"objects": ()}
    event = told(launch("2024-12-24", **plain), "b", "2024-12-24")
    soon = told(warning(time=time(WARNING, "by the end of the year", None, "2024-12-24"), **plain), "a", "2024-12-23")
    late = told(warning(time=time(WARNING, "by the end of the year", None, "2025-12-23"), **plain), "a", "2024-12-23")
    assert one(soon, event, on="2024-12-24").state == "fulfilled"
    assert one(late, event, on="2024-12-24").state == "open"


def test_another_person_of_the_country_does_not_answer() -> None:
    text = "Ada Brown will visit Kano on Friday. Carl Dent visited Kano on Friday."
    ahead = claim(
        text, "visit", type="CONSULT", mode="visit", status="planned", actors=(who(text, "Ada Brown", "USA"),),
        time=time(text, "Friday", "2020-01-10", "2020-01-10"),
    )  # fmt: skip
    for name, state in (("Carl Dent", "lapsed"), ("Ada Brown", "fulfilled")):
        done = claim(
            text, "visited", type="CONSULT", mode="visit", actors=(who(text, name, "USA"),),
            time=time(text, "Friday", "2020-01-10", "2020-01-10"),
        )  # fmt: skip
        rows = [told(ahead, "a", "2020-01-07", agency="AP"), told(done, "b", "2020-01-11", agency="AP")]
        assert one(*rows, on="2020-02-01").state == state


def test_what_is_dated_after_its_report_has_not_happened() -> None:
    assert one(FIRST, told(launch("2024-12-30"), "b", "2024-12-27"), until="2025-01-02").state == "lapsed"


def test_what_was_foretold_for_a_day_does_not_come_true_before_it() -> None:
    friday = time(WARNING, "by the end of the year", "2024-12-27", "2024-12-27")
    first = told(warning(time=friday), "a", "2024-12-23")
    assert one(first, told(launch("2024-12-24"), "b", "2024-12-24"), until="2025-01-02").state == "lapsed"
    assert one(first, told(launch("2024-12-27"), "b", "2024-12-27"), until="2025-01-02").state == "fulfilled"


def test_two_days_are_two_forecasts() -> None:
    rows = [
        told(warning(time=time(WARNING, "by the end of the year", day, day)), name, "2024-12-23", family="a")
        for name, day in (("a", "2024-12-26"), ("b", "2024-12-28"))
    ]
    assert [found.due for found in forecasts(rows, "2024-12-24")] == ["2024-12-26", "2024-12-28"]
