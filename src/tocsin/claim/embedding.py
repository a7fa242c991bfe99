"""Predicates with their complements: the frames of the lexicon found in the tree.

An `Embedding` is what a verb, a noun or an adjective passes to one of its complements: who vouches, and the effect on
the complement's status. `vouching` passes it down the tree, `attribution` shows it as an attribution.
"""

from __future__ import annotations

from typing import NamedTuple

from tocsin.claim.sources import Cues, Effect, Frame, cues
from tocsin.claim.subjects import agent_of, has_to, is_speaker, subject_of
from tocsin.model import Manner
from tocsin.understand.grammar import ALL_SUBJECTS, TENSED
from tocsin.understand.parse import Parse

CLAUSES = frozenset({"ccomp", "xcomp"})
LOOSE = frozenset({"relcl", "acl", "advcl"})
"""Dependencies by which a clause with "that" comes under a verb, where the parser missed that it is reported."""

APART = frozenset({";", ":"})
MARK = '"'
SEQUELS = frozenset({"after", "before"})
OWN = frozenset({"its", "their", "his", "her"})
PROPERTY = "property"
"""The frame of an infinitive with an adjective that stands behind its noun."""


class Embedding(NamedTuple):
    """What a predicate passes to one complement. `child`: head token of the complement; `source`: head token of who
    vouches (-1: nobody named); `manner` is `None` where the predicate brings in no source at all."""

    governor: int
    child: int
    frame: str
    effect: Effect
    manner: Manner | None
    vouches: bool
    attributes: bool
    source: int
    cue: tuple[int, int]


def embedding(governor: int, child: int, name: str, frame: Frame, source: int) -> Embedding:
    """What the noun or adjective `governor` passes to a complement by one of its frames."""
    cue = (governor, governor + 1)
    return Embedding(governor, child, name, frame.effect, frame.manner, frame.vouches, frame.attributes, source, cue)


def verb_embeddings(parse: Parse, i: int, lex: Cues) -> list[Embedding]:
    """The complements of a verb that its frames know."""
    key = parse.lemma[i]
    children = parse.children[i]
    dep = parse.dep
    passive = agent = False
    for k in children:
        d = dep[k]
        if d == "prt":
            phrasal = f"{key} {parse.lower[k]}"
            key = phrasal if phrasal in lex.verbs else key
        elif d == "auxpass" or d == "nsubjpass":
            passive = True
        elif d == "agent":
            agent = True
    if parse.tag[i] == "VBN" and not passive and dep[i] in ("acl", "amod"):
        passive = True
    row = lex.verbs[key]
    if passive and not agent and key in lex.passives:
        row = row | lex.passives[key]
    below = complements(parse, i, passive)
    if "of" in row and not any(name in ("of", "clause") for _, name in below):
        below += [(o, "of") for k, name in below if name == "object" and k > i for o in told_of(parse, k)]
    if "claim" in row:
        below = [(k, "claim") for k, name in below if name == "object" and parse.lemma[k] in lex.claims] + below
    if "own" in row:
        below = [(k, "own") for k, name in below if name == "object" and not has_owner(parse, k)] + below
    if "self" in row and not any(name == "object" for _, name in below):
        below = [(k, "self") for k, name in below if name == "to" and not has_subject(parse, k)] + below
    hits = [(k, name, row[name]) for k, name in below if name in row]
    if not hits:
        return []
    if any(name == "as" for _, name in below):
        # "cited the attack as a reason": what is called something is taken as given.
        hits = [(k, name, frame._replace(vouches=False) if name == "object" else frame) for k, name, frame in hits]
    named = key not in lex.raising and any(frame.manner for _, _, frame in hits)
    source = informant(parse, i) if named and key in lex.relayed.hears else -1
    if source < 0 and named:
        source = subject_of(parse, i, passive)
    cue = verb_cue(parse, i)
    found = []
    for k, name, frame in hits:
        effect, manner = frame.effect, frame.manner
        if passive and source < 0 and effect == "fact" and name in ("to", "clause") and manner:
            effect = "possible"
        if manner == "observed" and name == "object" and (source < 0 or parse.lemma[source] not in lex.documents):
            continue
        wide = wider_cue(parse, i, k, name, cue)
        vouches = frame.vouches or (frame.written and source >= 0 and parse.lemma[source] in lex.documents)
        found.append(Embedding(i, k, name, effect, manner, vouches, frame.attributes, source, wide))
        if name == "clause" and i < k and not has_subject(parse, k) and has_finite_auxiliary(parse, k):
            # "indicated [no support] | will come": the parser took the clause's subject for an object.
            found += [found[-1]._replace(child=o, attributes=False) for o in children if i < o < k and dep[o] == "dobj"]
    return found


