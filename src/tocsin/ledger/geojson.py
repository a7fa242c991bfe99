"""Claims as GeoJSON (RFC 7946): one feature for each place of a claim whose coordinates are known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

import msgspec

from tocsin.ledger.results import Found
from tocsin.model import Actor, Figure, Place

HEAD, BETWEEN, FOOT = b'{"type":"FeatureCollection","features":[\n', b",\n", b"\n]}\n"


def write(found: Iterable[Found], out: BinaryIO) -> int:
    """Write one feature collection as the claims come; return how many claims have no place with coordinates."""
    unplaced = 0
    lead = HEAD
    for one in found:
        placed = False
        for feature in features(one):
            out.write(lead + msgspec.json.encode(feature))
            lead, placed = BETWEEN, True
        unplaced += not placed
    out.write((HEAD if lead is HEAD else b"") + FOOT)
    return unplaced


def features(found: Found) -> Iterator[dict[str, Any]]:
    """The features of a claim, in the order of its places. Positions are longitude, latitude."""
    shared = properties(found)
    for number, place in enumerate(found.claim.places):
        if place.lat is None or place.lon is None:
            continue
        yield {
            "type": "Feature",
            "id": f"{found.id}-{number}",
            "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]},
            "properties": shared | _of_place(place),
        }


def properties(found: Found) -> dict[str, Any]:
    """What a claim says as text and numbers, since few programs open lists; several are joined by `; `."""
    claim, origin = found.claim, found.document
    return {
        "claim": found.id, "type": claim.type, "mode": claim.mode, "status": claim.status,
        "trigger": claim.trigger.text, "actors": _joined(map(_who, claim.actors)),
        "actor_countries": _joined(_countries(claim.actors)),
        "recipients": _joined(map(_who, claim.recipients)),
        "recipient_countries": _joined(_countries(claim.recipients)), "sources": _joined(map(_who, claim.sources)),
        "figures": _joined(map(_counted, claim.figures)), "time_from": claim.time.from_ if claim.time else None,
        "time_to": claim.time.to if claim.time else None, "published": origin.published,
        "publisher": origin.publisher, "agency": origin.agency,
        "url": origin.url, "title": origin.title, "evidence": claim.evidence.text,
        "confidence": claim.confidence, "superseded": found.superseded, "document": origin.id,
    }  # fmt: skip


def _of_place(place: Place) -> dict[str, Any]:
    return {
        "place": place.name or place.text, "place_role": place.role, "place_country": place.country,
        "geonameid": place.geonameid,
    }  # fmt: skip


def _who(actor: Actor) -> str:
    """Whom the words mean, where that is known."""
    return actor.name or (actor.antecedent.text if actor.antecedent else actor.text)


def _countries(actors: Iterable[Actor]) -> Iterable[str]:
    return dict.fromkeys(actor.country for actor in actors if actor.country)


def _counted(figure: Figure) -> str:
    """The words of a figure, and what it counts: `at least 1,100 (killed or wounded)`."""
    return f"{figure.text} ({figure.what.replace('_', ' ')})"


def _joined(parts: Iterable[str]) -> str | None:
    return "; ".join(parts) or None
