"""The chain of sources of each word: who vouches, through how many mouths.

What a governor passes down, a quotation around the word and a source phrase beside its clause make the chain.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias

from tocsin.claim.attribution import Scan
from tocsin.claim.embedding import Embedding
from tocsin.claim.parties import PLURALS, SINGULARS, speaks_of_itself
from tocsin.claim.seams import is_parted, seams
from tocsin.claim.speech import Named, Speech
from tocsin.claim.subjects import has_to
from tocsin.model import Manner, Status
from tocsin.understand.parse import Parse

DEEPEST = 8
"""Levels of a chain; what passes through more mouths than this is a slip of the parser."""

MOST = 12
"""Sources that vouch jointly, at most."""

FACTUAL = frozenset({"occurred", "ongoing"})

SAID = frozenset({"clause", "to", "ing"})
"""Frames whose complement is what somebody says or asks, not a thing that he speaks of."""

COMMAS = frozenset({",", "-", "--", "("})
UNSAID: dict[Manner, frozenset[Status]] = {
    "observed": frozenset({"planned", "denied"}),
    "promised": frozenset({"possible", "denied"}),
    "demanded": frozenset({"possible"}),
}
"""Manner of a source → how the verb stands that brings it in, where it has not seen or promised: "wants to see", "might
agree"."""

HEDGES = frozenset({"allegedly", "reportedly", "supposedly"})

OPEN = frozenset({"possible", "planned", "wish"})
"""Effects of predicates that leave open whether their complement comes about."""

NOBODY = frozenset({"i", "we", "you", "there", "who", "which", "that"})
"""Words for no source: persons of a conversation, and relative pronouns that stand for nobody known."""

THIRD_PERSONS = (SINGULARS | PLURALS) - {"it"}


@dataclass(frozen=True, slots=True)
class Voucher:
    """One source. `head`: token of its head noun, -1 where it is not named. `cue`: token range of the word that says
    so. `said_on`: token of the time of saying, if one stands with the cue. `open`: the source speaks of what may or
    shall be (demands, promises, threatens), and so does not vouch for what the same words take as given."""

    head: int
    cue: tuple[int, int]
    manner: Manner
    said_on: int | None = None
    open: bool = False


Level: TypeAlias = tuple[Voucher, ...]
Chain: TypeAlias = tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """How an event stands: its status as the innermost source presents it, and the chain of sources, outermost level
    first; several vouchers on one level vouch jointly. `heard` is the chain of all within whose words it stands, those
    too who only ask or promise, and do not vouch for what they take as given."""

    status: Status
    chain: Chain
    heard: Chain = ()


def settled(heard: Chain, cue: tuple[int, int]) -> Chain:
    """The chain of what is itself asked, promised or suggested: the source vouches for that, whatever its status; only
    what its words take as given is not its word."""
    if not heard or heard[-1][0].cue[0] != cue[0]:
        return heard
    return (*heard[:-1], tuple(replace(voucher, open=False) for voucher in heard[-1]))


def vouching(status: Status, heard: Chain) -> Chain:
    """Those of the sources within whose words an event stands who vouch for it, if it stands so."""
    while heard and status in FACTUAL and heard[-1][0].open:
        heard = heard[:-1]
    return heard