def told_of(parse: Parse, person: int) -> list[int]:
    """What somebody is told of, where the parser hung it on him: "told the agency of attacks"."""
    if not is_speaker(parse, person):
        return []
    found = [o for p in parse.children[person] if parse.lower[p] == "of" and p > person for o in parse.children[p]]
    return [o for o in found if parse.dep[o] in ("pobj", "pcomp") and not is_speaker(parse, o)]


def has_owner(parse: Parse, k: int) -> bool:
    """Whether a noun is somebody else's than the subject's: "the party's anger", not "anger" nor "its anger"."""
    return any(parse.dep[c] == "poss" and parse.lower[c] not in OWN for c in parse.children[k])


def strayed_from(parse: Parse, k: int, lex: Cues) -> int:
    """The verb of saying to which a that-clause belongs that the parser hung on a noun between them ("said in a call
    to a radio station that ..."), or -1."""
    noun = parse.head[k]
    if parse.lemma[noun] in lex.nouns or not any(
        parse.dep[c] == "mark" and parse.lower[c] == "that" for c in parse.children[k]
    ):
        return -1
    for g in parse.ancestors(k)[1:5]:
        if parse.pos[g] == "VERB":
            known = "clause" in lex.verbs.get(parse.lemma[g], {})
            return g if known and not any(parse.dep[c] == "ccomp" for c in parse.children[g]) else -1
    return -1


def clause_embeddings(parse: Parse, i: int, k: int, lex: Cues) -> list[Embedding]:
    """What the verb `i` passes to the clause `k`, wherever that hangs."""
    frame = lex.verbs[parse.lemma[i]]["clause"]
    source = informant(parse, i) if parse.lemma[i] in lex.relayed.hears else -1
    vouches = frame.vouches or source >= 0
    if source < 0 and frame.manner:
        source = subject_of(parse, i)
    cue = verb_cue(parse, i)
    return [Embedding(i, k, "clause", frame.effect, frame.manner, vouches, frame.attributes, source, cue)]


def informant(parse: Parse, i: int) -> int:
    """Who told: "heard from sources that ..."; -1 where nobody is named."""
    for k in parse.children[i]:
        if parse.dep[k] == "prep" and parse.lower[k] == "from":
            return next((o for o in parse.children[k] if parse.dep[o] == "pobj" and is_speaker(parse, o)), -1)
    return -1


def complements(parse: Parse, i: int, passive: bool) -> list[tuple[int, str]]:
    """The complements of a verb: head token and name of the frame each would fill."""
    found = []
    dep, tag = parse.dep, parse.tag
    for k in parse.children[i]:
        d = dep[k]
        if d in CLAUSES or (d in LOOSE and has_mark(parse, k, "that")):
            if d == "ccomp" and tag[k] == "VBN" and not is_clause(parse, k):
                continue  # "held talks focused on peace"
            if k > i or not APART.intersection(parse.word[parse.right[k] : i]):
                found.append((k, "clause" if k > i and is_split(parse, i, k) else clause_frame(parse, k)))
        elif d == "dobj" or (d == "nsubjpass" and passive):
            found.append((k, "object"))
        elif d == "oprd":
            found.append((k, "name"))
        elif d == "prep" or (d == "conj" and parse.pos[k] == "ADP"):
            # the second: "called for a truce in the valley, and for talks"
            name = parse.lower[k]
            for o in parse.children[k]:
                if dep[o] in ("pobj", "pcomp"):
                    found.append((o, name))
                elif dep[o] == "conj" and parse.lower[o] == name:
                    # "called for a truce and for talks"
                    found += [(c, name) for c in parse.children[o] if dep[c] in ("pobj", "pcomp")]
        elif d == "dative" and parse.pos[k] == "ADP":
            continue
        elif d == "advcl" and tag[k] == "VB" and has_to(parse, k) and (has_for(parse, k) or not has_subject(parse, k)):
            found.append((k, "to"))
    clauses = [k for k, name in found if name == "clause"]
    if not clauses:
        return found
    return found + (adjuncts(parse, i, clauses[0]) if clauses[0] > i else sequels(parse, i, clauses[0]))


