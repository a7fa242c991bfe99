"""Following feeds: what is new since the last time, asked for politely, with a state that can be kept anywhere.

    state = FeedState(url="https://news.example/feed")
    with Client(manners=Manners(contact="desk@news.example")) as client:
        polled = poll(state, client, now=time.time())
    polled.documents, polled.errors, polled.state

`poll` neither sleeps until the feed is due nor keeps anything: its caller calls it when `state.next_at` has come, and
keeps `polled.state` together with the documents.
"""

from __future__ import annotations

import random
from typing import NamedTuple

import msgspec
from msgspec import structs

from tocsin.errors import NotEnglish, NotFound, SourceError
from tocsin.model import Document, Record
from tocsin.read import read_blob
from tocsin.read.addresses import is_inner, split
from tocsin.read.dates import parse_metadata
from tocsin.read.document import NO_DATE
from tocsin.read.entries import Entry
from tocsin.read.feed import entries_of
from tocsin.read.options import Options
from tocsin.read.visits import Client, PutOff, Visited, retry_after

EVERY = 900.0
"""Seconds between two visits of a feed, where its follower does not say otherwise."""

LONGEST = 86_400.0
"""A feed that fails is asked at least once in so many seconds."""

SEEN = 5_000
"""So many entries that have left the feed are remembered."""

TRIES = 3
"""A page that does not come is asked for at so many visits; then the summary is taken."""

PAGES = 50
"""So many pages are fetched at one visit; the others at the next."""

SOON = 60.0
"""Seconds until that next visit."""

SPREAD = 0.1
"""By at most this share of the time between visits they are spread."""

TEMPORARY = frozenset((408, 425, 429))
"""With these, and from 500 on, a server says that another time may do."""


class FeedState(Record, frozen=True, kw_only=True):
    """What is kept of a feed. `address` is where it has moved for good; `next_at` is when to visit it, in seconds since
    1970; `failures` counts visits in a row that failed; `seen` are marks of entries; `tries` counts by mark how often a
    page did not come."""

    url: str
    address: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    next_at: float = 0.0
    failures: int = 0
    seen: tuple[str, ...] = ()
    tries: dict[str, int] = msgspec.field(default_factory=dict)


class Plan(NamedTuple):
    """`every`: seconds between visits. `pages`: whether the article's own page is fetched where the feed has only a
    summary. `seed`: makes the spread of visits repeatable."""

    every: float = EVERY
    pages: bool = True
    seed: int = 0


class Polled(NamedTuple):
    """What a visit brought. Keep `state` once the documents are safe: a visit with the old state brings them again.
    `put_off` says why the feed was not asked at all; it is, when its turn has come."""

    documents: tuple[Document, ...]
    errors: tuple[SourceError, ...]
    state: FeedState
    put_off: SourceError | None = None


def poll(state: FeedState, client: Client, now: float, plan: Plan | None = None) -> Polled:
    """Visit a feed once. `now` is in seconds since 1970. What goes wrong is not raised: it is in the errors."""
    plan = plan or Plan()
    asked = {"If-None-Match": state.etag, "If-Modified-Since": state.last_modified}
    try:
        visited = client.get(state.address or state.url, {name: value for name, value in asked.items() if value})
    except PutOff as fault:
        return Polled((), (), structs.replace(state, next_at=max(fault.until, now)), fault)
    except SourceError as fault:
        return Polled((), (fault,), _failed(state, plan, now))
    answer = visited.answer
    if answer.status == 304:
        return Polled((), (), structs.replace(state, failures=0, next_at=_next(state, plan, now)))
    if answer.status != 200:
        error = NotFound(state.url, f"the server answers {answer.status} {answer.reason}".rstrip())
        return Polled((), (error,), _failed(state, plan, now, retry_after(answer, now) or 0.0))
    try:
        found = entries_of(answer.blob(state.url), client.options)
    except SourceError as fault:
        return Polled((), (fault,), _failed(state, plan, now))
    taken = _Taken(state, client, plan)
    for entry in found:
        taken.take(entry)
    return Polled(tuple(taken.documents), tuple(taken.errors), taken.state(visited, now))


