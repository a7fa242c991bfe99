"""What brought about the harm that a verb tells of: those whom a blast kills it kills where and when it is."""

from __future__ import annotations

from tocsin.understand.figure_lexicon import tables
from tocsin.understand.parse import Parse

HARMS = frozenset({"killed", "wounded", "killed_or_wounded", "displaced"})
"""What becomes of people by an act that may be told beside it; an arrest is an act of its own."""

LEADING = frozenset({"in", "by", "during"})
"""Prepositions before the act in which somebody comes to harm."""

RELATIVES = frozenset({"that", "which"})


def causes(parse: Parse, event: int) -> list[int]:
    """What may have brought the harm that a verb tells of: its subject ("the blast killed two"), the act in which it
    was done ("killed in a blast"), the noun of its clause ("the blast that killed two"), or the verb that it goes with
    ("a bomb went off, killing two"). A subject may be no event at all; whoever asks knows which words are."""
    if not _is_harm(parse, event):
        return []
    found = [k for k in (parse.head[event], *parse.children[event]) if _is_beside(parse, event, k)]
    for k in parse.children[event]:
        if parse.dep[k] == "nsubj":
            found.append(parse.head[event] if _is_relative(parse, event, k) else k)
        elif parse.dep[k] in ("prep", "agent") and parse.lower[k] in LEADING:
            found += [act for act in parse.children[k] if parse.dep[act] == "pobj"]
    while parse.dep[event] == "conj" and parse.tag[parse.head[event]] == "VBG":
        event = parse.head[event]
    marked = any(parse.dep[k] in ("mark", "nsubj") for k in parse.children[event])
    if parse.dep[event] == "advcl" and parse.tag[event] == "VBG" and not marked:
        found.append(parse.head[event])
    return found


def _is_harm(parse: Parse, verb: int) -> bool:
    """Whether a verb tells that people came to harm."""
    lemma, fates = parse.lemma[verb], tables()
    return fates.objects.get(lemma) in HARMS or fates.subjects.get(lemma) in HARMS


def _is_beside(parse: Parse, event: int, verb: int) -> bool:
    """Whether two harms are told in one breath: "two were killed and three wounded there"."""
    joined = parse.dep[verb] == "conj" if parse.head[verb] == event else parse.dep[event] == "conj"
    return joined and verb != event and _is_harm(parse, verb)


def _is_relative(parse: Parse, event: int, subject: int) -> bool:
    return parse.dep[event] == "relcl" and parse.lower[subject] in RELATIVES
