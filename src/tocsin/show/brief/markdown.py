"""A brief as Markdown (CommonMark with tables and footnotes, as GitHub and pandoc read them)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tocsin.show.brief.days import day_out
from tocsin.show.brief.record import Brief, Line, Note, Part, Section, Table
from tocsin.show.plain import one_line

SPECIAL = re.compile(r"([\\`*_\[\]<>|#&$~])")
LISTED = re.compile(r"^(\d+)([.)])|^([-+])")
"""What would begin a list where a line opens with it."""

ADDRESS = re.compile(r"https?://[^\s<>]+", re.IGNORECASE)


def render(brief: Brief) -> str:
    """The whole text, with a line end at its end."""
    return "\n".join(_lines(brief)).rstrip("\n") + "\n"


def escaped(text: str) -> str:
    """Text of others as text: no character of it is a mark of Markdown."""
    return LISTED.sub(r"\1\\\2\3", SPECIAL.sub(r"\\\1", text))


def _lines(brief: Brief) -> Iterator[str]:
    yield f"# {escaped(brief.title)}"
    yield ""
    yield f"**{brief.period}**"
    for said in brief.basis:
        yield ""
        yield said
    for section in brief.sections:
        yield from _section(section)
    if brief.notes:
        yield ""
        yield "## References"
        yield ""
        for note in brief.notes:
            yield f"[^{note.number}]: {_note(note)}"


def _section(section: Section) -> Iterator[str]:
    yield ""
    yield f"## {section.title}"
    if section.remark:
        yield ""
        yield section.remark
    for part in section.parts:
        yield from _part(part)


def _part(part: Part) -> Iterator[str]:
    if part.title:
        yield ""
        yield f"### {escaped(part.title)}"
    if part.table:
        yield ""
        yield from _table(part.table)
    if part.lines or part.rest:
        yield ""
    for line in part.lines:
        yield f"- {_line(line)}"
    if part.rest:
        yield f"- *{part.rest}*"


def _table(table: Table) -> Iterator[str]:
    yield f"| {' | '.join((*map(escaped, table.head), 'References'))} |"
    yield f"|{' --- |' * (len(table.head) + 1)}"
    for row in table.rows:
        yield f"| {' | '.join((*map(escaped, row.cells), _references(row.notes)))} |"


def _references(numbers: Sequence[int]) -> str:
    return "".join(f"[^{number}]" for number in numbers)


def _line(line: Line) -> str:
    return f"{escaped(line.text)}{_references(line.notes)}" + (f" {line.behind}" if line.behind else "")


def _note(note: Note) -> str:
    """Publisher, title, day, address; the words; the claims' ids in the ledger."""
    where = [
        escaped(note.publisher) if note.publisher else "publisher unknown",
        f"*{escaped(note.title)}*" if note.title else "",
        day_out(note.published) if note.published else "no date",
        _address(note),
    ]
    claims = ", ".join(f"`{id}`" for id in note.claims)
    return f"{', '.join(part for part in where if part)}: “{escaped(note.evidence)}” ({claims})"


def _address(note: Note) -> str:
    """Where it can be read: a link, if the address is one of the web, or else as text; the document's id without."""
    if note.url is None:
        return f"document `{note.document}`"
    return f"<{note.url}>" if ADDRESS.fullmatch(note.url) else escaped(one_line(note.url))
