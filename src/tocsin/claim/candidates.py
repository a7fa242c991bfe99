"""The mentions of a sentence that could fill a role: heads of noun phrases, pronouns, demonyms, bare numbers."""

from __future__ import annotations

from tocsin.understand.parse import Parse

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
INSIDE_NAME = frozenset({"compound", "nmod", "nummod", "quantmod", "npadvmod", "intj", "advmod"})
EXPLETIVES = frozenset({"there", "what", "which", "who", "whom", "that", "whose", "when", "where"})
NATIONAL = frozenset({"NORP", "GPE"})


def is_candidate(parse: Parse, i: int) -> bool:
    """Whether token `i` heads something that could be an actor, a recipient, an object or a place."""
    pos, dep = parse.pos[i], parse.dep[i]
    entity = parse.entity_at[i]
    national = entity >= 0 and parse.entities[entity].label in NATIONAL
    if pos == "ADJ":
        return national and dep in ("amod", "compound", "nmod")
    if pos not in NOMINAL:
        return False
    if dep in INSIDE_NAME:
        return dep in ("compound", "nmod") and national and parse.entities[entity].end <= parse.head[i]
    if pos == "NUM":
        return dep in ("nsubj", "nsubjpass", "dobj", "pobj") and not parse.lower[i][:4].isdigit()
    if pos == "PRON":
        return dep != "expl" and parse.lower[i] not in EXPLETIVES
    return parse.dep[i] != "det"


def candidates(parse: Parse) -> list[list[int]]:
    """The candidate heads of each sentence, in the order of the text."""
    return [[i for i in range(start, end) if is_candidate(parse, i)] for start, end in parse.sents]
