"""What an indicator tells apart: claims in lots, each of which rings for itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product

from tocsin.countries import countries
from tocsin.ledger.sightings import Sighting
from tocsin.watch.indicators import Field

About = tuple[str, ...]
"""What a lot is about: a value for each field that the indicator tells apart, empty where the text does not say."""


NOWHERE = ("",)


def lots(told: Iterable[Sighting], per: Sequence[Field]) -> dict[About, list[Sighting]]:
    """The claims by what they are about. One with several countries in a role comes into several lots."""
    found: dict[About, list[Sighting]] = {}
    for one in told:
        every = list(product(*(_values(one, field) for field in per)))
        for about in _apart(every, per):
            found.setdefault(about, []).append(one)
    return found


def _apart(every: list[About], per: Sequence[Field]) -> list[About]:
    """Without those in which a country does something to itself, where there are others."""
    if not {"actor_country", "recipient_country"} <= set(per):
        return every
    actor, recipient = per.index("actor_country"), per.index("recipient_country")
    return [about for about in every if about[actor] != about[recipient]] or every


def _values(one: Sighting, field: Field) -> tuple[str, ...]:
    """What a claim says in a field."""
    match field:
        case "document":
            return (one.document,)
        case "type":
            return (one.type,)
        case "mode":
            return (one.mode or "",)
        case "actor_country":
            return one.actors or NOWHERE
        case "recipient_country":
            return one.recipients or NOWHERE
        case "place_country":
            return one.places or NOWHERE


def about_words(about: About, per: Sequence[Field]) -> str:
    """What a lot is about, for people; nothing where nothing is known."""
    said = [value if field in ("document", "type", "mode") else country_name(value)
            for value, field in zip(about, per, strict=True) if value and field != "document"]  # fmt: skip
    return ", ".join(said)


def country_name(code: str) -> str:
    """The name of a country."""
    state = countries().by_code.get(code)
    return state.name if state else code
