"""Claims against annotated articles: found, typed, and right in every field.

A claim matches a gold claim when their triggers overlap (any of the gold's alternatives will do), each used once;
pairs of the same type go first, required gold claims before optional ones. Optional gold claims cost nothing when
missed, and a claim that matches one is no false alarm.
"""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.evaluate.counts import Count, Measure, Miss, Scored, f1_of, share_of, tally
from tocsin.evaluate.gold import GoldArticle, GoldClaim, GoldFigure, GoldMention, GoldSource
from tocsin.evaluate.pairing import overlap, pair
from tocsin.model import Actor, Claim, Figure, Report, Source

ROWS = (
    "claims", "typed", "status", "source", "actors", "recipients", "country", "figures", "time", "places", "whole",
)  # fmt: skip
BINS = 5
SURE = tuple(f"right, of those {k / BINS:.1f} to {(k + 1) / BINS:.1f} sure" for k in range(BINS))
"""How many of the claims of each degree of confidence are right in type, status, actors and recipients."""
MEASURES: dict[str, Measure] = {name: f1_of(name, empty=1.0) for name in ROWS} | {name: share_of(name) for name in SURE}
Pair = tuple[Claim, GoldClaim]


def match(system: Sequence[Claim], gold: Sequence[GoldClaim]) -> list[Pair]:
    """Pair claims by trigger: same type first, required before optional."""
    found: list[Pair] = []
    used_system: set[int] = set()
    used_gold: set[int] = set()
    for typed in (True, False):
        for optional in (False, True):
            for i, one in enumerate(system):
                if i in used_system:
                    continue
                j = _partner(one, gold, used_gold, typed=typed, optional=optional)
                if j is not None:
                    found.append((one, gold[j]))
                    used_system.add(i)
                    used_gold.add(j)
    return found


def _partner(one: Claim, gold: Sequence[GoldClaim], used: set[int], *, typed: bool, optional: bool) -> int | None:
    for j, other in enumerate(gold):
        if j in used or other.optional != optional or (typed and one.type not in other.types):
            continue
        if any(overlap(one.trigger, trigger) for trigger in other.triggers):
            return j
    return None


def same_mention(system: Actor, gold: GoldMention) -> bool:
    """Whether two mentions mean the same: spans or antecedents overlap, or name and country are the same."""
    if overlap(system, gold) or (system.antecedent is not None and overlap(system.antecedent, gold)):
        return True
    name = (system.name or "").lower()
    if not name or not system.country or system.country != gold.country:
        return False
    return name in {(gold.name or "").lower(), gold.text.lower()}


def same_figure(system: Figure, gold: GoldFigure) -> bool:
    """Whether two figures have equal bounds and count the same."""
    return system.low == gold.low and system.high == gold.high and system.what in gold.what


def source_right(system: Claim, gold: GoldClaim) -> bool:
    """Whether the innermost source is right: both none, or one of those at the innermost level the same."""
    ours, theirs = _innermost(system.sources), _innermost_gold(gold.sources)
    if not ours or not theirs:
        return not ours and not theirs
    return any(same_mention(one, other) for one in ours for other in theirs)


def _innermost(sources: Sequence[Source]) -> list[Source]:
    deepest = max((source.level for source in sources), default=0)
    return [source for source in sources if source.level == deepest]


def _innermost_gold(sources: Sequence[GoldSource]) -> list[GoldSource]:
    deepest = max((source.level for source in sources), default=0)
    return [source for source in sources if source.level == deepest]


def time_right(system: Claim, gold: GoldClaim) -> bool:
    """Whether both have the same interval, or both none."""
    if system.time is None or gold.time is None:
        return system.time is None and gold.time is None
    return system.time.from_ == gold.time.from_ and system.time.to == gold.time.to


def right_in_what_it_says(system: Claim, gold: GoldClaim) -> bool:
    """Whether a claim is right in type, status, actors and recipients."""
    if system.type not in gold.types or system.status not in gold.status:
        return False
    roles = ((system.actors, gold.actors), (system.recipients, gold.recipients))
    return all(len(pair(ours, theirs, same_mention)) == len(theirs) for ours, theirs in roles)


