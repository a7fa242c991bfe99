"""Claims as PLOVER event records, under the field names of the PLOVER manual's tables of JSON fields.

One record a claim. Types that Tocsin adds become the PLOVER type they extend, and modes that it adds are left out; what
the claim said stands in the object `tocsin`, with all else for which PLOVER has no field.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, BinaryIO

import msgspec

from tocsin.claim.ontology import ontology
from tocsin.ledger.results import Found
from tocsin.model import Actor, Claim, Place, Status

CONTEXT: dict[Status, str] = {"planned": "future", "possible": "hypothetical", "denied": "negation"}
"""The contexts by which PLOVER tells an event that has not taken place; the other statuses need none."""


def write(found: Iterable[Found], out: BinaryIO) -> dict[str, int]:
    """Write one record a line, as the claims come; return the types that PLOVER lacks, with the number of claims of
    each that were left out."""
    lacking: Counter[str] = Counter()
    for one in found:
        event = event_of(one.claim)
        if event is None:
            lacking[one.claim.type] += 1
        else:
            out.write(msgspec.json.encode(record(one, event)) + b"\n")
    return dict(sorted(lacking.items()))


def event_of(claim: Claim) -> str | None:
    """The PLOVER type of a claim, `None` where PLOVER has none."""
    known = ontology().types.get(claim.type)
    if known is None:
        return None
    return known.plover if known.ours else claim.type


def mode_of(claim: Claim) -> str | None:
    """The claim's mode, where it is one of PLOVER's."""
    known = ontology().types[claim.type]
    mode = known.modes.get(claim.mode) if claim.mode else None
    return None if mode is None or mode.ours or known.ours else claim.mode


def record(found: Found, event: str) -> dict[str, Any]:
    """The record of a claim whose PLOVER type is `event`. Fields of which nothing is known are left out, but for those
    that PLOVER requires."""
    claim, origin = found.claim, found.document
    mode, context = mode_of(claim), CONTEXT.get(claim.status)
    required = {"id": found.id, **_dates(found), "source": list(map(_actor, claim.actors)), "event": [event]}
    return required | _known(
        recipient=list(map(_actor, claim.recipients)), event_loc=_location(claim.places),
        event_text=[claim.trigger.text], mode=[mode] if mode else None, context=[context] if context else None,
        text=claim.evidence.text, text_info={"start": claim.evidence.start, "end": claim.evidence.end},
        cite_info=_known(
            citation=origin.id, url=origin.url, title=origin.title, publication=origin.publisher or origin.agency,
            coder=f"tocsin {found.reader}",
        ),
        tocsin=_known(
            type=claim.type, mode=claim.mode, status=claim.status, sources=msgspec.to_builtins(claim.sources),
            objects=[thing.text for thing in claim.objects], figures=msgspec.to_builtins(claim.figures),
            places=msgspec.to_builtins(claim.places), time=msgspec.to_builtins(claim.time), published=origin.published,
            confidence=claim.confidence, superseded=found.superseded,
        ),
    )  # fmt: skip


def _dates(found: Found) -> dict[str, str | None]:
    """`date`: when the event begins, or else ends, or else the day of publication; `enddate` if it ends on another."""
    time = found.claim.time
    start, end = (time.from_, time.to) if time else (None, None)
    day, _, clock = (start or end or found.document.published or "").partition("T")
    last, _, until = (end or "").partition("T")
    dates: dict[str, str | None] = {"date": day or None}
    return dates | _known(time=clock, enddate=last if last != day or until else None, endtime=until)


def _actor(actor: Actor) -> dict[str, str]:
    """An actor; `identifer_text` is spelt as in the manual."""
    meant = actor.name or (actor.antecedent.text if actor.antecedent else None)
    return _known(code=actor.country, sector=actor.sector, actor_text=actor.text, identifer_text=meant)


def _location(places: Iterable[Place]) -> dict[str, Any] | None:
    """The first place whose coordinates are known, under the names of GeoNames."""
    place = next((place for place in places if place.lat is not None and place.lon is not None), None)
    if place is None:
        return None
    return _known(
        geonameid=place.geonameid, name=place.name or place.text, latitude=place.lat, longitude=place.lon,
        cc3=place.country,
    )  # fmt: skip


def _known(**fields: Any) -> dict[str, Any]:
    """The fields that hold something."""
    return {name: value for name, value in fields.items() if value not in (None, "", [], {}, ())}
