"""The mentions of a sentence that could fill a role: heads of noun phrases, pronouns, demonyms, bare numbers, adverbs
that stand for a place; and words before a noun or a hyphen that name who acts ("police raid", "rebel-held")."""

from __future__ import annotations

from tocsin.claim.classes import lookup
from tocsin.understand.grammar import NOMINAL, SUBJECTS
from tocsin.understand.parse import Parse

INSIDE_NAME = frozenset({"compound", "nmod", "nummod", "quantmod", "npadvmod", "intj"})
BEFORE_NOUN = frozenset({"amod", "compound", "nmod"})
ARGUMENTS = SUBJECTS | {"dobj", "pobj"}
EXPLETIVES = frozenset({"there", "what", "which", "who", "whom", "that", "whose", "when", "where"})
NATIONAL = frozenset({"NORP", "GPE"})
NAMED = NATIONAL | {"ORG", "PERSON", "FAC", "LOC"}
SOMEWHERE = frozenset({"there", "here", "abroad", "overseas", "home", "elsewhere", "ashore"})
"""Adverbs that stand for a place."""

HYPHENS = frozenset({"-", "–", "‐", "\u2011"})
YEAR_DIGITS = 4


def is_candidate(parse: Parse, i: int) -> bool:
    """Whether token `i` heads something that could be an actor, a recipient, an object or a place."""
    pos, dep = parse.pos[i], parse.dep[i]
    if dep == "advmod" or pos == "ADV":
        return parse.lower[i] in SOMEWHERE
    if pos == "ADJ":
        return _is_somebody(parse, i)
    if pos == "VERB":
        return dep in ARGUMENTS and parse.tag[i] == "VBN" and _has_article(parse, i)
    if pos not in NOMINAL:
        return False
    if dep in INSIDE_NAME:
        return _before_noun(parse, i) if dep in BEFORE_NOUN else dep == "npadvmod" and _before_hyphen(parse, i)
    if pos == "NUM":
        return dep in ARGUMENTS and (_has_article(parse, i) or not parse.lower[i][:YEAR_DIGITS].isdigit())
    if pos == "PRON":
        return dep != "expl" and parse.lower[i] not in EXPLETIVES
    return dep != "det"


def _is_somebody(parse: Parse, i: int) -> bool:
    """Whether an adjective stands for people: "Israeli raids", "Iranian-led", "the British left", "many fled"."""
    dep = parse.dep[i]
    if dep in BEFORE_NOUN:
        return _label(parse, i) in NATIONAL
    if dep == "npadvmod":
        return _before_hyphen(parse, i)
    return dep in SUBJECTS or (dep in ARGUMENTS and _has_article(parse, i))


def _before_noun(parse: Parse, i: int) -> bool:
    """Whether a word before a noun names somebody or some place of its own: "Syria talks", "police raid"."""
    entity = parse.entity_at[i]
    if entity < 0:
        return parse.pos[i] == "NOUN" and lookup().is_agent(parse, i)
    found = parse.entities[entity]
    return found.label in NAMED and found.end <= parse.head[i] and i == found.end - 1


def _before_hyphen(parse: Parse, i: int) -> bool:
    """Whether a word hyphenated to a participle says who did it: "rebel-held", "US-backed"."""
    if i + 1 >= len(parse) or parse.lower[i + 1] not in HYPHENS or parse.end[i] != parse.start[i + 1]:
        return False
    return _label(parse, i) in NAMED or lookup().is_agent(parse, i)


def _has_article(parse: Parse, i: int) -> bool:
    """Whether a word stands for those it describes: "the accused", "the British", "the 36"."""
    return any(parse.dep[k] == "det" for k in parse.children[i])


def _label(parse: Parse, i: int) -> str:
    entity = parse.entity_at[i]
    return parse.entities[entity].label if entity >= 0 else ""


def candidates(parse: Parse) -> list[list[int]]:
    """The candidate heads of each sentence, in the order of the text."""
    return [[i for i in range(start, end) if is_candidate(parse, i)] for start, end in parse.sents]
