"""What stands between the network and the desk, as layers around the app, outermost first:

`Shield`    the headers that tell a browser what a page may do
`Hosts`     only requests to a name that is the desk's
`Limits`    so many requests a client
`Gate`      only those who may come in; it knows the session
`Changes`   none where the desk is read only; else only from its own pages
"""

from __future__ import annotations

import time
import urllib.parse
from abc import ABC, abstractmethod

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tocsin.show.desk import access
from tocsin.show.desk.access import Session
from tocsin.show.desk.desk import Caller, Desk
from tocsin.show.desk.limits import Buckets
from tocsin.show.desk.problems import API, told

COOKIE = "tocsin_session"
TOKEN_HEADER, TOKEN_FIELD = "x-csrf-token", "csrf"
SAFE = ("GET", "HEAD", "OPTIONS")
OPEN = ("/login", "/static/")
"""Addresses that need no sign-in: how to sign in, and what that page looks like."""

FORM = "application/x-www-form-urlencoded"
LARGEST = 1_000_000
"""Bytes of a change, at most."""

# With "no-referrer" a browser would send `Origin: null` with the forms of our own pages, which then could not be told
# from those of another site.
HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "geolocation=(), camera=(), microphone=(), payment=()",
}


class Layer(ABC):
    """ASGI middleware of this desk."""

    def __init__(self, app: ASGIApp, desk: Desk) -> None:
        self.app = app
        self.desk = desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "http":
            await self.answer(scope, receive, send)
        elif scope["type"] == "lifespan":
            await self.app(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1000})

    @abstractmethod
    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request over HTTP."""


class Shield(Layer):
    """Adds the headers to every answer."""

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, with the headers."""

        async def shielded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=list(message["headers"]))
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("cache-control", "no-cache")
                message = {**message, "headers": headers.raw}
            await send(message)

        await self.app(scope, receive, shielded)


