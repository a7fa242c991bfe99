"""Which mention fills which role of an event: actors, recipients and objects, places, figures and the time."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple, cast

from tocsin.claim import pairing
from tocsin.claim.arguments import exemplifies, has_to
from tocsin.claim.counting import counted, own_figures, promised_sums
from tocsin.claim.decide import Verdict
from tocsin.claim.doers import own_actors
from tocsin.claim.linear import Floats
from tocsin.claim.outcomes import causes
from tocsin.claim.pairs import FIGURE, MENTION, TIME, Anchor, Pair, facts, rank, steps
from tocsin.claim.whereabouts import lent_places, own_places
from tocsin.model import PlaceRole, Time
from tocsin.understand.figures import FoundFigure
from tocsin.understand.parse import Parse
from tocsin.understand.phrases import head_of
from tocsin.understand.reading import Reading
from tocsin.understand.timeclause import clause_times, own_time
from tocsin.understand.timemeasured import measured_times

FILL_AT = 0.27
"""Least probability for a mention to fill a role."""


PLACE_AT = 0.3
"""The same for a mention to say where it happens."""

RULED_AT = 0.2
"""The same for a mention that a rule has named for the role."""

LEAST = 1e-4
"""Less probable roles are taken for this probable."""

FARTHEST = 8
"""Steps in the tree from an event to a mention beyond which hardly one in a hundred fills a role."""

TIME_AT = 0.4
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
    """What stands in one sentence beside its events. `measured`: the times of events by their head tokens, told by how
    long after them something else came."""

    mentions: list[int]
    figures: list[tuple[int, FoundFigure]]
    times: list[tuple[int, Time]]
    measured: dict[int, Time]


def beside(reading: Reading, mentions: Sequence[list[int]]) -> list[Beside]:
    """For each sentence the mentions, figures and times in it, figures and times with their head tokens."""
    parse = reading.parse
    found = [Beside(heads, [], [], {}) for heads in mentions]
    for figure in reading.figures:
        found[parse.sent[figure.start]].figures.append((head_of(parse, figure.start, figure.end), figure))
    bounding = clause_times(parse, list(reading.times))
    for time, at in _timed(parse, reading.times, bounding):
        found[parse.sent[at]].times.append((at, time))
    for inner, time in measured_times(parse, reading.times, reading.document.published):
        found[parse.sent[inner]].measured[inner] = time
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


def pairs_of(parse: Parse, at: Anchor, heads: Sequence[int], side: Beside) -> list[Pair]:
    """An event with each mention of `heads`, each figure and each time beside it, in this order."""
    event = at.event.head
    named = [head for head in heads if head in at.scene.named]
    found = [Pair(MENTION, event, head, -1, facts(parse, at, head, rank(at, head, named))) for head in heads]
    for head, figure in side.figures:
        governs = "event" if figure.governor == event else "noun" if figure.noun == event else "other"
        own = f"{figure.figure.what}|{governs}"
        found.append(Pair(FIGURE, event, head, figure.noun, facts(parse, at, head, own)))
    rivals = [head for head, _ in side.times]
    for head, time in side.times:
        own = f"{time.type}|{(time.timex or '')[:3].isdigit()}|{rank(at, head, rivals)}"
        found.append(Pair(TIME, event, head, -1, facts(parse, at, head, own)))
    return found


def fill(
    parse: Parse, verdicts: Sequence[Verdict], anchors: Sequence[Anchor], near: Sequence[Beside], vectors: Floats
) -> list[Fillers]:
    """The fillers of each verdict's event. All pairs of a document are judged at once; `vectors` are its words as the
    encoder reads them."""
    model = pairing.load()
    sides = [near[parse.sent[verdict.event.head]] for verdict in verdicts]
    heads = [reachable(parse, at, side.mentions) for at, side in zip(anchors, sides, strict=True)]
    pairs = [pairs_of(parse, at, near_by, side) for at, near_by, side in zip(anchors, heads, sides, strict=True)]
    said = model.chances(vectors, list(chain.from_iterable(pairs)))
    found, start = [], 0
    for at, near_by, side, asked in zip(anchors, heads, sides, pairs, strict=True):
        rows = slice(start, start + len(near_by))
        figures = slice(rows.stop, rows.stop + len(side.figures))
        start += len(asked)
        ruled = [at.roles.get(head) for head in near_by]
        role, sure = _best(model.tables.roles, said.roles[rows], ruled, FILL_AT)
        place, _ = _best(model.tables.places, said.places[rows], ruled, PLACE_AT)
        shares = said.figure[figures].tolist(), said.time[figures.stop : start].tolist()
        chance = sum(math.log(max(likely, LEAST)) for likely in sure)
        filled = _filled(parse, near_by, side, role, place, *shares, chance)
        found.append(_with_own(parse, side, at, filled))
    return _with_shared(parse, anchors, found)


def _with_own(parse: Parse, side: Beside, at: Anchor, filled: Fillers) -> Fillers:
    """The fillers of an event with actors, time and places as its clause has them."""
    event = at.event.head
    return filled._replace(
        actors=own_actors(parse, event, filled.actors, at.roles),
        time=_own_time(parse, side, event, filled.time),
        places=own_places(parse, event, filled.places, filled.recipients, at.scene.named),
    )


def _with_shared(parse: Parse, anchors: Sequence[Anchor], found: Sequence[Fillers]) -> list[Fillers]:
    """The fillers with what events of a sentence have of each other, and without what only one of them has."""
    found = _with_own_figures(parse, anchors, found)
    return _with_shared_times(parse, anchors, _with_shared_places(parse, anchors, found))


def _own_time(parse: Parse, side: Beside, event: int, time: Time | None) -> Time | None:
    """The time of an event as its clause has it, or as it is measured from the clause above."""
    return own_time(parse, time, event) if time else side.measured.get(event)


def _with_own_figures(parse: Parse, anchors: Sequence[Anchor], found: Sequence[Fillers]) -> list[Fillers]:
    """The fillers with the figures that are each event's own, and with the sums promised for it."""
    events = [at.event.head for at in anchors]
    own = promised_sums(parse, events, own_figures(parse, events, [filled.figures for filled in found]))
    return [filled._replace(figures=figures) for filled, figures in zip(found, own, strict=True)]


