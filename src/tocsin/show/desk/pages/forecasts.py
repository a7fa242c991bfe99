"""What was foretold, and what became of it."""

from __future__ import annotations

import urllib.parse

from fastapi import APIRouter, Request
from starlette.responses import Response

from tocsin.show.desk.api.forecasts import AskedForecasts
from tocsin.show.desk.content.forecasts import STATES, foretold
from tocsin.show.desk.desk import Entry, TheLedger
from tocsin.show.desk.rows import row_of
from tocsin.show.desk.templating import render
from tocsin.show.foretold import due_words

ENTRY = Entry("/forecasts", "Forecasts")
router = APIRouter()


@router.get("/forecasts")
def show(request: Request, query: AskedForecasts, ledger: TheLedger) -> Response:
    """The page."""
    held = foretold(ledger, query)
    rows = {one.id: row_of(one) for one in held.claims}
    lines = [(one, due_words(one), rows[one.claim], rows.get(one.by or "")) for one in held.forecasts]
    asked = {"on": query.on, "due_from": query.due_from, "due_to": query.due_to, "source": query.source}
    given = [(name, value) for name, value in asked.items() if value]
    return render(
        request, "forecasts.html", held=held, query=query, states=STATES,
        open=[line for line in lines if line[0].state == "open"],
        ended=[line for line in lines if line[0].state != "open"],
        records=f"/sources?{urllib.parse.urlencode(given)}" if given else "/sources",
    )  # fmt: skip
