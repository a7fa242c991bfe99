"""What has still to be read, cut into tasks.

A task is cut when a process is free for it, and not before: so the last ones can be small, and all processes are done
at about the same time (guided self-scheduling: Polychronopoulos & Kuck, IEEE Trans. Computers, 1987).
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Sequence
from typing import NamedTuple

from tocsin.model import Document

DOCUMENTS, CHARACTERS = 24, 32_000
"""So large is a task at most, but for one long document; more at once is hardly quicker."""

FEW = 3
"""Documents of the smallest of the last tasks; the model takes some of them together faster than one by one."""

SHARE = 2
"""Of what is left at the end, a process gets this part of its fair share at once."""


class Numbered(NamedTuple):
    """A document with its number in the run."""

    number: int
    document: Document


class Tasks:
    """Documents for `jobs` processes, in their order. `last`: no more will come."""

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs
        self.last = False
        self._waiting: deque[Numbered] = deque()
        self._characters = 0
        self._alone: deque[Numbered] = deque()

    def put(self, documents: Sequence[Numbered]) -> None:
        """More documents, behind the others."""
        self._waiting.extend(documents)
        self._characters += sum(len(one.document.text) for one in documents)

    def put_alone(self, documents: Sequence[Numbered]) -> None:
        """Documents before all others, each a task of its own."""
        self._alone.extendleft(reversed(documents))

    def __len__(self) -> int:
        """How many tasks there are, about: as full ones."""
        full = max(len(self._waiting) / DOCUMENTS, self._characters / CHARACTERS)
        return len(self._alone) + math.ceil(full)

    def take(self, *, full: bool = False) -> tuple[Numbered, ...]:
        """The next task, empty where there is none; with `full`, only a full one."""
        if self._alone:
            return (self._alone.popleft(),)
        if full and len(self._waiting) < DOCUMENTS and self._characters < CHARACTERS:
            return ()
        documents, characters = DOCUMENTS, CHARACTERS
        if self.last:
            parts = self.jobs * SHARE
            documents = min(documents, max(FEW, math.ceil(len(self._waiting) / parts)))
            characters = min(characters, math.ceil(self._characters / parts))
        task: list[Numbered] = []
        size = 0
        while self._waiting and len(task) < documents:
            length = len(self._waiting[0].document.text)
            if size + length > characters and len(task) >= (FEW if self.last else 1):
                break
            size += length
            task.append(self._waiting.popleft())
        self._characters -= size
        return tuple(task)
