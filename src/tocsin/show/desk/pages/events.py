"""The stream that tells open pages what comes in and what rings (server-sent events)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Header, Request
from starlette.responses import Response, StreamingResponse

from tocsin.show.desk.content.news import mark_of
from tocsin.show.desk.live import Live

router = APIRouter()
HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


@router.get("/events")
async def stream(
    request: Request, since: str | None = None, last_event_id: Annotated[str | None, Header()] = None
) -> Response:
    """Events of the kind `news`, each with a mark as its id; a browser that was cut off goes on from there."""
    live: Live = request.app.state.live
    known = last_event_id or since
    if known:
        mark_of(known)
    return StreamingResponse(live.events(known), headers=HEADERS, media_type="text/event-stream")