class _Taken:
    """What is taken from a feed at one visit."""

    def __init__(self, before: FeedState, client: Client, plan: Plan) -> None:
        self.before = before
        self.client = client
        self.plan = plan
        self.known = frozenset(before.seen)
        self.documents: list[Document] = []
        self.errors: list[SourceError] = []
        self.marks: dict[str, None] = {}
        self.tries: dict[str, int] = {}
        self.pages = 0
        self.whole = True
        """Whether nothing is left for the next visit."""

    def take(self, entry: Entry) -> None:
        """Take an entry, unless it is known."""
        if entry.mark not in self.known and entry.mark not in self.marks:
            result = self._result(entry)
            if result is None:
                self.whole = False
                return
            if isinstance(result, Document):
                self.documents.append(result)
            else:
                self.errors.append(result)
        self.marks[entry.mark] = None

    def _result(self, entry: Entry) -> Document | SourceError | None:
        """What becomes of a new entry; `None` where its page is left for the next visit."""
        inner = entry.url and is_inner(entry.url) and not is_inner(self.before.url)
        if entry.full or not entry.url or inner or not self.plan.pages:
            return entry.result
        if self.pages >= PAGES:
            return None
        self.pages += 1
        try:
            page = _page(entry.url, self.client)
        except PutOff:
            return None
        except _Later as fault:
            tries = self.before.tries.get(entry.mark, 0) + 1
            if tries < TRIES:
                self.tries[entry.mark] = tries
                return None
            page = fault
        if isinstance(page, Document):
            return _joined(page, entry, self.client.options)
        if isinstance(entry.result, Document) and not isinstance(page, NotEnglish):
            return structs.replace(
                entry.result, notes=(*entry.result.notes, f"the article itself cannot be read: {page.reason}")
            )
        return page

    def state(self, visited: Visited, now: float) -> FeedState:
        """The state after the visit. Where something is left, the server is asked for the whole feed again, and soon
        if it is left because there were too many."""
        before = self.before
        gone = [mark for mark in before.seen if mark not in self.marks][:SEEN]
        sent = visited.answer.headers if self.whole else {}
        due = now + min(self.plan.every, SOON) if self.pages >= PAGES else _next(before, self.plan, now)
        return structs.replace(
            before,
            address=visited.address if visited.address != before.url else None,
            etag=sent.get("etag"),
            last_modified=sent.get("last-modified"),
            next_at=due,
            failures=0,
            seen=(*self.marks, *gone),
            tries=self.tries,
        )


class _Later(SourceError):
    """A page that may come another time."""


def _page(url: str, client: Client) -> Document | SourceError:
    """The article at an address, or why there is none. Raise `_Later` where another time may do."""
    try:
        answer = client.get(url).answer
    except NotFound as fault:
        raise _Later(url, fault.reason) from fault
    except PutOff:
        raise
    except SourceError as fault:
        return fault
    if answer.status in TEMPORARY or answer.status >= 500:
        raise _Later(url, f"the server answers {answer.status} {answer.reason}".rstrip())
    if answer.status != 200:
        return NotFound(url, f"the server answers {answer.status} {answer.reason}".rstrip())
    return next(read_blob(answer.blob(url), client.options))


def _joined(page: Document, entry: Entry, options: Options) -> Document:
    """The article of a page, with what the feed knows of it."""
    said = entry.said
    published = (
        options.published
        or parse_metadata(said.published or "")
        or page.published
        or parse_metadata(said.updated or "")
    )
    notes = tuple(note for note in page.notes if note != NO_DATE or published is None)
    listed = entry.result if isinstance(entry.result, Document) else None
    return structs.replace(
        page,
        published=published,
        title=(listed.title if listed else None) or page.title or said.title or None,
        publisher=_site(page) or said.publisher or page.publisher,
        byline=page.byline or said.byline or None,
        notes=notes,
    )


def _site(page: Document) -> str | None:
    """The publisher that a page names; its host is no name."""
    return page.publisher if page.publisher != split(page.url or "").netloc else None


def _next(state: FeedState, plan: Plan, now: float) -> float:
    """When to visit a feed again that is well; spread a little, so that not all come at once."""
    return now + plan.every * (1.0 + SPREAD * _chance(state, plan, now))


def _failed(state: FeedState, plan: Plan, now: float, least: float = 0.0) -> FeedState:
    """The state after a visit that failed: the pause doubles each time, up to a day, and is never the same; `least` is
    what the server asks for, in seconds."""
    failures = state.failures + 1
    longest = min(LONGEST, plan.every * 2.0 ** min(failures, 30))
    pause = max(longest * (0.5 + 0.5 * _chance(state, plan, now)), least)
    return structs.replace(state, failures=failures, next_at=now + pause)


def _chance(state: FeedState, plan: Plan, now: float) -> float:
    """A number from 0 to 1 that depends on the feed, the time and the seed alone."""
    return random.Random(f"{plan.seed} {state.url} {state.failures} {now!r}").random()
