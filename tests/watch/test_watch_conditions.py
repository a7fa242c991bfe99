"""Each condition: when it is met, when it is not, and that the order and the portions of arrival do not matter."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.watch.telling import Held, day, figure, told

from tocsin.ledger.alerts import Alert
from tocsin.ledger.query import Query
from tocsin.ledger.sightings import Sighting
from tocsin.watch import dry_run, evaluate
from tocsin.watch.criteria import Claims, Condition, Match, Moves, Passes, Silence, Sources, Surprise
from tocsin.watch.indicators import Indicator

LATER = "2024-12-31"


def indicator(when: Condition, **fields: Any) -> Indicator:
    given: dict[str, Any] = {
        "id": "it", "pack": "own", "title": "It rings", "why": "It matters.", "queries": (Query(),), "when": when,
        "level": "note", "per": (), "quiet": 0, "escalate": False, "examples": (), "counter": (),
    }  # fmt: skip
    return Indicator(**given | fields)


def rang(when: Condition, claims: list[Sighting], *, on: str = LATER, **fields: Any) -> list[Alert]:
    return evaluate(indicator(when, **fields), Held(claims), 0, on)


def days(alerts: list[Alert]) -> list[str]:
    return [alert.day for alert in alerts]


# ---- any


def test_any_claim_rings_once_a_day() -> None:
    found = rang(Match(), [told(1, 0), told(2, 0), told(3, 4)])
    assert [(alert.day, alert.count) for alert in found] == [(day(0), 2), (day(4), 1)]
    assert found[0].reason == "2 claims in 2 documents of 2 independent sources (an unnamed paper, an unnamed paper)"


def test_nothing_new_rings_nothing() -> None:
    assert evaluate(indicator(Match()), Held([told(1, 0)], fresh=()), 0, LATER) == []


# ---- so many claims, so many sources


def test_claims_are_counted_in_a_window() -> None:
    when = Claims(at_least=3, within=7)
    assert days(rang(when, [told(1, 0), told(2, 3), told(3, 6)])) == [day(6)]
    assert days(rang(when, [told(1, 0), told(2, 3), told(3, 7)])) == []


def test_a_late_claim_makes_a_later_day_ring() -> None:
    claims = [told(1, 0), told(2, 2), told(3, 4)]
    found = evaluate(indicator(Claims(at_least=3, within=7)), Held(claims, fresh=["c001"]), 0, LATER)
    assert days(found) == [day(4)]


def test_copies_and_the_same_outlet_are_one_source() -> None:
    when = Sources(independent=2, within=7)
    assert rang(when, [told(1, 0, family="f"), told(2, 1, family="f")]) == []
    assert rang(when, [told(1, 0, outlet="The Post"), told(2, 1, outlet="the post")]) == []
    assert rang(when, [told(1, 0, outlet="Reuters"), told(2, 1, outlet="Reuters")]) == []
    found = rang(when, [told(1, 0, outlet="A"), told(2, 1, outlet="B")])
    assert days(found) == [day(1)]
    assert found[0].independent == 2
    assert found[0].sources == ("A", "B")
    assert "2 independent sources within 7 days: A, B; 2 make it ring" in found[0].reason


def test_a_paper_that_prints_an_agency_is_the_agency() -> None:
    claims = [told(1, 0, outlet="A"), told(2, 0, outlet="AP"), told(3, 0, outlet="AP")]
    assert rang(Sources(independent=2, within=1), claims)[0].sources == ("A", "AP")


# ---- status


def test_a_status_that_moves() -> None:
    claims = [told(1, 0, status="possible"), told(2, 5, status="planned"), told(3, 9, status="planned")]
    found = rang(Moves(within=30), claims)
    assert days(found) == [day(5)]
    assert f"planned on {day(5)}; until then no more than possible, as told on {day(0)}" in found[0].reason
    assert {cited.id for cited in found[0].claims} == {"c001", "c002"}


@pytest.mark.parametrize(
    ("before", "now"),
    [("planned", "possible"), ("occurred", "occurred"), ("denied", "planned"), ("possible", "denied")],
)
def test_a_status_that_does_not_move(before: str, now: str) -> None:
    assert rang(Moves(), [told(1, 0, status=before), told(2, 5, status=now)]) == []


def test_a_status_moves_only_within_its_window_and_not_within_a_day() -> None:
    assert rang(Moves(within=4), [told(1, 0, status="possible"), told(2, 5, status="planned")]) == []
    assert rang(Moves(within=4), [told(1, 0, status="possible"), told(2, 0, status="planned")]) == []


def test_only_the_steps_that_are_asked_for() -> None:
    claims = [told(1, 0, status="possible"), told(2, 5, status="planned")]
    assert rang(Moves(to=("occurred",)), claims) == []
    assert rang(Moves(from_=("planned",)), claims) == []


# ---- figures


def killed(number: int, on: int, low: float | None, high: float | None, **more: Any) -> Sighting:
    return told(number, on, figures=(figure("killed", low, high, **more),))


def test_a_figure_passes_a_bound_once() -> None:
    when = Passes(what=("killed",), above=100, within=30)
    claims = [killed(1, 0, 80, 80), killed(2, 1, None, 500), killed(3, 2, 100, None), killed(4, 3, 200, 200)]
    found = rang(when, claims)
    assert days(found) == [day(2)]
    assert found[0].observed == 100
    assert found[0].expected == 100
    assert "at least 100 for the first time in 30 days" in found[0].reason


def test_a_figure_falls_below_a_bound() -> None:
    when = Passes(what=("troops",), below=1_000)
    claims = [told(1, 0, figures=(figure("troops", 5_000, 5_000),)), told(2, 4, figures=(figure("troops", None, 900),))]
    assert days(rang(when, claims)) == [day(4)]


def test_a_figure_changes_by_a_share() -> None:
    when = Passes(what=("killed",), changes=0.5, within=30)
    found = rang(when, [killed(1, 0, 10, 10), killed(2, 1, 14, 14), killed(3, 2, 30, None)])
    assert days(found) == [day(2)]
    assert "114 % more than on 2024-01-02" in found[0].reason
    assert days(rang(when, [killed(1, 0, 30, 30), killed(2, 1, 12, 12)])) == [day(1)]


def test_figures_that_may_be_the_same_have_not_changed() -> None:
    when = Passes(what=("killed",), changes=0.1)
    about: dict[str, Any] = {"qualifier": "about"}
    assert rang(when, [killed(1, 0, 100, 100, **about), killed(2, 1, 115, 115, **about)]) == []
    assert rang(when, [killed(1, 0, 10, 40), killed(2, 1, 40, 60)]) == []


def test_another_unit_is_another_figure() -> None:
    when = Passes(what=("money",), changes=0.5)
    claims = [told(n, n, figures=(figure("money", 10.0**n, 10.0**n, unit=u),)) for n, u in enumerate(["USD", "GBP"])]
    assert rang(when, claims) == []


def test_what_is_denied_gives_no_figure() -> None:
    assert (
        rang(Passes(what=("killed",), above=1), [told(1, 0, status="denied", figures=(figure("killed", 5, 5),))]) == []
    )


# ---- surprise


def weekly(counts: list[int]) -> list[Sighting]:
    """So many claims in each week, each of a report of its own."""
    numbers = iter(range(1_000))
    return [told(next(numbers), 7 * week + at % 7) for week, count in enumerate(counts) for at in range(count)]


def test_a_week_beyond_its_past() -> None:
    when = Surprise(weeks=12, needs=8, tail=0.01, at_least=3)
    found = rang(when, weekly([1, 2, 0, 1, 2, 1, 0, 1, 2, 1, 9]))
    assert [alert.observed for alert in found] == [9.0]
    assert found[0].expected == pytest.approx(1.15)
    assert "9 reports in the week from 2024-03-11, where 1.1 were expected from the 10 weeks before" in found[0].reason


def test_a_week_like_its_past_and_one_without_a_past() -> None:
    when = Surprise(weeks=12, needs=8, tail=0.01, at_least=3)
    assert rang(when, weekly([5, 9, 4, 12, 6, 3, 10, 5, 8, 6, 11])) == []
    assert rang(when, weekly([0, 0, 9])) == []


def test_copies_do_not_surprise() -> None:
    when = Surprise(weeks=12, needs=8, tail=0.01, at_least=3)
    assert rang(when, [told(n, 100, family="same") for n in range(20)]) == []


# ---- silence


def test_silence_after_much() -> None:
    when = Silence(days=14, at_least=3, within=28)
    found = rang(when, [told(1, 0), told(2, 2), told(3, 5)], on=day(19))
    assert days(found) == [day(19)]
    assert f"nothing for 14 days since {day(5)}, after 3 claims in the 28 days before" in found[0].reason
    assert rang(when, [told(1, 0), told(2, 2), told(3, 5)], on=day(18)) == []
    assert rang(when, [told(1, 0), told(2, 5)], on=day(30)) == []


def test_silence_that_is_broken_or_general_is_none() -> None:
    when = Silence(days=14, at_least=3, within=28)
    claims = [told(1, 0), told(2, 2), told(3, 5)]
    assert days(rang(when, [*claims, told(4, 12)], on=day(20))) == []
    assert evaluate(indicator(when), Held(claims, busy=0), 0, day(40)) == []


def test_silences_of_long_ago_are_for_a_dry_run() -> None:
    when = Silence(days=14, at_least=3, within=28)
    claims = [told(1, 0), told(2, 2), told(3, 5)]
    assert days(dry_run(indicator(when), Held(claims), day(0), day(200))) == [day(19)]
    assert rang(when, claims, on=day(200)) == []


# ---- lots, quiet, levels


def test_each_lot_rings_for_itself() -> None:
    claims = [
        told(1, 0, actors=("PRK",), recipients=("RUS",)),
        told(2, 0, actors=("IRN",), recipients=("RUS",)),
        told(3, 0, actors=("PRK",), recipients=("PRK", "SYR")),
    ]
    found = rang(Match(), claims, per=("actor_country", "recipient_country"))
    assert [(a.about, a.count) for a in found] == [("IRN, RUS", 1), ("PRK, RUS", 1), ("PRK, SYR", 1)]
    assert found[1].title == "It rings: North Korea, Russia"


def test_what_names_no_country_is_a_lot_too() -> None:
    found = rang(Match(), [told(1, 0, places=()), told(2, 0, places=("SDN",))], per=("place_country",))
    assert [(alert.about, alert.title) for alert in found] == [("", "It rings"), ("SDN", "It rings: Sudan")]


def test_it_is_quiet_for_a_time() -> None:
    claims = [told(number, on) for number, on in enumerate([0, 3, 6, 7, 20])]
    assert days(rang(Match(), claims, quiet=7)) == [day(0), day(7), day(20)]
    view = Held(claims, fresh=["c001"])
    view.rang = [("", day(0), 0)]
    assert evaluate(indicator(Match(), quiet=7), view, 0, LATER) == []


def test_it_is_not_quiet_about_what_is_graver() -> None:
    claims = [killed(1, 0, 5, 5), killed(2, 2, 150, 150)]
    found = rang(Match(), claims, quiet=7, escalate=True)
    assert [(alert.day, alert.level) for alert in found] == [(day(0), "note"), (day(2), "watch")]
    assert found[1].reason.endswith("raised to watch: a hundred or more are said to be killed")


def test_an_alert_shows_the_first_of_each_family_and_counts_all() -> None:
    claims = [told(number, 0, family=f"f{number % 25}") for number in range(60)]
    alert = rang(Match(), claims)[0]
    assert (alert.count, len(alert.claims), alert.documents, alert.independent) == (60, 20, 60, 25)
    assert len({cited.family for cited in alert.claims}) == 20


# ---- what holds of all of them

CONDITIONS: list[Condition] = [
    Match(), Claims(at_least=3, within=5), Sources(independent=2, within=5), Moves(within=20),
    Passes(what=("killed",), above=50, within=20), Passes(what=("killed",), changes=0.5, within=20),
    Surprise(weeks=8, needs=4, at_least=2), Silence(days=6, at_least=2, within=10),
]  # fmt: skip


@st.composite
def many_told(draw: st.DrawFn) -> list[Sighting]:
    rows = draw(
        st.lists(
            st.tuples(
                st.integers(0, 90),
                st.sampled_from(["possible", "planned", "ongoing", "occurred", "denied"]),
                st.integers(0, 120),
                st.integers(0, 3),
            ),
            max_size=25,
        )
    )
    return [
        told(n, on, status=status, outlet=f"P{who}", figures=(figure("killed", dead, dead),))
        for n, (on, status, dead, who) in enumerate(rows)
    ]


@given(many_told(), st.sampled_from(CONDITIONS))
def test_the_order_in_which_claims_are_handed_in_does_not_matter(claims: list[Sighting], when: Condition) -> None:
    assert rang(when, claims[::-1], on=day(100)) == rang(when, claims, on=day(100))


@given(many_told(), st.sampled_from(CONDITIONS[:-1]))
def test_a_dry_run_is_what_would_have_rung(claims: list[Sighting], when: Condition) -> None:
    one = indicator(when, quiet=3)
    assert dry_run(one, Held(claims), day(0), day(100)) == rang(when, claims, on=day(100), quiet=3)


@given(many_told(), st.sampled_from(CONDITIONS[:2] + CONDITIONS[3:6]), st.integers(0, 90))
def test_what_comes_in_two_portions_rings_on_the_same_days(claims: list[Sighting], when: Condition, cut: int) -> None:
    one = indicator(when, escalate=False)
    early = [cited.id for cited in claims if cited.day <= day(cut)]
    late = [cited.id for cited in claims if cited.day > day(cut)]
    first = evaluate(one, Held([c for c in claims if c.id in early]), 0, day(100))
    second = evaluate(one, Held(claims, fresh=late), 0, day(100))
    assert days(first) + days(second) == days(rang(when, claims, on=day(100)))


@given(many_told(), st.sampled_from(CONDITIONS))
def test_ids_tell_alerts_apart(claims: list[Sighting], when: Condition) -> None:
    found = rang(when, claims, on=day(100), per=("document",))
    assert len({alert.id for alert in found}) == len(found)
    assert all(alert.claims and alert.reason and alert.count >= len(alert.claims) for alert in found)
