"""The slots of one trigger: what stands as its subject, object, modifier, owner or after a preposition, whether the
trigger is a verb, a noun or an adjective. Each slot is worked out once, when a rule first asks for it."""

from __future__ import annotations

from tocsin.claim.arguments import (
    agents,
    clauses,
    datives,
    has_to,
    is_verbal,
    objects,
    outer,
    prepositions,
    spread,
    subjects,
    surface_subjects,
)
from tocsin.claim.classes import lookup
from tocsin.claim.ontology import Frame
from tocsin.claim.outcomes import causes
from tocsin.claim.triggers import SLOTS, Kind
from tocsin.understand.parse import Parse

MODIFIERS = ("compound", "amod", "nmod", "nummod", "npadvmod", "appos")
MEANS = frozenset({"in", "out", "for", "with", "on", "by", "through"})
SETTING = frozenset({"DATE", "TIME", "GPE", "LOC"})
"""Entities that are a time or a place."""
BRINGING = frozenset({"when", "after", "as"})
"""What begins a clause that tells what brought something about."""
CONTEXT = 2
"""How many sentences before its own a trigger may take its meaning from."""
NONE: list[int] = []
OWNERS = frozenset({"force", "person", "country", "group", "demonym"})
"""Classes whose words before an event noun say who does it ("army offensive", "Israeli strike")."""


