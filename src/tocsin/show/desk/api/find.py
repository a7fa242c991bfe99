"""Finding claims, as JSON."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from tocsin.ledger.facets import Facets
from tocsin.show.desk.asked import Asked
from tocsin.show.desk.content.find import Findings, facets, findings
from tocsin.show.desk.desk import TheLedger
from tocsin.show.desk.schema import answer, answers

router = APIRouter(tags=["claims"])


@router.get("/find", responses=answers(Findings), summary="Find claims")
def find(query: Asked, ledger: TheLedger) -> Response:
    """A page of the claims that meet all conditions; several values of one parameter are alternatives."""
    return answer(findings(ledger, query))


@router.get("/find/facets", responses=answers(Facets), summary="What the claims found are like")
def counts(query: Asked, ledger: TheLedger) -> Response:
    """Counts by type, status, country and publisher, among the first claims that the query finds."""
    return answer(facets(ledger, query))
