"""A desk over a ledger, served on a free port of the loopback by a thread of the test."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from typing import Any

import uvicorn

from tocsin.ledger import Ledger
from tocsin.show.desk.access import access
from tocsin.show.desk.app import create
from tocsin.show.desk.desk import Desk


@contextlib.contextmanager
def served(ledger: Ledger, **desk: Any) -> Iterator[str]:
    """The address of a desk while it is served."""
    app = create(Desk(ledger, access(), **{"rate": 0.0} | desk))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        config = uvicorn.Config(app, log_level="warning", access_log=False, timeout_graceful_shutdown=3)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            app.state.live.close()
            server.should_exit = True
            thread.join(20)
            app.state.atlas.close()
