"""Who acts, by what the grammar tells of the clauses of a sentence.

The network judges an event and a mention at a time. A verb that has a subject of its own does not have that of another
clause too: in "Rebels took the town, the governor said, and he called for help" rebels do not call. And a storm, though
it has a name, is nobody.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from tocsin.claim.arguments import is_passive, is_verbal
from tocsin.claim.classes import lookup
from tocsin.understand.grammar import TENSED
from tocsin.understand.parse import Parse

HAZARD = "hazard"
"""The class of the words for forces of nature."""

RELATIVE = frozenset({"WDT", "WP", "WP$", "EX"})
"""Tags of subjects that stand for others."""


def own_actors(parse: Parse, event: int, actors: Sequence[int], ruled: Collection[int]) -> tuple[int, ...]:
    """The actors of an event by their head tokens, without the subjects of other clauses where its verb has one of its
    own; where that is a pronoun and some other mention is named in its place, the nearest of them. `ruled`: those that
    a rule has named."""
    own = _subject(parse, event)
    others = [k for k in actors if k not in ruled and k != own and _is_elsewhere(parse, k, event)] if own >= 0 else []
    if own not in actors and others:
        others.remove(min(others, key=lambda k: abs(k - event)))
    return tuple(k for k in actors if k not in others and not _is_storm(parse, k))


def _is_storm(parse: Parse, k: int) -> bool:
    """Whether a name is of a force of nature, which has no article ("Hurricane Ella", but "the Hurricane Center")."""
    if parse.pos[k] != "PROPN" or any(parse.dep[c] == "det" for c in parse.children[k]):
        return False
    return any(parse.dep[c] == "compound" and HAZARD in lookup().of(parse, c) for c in parse.children[k])


def _subject(parse: Parse, event: int) -> int:
    """The subject that an active verb has itself, or that the verb has which it completes; or -1."""
    i = event
    while is_verbal(parse, i) and not is_passive(parse, i):
        own = next((k for k in parse.children[i] if parse.dep[k] == "nsubj" and parse.tag[k] not in RELATIVE), -1)
        if own >= 0 or parse.dep[i] != "xcomp":
            return own
        i = parse.head[i]
    return -1


def _is_elsewhere(parse: Parse, k: int, event: int) -> bool:
    """Whether a mention is the subject of another finite clause, which does not stand for this one ("as did he"), or
    does what a participle tells ("a ship chartered by the state")."""
    above = parse.head[k]
    if parse.dep[k] == "pobj" and parse.dep[above] == "agent":
        return parse.head[above] != event
    if parse.dep[k] != "nsubj" or above == event or not is_verbal(parse, above) or parse.lemma[above] == "do":
        return False
    return parse.tag[above] in TENSED or any(
        parse.dep[c] == "aux" and (parse.tag[c] in TENSED or parse.tag[c] == "MD") for c in parse.children[above]
    )
