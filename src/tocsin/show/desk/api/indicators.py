"""The indicators, as JSON: what there is, when one would have rung, and keeping one."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body, Path
from starlette.responses import Response

from tocsin.show.desk.content.indicators import (
    LONGEST,
    OWN,
    DryRun,
    Library,
    Written,
    keep,
    library,
    rehearsed,
    written,
)
from tocsin.show.desk.desk import TheLedger, found
from tocsin.show.desk.schema import answer, answers

router = APIRouter(tags=["indicators"])

Name = Annotated[str, Path(description="The id of an indicator.", pattern="^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Yaml = Annotated[str, Body(description="The indicator, in YAML.", max_length=LONGEST)]
Day = Annotated[str | None, Body(description="A day of publication.", examples=["2024-12-23"])]


@router.get("/indicators", responses=answers(Library), summary="What is watched for")
def show() -> Response:
    """All packs of indicators."""
    return answer(library())


@router.get("/indicators/{id}", responses=answers(Written, 404), summary="One indicator")
def one(id: Name) -> Response:
    """An indicator in YAML, as `tocsin watch` takes it."""
    return answer(found(written(id), f"There is no indicator {id}."))


@router.post("/indicators/dry-run", responses=answers(DryRun, 413), summary="When an indicator would have rung")
def try_out(ledger: TheLedger, yaml: Yaml, first: Day = None, last: Day = None) -> Response:
    """The alerts that an indicator would have raised, over the last year that the ledger tells of where no days are
    named. Nothing is written."""
    return answer(rehearsed(ledger, yaml, first, last))


@router.post("/indicators", responses=answers(Written, 413), summary="Keep an indicator")
def save(yaml: Yaml, pack: Annotated[str, Body(description="The pack that it is kept in.")] = OWN) -> Response:
    """Keep an indicator in the folder of one's own, where it takes the place of one of the same id in its pack."""
    return answer(keep(yaml, pack))