def is_split(parse: Parse, i: int, k: int) -> bool:
    """Whether an infinitive is a part of the reported clause after it, whose subject the parser took for its own ("said
    the plan to remove them follows talks")."""
    after = any(parse.dep[c] == "ccomp" and c > k and not has_to(parse, c) for c in parse.children[i])
    return after and has_to(parse, k) and has_subject(parse, k) and not has_for(parse, k)


def adjuncts(parse: Parse, i: int, clause: int) -> list[tuple[int, str]]:
    """What else belongs to a reported clause though it hangs on the verb of saying: a second clause with "that", and
    clauses and phrases set off between the verb and the clause ("said although ..., no decision was made")."""
    found = []
    for k in parse.children[i]:
        d = parse.dep[k]
        if d == "conj" and k > clause and has_mark(parse, k, "that"):
            found.append((k, "clause"))
        elif i < k < parse.left[clause] and parse.word[parse.right[k] + 1] == ",":
            if d == "advcl":
                found.append((k, "clause"))
            elif d == "prep" and k == i + 1:
                found += [(o, "clause") for o in parse.children[k] if parse.dep[o] in ("pobj", "pcomp")]
    return found


def sequels(parse: Parse, i: int, clause: int) -> list[tuple[int, str]]:
    """What goes on with a reported clause after its verb of saying: "A bomb went off, police said, [killing two]", "The
    men are free, police said, [a week after they went missing]"; not what follows a quotation."""
    if MARK in parse.word[clause:i]:
        return []
    found = []
    for k in parse.children[i]:
        if k > i and parse.dep[k] == "advcl" and parse.word[parse.left[k] - 1] == ",":
            outcome = parse.tag[k] == "VBG" and parse.lemma[k] not in cues().verbs
            if outcome or any(parse.dep[c] == "mark" and parse.lower[c] in SEQUELS for c in parse.children[k]):
                found.append((k, "clause"))
    return found


def has_mark(parse: Parse, k: int, word: str) -> bool:
    """Whether a clause is opened by a conjunction."""
    return any(parse.dep[c] == "mark" and parse.lower[c] == word for c in parse.children[k])


def clause_frame(parse: Parse, k: int) -> str:
    """Which frame a clause fills: `to`, `ing` or `clause`."""
    if has_to(parse, k):
        return "to"
    if has_mark(parse, k, "that"):
        return "clause"
    tag = parse.tag[k]
    bare = tag == "VBG" or (parse.dep[k] == "xcomp" and parse.lower[k].endswith("ing"))
    if bare and not any(parse.dep[c] == "aux" for c in parse.children[k]):
        return "ing"
    if tag == "VB" and parse.dep[k] == "xcomp":
        return "to"
    return "clause"


def has_for(parse: Parse, k: int) -> bool:
    """Whether an infinitive has its subject after "for" ("for the troops to leave")."""
    return any(parse.dep[c] == "mark" and parse.lower[c] == "for" for c in parse.children[k])


def has_finite_auxiliary(parse: Parse, k: int) -> bool:
    """Whether a verb group has a tense that its auxiliary shows."""
    aux = [c for c in parse.children[k] if parse.dep[c] in ("aux", "auxpass")]
    return any(parse.tag[c] in TENSED or parse.tag[c] == "MD" for c in aux)


def is_clause(parse: Parse, k: int) -> bool:
    """Whether a participle has a subject, an auxiliary or a conjunction, as the verb of a clause does."""
    return any(parse.dep[c] in ALL_SUBJECTS or parse.dep[c] in ("aux", "auxpass", "mark") for c in parse.children[k])


def has_subject(parse: Parse, k: int) -> bool:
    """Whether a verb has a subject of its own."""
    return any(parse.dep[c] in ALL_SUBJECTS for c in parse.children[k])


def verb_cue(parse: Parse, i: int) -> tuple[int, int]:
    """The token range of a verb used as a cue: with its particle."""
    end = i + 1
    if end < len(parse) and parse.dep[end] == "prt" and parse.head[end] == i:
        end += 1
    return i, end


