"""Claims to figures: which numbers are taken, who gave them, what they count where their own claim does not say it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby

import msgspec

from tocsin.judgement import Point, Told
from tocsin.link.counts import count_of, rules
from tocsin.link.figures import Said
from tocsin.link.matching import act, kinds_alike
from tocsin.link.scopes import Spot, goes_back, scope_of, spots
from tocsin.link.voices import Voice, voices
from tocsin.model import Claim, Figure


def said(tolds: Sequence[Told], whats: Collection[str] | None) -> list[Said]:
    """The figures of the claims, in the order of saying. `whats` says which kinds; without it, those that are compared
    unasked. What one report family repeats of one source is taken once, as it was first said."""
    by_claim = voices(tolds)
    found: list[Said] = []
    for _, ordered in groupby(sorted(tolds, key=_order), key=lambda told: told.document):
        claims = list(ordered)
        if any(told.claim.figures for told in claims):
            found += _of_document(claims, by_claim)
    return _once(one for one in found if _wanted(one.point.what, whats))


def _order(told: Told) -> tuple[str, str, int, int, str]:
    """By document, and in it in the order of the text."""
    claim = told.claim
    return told.published or "", told.document, claim.evidence.start, claim.trigger.start, told.id


def _counts(claim: Claim) -> bool:
    """Whether a claim's figures say how much there was, rather than how much there may be or will be."""
    if claim.status in rules().statuses:
        return True
    manners = rules().guesses.get(claim.status, ())
    return any(source.manner in manners for source in claim.sources)


def _wanted(what: str, whats: Collection[str] | None) -> bool:
    return what in whats if whats else not count_of(what).asked


def _of_document(tolds: Sequence[Told], by_claim: Mapping[str, Voice]) -> Iterator[Said]:
    """The figures of a document, each once, with what the text before them says of what they count.

    A figure without a place holds where the last claim before it was that can be of the same event; one that is said of
    a number as such ("the numbers fell to") counts what the last figure counted.
    """
    located: list[tuple[str, tuple[Spot, ...]]] = []
    last: Said | None = None
    taken: set[int] = set()
    for told in tolds:
        claim = told.claim
        kind, here = act(claim).kind, spots(claim.places)
        if here:
            located.append((kind, here))
        if not _counts(claim):
            continue
        back = goes_back(claim)
        for figure in claim.figures:
            if figure.start in taken:
                continue
            taken.add(figure.start)
            one = _said(told, figure, by_claim[told.id])
            if back and last is not None:
                one = one._replace(point=_as(one.point, last.point), scope=last.scope)
            elif not here:
                there = next((known for other, known in reversed(located) if kinds_alike(kind, other)), ())
                one = one._replace(scope=one.scope._replace(spots=there))
            last = one
            yield one


def _said(told: Told, figure: Figure, voice: Voice) -> Said:
    time = told.claim.time
    point = Point(
        claim=told.id, what=figure.what, low=figure.low, high=figure.high, qualifier=figure.qualifier,
        unit=figure.unit, source=voice.name, family=told.family, said_on=voice.said_on,
        begins=time.from_ if time else None, ends=time.to if time else None, words=figure.text,
    )  # fmt: skip
    return Said(point, voice, told.document, figure.start, scope_of(told.claim, figure, count_of(figure.what).things))


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
