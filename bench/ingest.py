"""How fast `tocsin ingest` is beside `tocsin read`, and how much memory it takes.

    python bench/ingest.py > docs/ingest-bench.md

The articles are those of JSON lines files (`--articles`), else the examples, shuffled once and for all; where they run
out, they come again with other numbers in them. Each is taken once. Both commands run over the same file one after the
other, `--rounds` times; the best time of each counts. Memory is watched in runs of their own, since looking at it takes
time from those that are looked at.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import count, islice
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples" / "october-1962"
SETS = ("stories_t17", "stories_gva", "stories_guardian", "stories_wikinews", "muc4_dev", "geo_lgl", "polnear_train")
SHARED = [path for name in SETS if (path := ROOT.parent / "shared" / "bench" / f"{name}.jsonl").exists()]

RATE, MEMORY, GROWTH = 1.6, 2_500.0, 1.15
"""What it must reach: times the rate of `read`, megabytes at most, peak of the long run to that of the short one."""

NUMBER = re.compile(r"\b\d{1,3}\b")
SHORTEST, LONGEST = 500, 10_000
DAYS = ("published", "date", "dct")
"""Under which of these a set has the day of publication."""

SEED = 0
PAUSE = 0.25
KILOBYTE = 1024 / 1e6


class Held(NamedTuple):
    """Memory in megabytes: all, and what is not a file mapped into memory, such as the ledger, which can be dropped."""

    all: float
    own: float


class Took(NamedTuple):
    """Seconds by the clock, seconds computed by all processes, peak of their memory together."""

    clock: float
    computed: float
    memory: Held


def articles(paths: Sequence[Path]) -> Iterator[dict[str, Any]]:
    """Articles without end, all different: those of the files, then the same with other numbers, and so on."""
    found = list(originals(paths))
    random.Random(SEED).shuffle(found)
    for turn in count():
        for number, one in enumerate(found):
            text = one["text"]
            if turn:
                text = f"{renumbered(text, turn)}\n\nEdition {turn + 1}."
            day = next((one[key][:10] for key in DAYS if one.get(key)), None)
            yield {"id": f"{turn}-{number}", "text": text, "published": day}


def renumbered(text: str, turn: int) -> str:
    """A text with every small number changed."""
    return NUMBER.sub(lambda match: str(int(match[0]) + turn), text)


def originals(paths: Sequence[Path]) -> Iterator[dict[str, Any]]:
    """The articles of JSON lines files, without the shortest and the longest; of no files, the examples."""
    for path in paths:
        with path.open(encoding="utf-8") as lines:
            yield from (one for one in map(json.loads, lines) if SHORTEST <= len(one["text"]) <= LONGEST)
    if not paths:
        for file in sorted(EXAMPLES.glob("*.json")):
            yield json.loads(file.read_text(encoding="utf-8"))


def written(folder: Path, number: int, sources: Sequence[Path]) -> tuple[Path, int]:
    """A file of so many articles, and their words."""
    path, words = folder / f"{number}.jsonl", 0
    with path.open("w", encoding="utf-8") as out:
        for one in islice(articles(sources), number):
            words += len(one["text"].split())
            out.write(json.dumps(one) + "\n")
    return path, words


def measure(command: list[str], *, watched: bool = False, threads: int | None = None) -> Took:
    """Run a command to its end, on so many threads where that is said; `watched`: look at its memory meanwhile."""
    before = os.times()
    began = time.perf_counter()
    environment = os.environ if threads is None else {**os.environ, "OMP_NUM_THREADS": str(threads)}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment)
    peak = Held(0.0, 0.0)
    while watched and process.poll() is None:
        held = [memory(one) for one in (process.pid, *below(process.pid))]
        peak = Held(max(peak.all, sum(one.all for one in held)), max(peak.own, sum(one.own for one in held)))
        time.sleep(PAUSE)
    if process.wait() not in (0, 1):
        raise SystemExit(f"{' '.join(command)}: ended with status {process.returncode}")
    after = os.times()
    computed = after.children_user + after.children_system - before.children_user - before.children_system
    return Took(time.perf_counter() - began, computed, peak)


def below(process: int) -> list[int]:
    """The processes that a process has started."""
    try:
        found = [int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except OSError:
        return []
    return found + [deeper for one in found for deeper in below(one)]


def memory(process: int) -> Held:
    """The memory of a process; what it shares with others counts in part (Linux's PSS)."""
    try:
        told = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return Held(0.0, 0.0)
    found = dict(re.findall(r"^(Pss|Pss_File):\s+(\d+) kB", told, re.MULTILINE))
    return Held(int(found.get("Pss", 0)) * KILOBYTE, (int(found["Pss"]) - int(found["Pss_File"])) * KILOBYTE)


class Commands(NamedTuple):
    """`tocsin read` and `tocsin ingest` over a file, also without linking; the ledger is new each time."""

    read: list[str]
    ingest: list[str]
    unlinked: list[str]


def commands(path: Path, folder: Path, jobs: int) -> Commands:
    """The commands over a file."""
    tocsin = [sys.executable, "-m", "tocsin"]
    ledgers = [str(folder / f"{time.monotonic_ns()}-{name}.db") for name in ("linked", "unlinked")]
    taking = [[*tocsin, "ingest", str(path), "--jobs", str(jobs), "--ledger", ledger] for ledger in ledgers]
    return Commands([*tocsin, "read", "--format", "jsonl", str(path)], taking[0], [*taking[1], "--no-link"])


def best(found: list[Took]) -> Took:
    """The shortest times."""
    return min(found)._replace(computed=min(t.computed for t in found))


class Rates(NamedTuple):
    """What was compared: `tocsin read`, whose encoder takes a second core where there is one, and on one core;
    `tocsin ingest`, which also links what it takes in, and without that."""

    read: Took
    alone: Took
    ingest: Took
    unlinked: Took


def report(rates: Rates, held: Held, long: Took | None, said: argparse.Namespace, words: int, load: float) -> str:
    """The page, Markdown."""
    read, alone, short, unlinked = rates
    rate = read.clock / unlinked.clock
    free = read.computed / (short.computed / said.jobs)
    rows = [
        ("rate of ingest to that of read", f"{rate:.2f} ×", f"≥ {RATE:g} ×", rate >= RATE,
         f"`--no-link`: reading and writing; read {read.clock:.1f} s, ingest {unlinked.clock:.1f} s"),
        ("the same with linking, as by default", f"{read.clock / short.clock:.2f} ×", "", None,
         f"families and situations as well: ingest {short.clock:.1f} s"),
        ("with linking, to the rate of read on one core", f"{alone.clock / short.clock:.2f} ×", "", None,
         f"`OMP_NUM_THREADS=1`: read {alone.clock:.1f} s; else its encoder takes a second core"),
        ("with linking, by time computed, as on free cores", f"{free:.2f} ×", "", None,
         f"read {read.computed:.1f} s, ingest {short.computed:.1f} s in all its processes"),
        (f"peak memory of all processes, {said.short:,} articles", f"{held.all:.0f} MB", f"≤ {MEMORY:.0f} MB",
         held.all <= MEMORY, "PSS, looked at four times a second"),
    ]  # fmt: skip
    if long is not None:
        growth = long.memory.own / held.own
        own = f"files mapped into memory not counted: {held.own:.0f} MB and {long.memory.own:.0f} MB"
        rows += [
            (f"peak memory of all processes, {said.long:,} articles", f"{long.memory.all:.0f} MB", f"≤ {MEMORY:.0f} MB",
             long.memory.all <= MEMORY, f"{long.clock:.0f} s"),
            ("growth of the peak", f"{growth:.2f} ×", f"≤ {GROWTH:g} ×", growth <= GROWTH, own),
        ]  # fmt: skip
    head = [
        "# Taking in: speed and memory", "", "Made by `python bench/ingest.py > docs/ingest-bench.md`; never edited by "
        "hand.", "",
        f"Measured on {time.strftime('%Y-%m-%d')}, Python {platform.python_version()}, {platform.machine()}, "
        f"{os.cpu_count()} cores, load {load:.1f} before the start; {said.short:,} articles, {words:,} words, "
        f"`--jobs {said.jobs}`, SQLite, best of {said.rounds}.", "",
        "| what | measured | wanted | | how |", "| --- | ---: | ---: | --- | --- |",
    ]  # fmt: skip
    mark = {True: "PASS", False: "FAIL", None: ""}
    return "\n".join([*head, *(f"| {a} | {b} | {c} | {mark[d]} | {e} |" for a, b, c, d, e in rows)]) + "\n"


def main() -> None:
    """Measure, and write the page to standard output."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=Path, nargs="*", default=SHARED)
    parser.add_argument("--short", type=int, default=500, help="articles of the comparison")
    parser.add_argument("--long", type=int, default=5_000, help="articles of the long run; 0 for none")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=2)
    said = parser.parse_args()
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="tocsin-bench-") as name:
        folder = Path(name)
        path, words = written(folder, said.short, said.articles)
        reads, alone, ingests, unlinked = [], [], [], []
        for _ in range(said.rounds):
            asked = commands(path, folder, said.jobs)
            reads.append(measure(asked.read))
            ingests.append(measure(asked.ingest))
            unlinked.append(measure(asked.unlinked))
            alone.append(measure(asked.read, threads=1))
        rates = Rates(best(reads), best(alone), best(ingests), best(unlinked))
        held = measure(commands(path, folder, said.jobs).ingest, watched=True).memory
        long = None
        if said.long:
            more = written(folder, said.long, said.articles)[0]
            long = measure(commands(more, folder, said.jobs).ingest, watched=True)
    sys.stdout.write(report(rates, held, long, said, words, load))


if __name__ == "__main__":
    main()
