"""What a search costs by each way that it may take, estimated from how many claims each of its conditions leaves.

A way has one condition that leads, or none. The claims that meet it come up in the order of the query, as an index
hands them out; or all of them are gathered first, and then put in order; or, where none leads, all claims come up. The
others are asked of each claim that comes up, until the page is full. How many come up until then follows from how much
the others leave, if conditions do not depend on each other. They may: a place and a type may each be frequent and never
meet. So a part of the worst case, in which all come up, is added (the trade between the expected and the largest cost
of a plan is that of Babcock and Chaudhuri, Towards a robust query optimizer, SIGMOD 2005).

A cost of 1 is a row that is looked up by its key: about 2 µs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import prod
from typing import NamedTuple

GATHER = 0.5
"""To take one key out of an index, keep it, and put it in order."""

STEP = 2.0
"""A claim that comes up: its row, and whether another has taken its place."""

LED = 1.0
"""What a claim costs more that comes up by an index of something else."""

KEPT = 0.2
"""To look up one key among those that were gathered."""

DOUBT = 0.1
"""How much the worst case weighs against the expected one; a single condition has no other that it may never meet."""


class Size(NamedTuple):
    """A condition: about how many claims it leaves, whether an index gives them in order, and what it costs to ask it
    of one claim."""

    number: float
    ordered: bool
    asking: float


class Way(NamedTuple):
    """A way: which condition leads (`None`: all claims come up), whether its claims are gathered first, which of the
    others are gathered and not asked, and what it costs."""

    leads: int | None
    gathered: bool
    beside: frozenset[int]
    cost: float


def ways(sizes: Sequence[Size], every: float, wanted: int | None, by_value: bool) -> Iterator[Way]:
    """The ways to the first `wanted` claims (`None`: to all) of about `every` claim of the ledger. `by_value`: they are
    sorted by something else than their keys, so that what is gathered must all be gone through."""
    yield _way(sizes, every, wanted, None, False, False)
    for at, size in enumerate(sizes):
        if size.ordered and not by_value:
            yield _way(sizes, every, wanted, at, False, False)
        yield _way(sizes, every, wanted, at, True, by_value)


def _way(
    sizes: Sequence[Size], every: float, wanted: int | None, leads: int | None, gathered: bool, whole: bool
) -> Way:
    """One way with its cost."""
    others = [at for at in range(len(sizes)) if at != leads]
    most = every if leads is None else sizes[leads].number
    shares = {at: min(1.0, max(sizes[at].number, 1.0) / every) for at in others}
    share = prod(shares.values())
    expected = most if whole or wanted is None else min(most, wanted / share)
    doubt = DOUBT if len(sizes) > 1 else 0.0
    comes_up = (1 - doubt) * expected + doubt * most
    cost = GATHER * most if gathered else 0.0
    step = STEP + (LED if leads is not None and not gathered else 0.0)
    beside = set()
    left = comes_up
    for at in others:
        asked, kept = left * sizes[at].asking, GATHER * sizes[at].number + left * KEPT
        if sizes[at].asking > 1 and kept < asked:
            beside.add(at)
        cost += kept if at in beside else asked
        left *= (1 - doubt) * shares[at] + doubt
    return Way(leads, gathered, frozenset(beside), cost + comes_up * step)


def cheapest(found: Sequence[Way]) -> Way:
    """The way that costs least; the first of several."""
    return min(found, key=lambda way: way.cost)