class Slots:
    """The slots of the trigger at token `i`."""

    def __init__(self, parse: Parse, i: int, kind: Kind) -> None:
        self.parse = parse
        self.i = i
        self.kind = kind
        self._found: dict[tuple[str, ...], list[int]] = {}
        self._preps: dict[str, list[int]] | None = None

    def get(self, slot: str, frame: Frame) -> list[int]:
        """Head tokens of what fills a slot, in the order of the text; empty where nothing does."""
        if slot not in SLOTS:
            return self._either(slot, frame) if "|" in slot else self.prepositions.get(slot, NONE)
        key = (slot, frame.of, frame.owner, frame.modifier) if self.kind == "noun" else (slot,)
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = self._work_out(slot, frame)
        return found

    def _either(self, slots: str, frame: Frame) -> list[int]:
        """What fills any of several slots, "a|b"."""
        key = (slots, frame.of, frame.owner, frame.modifier)
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = [k for one in slots.split("|") for k in self.get(one, frame)]
        return found

    @property
    def prepositions(self) -> dict[str, list[int]]:
        """Preposition → what follows it: after the trigger itself, else after its object or the verb it depends on."""
        if self._preps is None:
            self._preps = self._all_prepositions()
        return self._preps

    def _work_out(self, slot: str, frame: Frame) -> list[int]:
        if slot in ("subject", "object"):
            return self._argument(slot, frame)
        if slot == "theme":
            return self.get("object", frame) or self.get("subject", frame)
        if slot == "indirect":
            return datives(self.parse, self.i)
        if slot == "clause":
            return clauses(self.parse, self.i)
        if slot == "infinitive":
            return [k for k in self.get("clause", frame) if has_to(self.parse, k)]
        if slot == "clause-subject":
            return [k for c in self.get("clause", frame) for k in surface_subjects(self.parse, c, 0)]
        if slot == "modifier":
            return self._modifiers()
        if slot == "object-modifier":
            return [c for k in self.get("object", frame) for c in _described_by(self.parse, k)]
        if slot == "head":
            head = self.parse.head[self.i]
            inner = self.kind == "noun" and self.parse.dep[self.i] in ("compound", "amod", "nmod")
            return [head] if inner and head > self.i else []
        if slot == "sentence":
            return self._content(0)
        if slot == "around":
            start, end = self.parse.sents[self.parse.sent[self.i]]
            return [k for k in range(start, end) if k != self.i and self.parse.pos[k] == "VERB"]
        if slot == "context":
            return self._content(CONTEXT)
        if slot == "negation":
            return [k for k in self.parse.children[self.i] if self.parse.dep[k] == "neg"]
        if slot == "carrier":
            head = self.parse.head[outer(self.parse, self.i)]
            return [head] if head != self.i and is_verbal(self.parse, head) else []
        if slot == "cause":
            return self._causes()
        if slot == "owner":
            return spread(self.parse, [k for k in self.parse.children[self.i] if self.parse.dep[k] == "poss"])
        return []

    def _argument(self, slot: str, frame: Frame) -> list[int]:
        """Subject or object, by what the trigger is."""
        if self.kind == "verb":
            return subjects(self.parse, self.i) if slot == "subject" else objects(self.parse, self.i)
        if self.kind == "noun":
            return self._noun_subject(frame) if slot == "subject" else self._noun_object(frame)
        return self._described() if slot == "subject" else []

    def _causes(self) -> list[int]:
        """What brought about what the verb tells of: the act that a harm goes with, and the verbs of the clause that
        says when it came ("died when the boat capsized") or that it is joined to ("the bus crashed and ten died")."""
        parse, i = self.parse, self.i
        if self.kind != "verb":
            return []
        found = causes(parse, i)
        for k in parse.children[i]:
            if parse.dep[k] == "advcl" and any(parse.lower[c] in BRINGING for c in parse.children[k]):
                found.append(k)
        if parse.dep[i] == "conj" and is_verbal(parse, parse.head[i]) and parse.head[i] not in found:
            found.append(parse.head[i])
        return found

    def _content(self, before: int) -> list[int]:
        """The nouns, names and adjectives of the trigger's sentence and of so many `before` it."""
        parse, sent = self.parse, self.parse.sent[self.i]
        start, end = parse.sents[max(sent - before, 0)][0], parse.sents[sent][1]
        return [k for k in range(start, end) if k != self.i and parse.pos[k] in ("NOUN", "PROPN", "ADJ")]

    def _modifiers(self) -> list[int]:
        """The words before a noun that say of what kind it is, with those hyphenated to them."""
        parse, found = self.parse, []
        for k in parse.children[self.i]:
            if k < self.i and parse.dep[k] in MODIFIERS:
                found += [c for c in parse.children[k] if parse.dep[c] in MODIFIERS or parse.dep[c] == "conj"]
                found.append(k)
        return sorted(k for k in found if parse.pos[k] != "PUNCT" and k < self.i)

    def _all_prepositions(self) -> dict[str, list[int]]:
        parse, i = self.parse, self.i
        found = dict(prepositions(parse, i))
        others: list[int] = []
        if self.kind == "verb":
            others = [k for k in parse.children[i] if parse.dep[k] in ("dobj", "prt", "advmod", "attr")]
        elif parse.dep[i] in ("dobj", "nsubjpass", "attr", "acomp", "conj") or parse.dep[i] == "amod":
            others = [parse.head[i]]
        elif parse.dep[i] == "pobj":
            others = [parse.head[parse.head[i]]]
        if self.kind == "noun":
            others += self._carrying_clauses()
        for other in others:
            for name, heads in prepositions(parse, other).items():
                if name not in found and name != "of" and i not in heads:
                    found[name] = heads
        if self.kind == "noun" and "of" not in found and (heads := self._beyond()):
            found["of"] = heads
        return found

    def _beyond(self) -> list[int]:
        """Whom an "of" after a time or a place brings in: "the murder in Peru of two leaders", which no place has."""
        parse, i = self.parse, self.i
        between = [o for k in parse.children[i] if k > i and parse.dep[k] == "prep" for o in parse.children[k]]
        found = [k for o in between if _is_setting(parse, o) for k in prepositions(parse, o).get("of", NONE)]
        return [k for k in found if lookup().is_agent(parse, k) and not _is_setting(parse, k)]

    def _carrying_clauses(self) -> list[int]:
        """Participles after an event noun that only carry it: "sanctions imposed by the council on the bank"."""
        parse, light = self.parse, lookup().light
        return [k for k in parse.children[self.i] if parse.dep[k] == "acl" and parse.lemma[k] in light and k > self.i]

    def _noun_subject(self, frame: Frame) -> list[int]:
        """Who does what the noun names: "by X", "X's", "Israeli", "of X" where the frame says so, or the subject of the
        verb that carries it."""
        parse, i = self.parse, self.i
        found = agents(parse, i)
        for k in self._carrying_clauses():
            found += agents(parse, k)
        if self._owner_acts(frame):
            found += self.get("owner", frame)
        if frame.of == "subject":
            found += self.prepositions.get("of", NONE)
        if frame.modifier != "object":
            found += [k for k in self._modifiers() if _acts(parse, k) and _is_close(parse, k, i)]
        if not found:
            found = self._carrier_subject(undergone=False)
        return sorted(set(found))

    def _noun_object(self, frame: Frame) -> list[int]:
        """To whom or what the noun's event is done."""
        parse = self.parse
        found: list[int] = []
        if not self._owner_acts(frame):
            found += self.get("owner", frame)
        if frame.of == "object":
            found += self.prepositions.get("of", NONE)
        if not found:
            found = self._carrier_subject(undergone=True)
        if not found and frame.modifier != "subject":
            for k in self._modifiers():
                if parse.pos[k] in ("NOUN", "PROPN") and (frame.modifier == "object" or not _acts(parse, k)):
                    found.append(k)
        return sorted(set(found))

    def _owner_acts(self, frame: Frame) -> bool:
        """Whether the owner of an event noun does it ("a rebel's attack") rather than suffer it ("the judge's murder");
        always, where somebody else suffers it ("the rebels' murder of a judge")."""
        if frame.owner == "subject":
            return True
        return frame.of == "object" and any(lookup().is_agent(self.parse, k) for k in self.prepositions.get("of", NONE))

    def _carrier_subject(self, *, undergone: bool) -> list[int]:
        """The subject of the verb that carries an event noun: "conducted a test" (does), "faces charges" (suffers)."""
        parse, classes = self.parse, lookup()
        i = outer(parse, self.i)
        if parse.dep[i] == "conj":
            i = parse.head[i]
        head = parse.head[i]
        if parse.dep[i] == "pobj" and parse.dep[head] == "prep":
            return [] if undergone else self._means_of(head)
        if not is_verbal(parse, head):
            return []
        verb = parse.lemma[head]
        if parse.dep[i] == "nsubj":
            return objects(parse, head) if undergone and verb in classes.deadly else []
        if parse.dep[i] == "nsubjpass" and verb in classes.light and not undergone:
            return subjects(parse, head)
        if parse.dep[i] != "dobj":
            return []
        return subjects(parse, head) if verb in (classes.undergo if undergone else classes.light) else []

    def _means_of(self, preposition: int) -> list[int]:
        """Who does the event noun after a preposition: "took part in talks", "killed nine in a raid"."""
        parse, classes = self.parse, lookup()
        head = parse.head[preposition]
        if not is_verbal(parse, head) or parse.lower[preposition] not in MEANS:
            return []
        verb = parse.lemma[head]
        if verb in classes.light:
            return subjects(parse, head) or surface_subjects(parse, head)
        return [k for k in subjects(parse, head) if classes.is_agent(parse, k)] if verb in classes.deadly else []

    def _described(self) -> list[int]:
        """Who or what an adjective or phrase is said of: the noun it modifies, or the subject of its verb."""
        parse, i = self.parse, self.i
        own = [k for k in parse.children[i] if parse.dep[k] in ("nsubj", "nsubjpass")]
        if own:
            return spread(parse, own)
        for _ in range(4):
            dep, head = parse.dep[i], parse.head[i]
            if dep in ("amod", "acl") and not is_verbal(parse, head):
                return spread(parse, [head])
            if dep in ("acomp", "attr", "oprd", "xcomp", "conj", "prep", "advmod") and is_verbal(parse, head):
                told = [k for k in parse.children[head] if parse.dep[k] == "dobj" and k < i] if dep == "oprd" else []
                return spread(parse, told) or surface_subjects(parse, head)
            if dep == "prep" and parse.pos[head] in ("NOUN", "PROPN", "PRON"):
                return spread(parse, [head])
            if dep == "nsubj" and parse.dep[head] == "ccomp":
                return objects(parse, parse.head[head])
            if dep not in ("pobj", "conj", "compound", "amod", "advmod", "prep"):
                return []
            i = head
        return []


