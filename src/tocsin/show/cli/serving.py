"""`tocsin serve`: the desk. Its arguments, and how it is run."""

from __future__ import annotations

import contextlib
import functools
import os
import socket
import subprocess
import sys
import threading
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin import settings
from tocsin.errors import UsageError
from tocsin.show.cli import faults
from tocsin.show.cli.asking import Where

if TYPE_CHECKING:
    from types import FrameType

    from fastapi import FastAPI

    from tocsin.show.desk.access import Access

PORT, RATE, BURST = 8765, 20.0, 120

PATIENCE = 300
"""Seconds that a row of the quarantine has to be read again."""

TRYING = threading.Lock()
"""One is tried at a time."""


def serve(
    ledger: Where = None,
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Where to listen; other than on this machine only with a token.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="N", help="The port; 0 takes a free one.", min=0, max=65535)] = PORT,
    read_only: Annotated[bool, typer.Option("--read-only", help="Refuse every change.")] = False,
    token_file: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Let in who knows the token on its first line.", show_default=False),
    ] = None,
    user_header: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Let in whom the proxy in front names in this header.",
            show_default=False,
        ),
    ] = None,
    allow_host: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="A name by which it is addressed; may be repeated.", show_default=False),
    ] = None,
    rate: Annotated[
        float, typer.Option(metavar="N", help="Requests a second of one client, in the long run; 0 for all.", min=0)
    ] = RATE,
    burst: Annotated[int, typer.Option(metavar="N", help="Requests of one client at once.", min=1)] = BURST,
    browser: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
) -> int:
    """Serve the desk: a web app over the ledger, on this machine alone unless a token or a proxy guards it."""
    from tocsin.show.desk import access as entry

    token = entry.token_in(token_file) if token_file else None
    asked = entry.access(host, token, user_header, tuple(allow_host or ()))
    where = settings.load(ledger=ledger).ledger
    return _run(where, asked, port, read_only, rate, burst, browser)


def _run(where: str, access: Access, port: int, read_only: bool, rate: float, burst: int, browser: bool) -> int:
    """Serve until it is interrupted."""
    import uvicorn

    from tocsin.ledger import Ledger
    from tocsin.show.desk.app import create
    from tocsin.show.desk.desk import Desk

    with Ledger.open(where, create=False) as ledger, _listening(access.host, port) as listener:
        app = create(Desk(ledger, access, read_only, rate, burst, functools.partial(_again, where)))
        config = uvicorn.Config(
            app, log_level="warning", access_log=False, server_header=False, proxy_headers=False, lifespan="on",
            timeout_graceful_shutdown=5,
        )  # fmt: skip
        address = _address(access.host, listener.getsockname()[1])
        faults.tell(f"the desk is at {address} (Ctrl-C ends it)")
        if browser:
            webbrowser.open(address)
        server = uvicorn.Server(config)
        server.handle_exit = functools.partial(_end, app, server.handle_exit)  # type: ignore[method-assign]
        with contextlib.suppress(KeyboardInterrupt):
            server.run(sockets=[listener])
        app.state.atlas.close()
    return faults.DONE


def _end(app: FastAPI, leave: Callable[[int, FrameType | None], None], signal: int, frame: FrameType | None) -> None:
    """End the streams that open pages listen to, which else would keep the server from ending."""
    app.state.live.close()
    leave(signal, frame)


def _again(where: str, id: str) -> str:
    """Try a row of the quarantine again, in a process of its own, so that the desk need not hold a reader; what that
    says."""
    if not TRYING.acquire(blocking=False):
        return "another one is being tried; wait until that is done"
    try:
        done = subprocess.run(
            [sys.executable, "-m", "tocsin", "quarantine", "retry", id], env=os.environ | {"TOCSIN_LEDGER": where},
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=PATIENCE, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return f"it was not done after {PATIENCE} s; tocsin quarantine retry {id} has no such bound"
    finally:
        TRYING.release()
    return "; ".join((done.stderr + done.stdout).splitlines())


def _listening(host: str, port: int) -> socket.socket:
    """A socket that listens. Raises `UsageError` where that is not to be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as fault:
        what = (fault.strerror or str(fault)).lower()
        raise UsageError(f"--host {host} --port {port}: {what}; --port names another, 0 takes a free one") from fault


def _address(host: str, port: int) -> str:
    """Where a browser finds it."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{shown}:{port}/"


COMMANDS: dict[str, Callable[..., int]] = {"serve": serve}
