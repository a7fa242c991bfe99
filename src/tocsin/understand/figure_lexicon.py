"""The words of figures, loaded strictly from data/figures.yaml into the tables that the readers look up."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import NamedTuple

from tocsin import lexicon
from tocsin.model import Qualifier
from tocsin.understand.numbers import Vague, Words


class VagueEntry(lexicon.Entry, frozen=True):
    """A vague word and its usual reading."""

    words: tuple[str, ...]
    low: float
    high: float | None = None
    scaled_high: float | None = None


class UnitEntry(lexicon.Entry, frozen=True):
    """A unit of measure: what a number of them is, the unit it is kept in, and how many of it one makes."""

    what: str
    unit: str | None
    words: tuple[str, ...]
    times: float = 1


class Cues(lexicon.Entry, frozen=True):
    """Cue phrases of each qualifier."""

    exact: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    at_least: tuple[str, ...] = ()
    at_most: tuple[str, ...] = ()


class Sides(lexicon.Entry, frozen=True):
    """Words that stand before and after."""

    before: tuple[str, ...]
    after: tuple[str, ...]


class Magnitude(lexicon.Entry, frozen=True):
    """The words that stand beside the size of an earthquake, and the unit it gets."""

    words: tuple[str, ...]
    unit: str


class Predicate(lexicon.Entry, frozen=True):
    """Which predicates say what about those counted: verbs by the role of the counted, adjectives, counting nouns."""

    object: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    adjective: tuple[str, ...] = ()
    counts: tuple[str, ...] = ()
    forced: tuple[str, ...] = ()


class Example(lexicon.Entry, frozen=True):
    """A sentence and the figures that it must give, each as `what low high unit qualifier`, "-" for none."""

    text: str
    figures: tuple[str, ...]


class File(lexicon.Entry, frozen=True):
    """data/figures.yaml as it is written."""

    numbers: dict[str, float]
    scales: dict[str, float]
    suffixes: dict[str, float]
    apart: tuple[str, ...]
    glyphs: dict[str, float]
    fractions: dict[str, float]
    fixed: dict[str, float]
    adjectives: tuple[str, ...]
    vague: tuple[VagueEntry, ...]
    multi: tuple[str, ...]
    before: Cues
    after: Cues
    spanning: tuple[str, ...]
    currencies: dict[str, str]
    wary: tuple[str, ...]
    national: dict[str, str]
    pound_from: float
    units: tuple[UnitEntry, ...]
    magnitude: Magnitude
    aged: tuple[str, ...]
    aged_before: tuple[str, ...]
    anchored: Sides
    months: tuple[str, ...]
    clock_after: tuple[str, ...]
    labels: tuple[str, ...]
    streets: tuple[str, ...]
    calibre: tuple[str, ...]
    one: Sides
    classes: dict[str, tuple[str, ...]]
    predicates: dict[str, Predicate]
    deadly: dict[str, str]
    sums: tuple[str, ...]
    groups: tuple[str, ...]
    acts: dict[str, tuple[str, ...]]
    held: dict[str, str]
    lasting: tuple[str, ...]
    rising: tuple[str, ...]
    including: tuple[str, ...]
    counts: tuple[str, ...]
    crowds: tuple[str, ...]
    leaving: tuple[str, ...]
    deprived: tuple[str, ...]
    bearing: tuple[str, ...]
    passed: tuple[str, ...]
    lives: tuple[str, ...]
    staying: tuple[str, ...]
    conveying: tuple[str, ...]
    conditions: tuple[str, ...]
    mass: tuple[str, ...]
    countable: tuple[str, ...]
    examples: tuple[Example, ...]


class Cue(NamedTuple):
    """A cue phrase as tokens, and the qualifier it gives."""

    words: tuple[str, ...]
    qualifier: Qualifier


CueTable = dict[str, tuple[Cue, ...]]


class Unit(NamedTuple):
    """What a number of these is, the unit kept, and how many of it one makes."""

    what: str
    unit: str | None
    times: float


class Lexicon(NamedTuple):
    """The tables. `before` is keyed by the last word of the cue, `after` and `units` by the first; cue tables hold
    the longest phrase first. `classes`, `objects`, `subjects`, `states`, `tolls` give `what` by lemma."""

    words: Words
    starters: frozenset[str]
    before: CueTable
    after: CueTable
    spanning: frozenset[str]
    currencies: dict[str, str]
    wary: frozenset[str]
    national: dict[tuple[str, str], str]
    pound_from: float
    units: dict[str, Unit]
    paired_units: dict[tuple[str, str], Unit]
    long_units: dict[str, Unit]
    magnitude: Magnitude
    aged: frozenset[str]
    aged_before: frozenset[str]
    anchored_after: frozenset[str]
    anchored_before: frozenset[str]
    months: frozenset[str]
    clock_after: frozenset[str]
    labels: frozenset[str]
    streets: frozenset[str]
    calibre: frozenset[str]
    one_before: frozenset[str]
    one_after: frozenset[str]
    classes: dict[str, str]
    objects: dict[str, str]
    participles: dict[str, str]
    subjects: dict[str, str]
    states: dict[str, str]
    tolls: dict[str, str]
    forced: dict[str, str]
    deadly: dict[str, str]
    sums: frozenset[str]
    groups: frozenset[str]
    acts: dict[str, str]
    held: dict[str, str]
    lasting: frozenset[str]
    rising: frozenset[str]
    including: frozenset[str]
    counts: frozenset[str]
    crowds: frozenset[str]
    leaving: frozenset[str]
    deprived: frozenset[str]
    bearing: frozenset[str]
    passed: frozenset[str]
    lives: frozenset[str]
    staying: frozenset[str]
    conveying: frozenset[str]
    conditions: frozenset[str]
    mass: frozenset[str]
    countable: frozenset[str]
    predicates: frozenset[str]
    examples: tuple[Example, ...]


def _split(phrase: str) -> tuple[str, ...]:
    return tuple(phrase.lower().split())


def _cues(cues: Cues, *, by_last: bool) -> CueTable:
    table: dict[str, list[Cue]] = {}
    groups: tuple[tuple[Qualifier, tuple[str, ...]], ...] = (
        ("exact", cues.exact), ("about", cues.about), ("at_least", cues.at_least), ("at_most", cues.at_most),
    )  # fmt: skip
    for qualifier, phrases in groups:
        for phrase in phrases:
            words = _split(phrase)
            table.setdefault(words[-1 if by_last else 0], []).append(Cue(words, qualifier))
    return {word: tuple(sorted(found, key=lambda cue: -len(cue.words))) for word, found in table.items()}


def _units(entries: Iterable[UnitEntry]) -> tuple[dict[str, Unit], dict[tuple[str, str], Unit]]:
    single: dict[str, Unit] = {}
    paired: dict[tuple[str, str], Unit] = {}
    for entry in entries:
        unit = Unit(entry.what, entry.unit, entry.times)
        for phrase in entry.words:
            words = _split(phrase)
            if len(words) == 2:
                paired[words[0], words[1]] = unit
            else:
                single[phrase.lower()] = unit
    return single, paired


def _by_lemma(groups: Iterable[tuple[str, tuple[str, ...]]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for what, lemmas in groups:
        for lemma in lemmas:
            found.setdefault(lemma, what)
    return found


def _participles(objects: dict[str, str]) -> dict[str, str]:
    """The regular participles of the verbs, for text in capitals, which the pipeline does not lemmatise."""
    found = {}
    for lemma, what in objects.items():
        short = len(lemma) > 3 and lemma[-1] not in "aeiouwy" and lemma[-2] in "aeiou" and lemma[-3] not in "aeiou"
        for form in (f"{lemma}d" if lemma.endswith("e") else f"{lemma}ed", f"{lemma}{lemma[-1]}ed" if short else ""):
            if form:
                found[form] = what
    return found


def _words(file: File) -> Words:
    vague = {word: Vague(e.low, e.high, e.scaled_high) for e in file.vague for word in e.words}
    return Words(
        file.numbers, file.scales, file.suffixes, frozenset(file.apart), file.glyphs, file.fractions, file.fixed,
        frozenset(file.adjectives), vague, file.multi,
    )  # fmt: skip


@functools.cache
def tables() -> Lexicon:
    """The tables, built once. Raise `LexiconError` where a file is wrong."""
    file = lexicon.read_all("figures.yaml", File)[-1]
    words = _words(file)
    units, paired = _units(file.units)
    long_units = {form: unit for word, unit in units.items() if unit.what == "duration" and not word.endswith("s")
                  for form in (word, f"{word}long")}  # fmt: skip
    verdicts = list(file.predicates.items())
    objects = _by_lemma((what, p.object) for what, p in verdicts)
    return Lexicon(
        words=words, starters=words.starters() | long_units.keys(), long_units=long_units,
        before=_cues(file.before, by_last=True),
        after=_cues(file.after, by_last=False), spanning=frozenset(file.spanning), currencies=file.currencies,
        wary=frozenset(file.wary), pound_from=file.pound_from, units=units, paired_units=paired,
        national={(" ".join(k.split()[:-1]), k.split()[-1]): code for k, code in file.national.items()},
        magnitude=file.magnitude, aged=frozenset(file.aged), aged_before=frozenset(file.aged_before),
        anchored_after=frozenset(file.anchored.after), anchored_before=frozenset(file.anchored.before),
        months=frozenset(file.months), clock_after=frozenset(file.clock_after), labels=frozenset(file.labels),
        streets=frozenset(file.streets), calibre=frozenset(file.calibre),
        one_before=frozenset(file.one.before), one_after=frozenset(file.one.after),
        classes=_by_lemma(file.classes.items()),
        objects=objects,
        participles=_participles(objects),
        subjects=_by_lemma((what, p.subject) for what, p in verdicts),
        states=_by_lemma((what, p.adjective) for what, p in verdicts),
        tolls=_by_lemma((what, p.counts) for what, p in verdicts),
        forced=_by_lemma((what, p.forced) for what, p in verdicts), deadly=file.deadly,
        sums=frozenset(file.sums),
        groups=frozenset(file.groups),
        acts=_by_lemma(file.acts.items()), held=file.held, lasting=frozenset(file.lasting),
        rising=frozenset(file.rising), including=frozenset(file.including),
        counts=frozenset(file.counts), crowds=frozenset(file.crowds), leaving=frozenset(file.leaving),
        deprived=frozenset(file.deprived),
        bearing=frozenset(file.bearing), passed=frozenset(file.passed), lives=frozenset(file.lives),
        staying=frozenset(file.staying), conveying=frozenset(file.conveying), conditions=frozenset(file.conditions),
        mass=frozenset(file.mass), countable=frozenset(file.countable),
        predicates=frozenset(file.predicates), examples=file.examples,
    )  # fmt: skip
