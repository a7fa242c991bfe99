"""How long a ledger takes to answer the first page of every kind of find.

    python bench/find.py --sqlite big.db --postgres postgresql://user@host/big > docs/ledger-bench.md

The ledgers are those of `bench/make_ledger.py`. What is looked for is taken from the ledger itself: something frequent
and something rare. The time is that of the call, `Ledger.claims(query).page()`, records decoded, the median of several.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import time
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import ColumnElement, Select, func, select

from tocsin.ledger import Ledger, Query
from tocsin.ledger.engine import reading
from tocsin.ledger.schema import claims, figures, participants, places

RUNS = 7
TARGET = 100.0
COUNTED = 10_000


class Kind(NamedTuple):
    """One kind of find."""

    name: str
    query: Query


class Examples(NamedTuple):
    """What there is to look for: a frequent value, and a rare one. `deed` is the type of event that the frequent
    country has most part in, `foreign` one of the frequent ones that it has least part in;
    `there` is what is most counted at the frequent place; `publisher` a rare one."""

    country: tuple[str, str]
    name: tuple[str, str]
    place: tuple[str, str]
    type: str
    deed: str
    foreign: str
    what: str
    there: str
    publisher: str


def ranked(ledger: Ledger, column: ColumnElement[Any], *conditions: ColumnElement[bool]) -> tuple[str, str]:
    """The most frequent value, and one that is rarer than most."""
    statement = select(column).where(column.is_not(None), *conditions).group_by(column)
    with reading(ledger.engine) as connection:
        found = [str(row[0]) for row in connection.execute(statement.order_by(func.count().desc(), column))]
    return found[0], found[len(found) * 4 // 5]


def examples(ledger: Ledger) -> Examples:
    """What the ledger holds."""
    part = participants.c
    country = ranked(ledger, part.country, part.role == "actor")
    place = ranked(ledger, places.c.name)
    at_place = select(places.c.claim).where(places.c.name == place[0])
    of_country = select(part.claim).where(part.role == "actor", part.country == country[0])
    return Examples(
        country=country,
        name=ranked(ledger, part.name, part.role == "actor"),
        place=place,
        type=ranked(ledger, claims.c.type)[0],
        deed=ranked(ledger, claims.c.type, claims.c.key.in_(of_country))[0],
        foreign=foreign(ledger, of_country),
        what=ranked(ledger, figures.c.what)[0],
        there=ranked(ledger, figures.c.what, figures.c.claim.in_(at_place))[0],
        publisher=ranked(ledger, claims.c.publisher)[1],
    )


def foreign(ledger: Ledger, of_country: Select[Any]) -> str:
    """Of the five most frequent types that with the fewest claims among some."""
    count = func.count().label("number")
    with reading(ledger.engine) as connection:
        every = connection.execute(select(claims.c.type, count).group_by(claims.c.type).order_by(count.desc()).limit(5))
        frequent = [row.type for row in every]
        theirs = select(claims.c.type, count).where(claims.c.key.in_(of_country)).group_by(claims.c.type)
        among = {row.type: row.number for row in connection.execute(theirs)}
    return str(min(frequent, key=lambda kind: among.get(kind, 0)))


def kinds(held: Examples) -> Iterator[Kind]:
    """Every kind of find."""
    country, rare_country = held.country
    name, rare_name = held.name
    place, rare_place = held.place
    rare_word = max(rare_name.split(), key=len)
    asked: dict[str, dict[str, object]] = {
        "everything, newest first": {},
        "a frequent word": {"words": "ships"},
        "a rare word": {"words": rare_word},
        "two frequent words": {"words": "ships Cuba"},
        "a phrase": {"words": '"the United States"'},
        "the beginning of a word": {"words": "quarant*"},
        "a word without another": {"words": "ships -Soviet"},
        "a frequent word in the article": {"words": "ships", "scope": "article"},
        "a rare word in the article": {"words": rare_word, "scope": "article"},
        "a type": {"types": (held.type,)},
        "a type and a mode": {"types": ("MOBILIZE",), "modes": ("weapons",)},
        "a status": {"statuses": ("planned",)},
        "an actor, frequent": {"actor": name},
        "an actor, rare": {"actor": rare_name},
        "a recipient": {"recipient": name},
        "a source": {"source": "officials"},
        "an actor's country, frequent": {"actor_country": (country,)},
        "an actor's country, rare": {"actor_country": (rare_country,)},
        "either of three countries": {"actor_country": (country, rare_country, "FRA")},
        "a recipient's country": {"recipient_country": (country,)},
        "a source's sector": {"source_sector": ("GOV",)},
        "a country on another": {"actor_country": (country,), "recipient_country": (rare_country,)},
        "a place, frequent": {"place": place},
        "a place, rare": {"place": rare_place},
        "a place's country": {"place_country": (country,)},
        "a box of 5 degrees": {"bbox": (-80.0, 20.0, -75.0, 25.0)},
        "a box of a continent": {"bbox": (-20.0, 35.0, 40.0, 70.0)},
        "an event in a week": {"time_from": "2015-03-02", "time_to": "2015-03-08"},
        "an event in a year": {"time_from": "2010-01-01", "time_to": "2010-12-31"},
        "an event in an early month": {"time_from": "2005-06-01", "time_to": "2005-06-30"},
        "published on a day": {"published_from": "2015-03-03", "published_to": "2015-03-03"},
        "published in a year": {"published_from": "2010-01-01", "published_to": "2010-12-31"},
        "a figure, >= 10": {"figures": (f"{held.what}>=10",)},
        "a figure, >= 1,000,000": {"figures": (f"{held.what}>=1,000,000",)},
        "at least so sure": {"min_confidence": 0.9},
        "type, status, actor's country": {
            "types": (held.deed,), "statuses": ("occurred",), "actor_country": (country,),
        },
        "word, country, year": {
            "words": "ships", "actor_country": (country,), "published_from": "2012-01-01", "published_to": "2012-12-31",
        },
        "place, figure, time": {"place": place, "figures": (f"{held.there}>=1",), "time_from": "2014-01-01"},
        "rare country, old event": {"actor_country": (rare_country,), "time_to": "2007-12-31"},
        "oldest first": {"sort": "oldest"},
        "latest event first": {"sort": "latest"},
        "a country, latest event first": {"actor_country": (country,), "sort": "latest"},
        "a word, surest first": {"words": "ships", "sort": "confidence"},
        "replaced ones too": {"superseded": True, "types": (held.type,)},
    }  # fmt: skip
    yield from kinds_of(asked)


def hard(held: Examples) -> Iterator[Kind]:
    """Conditions that hardly meet."""
    country, _ = held.country
    return kinds_of(
        {
            "a country, a type that it has little part in": {"types": (held.foreign,), "actor_country": (country,)},
            "the same, with a status": {
                "types": (held.foreign,), "actor_country": (country,), "statuses": ("occurred",),
            },
            "a word, two countries, a status": {
                "words": "quarantine", "actor_country": (country,), "recipient_country": (country,),
                "statuses": ("denied",),
            },
            "a figure, a status": {"figures": (f"{held.what}>=1",), "statuses": ("denied",)},
            "a place, a box elsewhere": {"place": held.place[0], "bbox": (36.0, 50.0, 38.0, 52.0)},
        }
    )  # fmt: skip


def mixed(held: Examples) -> Iterator[Kind]:
    """Conditions of several sorts at once, each of which another index answers."""
    country, _ = held.country
    place, figure = held.place[0], (f"{held.there}>=1",)
    early: dict[str, object] = {"time_from": "2010-01-01", "time_to": "2010-12-31"}
    box = (-80.0, 20.0, -75.0, 25.0)
    asked: dict[str, dict[str, object]] = {
        "a place, a figure, an event in an early year": {"place": place, "figures": figure, **early},
        "a place, a status, an event in an early year": {"place": place, "statuses": ("planned",), **early},
        "a word, a status, an event before 2008": {"words": "ships", "statuses": ("denied",), "time_to": "2007-12-31"},
        "a word, a country, an event before 2007": {
            "words": "ships", "actor_country": (country,), "time_to": "2006-12-31",
        },
        "an actor, a place, an event before 2007": {"actor": held.name[0], "place": place, "time_to": "2006-12-31"},
        "a rare publisher, a word": {"publishers": (held.publisher,), "words": "ships"},
        "a rare publisher, a type, a status": {
            "publishers": (held.publisher,), "types": (held.type,), "statuses": ("occurred",),
        },
        "a rare publisher, a country": {"publishers": (held.publisher,), "actor_country": (country,)},
        "a figure, a box": {"figures": (f"{held.what}>=1",), "bbox": box},
        "a status, a box, surest first": {"statuses": ("denied",), "bbox": box, "sort": "confidence"},
        "a word in the article, a figure": {"words": "ships", "scope": "article", "figures": figure},
        "a type, a box, latest event first": {"types": (held.deed,), "bbox": box, "sort": "latest"},
    }  # fmt: skip
    return kinds_of(asked)


def kinds_of(asked: dict[str, dict[str, object]]) -> Iterator[Kind]:
    """Kinds by name."""
    for label, fields in asked.items():
        yield Kind(label, msgspec.convert(fields, Query))


def timed(ledger: Ledger, query: Query, runs: int) -> float:
    """Milliseconds that the first page takes, as a median."""
    spent = []
    for _ in range(runs):
        start = time.perf_counter()
        ledger.claims(query).page()
        spent.append((time.perf_counter() - start) * 1000)
    return statistics.median(spent)


def matches(ledger: Ledger, query: Query) -> str:
    """How many claims there are, counted up to a bound."""
    found = ledger.claims(query).count(COUNTED + 1)
    return f"> {COUNTED:,}" if found > COUNTED else f"{found:,}"


def rows(ledgers: dict[str, Ledger], found: Iterable[Kind], runs: int) -> int:
    """Print a table; return how many times were over the target."""
    print(f"\n| find | matches |{''.join(f' {name}, ms |' for name in ledgers)}")
    print(f"| --- | ---: |{' ---: |' * len(ledgers)}")
    first = next(iter(ledgers.values()))
    slow = 0
    for kind in found:
        spent = [timed(ledger, kind.query, runs) for ledger in ledgers.values()]
        print(f"| {kind.name} | {matches(first, kind.query)} |{''.join(f' {ms:.1f} |' for ms in spent)}", flush=True)
        slow += sum(ms >= TARGET for ms in spent)
    return slow


def main() -> None:
    """Measure and print the page."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sqlite")
    parser.add_argument("--postgres")
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--only", default="", help="kinds whose name holds this")
    asked = parser.parse_args()
    named = (("SQLite", asked.sqlite), ("PostgreSQL", asked.postgres))
    ledgers = {name: Ledger.open(where) for name, where in named if where}
    if not ledgers:
        parser.error("name a ledger: --sqlite FILE, --postgres URL, or both")
    first = next(iter(ledgers.values()))
    size = first.counts()["claims"]
    machine = f"{platform.machine()}, {os.cpu_count()} cores"
    print(HEAD.format(size=size, machine=machine, load=os.getloadavg()[1], runs=asked.runs))
    held = examples(first)
    slow = rows(ledgers, (kind for kind in kinds(held) if asked.only in kind.name), asked.runs)
    print(f"\n{slow or 'None'} of these took {TARGET:.0f} ms or more.\n")
    print(MIXED)
    slow = rows(ledgers, (kind for kind in mixed(held) if asked.only in kind.name), asked.runs)
    print(f"\n{slow or 'None'} of these took {TARGET:.0f} ms or more.\n")
    print(HARD)
    rows(ledgers, (kind for kind in hard(held) if asked.only in kind.name), asked.runs)


MIXED = """## Conditions of several sorts

Each of these conditions another index answers, and none of them answers two. Which leads is decided by what each leaves
(`src/tocsin/ledger/ways.py`)."""

HARD = """## What takes longest

Conditions that are frequent each alone and hardly ever, or never, hold together: then all claims that meet the rarest
of them must be gone through before it is clear that there is no full page."""

HEAD = """# How fast a ledger is searched

<!-- made by `python bench/find.py --sqlite FILE --postgres URL > docs/ledger-bench.md`; do not edit -->

A ledger of {size:,} claims, as `bench/make_ledger.py` makes it. Milliseconds until the first page of 50 claims is
there, decoded; the median of {runs} calls. {machine}; the load was {load:.1f} when this began. The target
is below 100 ms."""

if __name__ == "__main__":
    main()