def wider_cue(parse: Parse, i: int, child: int, name: str, cue: tuple[int, int]) -> tuple[int, int]:
    """The cue with the preposition that leads to the content, where that stands beside it."""
    p = parse.head[child]
    if name not in ("clause", "to", "ing", "object") and p == cue[1]:
        return cue[0], p + 1
    return cue


def noun_embeddings(parse: Parse, i: int, lex: Cues) -> list[Embedding]:
    """The complements of a noun: "the claim that", "a plan to", "threat of", "peace plan"."""
    found = []
    row = lex.nouns[parse.lemma[i]]
    dep = parse.dep
    for k in parse.children[i]:
        d = dep[k]
        name, child = "", k
        if d == "acl" or d == "relcl" or (d == "advcl" and has_for(parse, k)):
            if has_to(parse, k):
                name = "to"
            elif any(parse.dep[c] == "mark" and parse.lower[c] == "that" for c in parse.children[k]):
                name = "clause"
        elif d == "ccomp":
            name = "clause"
        elif d == "prep" and k > i:
            name = parse.lower[k]
            child = next((o for o in parse.children[k] if dep[o] in ("pobj", "pcomp")), -1)
        elif d == "compound":
            name = "compound"
        frame = row.get(name)
        if frame is not None and child >= 0:
            source = noun_source(parse, i, name) if frame.manner else -1
            if source < 0 and parse.lemma[i] in lex.themselves:
                source = i
            found.append(embedding(i, child, name, frame, source))
    return found


def noun_source(parse: Parse, i: int, frame: str) -> int:
    """Whose claim, plan or promise a noun is: its possessor, the noun after "by" or "from" (or "of", where a clause
    follows), or the subject of the verb whose object it is ("expressed its intention"); -1 where nobody is named."""
    makers = ("by", "from", "of") if frame in ("clause", "to") else ("by", "from")
    own = parse.dep[i] == "dobj" and parse.pos[parse.head[i]] == "VERB"
    for k in parse.children[i]:
        if (parse.dep[k] == "poss" and not (own and parse.lower[k] in OWN)) or (
            parse.dep[k] in ("compound", "nmod") and is_body(parse, k)
        ):
            return k
        if parse.dep[k] in ("prep", "agent") and parse.lower[k] in makers:
            for o in parse.children[k]:
                if parse.dep[o] == "pobj":
                    return o
        if parse.dep[k] == "acl" and parse.tag[k] == "VBN" and not has_mark(parse, k, "that"):
            maker = agent_of(parse, k)
            if maker >= 0:
                return maker
    h = parse.head[i]
    if parse.dep[i] == "dobj" and parse.pos[h] == "VERB":
        subject = subject_of(parse, h) if parse.lemma[h] not in cues().relayed.lacks else -1
        return subject if subject < 0 or is_speaker(parse, subject) else -1
    # "ACME reports that ...", with the verb taken for a noun
    return h if parse.dep[i] == "dobj" and parse.pos[h] == "PROPN" else -1


def is_body(parse: Parse, k: int) -> bool:
    """Whether a noun before another is the name of a state or body ("the United States proposal")."""
    at = parse.entity_at[k]
    return at >= 0 and parse.entities[at].label in ("GPE", "ORG", "PERSON")


def adjective_embeddings(parse: Parse, i: int, row: dict[str, Frame]) -> list[Embedding]:
    """The complements of an adjective: "likely to", "confident that", "afraid of". What it says of the noun that it
    follows ("missiles able to strike") is a property, not something that was done."""
    found = []
    hosts = [i]
    is_property = PROPERTY in row and parse.dep[i] in ("amod", "acl") and parse.head[i] < i
    if parse.dep[i] in ("acomp", "oprd"):
        hosts.append(parse.head[i])
    for host in hosts:
        for k in parse.children[host]:
            d = parse.dep[k]
            name, child = "", k
            if d in CLAUSES or (d == "advcl" and has_to(parse, k)):
                name = PROPERTY if is_property else clause_frame(parse, k)
            elif d == "prep" and host == i:
                name = parse.lower[k]
                child = next((o for o in parse.children[k] if parse.dep[o] in ("pobj", "pcomp")), -1)
            frame = row.get(name)
            if frame is None or child < 0 or child == i:
                continue
            source = subject_of(parse, parse.head[i]) if frame.manner and parse.head[i] != i else -1
            found.append(embedding(i, child, name, frame, source))
    return found
