"""Rounds against a ledger: what is new rings once, whatever breaks off; on both engines."""

from __future__ import annotations

import concurrent.futures
import datetime

import msgspec
import pytest
from tests.ledger.conftest import Fresh
from tests.ledger.made import READER
from tests.watch.telling import day, figure, report

from tocsin.ledger import Ledger, Query
from tocsin.ledger.alerts import Alert, Step
from tocsin.ledger.outbox import Outbox
from tocsin.ledger.sightings import Sightings
from tocsin.model import Actor, Place
from tocsin.watch.channels import Channel, Lines
from tocsin.watch.criteria import Condition, Match, Sources
from tocsin.watch.evaluate import dry_run, evaluate
from tocsin.watch.indicators import Indicator
from tocsin.watch.rounds import begin, look

NOW = datetime.datetime(2024, 3, 1, 12, tzinfo=datetime.UTC)
ON = "2024-03-01"
LOG = Lines(id="log", file="never-written.jsonl")


def indicator(id: str = "arms", when: Condition | None = None, query: Query | None = None) -> Indicator:
    return Indicator(
        id=id, pack="own", title="Arms", why="They count.", queries=(query or Query(types=("AID",)),),
        when=when or Match(), level="note", per=(), quiet=0, escalate=True, examples=(), counter=(),
    )  # fmt: skip


def take_in(ledger: Ledger, *numbers: int, on: int = 0, text: str | None = None) -> None:
    reports = [
        report(number, text or f"They sent arms number {number}.", on, publisher=f"P{number}") for number in numbers
    ]
    ledger.add_many(reports, NOW, reader=READER)


def rounds(ledger: Ledger, *indicators: Indicator, channels: tuple[Channel, ...] = ()) -> list[Alert]:
    return list(look(ledger, indicators or (indicator(),), channels, NOW, ON))


def test_what_is_new_rings_once(ledger: Ledger) -> None:
    take_in(ledger, 1, 2)
    found = rounds(ledger)
    assert [(alert.day, alert.count, alert.number) for alert in found] == [(day(0), 2, 1)]
    assert found[0].raised == "2024-03-01T12:00:00Z"
    assert [cited.claim.evidence.text for cited in found[0].claims] == [
        "They sent arms number 1.",
        "They sent arms number 2.",
    ]
    assert rounds(ledger) == []
    take_in(ledger, 1, 2)
    assert rounds(ledger) == []
    take_in(ledger, 3, on=4)
    assert [alert.day for alert in rounds(ledger)] == [day(4)]
    assert [alert.number for alert in ledger.alerts()] == [2, 1]


def test_the_ledger_gives_back_what_rang(ledger: Ledger) -> None:
    take_in(ledger, 1)
    alert = rounds(ledger)[0]
    assert ledger.alerts() == [alert]
    assert ledger.alert(alert.id) == alert
    assert ledger.alerts(pack="own", level="note", since="2024-03-01", limit=1) == [alert]
    assert ledger.alerts(claim=alert.claims[0].id) == [alert]
    assert ledger.alerts(level=["watch", "critical"]) == []
    assert ledger.alerts(since="2024-03-02") == []
    assert ledger.alerts(after=1) == []
    assert msgspec.json.decode(msgspec.json.encode(alert), type=Alert) == alert


def test_each_indicator_goes_its_own_way(ledger: Ledger) -> None:
    take_in(ledger, 1)
    assert len(rounds(ledger, indicator("one"))) == 1
    take_in(ledger, 2, on=1)
    assert [(alert.indicator, alert.day) for alert in rounds(ledger, indicator("one"), indicator("two"))] == [
        ("one", day(1)), ("two", day(0)), ("two", day(1)),
    ]  # fmt: skip


def test_what_is_there_may_be_taken_as_known(ledger: Ledger) -> None:
    take_in(ledger, 1)
    begin(ledger, [indicator()], NOW)
    assert rounds(ledger) == []
    take_in(ledger, 2)
    begin(ledger, [indicator()], NOW)
    assert [cited.document for cited in rounds(ledger)[0].claims] != []


def test_what_comes_late_counts_with_what_was_there(ledger: Ledger) -> None:
    two = indicator(when=Sources(independent=2, within=7))
    take_in(ledger, 1, on=5)
    assert rounds(ledger, two) == []
    take_in(ledger, 2, on=3)
    assert [(alert.day, alert.independent) for alert in rounds(ledger, two)] == [(day(5), 2)]


def test_the_same_report_in_two_papers_is_one_source(ledger: Ledger) -> None:
    take_in(ledger, 1, 2, text="They sent arms across the river on Monday.")
    take_in(ledger, 3, text="Arms went over the bridge at dawn, a driver said.")
    found = evaluate(indicator(), Sightings(ledger.engine, ledger.arrivals()), 0, ON)
    assert (found[0].documents, found[0].independent) == (3, 2)


def test_a_new_version_is_new_and_takes_the_place_of_the_old(ledger: Ledger) -> None:
    take_in(ledger, 1)
    rounds(ledger)
    ledger.add(report(1, "They sent no arms, it turned out, but food.", on=2), NOW, reader=READER)
    found = rounds(ledger)
    assert [(alert.day, alert.count) for alert in found] == [(day(2), 1)]


