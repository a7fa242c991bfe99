"""Telling pages that are open what comes in: one task looks at the ledger, all pages are told by it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

import msgspec
from anyio import to_thread

from tocsin.errors import TocsinError
from tocsin.ledger import Ledger
from tocsin.ledger.news import Reached, reached
from tocsin.show.desk.content.news import mark_of, news

EVERY = 1.0
"""Seconds between two looks."""

BEAT = 15.0
"""Seconds after which a page is sent a sign of life, so that one that is gone is noticed."""


class Live:
    """What comes into one ledger, for any number of listeners. It looks as long as somebody listens."""

    def __init__(self, ledger: Ledger, every: float = EVERY) -> None:
        self.ledger = ledger
        self.every = every
        self.listeners = 0
        self._now: Reached | None = None
        self._news = asyncio.Event()
        self._watch: asyncio.Task[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ended = False

    async def events(self, since: str | None) -> AsyncIterator[bytes]:
        """The stream of events for one page, from a mark on or from now."""
        if self._ended:
            return
        self._loop = asyncio.get_running_loop()
        self.listeners += 1
        try:
            known = mark_of(since) if since else None
            first = await to_thread.run_sync(news, self.ledger, known)
            yield event("news" if known else "hello", first.mark, msgspec.json.encode(first))
            known = mark_of(first.mark)
            if self._watch is None or self._watch.done():
                self._watch = asyncio.create_task(self._look(known))
            while await self._changed(known):
                if self._now is None or self._now == known:
                    yield b": still here\n\n"
                    continue
                found = await to_thread.run_sync(news, self.ledger, known, self._now)
                known = mark_of(found.mark)
                yield event("news", found.mark, msgspec.json.encode(found))
        finally:
            self.listeners -= 1

    def close(self) -> None:
        """End all streams; from any thread or a signal handler."""
        self._ended = True
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._news.set)

    async def _changed(self, known: Reached) -> bool:
        """Wait until there is more than is known, or a while; false where the streams end."""
        if self._now in (None, known) and not self._ended:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), BEAT)
        return not self._ended

    async def _look(self, now: Reached) -> None:
        """Look again and again, until nobody listens. A ledger that does not answer may do so the next time."""
        self._now = now
        while self.listeners and not self._ended:
            await asyncio.sleep(self.every)
            with contextlib.suppress(TocsinError):
                found = await to_thread.run_sync(reached, self.ledger.engine)
                if found != self._now:
                    self._now = found
                    self._news.set()
                    self._news = asyncio.Event()


def event(name: str, mark: str, data: bytes) -> bytes:
    """One event of a stream (HTML standard, server-sent events); JSON holds no line end."""
    return b"id: %s\nevent: %s\ndata: %s\n\n" % (mark.encode(), name.encode(), data)
