"""Two triggers, one claim: which events of a sentence are told twice ("a bomb exploded ... the blast").

The scheme counts two words for one event in one sentence as one claim. A model that sees both events and the way
between them says whether they are one; of such a pair the surer event stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tocsin.claim import linear
from tocsin.claim.decide import Verdict
from tocsin.claim.pairs import Anchor, features
from tocsin.understand.parse import Parse

SAME_AT = 0.5
"""Least probability for two events to be one."""


def told_once(parse: Parse, verdicts: Sequence[Verdict], anchors: Sequence[Anchor]) -> dict[int, list[int]]:
    """The numbers of the verdicts without those that tell again what a surer one of their sentence tells, in the order
    of the text; with each the numbers of those."""
    pairs = list(_pairs(parse, verdicts))
    model = linear.load("twin")
    same = model.classes.index("yes")
    scores = model.scores([pair_features(parse, anchors[a], anchors[b]) for a, b in pairs])
    twins: dict[int, set[int]] = {}
    for (a, b), row in zip(pairs, scores, strict=True):
        if row[same] >= SAME_AT:
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


def pair_features(parse: Parse, a: Anchor, b: Anchor) -> list[str]:
    """The features of two events of a sentence, `a` before `b`."""
    found = list(features(parse, a, b.event.head))
    types = f"{a.type}|{b.type}"
    first, second = parse.lemma[a.event.head], parse.lemma[b.event.head]
    alike = "same" if a.type == b.type else "other"
    found += [
        f"tt={types}",
        f"tt={types}|{a.shape}|{b.shape}",
        f"al={alike}|{a.shape}|{b.shape}",
        f"ll={first}|{second}",
        f"lb={second}",
        f"la={first}",
        f"mm={a.event.mode}|{b.event.mode}",
        f"rr={a.event.rule}|{b.event.rule}",
        f"vo={a.voice}|{b.voice}|{alike}",
    ]
    shared = sorted({f"{a.roles[head]}/{b.roles[head]}" for head in a.roles.keys() & b.roles.keys()})
    found += [f"sh={roles}|{alike}" for roles in shared or ["none"]]
    inside = "a" if a.event.head in b.slots or a.event.head in b.roles else "-"
    inside += "b" if b.event.head in a.slots or b.event.head in a.roles else "-"
    found += [f"in={inside}|{alike}", f"in={inside}|{types}"]
    return found
