"""What a sentence says of those whom a number counts: that they were killed, hurt, held, driven out.

First by what hangs on the counted noun, then by the predicate over it, and where the parser went astray by the
words next to it. Which words say what is in data/figures.yaml.
"""

from __future__ import annotations

from typing import NamedTuple

from tocsin.understand.figure_lexicon import Lexicon
from tocsin.understand.grammar import SUBJECTS
from tocsin.understand.parse import Parse

FARTHEST = 6
HUMAN = frozenset({"captured", "missing", "displaced", "arrested", "abducted"})
WHO = frozenset({"who", "that", "which", "whom"})
STATED = frozenset({"oprd", "acomp", "ccomp", "xcomp", "advmod", "amod", "acl", "dobj", "prt", "advcl"})
OPEN_CLAUSE = frozenset({"xcomp", "ccomp", "oprd", "advcl", "acl", "dep"})


class Verdict(NamedTuple):
    """What is said of those counted, and by which token."""

    what: str
    governor: int


class Sayings:
    """Finds what one text says of the counted."""

    def __init__(self, parse: Parse, lexicon: Lexicon) -> None:
        self.parse = parse
        self.lexicon = lexicon

    def of(self, node: int, noun: int, start: int, end: int, kind: str | None) -> Verdict | None:
        """What the sentence says of those counted. Things are killed or taken only by their own verb."""
        said = self._by_predicate(node) if noun not in (-1, node) else None
        said = said or self._of_itself(node, noun) or self._lost(noun) or self._by_predicate(node)
        if said is None and (noun < 0 or kind is not None):
            said = self._by_toll(start, end) or self._by_neighbours(start, end, noun)
        if said and noun >= 0 and kind in (None, "other") and said.what in HUMAN:
            return None
        return said

    def _lost(self, noun: int) -> Verdict | None:
        """By the loss of lives: "claimed 12 lives", "at the cost of 5,000 lives"."""
        parse, at = self.parse, noun
        if noun < 0 or parse.lower[noun] not in self.lexicon.lives:
            return None
        for _ in range(4):
            at = parse.head[at]
            if parse.lemma[at] in self.lexicon.deprived:
                return Verdict("killed", at)
        return None

    def _by_toll(self, start: int, end: int) -> Verdict | None:
        """By a count before the number: "the death toll in the blast, initially 10"."""
        parse, lexicon = self.parse, self.lexicon
        first = parse.sents[parse.sent[start]][0]
        if end + 1 < len(parse) and parse.lower[start - 1] == "to" and parse.lemma[end + 1] in lexicon.sums:
            return self._numbered(end + 1)
        for k in range(start - 1, max(start - 16, first - 1), -1):
            if parse.lemma[k] in lexicon.tolls:
                return Verdict(lexicon.tolls[parse.lemma[k]], k)
            if parse.lemma[k] in lexicon.sums and parse.lower[start - 1] in ("to", "at"):
                return self._numbered(k)
            if parse.pos[k] == "NUM" or parse.lower[k] in (";", '"'):
                return None
        return None

    def _of_itself(self, node: int, noun: int) -> Verdict | None:
        """By what hangs on the noun: "dead soldiers", "people killed in", "men who died"."""
        parse, lexicon = self.parse, self.lexicon
        for top in (node, noun) if noun not in (-1, node) else (node,):
            state = lexicon.states.get(parse.lower[top])
            if state and parse.pos[top] not in ("VERB", "AUX"):
                return Verdict(self._either(top, state), top)
            for k in parse.children[top]:
                dep = parse.dep[k]
                if dep in ("amod", "acomp", "oprd", "advcl", "acl", "appos") and parse.lower[k] in lexicon.states:
                    return Verdict(self._either(k, lexicon.states[parse.lower[k]]), k)
                if dep == "acl" and parse.tag[k] in ("VBN", "VBD") and parse.lemma[k] in lexicon.objects:
                    return self._left(k) or self._done(k)
                said = self._relative(k) if dep == "relcl" else self._with_wounds(k, dep)
                if said:
                    return said
        return None

    def _with_wounds(self, k: int, dep: str) -> Verdict | None:
        """By the wounds that they have: "three men with gunshot wounds", "people suffering injuries"."""
        parse, lexicon = self.parse, self.lexicon
        having = (dep == "prep" and parse.lower[k] == "with") or (dep == "acl" and parse.lemma[k] in lexicon.bearing)
        if having:
            for j in parse.children[k]:
                inner = parse.children[j] if parse.lower[j] == "from" else [j]
                if any(lexicon.classes.get(parse.lemma[i]) == "wounded" for i in inner):
                    return Verdict("wounded", k)
        return None

    def _relative(self, verb: int) -> Verdict | None:
        """By a relative clause of which those counted are the subject."""
        parse = self.parse
        for k in parse.children[verb]:
            if parse.dep[k] == "nsubjpass" and parse.lower[k] in WHO:
                return self._done(verb)
            if parse.dep[k] == "nsubj" and parse.lower[k] in WHO:
                return self._doing(verb)
        return None

    def _by_predicate(self, node: int) -> Verdict | None:
        """By the predicate over those counted."""
        parse = self.parse
        for _ in range(4):
            head, dep = parse.head[node], parse.dep[node]
            said = self._in_role(node, head, dep)
            if said:
                return said
            if dep == "pobj" and parse.lower[head] == "of" and parse.lemma[parse.head[head]] in self.lexicon.groups:
                node = parse.head[head]
                continue
            if dep in ("conj", "appos", "nmod") or (dep == "pobj" and parse.lower[head] in self.lexicon.including):
                node = head
                if dep == "pobj":
                    node = self._included_in(head)
                    if node < 0:
                        return None
                continue
            return None
        return None

    def _included_in(self, preposition: int) -> int:
        """What an "including" or "among" belongs to: a noun, or the counted of its verb."""
        parse = self.parse
        head = parse.head[preposition]
        if parse.pos[head] in ("VERB", "AUX"):
            roles = ("dobj", "nsubjpass") if self.lexicon.objects.get(parse.lemma[head]) else ("nsubj",)
            return next((k for k in parse.children[head] if parse.dep[k] in roles), -1)
        return head

    def _in_role(self, node: int, head: int, dep: str) -> Verdict | None:
        """What predicate `head` says of `node` that hangs from it as `dep`."""
        if dep == "dobj":
            return self._toll_of(head) or self._left(head) or self._done(head) or self._among(head)
        if dep == "nsubjpass":
            return self._left(head) or self._done(head) or self._believed(head) or self._cared_for(head)
        if dep in ("nsubj", "ROOT", "ccomp", "dep", "nmod", "npadvmod", "advcl", "attr"):
            if dep == "attr":
                return self._toll_of(head) or self._among(head)
            if dep == "nsubj":
                return self._doing(head)
            return None
        if dep == "pobj":
            return self._of_noun(head)
        return None

    def _of_noun(self, preposition: int) -> Verdict | None:
        """By the noun before: "death toll of 12", "the killing of 10 people", "the toll rose to 12"."""
        parse, lexicon = self.parse, self.lexicon
        head = parse.head[preposition]
        if parse.pos[head] in ("VERB", "AUX"):
            if parse.lower[preposition] in ("of", "with", "by", "on", "in"):
                return None
            return self._toll_of(head)
        lemma = parse.lemma[head]
        if lemma in lexicon.tolls:
            return Verdict(lexicon.tolls[lemma], head)
        kind = lexicon.acts.get(lemma) if parse.lower[preposition] == "of" else None
        return Verdict(kind, head) if kind else None

    def _toll_of(self, verb: int) -> Verdict | None:
        """By the count that rises: "the death toll rose to 12", "raising the number of dead to 12"."""
        parse, lexicon = self.parse, self.lexicon
        if parse.lemma[verb] not in lexicon.rising:
            return None
        for k in parse.children[verb]:
            if parse.dep[k] not in ("nsubj", "nsubjpass", "dobj"):
                continue
            if parse.lemma[k] in lexicon.tolls:
                return Verdict(lexicon.tolls[parse.lemma[k]], k)
            said = self._numbered(k)
            if said:
                return said
        return None

    def _numbered(self, noun: int) -> Verdict | None:
        """By what a number is of: "the number of dead", "deaths"."""
        parse, lexicon = self.parse, self.lexicon
        for k in range(parse.left[noun], parse.right[noun] + 1):
            kind = lexicon.states.get(parse.lower[k]) or lexicon.classes.get(parse.lemma[k])
            if kind in lexicon.predicates:
                return Verdict(kind, k)
            if parse.tag[k] == "VBN" and parse.lemma[k] in lexicon.objects:
                return Verdict(lexicon.objects[parse.lemma[k]], k)
            if parse.pos[k] == "ADP" and k < len(parse) - 1 and parse.lower[k + 1] in lexicon.held:
                return Verdict(lexicon.held[parse.lower[k + 1]], k + 1)
        return None

    def _left(self, verb: int) -> Verdict | None:
        """By the state in which those counted are left: "left 10 dead", "found 3 dead", "shot dead"."""
        parse, lexicon = self.parse, self.lexicon
        for k in parse.children[verb]:
            if parse.dep[k] in STATED:
                word = parse.lower[k]
                if word in lexicon.states and (parse.tag[k] != "VBN" or parse.lemma[verb] in lexicon.leaving):
                    return Verdict(self._either(k, lexicon.states[word]), k)
            to = parse.dep[k] == "prep" and parse.lower[k] == "to"
            if to and any(parse.lower[j] == "death" for j in parse.children[k]):
                return Verdict("killed", verb)
        return None

    def _done(self, verb: int) -> Verdict | None:
        """By the verb that is done to those counted."""
        parse, lexicon = self.parse, self.lexicon
        kind = lexicon.objects.get(parse.lemma[verb])
        if kind == "killed_or_wounded":
            kind = self._ending(verb) or kind
        if kind is None and parse.lemma[verb] in lexicon.forced and self._drives(verb):
            kind = lexicon.forced[parse.lemma[verb]]
        if kind:
            return Verdict(self._either(verb, kind), verb)
        for k in parse.children[verb]:
            joined = parse.dep[k] == "conj" and k - verb <= 3 and parse.lemma[k] in lexicon.objects
            if joined and not any(parse.dep[j] in ("dobj", *SUBJECTS) for j in parse.children[k]):
                return Verdict(lexicon.objects[parse.lemma[k]], k)
        return None

    def _ending(self, verb: int) -> str | None:
        """How a shooting or stabbing ended: "fatally shot", "shot and killed"."""
        parse, lexicon = self.parse, self.lexicon
        for k in parse.children[verb]:
            kind = lexicon.deadly.get(parse.lower[k])
            if kind is None and parse.dep[k] == "conj" and k - verb == 2:
                kind = lexicon.objects.get(parse.lemma[k])
            if kind:
                return kind
        return None

    def _drives(self, verb: int) -> bool:
        """Whether a verb such as "force" drives people from where they are: "forced out", "forced to flee"."""
        parse = self.parse
        return any(
            parse.lower[k] in ("out", "from")
            or (parse.dep[k] in ("xcomp", "ccomp") and parse.lemma[k] in self.lexicon.subjects)
            for k in parse.children[verb]
        )

    def _doing(self, verb: int) -> Verdict | None:
        """By what those counted do or are: "died", "are dead", "remain missing"."""
        parse, lexicon = self.parse, self.lexicon
        word, lemma = parse.lower[verb], parse.lemma[verb]
        if lemma in lexicon.subjects:
            return Verdict(lexicon.subjects[lemma], verb)
        if lemma in lexicon.forced and any(parse.lower[k] in ("out", "from") for k in parse.children[verb]):
            return Verdict(lexicon.forced[lemma], verb)
        if word in lexicon.states and parse.pos[verb] not in ("NOUN",):
            return Verdict(self._either(verb, lexicon.states[word]), verb)
        if parse.tag[verb] == "VBN" and lemma in lexicon.objects and not self._active(verb):
            return Verdict(self._either(verb, lexicon.objects[lemma]), verb)
        for k in parse.children[verb]:
            if parse.dep[k] in ("acomp", "attr", "oprd", "xcomp", "advmod") and parse.lower[k] in lexicon.states:
                return Verdict(self._either(k, lexicon.states[parse.lower[k]]), k)
            if parse.dep[k] == "conj" and parse.lemma[k] in lexicon.subjects and not self._own_subject(k):
                return Verdict(lexicon.subjects[parse.lemma[k]], k)
        return self._held(verb) or self._sustaining(verb) or self._cared_for(verb)

    def _believed(self, verb: int) -> Verdict | None:
        """By what is thought of those counted: "are estimated to have died", "were found shot"."""
        parse, lexicon = self.parse, self.lexicon
        for k in parse.children[verb]:
            if parse.dep[k] not in OPEN_CLAUSE or k < verb or self._own_subject(k):
                continue
            if parse.lemma[k] in lexicon.subjects or parse.tag[k] == "VBN":
                return self._left(k) or self._doing(k)
        return None

    def _held(self, verb: int) -> Verdict | None:
        """By where those counted are: "in custody", "behind bars", "among the dead"."""
        parse, lexicon = self.parse, self.lexicon
        if parse.lemma[verb] not in lexicon.staying:
            return None
        for k in parse.children[verb]:
            if parse.dep[k] == "prep" and parse.lower[k] in ("in", "behind", "under", "among"):
                for j in parse.children[k]:
                    kind = lexicon.held.get(parse.lower[j])
                    if kind:
                        return Verdict(kind, j)
        return None

    def _cared_for(self, verb: int) -> Verdict | None:
        """By where the hurt are brought, and how they are: "rushed to hospital", "listed in critical condition"."""
        parse, lexicon = self.parse, self.lexicon
        brought = parse.lemma[verb] in lexicon.conveying
        for k in parse.children[verb]:
            if parse.dep[k] != "prep" or parse.lower[k] not in ("to", "at", "in"):
                continue
            for j in parse.children[k]:
                if brought and lexicon.held.get(parse.lower[j]) == "wounded":
                    return Verdict("wounded", verb)
                if parse.lower[j] == "condition" and any(
                    parse.lower[m] in lexicon.conditions for m in parse.children[j]
                ):
                    return Verdict("wounded", verb)
        return None

    def _among(self, verb: int) -> Verdict | None:
        """By those of whom they are: "among the dead were six children", "the victims included three women"."""
        parse, lexicon = self.parse, self.lexicon
        if parse.lemma[verb] == "include":
            for k in parse.children[verb]:
                kind = lexicon.classes.get(parse.lemma[k]) or lexicon.states.get(parse.lower[k])
                if parse.dep[k] == "nsubj" and kind in lexicon.predicates:
                    return Verdict(kind, k)
            return None
        return self._held(verb)

    def _sustaining(self, verb: int) -> Verdict | None:
        """By what those counted suffer: "sustained injuries", "lost their lives"."""
        parse, lexicon = self.parse, self.lexicon
        for k in parse.children[verb]:
            if parse.dep[k] != "dobj":
                continue
            if parse.lemma[verb] in lexicon.bearing and lexicon.classes.get(parse.lemma[k]) == "wounded":
                return Verdict("wounded", verb)
            if parse.lower[k] in lexicon.lives and parse.lemma[verb] in lexicon.deprived:
                return Verdict("killed", verb)
        return None

    def _active(self, verb: int) -> bool:
        """Whether a participle has an object of its own, or "have" before it without "be"."""
        parse = self.parse
        kids = parse.children[verb]
        passive = any(parse.dep[k] == "auxpass" for k in kids)
        return not passive and any(
            parse.dep[k] == "dobj" or (parse.dep[k] == "aux" and parse.lemma[k] == "have") for k in kids
        )

    def _own_subject(self, verb: int) -> bool:
        return any(self.parse.dep[k] in ("nsubj", "nsubjpass") for k in self.parse.children[verb])

    def _either(self, word: int, kind: str) -> str:
        """Both killed and wounded where the text joins the two: "killed or wounded"."""
        parse = self.parse
        for near in (word + 1, word - 1):
            if 0 < near < len(parse) - 1 and parse.lower[near] in ("or", "and", "/"):
                other = near + (near - word)
                found = self.lexicon.states.get(parse.lower[other]) or self.lexicon.objects.get(parse.lemma[other])
                if {found, kind} == {"killed", "wounded"}:
                    return "killed_or_wounded"
        return kind

    def _past_aside(self, at: int, last: int) -> int:
        """The token after an aside that begins at token `at`: ", including 15 children,"."""
        parse = self.parse
        if at + 1 < last and parse.lower[at] == "," and parse.lower[at + 1] in self.lexicon.including:
            for k in range(at + 2, min(at + 10, last)):
                if parse.lower[k] == ",":
                    return k + 1
        return at

    def _by_neighbours(self, start: int, end: int, noun: int) -> Verdict | None:
        """By the words next to the number, where the parser went astray: "12 people killed", "wounding at least 5"."""
        return self._after(max(noun, end - 1) + 1, end) or self._before(start)

    def _after(self, at: int, end: int) -> Verdict | None:
        parse, lexicon = self.parse, self.lexicon
        if at == end < len(parse) and parse.lower[end] in lexicon.deadly:
            return Verdict(lexicon.deadly[parse.lower[end]], end)
        last = parse.sents[parse.sent[end - 1]][1]
        k = self._past_aside(at, last)
        stop = min(k + FARTHEST, last)
        while k < stop and (parse.lemma[k] in lexicon.passed or parse.pos[k] in ("AUX", "ADV")):
            if parse.lower[k] in lexicon.states:
                break
            k += 1
        if k >= stop:
            return None
        word, lemma = parse.lower[k], parse.lemma[k]
        if word in lexicon.states:
            return Verdict(self._either(k, lexicon.states[word]), k)
        if parse.tag[k] == "VBN" and lemma in lexicon.objects:
            return self._left(k) or self._done(k)
        if word in lexicon.participles and parse.word[k].isupper():
            return Verdict(self._either(k, lexicon.participles[word]), k)
        if parse.pos[k] == "VERB" and lemma in lexicon.subjects and parse.tag[k] != "VBG":
            return Verdict(lexicon.subjects[lemma], k)
        return None

    def _before(self, start: int) -> Verdict | None:
        parse = self.parse
        first = parse.sents[parse.sent[start]][0]
        for k in range(start - 1, max(start - 5, first - 1), -1):
            if parse.pos[k] == "VERB":
                kind = self.lexicon.objects.get(parse.lemma[k])
                passive = parse.tag[k] == "VBN" and any(parse.dep[j] == "auxpass" for j in parse.children[k])
                return Verdict(self._either(k, kind), k) if kind and not passive else None
            if parse.pos[k] in ("PUNCT", "NOUN", "CCONJ"):
                return None
        return None
