"""The indicators: what is watched for; an editor with a dry run."""

from __future__ import annotations

import urllib.parse
from collections.abc import Mapping

from anyio import to_thread
from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from tocsin.errors import TocsinError
from tocsin.ledger import Ledger
from tocsin.show.desk.api.indicators import Name
from tocsin.show.desk.content.indicators import LONGEST, NEW, OWN, Written, keep, library, rehearsed, span, written
from tocsin.show.desk.desk import Entry, TheLedger, found
from tocsin.show.desk.templating import render
from tocsin.show.plain import one_line
from tocsin.watch.levels import levels

ENTRY = Entry("/indicators", "Indicators")
router = APIRouter()
SHOWN = 60


@router.get("/indicators")
def show(request: Request) -> Response:
    """The list of packs."""
    ranks = {level.id: rank for rank, level in enumerate(levels().levels)}
    return render(request, "indicators.html", library=library(), ranks=ranks)


@router.get("/indicators/new")
def new(request: Request, ledger: TheLedger) -> Response:
    """The editor with a beginning."""
    return _editor(request, ledger, Written(id="", pack=OWN, yaml=NEW))


@router.get("/indicators/{id}")
def edit(request: Request, id: Name, ledger: TheLedger, kept: bool = False) -> Response:
    """The editor with an indicator."""
    return _editor(request, ledger, found(written(id), f"There is no indicator {id}."), kept=kept)


@router.post("/indicators/dry-run")
async def try_out(request: Request, ledger: TheLedger) -> Response:
    """When what the editor holds would have rung: a part of its page, or the whole of it."""
    form = form_in(await request.body())
    return await to_thread.run_sync(_tried, request, ledger, form)


@router.post("/indicators/save")
async def save(request: Request, ledger: TheLedger) -> Response:
    """Keep what the editor holds."""
    form = form_in(await request.body())
    return await to_thread.run_sync(_saved, request, ledger, form)


def _tried(request: Request, ledger: Ledger, form: Mapping[str, str]) -> Response:
    run, fault = None, None
    try:
        run = rehearsed(ledger, form.get("yaml", "")[:LONGEST], form.get("first"), form.get("last"))
    except TocsinError as said:
        fault = one_line(str(said))
    shown = run.alerts[-SHOWN:][::-1] if run else ()
    if request.headers.get("hx-request") == "true":
        return render(request, "indicator_run.html", run=run, fault=fault, alerts=shown)
    held = Written(id=form.get("id", ""), pack=form.get("pack", OWN), yaml=form.get("yaml", ""))
    return _editor(request, ledger, held, run=run, fault=fault, alerts=shown)


def _saved(request: Request, ledger: Ledger, form: Mapping[str, str]) -> Response:
    text, pack = form.get("yaml", "")[:LONGEST], form.get("pack", OWN)
    try:
        held = keep(text.replace("\r\n", "\n"), pack)
    except TocsinError as said:
        held = Written(id=form.get("id", ""), pack=pack, yaml=text)
        return _editor(request, ledger, held, status=422, fault=one_line(str(said)))
    return RedirectResponse(f"/indicators/{held.id}?kept=true", 303)


def _editor(request: Request, ledger: Ledger, held: Written, status: int = 200, **more: object) -> Response:
    """The editor."""
    first, last = span(ledger) or ("", "")
    form = {"run": None, "fault": None, "alerts": (), "kept": False} | more
    return render(request, "indicator.html", status, held=held, first=first, last=last, folder=library().folder, **form)  # type: ignore[arg-type]


def form_in(body: bytes) -> dict[str, str]:
    """The fields of a form."""
    return dict(urllib.parse.parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
