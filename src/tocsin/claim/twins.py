"""Two triggers, one claim: which events of a sentence are told twice ("a bomb exploded ... the blast").

The scheme counts two words for one event in one sentence as one claim. A model that sees both events and the way
between them says whether they are one; of such a pair the surer event stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tocsin.claim import pairing
from tocsin.claim.decide import Verdict
from tocsin.claim.linear import Floats
from tocsin.claim.pairs import EVENT, KIND, ROLE, SLOT, Anchor, Pair, facts
from tocsin.understand.parse import Parse

SAME_AT = 0.5
"""Least probability for two events to be one."""


def told_once(
    parse: Parse, verdicts: Sequence[Verdict], anchors: Sequence[Anchor], vectors: Floats
) -> dict[int, list[int]]:
    """The numbers of the verdicts without those that tell again what a surer one of their sentence tells, in the order
    of the text; with each the numbers of those. `vectors` are the words as the encoder reads them."""
    pairs = list(_pairs(parse, verdicts))
    said = pairing.load().chances(vectors, [pair_of(parse, anchors[a], anchors[b]) for a, b in pairs])
    twins: dict[int, set[int]] = {}
    for (a, b), same in zip(pairs, said.same, strict=True):
        if same >= SAME_AT:
            twins.setdefault(a, set()).add(b)
            twins.setdefault(b, set()).add(a)
    kept: dict[int, list[int]] = {}
    for n in sorted(range(len(verdicts)), key=lambda n: (-verdicts[n].sure, n)):
        surer = [k for k in kept if k in twins.get(n, set())]
        if surer:
            kept[surer[0]].append(n)
        else:
            kept[n] = []
    return {n: sorted(kept[n]) for n in sorted(kept)}


def _pairs(parse: Parse, verdicts: Sequence[Verdict]) -> Iterator[tuple[int, int]]:
    """The pairs of verdicts in one sentence, the earlier one first."""
    for a, first in enumerate(verdicts):
        for b in range(a + 1, len(verdicts)):
            if parse.sent[verdicts[b].event.head] != parse.sent[first.event.head]:
                break
            yield a, b


def pair_of(parse: Parse, a: Anchor, b: Anchor) -> Pair:
    """Two events of a sentence, `a` before `b`, as the model is told of them."""
    shared = sorted({f"{a.roles[head]}/{b.roles[head]}" for head in a.roles.keys() & b.roles.keys()})
    inside = "a" if a.event.head in b.slots or a.event.head in b.roles else "-"
    inside += "b" if b.event.head in a.slots or b.event.head in a.roles else "-"
    told = list(facts(parse, a, b.event.head, f"{inside}|{'+'.join(shared)}"))
    told[ROLE] = "same" if a.type == b.type else b.type
    told[SLOT] = f"{a.shape}|{b.shape}"
    told[KIND] = b.event.rule
    return Pair(EVENT, a.event.head, b.event.head, -1, tuple(told))
