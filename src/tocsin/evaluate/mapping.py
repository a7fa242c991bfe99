"""How claims are told in the labels of other sets: typed records of mappings.yaml."""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from tocsin import lexicon
from tocsin.model import Actor, Claim

HERE = Path(__file__).parent
WORD = re.compile(r"[a-z]+")


class Target(lexicon.Entry, frozen=True):
    """Whom or what an event must hit: somebody who is not of a sector `untouched`, or things where nobody is told.
    By a word of `former` somebody has left such a sector, and by one of `things` a thing belongs to it. With
    `particular`, people in general ("peasants", with no number, time or place) are nobody."""

    untouched: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    things: tuple[str, ...] = ()
    particular: bool = False

    def is_hit(self, claim: Claim) -> bool:
        """Whether a claim tells of somebody or something hit that counts."""
        if self.particular and _is_general(claim):
            return False
        if claim.recipients:
            return any(self._counts(actor) for actor in claim.recipients)
        return any(not _has(thing.text, self.things) for thing in claim.objects)

    def _counts(self, actor: Actor) -> bool:
        return actor.sector not in self.untouched or _has(actor.text, self.former)


class Rule(lexicon.Entry, frozen=True):
    """What a claim must be to have a label: a type, a mode, the beginning of its trigger, a word of its evidence, the
    sector of an actor, a status, a confidence. A list that is left out asks for nothing; among `sectors`, null stands
    for an actor that is not told.

    Actors must not all be of a sector `without`, unless it is done to somebody of a sector `against`. Somebody or
    something must be hit as `target` has it; with `named`, somebody who is told by name. Words of the evidence that are
    among `never` rule it out, and so does a figure above its bound in `most`, by what it counts. Where the label
    `unless` holds of the same claims, this rule does not. Triggers that are among `general` need a figure, a time or a
    place."""

    types: tuple[str, ...]
    modes: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    sectors: tuple[str | None, ...] = ()
    statuses: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    target: Target | None = None
    named: bool = False
    never: tuple[str, ...] = ()
    most: dict[str, float] = msgspec.field(default_factory=dict)
    confidence: float = 0.0
    unless: str | None = None
    general: tuple[str, ...] = ()

    def holds(self, claim: Claim) -> bool:
        """Whether a claim is what the rule asks for."""
        return (
            claim.type in self.types
            and (not self.modes or claim.mode in self.modes)
            and (not self.statuses or claim.status in self.statuses)
            and (claim.confidence is None or claim.confidence >= self.confidence)
            and self._is_worded(claim)
            and self._is_done_by(claim.actors, claim.recipients)
            and self._hits(claim)
        )

    def _is_worded(self, claim: Claim) -> bool:
        told_in = claim.evidence.text.lower()
        trigger = claim.trigger.text.lower()
        return (
            (not self.words or trigger.startswith(self.words))
            and (trigger not in self.general or _is_placed(claim))
            and (not self.evidence or any(word in told_in for word in self.evidence))
            and not any(word in told_in for word in self.never)
        )

    def _is_done_by(self, actors: Sequence[Actor], struck: Sequence[Actor]) -> bool:
        """Whether the actors are such as the rule asks for."""
        barred = bool(actors) and all(actor.sector in self.without for actor in actors)
        if barred and not any(actor.sector in self.against for actor in struck):
            return False
        told = [actor.sector for actor in actors] or [None]
        return not self.sectors or any(sector in self.sectors for sector in told)

    def _hits(self, claim: Claim) -> bool:
        """Whether those are hit whom the rule asks for, and not more of them."""
        if self.target and not self.target.is_hit(claim):
            return False
        if self.named and not any(_is_name(actor.name) for actor in claim.recipients):
            return False
        return not any((figure.low or 0) > self.most.get(figure.what, math.inf) for figure in claim.figures)


NAMED = re.compile(r"[A-Z]\S* [A-Z]")
PLURAL = re.compile(r"(?!(?:the|an?|his|her|its|their|our|these|those)\s)(?:[a-z'-]+\s+)*(?:[a-z'-]+s|people)", re.I)


def _is_general(claim: Claim) -> bool:
    """Whether all who are hit are a bare plural, and neither number, time nor place makes them more."""
    if _is_placed(claim) or not claim.recipients:
        return False
    return all(PLURAL.fullmatch(actor.text) and not NAMED.search(actor.name or "") for actor in claim.recipients)


def _is_placed(claim: Claim) -> bool:
    """Whether a number, a time or a place tells one event from others of its kind."""
    return bool(claim.figures or claim.time or claim.places)


def _is_name(name: str | None) -> bool:
    return name is not None and name != name.lower()


def _has(text: str, words: tuple[str, ...]) -> bool:
    """Whether any of some words stands in a text, alone or in the plural."""
    return any(word in words or word.removesuffix("s") in words for word in WORD.findall(text.lower()))


Labels = dict[str, tuple[Rule, ...]]


class Plover(lexicon.Entry, frozen=True):
    """The older event types of the PLOVER records, and what each may be here; `intended`, what it may be of what is
    planned."""

    types: dict[str, tuple[str, ...]]
    intended: dict[str, tuple[str, ...]]


class Mappings(lexicon.Entry, frozen=True):
    """mappings.yaml."""

    plover_gsr: Plover
    muc4_dev: Labels
    india_police_docs: Labels
    stories_gva: Labels


@functools.cache
def mappings() -> Mappings:
    """The mappings, read once."""
    return lexicon.read(HERE / "mappings.yaml", Mappings)


def labelled(claims: Iterable[Claim], rules: tuple[Rule, ...]) -> list[Claim]:
    """The claims for which any of the rules holds."""
    return [claim for claim in claims if any(rule.holds(claim) for rule in rules)]


def labels(claims: Iterable[Claim], rules: Labels) -> set[str]:
    """The labels that hold of any of the claims, found in their order; what a source denies did not happen."""
    stated = [claim for claim in claims if claim.status != "denied"]
    found: set[str] = set()
    for label, ways in rules.items():
        if labelled(stated, tuple(rule for rule in ways if rule.unless not in found)):
            found.add(label)
    return found
