"""The events of a parsed text: every word that a trigger rule recognises, with its type, mode and role fillers.

Recall comes first here: a candidate that is rarely a claim is kept with a low `weight`, for the stage after to decide.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from tocsin.claim.antecedents import PRONOUNS, antecedent
from tocsin.claim.arguments import is_verbal, outer, owner
from tocsin.claim.classes import lookup
from tocsin.claim.ontology import place_roles
from tocsin.claim.slots import Slots
from tocsin.claim.triggers import Candidate, Compiled, Condition, Index, Kind, Rule, index
from tocsin.understand.parse import Parse

GAP = 6
"""How many words a verb and its particle or fixed object may stand apart."""
MISTAGGED = 0.7
"""What is left of a rule's weight when the tagger calls the word another part of speech."""

TELLING = 0.45
"""A noun at least this sure of being a claim is more telling than a light verb that carries it."""
TITLE_SHARE = 0.8
"""In a title at least this share of the words of four letters and more has a capital."""
PARTICLES = frozenset({
    "in", "on", "off", "up", "down", "out", "over", "away", "back", "through", "into", "at", "to", "for",
})  # fmt: skip

MEASURES = frozenset({"DATE", "TIME", "CARDINAL", "MONEY", "PERCENT", "QUANTITY", "ORDINAL"})
ARGUMENTS = ("subject", "object", "indirect", "owner", "clause-subject")

NAME_LABELS = frozenset({"ORG", "PERSON", "PRODUCT", "WORK_OF_ART", "FAC", "LAW", "EVENT", "GPE", "LOC"})
ORDER: dict[str, tuple[Kind, ...]] = {
    "VERB": ("phrase", "verb", "adjective", "noun"),
    "AUX": ("phrase", "verb"),
    "NOUN": ("phrase", "noun", "verb", "adjective"),
    "PROPN": ("phrase", "noun", "verb", "adjective"),
    "ADJ": ("phrase", "adjective", "verb", "noun"),
}
OTHERS: tuple[Kind, ...] = ("phrase", "adjective", "verb", "noun")
PARTICIPLE = ("ed", "ing", "en", "wn", "ung", "pt")


@dataclass(frozen=True)
class Event:
    """A trigger in the text. `head` is its head token, `start` to `end` (exclusive) its token range. `weight` (0 to
    1) says how surely the rule makes a claim of it. `roles`: role and head token of each filler, conjuncts each. `hit`
    is what the rule fitted."""

    head: int
    start: int
    end: int
    type: str
    mode: str | None
    rule: str
    weight: float
    roles: tuple[tuple[str, int], ...]
    hit: Hit = field(repr=False, compare=False)

    @cached_property
    def slots(self) -> tuple[tuple[str, int], ...]:
        """Slot and head token of every argument, whatever role the rule gives it."""
        frame, slots = self.hit.candidate.compiled.frame, self.hit.slots
        named = [(slot, k) for slot in ARGUMENTS for k in slots.get(slot, frame)]
        return (*named, *((name, k) for name, heads in slots.prepositions.items() for k in heads))


class Hit(NamedTuple):
    """A candidate that fits at a token, before it is made an event."""

    candidate: Candidate
    start: int
    end: int
    weight: float
    slots: Slots
    joined: tuple[Hit, ...] = ()

    @property
    def rule(self) -> Rule:
        """The rule that fits."""
        return self.candidate.compiled.rule

    @property
    def type(self) -> str:
        """The type of event that the rule is for."""
        return self.candidate.compiled.type


def find_events(parse: Parse) -> list[Event]:
    """The events of a text in the order of the text, at most one at a token and none inside another's trigger."""
    forms = index()
    hits: dict[int, Hit] = {}
    for i, lower in enumerate(parse.lower):
        if lower in forms:
            hit = _match(parse, i, forms)
            if hit is not None:
                hits[i] = hit
    _drop_covered(hits)
    _drop_joined(parse, hits)
    _drop_carriers(parse, hits)
    return [_event(parse, i, hit) for i, hit in sorted(hits.items())]


