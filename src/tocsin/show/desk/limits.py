"""How much one client may ask: a bucket of tokens that fills steadily and that each request takes one out of."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

CLIENTS = 10_000
"""So many clients are remembered; whoever has not asked for longest is forgotten, and starts with a full bucket."""


class Buckets:
    """The buckets of all clients: `rate` tokens flow in a second, `burst` fit in. `clock` tells seconds."""

    def __init__(self, rate: float, burst: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.rate = rate
        self.burst = burst
        self.clock = clock
        self._held: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, client: str) -> float:
        """Take a token for a request: 0 where there was one, else the seconds until there is."""
        if self.rate <= 0:
            return 0.0
        now = self.clock()
        with self._lock:
            held, since = self._held.pop(client, (float(self.burst), now))
            held = min(self.burst, held + (now - since) * self.rate)
            allowed = held >= 1
            self._held[client] = (held - allowed, now)
            if len(self._held) > CLIENTS:
                self._held.popitem(last=False)
        return 0.0 if allowed else (1 - held) / self.rate
