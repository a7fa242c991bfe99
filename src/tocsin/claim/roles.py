"""Which mention fills which role of an event: actors, recipients and objects, places, figures and the time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, cast

from tocsin.claim import linear
from tocsin.claim.decide import Verdict
from tocsin.claim.pairs import Anchor, features
from tocsin.model import PlaceRole, Time
from tocsin.understand.figures import FoundFigure
from tocsin.understand.parse import Parse
from tocsin.understand.phrases import head_of
from tocsin.understand.reading import Reading
from tocsin.understand.timeclause import clause_times

FILL_AT = 0.35
"""Least probability for a mention to fill a role."""


FIGURE_AT = 0.38
"""Least probability for a figure to count what an event is about."""

TIME_AT = 0.5
"""Least probability for a time to be an event's."""


class Fillers(NamedTuple):
    """The fillers of one event: head tokens in the order of the text, figures, the time."""

    actors: tuple[int, ...]
    recipients: tuple[int, ...]
    objects: tuple[int, ...]
    places: tuple[tuple[int, PlaceRole], ...]
    figures: tuple[FoundFigure, ...]
    time: Time | None


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
    mentions = [
        mention_rows(parse, at, [m for m in side.mentions if m != at.event.head])
        for at, side in zip(anchors, sides, strict=True)
    ]
    role = _scored("role", mentions)
    place = _scored("place", mentions)
    figure = _scored("figure", [figure_rows(parse, at, side.figures) for at, side in zip(anchors, sides, strict=True)])
    time = _scored("time", [time_rows(parse, at, side.times) for at, side in zip(anchors, sides, strict=True)])
    found = []
    for k, side in enumerate(sides):
        heads = [m for m in side.mentions if m != anchors[k].event.head]
        named = [(head, _best(row)) for head, row in zip(heads, role[k], strict=True)]
        put = [(head, _best(row)) for head, row in zip(heads, place[k], strict=True)]
        timed = [(row.get("yes", 0.0), n) for n, row in enumerate(time[k])]
        likely = max(timed, default=(0.0, -1), key=lambda pair: (pair[0], -pair[1]))
        found.append(
            Fillers(
                actors=tuple(head for head, name in named if name == "actor"),
                recipients=tuple(head for head, name in named if name == "recipient"),
                objects=tuple(head for head, name in named if name == "object"),
                places=tuple((head, cast(PlaceRole, name)) for head, name in put if name != "none"),
                figures=tuple(
                    f for (_, f), row in zip(side.figures, figure[k], strict=True) if row.get("yes", 0.0) >= FIGURE_AT
                ),
                time=side.times[likely[1]][1] if likely[0] >= TIME_AT else None,
            )
        )
    return found


def _scored(name: str, groups: Sequence[list[list[str]]]) -> list[list[dict[str, float]]]:
    """The scores of all rows of all groups by model `name`, one dict of class → probability for each row."""
    model = linear.load(name)
    scores = model.scores([row for group in groups for row in group]).tolist()
    found, at = [], 0
    for group in groups:
        found.append([dict(zip(model.classes, row, strict=True)) for row in scores[at : at + len(group)]])
        at += len(group)
    return found


def _best(scores: dict[str, float]) -> str:
    """The likeliest role of a mention that fills one, or "none"."""
    if 1.0 - scores["none"] < FILL_AT:
        return "none"
    return max((n for n in scores if n != "none"), key=lambda n: scores[n])
