"""Pages from templates. Everything that is put into one is shown as text: escaping is on, and no template marks what
comes from the ledger as safe."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jinja2
from fastapi import Request
from starlette.responses import HTMLResponse, Response

from tocsin.show import table, words
from tocsin.show.desk import access
from tocsin.show.desk.desk import Caller, Desk
from tocsin.show.plain import one_line, shorten

TEMPLATES = Path(__file__).parent / "templates"
THEMES = ("light", "dark")


def render(
    request: Request, name: str, status: int = 200, headers: Mapping[str, str] | None = None, **values: Any
) -> Response:
    """A page. Templates know besides `values`: the desk's navigation, whether it is read only, the path asked for, the
    token that changes must carry, the theme that was chosen."""
    desk: Desk = request.app.state.desk
    caller: Caller | None = request.scope.get("tocsin.caller")
    theme = request.cookies.get("theme")
    shared = {
        "nav": request.app.state.nav,
        "path": request.url.path,
        "ledger": desk.ledger.name,
        "read_only": desk.read_only,
        "csrf": access.csrf_of(desk.access, caller.session) if caller else "",
        "who": caller.name if caller else None,
        "signed_in": bool(caller and caller.session.known),
        "theme": theme if theme in THEMES else None,
        "partial": request.headers.get("hx-request") == "true",
    }
    return HTMLResponse(environment().get_template(name).render(shared | values | {"status": status}), status, headers)


@functools.cache
def environment() -> jinja2.Environment:
    """How templates are read."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "line": one_line,
        "shorten": shorten,
        "day": words.day_words,
        "number": words.number_words,
        "counted": table.counted,
        "moment": moment,
    }
    return made


def moment(stamp: str) -> str:
    """A moment as the ledger keeps it, `2024-12-23T10:00:00Z`, as `23 Dec 2024, 10:00 UTC`."""
    return f"{words.day_words(stamp[:10])}, {stamp[11:16]} UTC"
