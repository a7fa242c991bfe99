"""Events at scale: packed on a shelf, and found by the blocks that they share, just as if all were at hand."""

from __future__ import annotations

import datetime
import random
from collections.abc import Sequence

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.link.blocks import blocks, filed_under, number_of, sought
from tocsin.link.bonds import bonds
from tocsin.link.events import Event
from tocsin.link.facts import Count, Spot
from tocsin.link.meetings import Entries, Meetings
from tocsin.link.shelf import Shelf
from tocsin.link.situations import each_group, groups

DAY = datetime.date(2019, 5, 13).toordinal()
SPOTS = (
    Spot("kano", "NGA", "kano state", 12.0, 8.52, 2),
    Spot("kaduna", "NGA", "kaduna state", 10.52, 7.44, 2),
    Spot("nigeria", "NGA", "", 10.0, 8.0, 0),
    Spot("lahore", "PAK", "punjab", 31.55, 74.34, 2),
)
NAMES = ("adamu", "bello", "market", "mosque")


def event(
    number: int, document: int, day: int | None, spots: Sequence[Spot], names: Sequence[str], killed: int
) -> Event:
    """An attack as a document tells it."""
    return Event(
        id=f"{document:02}:{number:02}", document=f"{document:02}", published=DAY + document, order=number,
        kinds=("violence",), forms=(("ASSAULT", "explosives"),), happened=True, claims=(f"{document:02}:{number:02}",),
        ties=(), begins=day, ends=day, spots=tuple(spots), actors=(), recipients=(), targets=(),
        figures=(Count("killed", killed, killed),) if killed else (), persons=tuple(names[:1]), names=tuple(names),
        words=("bomb", "explod"), around=(), context=(),
    )  # fmt: skip


def many(seed: int) -> list[Event]:
    """Events of some documents, no two with one id."""
    drawn = random.Random(seed)
    return [
        event(
            number,
            drawn.randrange(10),
            drawn.choice((None, *range(DAY - 2, DAY + 6))),
            drawn.sample(SPOTS, drawn.randrange(3)),
            sorted(drawn.sample(NAMES, drawn.randrange(4))),
            drawn.choice((0, 4, 12, 30)),
        )
        for number in range(drawn.randrange(24))
    ]


@settings(deadline=None)
@given(seed=st.integers(0, 10**6))
def test_whom_an_event_meets_is_who_stands_before_it_under_a_block_that_it_seeks(seed: int) -> None:
    events = many(seed)
    entries = Entries()
    for one in events:
        entries.add(filed_under(one))
    meetings = Meetings(entries, np.arange(len(events), dtype=np.int32), len(events))
    for number, one in enumerate(events):
        seeks = set(sought(one, blocks(one)))
        before = [other for other in range(number) if seeks.intersection(blocks(events[other]))]
        assert meetings.before(number) == before


@settings(deadline=None)
@given(seed=st.integers(0, 10**6), cut=st.integers(0, 24))
def test_a_shelf_gives_back_what_was_put_there_and_its_bonds_are_the_same(seed: int, cut: int) -> None:
    events = many(seed)
    shelf = Shelf(events[:cut])
    shelf.extend(events[cut:])
    assert list(shelf) == events == [shelf[at] for at in range(len(shelf))]
    assert list(shelf[cut:]) == events[cut:]
    bound = bonds(events)
    assert bonds(shelf) == bound
    assert tuple(each_group(shelf, bound)) == groups(events, bound)


@settings(deadline=None)
@given(seed=st.integers(0, 10**6), cut=st.integers(0, 24))
def test_what_came_first_does_not_matter(seed: int, cut: int) -> None:
    events = many(seed)
    first = bonds(events[:cut])
    assert bonds(events[cut:], events[:cut], first) == bonds(events) == bonds(events[::-1])


def test_events_are_bound_alike_however_few_are_at_hand() -> None:
    events = [event(0, document, DAY, SPOTS[:1], NAMES[:3], 12) for document in range(9)]
    bound = bonds(events)
    assert len(bound) == 8
    assert bonds(events, at_hand=1) == bound


def test_a_new_event_takes_the_place_of_the_one_that_was_there() -> None:
    old, other = event(0, 1, DAY, SPOTS[:1], NAMES, 12), event(1, 2, DAY, SPOTS[:1], NAMES, 12)
    new = event(0, 1, DAY, SPOTS[3:], (), 0)
    assert other.id in bonds([other], [old])
    assert not bonds([other, new], [old])


def test_the_number_of_a_block_is_the_same_everywhere_and_fits_a_column() -> None:
    assert number_of("violence|184348|near kano") == number_of("violence|184348|near kano") < 1 << 63
    assert number_of("violence|184348|near kano") != number_of("violence|184349|near kano")
    assert number_of("") == 0x_E4A6A0577479B2B4 >> 1
