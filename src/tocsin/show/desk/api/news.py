"""What is new since somebody last looked, as JSON: what the stream `/events` tells pages."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from tocsin.show.desk.content.news import News, mark_of, news
from tocsin.show.desk.desk import TheLedger
from tocsin.show.desk.schema import answer, answers

router = APIRouter()
Since = Annotated[str | None, Query(description="The mark of the last answer, such as 12.3.")]


@router.get("/news", responses=answers(News), summary="What came in since")
def show(ledger: TheLedger, since: Since = None) -> Response:
    """How many documents and claims came in, and which alerts rang, since a mark; without one, only the mark."""
    return answer(news(ledger, mark_of(since) if since else None))