def _match(parse: Parse, i: int, forms: Index) -> Hit | None:
    """The best candidate that fits at token `i`."""
    kinds = forms[parse.lower[i]]
    pos = parse.pos[i]
    if pos == "PROPN" and _in_name(parse, i):
        return None
    for place, kind in enumerate(ORDER.get(pos, OTHERS)):
        if kind not in kinds or not _may_be(parse, i, kind, pos):
            continue
        slots = Slots(parse, i, _slot_kind(parse, i, kind))
        for candidate in kinds[kind]:
            span = _span(parse, i, candidate)
            if span and _fits(slots, candidate.compiled):
                plain = place == 1 or kind == "phrase" or (kind == "verb" and is_verbal(parse, i))
                weight = candidate.compiled.rule.weight * (1.0 if plain else MISTAGGED)
                return Hit(candidate, span[0], span[1], round(weight, 3), slots)
        if kind != "phrase":
            return None
    return None


def _slot_kind(parse: Parse, i: int, kind: Kind) -> Kind:
    """How the arguments of the trigger are to be read: a phrase by what its last word is, a gerund that is a noun
    ("the holding of a journalist") as a noun."""
    if kind == "verb" and parse.pos[i] in ("NOUN", "PROPN") and parse.lower[i].endswith("ing"):
        return "noun"
    if kind == "phrase" and parse.pos[i] == "NOUN" and parse.dep[i] in ("nsubj", "dobj", "ROOT"):
        return "noun"
    return kind


def _may_be(parse: Parse, i: int, kind: Kind, pos: str) -> bool:
    """Whether the word may be of this kind although the tagger calls it otherwise: participles and forms in -s are
    the ones it mistakes; a base form is taken as it is tagged."""
    if kind == "phrase" or pos not in ORDER:
        return kind in ("phrase", "adjective") or parse.word[i].isupper()
    if kind == "verb" and pos == "PROPN" and _is_headline(parse, parse.sent[i]):
        return True
    if kind == "verb" and pos in ("NOUN", "PROPN", "ADJ"):
        return parse.lower[i].endswith(PARTICIPLE) or _in_s(parse.lower[i]) or parse.tag[i].startswith("VB")
    if kind == "noun" and pos == "ADJ":
        return parse.dep[i] in ("pobj", "dobj", "nsubj", "compound")
    return True


def _in_s(word: str) -> bool:
    """Whether the word has the ending -s of a verb or a plural."""
    return word.endswith("s") and not word.endswith("ss")


def _in_name(parse: Parse, i: int) -> bool:
    """Whether the token is part of a proper name ("Ministry of Defence"), not merely a capital in a headline."""
    k = parse.entity_at[i]
    label = parse.entities[k].label if k >= 0 else ""
    if label in MEASURES:
        return True
    if label not in NAME_LABELS and not (parse.dep[i] == "compound" and parse.pos[parse.head[i]] == "PROPN"):
        return False
    return not _is_headline(parse, parse.sent[i])


def _is_headline(parse: Parse, sent: int) -> bool:
    """Whether the words of a sentence are capitalised as in a title, so that a capital says nothing."""
    start, end = parse.sents[sent]
    long = [w for w in parse.word[start:end] if w.isalpha() and len(w) > 3]
    return len(long) > 2 and sum(w[0].isupper() for w in long) >= TITLE_SHARE * len(long)


