"""Feeds followed: visited when they are due, what is new taken into the ledger, their state kept there too."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import msgspec
from msgspec import structs

from tocsin.batch.intake import Given
from tocsin.batch.messages import Item, fault_of, readable
from tocsin.batch.plan import Plan
from tocsin.batch.run import Run, Summary, Tell
from tocsin.errors import SourceError
from tocsin.ledger import Feed, Ledger
from tocsin.ledger.store import stamp
from tocsin.read.follow import FeedState, Polled, poll
from tocsin.read.follow import Plan as Visits
from tocsin.read.options import Options
from tocsin.read.outline import feeds
from tocsin.read.sources import ADDRESS, blobs
from tocsin.read.visits import Client

Complain = Callable[[SourceError], None]


class Visit(NamedTuple):
    """A visit that was made: the state of the feed before it, what it brought, the fault where it failed."""

    before: FeedState
    polled: Polled

    @property
    def fault(self) -> SourceError | None:
        """Why the feed as a whole could not be had."""
        failed = self.polled.state.failures > self.before.failures
        return self.polled.errors[-1] if failed and self.polled.errors else None


class Follower:
    """Follows feeds into a ledger. `complain` hears of feeds that cannot be had; other faults go into quarantine."""

    def __init__(
        self, ledger: Ledger, urls: Iterable[str], client: Client, visits: Visits, plan: Plan, complain: Complain
    ) -> None:
        self.ledger, self.client, self.visits, self.plan, self.complain = ledger, client, visits, plan, complain
        soon = client.clock() + visits.every
        self.states = {url: sooner(state_of(url, ledger.feed(url)), soon) for url in urls}

    def due(self, now: float) -> list[FeedState]:
        """The feeds to be visited at `now`, in seconds since 1970, the longest due first."""
        return sorted((state for state in self.states.values() if state.next_at <= now), key=lambda s: s.next_at)

    def next_at(self) -> float:
        """When the next feed is due, in seconds since 1970."""
        return min(state.next_at for state in self.states.values())

    def round(self, states: Iterable[FeedState], tell: Tell | None = None, put_off: Complain | None = None) -> Summary:
        """Visit feeds and take in what is new. `put_off` hears of those whose turn has not come. Their new state is
        kept once all of it is safe in the ledger: broken off before, the next round asks them again."""
        made: list[Visit] = []
        summary = Run(self.ledger, Given(self._items(states, made)), self.plan, tell).go()
        for visit in made:
            if put_off is not None and visit.polled.put_off is not None:
                put_off(visit.polled.put_off)
            state = visit.polled.state
            self.states[state.url] = state
            self.ledger.save_feed(feed_of(state, self.client.clock(), visit.fault))
        return summary

    def _items(self, states: Iterable[FeedState], made: list[Visit]) -> Iterator[Item]:
        """What visits bring, one after the other."""
        for state in states:
            visit = Visit(state, poll(state, self.client, self.client.clock(), self.visits))
            made.append(visit)
            fault = visit.fault
            if fault is not None:
                self.complain(fault)
            for document in visit.polled.documents:
                yield Item(origin=readable(state.url), document=document)
            for error in visit.polled.errors:
                if error is not fault:
                    yield Item(origin=readable(state.url), fault=fault_of(error))


def addresses(named: Iterable[str], options: Options) -> list[str]:
    """The addresses of feeds that the user names: themselves, or files of OPML that list them; each once. Raises
    `SourceError` where a file cannot be read or lists none."""
    found: dict[str, None] = {}
    for one in named:
        if ADDRESS.match(one):
            found[one] = None
            continue
        for blob in blobs(one, options):
            if isinstance(blob, SourceError):
                raise blob
            listed = feeds(blob, options)
            if not listed:
                raise SourceError(one, "no list of feeds; give addresses of feeds, or an OPML file")
            found.update((feed.url, None) for feed in listed)
    return list(found)


def state_of(url: str, kept: Feed | None) -> FeedState:
    """What a follower knows of a feed, from what the ledger keeps."""
    if kept is None or kept.state is None:
        return FeedState(url=url)
    return msgspec.json.decode(kept.state, type=FeedState)


def sooner(state: FeedState, at: float) -> FeedState:
    """A feed that is well, to be visited at `at` at the latest: the time between visits may have been made shorter."""
    return structs.replace(state, next_at=min(state.next_at, at)) if not state.failures else state


def feed_of(state: FeedState, now: float, fault: SourceError | None) -> Feed:
    """What the ledger keeps of a feed."""
    return Feed(
        url=state.url, etag=state.etag, last_modified=state.last_modified, checked_at=_moment(now),
        next_at=_moment(state.next_at), failures=state.failures, fault=readable(fault.reason) if fault else None,
        state=msgspec.json.encode(state).decode(),
    )  # fmt: skip


def _moment(at: float) -> str:
    """Seconds since 1970 as the ledger writes them."""
    return stamp(datetime.datetime.fromtimestamp(at, datetime.UTC))
