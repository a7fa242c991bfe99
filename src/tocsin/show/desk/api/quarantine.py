"""What could not be read, as JSON."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from fastapi import Query as Parameter
from starlette.responses import Response

from tocsin.show.desk.content.quarantine import PAGE, Quarantine, Refused, Tried, again, one, quarantine
from tocsin.show.desk.desk import Id, TheDesk, TheLedger, found
from tocsin.show.desk.schema import answer, answers

router = APIRouter(tags=["quarantine"])


@router.get("/quarantine", responses=answers(Quarantine), summary="What could not be read")
def rows(
    ledger: TheLedger,
    resolved: Annotated[bool, Parameter(description="Also what was read since.")] = False,
    limit: Annotated[int, Parameter(description="Rows of a page.", ge=1, le=500)] = PAGE,
    cursor: Annotated[str | None, Parameter(description="Where the page before ended.")] = None,
) -> Response:
    """A page of the quarantine, the latest first."""
    return answer(quarantine(ledger, resolved=resolved, cursor=cursor, limit=limit))


@router.get("/quarantine/{id}", responses=answers(Refused, 404), summary="One row of the quarantine")
def row(id: Id, ledger: TheLedger) -> Response:
    """One thing that could not be read."""
    return answer(found(one(ledger, id), f"There is no row {id} in quarantine."))


@router.post("/quarantine/{id}/retry", responses=answers(Tried, 404, 413), summary="Try one again")
def retry(id: Id, ledger: TheLedger, desk: TheDesk) -> Response:
    """Read again what could not be read; what is read now is in the ledger then, and its row is resolved."""
    return answer(found(again(ledger, id, desk.retry), f"There is no row {id} in quarantine."))