def _span(parse: Parse, i: int, candidate: Candidate) -> tuple[int, int] | None:
    """The token range of the trigger when all words of its phrase are there; a particle that stands off is not
    part of it."""
    before, after = candidate.before, candidate.after
    if not before and not after:
        return i, i + 1
    start, end = i - len(before), i + 1
    if start < 0 or (before and not _is(parse, i - 1, before[-1])):
        return None
    if not all(_is(parse, start + n, w) for n, w in enumerate(before)):
        return None
    if after and after[0] not in parse.lower[end : end + GAP] and after[0] not in parse.lemma[end : end + GAP]:
        return None
    limit = min(parse.sents[parse.sent[i]][1], i + 1 + GAP) if candidate.kind == "verb" else i + 2
    for n, word in enumerate(after):
        stop = limit if n == 0 else min(end + 3, len(parse))
        if candidate.kind != "verb":
            stop = min(end + 1, len(parse))
        at = next((k for k in range(end, stop) if _is(parse, k, word)), None)
        if at is None or any(parse.pos[k] == "VERB" for k in range(end, at)):
            return None
        if at > end and not (_is_particle(parse, at, i) if word in PARTICLES else _hangs_from(parse, at, i)):
            return None
        end = at + 1
    return (start, end) if end - i <= len(after) + 2 else (start, i + 1)


def _is_particle(parse: Parse, k: int, verb: int) -> bool:
    """Whether a word that stands off from a verb goes with it ("pulled the troops out"), and is no preposition."""
    return parse.dep[k] in ("prt", "advmod") or (parse.head[k] == verb and not parse.children[k])


def _hangs_from(parse: Parse, k: int, verb: int) -> bool:
    """Whether a noun that stands off from a verb is its object ("held three days of talks"), not a preposition's."""
    for _ in range(5):
        if parse.head[k] == verb:
            return parse.dep[k] != "prep"
        if parse.dep[k] == "prep" and parse.lower[k] != "of":
            return False
        k = parse.head[k]
    return False


def _is(parse: Parse, k: int, word: str) -> bool:
    return parse.lower[k] == word or parse.lemma[k] == word


def _fits(slots: Slots, compiled: Compiled) -> bool:
    """Whether all conditions of a rule hold."""
    frame = compiled.frame
    return all(_holds(slots.parse, c, slots.get(c.slot, frame)) for c in compiled.when) and not any(
        _holds(slots.parse, c, slots.get(c.slot, frame), exact=True) for c in compiled.unless
    )


def _holds(parse: Parse, condition: Condition, heads: list[int], *, exact: bool = False) -> bool:
    """Whether one of the tokens is what a condition asks for, or a pronoun for it; where `exact`, a pronoun whose noun
    is known is of that noun's classes alone."""
    if not heads:
        return False
    if condition.anything:
        return True
    classes = lookup()
    for k in heads:
        if parse.lemma[k] in condition.lemmas or parse.lower[k] in condition.lemmas:
            return True
        if not condition.classes:
            continue
        if parse.lower[k] in PRONOUNS:
            meant = antecedent(parse, k)
            if meant is not None:
                if classes.of(parse, meant) & condition.classes:
                    return True
                if exact:
                    continue
        if classes.of(parse, k) & condition.classes:
            return True
        if parse.lower[k] in classes.vague:
            before = (c for c in parse.children[k] if parse.dep[c] in ("compound", "amod"))
            if any(classes.of(parse, c) & condition.classes for c in before):
                return True
    return False


def _drop_covered(hits: dict[int, Hit]) -> None:
    """Drop hits inside the trigger of a longer one."""
    for i, hit in sorted(hits.items()):
        if i in hits and hit.end - hit.start > 1:
            for k in range(hit.start, hit.end):
                if k != i and k in hits:
                    other = hits[k]
                    if other.end - other.start < hit.end - hit.start or k > i:
                        del hits[k]


def _drop_joined(parse: Parse, hits: dict[int, Hit]) -> None:
    """Of coordinated triggers of a rule that joins ("killed and wounded") keep the first."""
    for i in sorted(hits):
        if not hits[i].rule.joins:
            continue
        k = i
        for _ in range(3):
            if parse.dep[k] not in ("conj", "ccomp", "dep"):
                break
            k = parse.head[k]
            first = hits.get(k)
            if first and first.rule.joins and first.type == hits[i].type:
                hits[k] = first._replace(joined=(*first.joined, hits.pop(i)))
                break


