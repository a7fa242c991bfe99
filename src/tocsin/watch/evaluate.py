"""Indicators evaluated against what a ledger holds: which alerts ring, and why.

Everything here is pure: what is known of the ledger comes through a `View`, the day is handed in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from tocsin.ledger.alerts import Alert, Cited
from tocsin.ledger.query import Query
from tocsin.ledger.sightings import Days, Sighting
from tocsin.model import content_id
from tocsin.watch.conditions import Lot, Ring, iso, ordinal, rings
from tocsin.watch.criteria import Silence
from tocsin.watch.independence import independent
from tocsin.watch.indicators import Indicator
from tocsin.watch.levels import levels
from tocsin.watch.lots import About, about_words, lots

SHOWN = 20
"""So many claims an alert shows at most."""

LATE = 30
"""A silence is looked for so many days back: those before were told when they came about."""

Rung = tuple[str, str, int]
"""About what an indicator has rung, on which day, of which rank."""


class View(Protocol):
    """A ledger as an indicator sees it: `tocsin.ledger.sightings.Sightings`, or what a test makes up."""

    def arrived(self, queries: Iterable[Query], since: int) -> list[Sighting]:
        """Matching claims of the documents that came after arrival `since`."""

    def told(self, queries: Iterable[Query], days: Sequence[Days]) -> list[Sighting]:
        """Matching claims told on certain days."""

    def cited(self, sightings: Sequence[Sighting]) -> list[Cited]:
        """The whole claims."""

    def published(self, first: str, last: str) -> int:
        """How many documents were published on the days `first` to `last`."""

    def rung(self, indicator: str, first: str, last: str) -> list[Rung]:
        """What the indicator has rung for on these days."""


def evaluate(indicator: Indicator, view: View, since: int, on: str) -> list[Alert]:
    """The alerts that the documents which came after arrival `since` raise, as things stand on the day `on`."""
    if isinstance(indicator.when, Silence):
        return _silent(indicator, view, on)
    fresh = view.arrived(indicator.queries, since)
    if not fresh:
        return []
    days = _windows(indicator, sorted({ordinal(one.day) for one in fresh}))
    alone = indicator.when.back == indicator.when.ahead == 0
    told = fresh if alone else _joined(view.told(indicator.queries, days), fresh)
    rung = _rung(indicator, view, days[0][0], days[-1][1])
    return _in_order(_alerts(indicator, told, {one.id for one in fresh}, view, on, rung))


def dry_run(indicator: Indicator, view: View, first: str, last: str) -> list[Alert]:
    """The alerts that the indicator would have raised over the days `first` to `last`, had it been there."""
    begin = iso(ordinal(first) - indicator.when.back)
    told = view.told(indicator.queries, [(begin, last)])
    fresh = {one.id for one in told if one.day >= first}
    return _in_order(alert for alert in _alerts(indicator, told, fresh, view, last, ()) if alert.day >= first)


def _silent(indicator: Indicator, view: View, on: str) -> list[Alert]:
    """The silences of late. Those before were told when they came about, or were before there was anybody to tell."""
    begin = ordinal(on) - LATE
    told = view.told(indicator.queries, [(iso(begin - indicator.when.back), on)])
    rung = _rung(indicator, view, iso(begin), on)
    return _in_order(alert for alert in _alerts(indicator, told, set(), view, on, rung) if alert.day >= iso(begin))


def _in_order(found: Iterable[Alert]) -> list[Alert]:
    """Alerts by day."""
    return sorted(found, key=lambda alert: (alert.day, alert.about))


def _rung(indicator: Indicator, view: View, first: str, last: str) -> list[Rung]:
    """What it has rung for near some days."""
    quiet = indicator.quiet
    return view.rung(indicator.id, iso(ordinal(first) - quiet), iso(ordinal(last) + quiet))


def _windows(indicator: Indicator, days: Sequence[int]) -> list[Days]:
    """Which days a condition looks at because of what is new on some, those together that touch each other."""
    found: list[tuple[int, int]] = []
    for day in days:
        first, last = day - indicator.when.back, day + indicator.when.ahead
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return [(iso(first), iso(last)) for first, last in found]


def _joined(told: Sequence[Sighting], fresh: Sequence[Sighting]) -> list[Sighting]:
    """Claims of both, each once."""
    return list({one.id: one for one in (*told, *fresh)}.values())


def _alerts(
    indicator: Indicator, told: Sequence[Sighting], fresh: set[str], view: View, on: str, rung: Sequence[Rung]
) -> Iterator[Alert]:
    """What rings, lot by lot, but for what the indicator is still quiet about."""
    for about, members in sorted(lots(told, indicator.per).items()):
        name = ", ".join(filter(None, about))
        before = [(ordinal(day), rank) for said, day, rank in rung if said == name]
        for ring in rings(indicator.when, Lot(members, fresh), view.published, on):
            weight = _weight(indicator, ring)
            day = ordinal(ring.day)
            if all(abs(day - at) >= indicator.quiet or rank < weight.rank for at, rank in before):
                before.append((day, weight.rank))
                yield _alert(indicator, about, ring, weight, view.cited(_shown(ring.claims)))


class Weight(NamedTuple):
    """What a ring weighs: the independent sources behind it, its rank, and what has made it graver than its indicator
    says."""

    sources: tuple[str, ...]
    rank: int
    raised: tuple[str, ...]


def _weight(indicator: Indicator, ring: Ring) -> Weight:
    """What a ring weighs."""
    sources = independent(ring.claims)
    rank = levels().rank(indicator.level)
    if not indicator.escalate:
        return Weight(sources, rank, ())
    return Weight(sources, *levels().escalated(rank, ring.claims, len(sources)))


def _alert(indicator: Indicator, about: About, ring: Ring, weight: Weight, cited: Sequence[Cited]) -> Alert:
    """The alert of a ring."""
    level = levels().levels[weight.rank].id
    name, words = ", ".join(filter(None, about)), about_words(about, indicator.per)
    raised = f"; raised to {level}: {', '.join(weight.raised)}" if weight.raised else ""
    return Alert(
        id=content_id(indicator.id, name, ring.day, level, *sorted(one.id for one in ring.claims)),
        indicator=indicator.id, pack=indicator.pack, title=f"{indicator.title}: {words}" if words else indicator.title,
        why=indicator.why, level=level, rank=weight.rank, about=name, day=ring.day, reason=f"{ring.reason}{raised}",
        claims=tuple(cited), count=len(ring.claims), documents=len({one.document for one in ring.claims}),
        independent=len(weight.sources), sources=weight.sources, observed=ring.observed, expected=ring.expected,
    )  # fmt: skip


def _shown(claims: Sequence[Sighting]) -> tuple[Sighting, ...]:
    """The claims that an alert shows: of each family the first, then others, in the order of telling."""
    if len(claims) <= SHOWN:
        return tuple(claims)
    first = list({one.family: one for one in reversed(claims)}.values())[::-1]
    chosen = {one.id for one in list(dict.fromkeys([*first, *claims]))[:SHOWN]}
    return tuple(one for one in claims if one.id in chosen)
