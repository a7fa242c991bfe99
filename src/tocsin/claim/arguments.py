"""Who does what to whom around a verb, whatever its voice and place in the sentence.

`subjects` and `objects` are logical: the one who acts and the one acted upon. They see through the passive, through
control and raising ("plans to attack", "was ordered to withdraw"), coordination that shares a subject, relative and
participial clauses ("troops who attacked", "soldiers killed in the raid", "killing 12"). All functions give head
tokens in the order of the text; conjuncts are listed each.
"""

from __future__ import annotations

from tocsin.claim.classes import lookup
from tocsin.understand.grammar import RELATIVE
from tocsin.understand.parse import Parse

ACTIVE = ("nsubj", "csubj")
PASSIVE = ("nsubjpass", "csubjpass", "auxpass")
SUBJECT_CONTROL = frozenset({"promise", "vow", "threaten", "pledge", "swear", "use", "take", "have", "make", "give"})
ACTED = frozenset({"VBD", "VBN", "VBZ"})
DEPTH = 8
"""How many clauses up a missing subject is looked for."""

BY_MEANS = frozenset({"means", "way", "accident", "mistake", "force", "chance", "surprise", "hand", "night", "day"})
"""Nouns that follow "by" without being an agent."""

EXEMPLIFYING = frozenset({"as", "like", "including"})
"""Prepositions that name instances of a noun: "provocations such as shelling the island"."""


def is_verbal(parse: Parse, i: int) -> bool:
    """Whether token `i` is used as a verb."""
    return parse.pos[i] in ("VERB", "AUX") or parse.tag[i].startswith("VB")


def is_passive(parse: Parse, i: int) -> bool:
    """Whether the verb at token `i` is passive: by its own auxiliary or subject, as a bare participle that modifies
    a noun, or as the conjunct of a passive without an auxiliary of its own."""
    deps = [parse.dep[k] for k in parse.children[i]]
    if any(dep in PASSIVE for dep in deps):
        return True
    dep = parse.dep[i]
    if dep == "amod" and is_swallowed(parse, i):
        return False
    if dep == "acl" and parse.tag[i] == "VBD":
        return "dobj" not in deps
    if parse.tag[i] != "VBN" or any(dep in ("nsubj", "aux") for dep in deps):
        return False
    if dep in ("acl", "amod"):
        return "dobj" not in deps
    if dep == "conj" and is_verbal(parse, parse.head[i]):
        return "dobj" not in deps and is_passive(parse, parse.head[i])
    if dep in ("advcl", "oprd", "relcl", "ccomp", "xcomp", "pcomp", "ROOT", "dep"):
        return "dobj" not in deps
    return False


def is_swallowed(parse: Parse, i: int) -> bool:
    """Whether the parser took the verb of a clause for an attribute of its object ("The air force scrambled jets": a
    phrase without a verb): a finite form, or a participle right after a noun or "have", before the root."""
    noun = parse.head[i]
    if parse.dep[i] != "amod" or noun < i or i == parse.left[noun] or parse.tag[i] not in ACTED:
        return False
    above = parse.head[noun]
    if parse.dep[noun] == "dobj" and parse.lemma[above] == "have" and above == i - 1:
        return True
    return parse.dep[noun] == "ROOT" and (parse.tag[i] == "VBZ" or parse.pos[i - 1] in ("NOUN", "PROPN"))


def _before_swallowed(parse: Parse, i: int) -> list[int]:
    """The subject of a swallowed verb: the nearest noun before it."""
    above = parse.head[parse.head[i]]
    if above == i - 1:
        return surface_subjects(parse, above, 1)
    joined = {k for k in parse.children[i] if parse.dep[k] == "npadvmod" and parse.clean[parse.end[k]] == "-"}
    for k in range(i - 1, parse.left[parse.head[i]] - 1, -1):
        if parse.pos[k] in ("NOUN", "PROPN", "PRON") and k not in joined:
            return [k]
    return []


def subjects(parse: Parse, i: int) -> list[int]:
    """Who acts: the subject of an active verb, the by-phrase of a passive one; empty where nobody is named."""
    if is_passive(parse, i):
        return agents(parse, i)
    return surface_subjects(parse, i)


