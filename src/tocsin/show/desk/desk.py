"""What the desk is made of, and how a route gets at it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, NamedTuple, TypeVar

from fastapi import Depends, HTTPException, Path, Request

from tocsin.ledger import Ledger
from tocsin.show.desk.access import Access, Session

T = TypeVar("T")


class Entry(NamedTuple):
    """A page that the navigation leads to: where, and under which name."""

    path: str
    label: str


class Desk(NamedTuple):
    """A desk over one ledger. `rate` are the requests a second that one client may make in the long run, `burst` those
    that it may make at once; a rate of 0 bounds nothing. `retry` tries a row of the quarantine again and tells what
    came of it; without it that cannot be done here."""

    ledger: Ledger
    access: Access
    read_only: bool = False
    rate: float = 20.0
    burst: int = 120
    retry: Callable[[str], str] | None = None


class Caller(NamedTuple):
    """Who makes a request: the session, the name that a proxy gave, whether the request showed the token itself."""

    session: Session
    name: str | None = None
    bearer: bool = False


def desk_of(request: Request) -> Desk:
    """The desk that a request goes to."""
    desk: Desk = request.app.state.desk
    return desk


def ledger_of(request: Request) -> Ledger:
    """Its ledger."""
    return desk_of(request).ledger


def caller_of(request: Request) -> Caller:
    """Who makes the request, as the gate has found."""
    caller: Caller = request.scope["tocsin.caller"]
    return caller


def found(record: T | None, missing: str) -> T:
    """What was found; the answer 404 where nothing was."""
    if record is None:
        raise HTTPException(404, missing)
    return record


Id = Annotated[str, Path(description="An id of the ledger.", pattern="^[0-9a-f]{16}$")]
TheDesk = Annotated[Desk, Depends(desk_of)]
TheLedger = Annotated[Ledger, Depends(ledger_of)]
