"""The lexicon of embedding predicates: words that pass to their complement who vouches for it, and how firmly.

`cues.yaml` holds those that bring in a source (say, warn, promise), `status.yaml` those that only set how firmly the
complement stands (manage, fail, likely). Both compile into one table: word → frame → `Frame`.
"""

from __future__ import annotations

import functools
from typing import Literal, NamedTuple, TypeAlias

import msgspec

from tocsin import lexicon
from tocsin.errors import LexiconError
from tocsin.model import Manner

Effect: TypeAlias = Literal[
    "fact", "factive", "same", "possible", "wish", "planned", "denied", "ended", "tried", "lasting", "excluded"
]
"""What a predicate does to its complement's status; `status.yaml` defines each."""


class Predicate(lexicon.Entry, frozen=True, kw_only=True):
    """A group of words with the same frames.

    `only` narrows single words to some of the frames; `mentions` are frames that make an attribution without vouching
    for the content, `silent` ones vouch but make none; `passive` entries hold for passives without an agent; `subject`
    is what the word does to its own subject; with `itself` the noun is the source where nobody else is ("reports that
    ..."); the subject of a `raising` verb belongs to the content ("he seems to know"); a `written` one vouches where
    its subject is a document."""

    id: str
    words: tuple[str, ...]
    frames: dict[str, Effect]
    manner: Manner | None = None
    vouches: bool = True
    speech: bool = True
    passive: bool = False
    itself: bool = False
    raising: bool = False
    written: bool = False
    subject: Effect | None = None
    mentions: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    only: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    examples: tuple[str, ...] = ()


class Phrase(lexicon.Entry, frozen=True, kw_only=True):
    """A fixed phrase right before the source: its words, in lower case, and the manner. `sayers`: only before a noun
    that can be a source, for the phrase has other uses. `inner`: who uses the phrase passes on this source's word.
    `nouns`: only before one of these; `apart`: only at the head of a sentence or after a comma."""

    words: str
    manner: Manner
    sayers: bool = False
    inner: bool = False
    nouns: frozenset[str] = frozenset()
    apart: bool = False


class Relayed(lexicon.Entry, frozen=True, kw_only=True):
    """Verbs whose object is an inner source when "as saying" follows, the verbs that may follow "as", verbs of hearing
    ("heard from the police that ..."), and verbs whose subject has not the word that is their object ("sought an
    assurance that ...")."""

    verbs: frozenset[str]
    says: frozenset[str]
    hears: frozenset[str] = frozenset()
    lacks: frozenset[str] = frozenset()


class CueFile(lexicon.Entry, frozen=True, kw_only=True):
    """The file `cues.yaml`."""

    verbs: tuple[Predicate, ...]
    nouns: tuple[Predicate, ...]
    adjectives: tuple[Predicate, ...]
    phrases: tuple[Phrase, ...]
    relayed: Relayed
    sayers: frozenset[str]
    documents: frozenset[str]
    polities: frozenset[str] = frozenset()


class Frame(NamedTuple):
    """One complement of one word. `manner` is `None` where no source comes in; `vouches` is false where there is
    a source for an attribution, but none that a claim would name, save a document where `written`; `attributes` is
    false where it is no attribution."""

    effect: Effect
    manner: Manner | None
    vouches: bool
    attributes: bool
    written: bool = False


class Cues(NamedTuple):
    """The compiled tables. A verb's key may hold a particle ("rule out"). `speech` are the verbs that carry a
    quotation; `phrases` is keyed by the first word, each with the words that follow it."""

    verbs: dict[str, dict[str, Frame]]
    passives: dict[str, dict[str, Frame]]
    nouns: dict[str, dict[str, Frame]]
    adjectives: dict[str, dict[str, Frame]]
    speech: dict[str, Manner]
    subjects: dict[str, Effect]
    passive_subjects: dict[str, Effect]
    raising: frozenset[str]
    phrases: dict[str, list[tuple[tuple[str, ...], Phrase]]]
    relayed: Relayed
    sayers: frozenset[str]
    documents: frozenset[str]
    polities: frozenset[str]
    themselves: frozenset[str]
    claims: frozenset[str]