def test_a_view_says_what_conditions_compare(ledger: Ledger) -> None:
    one = report(
        1, "They sent arms.", 3, publisher="P", agency="AP", status="planned",
        actors=(Actor(text="x", start=0, end=1, country="PRK"), Actor(text="y", start=0, end=1)),
        recipients=(Actor(text="x", start=0, end=1, country="RUS"),),
        places=(Place(text="x", start=0, end=1, country="UKR"),), figures=(figure("weapons", 3, None),),
    )  # fmt: skip
    ledger.add(one, NOW, reader=READER)
    view = Sightings(ledger.engine, 1)
    (seen,) = view.arrived([Query()], 0)
    assert (seen.day, seen.outlet, seen.type, seen.mode, seen.status) == (day(3), "AP", "AID", "military", "planned")
    assert (seen.actors, seen.recipients, seen.places) == (("PRK",), ("RUS",), ("UKR",))
    assert seen.figures == one.claims[0].figures
    assert view.told([Query()], [(day(0), day(1)), (day(3), day(9))]) == [seen]
    assert view.told([Query()], [(day(0), day(2)), (day(4), day(9))]) == []
    assert view.cited([seen])[0].claim == one.claims[0]
    assert (view.published(day(0), day(9)), view.span()) == (1, (day(3), day(3)))


@pytest.mark.parametrize("words", ["sent arms", "arm*", "arms -food", '"number 2"'])
def test_words_find_the_same_among_what_is_new(ledger: Ledger, words: str) -> None:
    take_in(ledger, 1, 2, 3)
    ledger.add(report(4, "They sent arms and food."), NOW, reader=READER)
    ledger.add(report(5, "They sent number 2 home."), NOW, reader=READER)
    query = Query(words=words)
    view = Sightings(ledger.engine, ledger.arrivals())
    assert {one.id for one in view.arrived([query], 0)} == {found.id for found in ledger.claims(query)} != set()
    assert {one.id for one in view.arrived([query], 4)} <= {found.id for found in ledger.claims(query)}


@pytest.mark.parametrize("condition", ["killed>=10", "killed<5", "wounded>=1"])
def test_figures_find_the_same_among_what_is_new(ledger: Ledger, condition: str) -> None:
    for number, (low, high) in enumerate([(3.0, 3.0), (10.0, None), (40.0, 60.0), (None, 4.0)]):
        ledger.add(report(number, f"Shell {number} fell.", figures=(figure("killed", low, high),)), NOW, reader=READER)
    query = Query(types=("AID",), figures=(condition,))
    found = Sightings(ledger.engine, ledger.arrivals()).arrived([query], 0)
    assert {one.id for one in found} == {one.id for one in ledger.claims(query)}


def test_a_dry_run_writes_nothing_and_says_the_same(ledger: Ledger) -> None:
    take_in(ledger, 1)
    take_in(ledger, 2, on=9)
    before = ledger.counts()
    view = Sightings(ledger.engine, ledger.arrivals())
    found = dry_run(indicator(), view, day(0), day(20))
    assert ledger.counts() == before
    assert [alert.id for alert in rounds(ledger)] == [alert.id for alert in found]
    assert [alert.day for alert in dry_run(indicator(), view, day(1), day(20))] == [day(9)]


def test_what_rings_waits_for_its_channels(ledger: Ledger) -> None:
    take_in(ledger, 1)
    grave = Lines(id="grave", file="x", level="critical")
    alert = rounds(ledger, channels=(LOG, grave))[0]
    assert [(one.channel, one.alert, one.state) for one in Outbox(ledger.engine).listed()] == [
        ("log", alert, "waiting")
    ]


def test_two_watchers_ring_once(ledger: Ledger) -> None:
    take_in(ledger, *range(1, 9))
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        found = [alert for one in pool.map(lambda _: rounds(ledger, channels=(LOG,)), range(4)) for alert in one]
    assert len(found) == len(ledger.alerts()) == len(Outbox(ledger.engine).listed()) == 1


def test_a_step_that_another_has_made_is_not_written(ledger: Ledger) -> None:
    take_in(ledger, 1)
    alert = evaluate(indicator(), Sightings(ledger.engine, 1), 0, ON)[0]
    step = Step(indicator="arms", definition="d", since=None, until=1, alerts=(alert,))
    assert ledger.ring(step, NOW) is not None
    assert ledger.ring(step, NOW) is None
    again = ledger.ring(msgspec.structs.replace(step, since=1), NOW)
    assert (again, len(ledger.alerts())) == ([], 1)


def test_a_round_that_breaks_off_leaves_nothing_half_done(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    take_in(ledger, 1)
    with monkeypatch.context() as broken:
        broken.setattr("tocsin.ledger.alerts._known", lambda connection, ids: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            rounds(ledger)
    assert (ledger.alerts(), ledger.looked()) == ([], {})
    assert len(rounds(ledger)) == 1


def test_documents_of_before_are_numbered(fresh: Fresh) -> None:
    with Ledger.open(fresh()) as ledger:
        take_in(ledger, 1, 2, 3)
        assert ledger.arrivals() == 3
        assert [one.key for one in Sightings(ledger.engine, 3).arrived([Query()], 2)] != []
