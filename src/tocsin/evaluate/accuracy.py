"""The table of accuracy: every part on its set, beside what others reach, as docs/accuracy.md shows it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple

from tocsin import lexicon
from tocsin.evaluate.counts import Interval, Miss, Scored, intervals, total
from tocsin.evaluate.floors import Floor, anchors, floors
from tocsin.evaluate.parts import Measured, Reader, measure
from tocsin.evaluate.sets import digest

KINDS_SHOWN = 3
EXAMPLES_SHOWN = 40


class Row(NamedTuple):
    """One measure of one part: our figure, its interval, what spaCy alone gets, and the floor."""

    measure: str
    ours: float
    interval: Interval | None
    spacy: float | None
    floor: float | None


class Result(NamedTuple):
    """A part as it was measured."""

    part: Measured
    size: int
    digest: str
    rows: tuple[Row, ...]
    misses: tuple[Miss, ...]


def run(part: Measured, folder: Path, read: Reader, size: int | None = None) -> Result:
    """Measure one part whose set is there. Floors are for the whole of the set that they were pinned on."""
    scored = measure(part, folder, read, size)
    misses = tuple(miss for one in scored for miss in one.misses)
    mark = digest(part.paths(folder))
    floor = floors().get(part.key)
    if floor and (floor.digest != mark or size is not None):
        floor = None
    return Result(part, len(scored), mark, tuple(_rows(part, scored, floor)), misses)


def _rows(part: Measured, scored: Sequence[Scored], floor: Floor | None) -> list[Row]:
    counts = total(scored)
    spread = intervals(scored, part.measures)
    anchor = anchors().get(part.key)
    spacy = (anchor.spacy if anchor else None) or {}
    found = []
    for name, function in part.measures.items():
        value = function(counts)
        if value is not None:
            least = floor.whole.get(name) if floor else None
            found.append(Row(name, value, spread.get(name), spacy.get(name), least))
    return found


def run_all(
    parts: Sequence[Measured], folder: Path, read: Reader, say: Callable[[str], None], size: int | None = None
) -> list[Result]:
    """Measure every part whose set is there, and say aloud which are not."""
    found = []
    for part in parts:
        if not part.paths(folder):
            say(f"SKIPPED {part.key}: there is no {folder / part.set}; set $TOCSIN_SHARED to the folder of the sets")
            continue
        say(f"reading {part.key}")
        found.append(run(part, folder, read, size))
    return found


def kinds(misses: Sequence[Miss]) -> list[tuple[str, int]]:
    """The kinds of error with their numbers, the largest first."""
    return sorted(Counter(miss.kind for miss in misses).items(), key=lambda pair: (-pair[1], pair[0]))


def listed(result: Result) -> str:
    """The errors of a part by kind, as `--misses` shows them."""
    lines = [f"{result.part.key}: {len(result.misses)} errors in {result.size} {result.part.unit}"]
    for kind, number in kinds(result.misses):
        lines.append(f"\n{kind}: {number}")
        shown = [miss for miss in result.misses if miss.kind == kind]
        lines += [f"  {miss.document}: {miss.detail}" for miss in shown[:EXAMPLES_SHOWN]]
        if number > EXAMPLES_SHOWN:
            lines.append(f"  ... and {number - EXAMPLES_SHOWN} more")
    return "\n".join(lines) + "\n"


def installed() -> str:
    """The version that is measured."""
    try:
        return version("tocsin")
    except PackageNotFoundError:
        return "source tree"


def page(results: Sequence[Result], skipped: Sequence[Measured], on: date, size: int | None = None) -> str:
    """docs/accuracy.md."""
    lines = [
        "# Accuracy",
        "",
        "Made by `make accuracy` (`python -m tocsin.evaluate accuracy`); never edited by hand.",
        "",
        f"Measured on {on.isoformat()}, version {installed()}, lexicon `{lexicon.digest()}`"
        + (f", on a sample of {size} documents a set." if size else "."),
        "Intervals are the middle 95 % of 1,000 bootstraps over what is counted. `spaCy` is what a plain pass",
        "of the same pipeline gets. Shares of what was found (status, source, country, within 161 km) are over the",
        "matched items.",
        "",
    ]
    for result in results:
        lines += _section(result)
    if skipped:
        lines += ["## Not measured", ""]
        lines += [f"- {part.key}: the set `{part.set}` was not there" for part in skipped]
        lines.append("")
    return "\n".join(lines)


def _section(result: Result) -> list[str]:
    anchor = anchors().get(result.part.key)
    lines = [
        f"## {result.part.key}",
        "",
        f"{result.size} {result.part.unit}, set `{result.digest}`.",
        "",
        "| measure | ours | 95 % interval | spaCy | floor | |",
        "| --- | ---: | --- | ---: | ---: | --- |",
    ]
    lines += [_line(row) for row in result.rows]
    lines.append("")
    if anchor and anchor.published:
        lines += [f"Published: {anchor.published} ({anchor.source}).", ""]
    if anchor and anchor.spacy_source:
        lines += [f"The spaCy column: {anchor.spacy_source}.", ""]
    largest = kinds(result.misses)[:KINDS_SHOWN]
    if largest:
        told = ", ".join(f"{kind} ({number})" for kind, number in largest)
        lines += [f"Largest kinds of error: {told}.", ""]
    return lines


def _line(row: Row) -> str:
    spread = f"{row.interval.low:.3f} to {row.interval.high:.3f}" if row.interval else ""
    spacy = "" if row.spacy is None else f"{row.spacy:.2f}"
    floor = "" if row.floor is None else f"{row.floor:.2f}"
    verdict = "" if row.floor is None else "holds" if row.ours >= row.floor else "BELOW"
    return f"| {row.measure} | {row.ours:.3f} | {spread} | {spacy} | {floor} | {verdict} |"
