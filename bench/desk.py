"""How fast the desk answers over a large ledger, as a Markdown page.

    python bench/make_ledger.py --ledger big.db --claims 1000000
    python bench/desk.py --ledger big.db > docs/desk-bench.md

The desk runs as its users run it, `tocsin serve` in a process of its own, and is asked over HTTP: page after page, and
then by fifty clients at once.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import httpx

from tocsin.ledger import Ledger, Query

RUNS = 15
CLIENTS, ASKED = 50, 500


@contextmanager
def serving(ledger: str) -> Iterator[Desk]:
    """A desk over a ledger. What it says of faults is handed on in the end."""
    command = [sys.executable, "-m", "tocsin", "serve", "--ledger", ledger, "--port", "0", "--rate", "0"]
    with tempfile.TemporaryFile("w+") as log, subprocess.Popen(command, stderr=log, text=True) as running:
        told = None
        while told is None and running.poll() is None:
            time.sleep(0.2)
            log.seek(0)
            told = re.search(r"the desk is at (\S+)/ ", log.read())
        if told is None:
            raise SystemExit("the desk did not start")
        try:
            yield Desk(told[1], running.pid)
        finally:
            running.terminate()
            running.wait()
            log.seek(0)
            sys.stderr.write(log.read())


def pages(ledger: Ledger) -> dict[str, str]:
    """Every kind of page, with an address of it."""
    found = ledger.claims(Query(words="ships", limit=1)).page().claims[0]
    day = ledger.claims(Query(limit=1)).page().claims[0].document.published
    return {
        "today": "/",
        "today: forecasts due (loaded after the page)": "/today/due",
        "find: everything": "/find",
        "find: a frequent word": "/find?q=ships",
        "find: a phrase in whole articles": "/find?q=%22the+United+States%22&scope=article",
        "find: a country on another": "/find?actor_country=USA&recipient_country=CUB",
        "find: a type and a status, chosen beside the claims": "/find?type=ASSAULT&status=planned",
        "find: a place, a figure": "/find?place=Cuba&figure=killed%3E%3D1",
        "find: latest event first": "/find?sort=latest",
        "a claim in its context": f"/claims/{found.id}",
        "an article with its claims": f"/documents/{found.document.id}",
        "map: everything": "/map",
        "map: the marks of the world": "/api/v1/places?zoom=2",
        "map: the marks of a region": "/api/v1/places?zoom=6&bbox=-90,15,-60,35",
        "map: the marks of a word": "/api/v1/places?q=ships&zoom=3",
        "map: the marks of a week": f"/api/v1/places?zoom=3&published_from={day}",
        "alerts": "/alerts",
        "situations": "/situations",
        "forecasts": "/forecasts",
        "sources": "/sources",
        "indicators": "/indicators",
        "quarantine": "/quarantine",
        "JSON: find": "/api/v1/find?q=ships",
        "JSON: facets": "/api/v1/find/facets?q=ships",
        "JSON: a claim": f"/api/v1/claims/{found.id}",
        "JSON: an article": f"/api/v1/documents/{found.document.id}",
    }


HARD = {
    "find: a place, a figure, an event in an early year": "/find?place=Cuba&figure=killed%3E%3D1"
    "&from=2010-01-01&to=2010-12-31",
}
"""Conditions that are frequent each alone and hardly hold together: the ledger must go through all that meet one."""


class Desk(NamedTuple):
    """A desk that runs: its address, and its process."""

    base: str
    process: int

    def computed(self) -> float:
        """Milliseconds that its process has computed so far."""
        fields = Path(f"/proc/{self.process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK") * 1000


class Spent(NamedTuple):
    """What a page took, in milliseconds: the median and the worst until it was there, the mean of what the desk
    computed for it; and its bytes."""

    median: float
    worst: float
    computed: float
    size: int


def timed(desk: Desk, client: httpx.Client, path: str, runs: int) -> Spent:
    """What a page takes after a first time. A page that is not there ends the measure."""
    spent, size, before = [], 0, 0.0
    for run in range(runs + 1):
        if run == 1:
            before = desk.computed()
        start = time.perf_counter()
        answer = client.get(path)
        spent.append((time.perf_counter() - start) * 1000)
        if answer.status_code != 200:
            raise SystemExit(f"{path}: {answer.status_code} {answer.text[:300]}")
        size = len(answer.content)
    return Spent(statistics.median(spent[1:]), max(spent[1:]), (desk.computed() - before) / runs, size)


async def together(base: str, paths: list[str]) -> list[tuple[int, float]]:
    """What becomes of many requests, fifty of them at a time: the status (0 where there was no answer) and the
    milliseconds of each."""
    waiting = asyncio.Queue[str]()
    for number in range(ASKED):
        waiting.put_nowait(paths[number % len(paths)])
    done: list[tuple[int, float]] = []

    async def one_client(client: httpx.AsyncClient) -> None:
        while not waiting.empty():
            path = waiting.get_nowait()
            start = time.perf_counter()
            try:
                status = (await client.get(path)).status_code
            except httpx.HTTPError:
                status = 0
            done.append((status, (time.perf_counter() - start) * 1000))

    limits = httpx.Limits(max_connections=CLIENTS)
    async with httpx.AsyncClient(base_url=base, timeout=120, limits=limits, trust_env=False) as client:
        await asyncio.gather(*(one_client(client) for _ in range(CLIENTS)))
    return done


def alone(desk: Desk, kinds: dict[str, str], runs: int) -> None:
    """Print how long each page takes when nobody else asks."""
    print("\n| page | median, ms | worst, ms | computed, ms | size, kB |\n| --- | ---: | ---: | ---: | ---: |")
    with httpx.Client(base_url=desk.base, timeout=300, trust_env=False) as client:
        for name, path in kinds.items():
            spent = timed(desk, client, path, runs)
            said = (spent.median, spent.worst, spent.computed, spent.size / 1000)
            print(f"| {name} | {' | '.join(f'{number:.0f}' for number in said)} |", flush=True)


def main() -> None:
    """Measure and print the page."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--ledger", required=True)
    parser.add_argument("--runs", type=int, default=RUNS)
    asked = parser.parse_args()
    with Ledger.open(asked.ledger, create=False) as ledger:
        size, kinds = ledger.counts()["claims"], pages(ledger)
    before = os.getloadavg()[0]
    print(HEAD.format(
        size=size, machine=f"{platform.machine()}, {os.cpu_count()} cores", runs=asked.runs, load=before,
    ))  # fmt: skip
    with serving(asked.ledger) as desk:
        alone(desk, kinds, asked.runs)
        start = time.perf_counter()
        done = asyncio.run(together(desk.base, [path for path in kinds.values() if not path.startswith("/today/")]))
        seconds = time.perf_counter() - start
        many(done, seconds)
        print(LONGEST)
        alone(desk, HARD, 1)


