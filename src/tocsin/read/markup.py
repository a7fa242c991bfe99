"""Markup to text, and XML without its dangers: no entity is fetched or swells, nothing is asked of the network."""

from __future__ import annotations

import html
import re
from html.entities import html5
from typing import Any

from tocsin.errors import Undecodable

BLOCKS = frozenset((
    "address", "article", "aside", "block", "blockquote", "body", "caption", "dd", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hl1", "hl2", "hr", "html",
    "li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
))  # fmt: skip
"""Elements that stand on lines of their own."""

DROPPED = frozenset((
    "script", "style", "noscript", "template", "iframe", "object", "svg", "math", "head", "title", "select", "button",
    "textarea", "media",
))  # fmt: skip
"""Elements whose text is not read."""

TAG = re.compile(
    r"<(?:/?(?:p|br|div|span|a|b|i|em|strong|ul|ol|li|h[1-6]|img|blockquote|table)\b[^<>]{0,2000}>|!--)", re.IGNORECASE
)
ANY_TAG = re.compile(r"<[^<>]{0,5000}>")
NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
KEPT = frozenset(("lt", "gt", "amp", "quot", "apos"))
XML_DECLARATION = re.compile(r"\A\s{0,1000}<\?xml\b[^>]{0,500}\?>")
DOCTYPE = re.compile(r"<!DOCTYPE\b")
ENTITY = re.compile(r"<!ENTITY\s")
NUMBERED = re.compile(r"&#(?:[xX]([0-9A-Fa-f]{1,8})|([0-9]{1,8}));")
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def is_markup(text: str) -> bool:
    """Whether a string is HTML rather than text: it has a tag that HTML has."""
    return TAG.search(text) is not None


def to_text(markup: str) -> str:
    """The text of a stretch of HTML: blocks become paragraphs, white space is as a browser shows it, scripts go."""
    from lxml import etree

    data = NOT_XML.sub(" ", markup).encode("utf-8")
    if not data.strip():
        return ""
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.ParserError:
        return ""
    if any(entry.level_name == "FATAL" for entry in parser.error_log):
        # Elements nested thousands deep, beyond which the parser drops all: then only the tags go.
        return " ".join(html.unescape(ANY_TAG.sub(" ", markup)).split())
    return "" if root is None else text_of(root)


def text_of(root: Any) -> str:
    """The text of an element of any markup; its tail is left out."""
    from lxml import etree

    pieces: list[str] = []
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        name = local(element)
        if event == "start":
            if name in DROPPED:
                walk.skip_subtree()
                continue
            pieces.append("\n\n" if name in BLOCKS else "\n" if name == "br" else "")
            pieces.append(_folded(element.text))
        else:
            pieces.append("\n\n" if name in BLOCKS else "")
            if element is not root:
                pieces.append(_folded(element.tail))
    text = re.sub(r" {2,}", " ", "".join(pieces))
    text = re.sub(r" ?\n ?", "\n", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _folded(text: str | None) -> str:
    """Runs of white space as one space; a space that does not break is kept as one that does."""
    return re.sub(r"\s+", " ", text) if text else ""


def local(element: Any) -> str:
    """An element's name without its namespace, in small letters; nothing for a comment or an instruction."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def refuse_entities(text: str, source: str) -> None:
    """Raise `Undecodable` where XML declares entities of its own: news does not need them, and bombs are made so."""
    doctype = DOCTYPE.search(text)
    if doctype and ENTITY.search(text, doctype.end()):
        raise Undecodable(source, "XML that declares entities, which is not read; save it without its DOCTYPE")


def parse_xml(text: str, source: str) -> Any:
    """The root of an XML document. Raise `Undecodable` that tells where it is broken, or that it declares entities."""
    from lxml import etree

    refuse_entities(text, source)
    text = NAMED.sub(_character, sound_xml(text))
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(text.encode("utf-8"), parser)
    except etree.XMLSyntaxError as fault:
        raise Undecodable(source, f"broken XML: {' '.join(str(fault.msg).split())[:150]}") from fault


def sound_xml(text: str) -> str:
    """XML without its declaration, which may name another encoding, and without characters that XML cannot have."""
    text = XML_DECLARATION.sub("", text, count=1)
    return NUMBERED.sub(_numbered, NOT_XML.sub(" ", text)).strip()


def _numbered(match: re.Match[str]) -> str:
    """A character by its number as it is written; U+FFFD where there is none of this number."""
    number = int(match[1], 16) if match[1] else int(match[2])
    return match[0] if number < 0x110000 and not NOT_XML.match(chr(number)) else "\ufffd"


def _character(match: re.Match[str]) -> str:
    """A named character of HTML as it is; XML's own five are left."""
    name = match[1]
    return match[0] if name in KEPT else html5.get(f"{name};", match[0])
