"""What it costs to link many documents: report families and situations, beside what it costs to read them.

    python bench/link.py [--reports FILE] [--sizes 10000,100000] > docs/link-bench.md

The documents are made of real ones: of the example reports, or of those in FILE (one report a line, as `tocsin read
--format jsonl` writes them). Each time round, another alphabet takes the place of all names and words but the
commonest, so that offsets hold and nothing looks like the time before; countries are others, places are moved and
numbers changed. One document in five is a copy of the one before it, cut short, a day later, by another paper: the
known families. A day has so many documents, so more documents are more days, as in a ledger that grows. What is counted
is processor time, of one process: prints and families, facts, events and situations; the making is not counted. Each
size has a process of its own, which links and does not read, so that its memory is that of linking. Reading is measured
in the same run, on a sample. Processor seconds are longer while others use the machine; so reading and the first size
are measured before the largest size and after it, and the mean counts.
"""

from __future__ import annotations

import argparse
import datetime
import functools
import math
import platform
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeVar

import msgspec

from tocsin import process
from tocsin.api import read_documents, read_many
from tocsin.countries import countries
from tocsin.judgement import Link, Paper, Told
from tocsin.link.events import Event
from tocsin.link.families import FamilyIndex, grouped
from tocsin.link.rules import rules
from tocsin.link.situations import Shelf, bonds, each_group, events_of, facts_of
from tocsin.model import Actor, Claim, Figure, Mention, Place, Report

EXAMPLES = Path(__file__).resolve().parents[1] / "examples" / "october-1962"
FIRST = datetime.date(2005, 1, 1)
A_DAY = 300
"""Documents a day."""

COPIES = 5
"""One document in so many is a copy of the one before."""

SAMPLE = 60
"""Documents that are read to measure reading."""

SHARE, MEMORY = 0.25, 4.0
"""The targets: linking as a share of reading, and gigabytes."""

WORD = re.compile(r"[^\W\d_]{3,}")
CONSONANTS, VOWELS = "bcdfghjklmnpqrstvwxz", "aeiouy"

T = TypeVar("T")
M = TypeVar("M", bound=Mention)


class Document(NamedTuple):
    """A made document: as families and as situations see it, and the number of the one that it copies."""

    paper: Paper
    tolds: tuple[Told, ...]
    original: int


class Cost(NamedTuple):
    """Processor seconds of each part for so many documents, and what was found."""

    documents: int
    claims: int
    families: float
    events: float
    situations: float
    copies_found: float
    bonds: int
    found: int
    memory: float

    @property
    def total(self) -> float:
        """Seconds of all parts."""
        return self.families + self.events + self.situations


@functools.lru_cache(maxsize=4)
def alphabet(variant: int) -> dict[int, int]:
    """Other consonants and vowels for the letters of a variant."""
    drawn = random.Random(variant)
    table: dict[int, int] = {}
    for letters in (CONSONANTS, VOWELS):
        others = drawn.sample(letters, len(letters))
        table.update(zip(map(ord, letters), map(ord, others), strict=True))
        table.update(zip(map(ord, letters.upper()), map(ord, "".join(others).upper()), strict=True))
    return table


def respelt(text: str, variant: int) -> str:
    """A text in another alphabet, but for its commonest words; of the same length."""
    if not variant:
        return text
    table, kept = alphabet(variant), rules().common
    return WORD.sub(lambda hit: hit[0] if hit[0].lower() in kept else hit[0].translate(table), text)


@functools.cache
def codes() -> tuple[str, ...]:
    """The codes of all countries."""
    return tuple(sorted(countries().by_code))


def other_country(code: str | None, variant: int) -> str | None:
    """Another country for each variant."""
    known = codes()
    return known[(known.index(code) + variant) % len(known)] if code in known else code


def _mention(mention: M, variant: int) -> M:
    changed: dict[str, object] = {"text": respelt(mention.text, variant)}
    if isinstance(mention, Actor | Place) and mention.name:
        changed["name"] = respelt(mention.name, variant)
    if isinstance(mention, Place):
        changed["admin1"] = respelt(mention.admin1, variant) if mention.admin1 else None
        changed["country"] = other_country(mention.country, variant)
        if mention.lat is not None and mention.lon is not None:
            changed["lat"] = max(-85.0, min(85.0, mention.lat + variant * 7 % 90 - 45))
            changed["lon"] = (mention.lon + 180 + variant * 37 % 360) % 360 - 180
    if isinstance(mention, Figure) and mention.low is not None and mention.low == mention.high:
        changed["low"] = changed["high"] = mention.low + variant % 17
    return msgspec.structs.replace(mention, **changed)


