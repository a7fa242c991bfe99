"""What a number counts: from the counted noun, from what is said of it, and from the predicate over it."""

from __future__ import annotations

from typing import NamedTuple

from tocsin.understand.figure_lexicon import Lexicon
from tocsin.understand.numbers import HYPHENS
from tocsin.understand.parse import Parse

NOUNS = frozenset({"NOUN", "PROPN"})
PLURAL = frozenset({"NNS", "NNPS"})
MODIFIES = frozenset({"nummod", "amod", "quantmod", "compound", "nmod", "det", "predet", "poss", "advmod", "npadvmod"})
PARTICIPLES = frozenset({"VBN", "VBD", "JJ"})
BETWEEN = frozenset({"ADJ", "ADV", "PROPN", "NOUN", "VERB", "PUNCT", "PART", "CCONJ", "NUM"})
AUXILIARIES = frozenset({"be", "have", "get", "reportedly", "also", "more", "other", "others", "people", "then", "already",
                         "since", "far", "so", "badly", "seriously", "critically", "allegedly", "confirm", "report",
                         "as", "feared", "believed", "know", "fear", "believe", "either", "both", "later", "officially"})  # fmt: skip
FARTHEST = 6


class Counted(NamedTuple):
    """What is counted, in which unit, the head of the counted noun and the token that governs it (or -1)."""

    what: str
    unit: str | None
    noun: int
    governor: int


class Verdict(NamedTuple):
    """What is said of those counted, and by which token."""

    what: str
    governor: int


