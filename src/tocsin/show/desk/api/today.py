"""What is new, as JSON."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from tocsin.show.desk.content.today import Today, today
from tocsin.show.desk.desk import TheLedger
from tocsin.show.desk.schema import answer, answers

router = APIRouter()


@router.get("/today", responses=answers(Today), summary="What is new")
def show(ledger: TheLedger) -> Response:
    """The alerts that rang last, and the articles that were published last, with their newest claims."""
    return answer(today(ledger))