def _claim(claim: Claim, variant: int, by: datetime.timedelta) -> Claim:
    lists = {
        name: tuple(_mention(each, variant) for each in getattr(claim, name))
        for name in ("actors", "recipients", "objects", "figures", "places")
    }
    when = claim.time and msgspec.structs.replace(
        claim.time, from_=_moved(claim.time.from_, by), to=_moved(claim.time.to, by)
    )
    return msgspec.structs.replace(
        claim,
        trigger=_mention(claim.trigger, variant),
        evidence=_mention(claim.evidence, variant),
        time=when,
        **lists,
    )


def _moved(day: str | None, by: datetime.timedelta) -> str | None:
    try:
        return (datetime.date.fromisoformat(day) + by).isoformat() if day else None
    except (ValueError, OverflowError):
        return None


def made(base: Sequence[Report], number: int) -> Document:
    """The document of a number."""
    original = number - 1 if number % COPIES == COPIES - 1 else number
    report, variant = base[original % len(base)], original // len(base)
    published = FIRST + datetime.timedelta(number // A_DAY + (number != original))
    by = FIRST + datetime.timedelta(original // A_DAY) - datetime.date.fromisoformat(report.published or "2005-01-01")
    text = report.text if number == original else report.text[: len(report.text) * 4 // 5]
    name = f"{number:07}"
    paper = Paper(
        id=name,
        text=respelt(text, variant),
        body=report.document.body,
        publisher=f"paper {number % 97}",
        agency=report.document.agency,
        published=published.isoformat(),
    )
    claims = [_claim(claim, variant, by) for claim in report.claims if claim.evidence.end <= len(text)]
    tolds = tuple(
        Told(id=f"{name}:{k:03}", claim=claim, document=name, family=name, published=paper.published)
        for k, claim in enumerate(claims)
    )
    return Document(paper, tolds, original)


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """The processor seconds of some work, and its result."""
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def stream(base: Sequence[Report], size: int) -> Iterator[Document]:
    """So many documents, and how far it is on standard error."""
    for number in range(size):
        if number % 1000 == 0:
            print(f"\r{number:,} of {size:,}", end="", file=sys.stderr, flush=True)
        yield made(base, number)
    print(file=sys.stderr)


def cost(base: Sequence[Report], size: int) -> Cost:
    """Link so many documents."""
    index = FamilyIndex()
    events = Shelf()
    links: list[Link] = []
    seconds = {"families": 0.0, "events": 0.0}
    originals: dict[str, str] = {}
    claims = 0
    for document in stream(base, size):
        spent, kin = timed(partial(index.add, document.paper))
        seconds["families"] += spent
        links += kin
        spent, _ = timed(partial(_take_in, events, document.tolds))
        seconds["events"] += spent
        claims += len(document.tolds)
        if f"{document.original:07}" != document.paper.id:
            originals[document.paper.id] = f"{document.original:07}"
    spent, families = timed(lambda: grouped(links, index.prints))
    family = {one: kin.id for kin in families for one in kin.documents}
    together = sum(copy in family and family[copy] == family.get(first) for copy, first in originals.items())
    situating, (bound, found) = timed(lambda: _situations(events))
    return Cost(
        size, claims, seconds["families"] + spent, seconds["events"], situating,
        together / max(1, len(originals)), bound, found, peak(),
    )  # fmt: skip


def _take_in(events: Shelf, tolds: Sequence[Told]) -> None:
    events.extend(events_of(map(facts_of, tolds)))


def _situations(events: Sequence[Event]) -> tuple[int, int]:
    bound = bonds(events)
    return len(bound), sum(1 for _ in each_group(events, bound))


def peak() -> float:
    """The most memory that this process held, in gigabytes. Linux tells that of the process alone; elsewhere it is at
    least that of the process that started it."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.findall(r"VmHWM:\s*(\d+)", status.read_text())[0]) / 2**20
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def alone(base: Sequence[Report], size: int) -> Cost:
    """The same in a process of its own."""
    with tempfile.NamedTemporaryFile(suffix=".jsonl") as file:
        file.write(b"\n".join(map(msgspec.json.encode, base)))
        file.flush()
        command = [sys.executable, __file__, "--reports", file.name, "--one", str(size)]
        done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    return msgspec.json.decode(done.stdout, type=Cost)


def reading(base: Sequence[Report]) -> float:
    """Processor seconds to read one document, in the mean of a sample."""
    documents = [base[k * len(base) // SAMPLE].document for k in range(SAMPLE)] if len(base) > SAMPLE else [
        report.document for report in base
    ]  # fmt: skip
    list(read_documents(documents[:1], mentions=False))
    spent, _ = timed(lambda: list(read_documents(documents, mentions=False)))
    return spent / len(documents)


def page(costs: Sequence[Cost], read: float, base: int, source: str) -> str:
    """docs/link-bench.md."""
    lines = [
        "# What linking costs",
        "",
        "<!-- made by `python bench/link.py [--reports FILE] > docs/link-bench.md`; do not edit -->",
        "",
        f"Documents made of {base} real ones ({source}), {A_DAY} a day, one in {COPIES} a copy of another, cut short,",
        "as `bench/link.py` makes them. Processor seconds of one process, those of the first size the mean of before",
        f"and after the others; reading costs {read * 1000:.0f} ms a document in the same run.",
        f"Python {platform.python_version()}, {platform.machine()}.",
        "",
        "| documents | claims | families, s | events, s | situations, s | all, s | of reading | copies found "
        "| situations | bonds | memory, GB |",
        "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    lines += [
        f"| {one.documents:,} | {one.claims:,} | {one.families:.0f} | {one.events:.0f} | {one.situations:.0f} "
        f"| {one.total:.0f} | {one.total / (read * one.documents):.1%} | {one.copies_found:.1%} | {one.found:,} "
        f"| {one.bonds:,} | {one.memory:.1f} |"
        for one in costs
    ]
    return "\n".join([*lines, "", *_verdict(costs, read)])


def _verdict(costs: Sequence[Cost], read: float) -> list[str]:
    """Whether the targets hold."""
    first, last = costs[0], costs[-1]
    share = last.total / (read * last.documents)
    told = [
        f"- at most {SHARE:.0%} of reading: {share:.1%}, {_holds(share <= SHARE)}",
        f"- under {MEMORY:g} GB: {last.memory:.1f} GB, {_holds(last.memory < MEMORY)}",
    ]
    if last.documents > first.documents:
        bound = last.documents * math.log(last.documents) / (first.documents * math.log(first.documents))
        grown = last.total / first.total
        told.append(
            f"- grows no faster than n log n: {last.documents / first.documents:g} times the documents cost "
            f"{grown:.1f} times as much, n log n would be {bound:.1f}: {_holds(grown <= bound)}"
        )
    return [*told, ""]


def mean(a: Cost, b: Cost) -> Cost:
    """The cost of one size that was measured twice."""
    names = ("families", "events", "situations")
    return a._replace(**{name: (getattr(a, name) + getattr(b, name)) / 2 for name in names})


def _holds(good: bool) -> str:
    return "holds" if good else "MISSED"


def reports(path: str | None) -> list[Report]:
    """The reports to make documents of."""
    if path:
        lines = Path(path).read_bytes().splitlines()
        found = [msgspec.json.decode(line, type=Report) for line in lines]
    else:
        found = [report for report in read_many([EXAMPLES]) if isinstance(report, Report)]
    return [report for report in found if report.claims and report.published]


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--reports", metavar="FILE")
    parser.add_argument("--sizes", default="10000,100000")
    parser.add_argument("--one", type=int, metavar="SIZE", help="link so many documents, and tell the cost as JSON")
    asked = parser.parse_args()
    process.tune()
    base = reports(asked.reports)
    if asked.one:
        print(msgspec.json.encode(cost(base, asked.one)).decode())
        return
    sizes = [int(size) for size in asked.sizes.split(",")]
    before = reading(base)
    costs = [alone(base, size) for size in sizes]
    if len(sizes) > 1:
        costs[0] = mean(costs[0], alone(base, sizes[0]))
    read = (before + reading(base)) / 2
    print(page(costs, read, len(base), Path(asked.reports).name if asked.reports else "examples/"), end="")


if __name__ == "__main__":
    main()
