"""The alerts that rang, as JSON."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from fastapi import Query as Parameter
from starlette.responses import Response

from tocsin.ledger.alerts import Alert
from tocsin.show.desk.content.alerts import PAGE, Alerts, alerts
from tocsin.show.desk.desk import Id, TheLedger, found
from tocsin.show.desk.schema import answer, answers

router = APIRouter(tags=["alerts"])

Level = Annotated[str | None, Parameter(description="Of this level or graver: note, watch, warning, critical.")]
Pack = Annotated[str | None, Parameter(description="Of this pack of indicators.")]
Of = Annotated[str | None, Parameter(description="Of this indicator.")]
Since = Annotated[str | None, Parameter(description="Raised on this day (UTC) or later.", examples=["2024-12-23"])]
Before = Annotated[int | None, Parameter(description="Where the page before ended.", ge=1, le=2**62)]
Limit = Annotated[int, Parameter(description="Alerts of a page.", ge=1, le=200)]


@router.get("/alerts", responses=answers(Alerts), summary="What rang")
def show(
    ledger: TheLedger, level: Level = None, pack: Pack = None, indicator: Of = None, since: Since = None,
    before: Before = None, limit: Limit = PAGE,
) -> Response:  # fmt: skip
    """A page of alerts with their evidence, the last that rang first."""
    found_ = alerts(ledger, level=level, pack=pack, indicator=indicator, since=since, before=before, limit=limit)
    return answer(found_)


@router.get("/alerts/{id}", responses=answers(Alert, 404), summary="One alert")
def one(id: Id, ledger: TheLedger) -> Response:
    """An alert: why it rang, and the claims that made it ring."""
    return answer(found(ledger.alert(id), f"There is no alert {id}."))
