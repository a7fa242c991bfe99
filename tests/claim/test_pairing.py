"""What is said of a pair: chances, the same alone and among others, and what a reader would expect of plain texts."""

from __future__ import annotations

import functools

import numpy as np
import pytest

from tocsin import api
from tocsin.claim import encoder, pairing
from tocsin.claim.attribution import scan
from tocsin.claim.build import scene
from tocsin.claim.candidates import candidates
from tocsin.claim.events import find_events
from tocsin.claim.linear import Floats
from tocsin.claim.pairs import EVENT, FIGURE, MENTION, SORTS, TIME, Pair, anchor
from tocsin.claim.roles import beside, pairs_of, reachable
from tocsin.claim.twins import pair_of
from tocsin.claim.vouching import standings
from tocsin.read import from_text
from tocsin.understand.pipeline import load, parse_text
from tocsin.understand.reading import understand

TEXT = "Rebels killed 12 soldiers near Goma on Monday, and the army arrested three men in the raid on the town."


@functools.cache
def asked() -> tuple[Floats, tuple[Pair, ...]]:
    """The vectors of the text, and all its pairs."""
    reading = understand(from_text(TEXT, published="2024-05-08"), parse_text(load(), TEXT))
    parse = reading.parse
    events, stands = find_events(parse), standings(parse, scan(parse))
    vectors = encoder.load().opinions(parse, events, stands).vectors
    where, near = scene(reading, events, stands), beside(reading, candidates(parse))
    anchors = [anchor(parse, event, event.type, where) for event in events]
    pairs = [
        pair
        for at in anchors
        for side in [near[parse.sent[at.event.head]]]
        for pair in pairs_of(parse, at, reachable(parse, at, side.mentions), side)
    ]
    twins = [pair_of(parse, a, b) for n, a in enumerate(anchors) for b in anchors[n + 1 :]]
    return vectors, (*pairs, *twins)


def test_every_sort_of_pair_is_there() -> None:
    assert {pair.sort for pair in asked()[1]} == set(SORTS) == {MENTION, FIGURE, TIME, EVENT}


def test_chances_are_chances() -> None:
    vectors, pairs = asked()
    said = pairing.load().chances(vectors, pairs)
    for table, names in ((said.roles, pairing.load().tables.roles), (said.places, pairing.load().tables.places)):
        assert table.shape == (len(pairs), len(names))
        assert np.allclose(table.sum(axis=1), 1.0, atol=1e-4)
    for column in (said.figure, said.time, said.same):
        assert column.shape == (len(pairs),)
        assert ((column >= 0) & (column <= 1)).all()


def test_no_pairs_no_chances() -> None:
    said = pairing.load().chances(asked()[0], [])
    assert [len(column) for column in said] == [0, 0, 0, 0, 0]


def test_the_same_is_said_again() -> None:
    vectors, pairs = asked()
    first, again = (pairing.load().chances(vectors, pairs) for _ in range(2))
    assert all(np.array_equal(one, other) for one, other in zip(first, again, strict=True))


@pytest.mark.parametrize(
    ("trigger", "actors", "recipients", "figures", "day"),
    [
        ("killed", ["Rebels"], ["soldiers"], ["12"], "2024-05-06"),
        ("arrested", ["the army"], ["men"], ["three"], None),
    ],
)
def test_who_does_what_to_whom(
    trigger: str, actors: list[str], recipients: list[str], figures: list[str], day: str | None
) -> None:
    (report,) = api.read_documents([from_text(TEXT, published="2024-05-08")])
    claim = next(claim for claim in report.claims if claim.trigger.text == trigger)
    assert [actor.text for actor in claim.actors] == actors
    assert [actor.text for actor in claim.recipients] == recipients
    assert [figure.text.split()[0] for figure in claim.figures] == figures
    if day:
        assert claim.time is not None
        assert str(claim.time.from_)[:10] == day
