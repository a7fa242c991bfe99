"""Make one label file of what several teachers say of the same texts.

    python training/blend.py --out FILE FIRST OTHER...

Two teachers of different seeds err in different places, and their mean errs less (Hinton et al. 2015). Whether an event
is a claim, of which type and status, and which figures, times and twins are its own, is the mean of all; which mention
fills a role is what the first says, for the others may not have been asked of the same mentions. Events that only the
first knows are its alone.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from tocsin.claim.pairs import MENTION

Label = list[Any]
"""A label as `pool.labelled` has it: start, claim, types, statuses, pairs."""


def mean(chances: Sequence[dict[str, float]]) -> dict[str, float]:
    """The mean of several distributions."""
    names = dict.fromkeys(name for one in chances for name in one)
    return {name: round(sum(one.get(name, 0.0) for one in chances) / len(chances), 3) for name in names}


def blended(labels: Sequence[Label]) -> Label:
    """One label of several of the same event, the first among them."""
    start, _, _, _, pairs = labels[0]
    claim = round(sum(label[1] for label in labels) / len(labels), 3)
    types, statuses = (mean([label[k] for label in labels]) for k in (2, 3))
    asked = [label[4] for label in labels if label[4] is not None]
    return [start, claim, types, statuses, None if pairs is None else list(_pairs(pairs, asked))]


def _pairs(first: Iterable[Any], asked: Sequence[Iterable[Any]]) -> Iterator[list[Any]]:
    """The pairs of mentions as the first has them, of all else the mean."""
    yield from (pair for pair in first if pair[0] == MENTION)
    told = [{(sort, at): chances for sort, at, chances in pairs if sort != MENTION} for pairs in asked]
    for sort, at in dict.fromkeys(key for one in told for key in one):
        yield [sort, at, mean([one.get((sort, at), {}) for one in told])]


def read(file: Path) -> list[dict[str, Any]]:
    """The lines of a label file."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def main() -> None:
    """Read, blend, write."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--out", type=Path, required=True)
    options.add_argument("files", type=Path, nargs="+")
    given = options.parse_args()
    first, *others = [read(file) for file in given.files]
    known = [
        {(line["set"], line["id"]): {label[0]: label for label in line["labels"]} for line in lines} for lines in others
    ]
    with given.out.open("w", encoding="utf-8") as out:
        for line in first:
            beside = [texts.get((line["set"], line["id"]), {}) for texts in known]
            labels = [
                blended([label, *(one[label[0]] for one in beside if label[0] in one)]) for label in line["labels"]
            ]
            out.write(json.dumps({**line, "labels": labels}) + "\n")


if __name__ == "__main__":
    main()