def _with_shared_places(parse: Parse, anchors: Sequence[Anchor], found: Sequence[Fillers]) -> list[Fillers]:
    """The fillers with the places that events of a sentence lend each other."""
    lent = lent_places(parse, [at.event.head for at in anchors], [filled.places for filled in found])
    return [filled._replace(places=places) for filled, places in zip(found, lent, strict=True)]


def _with_shared_times(parse: Parse, anchors: Sequence[Anchor], found: Sequence[Fillers]) -> list[Fillers]:
    """The fillers with the time of the main clause lent to what only accompanies, brings about or exemplifies it, and
    the other way round: "called him on Wednesday, urging restraint", "cut the road by felling trees on Monday"; and
    with that of an act lent to the harm that it did."""
    times = {at.event.head: filled.time for at, filled in zip(anchors, found, strict=True)}
    lent = {main: times[i] for i in times if times[i] and (main := _brought_about(parse, i)) >= 0}
    beside = {main: times[i] for i in times if times[i] and (main := _accompanied(parse, i)) >= 0}
    result = []
    for at, filled in zip(anchors, found, strict=True):
        i = at.event.head
        main = _accompanied(parse, i)
        acts = (time for k in causes(parse, i) if (time := times.get(k)))
        shared = None if filled.time else lent.get(i) or times.get(main) or beside.get(main) or next(acts, None)
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
    parse: Parse,
    heads: list[int],
    side: Beside,
    roles: list[str],
    places: list[str],
    figures: list[float],
    times: list[float],
    chance: float,
) -> Fillers:
    """The fillers of one event from the likeliest role of each mention and the chances of figures and times."""
    likely, n = max(((chance, -n) for n, chance in enumerate(times)), default=(0.0, 0))
    return Fillers(
        actors=tuple(head for head, name in zip(heads, roles, strict=True) if name == "actor"),
        recipients=tuple(head for head, name in zip(heads, roles, strict=True) if name == "recipient"),
        objects=tuple(head for head, name in zip(heads, roles, strict=True) if name == "object"),
        places=tuple((head, cast(PlaceRole, n)) for head, n in zip(heads, places, strict=True) if n != "none"),
        figures=counted(parse, [figure for _, figure in side.figures], figures),
        time=side.times[-n][1] if likely >= TIME_AT else None,
        chance=chance,
    )


def _best(
    names: Sequence[str], chances: Floats, ruled: Sequence[str | None], least: float
) -> tuple[list[str], list[float]]:
    """The likeliest role of each mention that fills one, or "none", the first of `names`, with its probability. Where a
    rule has named the role, less is asked of it."""
    found, sure = [], []
    for row, rule in zip(chances.tolist(), ruled, strict=True):
        k = max(range(1, len(names)), key=row.__getitem__)
        named = rule is not None and rule.removeprefix("place_") == names[k]
        k = k if 1.0 - row[0] >= (RULED_AT if named else least) else 0
        found.append(names[k])
        sure.append(row[k])
    return found, sure