def objects(parse: Parse, i: int) -> list[int]:
    """Who or what is acted upon: the direct object of an active verb, the subject of a passive one."""
    if is_passive(parse, i):
        return surface_subjects(parse, i)
    if parse.dep[i] == "amod" and is_swallowed(parse, i):
        return spread(parse, [parse.head[i]])
    found = [k for k in parse.children[i] if parse.dep[k] == "dobj"]
    if not found:
        found = _raised_objects(parse, i)
    if not found and parse.dep[i] == "conj" and parse.right[i] == i:
        head = parse.head[i]
        found = [k for k in parse.children[head] if parse.dep[k] == "dobj" and k > i]
    if not found and not any(parse.dep[k] == "conj" and k > i for k in parse.children[i]):
        found = _relative_object(parse, i)
    elif not found:
        found = _shared_object(parse, i)
    return spread(parse, [_antecedent(parse, k) for k in found])


def _raised_objects(parse: Parse, i: int) -> list[int]:
    """The subject of an infinitive clause that the parser gave no object of its own: "urged both sides to stop"."""
    return [
        p for k in parse.children[i] if parse.dep[k] in ("ccomp", "xcomp") and k > i and has_to(parse, k)
        for p in parse.children[k] if parse.dep[p] in ("nsubj", "nsubjpass")
    ]  # fmt: skip


def agents(parse: Parse, i: int) -> list[int]:
    """The by-phrase of a passive verb or of an event noun, without means and manner ("by force")."""
    found = []
    for k in parse.children[i]:
        if parse.dep[k] == "agent" or (parse.dep[k] == "prep" and parse.lower[k] == "by"):
            found += [p for p in parse.children[k] if parse.dep[p] == "pobj" and parse.lower[p] not in BY_MEANS]
    return spread(parse, found)


def datives(parse: Parse, i: int) -> list[int]:
    """To whom: the indirect object, bare or after "to"."""
    found = []
    for k in parse.children[i]:
        if parse.dep[k] != "dative":
            continue
        if parse.pos[k] == "ADP":
            found += [p for p in parse.children[k] if parse.dep[p] == "pobj"]
        else:
            found.append(k)
    return spread(parse, found)


def prepositions(parse: Parse, i: int) -> dict[str, list[int]]:
    """Preposition → heads of its objects, for the prepositions that hang from token `i`."""
    found: dict[str, list[int]] = {}
    for k in parse.children[i]:
        if parse.dep[k] not in ("prep", "agent", "dative") or parse.pos[k] not in ("ADP", "SCONJ", "VERB", "ADV"):
            continue
        heads = [p for p in parse.children[k] if parse.dep[p] in ("pobj", "pcomp")]
        for q in parse.children[k]:
            if parse.dep[q] == "conj" and parse.lower[q] == parse.lower[k]:
                heads += [p for p in parse.children[q] if parse.dep[p] == "pobj"]
        inner = [q for q in parse.children[k] if parse.dep[q] == "prep"]
        if not heads and inner:
            heads = [p for q in inner for p in parse.children[q] if parse.dep[p] == "pobj"]
        if heads:
            found.setdefault(parse.lower[k], []).extend(spread(parse, heads))
    return found


def clauses(parse: Parse, i: int) -> list[int]:
    """The verbs of the clauses that complete token `i` ("urged them to leave", "agreed that ...")."""
    found = [k for k in parse.children[i] if parse.dep[k] in ("xcomp", "ccomp")]
    if not found:
        found = [k for k in parse.children[i] if parse.dep[k] in ("advcl", "acl") and has_to(parse, k)]
    return found


def has_to(parse: Parse, i: int) -> bool:
    """Whether the verb is an infinitive with "to"."""
    return any(parse.lower[k] == "to" and parse.dep[k] == "aux" for k in parse.children[i])


def surface_subjects(parse: Parse, i: int, depth: int = DEPTH) -> list[int]:
    """The grammatical subject of a verb, of its own or understood from the clauses around it."""
    own = [k for k in parse.children[i] if parse.dep[k] in ("nsubj", "nsubjpass")]
    if own:
        return spread(parse, [_antecedent(parse, k) for k in own])
    if depth == 0 or parse.head[i] == i:
        return []
    if parse.dep[i] == "amod" and is_swallowed(parse, i):
        return _before_swallowed(parse, i)
    return _understood(parse, i, depth)


def _understood(parse: Parse, i: int, depth: int) -> list[int]:
    """The subject that a verb without one takes from its head."""
    head, dep = parse.head[i], parse.dep[i]
    if dep == "aux" or (dep == "acomp" and is_verbal(parse, head)):
        return surface_subjects(parse, head, depth - 1)
    if dep == "acl" and is_verbal(parse, head) and (shown := _shown(parse, i, head)):
        return shown
    if dep in ("acl", "relcl", "amod"):
        return _from_noun(parse, i, head, depth)
    if dep == "pcomp":
        return _from_preposition(parse, head, depth)
    if not is_verbal(parse, head):
        if dep == "conj" and parse.dep[head] == "pobj":
            return _from_preposition(parse, parse.head[head], depth)
        return surface_subjects(parse, head, depth - 1) if dep in ("xcomp", "ccomp", "advcl", "conj") else []
    if dep == "conj":
        return surface_subjects(parse, head, depth - 1)
    if dep in ("xcomp", "ccomp", "oprd") or (dep == "advcl" and has_to(parse, i)):
        return _controller(parse, head, i, depth)
    if dep in ("advcl", "dep", "parataxis"):
        return subjects(parse, head) if _agentive(parse, i, head) else surface_subjects(parse, head, depth - 1)
    return []


