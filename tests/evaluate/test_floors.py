"""The floors hold. Each is pinned with the digest of the set that it was measured on."""

from __future__ import annotations

import pytest

from tocsin.evaluate.counts import total
from tocsin.evaluate.floors import Floor, floors
from tocsin.evaluate.parts import Measured, measure, reader
from tocsin.evaluate.sets import digest, shared
from tocsin.evaluate.wholes import EVERYTHING

PINNED = [(part, floors()[part.key]) for part in EVERYTHING if part.key in floors()]


@pytest.mark.parametrize(("part", "floor"), PINNED, ids=[part.key for part, _ in PINNED])
def test_floor(part: Measured, floor: Floor) -> None:
    paths = part.paths(shared())
    if not paths:
        pytest.skip(f"there is no {shared() / part.set}")
    assert digest(paths) == floor.digest, "the set is another than the floors were pinned on: pin them anew"
    least = floor.whole if floor.sample is None else floor.sample
    counts = total(measure(part, shared(), reader(), None if floor.sample is None else floor.size))
    values = {name: part.measures[name](counts) or 0.0 for name in least}
    below = {name: (round(values[name], 3), least[name]) for name in least if values[name] < least[name]}
    assert not below, f"below the floor (ours, floor): {below}"
