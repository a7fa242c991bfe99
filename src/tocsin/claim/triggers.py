"""The trigger rules, `data/triggers/*.yaml`, and their index by word form.

A rule names words of one frame and type, and what their arguments must be:

    - id: mobilize.test-weapon
      mode: test
      frame: transitive
      verbs: [launch, fire, test, test-fire]
      nouns: [launch, test]
      when: {object: [missile, rocket]}      every slot must hold a noun of one of the classes
      unless: {at: [any]}                    no slot may
      weight: 0.9
      examples: ["The navy [launched] a missile."]
      not: ["The navy launched a website."]

Slots: `subject`, `object`, `theme` (the object, or without one the subject), `indirect`, `clause` (the verb of a
complement clause), `infinitive` (that verb with "to"), `clause-subject`, `modifier` (words before a noun), `owner`
(its possessive), `carrier` (the verb that a noun is subject or object of), `object-modifier` (the words before the
object, its owner and what follows its "of"), `head` (the noun that a noun stands before), `negation`, `sentence` (any
noun, name or adjective of it), `context` (those of the two sentences before as well), `around` (any other verb of the
sentence), `cause` (what a harm goes with, and the verb of the clause of time beside it), `of` and every other
preposition by name; `a|b` is either slot. A condition is a class of `classes.yaml`, `any` for whatever fills the slot,
or `=word` for one lemma. In examples, `[words]` is where the rule must fire, `[words|mode]` with that mode.
"""

from __future__ import annotations

import functools
import operator
from dataclasses import dataclass
from typing import Literal, NamedTuple

import msgspec

from tocsin.claim.classes import lookup
from tocsin.claim.inflect import noun_forms, verb_forms
from tocsin.claim.ontology import Frame, ModeTable, Role, ontology
from tocsin.errors import LexiconError
from tocsin.lexicon import Entry, files, read

Kind = Literal["verb", "noun", "adjective", "phrase"]

SLOTS = frozenset({
    "subject", "object", "theme", "indirect", "clause", "clause-subject", "modifier", "owner", "carrier", "sentence",
    "negation", "infinitive", "object-modifier", "head", "context", "around", "cause",
})  # fmt: skip
"""The slots that are no preposition."""


class Rule(Entry, frozen=True, kw_only=True):
    """One rule of a type; see the module's docstring. `mode_by` names the table that chooses the mode from the words
    beside the trigger. `joins`: coordinated triggers of this rule are one event. `roles` overrides the frame's.
    `rank`: how the rule stands against others of the same word; without it, the more conditions the higher."""

    id: str
    frame: str
    mode: str | None = None
    mode_by: str | None = None
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    when: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    unless: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    roles: dict[Role, tuple[str, ...]] = msgspec.field(default_factory=dict)
    weight: float = 0.9
    rank: float | None = None
    joins: bool = False
    source: str | None = None
    examples: tuple[str, ...] = ()
    counter: tuple[str, ...] = msgspec.field(name="not", default=())


class TriggerFile(Entry, frozen=True, kw_only=True):
    """One file: the rules of one type."""

    type: str
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """What one slot must hold: classes, single lemmas, or anything."""

    slot: str
    classes: frozenset[str]
    lemmas: frozenset[str]
    anything: bool


@dataclass(frozen=True, slots=True)
class Compiled:
    """A rule made ready: its frame and table looked up, its conditions split."""

    rule: Rule
    type: str
    frame: Frame
    table: ModeTable | None
    when: tuple[Condition, ...]
    unless: tuple[Condition, ...]
    roles: tuple[tuple[Role, tuple[str, ...]], ...]


class Candidate(NamedTuple):
    """A word form that may be a trigger. `before`, `after`: the other words of a phrase; those after a verb may
    stand a few words off. `rank` orders candidates: the more is asked, the better it is known."""

    compiled: Compiled
    kind: Kind
    before: tuple[str, ...]
    after: tuple[str, ...]
    rank: float


RANK = operator.attrgetter("rank")

Index = dict[str, dict[Kind, list[Candidate]]]


def rule_files() -> list[TriggerFile]:
    """All trigger files, in a stable order, each checked against the ontology."""
    found = [read(path, TriggerFile) for path in files("triggers/*.yaml")]
    if not found:
        raise LexiconError("triggers/*.yaml: no such data file; is the package installed whole?")
    return found


