"""Who vouches for each word's event, and how firmly: one traversal of the dependency tree, from the roots down.

Every token gets a `Standing`. A token starts from what its governor passes down (the chain of sources and an effect on
the status, from `embedding.Embedding`), reads its own form (tense, modal, negation, modifiers; `status.form_of`) and
composes the two. A quotation and a source phrase set the chain for all that they hold.
"""

from __future__ import annotations

from tocsin.claim.attribution import Scan, scan
from tocsin.claim.chains import FACTUAL, OPEN, SAID, Chain, Chains, Level, Standing, Voucher, settled, vouching
from tocsin.claim.embedding import Embedding
from tocsin.claim.parties import is_party, speaks_of_itself
from tocsin.claim.sources import Cues, cues
from tocsin.claim.status import Form, Forms, compose, form_of, forms
from tocsin.model import Status
from tocsin.understand.grammar import NOMINAL, VERBAL
from tocsin.understand.parse import Parse

__all__ = ["Chain", "Level", "Standing", "Voucher", "standings", "vouching"]


SILENT = frozenset({"PUNCT", "SPACE", "DET", "CCONJ", "PART", "SYM", "X", "INTJ"})

DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "her", "our", "my", "your"})
TENSES = frozenset({"past", "present", "perfect", "progressive", "past_progressive"})
SHARES = {
    "bare": frozenset({"infinitive", "bare", "future", "would", "possible", "perfect_infinitive"}),
    "participle": frozenset({"perfect", "past", "passive", "future", "would", "possible", "infinitive", "participle"}),
    "gerund": frozenset({"gerund", "progressive", "past_progressive"}),
}
"""Form of a coordinated verb without auxiliaries → forms of the first verb whose auxiliaries it shares."""


def standings(parse: Parse, found: Scan | None = None) -> list[Standing]:
    """The standing of each token's event, one for each token. `found` is the text's scan where there is one.

    Tokens that are no event get the standing of the word they hang on."""
    return _Walk(parse, scan(parse) if found is None else found).run()


