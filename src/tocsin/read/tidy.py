"""A page's tree made ready for its article to be found: what looks like a part of the text, or hides one, is mended."""

from __future__ import annotations

import re
from typing import Any

BLOCKS = ("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote", "article", "section")
INLINE = frozenset(
    ("a", "abbr", "b", "br", "cite", "em", "font", "i", "q", "small", "span", "strong", "sub", "sup", "u")
)
LOOSE = 60
"""So many characters between the paragraphs of a block are one themselves."""

PROSE = 300
"""A cell with so many characters holds text; those of tables of figures hold a few words."""

POINTER = re.compile(
    r"\W{0,5}(?:(?:read|see|watch|listen|click|more)\s(?:more|also|next|here|from|about)"
    r"|(?:also|now|must)\s(?:read|see|watch)"
    r"|related(?:\s(?:stories|story|articles?|news|coverage|content))?|more\son\sthis(?:\sstory)?|recommended"
    r"|you\smay\s(?:also\s)?like|don.t\smiss|in\spictures)\b\s?[:|–—-]?\s?",
    re.IGNORECASE,
)
"""How a line begins that only leads to another article."""

LINKED = 0.9
"""In such a line links make up this part of the rest."""


def tidy(tree: Any) -> None:
    """Change the tree of a page in place: tables that only lay out the page become blocks, text that stands loose among
    paragraphs becomes one of them, lines that lead to other articles go, and so do the numbers of footnotes, which
    would run into a figure (40¹ as 401)."""
    for table in list(tree.iter("table")):
        if _lays_out(table):
            _unfold(table)
    for block in list(tree.iter("div", "article", "section", "main", "body")):
        if block.find("p") is not None:
            _wrap_loose(block)
    for note in list(tree.iter("sup")):
        if _leads_within(note):
            _drop(note)
    for line in list(tree.iter("p", "li", "h2", "h3", "h4", "h5", "h6", "strong", "div")):
        if _points_away(line):
            _drop(line)


def _own(table: Any, *names: str) -> list[Any]:
    """The parts of a table that are not those of a table in it."""
    return [part for part in table.iter(*names) if next(part.iterancestors("table"), None) is table]


def _lays_out(table: Any) -> bool:
    """Whether a table has a cell with blocks, or paragraphs, or running text, rather than words and figures."""
    for cell in _own(table, "td", "th"):
        breaks = sum(1 for _ in cell.iter("br"))
        if next(cell.iter(*BLOCKS), None) is not None or breaks > 3 or len("".join(cell.itertext())) > PROSE:
            return True
    return False


def _unfold(table: Any) -> None:
    """Make blocks of a table and its parts."""
    for part in (*_own(table, "thead", "tbody", "tfoot", "tr", "td", "th", "caption"), table):
        part.tag = "div"
        part.attrib.clear()


def _wrap_loose(block: Any) -> None:
    """Make paragraphs of running text that stands in a block beside its paragraphs, such as the lede of a page that
    only puts `<p>` between them."""
    before, lead, run = None, block.text, []
    for child in [*block, None]:
        if child is not None and child.tag in INLINE:
            run.append(child)
            continue
        words = (lead or "") + "".join("".join(part.itertext()) + (part.tail or "") for part in run)
        if len(words.strip()) >= LOOSE:
            made = block.makeelement("p")
            block.insert(0 if before is None else block.index(before) + 1, made)
            made.text, made.tail = lead, None
            made.extend(run)
            if before is None:
                block.text = None
            else:
                before.tail = None
        if child is not None:
            before, lead, run = child, child.tail, []


def _leads_within(note: Any) -> bool:
    """Whether what is raised is the number or the mark of a footnote: a short link into the page itself."""
    links = [*note.iter("a"), *note.iterancestors("a")]
    return len("".join(note.itertext()).strip()) <= 5 and any(link.get("href", "").startswith("#") for link in links)


def _points_away(line: Any) -> bool:
    """Whether a line says that something else is to be read, and then has links alone."""
    if next(line.iter("a"), None) is None:
        return False
    words = _few_words(line)
    pointer = POINTER.match(words) if words else None
    if words is None or pointer is None:
        return False
    linked = sum(len(" ".join("".join(link.itertext()).split())) for link in line.iter("a"))
    return linked >= LINKED * (len(words) - pointer.end())


def _few_words(line: Any) -> str | None:
    """The words of an element, where they are no more than a line; the rest of a page's outermost parts is not read."""
    held, size = [], 0
    for words in line.itertext():
        held.append(words)
        size += len(words.strip())
        if size > PROSE:
            return None
    return " ".join("".join(held).split())


def _drop(element: Any) -> None:
    """Take an element out, and leave what stands behind it."""
    parent = element.getparent()
    if parent is None:
        return
    before, tail = element.getprevious(), element.tail or ""
    if before is None:
        parent.text = (parent.text or "") + tail
    else:
        before.tail = (before.tail or "") + tail
    parent.remove(element)
