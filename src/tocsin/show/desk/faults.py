"""A fault of the app ends as an answer, and as a trace in the log; it ends no connection and tells the caller nothing
of the inside."""

from __future__ import annotations

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tocsin.show.desk.problems import broken


class Faults:
    """ASGI middleware that answers where the app could not."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        begun = False

        async def noted(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, noted)
        except Exception as fault:
            if begun or scope["type"] != "http":
                raise
            await broken(Request(scope), fault)(scope, receive, send)
