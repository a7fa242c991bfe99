"""Who does what a verb says: the subject that the parser gave it, or the one that the order of the words gives it."""

from __future__ import annotations

from tocsin.claim.classes import lookup
from tocsin.claim.sources import Cues, cues
from tocsin.understand.grammar import ACTING, NOMINAL, TENSED
from tocsin.understand.parse import Parse

RELATIVES = frozenset({"who", "which", "that", "whom"})
THINGS = frozenset({"which", "that"})
RELATIVE_TAGS = frozenset({"WDT", "WP"})
TIMES = frozenset({"DATE", "TIME"})
POINTERS = frozenset({"this", "that", "these", "those", "what", "which"})
INNER = frozenset({"in", "of", "at", "from", "to"})
"""Prepositions after a document, before whom or what it is about, from or to."""

DEEPEST = 40
"""Steps up the tree to a main clause, at most."""


def subject_of(parse: Parse, i: int, passive: bool = False) -> int:
    """The head token of who does what verb `i` says, -1 where nobody is named: its subject or agent, the noun that a
    relative or participial clause describes, the subject of the verb it is joined to or depends on."""
    if passive:
        return agent_of(parse, i)
    own = nearest_subject(parse, i)
    if own < 0 and parse.tag[i] == "VBG" and parse.dep[i] in ("advcl", "acl") and i > 0 and parse.word[i - 1] == ",":
        main = main_subject(parse, i)
        if 0 <= main < i:
            return main
    if own >= 0:
        own = antecedent(parse, i, own)
        if is_speaker(parse, own):
            return own
        beside = joined_noun_before(parse, i)
        return next((k for k in (beside, name_after(parse, i)) if k >= 0), own)
    before = noun_before(parse, i) if parse.dep[i] not in ("relcl", "acl") else -1
    if before >= 0 and (parse.head[i] == i or parse.dep[before] not in ("dobj", "pobj")):
        return before
    inherited = inherited_subject(parse, i)
    if parse.dep[i] == "conj" and inherited >= 0 and not is_speaker(parse, inherited):
        return speaker_before(parse, i, inherited)
    return inherited


def speaker_before(parse: Parse, i: int, inherited: int) -> int:
    """For a verb that is joined to one whose subject can say nothing: the last subject before it that can ("the trip
    was the day that she came in and said ..."), else the inherited one."""
    for k in range(i - 1, inherited, -1):
        placed = any(parse.tag[c] == "WRB" for c in parse.children[parse.head[k]])  # "where the press was waiting"
        if parse.dep[k] == "nsubj" and parse.tag[k] not in RELATIVE_TAGS and not placed and is_speaker(parse, k):
            return k
    return inherited


def nearest_subject(parse: Parse, i: int) -> int:
    """The subject that hangs on a verb; of several, which the parser never means, the last one before it."""
    own = [k for k in parse.children[i][:DEEPEST] if parse.dep[k] in ("nsubj", "expl")]
    before = [k for k in own if k < i]
    return before[-1] if before else own[0] if own else -1


def inherited_subject(parse: Parse, i: int) -> int:
    """The subject of a verb that has none of its own: that of the verbs above it."""
    for _ in range(8):
        d, h = parse.dep[i], parse.head[i]
        if h == i:
            return -1
        if d in ("relcl", "acl"):
            return described(parse, i, h)
        if d == "pcomp":
            told = child_of(parse, parse.head[h], ("dobj", "nsubjpass")) if parse.lower[h] == "as" else -1
            if told >= 0:
                return told
            i = parse.head[h]
        elif d in ("conj", "advcl", "xcomp", "dep", "ccomp"):
            i = joined_to(parse, i)
            suffered = child_of(parse, i, ("nsubjpass",))
            if suffered >= 0:
                return antecedent(parse, i, suffered)
        else:
            return -1
        if parse.pos[i] in NOMINAL:
            return i
        own = child_of(parse, i, ("nsubj", "expl"))
        if own >= 0:
            return antecedent(parse, i, own)
    return -1


def main_subject(parse: Parse, i: int) -> int:
    """The subject of the main clause, with which ", saying that ..." goes on after a comma, wherever the parser hung
    it; of "the radio quoted officials as saying ...", the officials. -1 where there is none."""
    noun = parse.head[i]
    if parse.dep[noun] == "pobj" and parse.lower[parse.head[noun]] == "with":
        return noun  # "with the minister, a lawyer, saying that ..."
    root = i
    for _ in range(DEEPEST):
        root = parse.head[root]
    for k in parse.children[root]:
        if parse.lower[k] == "as" and root < k < i and child_of(parse, k, ("pcomp",)) >= 0:
            return child_of(parse, root, ("dobj", "nsubjpass"))
    return child_of(parse, root, ("nsubj", "nsubjpass"))


def joined_to(parse: Parse, i: int) -> int:
    """The verb on which verb `i` hangs. A finite verb is not coordinated with an infinitive, but with the verb above
    ("they want to drive them out and expect to win")."""
    h = parse.head[i]
    if parse.dep[i] == "conj" and parse.tag[i] in TENSED:
        while parse.tag[h] == "VB" and child_of(parse, h, ("nsubj",)) < 0 and has_to(parse, h):
            up = next((k for k in parse.ancestors(h) if parse.pos[k] in ("VERB", "AUX")), h)
            if up == h:
                break
            h = up
    return h


def has_to(parse: Parse, k: int) -> bool:
    """Whether a verb is an infinitive with "to"."""
    return any(parse.dep[c] == "aux" and parse.lower[c] == "to" for c in parse.children[k])


