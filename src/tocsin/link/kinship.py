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
from tocsin.link.shingles import Hashes, Shared, common, marked, opened, overlap
from tocsin.link.tokens import plain


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
    found = shared(a, b)
    if found.shared < rule.shared or found.containment < rule.containment or found.mean < rule.mean:
        return None
    named = max(names_shared(a, b), names_shared(b, a)) + overlap(opened(a.numbers), opened(b.numbers))
    if named < rule.facts:
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
    one, other = opened(a.numbers), opened(b.numbers)
    fewer = min(len(one), len(other))
    return fewer < rule.counted or overlap(one, other) >= rule.share * fewer


def names_shared(a: Print, b: Print) -> int:
    """How many of the names of `a` the other holds, were it at the head of a sentence."""
    names = opened(a.names)
    return overlap(names, opened(b.names)) + overlap(names, opened(b.leads))


def _rewording(a: Print, b: Print, days: int | None) -> Link | None:
    """The link of a rewording: nearly all facts of one are those of the other, in largely the same words."""
    rule = rules().rewording
    if days is not None and days > rule.days:
        return None
    parts = rewording_parts(a, b)
    odds = rule.bias + rule.weights["days"] * (days or 0)
    odds += sum(rule.weights[part.name] * part.value for part in parts)
    chance = 1 / (1 + math.exp(-odds))
    return _link(a, b, chance * rules().copy.mean, parts, days) if parts and chance >= rule.least else None


def rewording_parts(a: Print, b: Print) -> list[Part]:
    """What a rewording is judged by; nothing where one of the texts holds too few facts to tell."""
    numbers = overlap(opened(a.numbers), opened(b.numbers))
    held = []
    for one, other in ((a, b), (b, a)):
        whole = len(opened(one.names)) + len(opened(one.numbers))
        if whole < rules().rewording.facts:
            return []
        held.append((names_shared(one, other) + numbers) / whole)
    stems = common(opened(a.stems), opened(b.stems), rules().sketch.stems)
    words = (stems.containment, stems.shared / stems.most if stems.most else 0.0)
    values = {"facts": max(held), "facts both ways": min(held), "words": words[0], "words both ways": words[1]}
    values |= _quotations(opened(a.quotations), opened(b.quotations))
    values |= _agencies(a, b)
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
    return bool(other.agency) and overlap(agency_marks(other.agency or ""), opened(one.names)) > 0


@functools.cache
def agency_marks(agency: str) -> Hashes:
    """An agency's name as a name of a text; nothing for one of several words, which may stand in any text."""
    words = {plain(word) for word in agency.split()}
    return marked(words if len(words) == 1 else ())


def _quotations(a: Hashes, b: Hashes) -> dict[str, float]:
    """The share of the shorter text's quoted words that the other quotes as well."""
    if not len(a) or not len(b):
        return {"no quotation": 1.0}
    return {"quotations": overlap(a, b) / min(len(a), len(b))}


def _link(a: Print, b: Print, score: float, parts: list[Part], days: int | None) -> Link:
    """The record of a link."""
    first, second = sorted((a, b), key=lambda one: one.id)
    if days is not None:
        parts = [*parts, Part(name="days", value=float(days))]
    return Link(a=first.id, b=second.id, score=round(score, 4), parts=tuple(parts))
