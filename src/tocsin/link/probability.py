"""Words of probability and their numbers, by a published scale (`data/probability.yaml`).

The default is ICD 203 (ODNI, Analytic Standards, 2015); Kent's scale of 1964 is the other. Words that a scale does not
have take its nearest class, and the file says from where that is known.
"""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

import msgspec

from tocsin.errors import UsageError
from tocsin.lexicon import Entry, read_all
from tocsin.model import Claim, Manner, Status

Classes = dict[str, str]
"""Scale → class."""


STOP = re.compile(r"[,;:.“”\"]")
"""What ends a clause, as far as hedges go."""


class Class(Entry, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A class of a scale, with its least and greatest probability."""

    id: str
    low: float
    high: float

    @property
    def middle(self) -> float:
        """The number that stands for the class."""
        return round((self.low + self.high) / 2, 4)


class Scale(Entry, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A published scale."""

    id: str
    name: str
    classes: tuple[Class, ...]


class HedgeRule(Entry, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Words of one degree of probability. Those of `only_before` count only ahead of the trigger, `weak` ones give way
    to a word before them in the clause."""

    id: str
    words: tuple[str, ...]
    classes: Classes
    source: str
    cased: bool = False
    only_before: bool = False
    weak: bool = False
    examples: tuple[str, ...] = ()
    not_: tuple[str, ...] = msgspec.field(name="not", default=())


class Words(Entry, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The data file."""

    default: str
    scales: tuple[Scale, ...]
    hedges: tuple[HedgeRule, ...]
    bare: dict[Status, Classes]
    manners: dict[Manner, Classes]
    not_: tuple[str, ...] = msgspec.field(name="not", default=())


class Hedge(NamedTuple):
    """How probable a claim's words make it: the `words` (nothing where status or manner alone say it), the class, its
    number, the name of the scale, and from where the class of these words is known."""

    words: str | None
    named: str
    probability: float
    scale: str
    source: str


class _Found(NamedTuple):
    start: int
    end: int
    rule: HedgeRule


@functools.cache
def words() -> Words:
    """The knowledge of hedges, read once. A user's own file takes the place of the package's, whole."""
    return read_all("probability.yaml", Words)[-1]


def hedge_of(claim: Claim, scale: str | None = None) -> Hedge:
    """How probable a claim's words make it.

    The hedge is the one that stands nearest before the trigger in the evidence, else the nearest after it; without one,
    how the source speaks, else the status. Raise `UsageError` for a scale that the data does not have.
    """
    chosen = scale_of(scale)
    start = claim.trigger.start - claim.evidence.start
    found = nearest(claim.evidence.text, start, start + len(claim.trigger.text))
    if found is not None:
        text = claim.evidence.text[found.start : found.end]
        return _hedge(text, found.rule.classes, chosen, found.rule.source)
    for source in sorted(claim.sources, key=lambda one: -one.level):
        if source.manner in words().manners:
            return _hedge(None, words().manners[source.manner], chosen, f"the source {source.manner}, without a hedge")
    bare = words().bare.get(claim.status) or words().bare["possible"]
    return _hedge(None, bare, chosen, f"{claim.status}, without a hedge")


def scale_of(name: str | None = None) -> Scale:
    """The scale with an id, the default without one."""
    wanted = name or words().default
    for scale in words().scales:
        if scale.id == wanted:
            return scale
    raise UsageError(f"{wanted}: no such scale of probability; choose {', '.join(s.id for s in words().scales)}")


def _hedge(text: str | None, classes: Classes, scale: Scale, source: str) -> Hedge:
    named = classes[scale.id]
    number = next(one.middle for one in scale.classes if one.id == named)
    return Hedge(text, named, number, scale.name, source)


def nearest(text: str, start: int, end: int) -> _Found | None:
    """The hedge nearest to the trigger that stands from `start` to `end`: before it, else after it. Of several words
    that overlap the longest is read ("very unlikely")."""
    found = _hedges(text)
    before = [one for one in found if one.end <= start]
    if before:
        last = before[-1]
        ahead = before[-2] if len(before) > 1 else None
        yields = last.rule.weak and ahead is not None and not STOP.search(text, ahead.end, last.start)
        return ahead if yields else last
    return next((one for one in found if one.start >= end and not one.rule.only_before), None)


def _hedges(text: str) -> list[_Found]:
    """All hedges of a text, without those that lie within another."""
    spans = [
        _Found(match.start(), match.end(), rule) for rule, pattern in _patterns() for match in pattern.finditer(text)
    ]
    spans.sort(key=lambda one: (one.start, -one.end))
    kept: list[_Found] = []
    for one in spans:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


@functools.cache
def _patterns() -> tuple[tuple[HedgeRule, re.Pattern[str]], ...]:
    return tuple((rule, _pattern(rule)) for rule in words().hedges)


def _pattern(rule: HedgeRule) -> re.Pattern[str]:
    """The words of a rule, the longer first, as whole words; `*` stands for an ending."""
    forms = [
        r"\s+".join(re.escape(word).replace(r"\*", r"\w*") for word in form.split())
        for form in sorted(rule.words, key=lambda form: (-len(form), form))
    ]
    return re.compile(rf"\b(?:{'|'.join(forms)})\b", 0 if rule.cased else re.IGNORECASE)
