"""Alerts as an Atom feed (RFC 4287). The same alerts give the same bytes."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from html import escape
from xml.etree import ElementTree

from tocsin.ledger.alerts import Alert
from tocsin.watch.wording import headline, letter

ATOM = "http://www.w3.org/2005/Atom"
NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
NEVER = "1970-01-01T00:00:00Z"
"""When a feed was changed in which nothing is."""


def feed(alerts: Sequence[Alert], title: str) -> bytes:
    """A feed of alerts, newest first as they are handed in."""
    ElementTree.register_namespace("", ATOM)
    root = ElementTree.Element(_tag("feed"))
    _add(root, "title", title)
    _add(root, "id", urn(f"alerts {title}"))
    _add(root, "updated", max((alert.raised or NEVER for alert in alerts), default=NEVER))
    _add(ElementTree.SubElement(root, _tag("author")), "name", "Tocsin")
    _add(root, "generator", "Tocsin")
    for alert in alerts:
        _entry(root, alert)
    ElementTree.indent(root, " ")
    found: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return found + b"\n"


def _entry(root: ElementTree.Element, alert: Alert) -> None:
    """One alert."""
    entry = ElementTree.SubElement(root, _tag("entry"))
    _add(entry, "title", headline(alert))
    _add(entry, "id", urn(f"alert {alert.id}"))
    _add(entry, "updated", alert.raised or NEVER)
    for name in dict.fromkeys((alert.pack, alert.indicator, alert.level)):
        ElementTree.SubElement(entry, _tag("category"), term=_clean(name))
    urls = dict.fromkeys(one.url for one in alert.claims if one.url and one.url.startswith(("https://", "http://")))
    for url in urls:
        ElementTree.SubElement(entry, _tag("link"), rel="related", href=_clean(url))
    _add(entry, "summary", alert.reason)
    said = "".join(f"<p>{escape(part).replace(chr(10), '<br/>')}</p>" for part in letter(alert).split("\n\n"))
    _add(entry, "content", said, type="html")


def _add(parent: ElementTree.Element, name: str, text: str, **attributes: str) -> None:
    ElementTree.SubElement(parent, _tag(name), attributes).text = _clean(text)


def _tag(name: str) -> str:
    return f"{{{ATOM}}}{name}"


def _clean(text: str) -> str:
    """Text without what XML cannot hold."""
    return NOT_XML.sub("\ufffd", text)


def urn(name: str) -> str:
    """An id that is always the same for a name."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"tocsin:{name}").urn
