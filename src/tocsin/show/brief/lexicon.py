"""The words of the brief: `data/brief.yaml`, decoded."""

from __future__ import annotations

import functools
import re

from tocsin.errors import LexiconError
from tocsin.judgement import Verdict
from tocsin.lexicon import Entry, files, read
from tocsin.model import Manner, Qualifier, Status


class Pronouns(Entry, frozen=True, kw_only=True):
    """Words that stand for somebody: `own` are the speaker's, `expletive` openings stand for nobody."""

    plain: tuple[str, ...]
    possessive: tuple[str, ...]
    own: tuple[str, ...]
    expletive: tuple[str, ...]


class Bound(Entry, frozen=True, kw_only=True):
    """How a bound is said, and the words by which a text says it."""

    say: str
    words: tuple[str, ...]


class Standing(Entry, frozen=True, kw_only=True):
    """What is added to a sentence whose words do not show its status, and the heading of a list of such."""

    label: str
    heading: str


class Topic(Entry, frozen=True, kw_only=True):
    """A part of what is new: the types of event, or `type/mode`, that belong to it."""

    title: str
    kinds: tuple[str, ...]


class Weights(Entry, frozen=True, kw_only=True):
    """What makes a fact matter: the number of independent reports of it and of its event (base-two logarithms), the
    confidence of the reader, each part of the claim that is known, that the text names who says so, that it is
    quoted."""

    independent: float
    event: float
    confidence: float
    parts: float
    sourced: float
    quotes: float


class Example(Entry, frozen=True, kw_only=True):
    """A marked text, and the sentence that becomes of it."""

    text: str
    gives: str
    status: Status = "occurred"
    paper: str | None = None


class Lexicon(Entry, frozen=True, kw_only=True):
    """The whole file; see the comments there."""

    conjunctions: tuple[str, ...]
    connectives: tuple[str, ...]
    guards: tuple[str, ...]
    openers: tuple[str, ...]
    closed: tuple[str, ...]
    relatives: tuple[str, ...]
    subordinates: tuple[str, ...]
    hedges: tuple[str, ...]
    intentions: tuple[str, ...]
    negations: tuple[str, ...]
    pronouns: Pronouns
    after_figures: tuple[str, ...]
    lowered: tuple[str, ...]
    qualifiers: dict[Qualifier, Bound]
    manners: dict[Manner, str]
    statuses: dict[Status, Standing]
    verdicts: dict[Verdict, str]
    topics: tuple[Topic, ...]
    other: str
    most: int
    references: int
    rows: int
    ahead: int
    back: int
    weights: Weights
    examples: tuple[Example, ...] = ()


@functools.cache
def lexicon() -> Lexicon:
    """The words; a user's own file takes the place of the package's."""
    found = files("brief.yaml")
    if not found:
        raise LexiconError("brief.yaml: no such data file; is the package installed whole?")
    return read(found[-1], Lexicon)


@functools.cache
def pattern(words: tuple[str, ...], exact: bool = False) -> re.Pattern[str]:
    """Any of the words, whole, without regard to case unless `exact`; what ends or begins in a sign needs no space
    there."""
    longest = sorted(set(words), key=lambda word: (-len(word), word))
    said = "|".join(
        (r"\b" if word[0].isalnum() else "") + re.escape(word) + (r"\b" if word[-1].isalnum() else "")
        for word in longest
    )
    return re.compile(said or r"(?!)", re.NOFLAG if exact else re.IGNORECASE)


def holds(words: tuple[str, ...], text: str) -> bool:
    """Whether any of the words stands in the text."""
    return pattern(words).search(text) is not None


def opens(words: tuple[str, ...], text: str) -> int:
    """The length of the word that the text opens with, 0 where it is none of the words."""
    match = pattern(words).match(text)
    return match.end() if match else 0


def topic_of(kind: str, mode: str | None) -> str:
    """The title of the topic that a type and mode belong to: the mode's own before the type's."""
    for said in (f"{kind}/{mode}", kind):
        for topic in lexicon().topics:
            if said in topic.kinds:
                return topic.title
    return lexicon().other


def lowered(text: str) -> str:
    """The first word small, where it is one that has a capital only because it opens a sentence."""
    return text[:1].lower() + text[1:] if opens(lexicon().lowered, text) else text
