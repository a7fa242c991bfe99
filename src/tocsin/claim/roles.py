"""Which mention fills which role of an event: actors, recipients and objects, places, figures and the time."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias, cast

from tocsin.claim import linear
from tocsin.claim.arguments import exemplifies, has_to
from tocsin.claim.decide import Verdict
from tocsin.claim.pairs import Anchor, features, steps
from tocsin.model import PlaceRole, Time
from tocsin.understand.figures import FoundFigure
from tocsin.understand.parse import Parse
from tocsin.understand.phrases import head_of
from tocsin.understand.reading import Reading
from tocsin.understand.timeclause import clause_times

FILL_AT = 0.27
"""Least probability for a mention to fill a role."""


PLACE_AT = 0.3
"""The same for a mention to say where it happens."""

RULED_AT = 0.08
"""The same for a mention that a rule has named for the role."""

LEAST = 1e-4
"""Less probable roles are taken for this probable."""

FARTHEST = 8
"""Steps in the tree from an event to a mention beyond which hardly one in a hundred fills a role."""

Scores: TypeAlias = dict[str, float]
"""Class → probability."""

FIGURE_AT = 0.38
"""Least probability for a figure to count what an event is about."""

TIME_AT = 0.5
"""Least probability for a time to be an event's."""


class Fillers(NamedTuple):
    """The fillers of one event: head tokens in the order of the text, figures, the time; and the logarithm of the
    probability that every mention beside it has the role that it is given."""

    actors: tuple[int, ...]
    recipients: tuple[int, ...]
    objects: tuple[int, ...]
    places: tuple[tuple[int, PlaceRole], ...]
    figures: tuple[FoundFigure, ...]
    time: Time | None
    chance: float


class Beside(NamedTuple):
    """What stands in one sentence beside its events."""

    mentions: list[int]
    figures: list[tuple[int, FoundFigure]]
    times: list[tuple[int, Time]]


def beside(reading: Reading, mentions: Sequence[list[int]]) -> list[Beside]:
    """For each sentence the mentions, figures and times in it, figures and times with their head tokens."""
    parse = reading.parse
    found = [Beside(heads, [], []) for heads in mentions]
    for figure in reading.figures:
        found[parse.sent[figure.start]].figures.append((head_of(parse, figure.start, figure.end), figure))
    bounding = clause_times(parse, list(reading.times))
    for time, at in _timed(parse, reading.times, bounding):
        found[parse.sent[at]].times.append((at, time))
    return found


def _timed(parse: Parse, times: Sequence[Time], bounding: Sequence[tuple[int, Time]]) -> Iterator[tuple[Time, int]]:
    """The times that are known, each with the token that it hangs by: for a phrase such as "since the war began in
    March" its first word, in place of the date inside it for what the phrase bounds."""
    for time in times:
        if (time.from_ is not None or time.to is not None) and parse.holds(time):
            yield time, head_of(parse, *parse.tokens_in(time))
    for k, time in bounding:
        if time.from_ is not None or time.to is not None:
            yield time, k


def mention_rows(parse: Parse, at: Anchor, heads: Sequence[int]) -> list[list[str]]:
    """Feature rows of mentions that may be actor, recipient, object or place."""
    named = [head for head in heads if head in at.scene.named]
    return [list(features(parse, at, head)) + _rank(at, head, named) for head in heads]


def figure_rows(parse: Parse, at: Anchor, figures: Sequence[tuple[int, FoundFigure]]) -> list[list[str]]:
    """Feature rows of figures: those of a mention, and what is counted."""
    heads = [head for head, _ in figures]
    rows = []
    for head, found in figures:
        row = list(features(parse, at, head)) + _rank(at, head, heads)
        what = found.figure.what
        governs = "event" if found.governor == at.event.head else "noun" if found.noun == at.event.head else "other"
        row += [f"fw={what}|{at.type}", f"fg={governs}|{what}", f"fg={governs}|{at.type}", f"fg={governs}"]
        if found.noun >= 0:
            row += features(parse, at, found.noun)
        rows.append(row)
    return rows


def time_rows(parse: Parse, at: Anchor, times: Sequence[tuple[int, Time]]) -> list[list[str]]:
    """Feature rows of times: those of a mention, and the kind of time."""
    heads = [head for head, _ in times]
    rows = []
    for head, time in times:
        row = list(features(parse, at, head)) + _rank(at, head, heads)
        row += [
            f"tt={time.type}",
            f"tv={(time.timex or '')[:3].isdigit()}|{time.type}",
            f"tp={parse.tag[at.event.head]}",
        ]
        rows.append(row)
    return rows


def _rank(at: Anchor, head: int, rivals: Sequence[int]) -> list[str]:
    """How near a mention stands to the event among its rivals: their number, and whether it is the nearest."""
    if head not in rivals:
        return [f"rk=none|{min(len(rivals), 2)}"]
    nearer = sum(abs(other - at.event.head) < abs(head - at.event.head) for other in rivals)
    return [f"rk={min(nearer, 2)}|{min(len(rivals), 3)}", f"rk={min(nearer, 2)}|{min(len(rivals), 3)}|{at.shape}"]