def frames_of(entry: Predicate, word: str) -> dict[str, Frame]:
    """The frames that one word of an entry has."""
    allowed = entry.only.get(word)
    found = {
        name: Frame(
            effect, entry.manner, entry.vouches and entry.manner is not None, name not in entry.silent, entry.written
        )
        for name, effect in entry.frames.items()
        if allowed is None or name in allowed
    }
    for name in entry.mentions:
        if allowed is None or name in allowed:
            found.setdefault(name, Frame("fact", entry.manner, vouches=False, attributes=True))
    return found


def compile_words(entries: list[Predicate]) -> dict[str, dict[str, Frame]]:
    """Word → frame → what it does; of two entries that give a word the same frame, the first holds."""
    table: dict[str, dict[str, Frame]] = {}
    for entry in entries:
        stray = set(entry.only) - set(entry.words)
        if stray:
            raise LexiconError(f"{entry.id}: `only` names words that the entry does not have: {sorted(stray)}")
        for word in entry.words:
            row = table.setdefault(word, {})
            for name, frame in frames_of(entry, word).items():
                row.setdefault(name, frame)
    return table


def compile_subjects(entries: list[Predicate]) -> dict[str, Effect]:
    """Word → what it does to its subject."""
    return {word: entry.subject for entry in entries if entry.subject for word in entry.words}


@functools.cache
def cues() -> Cues:
    """All predicates and phrases, from both files; a user's own files come first."""
    from tocsin.claim.status import status_files

    files = lexicon.read_all("cues.yaml", CueFile)[::-1]
    forms = status_files()[::-1]
    verbs = [*(entry for file in files for entry in file.verbs), *(entry for file in forms for entry in file.verbs)]
    nouns = [*(entry for file in files for entry in file.nouns), *(entry for file in forms for entry in file.nouns)]
    adjectives = [
        *(entry for file in files for entry in file.adjectives),
        *(entry for file in forms for entry in file.adjectives),
    ]
    active = [entry for entry in verbs if not entry.passive]
    passive = [entry for entry in verbs if entry.passive]
    phrases: dict[str, list[tuple[tuple[str, ...], Phrase]]] = {}
    for file in files:
        for phrase in file.phrases:
            first, *rest = phrase.words.split()
            phrases.setdefault(first, []).append((tuple(rest), phrase))
    speech = {word: entry.manner for entry in reversed(active) if entry.speech and entry.manner for word in entry.words}
    return Cues(
        verbs=compile_words(active),
        passives=compile_words(passive),
        nouns=compile_words(nouns),
        adjectives=compile_words(adjectives),
        speech=speech,
        subjects=compile_subjects(active),
        passive_subjects=compile_subjects(passive),
        raising=frozenset(word for entry in active if entry.raising for word in entry.words),
        phrases={first: sorted(rows, key=lambda row: -len(row[0])) for first, rows in phrases.items()},
        relayed=Relayed(
            verbs=frozenset().union(*(file.relayed.verbs for file in files)),
            says=frozenset().union(*(file.relayed.says for file in files)),
            hears=frozenset().union(*(file.relayed.hears for file in files)),
            lacks=frozenset().union(*(file.relayed.lacks for file in files)),
        ),
        sayers=frozenset().union(*(file.sayers | file.documents for file in files)),
        documents=frozenset().union(*(file.documents for file in files)),
        polities=frozenset().union(*(file.polities for file in files)),
        claims=frozenset(
            word
            for entry in nouns
            if entry.manner in ("said", "reported") and "clause" in entry.frames
            for word in entry.words
        ),
        themselves=frozenset(word for file in files for entry in file.nouns if entry.itself for word in entry.words),
    )
