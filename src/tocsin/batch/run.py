"""One run: items from an intake, through the pool of reading processes, in their order to the writer.

Everything between the ends is bounded: an item is taken in only while few enough are under way, so memory does not grow
with the input, and a slow part makes the others wait.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Mapping, Sequence
from multiprocessing.connection import Connection, wait
from typing import NamedTuple

import msgspec

from tocsin.batch.intake import Intake
from tocsin.batch.messages import Fault, Item, Read, fault_in
from tocsin.batch.plan import Plan
from tocsin.batch.pool import Pool, Refusal, Result
from tocsin.batch.settle import Settling
from tocsin.batch.tasks import Numbered
from tocsin.batch.writer import Entry, Known, New, Writer, Written
from tocsin.ledger import Ledger, current
from tocsin.model import Document, Record, Report

UNDER_WAY, UNDER_WAY_CHARACTERS = 96, 400_000
"""So many items, and characters of them, may be under way for each reading process."""

GATHERING = 0.1
"""Seconds for which an idle process waits for a full task before it gets a smaller one."""


class Summary(Record, frozen=True, kw_only=True):
    """What a run did: documents by what became of them, claims added. `skipped` counts what was no article."""

    new: int = 0
    known: int = 0
    updated: int = 0
    reread: int = 0
    refused: int = 0
    claims: int = 0
    skipped: Mapping[str, int] = {}

    @property
    def documents(self) -> int:
        """All that the run met with."""
        return self.new + self.known + self.updated + self.reread + self.refused


class Progress(NamedTuple):
    """How far a run is: its sums, about how many bytes of files are done, what was refused since the last time."""

    summary: Summary
    done: int
    faults: tuple[Fault, ...]


Tell = Callable[[Progress], None]


class Pending(NamedTuple):
    """A document that is being read."""

    item: Item
    document: Document


class Run:
    """The state of a run; `go` does it. `pool` may have been started already."""

    def __init__(
        self,
        ledger: Ledger,
        intake: Intake,
        plan: Plan,
        tell: Tell | None = None,
        *,
        reread: bool = False,
        settling: Settling | None = None,
        pool: Pool | None = None,
    ) -> None:
        self.ledger, self.intake, self.tell, self.reread = ledger, intake, tell, reread
        self.most, self.most_characters = UNDER_WAY * plan.jobs, UNDER_WAY_CHARACTERS * plan.jobs
        self.woken, self.waker = multiprocessing.Pipe(duplex=False)
        self.pool = pool or plan.pool()
        self.writer = Writer(
            ledger, current(plan.model), self._wake, reread=reread, settling=settling, links=plan.links
        )
        self.summary = Summary()
        self.taken = self.next = self.written = self.characters = 0
        self.pending: dict[int, Pending] = {}
        self.sizes: dict[int, int] = {}
        self.settled: dict[int, Entry] = {}

    def go(self) -> Summary:
        """Do the run to its end. However it ends, no process is left and no transaction half done."""
        try:
            if self.reread or self.ledger.is_empty():  # there will be something to read, so a model is loaded meanwhile
                self.pool.start(1)
            while not self._complete():
                self._step()
            self.writer.finish()
            self._report()
        except BaseException:
            self.writer.abandon()
            raise
        finally:
            self.pool.close()
            self.intake.close()
            self.woken.close()
            self.waker.close()
        self.summary = msgspec.structs.replace(self.summary, skipped=dict(self.intake.skipped))
        return self.summary

    def _complete(self) -> bool:
        return self.intake.ended and not self.pending and not self.settled

    def _step(self) -> None:
        """Wait until something can be done, and do it."""
        wanted = self._wanted()
        connection = self.intake.connection if wanted else None
        at_once = wanted and connection is None
        waited: list[Connection] = [*self.pool.connections, self.woken]
        if connection is not None:
            waited.append(connection)
        ready = wait(waited, 0 if at_once else self._patience())
        for result in self.pool.collect(ready):
            self._settle(result)
        came = at_once or (connection is not None and connection in ready)
        if came:
            self._take_in(self.intake.take())
        self.pool.tasks.last = self.intake.ended
        self.pool.dispatch(full=came and self._wanted())
        self._hand_on()
        if self.woken in ready:
            self.woken.recv_bytes()
            self._report()

    def _patience(self) -> float | None:
        """Seconds to wait at most: until a process is overdue, or until one gets less than a full task."""
        patience = self.pool.patience()
        if self.pool.hungry:
            return GATHERING if patience is None else min(GATHERING, patience)
        return patience

    def _wanted(self) -> bool:
        """Whether more may be taken in."""
        under_way = self.taken - self.written
        return not self.intake.ended and under_way < self.most and self.characters < self.most_characters

    def _take_in(self, items: Sequence[Item]) -> None:
        """Number the items; what the ledger holds already need not be read."""
        documents = [item.document for item in items if item.document is not None]
        held = iter(self.ledger.known(documents) if documents and not self.reread else [False] * len(documents))
        for item in items:
            number, self.taken = self.taken, self.taken + 1
            if item.fault is not None:
                self.settled[number] = item.fault
            elif item.document is not None:
                if next(held):
                    self.settled[number] = Known(item.document, item.origin, item.place)
                else:
                    self.pending[number] = Pending(item, item.document)
                    self.sizes[number] = len(item.document.text)
                    self.characters += self.sizes[number]
                    self.pool.tasks.put([Numbered(number, item.document)])

    def _settle(self, result: Result) -> None:
        """What came back from the pool."""
        item, document = self.pending.pop(result.number)
        read = result.read
        if isinstance(read, Refusal):
            self.settled[result.number] = fault_in(document, item.origin, read.kind, read.reason)
        elif read.reason is not None:
            self.settled[result.number] = fault_in(document, item.origin, "fault", read.reason)
        else:
            self.settled[result.number] = New(Report(document=document, claims=read.claims), item.origin, item.place)

    def _hand_on(self) -> None:
        """Give the writer what is next in order."""
        while self.next in self.settled:
            self.writer.put(self.settled.pop(self.next))
            self.next += 1
        if self.intake.ended:
            self.writer.left = len(self.pending) + len(self.settled)

    def _wake(self) -> None:
        self.waker.send_bytes(b"!")

    def _report(self) -> None:
        """Add up what was written, and tell of it."""
        for written in self.writer.take():
            count = sum(written.numbers.values())
            self.characters -= sum(self.sizes.pop(number, 0) for number in range(self.written, self.written + count))
            self.written += count
            self.summary = added(self.summary, written)
            if self.tell is not None:
                done = self.intake.done * self.written // max(self.taken, 1)
                self.tell(Progress(self.summary, done, written.faults))


def added(summary: Summary, written: Written) -> Summary:
    """The sums with what a transaction did."""
    sums = {kind: getattr(summary, kind) + count for kind, count in written.numbers.items()}
    return msgspec.structs.replace(summary, claims=summary.claims + written.claims, **sums)


__all__ = ["Progress", "Read", "Run", "Summary", "Tell"]
