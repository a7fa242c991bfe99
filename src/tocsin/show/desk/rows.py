"""A claim of the ledger as one entry of a list: who does what to whom, who says so, in which words, where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from tocsin.ledger import Found, Origin
from tocsin.model import Actor, Claim
from tocsin.show.found import SUPERSEDED
from tocsin.show.plain import one_line, shorten
from tocsin.show.table import THE_ARTICLE
from tocsin.show.words import (
    actor_words,
    chain_words,
    day_words,
    deed_parts,
    figure_words,
    kind_words,
    place_words,
    time_words,
)

LEAD = 90
"""So many characters before its trigger are shown of evidence in a list."""


class Quoted(NamedTuple):
    """Evidence in one line, cut at its trigger."""

    before: str
    trigger: str
    after: str


class Row(NamedTuple):
    """An entry of a list of claims; all in words."""

    id: str
    status: str
    actors: list[tuple[str, str]]
    before: str
    trigger: str
    after: str
    recipients: list[tuple[str, str]]
    kind: str
    details: list[str]
    sources: str
    quoted: Quoted
    document: str
    title: str
    origin: list[str]
    superseded: str | None


def row_of(found: Found) -> Row:
    """A claim as an entry."""
    claim = found.claim
    before, trigger, after = deed_parts(claim)
    details = [*map(figure_words, claim.figures), *map(place_words, claim.places)]
    if claim.time:
        details.append(time_words(claim.time))
    return Row(
        id=found.id,
        status=claim.status,
        actors=people(claim.actors),
        before=", ".join(before),
        trigger=trigger,
        after=", ".join(after),
        recipients=people(claim.recipients),
        kind=kind_words(claim),
        details=details,
        sources=chain_words(claim) or THE_ARTICLE,
        quoted=quoted(claim),
        document=found.document.id,
        title=title_of(found.document),
        origin=origin_parts(found.document),
        superseded=SUPERSEDED[found.superseded] if found.superseded else None,
    )


def quoted(claim: Claim) -> Quoted:
    """The evidence of a claim."""
    text, at = claim.evidence.text, claim.trigger.start - claim.evidence.start
    end = at + claim.trigger.end - claim.trigger.start
    if at < 0 or end > len(text):
        return Quoted(one_line(text), "", "")
    return Quoted(_led_in(_folded(text[:at])), _folded(text[at:end]), _folded(text[end:]))


def _led_in(before: str) -> str:
    """What stands before the trigger, as much of it as leaves the trigger in sight; cut at a word."""
    return f"…{before[-LEAD:].partition(' ')[2]}" if len(before) > LEAD + 20 else before


def _folded(text: str) -> str:
    """White space folded, but a space kept at either end where there was one."""
    line = one_line(text)
    return f"{' ' * text[:1].isspace()}{line}{' ' * (text[-1:].isspace() and bool(line))}"


def people(actors: Iterable[Actor]) -> list[tuple[str, str]]:
    """Actors, each with the code of its country, or nothing."""
    return [(actor_words(actor), actor.country or "") for actor in actors]


def title_of(origin: Origin) -> str:
    """What an article is called in a list."""
    return shorten(origin.title or origin.url or origin.name, 120)


def origin_parts(origin: Origin) -> list[str]:
    """Publisher or agency, and the day."""
    named = origin.publisher or origin.agency
    return [*([one_line(named)] if named else []), day_words(origin.published) if origin.published else "no date"]
