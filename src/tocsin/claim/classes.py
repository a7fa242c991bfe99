"""Classes of nouns: what a word names (weapon, force, person, place, ...), from `data/classes.yaml`.

A trigger's rule asks for the class of an argument, never for single words where a class will do.
"""

from __future__ import annotations

import functools
from typing import Literal

from tocsin.claim.inflect import noun_forms
from tocsin.errors import LexiconError
from tocsin.lexicon import Entry, files, read
from tocsin.understand.parse import Parse

THINGS = frozenset({"this", "that", "these", "which", "what", "there", "itself", "everything", "nothing", "something"})
NO_AGENTS = frozenset({
    "DATE", "TIME", "CARDINAL", "MONEY", "PERCENT", "QUANTITY", "ORDINAL", "EVENT", "LAW", "PRODUCT", "WORK_OF_ART",
    "LOC", "FAC", "LANGUAGE",
})  # fmt: skip
NOTHING: frozenset[str] = frozenset()


class NounClass(Entry, frozen=True, kw_only=True):
    """One class. `within`: the classes it belongs to. `labels`: entity labels that make a word a member; `NAME` is a
    proper noun that the pipeline did not recognise.

    `role`: what a noun of the class is when something is done to it. `words` are singular nouns; forms that do not
    inflect so are listed as they are.
    """

    words: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    role: Literal["recipient", "object", "place_at"] | None = None


class Classes(Entry, frozen=True, kw_only=True):
    """The whole file.

    `light`, `undergo`: verbs whose subject does, or suffers, the event that their object names. `giving`: words for
    acts of which "to" tells who gets something, and not where. `deadly`: verbs of
    which an event noun may be the means. `referents`: classes of things that a pronoun may stand for. `agents`: classes
    whose members can act; `agent_endings`: how nouns for people
    end that no class knows. `transparent`: nouns that only count or group what follows their "of". `vague`: nouns that
    are of the class of the noun before them ("aid deliveries", "peace efforts").
    """

    classes: dict[str, NounClass]
    light: tuple[str, ...] = ()
    undergo: tuple[str, ...] = ()
    giving: tuple[str, ...] = ()
    transparent: tuple[str, ...] = ()
    agents: tuple[str, ...] = ()
    referents: tuple[str, ...] = ()
    agent_endings: tuple[str, ...] = ()
    deadly: tuple[str, ...] = ()
    vague: tuple[str, ...] = ()


class Lookup:
    """The compiled classes: word form → names of classes."""

    def __init__(self, parts: list[Classes]) -> None:
        self.names = {name for part in parts for name in part.classes}
        parents: dict[str, set[str]] = {}
        roles: dict[str, str] = {}
        for part in parts:
            for name, entry in part.classes.items():
                parents.setdefault(name, set()).update(entry.within)
                if entry.role:
                    roles.setdefault(name, entry.role)
        for name, above in parents.items():
            for parent in sorted(above - self.names):
                raise LexiconError(f"classes.yaml: {name}: within: no class {parent!r}")
        self.roles = roles
        words: dict[str, set[str]] = {}
        labels: dict[str, set[str]] = {}
        for part in parts:
            for name, entry in part.classes.items():
                family = _upward(name, parents)
                for word in entry.words:
                    for form in noun_forms(word):
                        words.setdefault(form, set()).update(family)
                for label in entry.labels:
                    labels.setdefault(label, set()).update(family)
        self.words = {word: frozenset(found) for word, found in words.items()}
        self.labels = {label: frozenset(found) for label, found in labels.items()}
        self.unknown_name = self.labels.get("NAME", NOTHING)
        self.light = frozenset(v for part in parts for v in part.light)
        self.undergo = frozenset(v for part in parts for v in part.undergo)
        self.giving = frozenset(v for part in parts for v in part.giving)
        self.deadly = frozenset(v for part in parts for v in part.deadly)
        self.agents = frozenset(a for part in parts for a in part.agents)
        self.referents = frozenset(r for part in parts for r in part.referents)
        self.endings = tuple(e for part in parts for e in part.agent_endings)
        self.vague = frozenset(f for part in parts for w in part.vague for f in noun_forms(w))
        self.transparent = frozenset(f for part in parts for w in part.transparent for f in noun_forms(w))

    def of(self, parse: Parse, i: int) -> frozenset[str]:
        """The classes of the noun at token `i`, by its word and by the entity that it ends or stands in."""
        known = self.words.get(parse.lower[i]) or self.words.get(parse.lemma[i])
        k = parse.entity_at[i]
        if k < 0:
            return known or (self.unknown_name if parse.pos[i] == "PROPN" else NOTHING)
        by_label = self.labels.get(parse.entities[k].label)
        if known is None or by_label is None:
            return known or by_label or NOTHING
        return known | by_label if parse.pos[i] == "PROPN" else known

    def is_agent(self, parse: Parse, i: int) -> bool:
        """Whether the word at token `i` names somebody who can act: a person, a body, a state, an armed force."""
        pos = parse.pos[i]
        if pos == "PRON":
            return parse.lower[i] not in THINGS
        k = parse.entity_at[i]
        label = parse.entities[k].label if k >= 0 else ""
        if pos == "PROPN":
            return label not in NO_AGENTS
        found = self.of(parse, i)
        if found & self.agents or (label == "NORP" and pos == "ADJ"):
            return label not in NO_AGENTS
        return pos == "NOUN" and not found and parse.lower[i].endswith(self.endings)

    def role(self, found: frozenset[str]) -> str | None:
        """What a noun of these classes is when something is done to it: recipient, object, place_at or unknown."""
        for name in self.roles:
            if name in found:
                return self.roles[name]
        return None


def _upward(name: str, parents: dict[str, set[str]]) -> set[str]:
    """A class and all that it is within."""
    found, todo = {name}, [name]
    while todo:
        for parent in parents.get(todo.pop(), ()):
            if parent not in found:
                found.add(parent)
                todo.append(parent)
    return found


@functools.cache
def lookup() -> Lookup:
    """The classes, loaded once."""
    found = [read(path, Classes) for path in files("classes.yaml")]
    if not found:
        raise LexiconError("classes.yaml: no such data file; is the package installed whole?")
    return Lookup(found)
