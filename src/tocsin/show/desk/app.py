"""The app: pages, their JSON twins, and the layers around both."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import AsyncIterator
from pathlib import Path
from types import ModuleType

from anyio import to_thread
from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles

from tocsin import __version__
from tocsin.show.desk import api, pages, problems, schema
from tocsin.show.desk.content.places import Atlas
from tocsin.show.desk.desk import Desk, Entry
from tocsin.show.desk.etags import Tags
from tocsin.show.desk.faults import Faults
from tocsin.show.desk.live import Live
from tocsin.show.desk.security import Changes, Gate, Hosts, Limits, Shield
from tocsin.show.page import TEMPLATES as PAGE

STATIC = Path(__file__).parent / "static"
SHARED = {"marks.css": "text/css", "page.js": "text/javascript"}
"""What the desk shares with the page that `tocsin read` writes."""

PREFIX = "/api/v1"
DESCRIPTION = "What the ledger says: the same records as the pages of the desk show, as JSON."


THREADS = 12
"""So many requests are answered at once, the others wait their turn. The ledger lends out at most fifteen connections,
and whoever waits for one too long would be turned away."""


@contextlib.asynccontextmanager
async def running(app: FastAPI) -> AsyncIterator[None]:
    """What holds as long as the app runs."""
    to_thread.current_default_thread_limiter().total_tokens = THREADS
    yield


def create(desk: Desk) -> FastAPI:
    """The app for a desk."""
    app = FastAPI(
        title="Tocsin",
        version=__version__,
        description=DESCRIPTION,
        openapi_url=f"{PREFIX}/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=running,
        middleware=[
            Middleware(Shield, desk),
            Middleware(Faults),
            Middleware(Hosts, desk),
            Middleware(Limits, desk),
            Middleware(Gate, desk),
            Middleware(Changes, desk),
            Middleware(Tags),
        ],
    )
    app.state.desk = desk
    app.state.atlas = Atlas(desk.ledger.engine)
    app.state.live = Live(desk.ledger)
    app.state.nav = entries(pages.PAGES)
    for module in pages.PAGES:
        app.include_router(module.router, include_in_schema=False)
    for module in api.API:
        app.include_router(module.router, prefix=PREFIX)
    for name, kind in SHARED.items():
        app.add_route(f"/static/{name}", functools.partial(shared, name, kind), include_in_schema=False)
    app.mount("/static", StaticFiles(directory=STATIC), "static")
    problems.register(app)
    schema.describe(app)
    return app


async def shared(name: str, kind: str, request: Request) -> Response:
    """A file that the desk shares."""
    return FileResponse(PAGE / name, media_type=kind)


def entries(modules: tuple[ModuleType, ...]) -> tuple[Entry, ...]:
    """The navigation: the entries of those pages that have one, in their order."""
    return tuple(module.ENTRY for module in modules if hasattr(module, "ENTRY"))
