"""The pool of reading processes. One that dies or hangs is replaced, and its task is read again one by one."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import NamedTuple

import msgspec

from tocsin.batch import limits
from tocsin.batch.messages import Answer, Kind, Orders, Read, Task
from tocsin.batch.process import Child, how_ended, module
from tocsin.batch.tasks import Numbered, Tasks
from tocsin.errors import TocsinError

WORKER = module("tocsin.batch.worker")

START_SECONDS = 300.0
"""A process must have loaded its model by then."""

START_TRIES = 3
"""So many processes in a row may die while they load the model; then the run cannot go on."""

encode = msgspec.msgpack.Encoder().encode
decode_answer = msgspec.msgpack.Decoder(Answer).decode


class Refusal(NamedTuple):
    """Why a document could not be read: it made its process overrun, or end."""

    kind: Kind
    reason: str


class Result(NamedTuple):
    """What became of the document with a number."""

    number: int
    read: Read | Refusal


@dataclass
class Worker:
    """One process of the pool. It has to answer before `deadline`, on the monotonic clock."""

    child: Child
    deadline: float
    ready: bool = False
    task: tuple[Numbered, ...] = ()


class Pool:
    """`jobs` reading processes. What is put into `tasks`, `dispatch` hands out to who is idle, and `collect` gives what
    has come back."""

    def __init__(self, jobs: int, orders: Orders, command: Sequence[str] = WORKER) -> None:
        self.orders, self.command, self.jobs = orders, command, jobs
        self.tasks = Tasks(jobs)
        self.struck: set[int] = set()
        """Documents whose process has died once while it read them alone."""
        self.failed_starts = 0
        self.workers: list[Worker] = []

    def start(self, wanted: int) -> None:
        """Have so many processes, and no more than `jobs`, that are ready or will be."""
        while len(self.workers) < min(self.jobs, wanted):
            self.workers.append(self._start())

    def dispatch(self, *, full: bool = False) -> None:
        """Give tasks to those who are idle; with `full`, only full ones. Where tasks are left, processes are started
        for them."""
        for worker in self.workers:
            if worker.ready and not worker.task and (task := self.tasks.take(full=full)):
                self._give(worker, task)
        self.start(sum(bool(worker.task) for worker in self.workers) + len(self.tasks))

    @property
    def hungry(self) -> bool:
        """Whether a process has nothing to do though something is left, which may be less than a full task."""
        return len(self.tasks) > 0 and any(worker.ready and not worker.task for worker in self.workers)

    @property
    def connections(self) -> list[Connection]:
        """What is to be waited on."""
        return [worker.child.connection for worker in self.workers]

    def patience(self) -> float | None:
        """Seconds until the next deadline."""
        deadlines = [worker.deadline for worker in self.workers if worker.task or not worker.ready]
        return max(0.0, min(deadlines) - time.monotonic()) if deadlines else None

    def collect(self, readable: Sequence[object]) -> Iterator[Result]:
        """The results of the processes whose connections can be read, and of those whose time is over."""
        now = time.monotonic()
        for at, worker in enumerate(self.workers):
            if worker.child.connection in readable:
                message = worker.child.receive()
                if message is not None:
                    yield from self._answer(worker, decode_answer(message))
                    continue
                status = worker.child.end()
                self.workers[at] = self._start(worker)
                yield from self._lost(worker, _refusal(status, self.orders.limit))
            elif now > worker.deadline and (worker.task or not worker.ready):
                worker.child.kill()
                self.workers[at] = self._start(worker)
                yield from self._lost(worker, Refusal("overran", _hung(self.orders.limit)))

    def close(self) -> None:
        """End all processes."""
        for worker in self.workers:
            worker.child.kill()
        self.workers.clear()

    def _start(self, dead: Worker | None = None) -> Worker:
        """A new process. Raises `TocsinError` where they die before they have read anything."""
        if dead is not None and not dead.ready:
            self.failed_starts += 1
            if self.failed_starts >= START_TRIES:
                raise TocsinError(
                    f"the reading processes end while they load the model {self.orders.model}; is there memory for "
                    f"{self.jobs} of them (--jobs)? TOCSIN_DEBUG=1 shows what they say"
                )
        child = Child(self.command)
        child.send(encode(self.orders))
        return Worker(child, time.monotonic() + START_SECONDS)

    def _give(self, worker: Worker, task: tuple[Numbered, ...]) -> None:
        """A task for an idle process. One that is dead is found out when its connection is read."""
        worker.task = task
        worker.deadline = time.monotonic() + limits.wall(self.orders.limit)
        worker.child.send(encode(Task(documents=[one.document for one in task])))

    def _answer(self, worker: Worker, answer: Answer) -> Iterator[Result]:
        """What a process says."""
        if answer.broken is not None:
            raise TocsinError(answer.broken)
        if answer.results is None:
            worker.ready = True
            self.failed_starts = 0
            return
        task, worker.task = worker.task, ()
        for one, read in zip(task, answer.results, strict=True):
            yield Result(one.number, read)

    def _lost(self, worker: Worker, refusal: Refusal) -> Iterator[Result]:
        """A process is gone with its task: several documents are read again, each alone; one that was alone is refused.
        One whose process died is read again first, since somebody else may have ended that."""
        if len(worker.task) == 1:
            number = worker.task[0].number
            if refusal.kind == "crashed" and number not in self.struck:
                self.struck.add(number)
                self.tasks.put_alone(worker.task)
            else:
                self.struck.discard(number)
                yield Result(number, refusal)
        else:
            self.tasks.put_alone(worker.task)


def _refusal(status: int, limit: float) -> Refusal:
    """Why a document could not be read whose process ended."""
    if status == limits.ENDED:
        return Refusal("overran", f"it took more than {limit:g} s of computing; raise --timeout-per-document")
    return Refusal("crashed", f"the process that read it died: {how_ended(status)}")


def _hung(limit: float) -> str:
    """Why a document could not be read whose process hung."""
    return f"nothing came of it in {limits.wall(limit):g} s, and its process was ended; raise --timeout-per-document"
