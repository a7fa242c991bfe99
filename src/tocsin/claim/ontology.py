"""The ontology: the types of event and their modes, the frames by which words fill roles, the tables that choose a
mode from the words beside a trigger. All of it is `data/ontology.yaml`; the code knows no type by name."""

from __future__ import annotations

import functools
from typing import Literal

import msgspec

from tocsin.errors import LexiconError
from tocsin.lexicon import Entry, files, read

Role = Literal["actor", "recipient", "object", "patient", "place_to", "place_from", "place_at"]


class Mode(Entry, frozen=True, kw_only=True):
    """One mode of a type. `ours` marks an extension of PLOVER."""

    what: str
    ours: bool = False


class EventType(Entry, frozen=True, kw_only=True):
    """One type of event. `plover` is the PLOVER type an extension maps back to, `None` where there is none."""

    what: str
    modes: dict[str, Mode] = msgspec.field(default_factory=dict)
    ours: bool = False
    plover: str | None = None


class Frame(Entry, frozen=True, kw_only=True):
    """Which slots of a trigger fill which role, in order of preference; the first filled slot of a role counts.

    `climbs`: a thing in the place of an actor stands for its owner ("the union's petition demands").
    `patient` becomes recipient, object or place by the class of its noun. `together`: all slots of the actor count
    ("A met B", "talks between A and B"). `of`, `owner`, `modifier`: what these stand for with a noun trigger.
    """

    roles: dict[Role, tuple[str, ...]]
    together: bool = False
    climbs: bool = True
    of: Literal["subject", "object", "of"] = "object"
    owner: Literal["subject", "object"] = "subject"
    modifier: Literal["subject", "object", "by-class"] = "by-class"


class ModeTable(Entry, frozen=True, kw_only=True):
    """Chooses a mode: the first class of `modes` of which a word in one of `slots` is."""

    slots: tuple[str, ...]
    modes: dict[str, str]


class Ontology(Entry, frozen=True, kw_only=True):
    """The whole file. `places`: the prepositions that make a place the scene, the goal or the origin of any event."""

    types: dict[str, EventType]
    frames: dict[str, Frame]
    tables: dict[str, ModeTable]
    places: dict[Role, tuple[str, ...]] = msgspec.field(default_factory=dict)


@functools.cache
def ontology() -> Ontology:
    """The ontology; a user's own file adds to the package's and overrides what it names again."""
    found = [read(path, Ontology) for path in files("ontology.yaml")]
    if not found:
        raise LexiconError("ontology.yaml: no such data file; is the package installed whole?")
    return Ontology(
        types={k: v for part in found for k, v in part.types.items()},
        frames={k: v for part in found for k, v in part.frames.items()},
        tables={k: v for part in found for k, v in part.tables.items()},
        places={k: v for part in found for k, v in part.places.items()},
    )


@functools.cache
def place_roles() -> dict[str, str]:
    """Preposition → the role of a place that follows it."""
    return {name: role for role, names in ontology().places.items() for name in names}
