"""Where the time expressions of a text are: stretches of tokens that a rule of `times.yaml` matches."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import NamedTuple

from tocsin.understand import timetokens, timewords
from tocsin.understand.parse import Parse
from tocsin.understand.timewords import NONE, Rule, Words


class Slot(NamedTuple):
    """A token of a match: its class, the value of the word, its number in the text."""

    name: str
    value: str
    token: int


@dataclass(frozen=True, slots=True)
class Form:
    """Tokens `start` to `end` (exclusive) that a rule matched."""

    start: int
    end: int
    rule: str
    does: str
    slots: tuple[Slot, ...]

    def get(self, *names: str) -> str | None:
        """The value of the first token of one of the classes."""
        return next((slot.value for slot in self.slots if slot.name in names), None)

    def all(self, *names: str) -> list[str]:
        """The values of all tokens of the classes, in order."""
        return [slot.value for slot in self.slots if slot.name in names]

    @property
    def ref(self) -> str | None:
        """The last word of reference: "past" of "this past spring"."""
        found = self.all("REF")
        return found[-1] if found else None

    def has(self, *names: str) -> bool:
        """Whether a token of one of the classes is there."""
        return any(slot.name in names for slot in self.slots)


RUN = re.compile(r"[^.]+")


class _Hit(NamedTuple):
    start: int
    end: int
    rule: Rule


def find(parse: Parse) -> list[Form]:
    """All matches, in order, without overlap; of those that begin at one token the longest, then the first rule's."""
    words = timewords.load()
    codes, values = timetokens.classify(parse, words)
    return [
        Form(at + hit.start, at + hit.end, hit.rule.id, hit.rule.does, _slots(codes, values, words, at, hit))
        for at, hits in _runs(codes)
        for hit in hits
    ]


def _runs(codes: str) -> list[tuple[int, tuple[_Hit, ...]]]:
    """The matches in each run of classed tokens, with the token at which the run begins."""
    return [(run.start(), hits) for run in RUN.finditer(codes) if (hits := match_run(run.group()))]


NAMES = {"REFW": "REF", "NOWADJ": "REF", "SECOND": "UNIT"}


def _slots(codes: str, values: dict[int, str], words: Words, at: int, hit: _Hit) -> tuple[Slot, ...]:
    """The tokens of a match with their classes."""
    found = []
    for i in range(at + hit.start, at + hit.end):
        name = words.name[codes[i]]
        found.append(Slot(NAMES.get(name, name), values.get(i, ""), i))
    return tuple(found)


@functools.cache
def _anchor() -> re.Pattern[str]:
    words = timewords.load()
    return re.compile("[" + "".join(words.code[name] for name in words.data.anchors) + "]")


@functools.lru_cache(maxsize=1 << 12)
def match_run(run: str) -> tuple[_Hit, ...]:
    """The matches in a run of class characters. Runs are short and recur, so the answer is kept."""
    if NONE in run or not _anchor().search(run):
        return ()
    found = []
    rules = timewords.load().rules
    i, n = 0, len(run)
    while i < n:
        end, best = i, None
        for rule, pattern in rules:
            m = pattern.match(run, i)
            if m and m.end() > end:
                end, best = m.end(), rule
        if best is None:
            i += 1
            continue
        found.append(_Hit(i, end, best))
        i = end
    return tuple(found)
