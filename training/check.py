"""Print how well the shipped encoder and pairing do on annotated articles that they have not seen.

    python training/check.py [--shared DIR]

On the events that the rules propose in the gold articles (those that only another trigger of a claim names, and
optional claims, left out): F1 of being a claim, and of the claims the share whose type and status is the first of the
annotated.
On the pairs of annotated claims: F1 of each role, place, figure, time and twin, at even odds.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from cases import PLACES, ROLES, STATUSES, TYPES, YES, Array, Case, annotated
from examples import articles

from tocsin.claim import encoder, pairing
from tocsin.claim.attribution import scan
from tocsin.claim.events import find_events
from tocsin.claim.pairs import EVENT, FIGURE, MENTION, TIME
from tocsin.claim.vouching import standings
from tocsin.understand.parse import Parse


class Judged(NamedTuple):
    """What was asked (`claim`, `type`, or a sort of pair), and both answers."""

    asked: str
    true: str
    given: str


def judged(parse: Parse, cases: Sequence[Case]) -> Iterator[Judged]:
    """The answers to everything that is asked of a document."""
    said = encoder.load().opinions(parse, find_events(parse), standings(parse, scan(parse)))
    for case, claim, types, statuses in zip(cases, *said[:3], strict=True):
        if case.answer is None or not case.answer.counts[0]:
            continue
        yield Judged("claim", YES if case.answer.claim else "none", YES if claim > 0 else "none")
        if case.answer.claim:
            yield Judged("type", TYPES[case.answer.types.argmax()], TYPES[types.argmax()])
            yield Judged("status", STATUSES[case.answer.statuses.argmax()], STATUSES[statuses.argmax()])
    pairs = [one for case in cases for one in case.pairs]
    chances = pairing.load().chances(said.vectors, [one.pair for one in pairs])
    others = {FIGURE: chances.figure, TIME: chances.time, EVENT: chances.same}
    for k, one in enumerate(pairs):
        if one.pair.sort == MENTION:
            yield Judged("role", _named(ROLES, one.chances[0]), _named(ROLES, chances.roles[k]))
            yield Judged("place", _named(PLACES, one.chances[1]), _named(PLACES, chances.places[k]))
        else:
            given = float(others[one.pair.sort][k])
            yield Judged(one.pair.sort, YES if one.chances[0][0] else "none", YES if given > 0.5 else "none")


def _named(names: Sequence[str], chances: Array) -> str:
    return names[int(chances.argmax())]


def lines(found: Sequence[Judged]) -> Iterator[str]:
    """What is printed."""
    for asked in dict.fromkeys(one.asked for one in found):
        rows = [one for one in found if one.asked == asked]
        if asked in ("type", "status"):
            yield f"{asked}: {np.mean([one.true == one.given for one in rows]):.3f} right"
            continue
        for name in sorted({one.true for one in rows} - {"none"}):
            hits = sum(one.true == one.given == name for one in rows)
            told = sum(one.true == name for one in rows) + sum(one.given == name for one in rows)
            yield f"{asked} {name}: F1 {2 * hits / told:.3f} ({sum(one.true == name for one in rows)})"


def main() -> None:
    """Read, judge, print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    found = [
        one
        for gold, reading in articles(options.parse_args().shared / "gold")
        for one in judged(reading.parse, annotated(reading, gold))
    ]
    print("\n".join(lines(found)))


if __name__ == "__main__":
    main()
