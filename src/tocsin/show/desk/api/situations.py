"""Situations, as JSON."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from tocsin.show.desk.asked_situations import AskedSituations
from tocsin.show.desk.content.situations import Situations, SituationShown, situation, situations
from tocsin.show.desk.desk import Id, TheLedger, found
from tocsin.show.desk.schema import answer, answers

router = APIRouter(tags=["situations"])


@router.get("/situations", responses=answers(Situations), summary="Find situations")
def show(query: AskedSituations, ledger: TheLedger) -> Response:
    """A page of situations: claims from any number of articles about one event in the world."""
    return answer(situations(ledger, query))


@router.get("/situations/{id}", responses=answers(SituationShown, 404), summary="One situation")
def one(id: Id, ledger: TheLedger) -> Response:
    """A situation with its claims, who says what, the figures that were given and how they stand to each other. The id
    is that of any of its claims."""
    return answer(found(situation(ledger, id), f"There is no situation with the claim {id}."))
