"""The title of a situation, made of the words of its claims: what, to whom, where, when."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

from tocsin.judgement import Told
from tocsin.link.rules import Heading, rules
from tocsin.model import Actor, Claim

NOUN = re.compile(
    r"(?:\b(?:the|a|an|this|that|these|those|of|in|his|her|its|their|two|three|several)|[’']s?)\s+(?:\w+\s+)?\Z", re.I
)
"""What stands before a word that is a noun: an article, a possessive or the like, with one word between at most."""

NEAR = 120
"""So many characters before a noun are looked at for what stands there."""

LONGEST = 60
"""A name phrase of more characters is no part of a title."""


def title(
    tolds: Sequence[Told], type_: str, mode: str | None, places: Sequence[str], begins: str | None, ends: str | None
) -> str:
    """Such as "Bombing of the U.S. embassy, Nairobi, 7 August 1998". `tolds` are in the order of telling, `places`
    names in the order in which they are shown."""
    own = [told.claim for told in tolds if (told.claim.type, told.claim.mode) == (type_, mode)]
    known = rules().titles
    heading = known.get(f"{type_}/{mode}") or known.get(type_) or Heading(what=type_.capitalize())
    what = _what(own, heading)
    parts = [what[:1].upper() + what[1:] + _parties(own, heading, what), _joined(places), when(begins, ends)]
    return ", ".join(part for part in parts if part)


def _what(claims: Sequence[Claim], heading: Heading) -> str:
    """The noun that most claims call it by; where they only tell it by verbs, the word for its form."""
    named = [claim.trigger.text.lower() for claim in claims if _is_noun(claim)]
    if not named:
        return heading.what
    nouns = Counter(named)
    word = min(nouns, key=lambda text: (-nouns[text], text))
    return word.removesuffix("s") if word.removesuffix("s") in nouns else word


def _is_noun(claim: Claim) -> bool:
    """Whether the trigger stands where a noun does, at the end of it ("car bomb attack"), and not as a verb."""
    at = claim.trigger.start - claim.evidence.start
    text = claim.evidence.text
    return 0 <= at <= len(text) and NOUN.search(text, max(0, at - NEAR), at) is not None


def _parties(claims: Sequence[Claim], heading: Heading, what: str) -> str:
    """To whom, or else by whom: with "of", "on", "by" or what suits the noun."""
    last = what.split()[-1]
    joins = rules().joins.get(last) or rules().joins.get(last.removesuffix("s")) or heading.whom
    for word, actors in (
        (joins if heading.whom else None, [actor for claim in claims for actor in claim.recipients]),
        (heading.who, [actor for claim in claims for actor in claim.actors]),
    ):
        name = _name(actors) if word else ""
        if name:
            return f" {word} {name}"
    return ""


def _name(actors: Sequence[Actor]) -> str:
    """Somebody whom most claims name, in the words of the first; nobody where they are described by common words."""
    named = [actor for actor in actors if _is_named(actor)]
    if not named:
        return ""
    counted = Counter((actor.name or "").lower() for actor in named)
    best = max(counted, key=lambda name: counted[name])
    first = next(actor for actor in named if (actor.name or "").lower() == best)
    return first.text if first.antecedent is None else first.name or first.text


def _is_named(actor: Actor) -> bool:
    """Whether somebody is told by a name, and not by what they are to somebody else ("his family")."""
    words = (actor.name or "").split()
    own = bool(words) and words[0].lower() not in rules().possessives
    return own and len(actor.text) <= LONGEST and any(map(str.isupper, actor.name or ""))


def _joined(names: Sequence[str]) -> str:
    """ "Kenya", "Kenya and Tanzania", "Kenya, Tanzania and Uganda"."""
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def when(begins: str | None, ends: str | None) -> str:
    """A span of days in words."""
    if begins is None and ends is None:
        return ""
    if begins is None or begins == ends:
        return day(ends or "") if begins else f"until {day(ends or '')}"
    return f"{day(begins)} to {day(ends)}" if ends else f"since {day(begins)}"


def day(iso: str) -> str:
    """A day as it is written: "7 August 1998"."""
    found = date.fromisoformat(iso)
    return f"{found.day} {found:%B} {found.year}"
