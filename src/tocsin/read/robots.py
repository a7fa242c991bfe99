"""What a site allows to be fetched: robots.txt by RFC 9309, asked once a day and site."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, Protocol

from tocsin.read.addresses import split

AGENT = "tocsin"
"""The name under which robots.txt may speak of us."""

LASTS, LASTS_BROKEN = 86_400.0, 600.0
"""Seconds for which a site's rules hold, and for which a site is left alone whose rules do not come."""

LARGEST = 512_000
"""So many bytes of a robots.txt are read."""


class Rules(Protocol):
    """What protego makes of a robots.txt."""

    def can_fetch(self, url: str, user_agent: str) -> bool:
        """Whether an address may be fetched."""

    def crawl_delay(self, user_agent: str) -> float | None:
        """Seconds between requests, if the site asks for any."""


class Held(NamedTuple):
    """A site's rules, if it has any, and until when they hold; `known` is false where it does not tell them."""

    until: float
    rules: Rules | None
    known: bool


Ask = Callable[[str], tuple[int, bytes]]
"""Get an address: the status, 0 where no answer comes, and the body."""


class Robots:
    """The rules of all sites that have been asked. `ask` gets a robots.txt when there is none yet."""

    def __init__(self, ask: Ask) -> None:
        self.ask = ask
        self.held: dict[str, Held] = {}

    def of(self, url: str, now: float) -> Held:
        """The rules for an address. `now` is in seconds."""
        parts = split(url)
        site = f"{parts.scheme}://{parts.netloc}"
        found = self.held.get(site)
        if found is None or found.until <= now:
            found = self.held[site] = _read(*self.ask(f"{site}/robots.txt"), now)
        return found

    def delay(self, url: str, now: float) -> float:
        """Seconds that the site wants between two requests; 0 where it says nothing."""
        found = self.of(url, now)
        return float(found.rules.crawl_delay(AGENT) or 0.0) if found.rules else 0.0


def _read(status: int, data: bytes, now: float) -> Held:
    """The rules in an answer. A site without them (4xx) is open; one that fails (5xx, no answer) is closed for now."""
    from protego import Protego

    if status == 200:
        text = data[:LARGEST].decode("utf-8", "replace").lstrip("\ufeff")
        return Held(now + LASTS, Protego.parse(text), True)
    if 400 <= status < 500 and status != 429:
        return Held(now + LASTS, None, True)
    return Held(now + LASTS_BROKEN, None, False)
