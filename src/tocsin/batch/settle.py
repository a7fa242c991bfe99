"""What is in quarantine and was read since, without being tried again by name: mended where it lay, and taken in anew.

A row says where something was that could not be read. It is settled by

- a file, or an address, as a whole: where it gives an article now;
- a document that was opened and kept: where the same document was read;
- a document whose text no ledger can keep: where the one of its name in the same file can be kept;
- a place in a file, such as a line: where an article stands there that the ledger did not hold. Lines that are struck
  out make others move up. So this counts only where every open place of the file holds a new article or is refused
  again; a place that holds what was known, or is not there any more, says that they may have moved.

Nothing is settled that the same run refuses again. A run that is broken off settles nothing; what it read is known to
the next one, which leaves such a place open for `quarantine retry` or for whoever looks.
"""

from __future__ import annotations

import datetime
import os

from tocsin.batch.messages import Fault, fault_in
from tocsin.ledger import Held, Ledger
from tocsin.model import Document
from tocsin.read.blob import INSIDE


class Settling:
    """Hears what a run has read and refused; `settle` marks the rows that are settled by it."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.open: dict[str, list[Held]] = {}
        """Open rows by their origin."""
        self.inside: dict[str, list[Held]] = {}
        """Those of places, by the file that each may lie in."""
        self.found: set[str] = set()
        """Ids of what is settled, but for places."""
        self.places: dict[str, bool] = {}
        """Places that were open and hold an article, and whether it is new."""
        self.again: set[str] = set()
        """Origins that were refused again."""
        self.files: set[str] = set()
        for row in ledger.quarantined():
            self._open(row)

    def _open(self, row: Held) -> None:
        """One more open row."""
        self.open.setdefault(row.origin, []).append(row)
        for at, sign in enumerate(row.origin):
            if sign in ":[" and INSIDE.fullmatch(row.origin, at):
                self.inside.setdefault(row.origin[:at], []).append(row)

    def read(self, document: Document, origin: str, place: str | None, *, new: bool) -> None:
        """A document of a file or an address was read (`new`), or is held by the ledger."""
        if not self.open:
            return
        self.found.update(row.id for row in self.open.get(origin, ()))
        fault = fault_in(document, origin, "fault", "")
        self.found.update(row.id for row in self.open.get(fault.origin, ()) if row.digest == fault.hash)
        named = self.open.get(Fault.named(document, origin), ())
        self.found.update(row.id for row in named if row.kind == "undecodable")
        if origin in self.inside and (origin in self.files or os.path.isfile(origin)):
            self.files.add(origin)
            if place in self.open and place != origin:
                self.places[place] = new

    def refused(self, fault: Fault) -> None:
        """Something was refused."""
        self.again.add(fault.origin)

    def settle(self) -> int:
        """Mark what is settled; how many rows."""
        again = {row.id for origin in self.again for row in self.open.get(origin, ())}
        settled = sorted((self.found | self._placed()) - again)
        return self.ledger.resolve_quarantine(settled, datetime.datetime.now(datetime.UTC)) if settled else 0

    def _placed(self) -> set[str]:
        """The ids of places in files whose lines have not moved."""
        found: set[str] = set()
        for file in self.files:
            rows = [row for row in self.inside[file] if row.origin not in self.again]
            if all(self.places.get(row.origin) for row in rows):
                found.update(row.id for row in rows)
        return found
