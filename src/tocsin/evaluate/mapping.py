"""How claims are told in the labels of other sets: typed records of mappings.yaml."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from pathlib import Path

from tocsin import lexicon
from tocsin.model import Claim

HERE = Path(__file__).parent


class Rule(lexicon.Entry, frozen=True):
    """What a claim must be to have a label: a type, a mode, the beginning of its trigger, a word of its evidence, the
    sector of an actor, a status. Actors must not all be of a sector `without`; with `target`, somebody or something
    must be hit that is not all of a sector `untouched`. Words of the evidence that are among `never` rule it out.
    A list that is left out asks for nothing; among `sectors`, null stands for an actor that is not told."""

    types: tuple[str, ...]
    modes: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    sectors: tuple[str | None, ...] = ()
    statuses: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    untouched: tuple[str, ...] = ()
    target: bool = False
    never: tuple[str, ...] = ()

    def holds(self, claim: Claim) -> bool:
        """Whether a claim is what the rule asks for."""
        if claim.type not in self.types or (self.modes and claim.mode not in self.modes):
            return False
        if self.words and not claim.trigger.text.lower().startswith(self.words):
            return False
        told_in = claim.evidence.text.lower()
        if self.evidence and not any(word in told_in for word in self.evidence):
            return False
        if any(word in told_in for word in self.never):
            return False
        if self.statuses and claim.status not in self.statuses:
            return False
        if claim.actors and all(actor.sector in self.without for actor in claim.actors):
            return False
        if self.target and not self._hits(claim):
            return False
        if not self.sectors:
            return True
        told = [actor.sector for actor in claim.actors] or [None]
        return any(sector in self.sectors for sector in told)

    def _hits(self, claim: Claim) -> bool:
        """Whether somebody or something is told to be hit that counts."""
        struck = [actor.sector not in self.untouched for actor in claim.recipients]
        return any(struck) or bool(claim.objects and not struck)


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
    """The labels that hold of any of the claims; what a source denies did not happen."""
    stated = [claim for claim in claims if claim.status != "denied"]
    return {label for label, found in rules.items() if labelled(stated, found)}
