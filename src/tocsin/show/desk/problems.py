"""What is said when something cannot be done: to programs as a problem (RFC 9457), to people as a page."""

from __future__ import annotations

import http
import sys
import traceback
from collections.abc import Mapping

import msgspec
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from tocsin.errors import LedgerError, TocsinError, UsageError
from tocsin.model import Record
from tocsin.show.desk.templating import render
from tocsin.show.plain import one_line

API = "/api/"
MEDIA_TYPE = "application/problem+json"

UNREADABLE, INVALID, BROKEN, AWAY = 400, 422, 500, 503
TITLES = {
    401: "Sign in first",
    403: "Not allowed",
    404: "Not found",
    405: "Not possible here",
    413: "Too large",
    421: "Another name",
    422: "This cannot be meant",
    429: "Too many requests",
    500: "A fault",
    503: "The ledger does not answer",
}


class Problem(Record, frozen=True, kw_only=True):
    """A problem as RFC 9457 has it: what kind it is in general, the status, what is wrong here and what to do."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str


def told(request: Request, status: int, detail: str, headers: Mapping[str, str] | None = None) -> Response:
    """The answer that says what is wrong, in the form that the caller reads."""
    title = TITLES.get(status) or http.HTTPStatus(status).phrase
    if request.url.path.startswith(API):
        body = msgspec.json.encode(Problem(title=title, status=status, detail=detail))
        return Response(body, status, dict(headers or {}), MEDIA_TYPE)
    return render(request, "problem.html", status=status, title=title, detail=detail, headers=headers)


def register(app: FastAPI) -> None:
    """Have an app tell of its errors so."""
    app.add_exception_handler(HTTPException, _of_http)
    app.add_exception_handler(RequestValidationError, _of_parameters)
    app.add_exception_handler(TocsinError, _of_ours)
    app.add_exception_handler(404, _of_http)


def _of_http(request: Request, fault: Exception) -> Response:
    assert isinstance(fault, HTTPException)
    status = INVALID if fault.status_code == UNREADABLE else fault.status_code
    plain = http.HTTPStatus(fault.status_code).phrase
    detail = MEANINGS.get(status, plain) if fault.detail == plain else fault.detail
    return told(request, status, detail, fault.headers)


MEANINGS = {
    404: "There is nothing at this address.",
    405: "This address is not there for that: see the Allow header.",
}


def _of_parameters(request: Request, fault: Exception) -> Response:
    assert isinstance(fault, RequestValidationError)
    said = "; ".join(f"{one_line(str(error['loc'][-1]))}: {error['msg']}" for error in fault.errors())
    return told(request, INVALID, said)


def _of_ours(request: Request, fault: Exception) -> Response:
    """A wrong question is the caller's; a ledger that does not answer is ours, for as long as it lasts."""
    status = INVALID if isinstance(fault, UsageError) else AWAY if isinstance(fault, LedgerError) else BROKEN
    return told(request, status, one_line(str(fault)))


def broken(request: Request, fault: Exception) -> Response:
    """A fault in Tocsin itself: told to the log with its trace, to the caller without."""
    traceback.print_exception(fault, file=sys.stderr)
    return told(request, BROKEN, "A fault in Tocsin; the log of the desk says more.")