class Hosts(Layer):
    """Refuses what is meant for another name."""

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer what is meant for the desk."""
        request = Request(scope)
        host = host_in(Headers(scope=scope).get("host", ""))
        if host is None or not access.knows_host(self.desk.access, host):
            detail = "The desk does not answer to this name; tocsin serve --allow-host NAME makes it known."
            await told(request, 421, detail)(scope, receive, send)
            return
        await self.app(scope, receive, send)


class Limits(Layer):
    """Refuses a client that asks too much; what the pages are dressed in does not count."""

    def __init__(self, app: ASGIApp, desk: Desk) -> None:
        super().__init__(app, desk)
        self.buckets = Buckets(desk.rate, desk.burst)

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or say when to come again."""
        wait = 0.0 if scope["path"].startswith("/static/") else self.buckets.take(self.client(scope))
        if wait:
            seconds = str(max(1, round(wait + 0.5)))
            detail = f"Too many requests; come again in {seconds} s."
            await told(Request(scope), 429, detail, {"Retry-After": seconds})(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def client(self, scope: Scope) -> str:
        """Whose bucket it is: the name that the proxy gives, else the address."""
        name = self.desk.access.user_header and Headers(scope=scope).get(self.desk.access.user_header)
        return f"name {name}" if name else f"address {(scope.get('client') or ('',))[0]}"


class Gate(Layer):
    """Lets in who may come in, and gives everyone a session."""

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer who may come in."""
        request = Request(scope)
        now = int(time.time())
        session = access.session_in(self.desk.access, request.cookies.get(COOKIE, ""), now)
        fresh = session is None
        session = session or access.new_session(self.desk.access, now)
        caller = self.caller(request, session)
        scope["tocsin.caller"] = caller
        if not self.is_let_in(caller) and not scope["path"].startswith(OPEN):
            await self.refusal(request)(scope, receive, send)
            return

        async def remembered(message: Message) -> None:
            if message["type"] == "http.response.start" and fresh and not caller.bearer:
                headers = MutableHeaders(raw=list(message["headers"]))
                if headers.get("content-type", "").startswith("text/html") and "set-cookie" not in headers:
                    headers.append("set-cookie", set_cookie(self.desk, session, scope))
                    message = {**message, "headers": headers.raw}
            await send(message)

        await self.app(scope, receive, remembered)

    def caller(self, request: Request, session: Session) -> Caller:
        """Who it is."""
        kind, _, given = request.headers.get("authorization", "").partition(" ")
        bearer = kind.lower() == "bearer" and access.shows_token(self.desk.access, given.strip())
        header = self.desk.access.user_header
        return Caller(session, (header and request.headers.get(header)) or None, bearer)

    def is_let_in(self, caller: Caller) -> bool:
        """Whether somebody may come in."""
        asked = self.desk.access
        if asked.token is not None:
            return caller.bearer or caller.session.known
        return asked.user_header is None or caller.name is not None

    def refusal(self, request: Request) -> Response:
        """What is said to others: where to sign in, where that is possible here."""
        if self.desk.access.token is None:
            return told(request, 403, "The proxy in front of the desk has not said who you are; sign in there.")
        if request.method == "GET" and not request.url.path.startswith(API):
            asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
            return RedirectResponse("/login?" + urllib.parse.urlencode({"next": asked}), 303)
        headers = {"WWW-Authenticate": 'Bearer realm="tocsin"'}
        return told(request, 401, "Send the desk's token: Authorization: Bearer TOKEN.", headers)


class Changes(Layer):
    """Refuses changes where the desk is read only, and such as another site has a browser make."""

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer what changes nothing, and changes that may be made."""
        if scope["method"] in SAFE:
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        if self.desk.read_only and scope["path"] not in (*SESSIONS, *HARMLESS):
            await told(request, 403, "The desk is read only.")(scope, receive, send)
            return
        body = await body_of(receive)
        if body is None:
            await told(request, 413, f"More than {LARGEST:,} bytes.")(scope, receive, send)
            return
        fault = self.fault(request, body)
        if fault is not None:
            await told(request, 403, fault)(scope, receive, send)
            return
        await self.app(scope, replayed(body, receive), send)

    def fault(self, request: Request, body: bytes) -> str | None:
        """Why a change is refused, `None` where it is not."""
        origin = request.headers.get("origin")
        if origin is not None and urllib.parse.urlsplit(origin).netloc != request.headers.get("host"):
            return "The change comes from another site."
        if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return "The change comes from another site."
        caller: Caller = request.scope["tocsin.caller"]
        if caller.bearer or access.is_csrf(self.desk.access, caller.session, csrf_in(request, body)):
            return None
        return "The page is stale, or cookies are off; load it again, and then make the change."


SESSIONS = ("/login", "/logout")
"""Changes to the caller's own session alone."""

HARMLESS = ("/indicators/dry-run", f"{API}v1/indicators/dry-run")
"""What is sent as a change would be, and changes nothing."""


def csrf_in(request: Request, body: bytes) -> str:
    """What a change carries to show that it comes from a page of the session: a header, or a field of the form."""
    if header := request.headers.get(TOKEN_HEADER):
        return header
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
        return ""
    return dict(urllib.parse.parse_qsl(body.decode("utf-8", "replace"))).get(TOKEN_FIELD, "")


async def body_of(receive: Receive) -> bytes | None:
    """The body of a request, `None` where it is too large."""
    body = b""
    more = True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > LARGEST:
            return None
    return body


def replayed(body: bytes, receive: Receive) -> Receive:
    """A body that was read, to be read again; then what comes after it."""
    given = False

    async def replay() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay


def host_in(header: str) -> str | None:
    """The host of a Host header, without its port, `None` where there is none."""
    try:
        return urllib.parse.urlsplit(f"//{header}").hostname
    except ValueError:
        return None


def set_cookie(desk: Desk, session: Session, scope: Scope) -> str:
    """The header that gives a browser its session."""
    proxied = Headers(scope=scope).get("x-forwarded-proto", "")
    secure = "; Secure" if scope["scheme"] == "https" or proxied == "https" else ""
    value = access.cookie_of(desk.access, session)
    return f"{COOKIE}={value}; Path=/; Max-Age={access.LASTS}; HttpOnly; SameSite=Strict{secure}"
