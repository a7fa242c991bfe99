"""Sources: what became of what they foretold."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from tocsin.ledger import Query
from tocsin.show.desk.api.forecasts import AskedForecasts
from tocsin.show.desk.asked import address
from tocsin.show.desk.content.forecasts import records
from tocsin.show.desk.desk import Entry, TheLedger
from tocsin.show.desk.templating import render

ENTRY = Entry("/sources", "Sources")
router = APIRouter()


@router.get("/sources")
def show(request: Request, query: AskedForecasts, ledger: TheLedger) -> Response:
    """The page."""
    held = records(ledger, query)
    rows = [(one, address("/find", Query(), source=one.source)) for one in held.records]
    return render(request, "sources.html", held=held, query=query, rows=rows)
