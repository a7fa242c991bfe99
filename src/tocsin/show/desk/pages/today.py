"""The first page: what is new."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from tocsin.show.desk.content.today import today
from tocsin.show.desk.desk import Entry, TheLedger
from tocsin.show.desk.rows import origin_parts, row_of, title_of
from tocsin.show.desk.templating import render

ENTRY = Entry("/", "Today")
router = APIRouter()


@router.get("/")
def show(request: Request, ledger: TheLedger) -> Response:
    """The page."""
    new = today(ledger)
    articles = [
        (one.document.id, title_of(one.document), origin_parts(one.document), [row_of(found) for found in one.claims])
        for one in new.articles
    ]
    return render(request, "today.html", articles=articles, alerts=new.alerts)