@functools.cache
def index() -> Index:
    """Word form → kind → candidates, the most demanding first."""
    table: dict[str, dict[Kind, list[Candidate]]] = {}
    seen: set[str] = set()
    for file in rule_files():
        for rule in file.rules:
            if rule.id in seen:
                raise LexiconError(f"triggers: {rule.id}: a second rule of this id")
            seen.add(rule.id)
            compiled = compile_rule(file.type, rule)
            for form, candidate in _candidates(compiled):
                table.setdefault(form, {}).setdefault(candidate.kind, []).append(candidate)
    for kinds in table.values():
        for found in kinds.values():
            if len(found) > 1:
                found.sort(key=RANK, reverse=True)
    return table


def compile_rule(type_name: str, rule: Rule) -> Compiled:
    """Look up what a rule names; raise `LexiconError` for a type, mode, frame, table or class that is not there."""
    known = ontology()
    if type_name not in known.types:
        raise LexiconError(f"triggers: {rule.id}: no type {type_name!r} in ontology.yaml")
    modes = {rule.mode} if rule.mode else set()
    if rule.mode_by:
        if rule.mode_by not in known.tables:
            raise LexiconError(f"triggers: {rule.id}: no mode table {rule.mode_by!r} in ontology.yaml")
        modes |= set(known.tables[rule.mode_by].modes.values())
    for mode in sorted(modes - known.types[type_name].modes.keys()):
        raise LexiconError(f"triggers: {rule.id}: {type_name} has no mode {mode!r}")
    if rule.frame not in known.frames:
        raise LexiconError(f"triggers: {rule.id}: no frame {rule.frame!r} in ontology.yaml")
    frame = known.frames[rule.frame]
    return Compiled(
        rule=rule, type=type_name, frame=frame, table=known.tables[rule.mode_by] if rule.mode_by else None,
        when=_conditions(rule, rule.when), unless=_conditions(rule, rule.unless),
        roles=tuple({**frame.roles, **rule.roles}.items()),
    )  # fmt: skip


def _conditions(rule: Rule, asked: dict[str, tuple[str, ...]]) -> tuple[Condition, ...]:
    """The conditions of a rule, with every class checked."""
    names = lookup().names
    found = []
    for slot, wanted in asked.items():
        classes = frozenset(w for w in wanted if not w.startswith("=") and w != "any")
        for name in sorted(classes - names):
            raise LexiconError(f"triggers: {rule.id}: {slot}: no class {name!r} in classes.yaml")
        lemmas = frozenset(w[1:] for w in wanted if w.startswith("="))
        found.append(Condition(slot, classes, lemmas, "any" in wanted))
    return tuple(found)


def _candidates(compiled: Compiled) -> list[tuple[str, Candidate]]:
    """Every word form of a rule with its candidate."""
    rule = compiled.rule
    found: list[tuple[str, Candidate]] = []
    asked = 2.0 * len(rule.when) + 0.5 * bool(rule.unless) + rule.weight if rule.rank is None else rule.rank

    def add(kind: Kind, forms: tuple[str, ...], before: tuple[str, ...], after: tuple[str, ...]) -> None:
        rank = asked + 3.0 * (sum(w != "-" for w in before) + sum(w != "-" for w in after))
        candidate = Candidate(compiled, kind, before, after, rank)
        found.extend((form, candidate) for form in forms)

    for phrase in rule.verbs:
        for words in _spellings(phrase):
            at = 2 if len(words) > 2 and words[1] == "-" else 0
            add("verb", verb_forms(words[at]), tuple(words[:at]), tuple(words[at + 1 :]))
    for phrase in rule.nouns:
        for words in _spellings(phrase):
            at = next((k - 1 for k, w in enumerate(words) if w in ("of", "to", "in", "for") and k), len(words) - 1)
            add("noun", noun_forms(words[at]), tuple(words[:at]), tuple(words[at + 1 :]))
    for word in rule.adjectives:
        add("adjective", (word,), (), ())
    for phrase in rule.phrases:
        for words in _spellings(phrase):
            add("phrase", (words[-1],), tuple(words[:-1]), ())
    return found


def _spellings(phrase: str) -> list[list[str]]:
    """The words of a phrase as the tokenizer may give them: "test-fire" whole, and as "test", "-", "fire"."""
    whole = phrase.split()
    split = [part for word in whole for part in _around_hyphens(word)]
    return [whole] if len(split) == len(whole) else [whole, split]


def _around_hyphens(word: str) -> list[str]:
    """A word with each inner hyphen a token of its own."""
    parts = word.split("-")
    if not all(parts):
        return [word]
    return [token for n, part in enumerate(parts) for token in (("-", part) if n else (part,))]
