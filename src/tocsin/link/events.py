"""The events of one document: its claims of an attack and of its dead, each put with what it is about.

A claim goes to the event of the document that it fits best, read from the beginning: news tells when and where once,
and then speaks of "the blast". What contradicts an event in day or place begins another. The result depends on the
document alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain, groupby

import msgspec

from tocsin.link.facts import Count, Facts, Spot
from tocsin.link.nearness import Span, exact, gap, known, where
from tocsin.link.rules import bases, factual, kinds_of, rules

MOST = 48
"""Names and words that are kept of an event, at most."""


class Tie(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Why a claim went to an event of its document: the claim before it there, the score, and its parts by name."""

    claim: str
    to: str
    score: float
    parts: tuple[tuple[str, float], ...]


class Event(msgspec.Struct, frozen=True, array_like=True, kw_only=True, gc=False):
    """An event as one document tells it: its claims in the order of the text, and what they say together. `around` are
    the persons that the document names anywhere; `context` its places, for an event that has none of its own."""

    id: str
    document: str
    published: int | None
    order: int
    kinds: tuple[str, ...]
    forms: tuple[tuple[str, str | None], ...]
    happened: bool
    claims: tuple[str, ...]
    ties: tuple[Tie, ...]
    begins: int | None
    ends: int | None
    spots: tuple[Spot, ...]
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    targets: tuple[str, ...]
    figures: tuple[Count, ...]
    persons: tuple[str, ...]
    names: tuple[str, ...]
    words: tuple[str, ...]
    around: tuple[str, ...]
    context: tuple[Spot, ...]

    @property
    def time(self) -> Span:
        """First and last day, as ordinals."""
        return self.begins, self.ends

    @property
    def rank(self) -> tuple[bool, bool, int, str, int]:
        """The order in which events are put together: what says on which day and in which place comes first, so that
        a vague report joins a clear one and never the other way; then the earlier published."""
        clear = bool(self.spots) and self.spots[0].level == 2
        return not exact(self.time), not clear, self.published or 0, self.document, self.order


def events_of(facts: Iterable[Facts]) -> tuple[Event, ...]:
    """The events of any number of documents, each by itself; in the order of documents and of their texts."""
    ordered = sorted(facts, key=lambda one: (one.document, one.order, one.id))
    return tuple(
        event for _, claims in groupby(ordered, key=lambda one: one.document) for event in _of_document(list(claims))
    )


class _Draft:
    """An event while a document is read."""

    __slots__ = ("actors", "claims", "kinds", "recipients", "spots", "ties", "time")

    def __init__(self, first: Facts) -> None:
        self.claims = [first]
        self.ties: list[Tie] = []
        self.kinds = set(kinds_of(first.type, first.mode))
        self.time: Span = (first.begins, first.ends)
        self.spots = first.spots
        self.actors = set(first.actors)
        self.recipients = set(first.recipients)

    def add(self, claim: Facts, score: float, parts: dict[str, float]) -> None:
        """Take in a claim, for the reasons given."""
        told = tuple((name, round(value, 3)) for name, value in parts.items())
        self.ties.append(Tie(claim.id, self.claims[-1].id, round(score, 3), told))
        self.claims.append(claim)
        self.kinds &= set(kinds_of(claim.type, claim.mode))
        self.time = narrower(self.time, (claim.begins, claim.ends))
        self.spots = finer(self.spots, claim.spots)
        self.actors.update(claim.actors)
        self.recipients.update(claim.recipients)


def narrower(a: Span, b: Span) -> Span:
    """What two times have in common; the shorter of them where that is nothing."""
    if not known(a) or not known(b):
        return a if known(a) else b
    if gap(a, b):
        return a if _width(a) <= _width(b) else b
    begins = max((x for x in (a[0], b[0]) if x is not None), default=None)
    ends = min((x for x in (a[1], b[1]) if x is not None), default=None)
    return begins, ends


def _width(span: Span) -> float:
    return span[1] - span[0] if span[0] is not None and span[1] is not None else float("inf")


def finer(a: tuple[Spot, ...], b: tuple[Spot, ...]) -> tuple[Spot, ...]:
    """The places of two claims of one event: those of the one that tells more finely, else of the first."""
    if not a or not b:
        return a or b
    return b if b[0].level > a[0].level else a


def _of_document(claims: Sequence[Facts]) -> list[Event]:
    drafts: list[_Draft] = []
    for claim in claims:
        found = _best(claim, drafts)
        if found is None:
            drafts.append(_Draft(claim))
        else:
            draft, score, parts = found
            draft.add(claim, score, parts)
    around, context = _common(claims), _places(claims)
    return [_event(draft, around, context) for draft in drafts]