def fill(parse: Parse, verdicts: Sequence[Verdict], anchors: Sequence[Anchor], near: Sequence[Beside]) -> list[Fillers]:
    """The fillers of each verdict's event. All rows of a document are scored at once."""
    sides = [near[parse.sent[verdict.event.head]] for verdict in verdicts]
    heads = [reachable(parse, at, side.mentions) for at, side in zip(anchors, sides, strict=True)]
    mentions = [mention_rows(parse, at, near_by) for at, near_by in zip(anchors, heads, strict=True)]
    role, place = _scored(mentions, "role", "place")
    (figure,) = _scored([figure_rows(parse, at, s.figures) for at, s in zip(anchors, sides, strict=True)], "figure")
    (time,) = _scored([time_rows(parse, at, s.times) for at, s in zip(anchors, sides, strict=True)], "time")
    found = []
    for k, at in enumerate(anchors):
        named = [_best(row, at.roles.get(head)) for head, row in zip(heads[k], role[k], strict=True)]
        put = [_best(row, at.roles.get(head), PLACE_AT) for head, row in zip(heads[k], place[k], strict=True)]
        chance = sum(math.log(max(row[name], LEAST)) for row, name in zip(role[k], named, strict=True))
        found.append(_filled(heads[k], sides[k], named, put, figure[k], time[k], chance))
    return _with_shared_times(parse, anchors, found)


def _with_shared_times(parse: Parse, anchors: Sequence[Anchor], found: Sequence[Fillers]) -> list[Fillers]:
    """The fillers with the time of the main clause lent to what only accompanies, brings about or exemplifies it, and
    the other way round: "called him on Wednesday, urging restraint", "cut the road by felling trees on Monday"."""
    times = {at.event.head: filled.time for at, filled in zip(anchors, found, strict=True)}
    lent = {main: times[i] for i in times if times[i] and (main := _brought_about(parse, i)) >= 0}
    beside = {main: times[i] for i in times if times[i] and (main := _accompanied(parse, i)) >= 0}
    result = []
    for at, filled in zip(anchors, found, strict=True):
        i = at.event.head
        main = _accompanied(parse, i)
        shared = None if filled.time else lent.get(i) or times.get(main) or beside.get(main)
        result.append(filled._replace(time=shared) if shared else filled)
    return result


def _accompanied(parse: Parse, i: int) -> int:
    """The verb whose action a present participle accompanies, or an act is named as an instance of; or -1."""
    if parse.dep[i] == "dobj" and parse.tag[parse.head[i]] == "VBG":
        i = parse.head[i]
    while parse.dep[i] == "conj":
        i = parse.head[i]
    if parse.dep[i] in ("pcomp", "pobj") and (verb := exemplifies(parse, parse.head[i])) >= 0:
        return verb
    if parse.tag[i] != "VBG":
        return -1
    if parse.dep[i] == "pcomp" and parse.lower[parse.head[i]] == "by":
        return parse.head[parse.head[i]]
    return (
        parse.head[i] if parse.dep[i] == "advcl" and not any(parse.dep[k] == "mark" for k in parse.children[i]) else -1
    )


def _brought_about(parse: Parse, i: int) -> int:
    """The verb of what a gerund after "by" brings about, or -1; of a purpose, the verb that serves it ("sent sappers
    to seal the border by laying mines")."""
    if parse.dep[i] != "pcomp" or parse.lower[parse.head[i]] != "by":
        return -1
    verb = parse.head[parse.head[i]]
    return parse.head[verb] if parse.dep[verb] in ("advcl", "xcomp") and has_to(parse, verb) else verb


def reachable(parse: Parse, at: Anchor, mentions: Sequence[int]) -> list[int]:
    """The mentions that may fill a role of an event: those a rule calls its arguments, and all that are not farther
    from it in the tree than a filler ever is."""
    i = at.event.head
    return [m for m in mentions if m != i and (m in at.slots or m in at.roles or steps(parse, at, m) <= FARTHEST)]


def _filled(
    heads: list[int],
    side: Beside,
    roles: list[str],
    places: list[str],
    figures: list[Scores],
    times: list[Scores],
    chance: float,
) -> Fillers:
    """The fillers of one event from the likeliest role of each mention and the scores of figures and times."""
    timed = [(row.get("yes", 0.0), -n) for n, row in enumerate(times)]
    likely, n = max(timed, default=(0.0, 0))
    return Fillers(
        actors=tuple(head for head, name in zip(heads, roles, strict=True) if name == "actor"),
        recipients=tuple(head for head, name in zip(heads, roles, strict=True) if name == "recipient"),
        objects=tuple(head for head, name in zip(heads, roles, strict=True) if name == "object"),
        places=tuple((head, cast(PlaceRole, n)) for head, n in zip(heads, places, strict=True) if n != "none"),
        figures=tuple(f for (_, f), row in zip(side.figures, figures, strict=True) if row.get("yes", 0.0) >= FIGURE_AT),
        time=side.times[-n][1] if likely >= TIME_AT else None,
        chance=chance,
    )


def _scored(groups: Sequence[list[list[str]]], *names: str) -> list[list[list[Scores]]]:
    """The scores of all rows of all groups by each of the models named: class → probability for each row."""
    rows = linear.hashed([row for group in groups for row in group])
    found = []
    for name in names:
        model = linear.load(name)
        scores = iter(model.scores(rows).tolist())
        found.append([[dict(zip(model.classes, next(scores), strict=True)) for _ in group] for group in groups])
    return found


def _best(scores: Scores, ruled: str | None, least: float = FILL_AT) -> str:
    """The likeliest role of a mention that fills one, or "none"; where a rule has named a role, less is asked of it."""
    likely = max((n for n in scores if n != "none"), key=lambda n: scores[n])
    named = ruled is not None and ruled.removeprefix("place_") == likely
    return likely if 1.0 - scores["none"] >= (RULED_AT if named else least) else "none"
