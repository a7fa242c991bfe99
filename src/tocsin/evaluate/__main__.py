"""`python -m tocsin.evaluate accuracy [--part PART] [--misses PART] [--sample N]` and `... bench`.

`accuracy` and `bench` write docs/accuracy.md and docs/bench.md, and print them. With `--part`, `--sample` or `--misses`
the whole is not measured, and so nothing is written. Exit status: 0 all holds, 1 a floor or target is missed,
2 wrong use.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from tocsin import process
from tocsin.errors import TocsinError
from tocsin.evaluate import accuracy, bench
from tocsin.evaluate.parts import reader
from tocsin.evaluate.sets import REPOSITORY, shared
from tocsin.evaluate.wholes import EVERYTHING, named

DOCS = REPOSITORY / "docs"


def say(line: str) -> None:
    """Tell the user how far it is; on standard error, so that the output stays a table."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def run_accuracy(options: argparse.Namespace) -> int:
    """Measure, show, and write the page where everything was measured."""
    wanted = options.misses or options.part
    parts = named(wanted)
    if not parts:
        say(f"no part {wanted!r}; there are {', '.join(dict.fromkeys(part.name for part in EVERYTHING))}")
        return 2
    results = accuracy.run_all(parts, shared(), reader(), say, options.sample)
    if options.misses:
        sys.stdout.write("\n".join(accuracy.listed(result) for result in results))
        return 0
    measured = {result.part.key for result in results}
    skipped = [part for part in parts if part.key not in measured]
    page = accuracy.page(results, skipped, datetime.now(UTC).date(), options.sample)
    sys.stdout.write(page)
    if results and not (wanted or options.sample):
        write(DOCS / "accuracy.md", page)
    below = [row for result in results for row in result.rows if row.floor is not None and row.ours < row.floor]
    return 1 if below else 0


def run_bench(_: argparse.Namespace) -> int:
    """Measure, show and write the page."""
    lines = bench.run(shared(), say)
    page = bench.page(lines, datetime.now(UTC).date())
    sys.stdout.write(page)
    write(DOCS / "bench.md", page)
    return 0 if all(line.passes for line in lines) else 1


def write(path: Path, page: str) -> None:
    """Write one page of the documentation."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(page, encoding="utf-8")
    say(f"wrote {path}")


def arguments() -> argparse.ArgumentParser:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tocsin.evaluate", description="measure accuracy and speed")
    commands = parser.add_subparsers(required=True)
    table = commands.add_parser("accuracy", help="scores on the annotated articles and the public sets")
    table.add_argument("--part", metavar="PART", help="one part only, or one part's set (times/timex_timebank)")
    table.add_argument("--misses", metavar="PART", help="list the errors of a part by kind instead of the table")
    table.add_argument("--sample", metavar="N", type=int, help="only N documents of each set, spread over it")
    table.set_defaults(run=run_accuracy)
    speed = commands.add_parser("bench", help="speed, start-up and memory, beside a bare spaCy pass")
    speed.set_defaults(run=run_bench)
    return parser


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; the exit status."""
    process.tune()
    options = arguments().parse_args(words)
    try:
        return int(options.run(options))
    except TocsinError as fault:
        say(f"error: {fault}")
        return 1


if __name__ == "__main__":
    sys.exit(main())
