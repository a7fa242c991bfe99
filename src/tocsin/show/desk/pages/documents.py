"""An article with all its claims, as `tocsin read --format html` shows it."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from tocsin.model import Report
from tocsin.show import page
from tocsin.show.desk.content.documents import article
from tocsin.show.desk.desk import Id, TheLedger, found
from tocsin.show.desk.templating import render

router = APIRouter()


@router.get("/documents/{id}")
def show(request: Request, id: Id, ledger: TheLedger) -> Response:
    """The page."""
    held = found(article(ledger, id), f"There is no article {id}.")
    report = Report(document=held.document, claims=tuple(one.claim for one in held.claims))
    return render(
        request,
        "document.html",
        d=page.view(1, report),
        ids={number: one.id for number, one in enumerate(held.claims, 1)},
        held=held,
        legend=page.LEGEND,
    )
