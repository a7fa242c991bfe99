"""Whether two documents carry the same report, from their prints alone, with the parts of the decision.

Two ways lead to kinship. A copy holds the other's text, or most of the shorter one: then nothing else matters. A
rewording holds its facts: then names, numbers, quotations, times and the words that say what it is about are weighed,
and whether both credit one agency or two, since two agencies' reports of one event hold many of the same facts.
"""

from __future__ import annotations

import math
from datetime import date

from tocsin.judgement import Link, Part
from tocsin.link.kinrules import rules
from tocsin.link.prints import Print
from tocsin.link.shingles import common, opened, overlap


def compare(a: Print, b: Print) -> Link | None:
    """The link of two documents, or `None` where they are no kin. The order of the two does not matter.

    The score is from 0 to 1. Its parts are `containment` and `resemblance` of the texts for a copy; for a
    rewording the share of each kind of fact, and `same agency` or `other agency`; in both, `days` apart where both days are known.
    """
    days = apart(a.published, b.published)
    return _copy(a, b, days) or _rewording(a, b, days)


def apart(a: str | None, b: str | None) -> int | None:
    """The days between two ISO days, `None` where one is unknown."""
    return abs((date.fromisoformat(a[:10]) - date.fromisoformat(b[:10])).days) if a and b else None


def _copy(a: Print, b: Print, days: int | None) -> Link | None:
    """The link of a copy: most of the shorter text stands in the other."""
    rule = rules().copy
    if days is not None and days > rule.days:
        return None
    found = common(opened(a.shingles), opened(b.shingles), rules().sketch.most)
    if found.shared < rule.shared or found.containment < rule.containment:
        return None
    parts = [
        Part(name="containment", value=round(found.containment, 3)),
        Part(name="resemblance", value=round(found.resemblance, 3)),
    ]
    return _link(a, b, found.containment, parts, days)


def _rewording(a: Print, b: Print, days: int | None) -> Link | None:
    """The link of a rewording: the same facts, in words that are largely the same."""
    rule = rules().rewording
    if days is not None and days > rule.days:
        return None
    parts = rewording_parts(a, b)
    if parts is None:
        return None
    odds = rule.bias + sum(rule.weights[part.name] * part.value for part in parts)
    score = 1 / (1 + math.exp(-odds))
    return _link(a, b, score, parts, days) if score >= rule.least else None


def rewording_parts(a: Print, b: Print) -> list[Part] | None:
    """What a rewording is judged by; `None` where one of them holds too few facts to tell."""
    kinds = {
        "names": (opened(a.names), opened(b.names)),
        "numbers": (opened(a.numbers), opened(b.numbers)),
        "quotations": (opened(a.quotations), opened(b.quotations)),
        "times": (opened(a.times), opened(b.times)),
    }
    if min(sum(len(pair[side]) for pair in kinds.values()) for side in (0, 1)) < rules().rewording.facts:
        return None
    parts = [Part(name=name, value=_share(overlap(*pair), len(pair[0]), len(pair[1]))) for name, pair in kinds.items()]
    stems = common(opened(a.stems), opened(b.stems), rules().sketch.stems)
    shingles = common(opened(a.shingles), opened(b.shingles), rules().sketch.most)
    parts.append(Part(name="stems", value=_share(*stems)))
    parts.append(Part(name="shingles", value=_share(*shingles)))
    if a.agency and b.agency:
        parts.append(Part(name="same agency" if a.agency == b.agency else "other agency", value=1.0))
    return parts


def _share(shared: int, one: int, other: int) -> float:
    """The Dice coefficient of two sets."""
    return round(2 * shared / (one + other), 3) if one + other else 0.0


def _link(a: Print, b: Print, score: float, parts: list[Part], days: int | None) -> Link:
    """The record of a link."""
    first, second = sorted((a, b), key=lambda one: one.id)
    if days is not None:
        parts = [*parts, Part(name="days", value=float(days))]
    return Link(a=first.id, b=second.id, score=round(score, 4), parts=tuple(parts))
