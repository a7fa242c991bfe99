"""What the caller sets for a whole call of `documents`."""

from __future__ import annotations

from typing import NamedTuple

CONTAINER = 10
"""A page's markup, or a JSON value, may be so many times larger than the text that is allowed in it."""


class Options(NamedTuple):
    """`published`: an ISO date for all documents. `max_size`: so large may one text be, in bytes as stored or in
    characters of a JSON string or an extracted page. `timeout`: seconds."""

    published: str | None = None
    max_size: int = 1_000_000
    timeout: float = 20.0

    @property
    def container(self) -> int:
        """So many bytes may a page or a JSON value have."""
        return CONTAINER * self.max_size
