"""Forecasts and the records of those who made them, as JSON."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi import Query as Parameter
from starlette.responses import Response

from tocsin.judgement import State
from tocsin.show.desk.content.forecasts import ForecastQuery, Foretold, Records, foretold, records
from tocsin.show.desk.desk import TheLedger
from tocsin.show.desk.schema import answer, answers

router = APIRouter(tags=["forecasts"])

Day = str | None


def asked(
    on: Annotated[Day, Parameter(description="As they stand at the end of this day.", examples=["2024-12-23"])] = None,
    due_from: Annotated[Day, Parameter(description="Their time ends on this day or later.")] = None,
    due_to: Annotated[Day, Parameter(description="Their time ends on this day or earlier.")] = None,
    source: Annotated[str | None, Parameter(description="Of a source, by words of its name.")] = None,
    state: Annotated[list[State] | None, Parameter(description="How they stand.")] = None,
) -> ForecastQuery:
    """The question that the parameters mean."""
    return ForecastQuery(
        on=on or None, due_from=due_from or None, due_to=due_to or None, source=source or None,
        states=tuple(state or ()),
    )  # fmt: skip


AskedForecasts = Annotated[ForecastQuery, Depends(asked)]
Limit = Annotated[int, Parameter(description="Forecasts, at most.", ge=1, le=500)]


@router.get("/forecasts", responses=answers(Foretold), summary="What was foretold")
def show(query: AskedForecasts, ledger: TheLedger, limit: Limit = 100) -> Response:
    """Plans and warnings with an end to their time, and what became of them."""
    return answer(foretold(ledger, query, limit))


@router.get("/sources", responses=answers(Records), summary="How sources fared")
def sources(query: AskedForecasts, ledger: TheLedger) -> Response:
    """What became of each source's forecasts; a Brier score from five on that have ended."""
    return answer(records(ledger, query))
