"""Claims and articles, as JSON."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from tocsin.show.desk.content.claims import Shown, shown
from tocsin.show.desk.content.documents import Article, article
from tocsin.show.desk.desk import Id, TheLedger, found
from tocsin.show.desk.schema import answer, answers

router = APIRouter(tags=["claims"])


@router.get("/claims/{id}", responses=answers(Shown, 404), summary="One claim")
def claim(id: Id, ledger: TheLedger) -> Response:
    """A claim with the paragraphs that hold its evidence, and what is known of it beside."""
    return answer(found(shown(ledger, id), f"There is no claim {id}."))


@router.get("/documents/{id}", responses=answers(Article, 404), summary="One article")
def document(id: Id, ledger: TheLedger) -> Response:
    """An article, as it was read, with all its claims."""
    return answer(found(article(ledger, id), f"There is no article {id}."))
