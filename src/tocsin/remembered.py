"""Answers kept while they are asked for: a table that holds no more than so many, however long a run is.

It has two halves. What is asked for stands in the recent one; when that is full it becomes the earlier one, and what
stood there and was not asked for meanwhile is forgotten. So the frequent stays, at the cost of a plain table: a list in
the order of use (LRU) would have to be kept up at every look.
"""

from __future__ import annotations

from typing import Generic, TypeVar

Key = TypeVar("Key")
Answer = TypeVar("Answer")


class Remembered(Generic[Key, Answer]):
    """Answers by their keys, `most` of them in each half. No answer is `None`."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.recent: dict[Key, Answer] = {}
        self.earlier: dict[Key, Answer] = {}

    def get(self, key: Key) -> Answer | None:
        """The answer that is kept, if it is."""
        found = self.recent.get(key)
        if found is None and (found := self.earlier.pop(key, None)) is not None:
            self.recent[key] = found
        return found

    def put(self, key: Key, answer: Answer) -> None:
        """Keep an answer."""
        self.recent[key] = answer

    def turn(self) -> bool:
        """Where the recent half is full, make it the earlier one; whether it was. Called between looks: what has been
        put or found since is there until then."""
        if len(self.recent) < self.most:
            return False
        self.recent, self.earlier = {}, self.recent
        return True

    def __len__(self) -> int:
        return len(self.recent) + len(self.earlier)

    def __contains__(self, key: Key) -> bool:
        return key in self.recent or key in self.earlier