class Chains:
    """The chains of a text's tokens, and the statuses that they depend on, as far as the traversal has come."""

    def __init__(self, parse: Parse, found: Scan) -> None:
        self.parse = parse
        self.scan = found
        self.seams = seams(parse)
        self.arc: dict[int, Embedding] = dict(found.strays)
        n = len(parse)
        self.status: list[Status] = ["occurred"] * n
        self.chain: list[Chain] = [()] * n
        self.negated = [False] * n
        self.named: dict[int, list[Named]] = {}
        outer = {named.source for named in found.named if not named.inner}
        for named in found.named:
            if named.inner and not (named.reported or parse.head[named.cue[0]] in outer):
                continue  # "banned the paper, citing a law": grounds for an act, no word that somebody passes on
            self.named.setdefault(named.clause, []).append(named)
        self.spoken: list[Chain] = [self._speech_chain(k) for k in range(len(found.speeches))]

    def _speech_chain(self, k: int) -> Chain:
        speech = self.scan.speeches[k]
        if speech.source < 0:
            return ()
        cue = speech.cue or (speech.source, speech.source + 1)
        return (self._level(speech.source, cue, speech.manner),)

    def _level(self, source: int, cue: tuple[int, int], manner: Manner, open: bool = False) -> Level:
        heads = self.parse.conjuncts(source)[:MOST]
        if source < cue[0]:
            heads = [head for head in heads if head < cue[0]]
        when = self._said_on(cue[0])
        return tuple(Voucher(head, cue, manner, when, open) for head in heads)

    def _said_on(self, cue: int) -> int | None:
        """The time expression that hangs on a cue ("said on Monday", "said Monday")."""
        parse = self.parse
        for k in parse.children[cue]:
            if parse.dep[k] in ("npadvmod", "advmod") and self._is_time(k):
                return k
            if parse.dep[k] == "prep":
                for o in parse.children[k]:
                    if parse.dep[o] == "pobj" and self._is_time(o):
                        return o
        return None

    def _is_time(self, k: int) -> bool:
        at = self.parse.entity_at[k]
        return at >= 0 and self.parse.entities[at].label in ("DATE", "TIME")

    def _chain(self, i: int, h: int, e: Embedding | None) -> Chain:
        quote_at = self.scan.quote_at
        q = quote_at[i]
        base: Chain
        if is_parted(self.seams, i, h):
            base = self._across(i)
        elif h == i:
            base = self.spoken[q] if q >= 0 else ()
            if i in self.scan.strays:
                base = self._extended(base, self.scan.strays[i])
        elif e is not None and not (e.frame == "clause" and q < 0 and self._is_relative(i)):
            stray = self.scan.strays.get(i) is e
            base = self._extended(self.chain[h if stray else e.governor], e)
        else:
            base = () if q < 0 and self._is_aside(i, h) else self.chain[h]
        if q >= 0 and (h == i or quote_at[h] != q):
            base = self._quoted(base, q)
        elif q < 0 and h != i and quote_at[h] >= 0 and e is None:
            speech = self.scan.speeches[quote_at[h]]
            base = self.spoken[quote_at[h]] if self._opens_speech(i, speech) or self._ends_speech(i, speech) else ()
        for named in self.named.get(i, ()) if len(base) < DEEPEST else ():
            if is_parted(self.seams, i, named.cue[0]):
                continue
            level = (Voucher(named.source, named.cue, named.manner),)
            base = (*base, level) if named.inner else (level, *base)
        return base

    def _across(self, i: int) -> Chain:
        """The chain of a token that hangs on the far side of a seam: that of the nearest word above on its own side."""
        below, k = i, self.parse.head[i]
        while is_parted(self.seams, i, k):
            if self.parse.head[k] == k:
                return ()
            below, k = k, self.parse.head[k]
        e = self.arc.get(below)
        return self.chain[k] if e is None else self._extended(self.chain[k], e)

    def _is_aside(self, i: int, h: int) -> bool:
        """Whether a relative or participial clause is the writer's background: it is set off by a comma, or belongs to
        an apposition that is. A hedge ("who allegedly fled") makes it the source's again."""
        parse = self.parse
        if parse.dep[i] not in ("relcl", "acl") or any(parse.lower[k] in HEDGES for k in parse.children[i]):
            return False
        return self._is_set_off(i) or (parse.dep[h] == "appos" and self._is_set_off(h))

    def _is_set_off(self, i: int) -> bool:
        first = self.parse.left[i]
        return first > 0 and not COMMAS.isdisjoint(self.parse.word[first - 1 : first + 1])

    def _is_relative(self, i: int) -> bool:
        """Whether a clause begins with a comma and a possessive relative pronoun, which opens no reported clause."""
        first = self.parse.left[i]
        return "WP$" in self.parse.tag[first : first + 2] and self._is_set_off(i)

    def _opens_speech(self, i: int, speech: Speech) -> bool:
        """Whether a phrase before a quotation is its beginning in indirect speech: "In the clashes, he says, "they
        lost"", "With both sides tired, "there is hope," he says"."""
        parse, start = self.parse, speech.quotation.start
        if speech.cue is None or not i < min(start, speech.cue[0]) or parse.sent[i] != parse.sent[start]:
            return False
        if parse.left[i] <= speech.source <= parse.right[i]:
            return False
        return speech.cue[0] < start or parse.word[start + 1][0].islower()

    def _ends_speech(self, i: int, speech: Speech) -> bool:
        """Whether a phrase after a quotation goes on in indirect speech: "He says, "we see hope" in the talks"."""
        parse, end = self.parse, speech.quotation.end
        if speech.cue is None or speech.cue[0] > speech.quotation.start or i < end:
            return False
        return parse.left[i] == end and parse.word[end - 2] not in (",", ".", "?", "!") and parse.word[end] != ","

    def _quoted(self, base: Chain, q: int) -> Chain:
        """The chain inside a quotation that stands in a clause with the chain `base`."""
        spoken = self.spoken[q]
        if not spoken:
            return base
        if base and base[-1][0].head == spoken[0][0].head:
            return base
        return spoken

    def _extended(self, base: Chain, e: Embedding) -> Chain:
        """A chain with the source that an embedding brings in, unless that is the innermost one again."""
        if len(base) >= DEEPEST:
            return base
        if not e.vouches or e.manner is None or e.source < 0 or (e.source == e.governor and self._disclaimed(e)):
            return base
        if (
            self.negated[e.governor]
            and e.effect == "fact"
            and e.frame != "clause"
            and self.parse.pos[e.child] == "NOUN"
        ):
            return base
        if self.status[e.governor] in UNSAID.get(e.manner, ()):
            return base
        if base and self._is_own_word(base[-1], e):
            return base
        word = self.parse.lower[e.source]
        if word in NOBODY or (word == "one" and self.parse.tag[e.source] == "PRP"):
            return base
        g = e.governor
        if word == "it" and (self.parse.pos[g] == "ADJ" or self.status[g] not in FACTUAL or has_to(self.parse, g)):
            return base  # "it is clear that ...", "it is wrong to say that ..."
        q = self.scan.quote_at[e.child]
        asserted = q >= 0 and q != self.scan.quote_at[e.governor]  # ""Why do they fight?" he asked": his very words
        return (*base, self._level(e.source, e.cue, e.manner, e.effect in OPEN and not asserted))

    def _is_own_word(self, level: Level, e: Embedding) -> bool:
        """Whether an embedding's source is again the one who speaks; in a quotation he does not call himself "they"."""
        if self.scan.quote_at[e.governor] >= 0 and self.parse.lower[e.source] in THIRD_PERSONS:
            return False
        return any(speaks_of_itself(self.parse, v.head, e.source) for v in level)

    def _disclaimed(self, e: Embedding) -> bool:
        """Whether a complement hangs on a noun that is denied: "no evidence that", "denied claims that"."""
        return e.effect == "fact" and self.parse.pos[e.governor] == "NOUN" and self.status[e.governor] == "denied"
