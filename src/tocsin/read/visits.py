"""Visiting sites politely: one request at a time and host, a pause between two, robots.txt, and what the host asks."""

from __future__ import annotations

import email.utils
import time
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import NamedTuple, Self

import httpx

from tocsin.errors import NotFound, SourceError
from tocsin.read.addresses import is_web, join, split
from tocsin.read.fetch import REDIRECTS, Answer, Limits, headers, receive
from tocsin.read.options import Options
from tocsin.read.robots import AGENT, Robots

MOVED, MOVED_FOR_GOOD = frozenset((301, 302, 303, 307, 308)), frozenset((301, 308))
BUSY = frozenset((429, 503))

ASK_AGAIN = 60.0
"""Seconds for which a host is left alone that is too busy and does not say for how long."""

LONGEST = 86_400.0
"""So long at most a host may send us away, in seconds."""


class Manners(NamedTuple):
    """`delay`: seconds between two requests to one host, at least. `patience`: seconds that a visit may wait for its
    turn; what needs longer is put off. `contact`: whom a site's owner may write to, in the name that we give."""

    delay: float = 1.0
    patience: float = 60.0
    contact: str | None = None


class PutOff(SourceError):
    """A host is not to be asked before the time `until`, in seconds since 1970."""

    until: float = 0.0


class Forbidden(SourceError):
    """The site's robots.txt does not allow it."""


class Visited(NamedTuple):
    """The answer at the end of the redirects, and the address to use from now on."""

    answer: Answer
    address: str


class Client:
    """Asks servers. Close it, or use it in a `with`. `clock` gives seconds since 1970, `sleep` waits for some."""

    def __init__(
        self,
        options: Options | None = None,
        manners: Manners | None = None,
        *,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.options = options or Options()
        self.manners = manners or Manners()
        self.clock = clock
        self.sleep = sleep
        self.limits = Limits(self.options.container, self.options.max_size, self.options.timeout)
        self.http = httpx.Client(timeout=self.options.timeout, headers=headers(self.manners.contact))
        self.robots = Robots(self._ask_robots)
        self.free: dict[str, float] = {}
        """When each host may be asked again."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self.http.close()

    def get(self, url: str, more: Mapping[str, str] | None = None) -> Visited:
        """Get an address politely; `more` are further headers of the request. Raise `Forbidden`, `PutOff`, `NotFound`
        or `TooLarge`."""
        address, lasting = url, True
        for _ in range(REDIRECTS):
            self._check_robots(url, address)
            answer = self._ask(address, more)
            if answer.status not in MOVED or not answer.headers.get("location"):
                return Visited(answer, answer.url if lasting else url)
            lasting = lasting and answer.status in MOVED_FOR_GOOD
            address = join(address, answer.headers["location"])
            if not is_web(address):
                raise NotFound(url, f"it leads to {address[:80]}, which is no address of the web")
        raise NotFound(url, f"more than {REDIRECTS} redirects")

    def _check_robots(self, url: str, address: str) -> None:
        """Raise `Forbidden` where the site does not want us at `address`, `NotFound` where it does not say."""
        found = self.robots.of(address, self.clock())
        if not found.known:
            raise NotFound(url, "the site does not answer when asked for its robots.txt; try again later")
        if found.rules and not found.rules.can_fetch(address, AGENT):
            raise Forbidden(url, f"the site's robots.txt does not allow to fetch {address}")

    def _ask(self, url: str, more: Mapping[str, str] | None = None, delay: float | None = None) -> Answer:
        """One request, in its turn."""
        host = split(url).netloc.lower()
        wait = self.free.get(host, 0.0) - self.clock()
        if wait > self.manners.patience:
            put_off = PutOff(url, f"{host} is not to be asked again for {wait:.0f} s")
            put_off.until = self.free[host]
            raise put_off
        if wait > 0:
            self.sleep(wait)
        if delay is None:
            delay = max(self.manners.delay, self.robots.delay(url, self.clock()))
        try:
            answer = receive(self.http, url, self.limits, more)
        finally:
            self.free[host] = self.clock() + delay
        if answer.status in BUSY:
            self.free[host] = self.clock() + max(retry_after(answer, self.clock()) or ASK_AGAIN, delay)
        return answer

    def _ask_robots(self, url: str) -> tuple[int, bytes]:
        """A robots.txt, through at most five redirects; 0 where no answer comes."""
        for _ in range(6):
            try:
                answer = self._ask(url, delay=self.manners.delay)
            except PutOff:
                raise
            except SourceError:
                return 0, b""
            if answer.status not in MOVED or "location" not in answer.headers:
                return answer.status, answer.data
            url = join(url, answer.headers["location"])
        return 404, b""


def retry_after(answer: Answer, now: float) -> float | None:
    """The seconds for which a server asks to be left alone; it gives them as a number or as a date."""
    value = answer.headers.get("retry-after", "").strip()
    if value.isdigit():
        return min(float(value[:9]), LONGEST)
    try:
        return min(max(email.utils.parsedate_to_datetime(value).timestamp() - now, 0.0), LONGEST)
    except (ValueError, IndexError, OverflowError):
        return None
