"""Which places an event keeps, gets from another one, and leaves to it."""

from __future__ import annotations

import pytest

from tocsin.claim.whereabouts import Places, lent_places, own_places
from tocsin.model import PlaceRole
from tocsin.understand.parse import Parse
from tocsin.understand.pipeline import load, parse_text


def read(text: str, *words: str) -> tuple[Parse, list[int]]:
    parse = parse_text(load(), text)
    return parse, [parse.word.index(word) for word in words]


def words(parse: Parse, places: Places) -> list[tuple[str, PlaceRole]]:
    return [(parse.word[head], role) for head, role in places]


@pytest.mark.parametrize(
    ("text", "trigger", "place", "role", "kept"),
    [
        ("Belarus supplied rockets to Sudan.", "supplied", "Sudan", "to", False),
        ("The men were handed over to Norway.", "handed", "Norway", "to", False),
        ("The army sent rockets to Sudan.", "sent", "Sudan", "to", True),
        ("The firm sold rockets in Sudan.", "sold", "Sudan", "at", True),
    ],
)
def test_who_is_given_something_is_no_place(text: str, trigger: str, place: str, role: PlaceRole, kept: bool) -> None:
    parse, (event, head) = read(text, trigger, place)
    assert own_places(parse, event, ((head, role),), (head,), frozenset()) == (((head, role),) if kept else ())


@pytest.mark.parametrize(
    ("text", "trigger", "place", "role", "kept"),
    [
        ("They will withdraw from Sudan and release ten men.", "release", "Sudan", "from", False),
        ("They will withdraw from Sudan and release ten men.", "withdraw", "Sudan", "from", True),
        ("They marched in Khartoum and demanded his release.", "demanded", "Khartoum", "at", True),
        ("They drove off and fled from Khartoum.", "fled", "Khartoum", "from", True),
    ],
)
def test_what_was_left_before_is_no_place_of_the_next_act(
    text: str, trigger: str, place: str, role: PlaceRole, kept: bool
) -> None:
    parse, (event, head) = read(text, trigger, place)
    assert own_places(parse, event, ((head, role),), (), frozenset()) == (((head, role),) if kept else ())


@pytest.mark.parametrize(
    ("text", "both"),
    [
        ("The rifles were carried by road from Sudan to Chad.", [("Sudan", "from"), ("Chad", "to")]),
        ("The rifles were carried by road to Chad.", [("Chad", "to")]),
        ("A man from Sudan said the rifles were carried to Chad.", [("Chad", "to")]),
    ],
)
def test_a_journey_has_two_ends(text: str, both: list[tuple[str, PlaceRole]]) -> None:
    parse, (event, end) = read(text, "carried", "Chad")
    named = frozenset(k for k, word in enumerate(parse.word) if word in ("Sudan", "Chad"))
    assert words(parse, own_places(parse, event, ((end, "to"),), (), named)) == both


@pytest.mark.parametrize(
    ("text", "act", "event", "lent"),
    [
        ("The blast in Khartoum killed two men.", "blast", "killed", True),
        ("He condemned the blast in Khartoum that killed two men.", "blast", "killed", True),
        ("Two men were killed in a blast in Khartoum.", "blast", "killed", True),
        ("A bomb exploded in Khartoum, killing two men and wounding three.", "exploded", "killing", True),
        ("A bomb exploded in Khartoum, killing two men and wounding three.", "exploded", "wounding", True),
        ("Two men were killed and three wounded in Khartoum.", "wounded", "killed", True),
        ("The leaders gathered in Khartoum to sign a truce.", "gathered", "sign", True),
        ("The blast in Khartoum angered the union.", "blast", "angered", False),
        ("The mayor condemned the blast in Khartoum.", "blast", "condemned", False),
        ("The army shelled Khartoum after rebels killed two men.", "shelled", "killed", False),
    ],
)
def test_harm_is_done_where_the_act_is_and_errands_where_one_went(text: str, act: str, event: str, lent: bool) -> None:
    parse, (lender, borrower, place) = read(text, act, event, "Khartoum")
    found = lent_places(parse, [lender, borrower], [((place, "at"),), ()])
    assert words(parse, found[1]) == ([("Khartoum", "at")] if lent else [])


@pytest.mark.parametrize(
    ("text", "trigger", "found"),
    [
        ("Ten miners are still trapped there.", "trapped", [("there", "at")]),
        ("The families may return home next week.", "return", [("home", "to")]),
        ("They met here in Geneva on Monday.", "met", [("Geneva", "at")]),
        ("Reporters there said that ten men were killed.", "killed", []),
        ("There were attacks on the convoy.", "attacks", []),
    ],
)
def test_an_adverb_of_place_is_one(text: str, trigger: str, found: list[tuple[str, PlaceRole]]) -> None:
    parse, (event,) = read(text, trigger)
    named: Places = tuple((k, "at") for k, word in enumerate(parse.word) if word == "Geneva")
    assert words(parse, own_places(parse, event, named, (), frozenset())) == found


def test_an_event_with_a_place_borrows_none_and_what_was_left_is_not_lent() -> None:
    parse, (blast, killed, one, other) = read(
        "The blast in Khartoum killed two men in Kassala.", "blast", "killed", "Khartoum", "Kassala"
    )
    assert lent_places(parse, [blast, killed], [((one, "at"),), ((other, "at"),)])[1] == ((other, "at"),)
    assert lent_places(parse, [blast, killed], [((one, "from"),), ()])[1] == ()
