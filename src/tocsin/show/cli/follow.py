"""`tocsin follow`: feeds into the ledger, until it is interrupted."""

from __future__ import annotations

import datetime
import signal
import time
from types import FrameType
from typing import NamedTuple

from tocsin.batch.follow import Follower, addresses
from tocsin.batch.run import Progress, Summary
from tocsin.ledger import Ledger
from tocsin.read.follow import Plan as Visits
from tocsin.read.options import Options
from tocsin.read.visits import Client, Manners
from tocsin.settings import Settings
from tocsin.show.cli import faults, progressing
from tocsin.show.cli.durations import seconds, spoken
from tocsin.show.cli.ingest import plan_of
from tocsin.show.terminal import Terminal

LEAST = 1.0
"""Seconds between two rounds, at least."""


class Call(NamedTuple):
    """What `tocsin follow` was asked for, beside the settings."""

    feeds: tuple[str, ...]
    every: str
    once: bool
    pages: bool
    contact: str | None
    jobs: int
    limit: str


def run(call: Call, given: Settings) -> int:
    """Follow; return the exit status of a single round. An interrupt ends the rest."""
    visits = Visits(every=seconds("--every", call.every), pages=call.pages)
    plan = plan_of(call.jobs, call.limit, given)
    options = Options(None, given.max_size, given.timeout)
    urls = addresses(call.feeds, options)
    failed = 0

    def complain(fault: Exception) -> None:
        nonlocal failed
        failed += 1
        faults.tell_fault(fault)

    with Ledger.open(given.ledger) as ledger, Client(options, Manners(contact=call.contact)) as client:
        follower = Follower(ledger, urls, client, visits, plan, complain)
        if call.once:
            # In a single round a feed that is put off is one that was not visited, and nobody else will say so.
            summary = follower.round(list(follower.states.values()), _tell, complain)
            Terminal().print(progressing.conclusion(summary), soft_wrap=True)
            return faults.SOME_FAILED if summary.refused or failed else faults.DONE
        keep_on(follower, ledger.name)
    return faults.DONE


def keep_on(follower: Follower, name: str) -> None:
    """Visit feeds as they come due, for ever."""
    signal.signal(signal.SIGTERM, _interrupt)
    count = len(follower.states)
    faults.tell(f"following {count} feed{'s' * (count != 1)} into {name}; Ctrl-C stops")
    try:
        while True:
            due = follower.due(time.time())
            if due:
                told(follower.round(due, _tell), follower.next_at() - time.time())
            time.sleep(max(LEAST, follower.next_at() - time.time()))
    except KeyboardInterrupt:
        faults.tell("stopped; started again, it goes on from here")
        raise


def told(summary: Summary, rest: float) -> None:
    """Say what a round brought."""
    now = datetime.datetime.now().astimezone().strftime("%H:%M")
    Terminal().print(f"{now} {progressing.conclusion(summary)}; next visit in {spoken(max(rest, 0))}", soft_wrap=True)


def _tell(state: Progress) -> None:
    """Tell of what is refused."""
    for fault in state.faults:
        faults.tell(f"{fault.origin}: {fault.reason}")


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
