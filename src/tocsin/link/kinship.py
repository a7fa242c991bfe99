"""Whether two documents carry the same report, from their prints alone, with the parts of the decision.

Two ways lead to kinship. A copy holds the other's text, or most of the shorter one: then nothing else matters. A
rewording holds its facts: then names, numbers, quotations, times and the words that say what it is about are weighed,
and whether both credit one agency or two, since two agencies' reports of one event hold many of the same facts.
"""

from __future__ import annotations

import functools
import math
from datetime import date

from tocsin.judgement import Link, Part
from tocsin.link.kinrules import rules
from tocsin.link.prints import Print
from tocsin.link.shingles import Shared, common, marked, members, opened
from tocsin.link.tokens import plain

FACTS = ("facts", "facts both ways")
"""The parts of a rewording's score that come of names and numbers."""

SLACK = 1e-6
"""So much above the highest odds that a pair can reach is looked for, so that no rounding drops one."""


def compare(a: Print, b: Print) -> Link | None:
    """The link of two documents, or `None` where they are no kin. The order of the two does not matter.

    The score is from 0 to 1; every copy's is above every rewording's. Its parts are `containment` and `resemblance` of
    the texts for a copy; for a rewording what `rewording_parts` gives; in both, `days` apart where both days are known.
    """
    if not numbers_agree(a, b):
        return None
    days = apart(a.published, b.published)
    return _copy(a, b, days) or _rewording(a, b, days)


def apart(a: str | None, b: str | None) -> int | None:
    """The days between two ISO days, `None` where one is unknown."""
    return abs((date.fromisoformat(a[:10]) - date.fromisoformat(b[:10])).days) if a and b else None


def shared(a: Print, b: Print) -> Shared:
    """How much of the two texts is the same."""
    return common(opened(a.shingles), opened(b.shingles), rules().sketch.most)


def _copy(a: Print, b: Print, days: int | None) -> Link | None:
    """The link of a copy: most of the shorter text stands in the other."""
    rule = rules().copy
    if days is not None and days > rule.days:
        return None
    named = max(names_shared(a, b), names_shared(b, a)) + len(members(a.numbers) & members(b.numbers))
    if named < rule.facts:
        return None
    found = shared(a, b)
    if found.shared < rule.shared or found.containment < rule.containment or found.mean < rule.mean:
        return None
    parts = [
        Part(name="containment", value=round(found.containment, 3)),
        Part(name="resemblance", value=round(found.resemblance, 3)),
    ]
    return _link(a, b, found.mean, parts, days)


def numbers_agree(a: Print, b: Print) -> bool:
    """Whether texts with the same words can tell the same: a bulletin that is filled in anew each day has other
    figures. Texts with few numbers always can."""
    rule = rules().numbers
    one, other = members(a.numbers), members(b.numbers)
    fewer = min(len(one), len(other))
    return fewer < rule.counted or len(one & other) >= rule.share * fewer


def names_shared(a: Print, b: Print) -> int:
    """How many of the names of `a` the other holds, were it at the head of a sentence."""
    names = members(a.names)
    return len(names & members(b.names)) + len(names & members(b.leads))


def _rewording(a: Print, b: Print, days: int | None) -> Link | None:
    """The link of a rewording: nearly all facts of one are those of the other, in largely the same words. Most pairs
    share so few facts that no words could make them kin, and are dropped for that."""
    rule = rules().rewording
    if days is not None and days > rule.days:
        return None
    odds = rule.bias + rule.weights["days"] * (days or 0)
    facts = _facts(a, b)
    if not facts or _chance(odds + _weighed(facts) + _most_of_words() + SLACK) < rule.least:
        return None
    parts = [*facts, *_words(a, b)]
    chance = _chance(odds + _weighed(parts))
    return _link(a, b, chance * rules().copy.mean, parts, days) if chance >= rule.least else None


def _chance(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))


def _weighed(parts: list[Part]) -> float:
    weights = rules().rewording.weights
    return sum(weights[part.name] * part.value for part in parts)


@functools.cache
def _most_of_words() -> float:
    """The most that all can give that is no fact."""
    return sum(max(0.0, weight) for name, weight in rules().rewording.weights.items() if name not in (*FACTS, "days"))


def rewording_parts(a: Print, b: Print) -> list[Part]:
    """What a rewording is judged by; nothing where one of the texts holds too few facts to tell."""
    facts = _facts(a, b)
    return [*facts, *_words(a, b)] if facts else []


def _facts(a: Print, b: Print) -> list[Part]:
    """The share of the names and numbers of each text that the other holds; nothing where one holds too few to tell."""
    numbers = len(members(a.numbers) & members(b.numbers))
    held = []
    for one, other in ((a, b), (b, a)):
        whole = len(members(one.names)) + len(members(one.numbers))
        if whole < rules().rewording.facts:
            return []
        held.append((names_shared(one, other) + numbers) / whole)
    return _parts(dict(zip(FACTS, (max(held), min(held)), strict=True)))


def _words(a: Print, b: Print) -> list[Part]:
    """What two texts share beside facts."""
    stems = common(opened(a.stems), opened(b.stems), rules().sketch.stems)
    values = {"words": stems.containment, "words both ways": stems.shared / stems.most if stems.most else 0.0}
    values |= _quotations(members(a.quotations), members(b.quotations))
    return _parts(values | _agencies(a, b))


def _parts(values: dict[str, float]) -> list[Part]:
    return [Part(name=name, value=round(value, 3)) for name, value in values.items()]


def _agencies(a: Print, b: Print) -> dict[str, float]:
    """Whether both credit one agency, one names the other's in its text ("told Yonhap"), or each has its own."""
    if a.agency and a.agency == b.agency:
        return {"same agency": 1.0}
    if _names_agency(a, b) or _names_agency(b, a):
        return {"names the agency": 1.0}
    return {"other agency": 1.0} if a.agency and b.agency else {}


def _names_agency(one: Print, other: Print) -> bool:
    """Whether a text names the agency that the other is credited to."""
    return bool(other.agency) and not agency_marks(other.agency or "").isdisjoint(members(one.names))


@functools.cache
def agency_marks(agency: str) -> frozenset[int]:
    """An agency's name as a name of a text; nothing for one of several words, which may stand in any text."""
    words = {plain(word) for word in agency.split()}
    return frozenset(marked(words if len(words) == 1 else ()).tolist())


def _quotations(a: frozenset[int], b: frozenset[int]) -> dict[str, float]:
    """The share of the shorter text's quoted words that the other quotes as well."""
    if not a or not b:
        return {"no quotation": 1.0}
    return {"quotations": len(a & b) / min(len(a), len(b))}


def _link(a: Print, b: Print, score: float, parts: list[Part], days: int | None) -> Link:
    """The record of a link."""
    first, second = sorted((a, b), key=lambda one: one.id)
    if days is not None:
        parts = [*parts, Part(name="days", value=float(days))]
    return Link(a=first.id, b=second.id, score=round(score, 4), parts=tuple(parts))