def _is_setting(parse: Parse, k: int) -> bool:
    """Whether a token is in the name of a time or a place."""
    return parse.entity_at[k] >= 0 and parse.entities[parse.entity_at[k]].label in SETTING


def _described_by(parse: Parse, k: int) -> list[int]:
    """The words that say of what kind or whose a noun is: before it, after its "of", and those hyphenated to them."""
    found = []
    for c in parse.children[k]:
        if parse.dep[c] in MODIFIERS or parse.dep[c] == "poss":
            found.append(c)
            found += [d for d in parse.children[c] if parse.dep[d] in MODIFIERS]
        elif parse.lower[c] == "of":
            found += [p for p in parse.children[c] if parse.dep[p] == "pobj"]
    return found


def _acts(parse: Parse, k: int) -> bool:
    """Whether a word before an event noun says who does it: "Israeli strike", "army offensive", "NATO raid"; a town
    ("London bombings") and a building ("embassy bombing") do not."""
    found = lookup().of(parse, k)
    e = parse.entity_at[k]
    label = parse.entities[e].label if e >= 0 else ""
    if "embassy" in found or "building" in found:
        return False
    if label == "NORP" or "demonym" in found:
        return True
    if label == "GPE":
        return "country" in found
    return parse.pos[k] in ("NOUN", "PROPN") and (label == "ORG" or bool(found & OWNERS))


def _is_close(parse: Parse, k: int, noun: int) -> bool:
    """Whether a modifier belongs to the noun itself and not to another modifier, hyphens and "and" apart."""
    return parse.head[k] == noun or parse.dep[k] == "conj" or (parse.clean[parse.end[k] : parse.end[k] + 1] == "-")
