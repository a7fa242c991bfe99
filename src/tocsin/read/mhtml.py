"""Pages that a browser saved in one file (MHTML, RFC 2557): a message whose root part is the page."""

from __future__ import annotations

import io

from tocsin.read.addresses import is_web
from tocsin.read.blob import Blob
from tocsin.read.dates import parse_metadata

PAGES = frozenset(("text/html", "application/xhtml+xml"))


def saved_page(raw: bytes, source: str) -> Blob | None:
    """The page in a message, as it came from its address, and the day on which it was saved; `None` where the message
    is a letter. The parts behind the root, pictures and styles, are not looked at."""
    from email import message_from_bytes

    whole = message_from_bytes(raw.replace(b"\r\n", b"\n").partition(b"\n\n")[0] + b"\n\n")
    if whole.get_content_type() == "multipart/related" and (boundary := whole.get_boundary()):
        parts = raw.split(b"--" + boundary.encode("utf-8", "surrogateescape"), 2)
        if len(parts) < 2:
            return None
        root = message_from_bytes(parts[1].lstrip(b"-\r\n"))
    else:
        root = message_from_bytes(raw)
    if root.get_content_type() not in PAGES:
        return None
    at = str(whole.get("snapshot-content-location") or root.get("content-location") or "").strip()
    if not is_web(at):
        return None
    data = root.get_payload(decode=True)
    page = data if isinstance(data, bytes) else b""
    saved = parse_metadata(str(whole.get("date") or ""))
    return Blob(source, io.BytesIO(page), size=len(page), url=at, charset=root.get_content_charset(), fetched=saved)
