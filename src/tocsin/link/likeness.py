"""How alike two events of different documents are: a score with its parts.

Each part is a number from 0 to 1 with a weight (log odds) from `situations.yaml`; the score is the probability of a
logistic model over them, whose weights were fitted to public sets of stories whose incidents are known, and then made
stricter about days and places, since wars are denser than those sets.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence

import msgspec

from tocsin.link.events import Event, modes_apart
from tocsin.link.facts import Count
from tocsin.link.nearness import ORDER, Where, exact, gap, known, where
from tocsin.link.rules import rules

Parts = dict[str, float]

PLACE: dict[Where, str] = {word: f"place {word}" for word in ORDER}
CONTEXT: dict[Where, str] = {word: f"context {word}" for word in ORDER}
"""What the parts are called that say how two places stand to each other."""

MANY = 100
"""From this number on, a figure that two reports share says all that it can."""


class Likeness(msgspec.Struct, frozen=True, gc=False):
    """A score between 0 and 1, and what each part gave to it, in log odds."""

    score: float
    parts: tuple[tuple[str, float], ...]


class Profile:
    """An event made ready for many comparisons: its strings as sets."""

    __slots__ = (
        "actors",
        "around",
        "event",
        "exact",
        "known",
        "modes",
        "names",
        "persons",
        "recipients",
        "targets",
        "words",
    )

    def __init__(self, event: Event) -> None:
        self.event = event
        self.exact, self.known = exact(event.time), known(event.time)
        self.modes = frozenset(mode for _, mode in event.forms if mode)
        self.actors, self.recipients = frozenset(event.actors), frozenset(event.recipients)
        self.targets = frozenset(event.targets)
        self.persons, self.names, self.words = frozenset(event.persons), frozenset(event.names), frozenset(event.words)
        self.around = self.persons.union(event.around)


def likeness(a: Event, b: Event) -> Likeness | None:
    """How alike two events are; `None` where their kinds exclude it."""
    if set(a.kinds).isdisjoint(b.kinds):
        return None
    return judge(Profile(a), Profile(b))


def judge(a: Profile, b: Profile, least: float = 0.0) -> Likeness | None:
    """How alike two events of a kind are; `None` under the least score that is asked for."""
    across = rules().across
    values, weights = compare(a, b), across.weights
    odds = across.bias + sum([weights[name] * value for name, value in values.items()])
    score = round(1 / (1 + math.exp(-max(-30.0, min(30.0, odds)))), 4)
    if score < least:
        return None
    return Likeness(score, tuple((name, round(weights[name] * value, 3)) for name, value in values.items()))


def compare(a: Profile, b: Profile) -> Parts:
    """What two events have in common, and in what they differ: numbers from 0 to 1 by name; what says nothing is left
    out. It is the same both ways."""
    found: Parts = {}
    _time(a, b, found)
    _place(a, b, found)
    _who(a, b, found)
    _how(a, b, found)
    _figures(a.event.figures, b.event.figures, found)
    return found


def _soon(days: int) -> float:
    """How soon: 1 on the day, a half at the end of what is soon."""
    return 1.0 - days / (2 * rules().days.back)


def _late(days: int) -> float:
    """How late, from 0 to 1 within a year, by its logarithm."""
    return min(1.0, math.log1p(days) / math.log(366))


def _time(a: Profile, b: Profile, found: Parts) -> None:
    if a.known and b.known:
        _both_times(a, b, gap(a.event.time, b.event.time), found)
    elif a.known or b.known:
        event, other = (a.event, b.event) if a.known else (b.event, a.event)
        last = event.ends if event.ends is not None else event.begins
        if other.published is not None and last is not None:
            lag = other.published - last
            soon = -1 <= lag <= rules().days.back
            found["told soon" if soon else "told late"] = _soon(abs(lag)) if soon else _late(abs(lag))
    elif a.event.published is not None and b.event.published is not None:
        days = abs(a.event.published - b.event.published)
        found["published together" if days <= 1 else "published apart"] = _soon(days) if days <= 1 else _late(days)


def _both_times(a: Profile, b: Profile, days: int, found: Parts) -> None:
    if days:
        found["day near" if days == 1 else "days apart"] = 1.0
        found["days between"] = _late(days)
    else:
        found["day same" if a.exact and b.exact else "time overlaps"] = 1.0


def _place(a: Profile, b: Profile, found: Parts) -> None:
    """By the places of the events; where one has none, by the names in its text or the places of its document."""
    place: Where = where(a.event.spots, b.event.spots)
    if place != "unknown":
        found[PLACE[place]] = 1.0
        return
    if _named(a, b) or _named(b, a):
        found["place named"] = 1.0
    around = where(a.event.spots or a.event.context, b.event.spots or b.event.context)
    if around != "unknown":
        found[CONTEXT[around]] = 1.0


def _named(a: Profile, b: Profile) -> bool:
    """Whether one event's place is a name in the text of the other."""
    return any(spot.level and b.names.issuperset(spot.name.split()) for spot in a.event.spots)


def _who(a: Profile, b: Profile, found: Parts) -> None:
    if a.actors and b.actors:
        found["actors apart" if a.actors.isdisjoint(b.actors) else "actors shared"] = 1.0
    if a.recipients and b.recipients:
        found["recipients apart" if a.recipients.isdisjoint(b.recipients) else "recipients shared"] = 1.0
    if not a.targets.isdisjoint(b.targets):
        found["targets shared"] = 1.0
    own = len(a.persons & b.persons)
    told = len(a.around & b.around) - own
    if own:
        found["persons shared"] = min(1.0, own / 2)
    if told > 0:
        found["persons around"] = min(1.0, told / 3)
    names, words = overlap(a.names, b.names), overlap(a.words, b.words)
    if names:
        found["names"] = names
    if words:
        found["words"] = words


def overlap(a: frozenset[str], b: frozenset[str]) -> float:
    """The cosine of two sets of words, less where it rests on one or two."""
    shared = len(a & b)
    return shared / math.sqrt(len(a) * len(b)) * min(1.0, shared / 3) if shared else 0.0


def _how(a: Profile, b: Profile, found: Parts) -> None:
    if a.modes and b.modes and a.modes.isdisjoint(b.modes) and _exclude(a.modes, b.modes):
        found["mode apart"] = 1.0
    if a.event.happened != b.event.happened:
        found["status apart"] = 1.0


@functools.lru_cache(maxsize=1 << 12)
def _exclude(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether some mode of the one cannot be that of one act with some mode of the other."""
    return any(modes_apart(x, y) for x in a for y in b)


def _figures(a: Sequence[Count], b: Sequence[Count], found: Parts) -> None:
    """Whether a number is told alike, a large one counting more; or none is, though both count the same."""
    if not a or not b:
        return
    pairs = [(x, y) for x in a for y in b if x.what == y.what]
    equal = [x.low for x, y in pairs if x.low == y.low and x.high == y.high and x.low]
    if equal:
        found["figures equal"] = min(1.0, math.log1p(max(equal)) / math.log(MANY))
    elif pairs and all(_disjoint(x, y) for x, y in pairs):
        found["figures apart"] = 1.0


def _disjoint(a: Count, b: Count) -> bool:
    tops = [count.high for count in (a, b) if count.high is not None]
    return bool(tops) and max(a.low or 0.0, b.low or 0.0) > min(tops)
