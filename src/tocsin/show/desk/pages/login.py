"""Signing in with the desk's token, and out again."""

from __future__ import annotations

import time
import urllib.parse

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from tocsin.show.desk import access
from tocsin.show.desk.desk import TheDesk, caller_of
from tocsin.show.desk.security import set_cookie
from tocsin.show.desk.templating import render

router = APIRouter()


@router.get("/login")
def ask(request: Request, desk: TheDesk) -> Response:
    """The form; who is in already goes on."""
    onward = onward_of(request.query_params.get("next", "/"))
    if desk.access.token is None or caller_of(request).session.known:
        return RedirectResponse(onward, 303)
    return render(request, "login.html", onward=onward, wrong=False)


@router.post("/login")
async def enter(request: Request, desk: TheDesk) -> Response:
    """Let in who knows the token."""
    given = dict(urllib.parse.parse_qsl((await request.body()).decode("utf-8", "replace")))
    onward = onward_of(given.get("next", "/"))
    if not access.shows_token(desk.access, given.get("token", "").strip()):
        return render(request, "login.html", 401, onward=onward, wrong=True)
    session = access.new_session(desk.access, int(time.time()), known=True)
    return RedirectResponse(onward, 303, {"Set-Cookie": set_cookie(desk, session, request.scope)})


@router.post("/logout")
def leave(request: Request, desk: TheDesk) -> Response:
    """Forget the session."""
    session = access.new_session(desk.access, int(time.time()))
    return RedirectResponse("/login", 303, {"Set-Cookie": set_cookie(desk, session, request.scope)})


def onward_of(asked: str) -> str:
    """Where to go on: an address of this desk, never one of another site."""
    return asked if asked.startswith("/") and not asked.startswith(("//", "/\\")) and asked.isprintable() else "/"
