"""What a number counts: from the counted noun, from what is said of it, and from the predicate over it."""

from __future__ import annotations

from typing import NamedTuple

from tocsin.understand.figure_lexicon import Lexicon
from tocsin.understand.figure_said import Sayings
from tocsin.understand.grammar import NOUNS, PLURAL
from tocsin.understand.numbers import HYPHENS
from tocsin.understand.parse import Parse

MODIFIES = frozenset({"nummod", "amod", "quantmod", "compound", "nmod", "det", "predet", "poss", "advmod", "npadvmod"})
FARTHEST = 6


class Counted(NamedTuple):
    """What is counted, in which unit, the head of the counted noun and the token that governs it (or -1)."""

    what: str
    unit: str | None
    noun: int
    governor: int


class Counter:
    """Finds what the numbers of one text count."""

    def __init__(self, parse: Parse, lexicon: Lexicon) -> None:
        self.parse = parse
        self.lexicon = lexicon
        self.sayings = Sayings(parse, lexicon)

    def counted(self, start: int, end: int, before: Counted | None = None, told: Counted | None = None) -> Counted:
        """What the number at tokens `start` to `end` (exclusive) counts; `before` is what the figure before it in
        its sentence counts, which a number without a noun takes over ("12 in London, 3 in Paris"), `told` what the
        last figure of the text before it does, which "the numbers fell to 300" is about."""
        node, noun = self._nodes(start, end)
        kind = self._company(noun, self._class(noun))
        governor = self._governor(node)
        if kind not in (None, *self.lexicon.countable):
            return Counted(kind or "other", self._unit(kind, noun), noun, governor)
        said = self.sayings.of(node, noun, start, end, kind)
        if said:
            return Counted(said.what, None, noun, said.governor)
        if kind is None and noun < 0 and before is not None and self._partitive(end):
            return before._replace(noun=-1, governor=before.governor)
        included = before is not None and kind in ("people", "troops") and self._included(start)
        if before is not None and included and before.what in self.lexicon.predicates:
            return Counted(before.what, None, noun, before.governor)
        if noun < 0 and told is not None and told.what in self.lexicon.countable and self._of_the_count(node):
            return Counted(told.what, told.unit, noun, governor)
        kind = kind or self._inherited(node, noun, start, end)
        return Counted(kind, self._unit(kind, noun), noun, governor)

    def _of_the_count(self, node: int) -> bool:
        """Whether a number is what a count comes to that is named without what it counts: "the numbers fell to 300"."""
        parse = self.parse
        verb = node
        for _ in range(FARTHEST):
            if parse.pos[verb] == "VERB" or parse.head[verb] == verb:
                break
            verb = parse.head[verb]
        return any(
            parse.dep[k] in ("nsubj", "nsubjpass") and parse.lower[k] in self.lexicon.counts
            and not any(parse.lower[p] == "of" for p in parse.children[k])
            for k in parse.children[verb]
        )  # fmt: skip

    def _class(self, noun: int) -> str | None:
        """The class of the counted noun."""
        if noun < 0:
            return None
        parse, classes = self.parse, self.lexicon.classes
        word = parse.lower[noun]
        kind = classes.get(parse.lemma[noun]) or classes.get(word)
        if kind is None and word.endswith("s"):
            kind = classes.get(word[:-1]) or classes.get(word[:-2]) or classes.get(f"{word[:-3]}y")
        if kind == "killed_or_wounded":
            return self._casualties(noun)
        if kind is None and self._nationals(noun):
            return "people"
        return kind

    def _company(self, noun: int, kind: str | None) -> str | None:
        """The class of those counted with the ones beside them: "2,000 fighters and their families" are people."""
        parse = self.parse
        if kind != "troops" or noun < 0:
            return kind
        others = [
            k for k in parse.children[noun]
            if parse.dep[k] == "conj" and not any(parse.dep[c] == "nummod" for c in parse.children[k])
        ]  # fmt: skip
        return "people" if any(self._class(k) == "people" for k in others) else kind

    def _included(self, start: int) -> bool:
        """Whether the number tells some of those counted before it: "59 civilians, including 15 children"."""
        parse, including = self.parse, self.lexicon.including
        near = parse.lower[max(start - 4, 0) : start]
        return any(word in including for word in near[-3:]) or ("them" in near and "among" in near)

    def _partitive(self, end: int) -> bool:
        """Whether what follows a number without a noun only says of which it is: "12 in London", "10 of them"."""
        parse = self.parse
        return end >= len(parse) or parse.pos[end] in ("ADP", "PUNCT", "CCONJ", "PROPN", "ADV")

    def measured(self, start: int, end: int, outer: int, what: str, unit: str | None) -> Counted:
        """The head noun and governor of a measured number whose unit ends at token `outer`; a weight of weapons is
        a number of weapons."""
        parse = self.parse
        node, noun = self._nodes(start, end)
        if noun < 0 and outer > end:
            noun = outer - 1
        outer = self._past_brackets(outer)
        if what == "other" and outer < len(parse) and parse.lower[outer] == "of":
            inner = next((k for k in parse.children[outer] if parse.dep[k] == "pobj"), -1)
            if self._class(inner) == "weapons":
                what = "weapons"
        return Counted(what, unit, noun, self._governor(noun if noun >= 0 else node))

    def _past_brackets(self, at: int) -> int:
        """The token after the same in another measure: "1,300 pounds (600 kg) of explosives"."""
        lower = self.parse.lower
        if at < len(lower) and lower[at] == "(" and ")" in lower[at : at + FARTHEST]:
            return lower.index(")", at) + 1
        return at + 1 if at < len(lower) and lower[at] == ")" else at

    def _unit(self, kind: str | None, noun: int) -> str | None:
        """The counted thing by its name, for the classes that are named by it."""
        return self.parse.lemma[noun] if noun >= 0 and kind in ("weapons", "vehicles", "other") else None

    def _inherited(self, node: int, noun: int, start: int, end: int) -> str:
        """The class of a number without a noun: of the noun it is set beside; a subject without a noun is people, and
        so are "thousands"."""
        parse, lexicon = self.parse, self.lexicon
        if noun >= 0:
            return "troops" if end + 1 < len(parse) and parse.lower[end + 1] == "strong" else "other"
        at = node
        for _ in range(3):
            if parse.dep[at] not in ("conj", "appos"):
                break
            at = parse.head[at]
            kind = lexicon.classes.get(parse.lemma[at]) if parse.pos[at] in NOUNS else None
            if kind:
                return kind
        crowd = end - start == 1 and parse.lower[start] in lexicon.crowds
        return "people" if crowd or self._verbal(node, end) else "other"

    def _nationals(self, noun: int) -> bool:
        """Whether a noun names people by their nation, faith or party: "Palestinians", "12 Americans"."""
        parse = self.parse
        k = parse.entity_at[noun]
        if k >= 0 and parse.entities[k].label == "NORP":
            return True
        if parse.word[noun].isupper():
            return False
        return parse.tag[noun] == "NNPS" or (parse.tag[noun] == "NNS" and parse.word[noun][0].isupper() and noun > 0)

    def _verbal(self, node: int, end: int) -> bool:
        parse = self.parse
        if parse.dep[node] in ("nsubj", "nsubjpass") and parse.pos[parse.head[node]] in ("VERB", "AUX"):
            return True
        return end < len(parse) and parse.tag[end] == "VBN"

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
            if self._dated(head) and parse.tag[head] not in PLURAL and end - start == 1 and parse.lower[top] != "one":
                return head, -1
            noun = self._strong(self._outermost(head))
            nominal = parse.pos[noun] in NOUNS or parse.lower[noun] in self.lexicon.states
            return head, noun if nominal else -1
        if end < len(parse) and parse.lower[end] == "of":
            inner = next((k for k in parse.children[end] if parse.dep[k] == "pobj" and parse.pos[k] != "PRON"), -1)
            return top, inner
        follows = self._follows(end)
        if follows >= 0:
            return (follows if parse.head[follows] != top else top), follows
        return top, -1

    def _dated(self, k: int) -> bool:
        """Whether a token is part of a date, as the night of "wounded three Saturday night" is: it is not counted."""
        at = self.parse.entity_at[k]
        return at >= 0 and self.parse.entities[at].label in ("DATE", "TIME")

    def _outermost(self, noun: int) -> int:
        """The head of a compound: the states of "27 member states"."""
        parse = self.parse
        for _ in range(3):
            head = parse.head[noun]
            if parse.dep[noun] not in ("compound", "nmod") or head < noun or parse.pos[head] != "NOUN":
                break
            noun = head
        return noun

    def _strong(self, noun: int) -> int:
        """For "30,000-strong" the noun that is so strong."""
        parse = self.parse
        return parse.head[noun] if parse.lower[noun] == "strong" and parse.pos[parse.head[noun]] in NOUNS else noun

    def _follows(self, end: int) -> int:
        """The plural noun that follows a number directly, where the parser did not see that it is counted."""
        parse = self.parse
        for k in range(end, min(end + FARTHEST, len(parse))):
            if parse.tag[k] in PLURAL or parse.lower[k] in self.lexicon.mass:
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
        first, last = parse.sents[parse.sent[noun]]
        wounded = self.lexicon.states
        beside = any(
            wounded.get(parse.lower[k]) == "wounded" and parse.pos[k - 1] in ("NUM", "ADV", "ADJ")
            for k in range(max(first, noun + 1), min(last, noun + 12))
        )
        return "killed" if beside else "killed_or_wounded"
