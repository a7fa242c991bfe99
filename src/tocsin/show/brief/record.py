"""The brief as a record, before it is written as Markdown or HTML."""

from __future__ import annotations

from tocsin.model import Record, Status


class Note(Record, frozen=True, kw_only=True):
    """A reference: where it stands, and in which words. `claims` are ids of the ledger."""

    number: int
    publisher: str | None
    title: str | None
    published: str | None
    url: str | None
    document: str
    evidence: str
    claims: tuple[str, ...]


class Line(Record, frozen=True, kw_only=True):
    """A sentence with its references; `behind` is a remark on them, such as how many reports tell it; `statuses` are
    those of the claims that it is made of, the least firm first."""

    text: str
    notes: tuple[int, ...]
    behind: str = ""
    statuses: tuple[Status, ...] = ()


class Row(Record, frozen=True, kw_only=True):
    """A row of a table, with its references."""

    cells: tuple[str, ...]
    notes: tuple[int, ...]


class Table(Record, frozen=True, kw_only=True):
    """A table: what it shows, its headings (that of the references comes last and is not among them), its rows."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]


class Drawing(Record, frozen=True, kw_only=True):
    """A drawing as SVG, and what it shows in words; Markdown does without it, so nothing is in it that is not said.
    `wide`: it holds words that a narrow screen must not make small."""

    svg: str
    said: str
    wide: bool = False


class Part(Record, frozen=True, kw_only=True):
    """Some lines under a heading (none where it is empty), a drawing, a table; `rest` says what was left out."""

    title: str = ""
    lines: tuple[Line, ...] = ()
    drawing: Drawing | None = None
    table: Table | None = None
    rest: str = ""


class Section(Record, frozen=True, kw_only=True):
    """A section: its heading, a remark on what it holds, its parts."""

    id: str
    title: str
    remark: str
    parts: tuple[Part, ...]


class Brief(Record, frozen=True, kw_only=True):
    """A whole brief. `basis` says on what it rests, in sentences."""

    title: str
    period: str
    basis: tuple[str, ...]
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
