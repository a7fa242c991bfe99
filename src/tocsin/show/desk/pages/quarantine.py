"""What could not be read."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request
from fastapi import Query as Parameter
from starlette.responses import Response

from tocsin.show.desk.content.quarantine import again, one, quarantine
from tocsin.show.desk.desk import Entry, Id, TheDesk, TheLedger, found
from tocsin.show.desk.templating import render

MISSING = "There is no row {id} in quarantine."
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
def row(request: Request, id: Id, ledger: TheLedger, desk: TheDesk) -> Response:
    """One of them."""
    held = found(one(ledger, id), MISSING.format(id=id))
    return render(request, "quarantine_row.html", row=held, said=None, able=desk.retry is not None)


@router.post("/quarantine/{id}/retry")
def retry(request: Request, id: Id, ledger: TheLedger, desk: TheDesk) -> Response:
    """The same, after it was tried again."""
    tried = found(again(ledger, id, desk.retry), MISSING.format(id=id))
    return render(request, "quarantine_row.html", row=tried.row, said=tried.said, able=True)
