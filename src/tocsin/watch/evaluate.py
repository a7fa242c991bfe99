"""Indicators evaluated against what a ledger holds: which alerts ring, and why.

Everything here is pure: what is known of the ledger comes through a `View`, the day is handed in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from tocsin.ledger.alerts import Alert, Cited
from tocsin.ledger.query import Query
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

    def arrived(self, queries: Iterable[Query], since: int) -> list[Cited]:
        """Matching claims of the documents that came after arrival `since`."""

    def told(self, queries: Iterable[Query], first: str, last: str) -> list[Cited]:
        """Matching claims told on the days `first` to `last`."""

    def published(self, first: str, last: str) -> int:
        """How many documents were published on these days."""

    def rung(self, indicator: str, first: str, last: str) -> list[Rung]:
        """What the indicator has rung for on these days."""


def evaluate(indicator: Indicator, view: View, since: int, on: str) -> list[Alert]:
    """The alerts that the documents which came after arrival `since` raise, as things stand on the day `on`."""
    fresh = view.arrived(indicator.queries, since)
    silent = isinstance(indicator.when, Silence)
    if not fresh and not silent:
        return []
    days = [ordinal(one.day) for one in fresh]
    first, last = min(days, default=ordinal(on)), max(days, default=ordinal(on))
    if silent:
        first, last = min(first, ordinal(on)) - LATE, max(last, ordinal(on))
    first, last = first - indicator.when.back, last + indicator.when.ahead
    alone = indicator.when.back == indicator.when.ahead == 0
    told = fresh if alone else _joined(view.told(indicator.queries, iso(first), iso(last)), fresh)
    rung = view.rung(indicator.id, iso(first - indicator.quiet), iso(last + indicator.quiet))
    return list(_alerts(indicator, told, {one.id for one in fresh}, view, on, rung))


def dry_run(indicator: Indicator, view: View, first: str, last: str) -> list[Alert]:
    """The alerts that the indicator would have raised over the days `first` to `last`, had it been there."""
    back = ordinal(first) - indicator.when.back
    told = view.told(indicator.queries, iso(back), last)
    fresh = {one.id for one in told if one.day >= first}
    return [alert for alert in _alerts(indicator, told, fresh, view, last, ()) if alert.day >= first]


def _joined(told: Sequence[Cited], fresh: Sequence[Cited]) -> list[Cited]:
    """Claims of both, each once."""
    return list({one.id: one for one in (*told, *fresh)}.values())


def _alerts(
    indicator: Indicator, told: Sequence[Cited], fresh: set[str], view: View, on: str, rung: Sequence[Rung]
) -> Iterator[Alert]:
    """What rings, lot by lot, but for what the indicator is still quiet about."""
    for about, members in sorted(lots(told, indicator.per).items()):
        name = ", ".join(filter(None, about))
        before = [(ordinal(day), rank) for said, day, rank in rung if said == name]
        for ring in rings(indicator.when, Lot(members, fresh), view.published, on):
            alert = _alert(indicator, about, name, ring)
            day = ordinal(ring.day)
            if all(abs(day - at) >= indicator.quiet or rank < alert.rank for at, rank in before):
                before.append((day, alert.rank))
                yield alert


def _alert(indicator: Indicator, about: About, name: str, ring: Ring) -> Alert:
    """The alert of a ring."""
    names = independent(ring.claims)
    rank = levels().rank(indicator.level)
    said: tuple[str, ...] = ()
    if indicator.escalate:
        rank, said = levels().escalated(rank, tuple(one.claim for one in ring.claims), len(names))
    level = levels().levels[rank].id
    raised = f"; raised to {level}: {', '.join(said)}" if said else ""
    words = about_words(about, indicator.per)
    return Alert(
        id=content_id(indicator.id, name, ring.day, level, *sorted(one.id for one in ring.claims)),
        indicator=indicator.id, pack=indicator.pack, title=f"{indicator.title}: {words}" if words else indicator.title,
        why=indicator.why, level=level, rank=rank, about=name, day=ring.day, reason=f"{ring.reason}{raised}",
        claims=_shown(ring.claims), count=len(ring.claims), documents=len({one.document for one in ring.claims}),
        independent=len(names), sources=names, observed=ring.observed, expected=ring.expected,
    )  # fmt: skip


def _shown(claims: Sequence[Cited]) -> tuple[Cited, ...]:
    """The claims that an alert shows: of each family the first, then others, in the order of telling."""
    if len(claims) <= SHOWN:
        return tuple(claims)
    first = list({one.family: one for one in reversed(claims)}.values())[::-1]
    chosen = {one.id for one in [*first, *claims][:SHOWN]}
    return tuple(one for one in claims if one.id in chosen)[:SHOWN]
