"""The watch as it is kept: a round once, or one after the other until it is interrupted."""

from __future__ import annotations

import datetime
import signal
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import FrameType

from tocsin.ledger import Ledger
from tocsin.ledger.alerts import Alert
from tocsin.ledger.outbox import Outbox
from tocsin.show.cli import faults
from tocsin.show.cli.durations import spoken
from tocsin.watch import atom
from tocsin.watch.channels import AnyChannel, AtomFile
from tocsin.watch.deliver import Delivered, deliver, newest
from tocsin.watch.indicators import Indicator
from tocsin.watch.rounds import look
from tocsin.watch.senders.files import replace

LEAST = 0.2
"""Seconds between two looks at what is due, at least."""


class Watch:
    """Indicators over a ledger. `show` shows alerts as they come and returns how many there were; `on` is the day whose
    silence counts, today if `None`."""

    def __init__(
        self,
        ledger: Ledger,
        indicators: Sequence[Indicator],
        channels: Sequence[AnyChannel],
        feed: Path | None,
        on: str | None,
        show: Callable[[Iterable[Alert]], int],
    ) -> None:
        self.ledger, self.indicators, self.channels = ledger, indicators, channels
        self.feed, self.on, self.show = feed, on, show
        self.told: dict[str, str] = {}

    def once(self) -> int:
        """One round; the exit status says whether all was delivered."""
        if not self.round():
            faults.tell("nothing rang")
        outcome = deliver(self.ledger, self.channels)
        self.tell(outcome)
        due = Outbox(self.ledger.engine).next_at([channel.id for channel in self.channels])
        if due is not None:
            wait = due - time.time()
            when = f"in {spoken(wait)}" if wait >= 1 else "now"
            faults.tell(f"some is still to be sent, next {when}; run this again then, or with --follow")
        return faults.SOME_FAILED if due is not None or outcome.dead else faults.DONE

    def follow(self, every: float) -> int:
        """Round after round, `every` so many seconds; what is due is sent meanwhile."""
        signal.signal(signal.SIGTERM, _interrupt)
        faults.tell(f"watching {self.ledger.name} with {len(self.indicators)} indicators; Ctrl-C stops")
        sending: Future[Delivered] | None = None
        with ThreadPoolExecutor(1, "tocsin-delivery") as pool:
            try:
                due = time.monotonic()
                while True:
                    if time.monotonic() >= due:
                        self.round()
                        due = time.monotonic() + every
                    if self.channels and (sending is None or sending.done()):
                        if sending is not None:
                            self.tell(sending.result())
                        sending = pool.submit(deliver, self.ledger, self.channels)
                    time.sleep(max(LEAST, min(due - time.monotonic(), 1.0)))
            except KeyboardInterrupt:
                faults.tell("stopped; started again, it goes on from here")
                raise

    def round(self) -> int:
        """Look at what is new; how many alerts rang."""
        now = datetime.datetime.now(datetime.UTC)
        rang = self.show(look(self.ledger, self.indicators, self.channels, now, self.on or now.date().isoformat()))
        if self.feed is not None and (rang or not self.feed.exists()):
            shown = AtomFile(id="feed", file=str(self.feed))
            replace(self.feed, atom.feed(newest(self.ledger, shown), shown.title))
        return rang

    def tell(self, outcome: Delivered) -> None:
        """Say once what is wrong with a channel, until it is well again."""
        for name, fault in outcome.faults.items():
            if self.told.get(name) != fault:
                faults.tell(f"channel {name}: {fault}")
        self.told = dict(outcome.faults) if outcome.sent or outcome.faults else self.told
        if outcome.dead:
            faults.tell(f"{outcome.dead} could not be delivered; tocsin watch --dead shows what")


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