def _shown(parse: Parse, i: int, verb: int) -> list[int]:
    """Who is shown doing something: the object of a verb of seeing before its participle ("depicting men digging")."""
    return spread(parse, [k for k in parse.children[verb] if parse.dep[k] == "dobj" and k < i])


def _controller(parse: Parse, head: int, i: int, depth: int) -> list[int]:
    """Who does the infinitive under verb `head`: its object ("ordered them to leave"), else its subject."""
    if parse.lemma[head] not in SUBJECT_CONTROL and not is_passive(parse, head):
        told = [k for k in parse.children[head] if parse.dep[k] in ("dobj", "dative") and k < i]
        told = [k for k in told if parse.pos[k] != "ADP"]
        if told:
            return spread(parse, told)
        for k in parse.children[head]:
            if parse.dep[k] == "prep" and parse.lower[k] in ("on", "for", "to", "upon") and k < i:
                asked = [p for p in parse.children[k] if parse.dep[p] == "pobj"]
                if asked and parse.lemma[head] in ("call", "appeal", "plead", "wait", "signal", "arrange", "push"):
                    return spread(parse, asked)
    return surface_subjects(parse, head, depth - 1)


def _agentive(parse: Parse, i: int, head: int) -> bool:
    """Whether an adverbial participle takes the agent of a passive main clause ("was shelled by rebels, killing 3")."""
    return parse.tag[i] == "VBG" and is_passive(parse, head) and bool(agents(parse, head))


def _from_noun(parse: Parse, i: int, noun: int, depth: int) -> list[int]:
    """The subject of a clause that modifies a noun."""
    dep = parse.dep[i]
    if dep == "relcl":
        return [] if any(parse.dep[k] == "nsubj" for k in parse.children[i]) else [noun]
    if dep == "acl" and has_to(parse, i):
        owners = [k for k in parse.children[noun] if parse.dep[k] == "poss"]
        if owners:
            return spread(parse, owners)
        above = parse.head[noun]
        if parse.dep[noun] in ("dobj", "attr", "pobj") and is_verbal(parse, above):
            return surface_subjects(parse, above, depth - 1)
        return spread(parse, [k for k in parse.children[noun] if parse.tag[k] == "JJ" and parse.word[k][0].isupper()])
    if dep == "acl" and parse.tag[i] == "VBG" and _is_scene(parse, noun):
        return _doers(parse, parse.head[parse.head[noun]], depth)
    return spread(parse, [noun]) if dep == "acl" else [noun]


def _is_scene(parse: Parse, noun: int) -> bool:
    """Whether a noun only says where: "a strike in Odesa, killing three" (the killing is not Odesa's)."""
    return (
        parse.dep[noun] == "pobj" and parse.lower[parse.head[noun]] in ("in", "on", "at", "near", "outside", "around")
        and "location" in lookup().of(parse, noun)
    )  # fmt: skip


def _doers(parse: Parse, above: int, depth: int) -> list[int]:
    """Who did what stands at token `above`, a verb or an event noun."""
    for _ in range(3):
        if is_verbal(parse, above):
            return subjects(parse, above) if depth else []
        if parse.dep[above] == "nsubj" or parse.head[above] == above:
            return [above]
        above = parse.head[above]
    return []


def _from_preposition(parse: Parse, prep: int, depth: int) -> list[int]:
    """The subject of a gerund after a preposition: "accused of killing", "after attacking", "plan of attacking"."""
    above = parse.head[prep]
    if is_verbal(parse, above):
        if parse.lower[prep] in ("of", "from", "into", "for", "with"):
            told = objects(parse, above)
            if told:
                return told
        if parse.lower[prep] == "by" and is_passive(parse, above):
            return []
        return surface_subjects(parse, above, depth - 1)
    owners = [k for k in parse.children[above] if parse.dep[k] == "poss"]
    if not owners and (verb := exemplifies(parse, prep)) >= 0:
        return surface_subjects(parse, verb, depth - 1)
    return spread(parse, owners)


