"""How many independent sources tell something. What carries the same copy, and what one agency or one paper tells
several times, is one source."""

from __future__ import annotations

from collections.abc import Iterable

from tocsin.ledger.sightings import Sighting

UNNAMED = "an unnamed paper"


def independent(told: Iterable[Sighting]) -> tuple[str, ...]:
    """The independent sources among those who tell claims, one name for each, in the order of telling.

    Two documents are one source where they are of one report family, or where they have the same agency or, without
    one, the same publisher; and so on from one to the next.
    """
    above: dict[str, str] = {}
    outlets: dict[str, str] = {}
    for one in told:
        family = f"family {one.family}"
        outlets.setdefault(family, one.outlet or UNNAMED)
        top = _top(above, family)
        if one.outlet:
            above[_top(above, f"outlet {one.outlet.casefold()}")] = top
    tops: dict[str, str] = {}
    for family, outlet in outlets.items():
        tops.setdefault(_top(above, family), outlet)
    return tuple(tops.values())


def _top(above: dict[str, str], one: str) -> str:
    """The last of those that stand above one: the same for all that are joined."""
    while (higher := above.setdefault(one, one)) != one:
        one = higher
    return one
