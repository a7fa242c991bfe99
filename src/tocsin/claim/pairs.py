"""What a model sees of an event and a mention beside it: the way between them in the tree, the words at both ends,
the rule's own opinion. One set of features serves every question: who acts, to whom, with what, where, when, how many.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tocsin.claim.arguments import is_passive
from tocsin.claim.classes import lookup
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


def features(parse: Parse, at: Anchor, mention: int) -> Iterator[str]:
    """The features of a pair of an event and a mention's head token."""
    up, down, crossed = way(parse, at, mention)
    path = f"{'^'.join(up[:LONGEST])}>{'>'.join(down[:LONGEST])}"
    kind, lemma = kind_of(parse, mention), parse.lemma[mention]
    role, slot = at.roles.get(mention, "-"), at.slots.get(mention, "-")
    short = f"{'^'.join(_simple(up))}>{'>'.join(_simple(down))}"
    side = "<" if mention < at.event.head else ">"
    first = down[0] if down else "self"
    yield "bias"
    yield f"p={path}"
    yield f"p={path}|{at.type}"
    yield f"p={path}|{at.voice}"
    yield f"p={path}|{kind}"
    yield f"r={role}"
    yield f"r={role}|{at.type}"
    yield f"r={role}|{kind}"
    yield f"r={role}|{first}|{len(up)}"
    yield f"sl={slot}|{role}"
    yield f"sl={slot}|{at.type}"
    yield f"sl={slot}|{kind}"
    yield f"sl={slot}|{at.event.rule}"
    yield f"sp={short}"
    yield f"sp={short}|{at.type}"
    yield f"sp={short}|{kind}"
    yield f"k={kind}|{side}|{at.type}"
    yield f"l={lemma}"
    yield f"l={lemma}|{at.type}"
    yield f"d={first}|{side}|{at.voice}"
    yield f"d={first}|{len(up)}|{len(down)}"
    yield f"e={at.event.rule}|{first}|{len(up)}"
    yield f"e={at.event.rule}|{at.event.mode}|{kind}"
    yield f"u={'^'.join(up[:LONGEST])}|{at.shape}"
    yield f"w={'>'.join(down[:LONGEST])}|{at.type}"
    yield f"n={_bucket(abs(mention - at.event.head))}|{side}"
    yield f"x={min(crossed, 3)}|{min(len(up), 4)}|{min(len(down), 4)}"
    yield f"t={parse.lemma[at.event.head]}|{first}|{side}"
    for name in sorted(lookup().of(parse, mention)):
        yield f"c={name}|{at.type}"
        yield f"c={name}|{first}"
    yield from _governor(parse, at, mention, len(up))


def _simple(steps: list[str]) -> list[str]:
    """A way without the steps that change nothing of who does what: coordination, apposition, names; all kinds of
    clause made one."""
    return [("clause" if step in CLAUSES else step) for step in steps if step not in LEVEL][:LONGEST]


def _governor(parse: Parse, at: Anchor, mention: int, up: int) -> Iterator[str]:
    """The word that a mention belongs to, prepositions passed over: the event, another one, a word of saying."""
    g = parse.head[mention]
    word = "-"
    while parse.dep[g] in WITH_WORD and parse.head[g] != g:
        word = parse.lower[g]
        g = parse.head[g]
    sort = (
        "event" if g == at.event.head else "cue" if g in at.scene.cues else "other" if g in at.scene.triggers
        else "above" if g in at.above else "main" if g == at.main else "far"
    )  # fmt: skip
    place = "named" if mention in at.scene.named else "plain"
    fronted = "front" if mention < at.main and parse.dep[parse.head[mention]] == "prep" else "back"
    yield f"go={sort}|{word}"
    yield f"go={sort}|{word}|{at.type}"
    yield f"go={sort}|{min(up, 3)}|{place}"
    yield f"gl={parse.lemma[g]}|{sort}|{word}"
    yield f"pl={place}|{word}|{sort}"
    yield f"pl={place}|{word}|{at.type}"
    yield f"fr={fronted}|{sort}|{place}"


def kind_of(parse: Parse, i: int) -> str:
    """What sort of mention a head token is: its entity label, else its part of speech."""
    entity = parse.entity_at[i]
    if entity >= 0:
        return parse.entities[entity].label
    return parse.lower[i] if parse.pos[i] == "PRON" else parse.pos[i]


def _bucket(distance: int) -> int:
    """A distance in words, rounded up to one of a few."""
    return next((n for n in NEAR if distance <= n), 99)
