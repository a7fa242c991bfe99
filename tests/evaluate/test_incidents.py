"""PLOVER records, MUC-4 incidents, police acts and shootings, against rows of our own."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from tocsin.evaluate import incidents, records
from tocsin.evaluate.counts import Count
from tocsin.evaluate.mapping import Rule, Target, labels, mappings
from tocsin.model import Actor, Claim, Figure, Mention, Place, Report, Time
from tocsin.read import from_text

TEXT = "Guerrillas kidnapped Maria Lopez and five peasants. Police killed 3 rebels. A bomb exploded."


def at(words: str) -> Mention:
    start = TEXT.index(words)
    return Mention(text=words, start=start, end=start + len(words))


def actor(words: str, **known: str) -> Actor:
    where = at(words)
    return Actor(text=words, start=where.start, end=where.end, **known)


def claim(trigger: str, **changes: Any) -> Claim:
    plain = Claim(
        id="c", trigger=at(trigger), type="ASSAULT", mode=None, status="occurred", actors=(), recipients=(),
        objects=(), figures=(), places=(), time=None, sources=(), evidence=at(TEXT),
    )  # fmt: skip
    return msgspec.structs.replace(plain, **changes)


def report(*claims: Claim) -> Report:
    return Report(document=from_text(TEXT, id="a"), claims=claims)


def figure(words: str, what: str, low: float, high: float | None = None) -> Figure:
    where = at(words)
    return Figure(text=words, start=where.start, end=where.end, what=what, low=low, high=high, qualifier="exact")


def record(**changes: Any) -> records.PloverRow:
    row = {
        "id": "a", "text": TEXT, "event": "FIGHT", "source": [{"code": "COL"}], "target": [{"code": "VEN"}],
        "textInfo": {"markup": "Police (EVT: killed) 3 rebels."},
    }  # fmt: skip
    return msgspec.convert(row | changes, records.PloverRow)


def test_a_record_is_read_from_the_claim_on_its_words() -> None:
    other = claim("kidnapped", actors=(actor("Guerrillas", country="VEN"),))
    right = claim("killed", actors=(actor("Police", country="COL"),), recipients=(actor("rebels", country="COL"),))
    counts = records.score(record(), report(other, right)).counts
    assert (counts["type"], counts["actor"], counts["recipient"]) == (Count(1, 1, 1), Count(1, 1, 1), Count(0, 1, 1))


def test_a_record_without_a_claim_is_a_miss() -> None:
    found = records.score(record(), report())
    assert found.counts["type"] == Count(0, 1, 1)
    assert found.misses[0].kind == "no claim"


def test_older_types_are_mapped() -> None:
    assert record(event="DEMAND").types == ("REQUEST",)
    assert record(event="AID").types == ("AID",)


def muc(**slots: Any) -> incidents.MucRow:
    return msgspec.convert({"id": "a", "text": TEXT, "templates": [slots]}, incidents.MucRow)


KIDNAPPING = {
    "incident_type": [{"value": "KIDNAPPING"}],
    "hum_tgt_number": [
        {"value": "1", "strings": ["MARIA LOPEZ"]},
        {"value": "5", "strings": ["PEASANTS"]},
        {"value": "PLURAL", "strings": ["OTHERS"]},
    ],
}


def test_victims_are_the_groups_with_an_exact_number() -> None:
    found = incidents.victims(muc(**KIDNAPPING).templates[0])
    assert [(group.what, group.number) for group in found] == [("abducted", 1), ("abducted", 5)]


def test_one_victim_may_be_named_and_several_need_a_figure() -> None:
    named = claim("kidnapped", mode="abduct", recipients=(actor("Maria Lopez"),))
    counts = incidents.score_muc(muc(**KIDNAPPING), report(named)).counts
    assert counts["type"] == Count(1, 1, 1)
    assert counts["victims"] == Count(1, 2, 2)
    counted = claim("kidnapped", mode="abduct", figures=(figure("five", "abducted", 5, 5),))
    assert incidents.score_muc(muc(**KIDNAPPING), report(named, counted)).counts["victims"] == Count(2, 2, 2)


def test_a_denied_claim_has_no_label() -> None:
    rules = mappings().muc4_dev
    struck = (actor("Maria Lopez"),)
    assert labels([claim("exploded", mode="explosives", recipients=struck)], rules) == {"BOMBING"}
    assert labels([claim("exploded", mode="explosives", recipients=struck, status="denied")], rules) == set()


def test_an_incident_has_a_target_that_is_no_armed_force_and_is_not_done_by_the_state() -> None:
    rules = mappings().muc4_dev
    assert labels([claim("exploded", mode="explosives")], rules) == set()
    rebels = (actor("rebels", sector="REB"),)
    assert labels([claim("exploded", mode="explosives", recipients=rebels)], rules) == set()
    by_state = claim(
        "exploded", mode="explosives", recipients=(actor("Maria Lopez"),), actors=(actor("Police", sector="COP"),)
    )
    assert labels([by_state], rules) == set()
    civilian, soldier = actor("Maria Lopez", sector="CVL"), actor("rebels", sector="MIL")
    shot = claim("killed", mode="firearms", recipients=(civilian,), actors=by_state.actors, evidence=at("killed"))
    assert labels([shot], rules) == {"ATTACK"}
    assert labels([claim("killed", mode="firearms", recipients=(soldier,), evidence=at("killed"))], rules) == set()


def test_whom_a_bomb_kills_is_no_victim_of_an_attack() -> None:
    rules = mappings().muc4_dev
    struck = (actor("Maria Lopez"),)
    shot = claim("killed", mode="targeted", recipients=struck, evidence=at("Police killed 3 rebels."))
    assert labels([shot], rules) == {"ATTACK"}
    assert labels([claim("killed", mode="targeted", recipients=struck)], rules) == set()


@pytest.mark.parametrize(
    ("first", "last", "read"),
    [
        ("1990-03-18", "1990-03-18", 1),
        ("1989-11-02", "1989-11-02", 0),
        ("1990-01-01", "1990-12-31", 0),
        ("1990-01-01", None, 0),
        (None, None, 1),
    ],
)
def test_an_incident_of_long_ago_and_a_sum_over_a_year_are_none(first: str | None, last: str | None, read: int) -> None:
    row = msgspec.structs.replace(muc(**KIDNAPPING), dct="1990-03-20")
    time = first and Time(text="then", start=0, end=4, from_=first, to=last)
    seized = claim("kidnapped", mode="abduct", recipients=(actor("Maria Lopez"),), time=time)
    assert incidents.score_muc(row, report(seized)).counts["type"].read == read


def test_the_dead_of_a_document_with_a_bombing_are_its_victims() -> None:
    rules = mappings().muc4_dev
    dead = claim("killed", type="CASUALTIES", mode="attack", recipients=(actor("Maria Lopez"),), evidence=at("killed"))
    bombed = claim("exploded", mode="explosives", objects=(at("five peasants"),))
    assert labels([dead], rules) == {"ATTACK"}
    assert labels([bombed, dead], rules) == {"BOMBING"}


SHOT = Rule(types=("ASSAULT",), without=("COP",), against=("CVL",))


@pytest.mark.parametrize(("sector", "holds"), [("CVL", True), ("REB", False)])
def test_what_the_state_does_counts_against_those_named(sector: str, holds: bool) -> None:
    told = claim("killed", actors=(actor("Police", sector="COP"),), recipients=(actor("rebels", sector=sector),))
    assert SHOT.holds(told) is holds


@pytest.mark.parametrize(
    ("changes", "holds"),
    [
        ({}, False),
        ({"recipients": (actor("Maria Lopez", sector="CVL"),)}, True),
        ({"recipients": (actor("rebels", sector="REB"),)}, False),
        ({"objects": (at("A bomb"),)}, True),
        ({"objects": (at("rebels"),)}, False),
        ({"recipients": (actor("rebels", sector="REB"),), "objects": (at("A bomb"),)}, False),
        ({"recipients": (actor("peasants", sector="CVL"),)}, False),
        ({"recipients": (actor("peasants", sector="CVL"),), "figures": (figure("five", "killed", 5),)}, True),
        ({"recipients": (actor("five peasants. Police", sector="REB"),)}, True),
    ],
)
def test_a_target_is_somebody_in_particular_or_something_that_is_no_force_s(
    changes: dict[str, Any], holds: bool
) -> None:
    target = Target(untouched=("REB",), former=("five",), things=("rebel",), particular=True)
    assert Rule(types=("ASSAULT",), target=target).holds(claim("killed", **changes)) is holds


@pytest.mark.parametrize(("name", "holds"), [("Maria Lopez", True), ("peasants", False), (None, False)])
def test_a_rule_may_ask_for_a_name(name: str | None, holds: bool) -> None:
    struck = actor("Maria Lopez") if name is None else actor("Maria Lopez", name=name)
    assert Rule(types=("ASSAULT",), named=True).holds(claim("killed", recipients=(struck,))) is holds


@pytest.mark.parametrize(("killed", "holds"), [(100, True), (70_000, False)])
def test_a_sum_is_above_the_bound_of_what_one_incident_has(killed: int, holds: bool) -> None:
    rule = Rule(types=("ASSAULT",), most={"killed": 100})
    assert rule.holds(claim("killed", figures=(figure("3", "killed", killed),))) is holds
    assert rule.holds(claim("killed", figures=(figure("3", "money", 70_000),)))


@pytest.mark.parametrize(("confidence", "holds"), [(0.7, True), (0.3, False), (None, True)])
def test_a_rule_may_ask_how_sure_a_claim_is(confidence: float | None, holds: bool) -> None:
    assert Rule(types=("ASSAULT",), confidence=0.6).holds(claim("killed", confidence=confidence)) is holds


@pytest.mark.parametrize(("place", "holds"), [(True, True), (False, False)])
def test_events_in_general_need_a_place_a_time_or_a_number(place: bool, holds: bool) -> None:
    rule = Rule(types=("ASSAULT",), general=("killed",))
    where = (Place(text="Cali", start=0, end=4),) if place else ()
    assert rule.holds(claim("killed", places=where)) is holds
    assert rule.holds(claim("kidnapped"))


def test_a_bombing_is_told_with_what_exploded() -> None:
    rules = mappings().muc4_dev
    struck = (actor("Maria Lopez", sector="CVL"),)
    assert labels([claim("exploded", mode="explosives", recipients=struck)], rules) == {"BOMBING"}
    wrecked = claim("killed", mode="destroy", objects=(at("five peasants"),))
    assert labels([wrecked], rules) == {"BOMBING"}
    unnamed = claim("killed", mode="explosives", recipients=struck, evidence=at("Police killed 3 rebels."))
    assert "BOMBING" not in labels([unnamed], rules)


def test_a_rule_may_ask_for_an_actor() -> None:
    rule = Rule(types=("ASSAULT",), sectors=("COP", None))
    assert rule.holds(claim("killed"))
    assert rule.holds(claim("killed", actors=(actor("Police", sector="COP"),)))
    assert not rule.holds(claim("killed", actors=(actor("Police", sector="REB"),)))


def test_police_acts_are_counted_by_sentence() -> None:
    first, second = TEXT.index("Police"), TEXT.index("A bomb")
    row = incidents.PoliceRow(
        id="a",
        text=TEXT,
        sents=(
            incidents.Sentence(start=0, end=first),
            incidents.Sentence(start=first, end=second, labels=("KILL", "FORCE", "ANY_ACTION")),
        ),
    )
    counts = incidents.score_police(row, report(claim("killed", actors=(actor("Police", sector="COP"),)))).counts
    assert (counts["KILL"], counts["FORCE"], counts["ARREST"]) == (Count(1, 1, 1), Count(1, 1, 1), Count(0, 0, 0))


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ((), (0, 0)),
        ((claim("killed"),), (1, 1)),
        ((claim("killed", status="possible"),), (0, 0)),
        ((claim("killed", figures=(figure("3", "killed", 3, 3),)),), (3, 3)),
        ((claim("killed", figures=(figure("3", "killed", 3),)),), (3, None)),
    ],
)  # fmt: skip
def test_toll(claims: tuple[Claim, ...], expected: tuple[float, float | None]) -> None:
    assert incidents.toll(claims, "killed", mappings().stories_gva) == expected


def test_a_shooting_counts_exact_and_within_bounds() -> None:
    row = incidents.ShootingRow(id="a", text=TEXT, incident=incidents.Incident(killed=4, injured=0))
    counts = incidents.score_shooting(row, report(claim("killed", figures=(figure("3", "killed", 3),)))).counts
    assert counts["killed"] == Count(0, 1, 1)
    assert counts["killed within"] == Count(1, 1, 1)
    assert counts["wounded"] == Count(1, 1, 1)


def test_a_report_without_an_incident_counts_for_nothing() -> None:
    assert incidents.score_shooting(incidents.ShootingRow(id="a", text=TEXT), None).counts == {}
