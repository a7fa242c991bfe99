"""Claims to facts: what several claims say in the same sentence, and what several reports say of the same event, is
said once, with all its references."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from tocsin.judgement import Told
from tocsin.ledger import Found
from tocsin.link.corroboration import independents
from tocsin.link.matching import act, match
from tocsin.link.voices import voices
from tocsin.model import Figure, Record
from tocsin.show.brief.clauses import Span
from tocsin.show.brief.gather import place_of
from tocsin.show.brief.sentences import Sentence, compose
from tocsin.show.plain import one_line

WORD = re.compile(r"\w+")
LONG = 4
"""Shorter words say little of what a sentence is about."""

ALIKE, COMMON = 0.5, 3
"""Two sentences tell the same where the one has this share of the other's long words, and so many at least."""


class Kin(Record, frozen=True, kw_only=True):
    """What is known of how claims belong together: claim → situation, and claims as links are made from them."""

    situation: Mapping[str, str] = {}
    told: Mapping[str, Told] = {}

    def independent(self, found: Iterable[Found]) -> int:
        """How many claims tell a thing independently: no two of them share a report family or an original source."""
        tolds = [self.told[one.id] for one in found if one.id in self.told]
        return max(1, independents(tolds, voices(tolds)))

    def families(self, found: Iterable[Found]) -> int:
        """How many report families claims come from."""
        return len({self.told[one.id].family if one.id in self.told else one.document.id for one in found})


class Fact(Record, frozen=True, kw_only=True):
    """One sentence of the brief: whether it quotes; the claims that it is made of (the first gave the words); the first
    claims of other documents' sentences that tell the same; how many tell it independently."""

    text: str
    quotes: bool
    claims: tuple[Found, ...]
    also: tuple[Found, ...] = ()
    independent: int = 1

    @property
    def all(self) -> tuple[Found, ...]:
        """All claims that tell it."""
        return self.claims + self.also


def publisher_of(found: Found) -> str | None:
    """Who published it: the paper, or the agency where none is known."""
    return one_line(found.document.publisher or found.document.agency or "") or None


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
    """Facts; groups of different documents that tell the same of one event are one."""
    told: list[list[_Group]] = []
    by_event: dict[str, list[list[_Group]]] = {}
    for group in groups:
        rows = [by_event.setdefault(key, []) for key in _keys(group, kin)]
        home = next((one for row in rows for one in row if _same(one, group)), None)
        if home is None:
            home = []
            told.append(home)
        home.append(group)
        for row in rows:
            if all(one is not home for one in row):
                row.append(home)
    return [_fact(together, kin) for together in told]


def _keys(group: _Group, kin: Kin) -> list[str]:
    """Under what the facts are filed with which a group is compared: its words, and the events of its claims."""
    words = " ".join(WORD.findall(group.claims[0].claim.evidence.text.lower()))
    events = {kin.situation[one.id] for one in group.claims if one.id in kin.situation}
    return [f"words {words}", *(f"event {event}" for event in sorted(events))]


def _same(together: Sequence[_Group], group: _Group) -> bool:
    """Whether a group tells the same as the first of some others: in the same words or, where all come from documents
    of their own, in words that are alike."""
    new = group.claims[0]
    a, b = together[0].claims[0].claim, new.claim
    if a.status != b.status or sorted(map(_figure_key, a.figures)) != sorted(map(_figure_key, b.figures)):
        return False
    if WORD.findall(a.evidence.text.lower()) == WORD.findall(b.evidence.text.lower()):
        return True
    if any(one.claims[0].document.id == new.document.id for one in together):
        return False
    return match(act(a), act(b)) is not None and _alike(a.evidence.text, b.evidence.text)


def _alike(a: str, b: str) -> bool:
    """Whether two sentences have most of their long words in common."""
    one, other = ({word for word in WORD.findall(text.lower()) if len(word) >= LONG} for text in (a, b))
    common = len(one & other)
    return common >= COMMON and common >= ALIKE * min(len(one), len(other))


def _figure_key(figure: Figure) -> str:
    return f"{figure.what} {figure.low} {figure.high} {figure.qualifier} {figure.unit}"


def _fact(together: Sequence[_Group], kin: Kin) -> Fact:
    """One fact of groups that tell the same; the words are those of the most telling."""
    ranked = sorted(together, key=lambda group: (group.sentence.quotes, -telling(group.claims[0])))
    lead, others = ranked[0], ranked[1:]
    also = tuple(sorted((group.claims[0] for group in others), key=place_of))
    claims = tuple(lead.claims)
    independent = kin.independent((claims[0], *also)) if also else 1
    return Fact(text=lead.sentence.text, quotes=lead.sentence.quotes, claims=claims, also=also, independent=independent)


def telling(found: Found) -> int:
    """How much a claim tells: how many of its parts are known."""
    claim = found.claim
    parts = (claim.actors, claim.recipients, claim.objects, claim.figures, claim.places, claim.sources)
    return sum(map(bool, parts)) + bool(claim.time)
