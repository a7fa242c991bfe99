"""The first page: what is new."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from tocsin.show.desk.content.today import due, today
from tocsin.show.desk.desk import Entry, TheLedger
from tocsin.show.desk.rows import origin_parts, row_of, title_of
from tocsin.show.desk.templating import render
from tocsin.show.foretold import due_words

ENTRY = Entry("/", "Today")
router = APIRouter()

FIRST = 6
"""So many claims of an article are shown; the article has all."""


@router.get("/")
def show(request: Request, ledger: TheLedger) -> Response:
    """The page."""
    new = today(ledger)
    articles = [
        (one.document.id, title_of(one.document), origin_parts(one.document), rows[:FIRST], len(rows[FIRST:]))
        for one in new.articles
        for rows in [[row_of(found) for found in one.claims]]
    ]
    return render(request, "today.html", articles=articles, alerts=new.alerts)


@router.get("/today/due")
def falling_due(request: Request, ledger: TheLedger) -> Response:
    """The part of the page that takes longer: the forecasts that fall due next."""
    held = due(ledger)
    rows = {one.id: row_of(one) for one in held.claims}
    lines = [(one, due_words(one), rows[one.claim]) for one in held.forecasts]
    return render(request, "today_due.html", lines=lines)
