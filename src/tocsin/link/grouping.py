"""Figures to groups that may be compared: one kind of count and unit, one place, the same people or things."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from tocsin.countries import countries
from tocsin.link.counts import Count, count_of
from tocsin.link.figures import Said, bounds
from tocsin.link.scopes import Spot, same_place

K = TypeVar("K", bound=Hashable)
Spots = tuple[Spot, ...]


class Group(NamedTuple):
    """Figures that may be compared, in the order of saying; `names` says what sets them apart from the others of their
    count."""

    counted: Count
    said: tuple[Said, ...]
    names: tuple[str, ...]


def groups(found: Sequence[Said]) -> Iterator[Group]:
    """The groups, by count, unit and thing, then by place, then by people."""
    by_kind = _grouped(found, lambda one: (count_of(one.point.what).id, one.point.unit, one.scope.thing))
    for (_, _, thing), alike in by_kind:
        count = count_of(alike[0].point.what)
        placed = _by_place(alike, count)
        for spots, there in placed:
            parties = _by_party(there)
            for party, ours in parties:
                names = [
                    thing or "",
                    _places(spots) if len(placed) > 1 else "",
                    _people(party) if len(parties) > 1 else "",
                ]
                yield Group(count, tuple(ours), tuple(name for name in names if name))


def _grouped(found: Iterable[Said], key: Callable[[Said], K]) -> list[tuple[K, list[Said]]]:
    """Figures by a key, in the order in which the keys first appear."""
    parts: dict[K, list[Said]] = {}
    for one in found:
        parts.setdefault(key(one), []).append(one)
    return list(parts.items())


def _by_place(found: Sequence[Said], count: Count) -> list[tuple[Spots, list[Said]]]:
    """Figures by place. The place that most figures name leads its group, and takes in those that are the same place
    to a figure. A figure without a place belongs to the only place there is; among several it stands apart."""
    named = Counter(one.scope.spots for one in found if one.scope.spots)
    leaders: dict[frozenset[str | None], list[Spots]] = {}
    home: dict[Spots, Spots] = {}
    for spots, _ in sorted(named.items(), key=lambda row: (-row[1], [spot.key for spot in row[0]])):
        nearby = leaders.setdefault(frozenset(spot.country for spot in spots), [])
        leader = next((known for known in nearby if same_place(known, spots, count.kind)), None)
        if leader is None:
            nearby.append(spots)
        home[spots] = leader or spots
    first = list(dict.fromkeys(home.values()))
    home[()] = first[0] if len(first) == 1 else ()
    return _grouped(found, lambda one: home[one.scope.spots])


def _by_party(found: Sequence[Said]) -> list[tuple[frozenset[str], list[Said]]]:
    """Figures by the people that they count. Those of the only people named go with the figures that name nobody,
    unless they are plainly a part of them ("12 of the 192 dead")."""
    parties = list(dict.fromkeys(one.scope.party for one in found if one.scope.party))
    if len(parties) == 1 and not _part(found):
        return [(parties[0], list(found))]
    return _grouped(found, lambda one: one.scope.party)


def _part(found: Sequence[Said]) -> bool:
    """Whether, in one text, a figure of named people lies below one of all people, of the same kind."""
    whole = [one for one in found if not one.scope.party]
    return any(
        one.scope.party
        and one.document == all_.document
        and one.point.what == all_.point.what
        and bounds(one.point).high < bounds(all_.point).low
        for one in found
        for all_ in whole
    )


def _places(spots: Spots) -> str:
    return " and ".join(dict.fromkeys(spot.name for spot in spots)) or "place not said"


def _people(party: frozenset[str]) -> str:
    return " and ".join(countries().name_of(code) or code for code in sorted(party)) or "all"