def many(done: list[tuple[int, float]], seconds: float) -> None:
    """Print what became of many requests at once."""
    spent = sorted(ms for _, ms in done)
    lost = sum(status != 200 for status, _ in done)
    print(MANY.format(
        clients=CLIENTS, asked=len(done), lost=lost or "none", median=statistics.median(spent),
        late=spent[int(len(spent) * 0.95)], worst=spent[-1], rate=len(done) / seconds,
    ))  # fmt: skip


HEAD = """# How fast the desk answers

<!-- made by `python bench/desk.py --ledger FILE > docs/desk-bench.md`; do not edit -->

A ledger of {size:,} claims in SQLite, as `bench/make_ledger.py` makes it; `tocsin serve` in one process, asked over
HTTP. {machine}; when the measure began {load:.1f} processes were at work on them. The target is below 200 ms.

## One after the other

Milliseconds until the whole answer is there, over {runs} requests after a first one. What the desk computed of that is
the processor's time alone, which does not depend on what else the machine is at."""

MANY = """
## Many at once

{clients} clients ask for all of these pages in turn, each the next as soon as it has one: {asked} requests, {lost}
lost. Median {median:.0f} ms, 95 % within {late:.0f} ms, the last after {worst:.0f} ms; {rate:.0f} answers a second."""

LONGEST = """
## What takes longest

Conditions that are frequent each alone and hardly hold together: then all claims that meet the rarest of them must be
gone through before it is clear that there is no full page (see [the ledger](ledger-bench.md))."""

if __name__ == "__main__":
    main()
