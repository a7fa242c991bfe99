"""What could not be read."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request
from fastapi import Query as Parameter
from starlette.responses import Response

from tocsin.show.desk.content.quarantine import one, quarantine
from tocsin.show.desk.desk import Entry, Id, TheLedger, found
from tocsin.show.desk.templating import render

ENTRY = Entry("/quarantine", "Quarantine")
router = APIRouter()


@router.get("/quarantine")
def rows(
    request: Request,
    ledger: TheLedger,
    resolved: bool = False,
    cursor: Annotated[str | None, Parameter()] = None,
) -> Response:
    """The list."""
    held = quarantine(ledger, resolved=resolved, cursor=cursor)
    return render(request, "quarantine.html", rows=held.rows, cursor=held.cursor, resolved=resolved)


@router.get("/quarantine/{id}")
def row(request: Request, id: Id, ledger: TheLedger) -> Response:
    """One of them."""
    return render(request, "quarantine_row.html", row=found(one(ledger, id), f"There is no row {id} in quarantine."))