class Counter:
    """Finds what the numbers of one text count."""

    def __init__(self, parse: Parse, lexicon: Lexicon) -> None:
        self.parse = parse
        self.lexicon = lexicon

    def counted(self, start: int, end: int) -> Counted:
        """What the number at tokens `start` to `end` (exclusive) counts."""
        node, noun = self._nodes(start, end)
        lexicon, parse = self.lexicon, self.parse
        kind = lexicon.classes.get(parse.lemma[noun]) if noun >= 0 else None
        kind = kind or (lexicon.classes.get(parse.lower[noun]) if noun >= 0 else None)
        if kind == "killed_or_wounded":
            kind = self._casualties(noun)
        governor = self._governor(node)
        if noun >= 0 and kind not in (None, *lexicon.countable):
            return Counted(kind or "other", self._unit(kind, noun), noun, governor)
        said = self._said(node, noun, start, end)
        if said:
            return Counted(said.what, None, noun, said.governor)
        if kind is None:
            kind = self._inherited(node, noun)
        return Counted(kind, self._unit(kind, noun), noun, governor)

    def place(self, start: int, end: int, outer: int) -> tuple[int, int]:
        """Head noun and governor of a measured number whose unit ends at token `outer`."""
        node, noun = self._nodes(start, end)
        if noun < 0 and outer > end:
            noun = outer - 1
        return noun, self._governor(noun if noun >= 0 else node)

    def _unit(self, kind: str | None, noun: int) -> str | None:
        """The counted thing by its name, for the classes that are named by it."""
        return self.parse.lemma[noun] if noun >= 0 and kind in ("weapons", "vehicles", "other") else None

    def _inherited(self, node: int, noun: int) -> str:
        """The class of a number without a noun: of the noun it is set beside; people by name of their nation."""
        parse, lexicon = self.parse, self.lexicon
        if noun >= 0:
            return "people" if self._nationals(noun) else "other"
        at = node
        for _ in range(3):
            at = parse.head[at]
            kind = lexicon.classes.get(parse.lemma[at]) if parse.pos[at] in NOUNS else None
            if kind:
                return kind
        return "people" if self._verbal(node) else "other"

    def _nationals(self, noun: int) -> bool:
        """Whether a noun names people by their nation, faith or party: "Palestinians", "12 Americans"."""
        parse = self.parse
        k = parse.entity_at[noun]
        if k >= 0 and parse.entities[k].label == "NORP":
            return True
        return parse.tag[noun] == "NNPS" or (parse.tag[noun] == "NNS" and parse.word[noun][0].isupper() and noun > 0)

    def _verbal(self, node: int) -> bool:
        return self.parse.dep[node] in ("nsubj", "nsubjpass") and self.parse.pos[self.parse.head[node]] == "VERB"

    def _nodes(self, start: int, end: int) -> tuple[int, int]:
        """The token that stands for the counted in the sentence, and the head of the counted noun (or -1)."""
        parse = self.parse
        top = end - 1
        for k in range(end - 1, start - 1, -1):
            if not start <= parse.head[k] < end:
                top = k
                break
        head = parse.head[top]
        if parse.dep[top] in MODIFIES and head >= end and head - end <= 2 * FARTHEST:
            return head, self._strong(head)
        if end < len(parse) and parse.lower[end] == "of":
            inner = next((k for k in parse.children[end] if parse.dep[k] == "pobj"), -1)
            return top, inner
        follows = self._follows(end)
        if follows >= 0:
            return (follows if parse.head[follows] != top else top), follows
        return top, -1

    def _strong(self, noun: int) -> int:
        """For "30,000-strong" the noun that is so strong."""
        parse = self.parse
        return parse.head[noun] if parse.lower[noun] == "strong" and parse.pos[parse.head[noun]] in NOUNS else noun

    def _follows(self, end: int) -> int:
        """The plural noun that follows a number directly, where the parser did not see that it is counted."""
        parse = self.parse
        for k in range(end, min(end + FARTHEST, len(parse))):
            if parse.tag[k] in PLURAL or parse.lower[k] in ("people", "personnel", "police", "dead", "wounded", "injured"):
                return k
            if parse.pos[k] not in ("ADJ", "PROPN", "NOUN") and parse.lower[k] not in HYPHENS and parse.tag[k] != "VBN":
                return -1
            if parse.sent[k] != parse.sent[end - 1]:
                return -1
        return -1

    def _governor(self, node: int) -> int:
        """The verb or noun over the counted."""
        parse = self.parse
        for _ in range(FARTHEST):
            head = parse.head[node]
            if head == node:
                return node if parse.pos[node] == "VERB" else -1
            if parse.dep[node] != "conj" and parse.pos[head] in ("VERB", "AUX", "NOUN", "PROPN", "ADJ"):
                return head
            node = head
        return -1

    def _casualties(self, noun: int) -> str:
        """Casualties are killed or wounded, and killed where the sentence sets them beside the wounded."""
        parse = self.parse
        if parse.lemma[noun] == "victim":
            return "people"
        first, last = parse.sents[parse.sent[noun]]
        wounded = self.lexicon.states
        beside = any(
            wounded.get(parse.lower[k]) == "wounded" and parse.pos[k - 1] in ("NUM", "ADV", "ADJ")
            for k in range(max(first, noun + 1), min(last, noun + 12))
        )
        return "killed" if beside else "killed_or_wounded"

    def _said(self, node: int, noun: int, start: int, end: int) -> Verdict | None:
        """What the sentence says of those counted."""
        return (
            self._of_itself(node, noun)
            or self._by_predicate(node)
            or self._by_neighbours(start, end, noun)
        )

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
                    return Verdict(self._either(k, lexicon.objects[parse.lemma[k]]), k)
                if dep == "relcl":
                    said = self._relative(k)
                    if said:
                        return said
        return None

    def _relative(self, verb: int) -> Verdict | None:
        """By a relative clause of which those counted are the subject."""
        parse = self.parse
        for k in parse.children[verb]:
            if parse.dep[k] == "nsubjpass" and parse.lower[k] in ("who", "that", "which", "whom"):
                return self._done(verb)
            if parse.dep[k] == "nsubj" and parse.lower[k] in ("who", "that", "which"):
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
        parse, lexicon = self.parse, self.lexicon
        if dep == "dobj":
            if parse.lower[node] in ("lives", "life") and parse.lemma[head] in lexicon.deprived:
                return Verdict("killed", head)
            return self._toll_of(head) or self._left(head) or self._done(head)
        if dep == "nsubjpass":
            return self._left(head) or self._done(head)
        if dep in ("nsubj", "ROOT", "ccomp", "dep", "nmod", "npadvmod", "advcl", "attr"):
            if dep == "attr":
                return self._toll_of(head)
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
        kind = lexicon.classes.get(lemma)
        if parse.lower[preposition] == "of" and kind in ("killed", "wounded", "arrested", "abducted", "missing", "captured"):
            return Verdict(kind, head)
        return None

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
            if parse.lemma[k] in ("number", "total", "count", "tally", "figure", "death", "fatality"):
                return self._numbered(k)
        return None

    def _numbered(self, noun: int) -> Verdict | None:
        """By what a number is of: "the number of dead", "deaths"."""
        parse, lexicon = self.parse, self.lexicon
        for k in range(parse.left[noun], parse.right[noun] + 1):
            kind = lexicon.states.get(parse.lower[k]) or lexicon.classes.get(parse.lemma[k])
            if kind in ("killed", "wounded", "missing", "arrested", "displaced", "abducted", "captured"):
                return Verdict(kind, k)
            if parse.tag[k] == "VBN" and parse.lemma[k] in lexicon.objects:
                return Verdict(lexicon.objects[parse.lemma[k]], k)
        return None

    def _left(self, verb: int) -> Verdict | None:
        """By the state in which those counted are left: "left 10 dead", "found 3 dead", "shot dead"."""
        parse, lexicon = self.parse, self.lexicon
        for k in parse.children[verb]:
            if parse.dep[k] in ("oprd", "acomp", "ccomp", "xcomp", "advmod", "amod", "acl", "dobj", "prt", "advcl"):
                word = parse.lower[k]
                if word in lexicon.states and (parse.tag[k] != "VBN" or parse.lemma[verb] in lexicon.leaving):
                    return Verdict(self._either(k, lexicon.states[word]), k)
            if parse.dep[k] == "prep" and parse.lower[k] == "to" and "death" in [parse.lower[j] for j in parse.children[k]]:
                return Verdict("killed", verb)
        return None

    def _done(self, verb: int) -> Verdict | None:
        """By the verb that is done to those counted."""
        kind = self.lexicon.objects.get(self.parse.lemma[verb])
        if kind:
            return Verdict(self._either(verb, kind), verb)
        for k in self.parse.children[verb]:
            if self.parse.dep[k] == "conj" and k - verb <= 3 and self.lexicon.objects.get(self.parse.lemma[k]):
                if not any(self.parse.dep[j] in ("dobj", "nsubjpass", "nsubj") for j in self.parse.children[k]):
                    return Verdict(self.lexicon.objects[self.parse.lemma[k]], k)
        return None

    def _doing(self, verb: int) -> Verdict | None:
        """By what those counted do or are: "died", "are dead", "remain missing"."""
        parse, lexicon = self.parse, self.lexicon
        word, lemma = parse.lower[verb], parse.lemma[verb]
        if lemma in lexicon.subjects:
            return Verdict(lexicon.subjects[lemma], verb)
        if word in lexicon.states and parse.pos[verb] not in ("NOUN",):
            return Verdict(self._either(verb, lexicon.states[word]), verb)
        if parse.tag[verb] == "VBN" and lemma in lexicon.objects and not self._active(verb):
            return Verdict(self._either(verb, lexicon.objects[lemma]), verb)
        for k in parse.children[verb]:
            if parse.dep[k] in ("acomp", "attr", "oprd", "xcomp", "advmod") and parse.lower[k] in lexicon.states:
                return Verdict(self._either(k, lexicon.states[parse.lower[k]]), k)
            if parse.dep[k] == "conj" and parse.lemma[k] in lexicon.subjects and not self._own_subject(k):
                return Verdict(lexicon.subjects[parse.lemma[k]], k)
        return self._sustaining(verb)

    def _sustaining(self, verb: int) -> Verdict | None:
        """By what those counted suffer: "sustained injuries", "lost their lives"."""
        parse = self.parse
        for k in parse.children[verb]:
            if parse.dep[k] == "dobj" and parse.lemma[k] in ("injury", "wound", "burn"):
                return Verdict("wounded", verb)
            if parse.dep[k] == "dobj" and parse.lower[k] in ("lives", "life") and parse.lemma[verb] in self.lexicon.deprived:
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

    def _by_neighbours(self, start: int, end: int, noun: int) -> Verdict | None:
        """By the words next to the number, where the parser went astray: "12 people killed", "wounding at least 5"."""
        parse, lexicon = self.parse, self.lexicon
        last = parse.sents[parse.sent[end - 1]][1]
        k = max(noun, end - 1) + 1
        stop = min(k + FARTHEST, last)
        while k < stop and (parse.lemma[k] in AUXILIARIES or parse.pos[k] in ("AUX", "ADV")):
            if parse.lower[k] in lexicon.states:
                break
            k += 1
        if k < stop:
            word, lemma = parse.lower[k], parse.lemma[k]
            if word in lexicon.states:
                return Verdict(self._either(k, lexicon.states[word]), k)
            if parse.tag[k] == "VBN" and lemma in lexicon.objects:
                return Verdict(self._either(k, lexicon.objects[lemma]), k)
        first = parse.sents[parse.sent[start]][0]
        for k in range(start - 1, max(start - 5, first - 1), -1):
            if parse.pos[k] == "VERB" and parse.tag[k] in ("VBG", "VBD", "VBZ", "VBP", "VB", "VBN"):
                kind = lexicon.objects.get(parse.lemma[k])
                passive = parse.tag[k] == "VBN" and any(parse.dep[j] == "auxpass" for j in parse.children[k])
                return Verdict(self._either(k, kind), k) if kind and not passive else None
            if parse.pos[k] in ("PUNCT", "NOUN", "CCONJ"):
                return None
        return None
