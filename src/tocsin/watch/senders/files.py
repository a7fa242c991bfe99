"""Alerts in files: JSON lines that grow, and an Atom feed that is written anew."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from tocsin.ledger.alerts import Alert
from tocsin.watch import atom
from tocsin.watch.senders.base import Undelivered


class LinesSender:
    """Adds alerts to a file, one a line, and waits until they are on the disk."""

    most = 500
    seconds = 60.0

    def __init__(self, path: Path) -> None:
        self.path = path

    def send(self, alerts: Sequence[Alert]) -> None:
        """Add them. A line that a process left unfinished is ended first."""
        lines = b"".join(msgspec.json.encode(alert) + b"\n" for alert in alerts)
        try:
            with self.path.open("ab+") as file:
                if file.tell() > 0:
                    file.seek(-1, os.SEEK_END)
                    lines = lines if file.read(1) == b"\n" else b"\n" + lines
                file.write(lines)
                file.flush()
                os.fsync(file.fileno())
        except OSError as fault:
            raise Undelivered(f"{self.path}: {fault.strerror or fault}") from fault


class AtomSender:
    """Writes a feed anew; `newest` gives the alerts that are to be in it."""

    most = 10_000
    seconds = 60.0

    def __init__(self, path: Path, title: str, newest: Callable[[], Sequence[Alert]]) -> None:
        self.path, self.title, self.newest = path, title, newest

    def send(self, alerts: Sequence[Alert]) -> None:
        """Write the feed; those that are sent are among the newest."""
        try:
            replace(self.path, atom.feed(self.newest(), self.title))
        except OSError as fault:
            raise Undelivered(f"{self.path}: {fault.strerror or fault}") from fault


def replace(path: Path, content: bytes) -> None:
    """Put a file in the place of another, whole or not at all. Raises `OSError`."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        part = Path(file.name)
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            part.chmod(0o644)
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
