"""What a model is told of an event and a word beside it, that the words themselves do not say: the way between them in
the tree, what stands at both ends, the rule's own opinion. One set of facts serves every question: who acts, to whom,
with what, where, when, how many, and whether another event is the same one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tocsin.claim.arguments import is_passive
from tocsin.claim.events import Event
from tocsin.understand.parse import Parse

LONGEST = 5
"""Steps up or down the tree that are told apart; longer ways are all one."""

WITH_WORD = frozenset({"prep", "agent", "dative", "prt", "mark"})
LEVEL = frozenset({"conj", "appos", "compound", "nmod", "prt"})
CLAUSES = frozenset({"xcomp", "ccomp", "advcl", "pcomp", "acl", "relcl", "parataxis"})
FAR = 99
"""Steps to what is in another tree."""

NEAR = (1, 2, 3, 5, 8, 13, 21)

MENTION, FIGURE, TIME, EVENT = SORTS = ("mention", "figure", "time", "event")
"""What stands beside an event."""

ROLE, SLOT, KIND = 2, 3, 6
"""The places of facts that a pair of two events has something else for."""


class Pair(NamedTuple):
    """An event, by its head token, and a `word` beside it: the head of a mention, figure or time, or of another event.
    `also` is a second word that says what it is (the noun that a figure counts), or -1. `facts` are what is known of
    the two together, one of each kind."""

    sort: str
    event: int
    word: int
    also: int
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Scene:
    """What a document holds beside a pair: the head tokens of its `triggers`, the tokens of `cues` that say who
    vouches, and the tokens that are `named` places."""

    triggers: frozenset[int]
    cues: frozenset[int]
    named: frozenset[int]


@dataclass(frozen=True)
class Anchor:
    """An event as the pair features need it: computed once, used for every mention of its sentence."""

    event: Event
    type: str
    above: dict[int, int]
    voice: str
    shape: str
    roles: dict[int, str]
    slots: dict[int, str]
    scene: Scene
    main: int


def anchor(parse: Parse, event: Event, type_: str, scene: Scene) -> Anchor:
    """The anchor of an event that is taken to be of type `type_`."""
    i = event.head
    above = {i: 0}
    for steps, k in enumerate(parse.ancestors(i), 1):
        above[k] = steps
    passive = parse.pos[i] == "VERB" and is_passive(parse, i)
    return Anchor(
        event=event,
        type=type_,
        above=above,
        voice="passive" if passive else parse.tag[i],
        shape=f"{parse.pos[i]}/{parse.dep[i]}",
        roles={head: role for role, head in event.roles},
        slots={head: slot for slot, head in reversed(event.slots)},
        scene=scene,
        main=_main(parse, i),
    )


def _main(parse: Parse, i: int) -> int:
    """The root of a token's sentence."""
    above = parse.ancestors(i)
    return above[-1] if above else i


def way(parse: Parse, at: Anchor, mention: int) -> tuple[list[str], list[str], int]:
    """The dependencies from the trigger up to the common ancestor, then down to the mention, prepositions with their
    words; and how many other triggers lie on the way."""
    down: list[str] = []
    crossed = 0
    k = mention
    while k not in at.above:
        dep = parse.dep[k]
        down.append(f"{dep}:{parse.lower[k]}" if dep in WITH_WORD else dep)
        if k != mention and k in at.scene.triggers:
            crossed += 1
        if parse.head[k] == k:
            break
        k = parse.head[k]
    up: list[str] = []
    if k in at.above:
        j = at.event.head
        while j != k:
            up.append(f"{parse.dep[j]}:{parse.lower[j]}" if parse.dep[j] in WITH_WORD else parse.dep[j])
            j = parse.head[j]
            if j in at.scene.triggers:
                crossed += 1
    return up, down[::-1], crossed


def steps(parse: Parse, at: Anchor, mention: int) -> int:
    """How many steps in the tree lie between an event and a mention."""
    down, k = 0, mention
    while k not in at.above and parse.head[k] != k:
        k = parse.head[k]
        down += 1
    return down + at.above.get(k, FAR)


def facts(parse: Parse, at: Anchor, word: int, own: str) -> tuple[str, ...]:
    """The facts of an event and a word beside it. `own` is what only pairs of this sort have."""
    up, down, crossed = way(parse, at, word)
    side = "<" if word < at.event.head else ">"
    first = down[0] if down else "self"
    return (
        f"{'^'.join(up[:LONGEST])}>{'>'.join(down[:LONGEST])}",
        f"{'^'.join(_simple(up))}>{'>'.join(_simple(down))}",
        at.roles.get(word, "-"),
        at.slots.get(word, "-"),
        f"{first}|{min(len(up), 3)}",
        f"{min(crossed, 3)}|{min(len(up), 4)}|{min(len(down), 4)}",
        kind_of(parse, word),
        f"{_bucket(abs(word - at.event.head))}|{side}",
        *_governed(parse, at, word),
        at.voice,
        at.event.rule,
        at.type,
        own,
    )


def rank(at: Anchor, word: int, rivals: Sequence[int]) -> str:
    """How near a word stands to the event among its rivals: how many are nearer, and how many there are."""
    if word not in rivals:
        return f"none|{min(len(rivals), 2)}"
    nearer = sum(abs(other - at.event.head) < abs(word - at.event.head) for other in rivals)
    return f"{min(nearer, 2)}|{min(len(rivals), 3)}"


def _simple(steps: list[str]) -> list[str]:
    """A way without the steps that change nothing of who does what: coordination, apposition, names; all kinds of
    clause made one."""
    return [("clause" if step in CLAUSES else step) for step in steps if step not in LEVEL][:LONGEST]


def _governed(parse: Parse, at: Anchor, word: int) -> tuple[str, str]:
    """What a word belongs to, prepositions passed over (the event, another one, a word of saying), and by which
    preposition; whether it names a place, and stands before the main verb."""
    g = parse.head[word]
    by = "-"
    while parse.dep[g] in WITH_WORD and parse.head[g] != g:
        by = parse.lower[g]
        g = parse.head[g]
    sort = (
        "event" if g == at.event.head else "cue" if g in at.scene.cues else "other" if g in at.scene.triggers
        else "above" if g in at.above else "main" if g == at.main else "far"
    )  # fmt: skip
    place = "named" if word in at.scene.named else "plain"
    fronted = "front" if word < at.main and parse.dep[parse.head[word]] == "prep" else "back"
    return f"{sort}|{by}", f"{place}|{fronted}|{sort}"


def kind_of(parse: Parse, i: int) -> str:
    """What sort of mention a head token is: its entity label, else its part of speech."""
    entity = parse.entity_at[i]
    if entity >= 0:
        return parse.entities[entity].label
    return parse.lower[i] if parse.pos[i] == "PRON" else parse.pos[i]


def _bucket(distance: int) -> int:
    """A distance in words, rounded up to one of a few."""
    return next((n for n in NEAR if distance <= n), 99)
