"""Addresses of the web, which are often wrong: what cannot be taken apart is empty, and no fault."""

from __future__ import annotations

import ipaddress
from urllib.parse import SplitResult, urljoin, urlsplit

EMPTY = SplitResult("", "", "", "", "")


def split(url: str) -> SplitResult:
    """The parts of an address."""
    try:
        return urlsplit(url)
    except ValueError:
        return EMPTY


def join(base: str, link: str) -> str:
    """The address that a link means on the page `base`; the link as it is where that cannot be told."""
    try:
        return urljoin(base, link)
    except ValueError:
        return link


def is_web(url: str) -> bool:
    """Whether it is an http(s) address with a host."""
    parts = split(url)
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def is_inner(url: str) -> bool:
    """Whether an address leads into this machine or a private network, as a feed of the open web never should."""
    host = split(url).hostname or ""
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return "." not in host or host.endswith((".localhost", ".local", ".internal"))