def _drop_carriers(parse: Parse, hits: dict[int, Hit]) -> None:
    """Of a verb that only carries an event and the noun of the same type that names it ("launched an attack",
    "suffered casualties") keep the noun, or the verb where it is the surer."""
    carrying = lookup().light | lookup().undergo
    for i in sorted(hits):
        hit = hits.get(i)
        if hit is None or hit.candidate.kind != "noun":
            continue
        noun = outer(parse, i)
        head = parse.head[noun]
        if parse.dep[noun] not in ("dobj", "nsubjpass") or parse.lemma[head] not in carrying:
            continue
        verb = hits.get(head)
        if verb and verb.candidate.kind == "verb" and verb.type == hit.type:
            del hits[head if hit.weight >= min(TELLING, verb.weight) else i]


def _event(parse: Parse, i: int, hit: Hit) -> Event:
    """The event of a hit, with its roles filled."""
    compiled = hit.candidate.compiled
    return Event(
        head=i, start=hit.start, end=hit.end, type=compiled.type, mode=_mode(parse, hit), rule=compiled.rule.id,
        weight=hit.weight, roles=_roles(parse, hit), hit=hit,
    )  # fmt: skip


def _mode(parse: Parse, hit: Hit) -> str | None:
    """The mode by the words beside the trigger where the rule has a table, else the rule's own."""
    compiled = hit.candidate.compiled
    if compiled.table is None:
        return compiled.rule.mode
    classes = lookup()
    for slot in compiled.table.slots:
        heads = hit.slots.get(slot, compiled.frame)
        found: set[str] = set()
        for k in heads:
            meant = antecedent(parse, k) if parse.lower[k] in PRONOUNS else None
            found |= classes.of(parse, k if meant is None else meant)
        for name, mode in compiled.table.modes.items():
            if name in found:
                return mode
    return compiled.rule.mode


def _roles(parse: Parse, hit: Hit) -> tuple[tuple[str, int], ...]:
    """Role and head token of every filler."""
    compiled, slots = hit.candidate.compiled, hit.slots
    trigger = range(hit.start, hit.end)
    found: dict[int, str] = {}
    for role, names in compiled.roles:
        everything = role == "actor" and compiled.frame.together
        for name in names:
            filled = False
            for k in slots.get(name, compiled.frame):
                filler = _filler(parse, k, role, climbs=compiled.frame.climbs)
                if filler is not None and filler not in trigger and filler not in found:
                    found[filler] = _as(parse, filler) if role == "patient" else role
                    filled = True
            if filled and not everything:
                break
    places = place_roles()
    for name, heads in slots.prepositions.items():
        if name in places:
            for k in heads:
                if k not in found and k not in trigger and "location" in lookup().of(parse, k):
                    found[k] = places[name]
    for other in hit.joined:
        found = {k: name for name, k in _roles(parse, other)} | found
    return tuple(sorted(((role, k) for k, role in found.items()), key=lambda pair: pair[1]))


def _filler(parse: Parse, k: int, role: str, *, climbs: bool) -> int | None:
    """The token that fills a role in the place of token `k`: itself, or for an actor or recipient that is a thing or a
    deed, who stands behind it; `None` where nobody does."""
    if role in ("actor", "recipient"):
        if lookup().is_agent(parse, k):
            return k
        return owner(parse, k) if climbs else None
    if parse.pos[k] not in ("NOUN", "PROPN", "PRON", "ADJ", "X"):
        return None
    e = parse.entity_at[k]
    return None if e >= 0 and parse.entities[e].label in MEASURES else k


def _as(parse: Parse, k: int) -> str:
    """What a patient is: recipient, object or place, by the class of its noun."""
    classes = lookup()
    role = classes.role(classes.of(parse, k))
    if role:
        return role
    if parse.pos[k] in ("PRON", "PROPN", "ADJ") and parse.lower[k] not in ("it", "itself"):
        return "recipient"
    return "recipient" if parse.lower[k].endswith(classes.endings) else "object"
