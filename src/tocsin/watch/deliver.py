"""Delivery: what waits in the outbox goes to its channel, is tried again later where that fails, or is given up.

A channel has a thread of its own, so one that hangs holds up no other. What was sent but could not be noted, since the
process ended in between, is sent again: with the same id, so that a receiver can count it once.
"""

from __future__ import annotations

import datetime
import os
import random
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from tocsin.ledger import Ledger
from tocsin.ledger.alerts import Alert
from tocsin.ledger.outbox import Delivery, Outbox
from tocsin.ledger.store import stamp
from tocsin.watch.channels import AnyChannel, AtomFile, Lines, Notice, Retry, Webhook, address_of, secret_of
from tocsin.watch.senders.base import Sender, Undelivered

SCANNED = 10
"""Of so many times the alerts that a feed shows, those that its channel takes are chosen."""


PATIENCE = 3
"""After so many failures in a row a channel is left alone for this time; what else is due for it stays due."""


class Delivered(NamedTuple):
    """How many arrived, how many wait for another attempt, how many were given up; and the last faults, by channel."""

    sent: int
    waiting: int
    dead: int
    faults: dict[str, str]


def deliver(ledger: Ledger, channels: Sequence[AnyChannel], clock: Callable[[], float] = time.time) -> Delivered:
    """Send what is due, each once."""
    if not channels:
        return Delivered(0, 0, 0, {})
    with ThreadPoolExecutor(len(channels), "tocsin-channel") as pool:
        found = list(pool.map(lambda channel: _channel(ledger, channel, clock), channels))
    return Delivered(
        sent=sum(one.sent for one in found),
        waiting=sum(one.waiting for one in found),
        dead=sum(one.dead for one in found),
        faults={name: fault for one in found for name, fault in one.faults.items()},
    )


def _channel(ledger: Ledger, channel: AnyChannel, clock: Callable[[], float]) -> Delivered:
    """Send what is due for one channel."""
    outbox = Outbox(ledger.engine)
    counts = {"sent": 0, "waiting": 0, "dead": 0}
    faults: dict[str, str] = {}
    start, failures = clock(), 0
    sender = _sender(ledger, channel)
    while failures < PATIENCE:
        due = outbox.take(channel.id, start, clock() - start + sender.seconds, sender.most)
        if not due:
            break
        outcome, fault = _attempt(outbox, channel, sender, due, clock)
        counts[outcome] += len(due)
        failures = failures + 1 if fault else 0
        if fault:
            faults[channel.id] = fault
    return Delivered(**counts, faults=faults)


def _attempt(
    outbox: Outbox, channel: AnyChannel, sender: Sender, due: Sequence[Delivery], clock: Callable[[], float]
) -> tuple[str, str | None]:
    """Send some together; what became of them."""
    numbers = [one.alert.number for one in due]
    try:
        sender.send([one.alert for one in due])
    except Undelivered as fault:
        why = " ".join(str(fault).split())[:300]
        tried = max(one.attempts for one in due) + 1
        gone = fault.gone or tried >= channel.retry.attempts
        later = None if gone else clock() + max(delay(channel.retry, tried), fault.after or 0.0)
        outbox.failed(channel.id, numbers, why, later, _stamp(clock()))
        return ("dead" if gone else "waiting"), why
    outbox.sent(channel.id, numbers, _stamp(clock()))
    return "sent", None


def delay(retry: Retry, tried: int, draw: Callable[[], float] = random.random) -> float:
    """Seconds until the next attempt: twice as long after each, of which up to half is taken off at random, so that
    many that failed together do not come back together."""
    whole = min(retry.most, retry.first * 2.0 ** min(tried - 1, 60))
    return whole * (1 - draw() / 2)


def _sender(ledger: Ledger, channel: AnyChannel) -> Sender:
    """What sends to a channel."""
    match channel:
        case Webhook():
            from tocsin.watch.senders.webhook import WebhookSender

            return WebhookSender(channel.url, secret_of(channel, os.environ), channel.timeout)
        case Notice():
            from tocsin.watch.senders.notice import NoticeSender

            return NoticeSender(address_of(channel, os.environ))
        case Lines():
            from tocsin.watch.senders.files import LinesSender

            return LinesSender(Path(channel.file))
        case AtomFile():
            from tocsin.watch.senders.files import AtomSender

            return AtomSender(Path(channel.file), channel.title, lambda: newest(ledger, channel))


def newest(ledger: Ledger, channel: AtomFile) -> list[Alert]:
    """The newest alerts that a feed shows."""
    found = ledger.alerts(limit=channel.entries * SCANNED)
    return [alert for alert in found if channel.takes(alert)][: channel.entries]


def _stamp(at: float) -> str:
    return stamp(datetime.datetime.fromtimestamp(at, datetime.UTC))
