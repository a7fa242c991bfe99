"""Where events happen, by what the grammar tells of two places or two events.

The network judges a place and an event at a time. What is given to a country is not there, and who left a place before
he did the next thing did that elsewhere; who goes from one place to another was at both, those whom an attack kills it
kills where it is made, and who goes somewhere to do something does it there.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from tocsin.claim.arguments import has_to
from tocsin.claim.classes import lookup
from tocsin.claim.outcomes import causes
from tocsin.model import PlaceRole
from tocsin.understand.parse import Parse

ADVERBS: dict[str, PlaceRole] = {
    "there": "at", "here": "at", "abroad": "at", "overseas": "at", "home": "to", "ashore": "to",
}  # fmt: skip
"""Adverbs that stand for a place, where no name follows them ("here in Geneva")."""

Places = tuple[tuple[int, PlaceRole], ...]


def own_places(parse: Parse, event: int, places: Places, recipients: Sequence[int], named: AbstractSet[int]) -> Places:
    """The places of an event, all by their head tokens, without those that are another's or somebody, and with the
    other end of a journey, which is among the `named` places, and the adverb of place that belongs to it."""
    kept = {
        head: role
        for head, role in places
        if not (role == "to" and head in recipients and parse.lemma[event] in lookup().giving)
        and not (role == "from" and _was_left(parse, event, head))
    }
    for head in [head for head, role in kept.items() if role == "to"]:
        if (start := _start(parse, head)) in named:
            kept.setdefault(start, "from")
    before = {parse.head[head] - 1 for head in kept}
    for k in parse.children[event]:
        alone = k not in before and not parse.children[k]
        if alone and parse.dep[k] == "advmod" and parse.lower[k] in ADVERBS:
            kept.setdefault(k, ADVERBS[parse.lower[k]])
    return tuple(sorted(kept.items()))


def _start(parse: Parse, end: int) -> int:
    """Where a journey to a place began: Kassala in "by road from Kassala to the coast"; or -1."""
    to = parse.head[end]
    if parse.dep[end] != "pobj" or parse.lower[to] != "to":
        return -1
    place = to - 1
    while place > 0 and parse.head[place] != place and parse.dep[place] != "pobj" and parse.head[place] < to:
        place = parse.head[place]
    return place if parse.dep[place] == "pobj" and parse.lower[parse.head[place]] == "from" else -1


def _was_left(parse: Parse, event: int, place: int) -> bool:
    """Whether a place was left by the first of coordinated verbs: "withdrew from the hills and freed ten men"."""
    prep = parse.head[place]
    if parse.dep[place] != "pobj" or place > event or parse.dep[event] != "conj":
        return False
    first = event
    while parse.dep[first] == "conj":
        first = parse.head[first]
    return parse.lower[prep] == "from" and parse.head[prep] == first


def lent_places(parse: Parse, events: Sequence[int], found: Sequence[Places]) -> list[Places]:
    """The places of each event, by its head token, with those that another event lends one that has none."""
    own = dict(zip(events, found, strict=True))
    result = []
    for event, places in zip(events, found, strict=True):
        if not places:
            lender = next((k for k in (*causes(parse, event), *_errands(parse, event)) if own.get(k)), -1)
            places = tuple((head, "at") for head, role in own.get(lender, ()) if role != "from")
        result.append(places)
    return result


def _errands(parse: Parse, event: int) -> list[int]:
    """What was done so that the event could be: "came to the valley to meet the rebels"."""
    return [parse.head[event]] if parse.dep[event] == "advcl" and has_to(parse, event) else []
