"""A page from an http(s) address: with time limits, a size limit that holds while it streams, and an honest name."""

from __future__ import annotations

import io
import time
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from typing import NamedTuple
from urllib.parse import urldefrag

import httpx

from tocsin.errors import NotFound
from tocsin.read.blob import Blob, too_large
from tocsin.read.coding import decode_body

TOTAL = 4.0
"""A page may take so many times the timeout as a whole, so that a server that drips bytes does not hold us."""

REDIRECTS = 10
ACCEPT = (
    "text/html, application/json, application/rss+xml, application/atom+xml, application/feed+json, "
    "application/xml;q=0.9, text/plain;q=0.9, */*;q=0.5"
)


class Limits(NamedTuple):
    """`size`: bytes of an answer. `max_size`: the limit that a user sets, for the message. `timeout`: seconds for each
    of connecting, sending and waiting for bytes."""

    size: int
    max_size: int
    timeout: float


class Answer(NamedTuple):
    """What a server says, unpacked. `headers` have small letters."""

    url: str
    status: int
    reason: str
    headers: Mapping[str, str]
    charset: str | None
    data: bytes

    def blob(self, source: str) -> Blob:
        """The body as something to read."""
        return Blob(source, io.BytesIO(self.data), size=len(self.data), url=self.url, charset=self.charset)


def user_agent(contact: str | None = None) -> str:
    """Who asks: the name, the version, and whom to write to (an address of the web or of mail), or what for."""
    try:
        number = version("tocsin")
    except PackageNotFoundError:
        number = "0"
    what = " ".join(contact.split()) if contact else "reads news articles on request of its user"
    return f"tocsin/{number} (+{what}; python-httpx/{httpx.__version__})"


def headers(contact: str | None = None) -> dict[str, str]:
    """What goes with every request."""
    return {"User-Agent": user_agent(contact), "Accept": ACCEPT, "Accept-Encoding": "gzip, deflate"}


def fetch(url: str, *, limit: int, max_size: int, timeout: float) -> Blob:
    """Get `url`. `timeout` is in seconds, for each of connecting, sending and waiting for bytes. Raise `NotFound` where
    no page comes, `TooLarge` over `limit` bytes."""
    with httpx.Client(follow_redirects=True, max_redirects=REDIRECTS, timeout=timeout, headers=headers()) as client:
        answer = receive(client, url, Limits(limit, max_size, timeout))
    if answer.status >= 400:
        raise NotFound(url, f"the server answers {answer.status} {answer.reason}".rstrip())
    return answer.blob(url)


def receive(client: httpx.Client, url: str, limits: Limits, headers: Mapping[str, str] | None = None) -> Answer:
    """What the server says to one request, whatever its status; the body of an error is not read. Raise `NotFound`
    where nothing comes, `TooLarge` over the limit."""
    deadline = time.monotonic() + TOTAL * limits.timeout
    try:
        with client.stream("GET", url, headers=headers) as answer:
            data = _body(answer, url, limits, deadline) if answer.is_success else b""
            sent = {name.lower(): value for name, value in answer.headers.items()}
            charset = answer.charset_encoding
            at = urldefrag(str(answer.url)).url  # what stands behind # names a place in the page, and no other page
            return Answer(at, answer.status_code, answer.reason_phrase, sent, charset, data)
    except httpx.TimeoutException as fault:
        raise NotFound(url, f"no answer within {limits.timeout:g} s; try again later") from fault
    except httpx.TooManyRedirects as fault:
        raise NotFound(url, f"more than {REDIRECTS} redirects") from fault
    except (httpx.InvalidURL, httpx.UnsupportedProtocol, UnicodeError) as fault:
        raise NotFound(url, f"not a valid address: {fault}") from fault
    except httpx.HTTPError as fault:
        raise NotFound(url, f"the page does not come: {_first_line(fault)}") from fault


def _body(answer: httpx.Response, url: str, limits: Limits, deadline: float) -> bytes:
    """The bytes of an answer, unpacked. httpx unpacks without a limit, so it is not let."""
    told = answer.headers.get("content-length", "")
    if told.isdigit() and int(told) > limits.size:
        raise too_large(url, int(told), limits.size, limits.max_size)
    parts, held = [], 0
    for chunk in answer.iter_raw():
        held += len(chunk)
        if held > limits.size:
            raise too_large(url, None, limits.size, limits.max_size)
        if time.monotonic() > deadline:
            raise NotFound(url, f"the page is not there after {TOTAL * limits.timeout:g} s; try again later")
        parts.append(chunk)
    data = decode_body(b"".join(parts), "", answer.headers.get("content-encoding", ""), limits.size)
    if len(data) > limits.size:
        raise too_large(url, None, limits.size, limits.max_size)
    return data


def _first_line(fault: Exception) -> str:
    """An error in one line."""
    words = str(fault).strip().splitlines()
    return words[0] if words else type(fault).__name__
