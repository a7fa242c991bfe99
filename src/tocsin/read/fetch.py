"""A page from an http(s) address: with time limits, a size limit that holds while it streams, and an honest name."""

from __future__ import annotations

import io
import time
from importlib.metadata import PackageNotFoundError, version

import httpx

from tocsin.errors import NotFound
from tocsin.read.blob import Blob, too_large

TOTAL = 4.0
"""A page may take so many times the timeout as a whole, so that a server that drips bytes does not hold us."""

REDIRECTS = 10


def user_agent() -> str:
    """Who asks: the name, the version, and what for."""
    try:
        number = version("tocsin")
    except PackageNotFoundError:
        number = "0"
    return f"tocsin/{number} (+reads news articles on request of its user; python-httpx/{httpx.__version__})"


def fetch(url: str, *, limit: int, max_size: int, timeout: float) -> Blob:
    """Get `url`. `timeout` is in seconds, for each of connecting, sending and waiting for bytes. Raise `NotFound` where
    no page comes, `TooLarge` over `limit` bytes."""
    deadline = time.monotonic() + TOTAL * timeout
    headers = {"User-Agent": user_agent(), "Accept": "text/html, application/json, text/plain;q=0.9, */*;q=0.5"}
    try:
        with (
            httpx.Client(follow_redirects=True, max_redirects=REDIRECTS, timeout=timeout, headers=headers) as client,
            client.stream("GET", url) as answer,
        ):
            if answer.status_code >= 400:
                raise NotFound(url, f"the server answers {answer.status_code} {answer.reason_phrase}".rstrip())
            data = _body(answer, url, limit, max_size, deadline, timeout)
            return Blob(url, io.BytesIO(data), size=len(data), url=str(answer.url), charset=answer.charset_encoding)
    except httpx.TimeoutException as fault:
        raise NotFound(url, f"no answer within {timeout:g} s; try again later") from fault
    except httpx.TooManyRedirects as fault:
        raise NotFound(url, f"more than {REDIRECTS} redirects") from fault
    except (httpx.InvalidURL, httpx.UnsupportedProtocol, UnicodeError) as fault:
        raise NotFound(url, f"not a valid address: {fault}") from fault
    except httpx.HTTPError as fault:
        raise NotFound(url, f"the page does not come: {_first_line(fault)}") from fault


def _body(answer: httpx.Response, url: str, limit: int, max_size: int, deadline: float, timeout: float) -> bytes:
    """The bytes of an answer, unpacked."""
    told = answer.headers.get("content-length", "")
    if told.isdigit() and int(told) > limit:
        raise too_large(url, int(told), limit, max_size)
    parts, held = [], 0
    for chunk in answer.iter_bytes():
        held += len(chunk)
        if held > limit:
            raise too_large(url, None, limit, max_size)
        if time.monotonic() > deadline:
            raise NotFound(url, f"the page is not there after {TOTAL * timeout:g} s; try again later")
        parts.append(chunk)
    return b"".join(parts)


def _first_line(fault: Exception) -> str:
    """An error in one line."""
    words = str(fault).strip().splitlines()
    return words[0] if words else type(fault).__name__
