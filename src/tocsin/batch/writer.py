"""The one writer: a thread that takes results in the order of the sources and puts them into the ledger, in batches."""

from __future__ import annotations

import datetime
import queue
import threading
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

from sqlalchemy import exc

from tocsin import process
from tocsin.batch import hold
from tocsin.batch.linking import link
from tocsin.batch.messages import Fault, fault_in
from tocsin.batch.settle import Settling
from tocsin.errors import LedgerError
from tocsin.ledger import Ledger, Outcome
from tocsin.ledger.provenance import Reader
from tocsin.model import Document, Report

BATCH, BATCH_SECONDS = 64, 0.5
"""So many results make a transaction, or so many seconds."""

LINKED, FEW = 128, 24
"""So many documents are linked together while others are read, and so many at least at the end of a run: what is left
then nobody reads beside."""


class Known(NamedTuple):
    """A document that the ledger holds, the file that it comes from, and its place there."""

    document: Document
    origin: str
    place: str | None = None


class New(NamedTuple):
    """A document that was read, the file that it came from, and its place there."""

    report: Report
    origin: str
    place: str | None = None


Entry = Known | New | Fault
Added = tuple[New, Outcome]


class Written(NamedTuple):
    """What a transaction did. `numbers` are by kind of outcome."""

    numbers: dict[str, int]
    claims: int
    faults: tuple[Fault, ...]


class Writer:
    """Put entries in with `put`; `take` tells what has been written, and raises what went wrong. `wake` is called, in
    the writer's thread, after each transaction. What was added is linked with what the ledger holds; `left` says how
    many entries will still be put in, once that is known. Without `links` it waits for whoever links next. `settling`
    hears of all that was written."""

    def __init__(
        self,
        ledger: Ledger,
        reader: Reader,
        wake: Callable[[], None],
        *,
        reread: bool = False,
        settling: Settling | None = None,
        links: bool = True,
    ) -> None:
        self.links = links
        self.ledger, self.reader, self.wake, self.settling = ledger, reader, wake, settling
        self.add = ledger.reread if reread else ledger.add_many
        self.entries: queue.SimpleQueue[Entry | None] = queue.SimpleQueue()
        self.done: queue.SimpleQueue[Written | BaseException] = queue.SimpleQueue()
        self.stopped = threading.Event()
        self.unlinked = 0
        self.left: int | None = None
        self.thread = threading.Thread(target=self._run, name="tocsin-writer", daemon=True)
        self.thread.start()

    def put(self, entry: Entry) -> None:
        """One more entry, behind the others."""
        self.entries.put(entry)

    def take(self) -> list[Written]:
        """What was written since the last call."""
        found = []
        while not self.done.empty():
            one = self.done.get()
            if isinstance(one, BaseException):
                raise one
            found.append(one)
        return found

    def finish(self) -> None:
        """Write what is left, then end."""
        self.entries.put(None)
        self.thread.join()

    def abandon(self) -> None:
        """End after the transaction that is under way."""
        self.stopped.set()
        self.finish()

    def _run(self) -> None:
        """Write until the end."""
        try:
            last = False
            while not last and not self.stopped.is_set():
                batch, last = self._gather()
                if batch:
                    self.done.put(self._write(batch))
                    self.wake()
                if self.links and (self.unlinked >= self._together() or last):
                    link(self.ledger)
                    self.unlinked = 0
                    process.give_back()
        except BaseException as fault:
            self.done.put(fault)
            self.wake()

    def _together(self) -> int:
        """How many documents are worth linking: towards the end fewer and fewer, so that little is left to be done when
        all has been read."""
        return LINKED if self.left is None else max(FEW, min(LINKED, self.left))

    def _gather(self) -> tuple[list[Entry], bool]:
        """The entries of one transaction, and whether they are the last."""
        batch: list[Entry] = []
        until: float | None = None
        while len(batch) < BATCH:
            try:
                wait = None if until is None else max(0.0, until - time.monotonic())
                entry = self.entries.get(timeout=wait)
            except queue.Empty:
                break
            if entry is None:
                return batch, True
            batch.append(entry)
            until = until or time.monotonic() + BATCH_SECONDS
        return batch, False

    def _write(self, batch: Sequence[Entry]) -> Written:
        """Put a batch into the ledger."""
        seen = datetime.datetime.now(datetime.UTC)
        numbers: dict[str, int] = {}
        faults = [entry for entry in batch if isinstance(entry, Fault)]
        added, broken = self._add([entry for entry in batch if isinstance(entry, New)], seen)
        known = [entry for entry in batch if isinstance(entry, Known)]
        if known:
            self.ledger.see([entry.document for entry in known], seen)
            numbers["known"] = len(known)
        faults += broken
        if faults:
            hold.put(self.ledger, faults, seen)
            numbers["refused"] = len(faults)
        for _, outcome in added:
            numbers[outcome.kind] = numbers.get(outcome.kind, 0) + 1
            self.unlinked += outcome.kind != "known"
        if self.settling is not None:
            self._settle(self.settling, added, known, faults)
        return Written(numbers, sum(outcome.claims for _, outcome in added), tuple(faults))

    @staticmethod
    def _settle(settling: Settling, added: Sequence[Added], known: Sequence[Known], faults: Sequence[Fault]) -> None:
        """Tell of what was read, and of what was refused."""
        for one, outcome in added:
            settling.read(one.report.document, one.origin, one.place, new=outcome.kind != "known")
        for entry in known:
            settling.read(entry.document, entry.origin, entry.place, new=False)
        for fault in faults:
            settling.refused(fault)

    def _add(self, found: Sequence[New], seen: datetime.datetime) -> tuple[list[Added], list[Fault]]:
        """Put reports in; where they do not go in together, each alone, so that only one that is refused stays out."""
        try:
            outcomes = self.add([one.report for one in found], seen, reader=self.reader)
            return list(zip(found, outcomes, strict=True)), []
        except LedgerError as fault:
            if _database_is_ill(fault):
                raise
            if len(found) == 1:
                document = found[0].report.document
                return [], [fault_in(document, found[0].origin, "fault", f"the ledger refuses it: {fault}")]
        added: list[Added] = []
        faults: list[Fault] = []
        for one in found:
            some, broken = self._add([one], seen)
            added += some
            faults += broken
        return added, faults


def _database_is_ill(fault: LedgerError) -> bool:
    """Whether it is the database that fails, and not the report that is at fault."""
    return isinstance(fault.__cause__, exc.DBAPIError) and not isinstance(
        fault.__cause__, exc.DataError | exc.IntegrityError
    )
