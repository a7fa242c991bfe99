"""A large ledger for measuring, made of the example reports: re-dated, renamed, renumbered, as often as it takes.

    python bench/make_ledger.py --ledger big.db --claims 1000000

Each copy has an address of its own, another day between 2005 and 2025, and claims that are a little more or less
sure. In most copies the names are put for others of the same length, so that offsets hold, the countries for others,
and the places are moved; which others is drawn by a law of Zipf, so that some names, countries and places are frequent
and most are rare, as in real news. The same arguments make the same ledger.
"""

from __future__ import annotations

import argparse
import datetime
import functools
import random
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from tocsin.api import read_many
from tocsin.countries import countries
from tocsin.ledger import Ledger
from tocsin.model import Report

EXAMPLES = Path(__file__).resolve().parents[1] / "examples" / "october-1962"
FIRST, LAST = datetime.date(2005, 1, 1), datetime.date(2025, 12, 31)
SEEN = datetime.datetime(2026, 1, 1)
VARIANTS = 300
BATCH = 400
NAME = re.compile(r"\b[A-Z][a-z]{3,}\b")
CONSONANTS, VOWELS = "bdfgklmnprstvz", "aeiou"


def pseudonym(name: str, variant: int) -> str:
    """Another name of the same length, always the same one for a variant."""
    drawn = random.Random(f"{name} {variant}")
    letters = [drawn.choice(VOWELS if at % 2 else CONSONANTS) for at in range(len(name))]
    return "".join(letters).capitalize()


def renamed(value: Any, variant: int, key: str = "") -> Any:
    """A record, as plain values, with other names, countries and places."""
    if isinstance(value, dict):
        return {name: renamed(held, variant, name) for name, held in value.items()}
    if isinstance(value, list | tuple):
        return [renamed(held, variant, key) for held in value]
    if key in ("text", "title", "name", "publisher", "admin1", "country_name") and isinstance(value, str):
        return NAME.sub(lambda match: pseudonym(match[0], variant), value)
    if key == "country" and isinstance(value, str):
        known = all_codes()
        return known[(known.index(value) + variant) % len(known)] if value in known else value
    if key == "lat" and value is not None:
        return max(-85.0, min(85.0, value + variant * 7 % 90 - 45))
    if key == "lon" and value is not None:
        return (value + 180 + variant * 37 % 360) % 360 - 180
    return value


@functools.cache
def all_codes() -> tuple[str, ...]:
    """The codes of all countries."""
    return tuple(sorted(countries().by_code))


def variant_of(report: Report, variant: int) -> Report:
    """A report with other names."""
    if variant == 0:
        return report
    return msgspec.convert(renamed(msgspec.to_builtins(report), variant), Report)


def moved(day: str | None, by: datetime.timedelta) -> str | None:
    """A day, so much later."""
    return (datetime.date.fromisoformat(day) + by).isoformat() if day else None


def copy_of(report: Report, number: int, published: datetime.date) -> Report:
    """A report of another day, at an address of its own."""
    replace = msgspec.structs.replace
    by = published - datetime.date.fromisoformat(report.document.published or FIRST.isoformat())
    claims = tuple(
        replace(
            claim,
            time=claim.time and replace(claim.time, from_=moved(claim.time.from_, by), to=moved(claim.time.to, by)),
            confidence=round(max(0.0, min(1.0, (claim.confidence or 0.5) + (number * 7919 % 1000 - 500) / 2000)), 3),
        )
        for claim in report.claims
    )
    url = f"https://news.example/{published:%Y/%m/%d}/{number}"
    return Report(
        document=replace(report.document, id=f"copy-{number}", url=url, published=published.isoformat()), claims=claims
    )


def copies(base: list[Report], claims: int, seed: int = 1962) -> Iterator[Report]:
    """Copies until there are so many claims."""
    drawn = random.Random(seed)
    shares = [1 / (rank + 1) for rank in range(VARIANTS)]
    days = (LAST - FIRST).days
    variants: dict[tuple[int, int], Report] = {}
    made = number = 0
    while made < claims:
        at, variant = number % len(base), drawn.choices(range(VARIANTS), shares)[0]
        if (at, variant) not in variants:
            variants[at, variant] = variant_of(base[at], variant)
        copy = copy_of(variants[at, variant], number, FIRST + datetime.timedelta(drawn.randint(0, days)))
        copy = msgspec.structs.replace(copy, claims=copy.claims[: claims - made])
        made, number = made + len(copy.claims), number + 1
        yield copy


def main() -> None:
    """Make the ledger that the command line asks for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--ledger", required=True)
    parser.add_argument("--claims", type=int, default=100_000)
    asked = parser.parse_args()
    base = [report for report in read_many([EXAMPLES]) if isinstance(report, Report) and report.claims]
    start = time.perf_counter()
    made = 0
    batch: list[Report] = []
    with Ledger.open(asked.ledger) as ledger:
        for report in copies(base, asked.claims):
            batch.append(report)
            if len(batch) == BATCH:
                made += sum(outcome.claims for outcome in ledger.add_many(batch, SEEN))
                batch = []
                rate = made / (time.perf_counter() - start)
                print(f"\r{made:,} claims, {rate:,.0f} a second", end="", file=sys.stderr, flush=True)
        made += sum(outcome.claims for outcome in ledger.add_many(batch, SEEN))
        spent = time.perf_counter() - start
        ledger.optimize()
    print(f"\r{made:,} claims in {spent:.0f} s, {made / spent:,.0f} a second", file=sys.stderr)


if __name__ == "__main__":
    main()
