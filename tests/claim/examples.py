"""Reading the `examples` of the knowledge files: `sentence with a [word]. => status[, source NOUN | , no source]`."""

from __future__ import annotations

import re
from typing import NamedTuple

EXAMPLE = re.compile(r"^(?P<text>.*) => (?P<status>\w+)(?:, (?:source (?P<source>\w+)|(?P<none>no source)))?$")


class Example(NamedTuple):
    text: str
    start: int
    status: str
    source: str | None
    silent: bool


def parse_example(line: str) -> Example:
    match = EXAMPLE.match(line)
    assert match, f"not an example: {line!r}"
    marked = match["text"]
    assert marked.count("[") == marked.count("]") == 1, f"one word must stand in brackets: {line!r}"
    start = marked.index("[")
    return Example(
        marked.replace("[", "").replace("]", ""), start, match["status"], match["source"], bool(match["none"])
    )
