"""Whether a source speaks of itself: "it will withdraw, the army said" is a plan, "the rebels will withdraw, the army
said" somebody else's forecast."""

from __future__ import annotations

from tocsin.understand.grammar import ACTING
from tocsin.understand.parse import Parse

FIRST_PERSONS = frozenset({"i", "we", "us", "me", "our", "my"})
SINGULARS = frozenset({"he", "she", "it", "him", "her", "his", "its"})
THINGS = frozenset({"it", "its"})
PLURALS = frozenset({"they", "them", "their"})
STEM = 4
"""Letters that a name and its demonym share at least ("Turkey", "Turkish")."""


def is_party(parse: Parse, k: int) -> bool:
    """Whether the noun `k` is a name or pronoun of somebody who can act for himself."""
    if parse.lower[k] in FIRST_PERSONS or parse.lower[k] in SINGULARS or parse.lower[k] in PLURALS:
        return True
    at = parse.entity_at[k]
    return at >= 0 and parse.entities[at].label in ACTING


def is_thing(parse: Parse, k: int) -> bool | None:
    """Whether a source is called "it" (a body), not "he" or "she" (a person); `None` where its word does not show."""
    if parse.lower[k] in SINGULARS:
        return parse.lower[k] in THINGS
    at = parse.entity_at[k]
    return False if at >= 0 and parse.entities[at].label == "PERSON" else None


def speaks_of_itself(parse: Parse, source: int, subject: int) -> bool:
    """Whether `subject`, in what `source` says, means the source or the side it speaks for."""
    if subject == source:
        return True
    word = parse.lower[subject]
    if word in FIRST_PERSONS or word == parse.lower[source]:
        return True
    plural = parse.tag[source] in ("NNS", "NNPS")
    if word in SINGULARS:
        return not plural and subject > source - 40 and is_thing(parse, source) in (None, word in THINGS)
    if word in PLURALS:
        return plural or parse.tag[source] in ("NNP", "NN") or parse.lower[source] in PLURALS
    stems = {parse.lower[k][:STEM] for k in range(parse.left[source], min(parse.right[source], source + 8) + 1)}
    words = [k for k in range(parse.left[subject], subject + 1) if parse.pos[k] in ("PROPN", "ADJ", "NOUN")]
    own = {parse.lower[k][:STEM] for k in words}
    return any(len(stem) >= STEM and stem in stems for stem in own)
