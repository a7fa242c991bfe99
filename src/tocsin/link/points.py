"""Claims to figures: which numbers are taken, who gave them, what they count where their own claim does not say it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import msgspec

from tocsin.judgement import Point, Told
from tocsin.link.counts import count_of, rules
from tocsin.link.figures import Said
from tocsin.link.scopes import goes_back, scope_of
from tocsin.link.voices import Voice, voices
from tocsin.model import Claim


def said(tolds: Sequence[Told], whats: Collection[str] | None) -> list[Said]:
    """The figures of the claims, in the order of saying. `whats` says which kinds; without it, those that are compared
    unasked. What one report family repeats of one source is taken once, as it was first said."""
    by_claim = voices(tolds)
    found: list[Said] = []
    for told in sorted(tolds, key=_order):
        if _counts(told.claim):
            found += _of_claim(told, by_claim[told.id])
    return _once(one for one in _continued(found) if _wanted(one.point.what, whats))


def _order(told: Told) -> tuple[str, str, str, int, str]:
    claim = told.claim
    return told.published or "", told.family, told.document, claim.evidence.start, told.id


def _counts(claim: Claim) -> bool:
    """Whether a claim's figures say how much there was, rather than how much there may be or will be."""
    if claim.status in rules().statuses:
        return True
    manners = rules().guesses.get(claim.status, ())
    return any(source.manner in manners for source in claim.sources)


def _wanted(what: str, whats: Collection[str] | None) -> bool:
    return what in whats if whats else not count_of(what).asked


def _of_claim(told: Told, voice: Voice) -> Iterable[Said]:
    claim = told.claim
    for figure in claim.figures:
        point = Point(
            claim=told.id, what=figure.what, low=figure.low, high=figure.high, qualifier=figure.qualifier,
            unit=figure.unit, source=voice.name, family=told.family, said_on=voice.said_on,
            begins=claim.time.from_ if claim.time else None, ends=claim.time.to if claim.time else None,
            words=figure.text,
        )  # fmt: skip
        back = goes_back(claim.actors) or goes_back(claim.recipients)
        scope = scope_of(claim, figure, count_of(figure.what).things)
        yield Said(point, voice, told.document, figure.start, scope, back)


def _continued(found: Sequence[Said]) -> Iterable[Said]:
    """Figures with what the text before them says of what they count.

    A figure without a place goes on at the place of the last figure of its kind in the document; one that is said of
    a number as such ("the numbers fell to") counts what the last figure counted. Figures come in the order of the text.
    """
    last: dict[tuple[str, str], Said] = {}
    before: dict[str, Said] = {}
    for one in sorted(found, key=lambda s: (s.document, s.start)):
        known = before.get(one.document)
        if one.back and known is not None:
            one = one._replace(point=_as(one.point, known.point), scope=known.scope)
        kin = last.get((one.document, count_of(one.point.what).id))
        if kin is not None and not one.scope.spots:
            one = one._replace(scope=one.scope._replace(spots=kin.scope.spots))
        last[one.document, count_of(one.point.what).id] = before[one.document] = one
        yield one


def _as(point: Point, known: Point) -> Point:
    """A figure that counts what another one counted."""
    return msgspec.structs.replace(point, what=known.what, unit=known.unit)


def _once(found: Iterable[Said]) -> list[Said]:
    """In the order of saying, what one family repeats of one source taken once."""
    kept: dict[tuple[object, ...], Said] = {}
    for one in sorted(found, key=lambda s: (s.point.said_on or "", s.document, s.start, s.point.claim)):
        p = one.point
        same = (p.family, one.voice.key, p.what, p.unit, p.low, p.high, p.begins, p.ends, one.scope)
        kept.setdefault(same, one)
    return list(kept.values())