def _score_pair(system: Claim, gold: GoldClaim, counts: dict[str, Count]) -> list[str]:
    """Count one matched pair; the fields in which it is wrong."""
    checks = {
        "type": system.type in gold.types,
        "status": system.status in gold.status,
        "source": source_right(system, gold),
        "time": time_right(system, gold),
    }
    for name in ("status", "source", "time"):
        tally(counts, name, checks[name], 1, 1)
    for role, ours, theirs in (
        ("actors", system.actors, gold.actors),
        ("recipients", system.recipients, gold.recipients),
    ):
        both = pair(ours, theirs, same_mention)
        tally(counts, role, len(both), len(ours), len(theirs))
        checks[role] = len(both) == len(theirs)
        for one, other in both:
            if other.country:
                tally(counts, "country", one.country == other.country, 1, 1)
    figures = pair(system.figures, gold.figures, same_figure)
    tally(counts, "figures", len(figures), len(system.figures), len(gold.figures))
    checks["figures"] = len(figures) == len(gold.figures)
    places = pair(system.places, gold.places, overlap)
    tally(counts, "places", len(places), len(system.places), len(gold.places))
    return [name for name, right in checks.items() if not right]


def score(gold: GoldArticle, report: Report | None) -> Scored:
    """The counts of one article; without a report nothing was read from it."""
    system = report.claims if report else ()
    counts: dict[str, Count] = {}
    misses: list[Miss] = []
    both = match(system, gold.claims)
    required = [claim for claim in gold.claims if not claim.optional]
    hits = [(one, other) for one, other in both if not other.optional]
    read = len(system) - sum(other.optional for _, other in both)
    tally(counts, "claims", len(hits), read, len(required))
    tally(counts, "typed", sum(one.type in other.types for one, other in hits), read, len(required))
    whole = 0
    for one, other in hits:
        wrong = _score_pair(one, other, counts)
        whole += not wrong
        misses += [Miss(f"wrong {name}", other.id, _compared(name, one, other)) for name in wrong]
    tally(counts, "whole", whole, len(required), len(required))
    partners = {id(one): other for one, other in both}
    for one in system:
        partner = partners.get(id(one))
        sure = SURE[min(int((one.confidence or 0.0) * BINS), BINS - 1)]
        tally(counts, sure, partner is not None and right_in_what_it_says(one, partner), 1, 1)
    found = {id(other) for _, other in both}
    misses += [
        Miss("not found", claim.id, f"{claim.trigger.text!r} {claim.types[0]}")
        for claim in required
        if id(claim) not in found
    ]
    taken = {id(one) for one, _ in both}
    misses += [
        Miss("false alarm", gold.id, f"{one.trigger.text!r} {one.type}") for one in system if id(one) not in taken
    ]
    return Scored(gold.id, counts, tuple(misses))


def _compared(name: str, one: Claim, other: GoldClaim) -> str:
    """What was read beside what the gold says, for one field of a pair."""
    ours: object
    theirs: object
    if name == "type":
        ours, theirs = one.type, other.types
    elif name == "status":
        ours, theirs = one.status, other.status
    elif name == "source":
        ours, theirs = [s.text for s in _innermost(one.sources)], [s.text for s in _innermost_gold(other.sources)]
    elif name == "time":
        ours = (one.time.from_, one.time.to) if one.time else None
        theirs = (other.time.from_, other.time.to) if other.time else None
    elif name == "figures":
        ours = [(f.text, f.what, f.low, f.high) for f in one.figures]
        theirs = [(f.text, f.what, f.low, f.high) for f in other.figures]
    else:
        ours, theirs = [m.text for m in getattr(one, name)], [m.text for m in getattr(other, name)]
    return f"{other.trigger.text!r}: read {ours}, gold {theirs}"
