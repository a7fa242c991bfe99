"""Reported clauses that the parser did not hang under their verb of saying.

Without "that", a parser easily takes the subject of the reported clause for the object of the verb, and hangs what
follows somewhere else: "The watch estimated [2,000 women] | were held". The order of the words gives it away: a finite
verb whose subject stands after the verb of saying, with nothing but a noun phrase between, and no conjunction.
"""

from __future__ import annotations

from tocsin.claim.embedding import Embedding, clause_embeddings, embedding, has_mark
from tocsin.claim.sources import Cues
from tocsin.claim.subjects import child_of, is_speaker, subject_of
from tocsin.understand.grammar import ALL_SUBJECTS, NOMINAL, TENSED
from tocsin.understand.parse import Parse

FINITE = TENSED | {"MD"}
CUES = frozenset({"VBD", "VBZ", "VBP", "VBG", "VB"})
"""Tags of a verb of saying that can have a clause left over; a participle of the passive has none."""

BREAKS = frozenset({"CCONJ", "SCONJ"})
REACH = 40
"""Tokens from a verb of saying to the verb of its clause, at most."""


def stray_clauses(parse: Parse, i: int, found: list[Embedding], lex: Cues) -> list[Embedding]:
    """What the verb of saying `i` passes to a clause that hangs elsewhere, and to the noun phrase that is its subject;
    nothing where it has a clause of its own. `found`: the complements that it has in the tree."""
    if parse.dep[i] == "pcomp" and parse.lower[parse.head[i]] not in ("by", "as", "with"):
        return []  # "for questioning": an act
    frame = lex.verbs[parse.lemma[i]].get("clause")
    if frame is None or not frame.vouches or (frame.manner == "said" and parse.lemma[i] not in lex.speech):
        return []
    if parse.tag[i] not in CUES or parse.dep[i] in ("amod", "csubj"):
        return []
    clause = next((e.child for e in found if e.frame == "clause" and e.child > i), -1)
    if clause >= 0:
        verb = _predicate_after(parse, clause)
        return clause_embeddings(parse, i, verb, lex) if verb >= 0 else []
    if any(e.frame in ("clause", "to", "as", "ing") for e in found):
        return []
    if parse.dep[i] == "nsubj":
        return stray_object(parse, i, lex)
    source = subject_of(parse, i)
    if source < 0 or not is_speaker(parse, source):
        return []
    verb = _finite_after(parse, i)
    if verb < 0 or not _is_left_over(parse, i, verb):
        return []
    heads = [k for k in parse.children[i] if i < k < verb and parse.dep[k] in ("dobj", "dative")]
    return [e for k in (verb, *heads) for e in clause_embeddings(parse, i, k, lex)]


def verb_taken_for_noun(parse: Parse, i: int, lex: Cues) -> list[Embedding]:
    """What a verb of saying passes to its clause, where the tagger took its present tense for a plural: "The court
    [rules] that partners may qualify"."""
    if parse.tag[i] != "NNS" or "clause" not in lex.verbs[parse.lemma[i]]:
        return []
    clause = next((k for k in parse.children[i] if k > i and has_mark(parse, k, "that")), -1)
    subject = next((k for k in parse.children[i] if k < i and parse.dep[k] in ("nsubj", "compound")), -1)
    if clause < 0 or subject < 0:
        return []
    return [e._replace(source=subject) for e in clause_embeddings(parse, i, clause, lex)]


def stray_object(parse: Parse, i: int, lex: Cues) -> list[Embedding]:
    """What a verb of saying passes to the noun under which the parser hung it: "[The minister announces] plans"."""
    frame = lex.verbs[parse.lemma[i]].get("object")
    h = parse.head[i]
    subject = child_of(parse, i, ("nsubj",))
    if frame is None or not frame.vouches or parse.dep[i] != "nsubj" or subject < 0 or h <= i or parse.pos[h] != "NOUN":
        return []
    return [embedding(i, h, "object", frame, subject)]


def _predicate_after(parse: Parse, clause: int) -> int:
    """The predicate of a reported clause of which the parser took the subject with its modifiers for the whole: "said
    that [men missing for a week] | will be freed", or -1."""
    k = parse.right[clause] + 1
    if k >= len(parse) or parse.sent[k] != parse.sent[clause] or parse.tag[k] not in FINITE:
        return -1
    verb = parse.head[k] if parse.dep[k] in ("aux", "auxpass") else k
    bare = not any(parse.dep[c] in ALL_SUBJECTS for c in parse.children[verb]) and parse.left[verb] == k
    return verb if bare and parse.pos[k - 1] in NOMINAL else -1


def _finite_after(parse: Parse, i: int) -> int:
    """The head of the first finite verb group after token `i`, in its sentence, with no break before it; else -1."""
    stop = min(parse.sents[parse.sent[i]][1], i + REACH)
    for k in range(i + 1, stop):
        tag = parse.tag[k]
        if tag in FINITE:
            if parse.lower[k - 1] in ("and", "or", "but") or k == i + 1:
                return -1
            return parse.head[k] if parse.dep[k] in ("aux", "auxpass") else k
        if tag in ("WDT", "WP", "WP$", "WRB", ":", ",", ".") or _is_conjunction(parse, k):
            return -1
        if tag == "HYPH" or parse.pos[k] == "PUNCT":
            apart = parse.end[k - 1] < parse.start[k]
            if apart and parse.word[k] not in ('"', "'", "(", ")"):
                return -1
    return -1


def _is_conjunction(parse: Parse, k: int) -> bool:
    """Whether a token opens a clause of another kind; "and" between nouns does not."""
    if parse.pos[k] == "SCONJ":
        return parse.lower[k] != "that"
    return parse.lower[k] in ("but", "so")


def _is_left_over(parse: Parse, i: int, verb: int) -> bool:
    """Whether a finite verb after the verb of saying `i` lacks a place of its own: its subject stands after `i`, and
    it is not joined by a conjunction nor the relative clause of a thing."""
    subjects = [k for k in parse.children[verb] if parse.dep[k] in ALL_SUBJECTS]
    if (subjects and subjects[0] < i) or (parse.pos[verb] not in ("VERB", "AUX", "ADJ")):
        return False
    if parse.dep[verb] == "acl" or (not subjects and parse.pos[parse.left[verb] - 1] == "CCONJ"):
        return False
    if parse.dep[verb] == "relcl":
        host = parse.head[verb]
        return bool(subjects) and i in (parse.head[host], parse.head[parse.head[host]]) and is_speaker(parse, host)
    return any(parse.pos[k] in NOMINAL for k in range(i + 1, verb))
