"""What a pronoun stands for where a rule asks for a thing: "supplied them to its ally" after "240mm launchers".

Only the classes named `referents` in `classes.yaml` are looked for (weapons, forces, money, aid): who a personal
pronoun means is another stage's question.
"""

from __future__ import annotations

from tocsin.claim.classes import lookup
from tocsin.understand.parse import Parse

MANY = frozenset({"them", "they", "these", "those", "both", "some"})
SINGULAR = frozenset({"it", "this", "that", "one"})
PRONOUNS = MANY | SINGULAR
SENTENCES = 2
"""How many sentences before its own a pronoun may reach."""
INNER = frozenset({"compound", "amod", "nmod", "poss", "npadvmod", "nummod"})
"""Dependencies of a word that is part of another name."""


def antecedent(parse: Parse, i: int) -> int | None:
    """The nearest earlier noun of a referent class that agrees in number with the pronoun at token `i`; `None` where
    there is none, or where people stand nearer, whom a plural pronoun means first."""
    lower = parse.lower[i]
    if lower not in PRONOUNS or parse.pos[i] not in ("PRON", "DET"):
        return None
    classes = lookup()
    plural = lower in MANY
    above = set(parse.ancestors(i))
    first = parse.sents[max(parse.sent[i] - SENTENCES, 0)][0]
    for k in range(i - 1, first - 1, -1):
        if parse.pos[k] not in ("NOUN", "PROPN") or parse.dep[k] in INNER:
            continue
        if parse.tag[k].endswith("S") != plural or (parse.dep[k] == "nsubj" and parse.head[k] in above):
            continue
        found = classes.of(parse, k)
        if found & classes.referents:
            return k
        if plural and "person" in found and (parse.dep[k] != "pobj" or parse.sent[k] == parse.sent[i]):
            return None
    return None
