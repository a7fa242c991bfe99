"""What the caller sets for a whole call of `documents`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

CONTAINER = 10
"""A page's markup, or a JSON value, may be so many times larger than the text that is allowed in it."""


class Options(NamedTuple):
    """`published`: an ISO date for all documents. `max_size`: so large may one text be, in bytes as stored or in
    characters of a JSON string or an extracted page. `timeout`: seconds. `fields`: under which key of a JSON article
    stands what (`{"text": "story.body"}`); it goes before the usual names. `skipped`: counts what is no article by its
    kind, such as pictures in a web archive, under words that say what it is."""

    published: str | None = None
    max_size: int = 1_000_000
    timeout: float = 20.0
    fields: Mapping[str, str] = {}
    skipped: Counter[str] | None = None

    @property
    def container(self) -> int:
        """So many bytes may a page or a JSON value have."""
        return CONTAINER * self.max_size

    def skip(self, kind: str) -> None:
        """Count one thing that is no article."""
        if self.skipped is not None:
            self.skipped[kind] += 1
