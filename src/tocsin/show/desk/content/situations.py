"""Situations: events in the world, as all that tell of them tell them."""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.judgement import Forecast, Series, Situation, Told
from tocsin.ledger import Found, Ledger, Origin, SituationQuery
from tocsin.link.forecasts import forecasts
from tocsin.link.series import series
from tocsin.link.voices import voices
from tocsin.model import Record

MOST = 500
"""So many claims of a situation are shown and compared at most, the first that were told."""


class Situations(Record, frozen=True, kw_only=True):
    """A page of situations; `cursor` asks for those that follow, `null` where there are none. `unlinked` counts the
    articles of which is not known yet which situations they tell of."""

    situations: tuple[Situation, ...]
    cursor: str | None
    unlinked: int


class Speaker(Record, frozen=True, kw_only=True):
    """A source on which claims rest, and these claims, by their ids, in the order of telling. `carrier` is set where
    the text names nobody, so that the agency or the publisher speaks."""

    name: str
    country: str | None
    carrier: bool
    claims: tuple[str, ...]


class Independent(Record, frozen=True, kw_only=True):
    """A report that counts as one source: the articles that carry the same copy, or that one agency wrote."""

    agency: str | None
    documents: tuple[Origin, ...]


class SituationShown(Record, frozen=True, kw_only=True):
    """A situation with what is known of it: its claims in the order of telling (`complete` is false where there are
    more than are shown), who says what, the independent reports, the figures that were given, what was foretold."""

    situation: Situation
    claims: tuple[Found, ...]
    complete: bool
    speakers: tuple[Speaker, ...]
    reports: tuple[Independent, ...]
    series: tuple[Series, ...]
    forecasts: tuple[Forecast, ...]


def situations(ledger: Ledger, query: SituationQuery) -> Situations:
    """A page of situations."""
    page = ledger.situations(query)
    return Situations(situations=tuple(page.situations), cursor=page.cursor, unlinked=ledger.unlinked())


def situation(ledger: Ledger, id: str) -> SituationShown | None:
    """The situation with an id: that of its first claim, or of any other."""
    found = ledger.situation(id)
    if found is None:
        return None
    ids = found.claims[:MOST]
    claims = ledger.claims_by_id(ids)
    told = list(ledger.told(ids))
    last = max((one.published[:10] for one in told if one.published), default=None)
    return SituationShown(
        situation=found,
        claims=tuple(claims),
        complete=len(ids) == len(found.claims),
        speakers=tuple(speakers(told)),
        reports=tuple(reports(told, claims)),
        series=series(told),
        forecasts=forecasts(told, last) if last else (),
    )


def speakers(told: Sequence[Told]) -> list[Speaker]:
    """Who says what, those with most claims first."""
    by_claim = voices(told)
    held: dict[str, list[str]] = {}
    for one in told:
        held.setdefault(by_claim[one.id].key, []).append(one.id)
    found = []
    for ids in held.values():
        voice = by_claim[ids[0]]
        found.append(Speaker(name=voice.name, country=voice.country, carrier=voice.by != "source", claims=tuple(ids)))
    return sorted(found, key=lambda one: (one.carrier, -len(one.claims), one.name))


def reports(told: Sequence[Told], claims: Sequence[Found]) -> list[Independent]:
    """The independent reports behind claims, in the order of telling, as situations count them."""
    origins = {one.document.id: one.document for one in claims}
    held: dict[str, dict[str, Told]] = {}
    for one in told:
        held.setdefault(one.agency or one.family, {}).setdefault(one.document, one)
    return [
        Independent(
            agency=next(iter(members.values())).agency, documents=tuple(origins[id] for id in members if id in origins)
        )
        for members in held.values()
    ]
