"""What a search costs by each way that it may take, estimated from how many claims each of its conditions leaves.

A way has one condition that leads, or none. The claims that meet it come up in the order of the query, as an index
hands them out; or all of them are gathered first, and then put in order; or, where none leads, all claims come up. Of
each of the others either all keys are gathered too, and the key of what comes up is looked up among them before
anything else is known of it; or it is asked of each claim that comes up, until the page is full. How many come up until
then follows from how much the others leave, if conditions do not depend on each other. They may: a place and a type may
each be frequent and never meet. So a part of the worst case, in which all come up, is added (the trade between the
expected and the largest cost of a plan is that of Babcock and Chaudhuri, Towards a robust query optimizer, SIGMOD
2005). Where what is expected alone is much cheaper by another way, that is tried with the first claims before.

A cost of 1 is a row that is looked up by its key: about 2 µs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import prod
from typing import NamedTuple

LED = 1.0
"""What a claim costs more that comes up by an index of something else."""

KEEP = 0.1
"""To keep a key that is gathered so that it can be looked up, or put in order."""

KEPT = 0.1
"""To look up one key among those that were gathered."""

DOUBT, TOGETHER = 0.5, 0.1
"""How much the worst case weighs against the expected one: that a page is never full, that conditions always meet. They
exclude each other: what always meets soon fills a page. A single condition has no other that it may never meet."""

TRIAL, HOPED = 1_000, 3_000
"""So many of the first claims are tried, where the page is expected to be full after so many at most."""


class Size(NamedTuple):
    """A condition: about how many claims it leaves, whether an index gives them in order, what it costs to ask it of
    one claim, and to take the key of one that meets it out of an index."""

    number: float
    ordered: bool
    asking: float
    taking: float = 0.05


class Way(NamedTuple):
    """A way: which condition leads (`None`: all claims come up), whether its claims are gathered first, which of the
    others are gathered and not asked, what it costs, and how many claims come up."""

    leads: int | None
    gathered: bool
    beside: frozenset[int]
    cost: float
    comes_up: float = 0.0


class Search(NamedTuple):
    """What a way is to be found for: the first `wanted` claims (`None`: all) of about `every` claim of the ledger.
    `by_value`: they are sorted by something else than their keys, so that what is gathered must all be gone through.
    `step`: what it costs to look up a claim that comes up, and whether another has taken its place."""

    sizes: Sequence[Size]
    every: float
    wanted: int | None
    by_value: bool = False
    step: float = 2.0

    @property
    def shares(self) -> list[float]:
        """Of each condition, the share of all claims that it leaves."""
        return [min(1.0, max(size.number, 1.0) / self.every) for size in self.sizes]


def ways(search: Search) -> Iterator[Way]:
    """The ways of a search, each with the cheapest choice of what is gathered beside."""
    yield _best(search, None, False)
    for at, size in enumerate(search.sizes):
        if size.ordered and not search.by_value:
            yield _best(search, at, False)
        yield _best(search, at, True)


def cheapest(found: Sequence[Way]) -> Way:
    """The way that costs least; the first of several."""
    return min(found, key=lambda way: way.cost)


def trial(search: Search, found: Sequence[Way]) -> Way | None:
    """The way that is worth trying with the first claims, before the cheapest of those `found` is gone: one along which
    a page is likely soon full, at half of that cost or less."""
    if search.by_value or search.wanted is None or len(search.sizes) < 2:
        return None
    hoped = cheapest([_way(search, way.leads, way.gathered, frozenset(), 0.0) for way in found])
    return hoped if hoped.comes_up <= HOPED and hoped.cost * 2 < cheapest(found).cost else None


def tried(search: Search, way: Way, met: int) -> Way:
    """A way, known better: of the first claims on it so many met all conditions."""
    every = search.every if way.leads is None else search.sizes[way.leads].number
    comes_up = min(every, TRIAL * (search.wanted or 1) / max(met, 1))
    gathering = every * (search.sizes[way.leads].taking + KEEP) if way.leads is not None and way.gathered else 0.0
    return way._replace(cost=gathering + (way.cost - gathering) * comes_up / way.comes_up, comes_up=comes_up)


def _best(search: Search, leads: int | None, gathered: bool) -> Way:
    """A way with what is best gathered beside: one condition after the other, as long as that makes it cheaper."""
    best = _way(search, leads, gathered, frozenset(), DOUBT)
    while True:
        left = [at for at in range(len(search.sizes)) if at != leads and at not in best.beside]
        more = [_way(search, leads, gathered, best.beside | {at}, DOUBT) for at in left]
        better = cheapest([best, *more])
        if better is best:
            return best
        best = better


def _way(search: Search, leads: int | None, gathered: bool, beside: frozenset[int], doubt: float) -> Way:
    """One way with its cost."""
    sizes, shares, wanted = search.sizes, search.shares, search.wanted
    doubt = doubt if len(sizes) > 1 else 0.0
    together = TOGETHER if doubt else 0.0
    others = [at for at in range(len(sizes)) if at != leads]
    most = search.every if leads is None else sizes[leads].number
    whole = wanted is None or (search.by_value and leads is not None)
    expected = most if whole else min(most, (wanted or 1) / prod(shares[at] for at in others))
    comes_up = left = (1 - doubt) * expected + doubt * most
    cost = comes_up * search.step if leads is None else 0.0
    for at in sorted(beside, key=lambda at: shares[at]):
        cost += sizes[at].number * (sizes[at].taking + KEEP) + left * KEPT
        left *= (1 - together) * shares[at] + together
    asked = [at for at in others if at not in beside]
    if not asked and not whole:
        left = min(left, wanted or 1)
    if leads is not None:
        taken = most * (sizes[leads].taking + KEEP) if gathered else comes_up * sizes[leads].taking + left * LED
        cost += taken + left * search.step
    for at in asked:
        cost += left * sizes[at].asking
        left *= (1 - together) * shares[at] + together
    return Way(leads, gathered, beside, cost, comes_up)
