"""How a run is shown while it goes on, on standard error, and what it comes to, in one line."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Iterator, Sequence

from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from tocsin.batch.run import Progress as State
from tocsin.batch.run import Summary, Tell
from tocsin.errors import SourceError
from tocsin.read.sources import ADDRESS, paths
from tocsin.show.cli import faults
from tocsin.show.cli.durations import spoken
from tocsin.show.terminal import Terminal

MOST_FILES = 200_000
"""So many files are looked at beforehand to know how much there is to do."""

LINE_SECONDS = 60.0
"""So often a line is written where standard error is no terminal."""


def size_of(sources: Sequence[str]) -> int | None:
    """The bytes of all files that the sources name; `None` where that cannot be known beforehand."""
    total = count = 0
    for source in sources:
        if source == "-" or ADDRESS.match(source):
            return None
        for path in paths(source):
            count += 1
            if count > MOST_FILES:
                return None
            if not isinstance(path, SourceError):
                with contextlib.suppress(OSError):
                    total += path.stat().st_size
    return total or None


class Rate:
    """Says how fast a run goes and how long it will take. `total` counts bytes, or documents with `by_documents`."""

    def __init__(self, total: int | None, *, by_documents: bool = False) -> None:
        self.total, self.by_documents = total, by_documents
        self.began = time.monotonic()

    def done(self, state: State) -> int:
        """How much of the total is done."""
        return state.summary.documents if self.by_documents else state.done

    def words(self, state: State) -> str:
        """`1,234 documents, 28 a second, 12 min left`."""
        took = max(time.monotonic() - self.began, 1e-6)
        count = state.summary.documents
        said = f"{count:,} document{'s' * (count != 1)}, {count / took:.1f} a second"
        done = self.done(state)
        if self.total and done:
            left = took * max(0.0, self.total / done - 1)
            said += f", {spoken(left)} left"
        return said


@contextlib.contextmanager
def shown(rate: Rate) -> Iterator[Tell]:
    """Yields what is to be called with the state of a run. What is refused is told at once, a line each."""
    if not sys.stderr.isatty():
        yield _lines(rate)
        return
    columns = (SpinnerColumn(), BarColumn(bar_width=20), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Terminal(stderr=True), transient=True, redirect_stdout=False) as bar:
        task = bar.add_task("loading the model", total=rate.total)

        def tell(state: State) -> None:
            for fault in state.faults:
                faults.tell(f"{fault.origin}: {fault.reason}")
            bar.update(task, completed=rate.done(state), description=rate.words(state))

        yield tell


def _lines(rate: Rate) -> Tell:
    """Tell of refusals, and now and then of how far it is, a line each."""
    due = rate.began + LINE_SECONDS

    def tell(state: State) -> None:
        nonlocal due
        for fault in state.faults:
            faults.tell(f"{fault.origin}: {fault.reason}")
        if time.monotonic() >= due:
            due = time.monotonic() + LINE_SECONDS
            faults.tell(rate.words(state))

    return tell


def conclusion(summary: Summary) -> str:
    """The last line of a run: `180 new, 0 known, 0 updated, 20 refused (tocsin quarantine list)`."""
    said = f"{summary.new} new, {summary.known} known, {summary.updated} updated, {summary.refused} refused"
    return said + " (tocsin quarantine list)" * (summary.refused > 0)