def exemplifies(parse: Parse, prep: int) -> int:
    """The verb whose object a preposition names instances of ("attempt provocations such as shelling"), or -1."""
    noun = parse.head[prep]
    if parse.lower[prep] not in EXEMPLIFYING:
        return -1
    if is_verbal(parse, noun):
        return noun if any(parse.lower[k] == "such" for k in parse.children[prep]) else -1
    if parse.dep[noun] == "pobj":
        noun = parse.head[noun]
    verb = parse.head[noun]
    return verb if parse.dep[noun] in ("dobj", "prep") and is_verbal(parse, verb) else -1


def _relative_object(parse: Parse, i: int) -> list[int]:
    """The noun that a relative clause without an object of its own says something is done to ("the town they took")."""
    at = i
    for _ in range(3):
        if parse.dep[at] == "relcl":
            noun = parse.head[at]
            subject = [k for k in parse.children[at] if parse.dep[k] == "nsubj"]
            bare = not any(parse.lower[k] in RELATIVE for k in range(noun + 1, at))
            return [noun] if subject and bare else []
        if parse.dep[at] != "xcomp":
            return []
        at = parse.head[at]
    return []


def _shared_object(parse: Parse, i: int) -> list[int]:
    """The object of the last of coordinated verbs, shared by those before it ("kill and wound civilians")."""
    for k in parse.children[i]:
        if parse.dep[k] == "conj" and k > i and k - i <= 3 and is_verbal(parse, k):
            return [p for p in parse.children[k] if parse.dep[p] == "dobj"]
    return []


def _antecedent(parse: Parse, k: int) -> int:
    """For a relative pronoun the noun it stands for, else the token itself."""
    if parse.lower[k] not in RELATIVE or parse.tag[k] not in ("WP", "WDT", "IN", "WP$"):
        return k
    at = parse.head[k]
    for _ in range(3):
        if parse.dep[at] == "relcl":
            return parse.head[at]
        at = parse.head[at]
    return k


def through(parse: Parse, i: int) -> int:
    """The noun that is meant by a counting or grouping word: "hundreds of drones" → drones, "some of them" → them."""
    classes = lookup()
    for _ in range(3):
        if parse.lower[i] not in classes.transparent and parse.pos[i] not in ("NUM", "DET"):
            return i
        below = [
            p for k in parse.children[i] if parse.lower[k] == "of"
            for p in parse.children[k] if parse.dep[p] == "pobj"
        ]  # fmt: skip
        if not below:
            return i
        i = below[0]
    return i


def spread(parse: Parse, heads: list[int]) -> list[int]:
    """The tokens with all that is coordinated with them, counting words looked through, in the order of the text."""
    if not heads:
        return []
    found: set[int] = set()
    for head in heads:
        for k in parse.conjuncts(head):
            if k == head or not is_verbal(parse, k):
                found.add(through(parse, k))
                found.update(_included(parse, k) if parse.children[k] else ())
    return sorted(found)


def _included(parse: Parse, i: int) -> list[int]:
    """Who is singled out of a group: "six people, including two children"."""
    return [
        p for k in parse.children[i] if parse.lower[k] == "including" and parse.dep[k] == "prep"
        for q in parse.children[k] if parse.dep[q] == "pobj" for p in parse.conjuncts(q)
    ]  # fmt: skip


def outer(parse: Parse, i: int) -> int:
    """The counting or grouping noun that a noun hangs from ("a round of strikes": strikes → round), else the noun."""
    transparent = lookup().transparent
    for _ in range(3):
        if parse.dep[i] != "pobj" or parse.lower[parse.head[i]] != "of":
            return i
        above = parse.head[parse.head[i]]
        if parse.lower[above] not in transparent:
            return i
        i = above
    return i


def owner(parse: Parse, i: int) -> int | None:
    """Who stands behind a thing or deed: "NATO's operation", "the proposal of the union", "US conclusions", the one
    who issues a decree."""
    classes = lookup()
    for dep in ("poss", "compound", "amod", "nmod"):
        for k in parse.children[i]:
            if parse.dep[k] == dep and k < i:
                k = _antecedent(parse, k)
                if classes.is_agent(parse, k) and (dep == "poss" or parse.entity_at[k] >= 0):
                    return k
    for k in parse.children[i]:
        if parse.dep[k] == "prep" and parse.lower[k] in ("by", "of"):
            for p in parse.children[k]:
                if parse.dep[p] == "pobj" and classes.is_agent(parse, p):
                    return p
    head = parse.head[i]
    if parse.dep[i] == "dobj" and is_verbal(parse, head) and head < i:
        issuers = [k for k in subjects(parse, head) if classes.is_agent(parse, k)]
        return issuers[0] if issuers else None
    return None
