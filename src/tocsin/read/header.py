"""The head and the foot of a wire story: who filed it, from where, on which day, for whom, and where the report begins.

In doubt nothing is taken for a head: a sentence of the report must never be lost. Only the first characters and the
last lines are looked at, whatever the length of the text.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tocsin.read import wire
from tocsin.read.bylines import byline_at, byline_before, is_post
from tocsin.read.datelines import Dateline, at_line_start, later_dateline
from tocsin.read.dates import Day, parse_words
from tocsin.read.foot import read_foot
from tocsin.read.lore import lore
from tocsin.read.wire import HEAD, line_end, skip_space

CAPTION = 11
"""A first line of more words, with the end of a sentence in it, is no headline but perhaps a caption."""

SENTENCE_END = re.compile(r"(?:[a-z]{3}|[0-9]{2})[.!?][\"”’)]?(?:\Z| [A-Z])")

LINES = 8
"""So many lines may stand above the dateline."""


class Header(NamedTuple):
    """What the head and the foot say. `body` is the offset at which the report begins. `spans` are the stretches of the
    text that are head and no report, also where a headline or a caption stands between them (`body` is then before)."""

    byline: str | None = None
    dateline: str | None = None
    agency: str | None = None
    title: str | None = None
    day: Day | None = None
    body: int = 0
    spans: tuple[tuple[int, int], ...] = ()


def read_header(text: str, title: str | None = None) -> Header:
    """Understand the head and the foot of `text`; `title` is its headline where that is known."""
    top = _Top(text, title)
    top.read()
    found = top.header()
    agency, byline = read_foot(text, found.body)
    return found._replace(agency=found.agency or agency, byline=found.byline or byline)


class _Top:
    """Reads the lines above the report, one after the other."""

    def __init__(self, text: str, title: str | None) -> None:
        self.text = text
        self.known_title = title.strip() if title else None
        self.spans: list[tuple[int, int]] = []
        self.byline: str | None = None
        self.title: str | None = None
        self.day: Day | None = None
        self.dateline: Dateline | None = None
        self.agency: str | None = None
        self.clear = True
        """Whether all so far was head."""

    def read(self) -> None:
        """Go through the head lines; then look for a dateline that stands after words of the report."""
        at = skip_space(self.text, 0)
        for _ in range(LINES):
            after = self._line(at)
            if after is None:
                break
            at = after
            if self.dateline:
                return
        self.at = at
        self._later(at)

    def _line(self, at: int) -> int | None:
        """Read one piece of head that begins at `at`; the offset after it, or `None` where no head is."""
        text = self.text
        if at >= min(len(text), HEAD):
            return None
        found = at_line_start(text, at)
        if found:
            self.dateline = found
            self.spans.append((found.start, found.end))
            return found.end
        for reader in (self._date_line, self._byline, self._credit_line, self._title_line):
            end = reader(at)
            if end is not None:
                self.spans.append((at, end))
                return skip_space(text, end)
        return None

    def _date_line(self, at: int) -> int | None:
        """A line that is a date, a date before a bar, or a page's stamp."""
        match = wire.DATE_LINE.match(self.text, at) or wire.STAMP.match(self.text, at)
        if not match:
            return None
        day = parse_words(match["date"])
        if day is None:
            return None
        self.day = self.day if self.day and self.day.year else day
        end = match.end()
        return end + 3 if self.text.startswith(" | ", end) else end

    def _byline(self, at: int) -> int | None:
        """A byline: a line of its own, or one that a known medium, staff or a dateline ends."""
        found = byline_at(self.text, at)
        if found is None:
            return None
        self.byline = self.byline or self.text[at : found[0]].rstrip(" ,|")
        self.day = self.day or parse_words(self.text[found[0] : found[1]])
        self.agency = self.agency or found[2]
        return found[1]

    def _credit_line(self, at: int) -> int | None:
        """Below a byline or above a dateline: the agency's name or the writer's post, alone on a line."""
        end = line_end(self.text, at)
        words = self.text[at:end].strip()
        if not words or len(words) > 60:
            return None
        name = lore().agency(words.strip("()[]"))
        if name and (self.byline or "\n" in self.text[end : end + 1]):
            self.agency = self.agency or name
            return end
        return end if self.byline and is_post(words) else None

    def _title_line(self, at: int) -> int | None:
        """The headline, as the first line: known as such, or without a full stop and right above other head lines."""
        if self.title or self.spans:
            return None
        end = line_end(self.text, at)
        line = self.text[at:end].strip()
        if self.known_title and line == self.known_title:
            return end
        if not 3 <= len(line) <= 160 or end >= len(self.text) or line[-1] in ",;:-–—":
            return None
        words = len(line.split())
        if (words > CAPTION and SENTENCE_END.search(line)) or not self._is_head(skip_space(self.text, end)):
            return None
        self.title = line if words > 2 and line[0] not in "([×" else None
        return end

    def _is_head(self, at: int) -> bool:
        """Whether a line that can only be head begins at `at`."""
        if at >= HEAD:
            return False
        found = at_line_start(self.text, at)
        if found:
            return not self.text[found.words_end : found.end].startswith(":")
        if wire.DATE_LINE.match(self.text, at):
            return True
        return byline_at(self.text, at) is not None

    def _later(self, at: int) -> None:
        """A dateline or a stamp that follows a headline, bullets or a caption without a line end between."""
        found = later_dateline(self.text, at)
        stamp = wire.STAMP.search(self.text, at, HEAD)
        if stamp and (found is None or stamp.start() < found.start):
            self.spans.append((stamp.start(), stamp.end()))
            self.day = self.day or parse_words(stamp["date"])
        if found:
            inline = byline_before(self.text, at, found.start)
            if inline is not None:
                self.byline = self.byline or self.text[inline : found.start].strip(" ,|")
            start = found.start if inline is None else inline
            self.dateline = found
            self.spans.append((start, found.end))

    def header(self) -> Header:
        """All that was found."""
        line = self.dateline
        day = self.day
        if line and line.day and (day is None or day.year is None):
            day = line.day
        body = 0
        for start, end in self.spans:
            if self.text[body:start].strip():
                break
            body = end
        return Header(
            byline=" ".join(self.byline.split()) if self.byline else None,
            dateline=self.text[line.start : line.words_end].strip() or None if line else None,
            agency=(line.agency if line else None) or self.agency,
            title=self.title,
            day=day,
            body=skip_space(self.text, body) if body else 0,
            spans=tuple(self.spans),
        )