class _Walk(Chains):
    """One traversal; holds what was settled for the tokens above."""

    def __init__(self, parse: Parse, found: Scan) -> None:
        super().__init__(parse, found)
        self.lex: Cues = cues()
        self.words: Forms = forms()
        self.form: list[Form | None] = [None] * len(parse)

    def run(self) -> list[Standing]:
        parse = self.parse
        children, head = parse.children, parse.head
        todo = [i for i in range(len(parse)) if head[i] == i]
        for i in todo:
            self._settle(i)
            todo.extend(children[i])
        shared: dict[tuple[Status, int], Standing] = {}
        result = []
        for i in self.arc:
            if self.arc[i].frame in SAID and self.arc[i].effect in OPEN:
                self.chain[i] = settled(self.chain[i], self.arc[i].cue)
        for status, heard in zip(self.status, self.chain, strict=True):
            key = (status, id(heard))
            standing = shared.get(key)
            if standing is None:
                standing = shared[key] = Standing(status, vouching(status, heard), heard)
            result.append(standing)
        return result

    # ---- one token ---------------------------------------------------------------------------------------------------

    def _settle(self, i: int) -> None:
        parse = self.parse
        pos = parse.pos[i]
        h = parse.head[i]
        if parse.tag[i] == "MD" and parse.lower[i] in self.words.duties and self.chain[h]:
            # "must" is itself a demand, made by saying so: an act of the speaker, that the article reports.
            self.status[i], self.chain[i] = "occurred", self.chain[h][:-1]
            return
        if pos in SILENT:
            self.status[i], self.chain[i], self.negated[i] = self.status[h], self.chain[h], self.negated[h]
            return
        e = self.arc.get(i)
        self.chain[i] = self._chain(i, h, e)
        if pos in VERBAL and parse.dep[i] not in ("aux", "auxpass"):
            self.status[i] = self._verb_status(i, h, e)
        elif pos in NOMINAL:
            self.status[i] = self._noun_status(i, h, e)
        elif pos == "ADJ" and parse.dep[i] in ("amod", "acomp", "attr", "oprd", "conj", "ROOT"):
            self.status[i] = self.status[h] if h != i else "occurred"
            self.negated[i] = self.negated[h] if parse.dep[i] != "amod" else False
        else:
            self.status[i], self.negated[i] = self.status[h], self.negated[h]
        for embedding in self.scan.embedded.get(i, ()):
            self.arc.setdefault(embedding.child, embedding)

    # ---- verbs -------------------------------------------------------------------------------------------------------

    def _verb_status(self, i: int, h: int, e: Embedding | None) -> Status:
        parse = self.parse
        form = form_of(parse, i, self.words)
        if parse.dep[i] == "conj" and not form.explicit:
            first = self.form[h]
            if first is not None and self._shares(form, first):
                self.form[i] = first
                self.negated[i] = self.negated[h]
                return self.status[h]
        self.form[i] = form
        negated = form.negated
        own = self._own(i, h, form)
        if e is None and parse.dep[i] == "conj" and not (form.kind in TENSES and self._is_nonfinite(h)):
            e = self.arc.get(h)
        self.negated[i] = negated or own == "denied"
        if e is not None:
            status = self._composed(e, own)
            if status is None:
                status = self._bare(i, h, e)
        else:
            status = own if own is not None else self._bare(i, h, None)
            if self._conditional(i):
                status = "possible"
        if negated and own is None:
            status = "denied"
        if form.hedge == "possible" and status != "denied":
            status = "possible"
        self.negated[i] = self.negated[i] or status == "denied"
        return status

    def _composed(self, e: Embedding, own: Status | None) -> Status | None:
        """The status of a complement from its own and what its governor passes down."""
        if self._disclaimed(e):
            return "denied"
        return compose(e.effect, own, self.status[e.governor], self.negated[e.governor])

    def _shares(self, form: Form, first: Form) -> bool:
        """Whether a coordinated verb shares the auxiliaries of the first: a participle only those of a passive or a
        perfect, for else it is a past tense that was mistaken for one."""
        if first.kind not in SHARES.get(form.kind, ()):
            return False
        return form.kind != "participle" or first.passive or first.kind in ("perfect", "participle")

    def _is_nonfinite(self, k: int) -> bool:
        form = self.form[k]
        return form is not None and form.kind in ("infinitive", "bare", "gerund")

    def _own(self, i: int, h: int, form: Form) -> Status | None:
        """What the form of a verb says by itself; `None` for infinitives and the like."""
        kind = form.kind
        if kind in ("infinitive", "gerund", "bare", "none"):
            return None
        if kind == "perfect_infinitive":
            return "denied" if form.negated else "occurred"
        if form.negated:
            return "possible" if kind == "possible" and self.parse.lower[i] != "" and self._soft(i) else "denied"
        if kind == "future":
            return self._future(i, form)
        if kind == "would":
            return self._would(i, h, form)
        if kind == "possible":
            return "possible"
        if kind == "progressive" or kind == "past_progressive":
            return "ongoing"
        if kind == "past":
            return "occurred"
        if kind == "perfect":
            return "ongoing" if self._lasts(i, form) else "occurred"
        lemma = self.parse.lemma[i]
        states = self.words.states
        if kind == "participle":
            return "ongoing" if lemma in states.participles else "occurred"
        if kind == "passive":
            return "ongoing" if lemma in states.participles or lemma in states.words else "occurred"
        if lemma in states.words or form.hedge == "ongoing":
            return "ongoing"
        if self.parse.dep[i] == "relcl" or self._inside_speech(i, h):
            return "occurred" if lemma in self.lex.speech or lemma in self.words.states.acts else "ongoing"
        return "occurred"

    def _lasts(self, i: int, form: Form) -> bool:
        """Whether a perfect tense is of a state that still holds: a verb of state, or one with "since" or "for"."""
        parse = self.parse
        states = self.words.states
        present = not any(parse.dep[k] == "aux" and parse.tag[k] == "VBD" for k in parse.children[i])
        if present and parse.lemma[i] in (states.participles if form.passive else states.words):
            return True
        return any(
            parse.dep[k] == "prep"
            and parse.lower[k] in ("since", "for")
            and any(self._is_time(o) for o in parse.children[k])
            for k in parse.children[i]
        )

    def _soft(self, i: int) -> bool:
        """Whether a negated modal leaves the thing open ("may not", "should not")."""
        return any(self.parse.lower[k] in ("may", "might", "should", "must", "need") for k in self.parse.children[i])

    def _inside_speech(self, i: int, h: int) -> bool:
        """Whether a present tense is somebody's speech in a past-tense report, not a headline's."""
        e = self.arc.get(i)
        if self.scan.quote_at[i] >= 0:
            return True
        if e is None or e.manner is None:
            return False
        governor = self.form[e.governor]
        return governor is not None and governor.kind in ("past", "perfect")

    def _future(self, i: int, form: Form) -> Status:
        """`will`: planned when the actor itself or only the article says so, possible from somebody else."""
        chain = self.chain[i]
        if any(self.parse.dep[k] == "advcl" and self._conditional(k) for k in self.parse.children[i]):
            return "possible"
        if not chain:
            return "planned"
        if form.passive:
            return "possible" if chain[-1][0].manner == "warned" else "planned"
        subject = next((k for k in self.parse.children[i] if self.parse.dep[k] == "nsubj"), -1)
        if subject < 0 or not is_party(self.parse, subject):
            return "planned"
        same = any(speaks_of_itself(self.parse, v.head, subject) for v in chain[-1])
        return "planned" if same else "possible"

    def _would(self, i: int, h: int, form: Form) -> Status:
        """`would`: the future of a past report; elsewhere hypothetical."""
        e = self.arc.get(i)
        if e is not None and e.manner is not None and self.chain[i]:
            return self._future(i, form)
        return "possible"

    def _bare(self, i: int, h: int, e: Embedding | None) -> Status:
        """The status of an infinitive, gerund or bare form that no frame settles."""
        parse = self.parse
        form = self.form[i]
        d = parse.dep[i]
        governor = self.status[h] if h != i else "planned"
        if e is not None and form is not None and form.kind == "gerund":
            return "ongoing" if parse.lemma[i] in self.words.states.words else "occurred"
        if d == "acl" and form is not None and form.kind == "gerund":
            return "ongoing" if parse.lemma[i] in self.words.states.words else "occurred"
        if form is not None and form.kind == "infinitive":
            if d == "advcl" or (d == "xcomp" and parse.lemma[h] == "be"):
                return "planned" if governor in FACTUAL or governor == "planned" else "possible"
            if h == i:
                return "planned"
            if d in ("acl", "relcl"):
                if any(parse.lower[k] in self.words.ordinals for k in parse.children[h]):
                    return "occurred" if governor in FACTUAL else governor
                return "planned" if governor in FACTUAL else "possible"
            return "possible" if d in ("csubj", "ccomp") else governor
        if h == i:
            return "possible" if form is not None and form.kind == "bare" else "occurred"
        if d == "csubj":
            return "possible"
        if d in ("pcomp", "pobj"):
            return self.words.prepositions.get(parse.lower[h], governor)
        return governor

    def _conditional(self, i: int) -> bool:
        """Whether a clause begins with "if" and the like."""
        parse = self.parse
        return any(
            parse.dep[k] in ("mark", "advmod") and parse.lower[k] in self.words.subordinators for k in parse.children[i]
        )

    # ---- nouns -------------------------------------------------------------------------------------------------------

    def _noun_status(self, i: int, h: int, e: Embedding | None) -> Status:
        parse = self.parse
        d = parse.dep[i]
        modified, definite, denied = self._modifiers(i)
        own: Status = modified or ("ongoing" if parse.lemma[i] in self.words.states.nouns else "occurred")
        if denied:
            self.negated[i] = True
            return "denied"
        if d == "conj" and e is None and h != i:
            return modified or (self.status[h] if parse.pos[h] in NOMINAL else own)
        if e is not None:
            governor, negated = self.status[e.governor], self.negated[e.governor]
            if self._disclaimed(e):
                return "denied"
            if e.effect == "fact" and negated:
                return own
            if e.effect == "same":
                return own if governor in FACTUAL else governor
            if e.effect == "ended":
                return own
            return self._composed(e, own) or own
        if h == i:
            return own
        return self._governed(i, h, d, own, definite)

    def _governed(self, i: int, h: int, d: str, own: Status, definite: bool) -> Status:
        """The status of a noun that no frame settles: an indefinite one under a predicate that is not a fact shares
        that predicate's standing, for it has no event of its own to point to."""
        parse = self.parse
        g = h
        if d in ("pobj", "pcomp"):
            preposition = parse.lower[h]
            settled = self.words.prepositions.get(preposition)
            if settled is not None:
                return settled
            g = parse.head[h]
        governor = self.status[g]
        if d in ("nsubj", "nsubjpass"):
            table = self.lex.passive_subjects if d == "nsubjpass" else self.lex.subjects
            if parse.lemma[g] in table and governor not in FACTUAL:
                return governor
            if governor in FACTUAL:
                if table.get(parse.lemma[g]) == "lasting":
                    return "ongoing"
                return governor if own == "ongoing" or (governor == "ongoing" and self._is_progressive(g)) else own
            return own if definite or governor == "denied" else "possible"
        if d == "dobj" and own == "ongoing" and governor == "occurred":
            return governor
        if parse.pos[g] in NOMINAL and d in ("compound", "poss", "nmod", "appos"):
            return own if d == "poss" else (governor if governor not in FACTUAL else own)
        if governor in FACTUAL or definite:
            return own
        return "possible" if governor == "planned" and d == "pobj" else governor

    def _is_progressive(self, g: int) -> bool:
        form = self.form[g]
        return form is not None and form.kind == "progressive" and not form.passive

    def _modifiers(self, i: int) -> tuple[Status | None, bool, bool]:
        """What the words before a noun say: the status that an adjective sets, whether the noun is definite, whether
        it is negated."""
        parse = self.parse
        status: Status | None = None
        definite = denied = False
        for k in parse.children[i]:
            if k > i:
                break
            w = parse.lower[k]
            d = parse.dep[k]
            if d == "amod":
                status = self.words.modifiers.get(w, status)
            elif d == "det" or d == "poss" or d == "neg":
                if w in self.words.negators:
                    denied = True
                elif w in DEFINITE or d == "poss":
                    definite = True
        return status, definite, denied
