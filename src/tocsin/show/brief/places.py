"""Where it happens: a map of the places that the claims of the brief name, and the list of them."""

from __future__ import annotations

from collections.abc import Iterator

from tocsin.ledger import Found
from tocsin.model import Place
from tocsin.show.brief.context import Context, many
from tocsin.show.brief.lexicon import lexicon
from tocsin.show.brief.map import Spot, draw
from tocsin.show.brief.record import Drawing, Part, Row, Section, Table
from tocsin.show.plain import one_line

HEAD = ("Place", "Claims")


def section(context: Context) -> Section:
    """The section; without parts where no place has coordinates."""
    every, claims = _spots(context)
    spots, left = every[: lexicon().rows // 2], len(every) - lexicon().rows // 2
    if not spots:
        return Section(id="map", title="Map", remark="", parts=())
    said = f"A map of {many(len(spots), 'place')}, listed below: {', '.join(spot.name for spot in spots[:10])}."
    rows = tuple(
        Row(
            cells=(f"{spot.number}. {spot.name}", f"{spot.claims:,}"),
            notes=context.references(one.id for one in claims[spot.name]),
        )
        for spot in spots
    )
    table = Table(caption="Places on the map", head=HEAD, rows=rows)
    rest = f"{left:,} more that fewer claims name." if left > 0 else ""
    part = Part(drawing=Drawing(svg=draw(spots), said=said), table=table, rest=rest)
    return Section(id="map", title="Map", remark="", parts=(part,))


def _spots(context: Context) -> tuple[list[Spot], dict[str, list[Found]]]:
    """The places, those with most claims first, and the claims of each."""
    claims: dict[str, list[Found]] = {}
    known: dict[str, Place] = {}
    for found, place in _placed(context):
        name = name_of(place)
        known.setdefault(name, place)
        if all(one.id != found.id for one in claims.setdefault(name, [])):
            claims[name].append(found)
    order = sorted(claims, key=lambda name: (-len(claims[name]), name))
    spots = [
        Spot(
            number=number, name=name, lat=known[name].lat or 0.0, lon=known[name].lon or 0.0,
            claims=len(claims[name]), wide=known[name].name == known[name].country_name,
        )
        for number, name in enumerate(order, 1)
    ]  # fmt: skip
    return spots, claims


def _placed(context: Context) -> Iterator[tuple[Found, Place]]:
    for found in context.gathered.found:
        for place in found.claim.places:
            if place.lat is not None and place.lon is not None:
                yield found, place


def name_of(place: Place) -> str:
    """A place with its country: `Kursk Oblast, Russia`."""
    name = one_line(place.name or place.text)
    country = place.country_name
    return f"{name}, {country}" if country and country != name else name