def child_of(parse: Parse, i: int, deps: tuple[str, ...]) -> int:
    """The first child with one of the dependencies, among the first of a long row, or -1."""
    for k in parse.children[i][:DEEPEST]:
        if parse.dep[k] in deps:
            return k
    return -1


def noun_before(parse: Parse, i: int) -> int:
    """The noun right before a finite verb that the parser gave no subject, or -1."""
    k = i - 1
    while k > 0 and parse.pos[k] in ("ADV", "AUX"):
        k -= 1
    finite = parse.tag[i] in TENSED or k < i - 1
    if k < 0 or not finite or parse.pos[k] not in NOMINAL or parse.sent[k] != parse.sent[i]:
        return -1
    at = parse.entity_at[k]
    return k if at < 0 or parse.entities[at].label not in TIMES else -1


def joined_noun_before(parse: Parse, i: int) -> int:
    """For a verb of saying whose subject can say nothing: the noun right before it that can, where "and" stands
    before that noun ("more planes are headed there and officials say ..."); else -1."""
    k = noun_before(parse, i)
    if k < 0 or not is_speaker(parse, k):
        return -1
    first = parse.left[k]
    return k if first > 0 and parse.pos[first - 1] == "CCONJ" else -1


def name_after(parse: Parse, i: int) -> int:
    """The head of the name right after a verb of saying that follows a comma (", said Jane Doe,"), or -1; after "told"
    stands the one who was told."""
    if i == 0 or i + 2 >= len(parse) or parse.word[i - 1] != "," or parse.entity_at[i + 1] < 0:
        return -1
    name = parse.entities[parse.entity_at[i + 1]]
    closed = name.end < len(parse) and parse.pos[name.end] == "PUNCT"
    told = "of" in cues().verbs.get(parse.lemma[i], {})
    return name.end - 1 if name.label in ACTING and name.start == i + 1 and closed and not told else -1


def agent_of(parse: Parse, i: int) -> int:
    """The noun after "by" of a passive, or -1."""
    for k in parse.children[i]:
        if parse.dep[k] == "agent":
            for o in parse.children[k]:
                if parse.dep[o] == "pobj":
                    return o
    return -1


def antecedent(parse: Parse, verb: int, subject: int) -> int:
    """The noun that a relative pronoun stands for; any other subject is itself."""
    if parse.lower[subject] in RELATIVES and parse.dep[verb] == "relcl":
        head = parse.head[verb]
        if parse.lower[subject] in THINGS:
            return document_above(parse, head)
        beside = -1 if is_speaker(parse, head) else person_before(parse, subject)
        return head if beside < 0 else beside
    if parse.tag[subject] in RELATIVE_TAGS and subject > 0:
        k = subject - 1 - (parse.pos[subject - 1] == "PUNCT")
        if k >= 0 and parse.pos[k] in NOMINAL and parse.sent[k] == parse.sent[subject]:
            return document_above(parse, k)
    return subject


def person_before(parse: Parse, who: int) -> int:
    """The person right before ", who", with those he is joined to ("a rebuke by the king and the pope, who warned")."""
    k = who - 2
    if k < 0 or parse.word[who - 1] != "," or parse.pos[k] not in NOMINAL or not is_speaker(parse, k):
        return -1
    while parse.dep[k] in ("conj", "appos") and is_speaker(parse, parse.head[k]):
        k = parse.head[k]
    return k


def described(parse: Parse, verb: int, noun: int) -> int:
    """The doer of a clause that hangs on a noun: that noun, its subject where it is what somebody became ("the first
    to say"), the document that it is part of, or who sent that document; -1 where it hangs on no noun."""
    if parse.pos[noun] not in NOMINAL:
        return -1
    if parse.dep[noun] == "attr":
        became = child_of(parse, parse.head[noun], ("nsubj",))
        if became >= 0 and has_to(parse, verb):
            return became
    if parse.tag[verb] != "VBG":
        return noun
    p = parse.head[noun]
    if parse.dep[p] == "dative":
        sent = parse.head[p]
        if any(parse.dep[k] == "dobj" and parse.lemma[k] in cues().documents for k in parse.children[sent]):
            return child_of(parse, sent, ("nsubj",))
    return document_above(parse, noun)


def document_above(parse: Parse, noun: int) -> int:
    """The document on which a noun depends ("a video of the protest that shows ...", "an agreement in Rome, Italy,
    which calls for ..."); the noun itself where it is one, or depends on none."""
    lex = cues()
    k = noun
    while parse.lemma[k] not in lex.documents:
        if parse.dep[k] in ("appos", "compound"):
            k = parse.head[k]
        elif parse.dep[k] == "pobj" and parse.lower[parse.head[k]] in INNER:
            k = parse.head[parse.head[k]]
        else:
            return noun
        if parse.pos[k] not in NOMINAL:
            return noun
    return k


def is_speaker(parse: Parse, k: int) -> bool:
    """Whether a noun can be the subject of saying: a source, or anybody who acts."""
    lex = cues()
    if parse.lower[k] in POINTERS:
        return False
    return can_say(parse, k, lex) or parse.lemma[k] in lex.polities or lookup().is_agent(parse, k)


def can_say(parse: Parse, k: int, lex: Cues) -> bool:
    """Whether a noun can be a source: a name, a pronoun, a document, or people who are asked for news."""
    at = parse.entity_at[k]
    if at >= 0 and parse.entities[at].label in ACTING:
        return True
    return parse.pos[k] in ("PRON", "PROPN") or parse.lemma[k] in lex.sayers
