"""Answers that the caller has already are not sent again (RFC 9110, If-None-Match).

The tag is a digest of the answer itself, so it is right whatever the answer was made of. Streams and files that bring a
tag of their own go through as they are.
"""

from __future__ import annotations

import hashlib

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

TAGGED = ("application/json", "application/geo+json", "text/html")
KEPT = ("etag", "cache-control", "vary", "set-cookie", "content-location", "date", "expires")
"""What an answer without its body still says."""


class Tags:
    """ASGI middleware that gives whole answers a tag, and answers HEAD as GET."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        out = send if scope["method"] == "GET" else _without_body(send)
        answer = _Answer(Headers(scope=scope).get("if-none-match"), out)
        await self.app({**scope, "method": "GET"}, receive, answer.send)


def _without_body(out: Send) -> Send:
    """What a HEAD request is sent: all of the answer to GET but its body."""

    async def send(message: Message) -> None:
        await out({**message, "body": b""} if message["type"] == "http.response.body" else message)

    return send


class _Answer:
    """One answer on its way out, held back until it is whole where it gets a tag."""

    def __init__(self, known: str | None, out: Send) -> None:
        self.known = known
        self.out = out
        self.start: Message | None = None
        self.body = b""

    async def send(self, message: Message) -> None:
        """Take one message of the app."""
        if message["type"] == "http.response.start" and _is_tagged(message):
            self.start = message
        elif self.start is None or message["type"] != "http.response.body":
            await self.out(message)
        else:
            self.body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._finish(self.start)

    async def _finish(self, start: Message) -> None:
        headers = MutableHeaders(raw=list(start["headers"]))
        tag = f'"{hashlib.blake2b(self.body, digest_size=12).hexdigest()}"'
        headers["etag"] = tag
        headers.setdefault("cache-control", "private, no-cache")
        headers.add_vary_header("Cookie, HX-Request")
        if matches(self.known, tag):
            raw = [(name, value) for name, value in headers.raw if name.decode("latin-1").lower() in KEPT]
            await self.out({"type": "http.response.start", "status": 304, "headers": raw})
            await self.out({"type": "http.response.body", "body": b""})
            return
        await self.out({**start, "headers": headers.raw})
        await self.out({"type": "http.response.body", "body": self.body})


def _is_tagged(start: Message) -> bool:
    headers = Headers(raw=start["headers"])
    return start["status"] == 200 and headers.get("content-type", "").partition(";")[0] in TAGGED


def matches(known: str | None, tag: str) -> bool:
    """Whether one of the tags that the caller names is this one; weak tags compare by their value."""
    if known is None:
        return False
    return known.strip() == "*" or tag in [one.strip().removeprefix("W/") for one in known.split(",")]
