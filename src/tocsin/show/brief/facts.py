"""Claims to facts: what several claims say in the same sentence, and what several reports say of the same event, is
said once, with all its references."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from tocsin.ledger import Found
from tocsin.model import Figure, Record
from tocsin.show.brief.clauses import Span
from tocsin.show.brief.gather import place_of
from tocsin.show.brief.sentences import Sentence, compose

WORD = re.compile(r"\w+")
Key = tuple[str, ...]


class Kin(Record, frozen=True, kw_only=True):
    """What is known of how claims and documents belong together: claim → situation, document → report family. What is
    not named stands alone."""

    situation: Mapping[str, str] = {}
    family: Mapping[str, str] = {}

    def independent(self, found: Iterable[Found]) -> int:
        """How many independent reports claims come from."""
        return len({self.family.get(one.document.id, one.document.id) for one in found})


class Fact(Record, frozen=True, kw_only=True):
    """One sentence of the brief: the claims that it is made of (the first gave the words), other claims that tell the
    same of the same event, and how many independent reports there are."""

    text: str
    claims: tuple[Found, ...]
    also: tuple[Found, ...] = ()
    independent: int = 1

    @property
    def all(self) -> tuple[Found, ...]:
        """All claims that tell it."""
        return self.claims + self.also


def publisher_of(found: Found) -> str | None:
    """Who published it: the paper, or the agency where none is known."""
    return found.document.publisher or found.document.agency


def facts(found: Sequence[Found], kin: Kin) -> list[Fact]:
    """The facts that claims tell, in the order of the claims."""
    return _told_together([_Group(claims, sentence_of(claims)) for claims in _merged(found)], kin)


def sentence_of(found: Sequence[Found]) -> Sentence:
    """The sentence of claims that rest on the same evidence; the first needs most of it."""
    publisher = publisher_of(found[0])
    return compose([one.claim for one in found], [publisher] if publisher else [])


def _merged(found: Sequence[Found]) -> list[list[Found]]:
    """Claims of one document are together where the sentence of one holds that of the others, which follow it."""
    places: dict[tuple[str, int, int], list[Found]] = {}
    for one in found:
        at = (one.document.id, one.claim.evidence.start, one.claim.evidence.end)
        places.setdefault(at, []).append(one)
    return [group for together in places.values() for group in _widest_first(together)]


def _widest_first(together: Sequence[Found]) -> list[list[Found]]:
    spans = {one.id: sentence_of([one]).spans for one in together}
    groups: list[list[Found]] = []
    for one in sorted(together, key=lambda one: (-sum(end - start for start, end in spans[one.id]), place_of(one))):
        home = next((group for group in groups if covers(spans[group[0].id], spans[one.id])), None)
        if home is None:
            groups.append([one])
        else:
            home.append(one)
    return groups


def covers(wide: Sequence[Span], narrow: Sequence[Span]) -> bool:
    """Whether all of some stretches lies within others."""
    return all(any(a <= start and end <= b for a, b in wide) for start, end in narrow)


class _Group(NamedTuple):
    """Claims that rest on the same evidence, and their sentence."""

    claims: list[Found]
    sentence: Sentence


def _told_together(groups: Sequence[_Group], kin: Kin) -> list[Fact]:
    """Facts; groups that tell the same of one event, in any document, are one."""
    same: dict[Key, list[_Group]] = {}
    for group in groups:
        same.setdefault(_key(group, kin), []).append(group)
    return [_fact(together, kin) for together in same.values()]


def _key(group: _Group, kin: Kin) -> Key:
    """What must be equal for two groups to tell the same: the event, its status and figures, or else the words."""
    events = {kin.situation[one.id] for one in group.claims if one.id in kin.situation}
    lead = group.claims[0].claim
    if len(events) != 1:
        return ("words", lead.status, *WORD.findall(lead.evidence.text.lower()))
    return ("event", *events, lead.status, *sorted(map(_figure_key, lead.figures)))


def _figure_key(figure: Figure) -> str:
    return f"{figure.what} {figure.low} {figure.high} {figure.qualifier} {figure.unit}"


def _fact(together: Sequence[_Group], kin: Kin) -> Fact:
    """One fact of groups that tell the same; the words are those of the most telling."""
    ranked = sorted(together, key=lambda group: (group.sentence.quotes, -_telling(group.claims[0])))
    lead, others = ranked[0], ranked[1:]
    also = tuple(sorted((one for group in others for one in group.claims), key=place_of))
    claims = tuple(lead.claims)
    return Fact(text=lead.sentence.text, claims=claims, also=also, independent=kin.independent((*claims, *also)))


def _telling(found: Found) -> int:
    """How much a claim tells: how many of its parts are known."""
    claim = found.claim
    parts = (claim.actors, claim.recipients, claim.objects, claim.figures, claim.places, claim.sources)
    return sum(map(bool, parts)) + bool(claim.time)
