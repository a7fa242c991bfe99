"""Our scorers give the numbers of the tools that come with the sets, on reports with every sort of mistake."""

from __future__ import annotations

import json
import re
import statistics
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from made import Maker

from tocsin.evaluate import claims, gold, mentions
from tocsin.evaluate.counts import Measure, Scored, total
from tocsin.evaluate.sets import members, rows, sample, shared
from tocsin.model import Report

TOOLS = shared() / "tools"
pytestmark = pytest.mark.skipif(not TOOLS.is_dir(), reason=f"the sets and their tools are not in {shared()}")


def tool(*words: str | Path) -> dict[str, float]:
    """The numbers that a tool prints last, as JSON."""
    done = subprocess.run([sys.executable, *map(str, words)], capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def write(folder: Path, name: str, report: Report) -> None:
    safe = re.sub(r"[/\s]", "_", name)
    (folder / f"{safe}.json").write_bytes(msgspec.json.encode(report))


def ours(scored: list[Scored], measures: dict[str, Measure]) -> dict[str, float]:
    counts = total(scored)
    values = {name: measure(counts) for name, measure in measures.items()}
    return {name: round(value, 4) for name, value in values.items() if value is not None}


@pytest.mark.parametrize("seed", [1, 2])
def test_claims(seed: int, tmp_path: Path) -> None:
    maker, scored = Maker(seed), []
    for path in members(shared(), "gold"):
        article = gold.load(path)
        report = maker.claims(article)
        write(tmp_path, path.stem, report)
        scored.append(claims.score(article, report))
    theirs = tool(TOOLS / "score_claims.py", shared() / "gold", tmp_path, "--json")
    assert ours(scored, {name: claims.MEASURES[name] for name in claims.ROWS}) == theirs
    assert 0.05 < theirs["whole"] < 0.95


PARTS: list[tuple[str, str, Any, Callable[[Maker, Any], Report], Any, dict[str, Measure]]] = [
    ("times", "timex_aquaint", mentions.TimexRow, Maker.times, mentions.score_times, mentions.TIME_MEASURES),
    ("places", "geo_trnews", mentions.ToponymRow, Maker.places, mentions.score_places, mentions.PLACE_MEASURES),
    ("attribution", "polnear_dev", mentions.AttributionRow, Maker.attributions, mentions.score_attribution,
     mentions.ATTRIBUTION_MEASURES),
]  # fmt: skip


@pytest.mark.parametrize(("part", "name", "kind", "make", "score", "measures"), PARTS, ids=[p[0] for p in PARTS])
def test_mentions(
    part: str,
    name: str,
    kind: Any,
    make: Callable[[Maker, Any], Report],
    score: Callable[[Any, Report], Scored],
    measures: dict[str, Measure],
    tmp_path: Path,
) -> None:
    source = shared() / "bench" / f"{name}.jsonl"
    some = sample(source.read_bytes().splitlines(), 30)
    subset = tmp_path / "set.jsonl"
    subset.write_bytes(b"\n".join(some))
    maker, scored = Maker(7), []
    for row in rows(subset, kind):
        report = make(maker, row)
        write(tmp_path, row.id, report)
        scored.append(score(row, report))
    theirs = tool(TOOLS / "score_parts.py", part, subset, tmp_path)
    assert theirs.pop("missing") == 0
    median = theirs.pop("median_km", None)
    if median is not None:
        assert round(statistics.median(value for one in scored for value in one.values), 1) == median
    assert ours(scored, measures) == theirs
    assert all(0.05 < value < 1 for value in theirs.values())


def test_an_article_that_was_not_read_counts_as_missed() -> None:
    article = gold.load(members(shared(), "gold")[0])
    counts = claims.score(article, None).counts
    required = sum(not claim.optional for claim in article.claims)
    assert counts["claims"] == (0, 0, required)
    assert counts["whole"] == (0, required, required)
