"""What all senders have in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from tocsin.ledger.alerts import Alert


class Undelivered(Exception):
    """An attempt that failed, and why. `gone`: there is no use in trying again; `after`: not before so many seconds."""

    def __init__(self, why: str, *, gone: bool = False, after: float | None = None) -> None:
        super().__init__(why)
        self.gone, self.after = gone, after


class Sender(Protocol):
    """Sends alerts, at most `most` at once, within about `seconds`."""

    most: int
    seconds: float

    def send(self, alerts: Sequence[Alert]) -> None:
        """Return once all have arrived. Raises `Undelivered`."""
