"""Time expressions against the annotated sets beside the repository: figures that must not fall."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tocsin.model import Time
from tocsin.understand.pipeline import load, parse_many, prepare
from tocsin.understand.times import find_times

SHARED = Path(__file__).resolve().parents[3] / "shared"

pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="the annotated sets are not beside the repository")


def read(rows: list[dict[str, Any]], dated: str) -> list[list[Time]]:
    parses = parse_many(load(), [(row["text"], prepare(row["text"])) for row in rows])
    return [find_times(parse, row.get(dated)) for parse, row in zip(parses, rows, strict=True)]


def f1(hits: int, found: int, gold: int) -> float:
    return 2 * hits / (found + gold)


def overlap(time: Time, other: dict[str, Any]) -> bool:
    return bool(time.start < other["end"] and other["start"] < time.end)


@pytest.mark.parametrize(
    ("name", "strict", "relaxed", "value"), [("timex_timebank", 0.86, 0.92, 0.77), ("timex_aquaint", 0.79, 0.90, 0.70)]
)
def test_timex_floors(name: str, strict: float, relaxed: float, value: float) -> None:
    with (SHARED / "bench" / f"{name}.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines][::6]
    same = near = right = found = gold = 0
    for times, row in zip(read(rows, "dct"), rows, strict=True):
        found, gold = found + len(times), gold + len(row["timexes"])
        left = list(row["timexes"])
        for time in times:
            other = next((other for other in left if overlap(time, other)), None)
            if other is not None:
                left.remove(other)
                near += 1
                same += (time.start, time.end) == (other["start"], other["end"])
                right += time.timex == other.get("value")
    assert f1(same, found, gold) >= strict
    assert f1(near, found, gold) >= relaxed
    assert f1(right, found, gold) >= value


def test_intervals_agree_with_annotated_claims() -> None:
    rows = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((SHARED / "train").glob("*.json"))[::7]]
    hits = total = 0
    for times, row in zip(read(rows, "published"), rows, strict=True):
        for gold in (claim["time"] for claim in row["claims"] if claim.get("time")):
            total += 1
            hits += any(overlap(time, gold) and (time.from_, time.to) == (gold["from"], gold["to"]) for time in times)
    assert total
    assert hits / total >= 0.8