def _best(claim: Facts, drafts: Sequence[_Draft]) -> tuple[_Draft, float, dict[str, float]] | None:
    """The event of the document that a claim fits best, the latest of equals."""
    kinds = set(kinds_of(claim.type, claim.mode))
    weights = rules().within
    best: tuple[float, int, _Draft, dict[str, float]] | None = None
    for draft in drafts:
        shared = kinds & draft.kinds
        if not shared:
            continue
        parts = _parts(claim, draft, shared)
        score = sum(parts.values())
        last = draft.claims[-1].order
        if score >= weights.least and (best is None or (score, last) > (best[0], best[1])):
            best = (score, last, draft, parts)
    return (best[2], best[0], best[3]) if best else None


def _parts(claim: Facts, draft: _Draft, shared: set[str]) -> dict[str, float]:
    """What speaks for a claim's belonging to an event of its document, and what against."""
    weights = rules().within.weights
    names = [*_when(claim, draft), *_whom(claim, draft), *_how(claim, draft)]
    place = where(claim.spots, draft.spots)
    if place != "unknown":
        names.append(f"place {place}")
    parts = {"kind": max(bases().get(kind, weights["kind"]) for kind in shared)}
    parts.update((name, weights[name]) for name in names)
    behind = min(1.0, (claim.order - draft.claims[-1].order) / rules().within.reach)
    if behind > 0 and not claim.spots and not known((claim.begins, claim.ends)):
        parts["behind"] = weights["behind"] * behind
    return parts


def _when(claim: Facts, draft: _Draft) -> list[str]:
    time: Span = (claim.begins, claim.ends)
    found = []
    together = False
    if known(time) and known(draft.time):
        apart = gap(time, draft.time) > 0
        together = not apart and exact(time) and exact(draft.time)
        found.append("time apart" if apart else "day same" if together else "time overlaps")
    if factual(claim.status) != factual(draft.claims[0].status) and not together:
        found.append("status apart")
    return found


def _whom(claim: Facts, draft: _Draft) -> list[str]:
    found = []
    for name, ours, theirs in (
        ("actors", claim.actors, draft.actors),
        ("recipients", claim.recipients, draft.recipients),
    ):
        if ours and theirs:
            found.append(f"{name} {'shared' if theirs.intersection(ours) else 'apart'}")
    return found


def _how(claim: Facts, draft: _Draft) -> list[str]:
    first = draft.claims[0]
    found = ["trigger same"] if any(claim.trigger == other.trigger for other in draft.claims) else []
    if any(modes_apart(claim.mode, other.mode) for other in draft.claims[:3]):
        found.append("mode apart")
    elif claim.type == first.type and claim.mode == first.mode:
        found.append("mode same")
    return found


def modes_apart(a: str | None, b: str | None) -> bool:
    """Whether two modes cannot be those of one act."""
    return a is not None and b is not None and a != b and any(a in pair and b in pair for pair in rules().apart)


def _common(claims: Sequence[Facts]) -> tuple[str, ...]:
    """Whom a document speaks of: its private persons."""
    return tuple(sorted({person for claim in claims for person in claim.persons})[:MOST])


def _places(claims: Sequence[Facts]) -> tuple[Spot, ...]:
    """Where a document's events lie: the two fine places that most of its claims tell."""
    counted = Counter(spot for claim in claims for spot in claim.spots if spot.level == 2)
    return tuple(sorted(counted, key=lambda spot: (-counted[spot], spot.name, spot.lat))[:2])


def _most(told: Sequence[tuple[str, ...]], limit: int = MOST) -> tuple[str, ...]:
    """The most frequent of the strings that claims tell, each once and sorted; sorted."""
    if len(told) == 1:
        return told[0][:limit]
    counted = Counter(chain.from_iterable(told))
    kept = sorted(counted, key=lambda item: (-counted[item], item))[:limit]
    return tuple(sorted(kept))


def _event(draft: _Draft, around: tuple[str, ...], context: tuple[Spot, ...]) -> Event:
    claims, first = draft.claims, draft.claims[0]
    triggers = {claim.trigger for claim in claims}
    forms = Counter((claim.type, claim.mode) for claim in claims)
    return Event(
        id=first.id,
        document=first.document,
        published=first.published,
        order=first.order,
        kinds=tuple(sorted(draft.kinds)),
        forms=tuple(sorted(forms, key=lambda form: (-forms[form], form[0], form[1] or ""))),
        happened=any(factual(claim.status) for claim in claims),
        claims=tuple(claim.id for claim in claims),
        ties=tuple(draft.ties),
        begins=draft.time[0],
        ends=draft.time[1],
        spots=draft.spots,
        actors=_most([claim.actors for claim in claims]),
        recipients=_most([claim.recipients for claim in claims]),
        targets=_most([claim.targets for claim in claims]),
        figures=tuple(sorted({f for c in claims for f in c.figures}, key=repr))[:MOST],
        persons=_most([claim.persons for claim in claims]),
        names=_most([claim.names for claim in claims]),
        words=_most([tuple(word for word in claim.words if word not in triggers) for claim in claims]),
        around=around,
        context=() if draft.spots else context,
    )
