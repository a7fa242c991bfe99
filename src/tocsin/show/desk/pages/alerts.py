"""What rang, and why."""

from __future__ import annotations

import urllib.parse

from fastapi import APIRouter, Request
from starlette.responses import Response

from tocsin.ledger.query import day
from tocsin.show.desk.api.alerts import Before, Level, Of, Pack, Since
from tocsin.show.desk.content.alerts import alerts, claims_of
from tocsin.show.desk.desk import Entry, Id, TheLedger, found
from tocsin.show.desk.rows import row_of
from tocsin.show.desk.templating import render
from tocsin.watch.levels import levels
from tocsin.watch.library import packs

ENTRY = Entry("/alerts", "Alerts")
router = APIRouter()


@router.get("/alerts")
def show(
    request: Request, ledger: TheLedger, level: Level = None, pack: Pack = None, indicator: Of = None,
    since: Since = None, before: Before = None,
) -> Response:  # fmt: skip
    """The list, or the entries that follow on a page."""
    day("since", since or None)
    asked = {"level": level, "pack": pack, "indicator": indicator, "since": since}
    given = {name: value for name, value in asked.items() if value}
    page = alerts(ledger, before=before, **given)  # type: ignore[arg-type]
    more = f"/alerts?{urllib.parse.urlencode({**given, 'before': page.before})}" if page.before else None
    rest = before is not None and request.headers.get("hx-request") == "true"
    return render(
        request, "alerts_rows.html" if rest else "alerts.html", alerts=page.alerts, more=more, asked=asked,
        levels=levels().levels, packs=[(pack.id, pack.title) for pack in packs().values()],
    )  # fmt: skip


@router.get("/alerts/{id}")
def one(request: Request, id: Id, ledger: TheLedger) -> Response:
    """One alert with its evidence."""
    alert = found(ledger.alert(id), f"There is no alert {id}.")
    rows = [row_of(claim) for claim in claims_of(ledger, alert)]
    pack = packs().get(alert.pack)
    return render(request, "alert.html", alert=alert, rows=rows, pack=pack.title if pack else alert.pack)
