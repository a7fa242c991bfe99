"""PLOVER records, MUC-4 incidents, police acts and shootings, against rows of our own."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from tocsin.evaluate import incidents, records
from tocsin.evaluate.counts import Count
from tocsin.evaluate.mapping import Rule, labels, mappings
from tocsin.model import Actor, Claim, Figure, Mention, Report, Time
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
    assert labels([claim("exploded", recipients=struck)], rules) == {"BOMBING"}
    assert labels([claim("exploded", recipients=struck, status="denied")], rules) == set()


def test_an_incident_has_a_target_that_is_no_armed_force_and_is_not_done_by_the_state() -> None:
    rules = mappings().muc4_dev
    assert labels([claim("exploded")], rules) == set()
    assert labels([claim("exploded", recipients=(actor("rebels", sector="REB"),))], rules) == set()
    by_state = claim("exploded", recipients=(actor("Maria Lopez"),), actors=(actor("Police", sector="COP"),))
    assert labels([by_state], rules) == set()


def test_whom_a_bomb_kills_is_no_victim_of_an_attack() -> None:
    rules = mappings().muc4_dev
    struck = (actor("Maria Lopez"),)
    shot = claim("killed", mode="targeted", recipients=struck, evidence=at("Police killed 3 rebels."))
    assert labels([shot], rules) == {"ATTACK"}
    assert labels([claim("killed", mode="targeted", recipients=struck)], rules) == set()


@pytest.mark.parametrize(("told", "read"), [("1990-03-18", 1), ("1989-11-02", 0), (None, 1)])
def test_an_incident_of_long_ago_is_none(told: str | None, read: int) -> None:
    row = msgspec.structs.replace(muc(**KIDNAPPING), dct="1990-03-20")
    time = told and Time(text="then", start=0, end=4, from_=told, to=told)
    seized = claim("kidnapped", mode="abduct", recipients=(actor("Maria Lopez"),), time=time)
    assert incidents.score_muc(row, report(seized)).counts["type"].read == read


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
