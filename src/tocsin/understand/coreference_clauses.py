"""Who does what in a clause: the subject that a verb has, or that it takes over from the clause above (control)."""

from __future__ import annotations

from tocsin.understand.grammar import SUBJECTS, VERBAL
from tocsin.understand.parse import Parse

OBJECTS = frozenset({"dobj", "dative"})
CLAUSES = frozenset({"ccomp", "advcl", "xcomp", "relcl", "acl"})
TO_OBJECT = frozenset({"on", "upon", "for"})
"""Prepositions whose object does what an infinitive after it says: "called on the rebels to leave"."""

OF_OBJECT = frozenset({"of", "from", "into", "for", "over"})
"""Prepositions after an object that tell what it does: "accused them of fleeing", "kept them from leaving"."""

NONE: frozenset[str] = frozenset()

STEPS = 5
"""So many clauses are climbed for a subject."""


class Clauses:
    """The subjects of a document's verbs, found when asked for."""

    def __init__(self, parse: Parse) -> None:
        self.parse = parse
        self._known: dict[int, int | None] = {}

    def agent(self, verb: int) -> int | None:
        """The subject of a verb: its own, or the one that it takes over."""
        if verb not in self._known:
            self._known[verb] = self._agent(verb)
        return self._known[verb]

    def _agent(self, verb: int) -> int | None:
        parse = self.parse
        for _ in range(STEPS):
            own = next((k for k in parse.children[verb] if parse.dep[k] in SUBJECTS), None)
            if own is not None:
                return own
            dep, above = parse.dep[verb], parse.head[verb]
            if above == verb or dep in ("ROOT", "parataxis"):
                return None
            if dep in ("acl", "relcl"):
                return above
            if dep in ("xcomp", "ccomp", "advcl"):
                told = self._object(above, verb, objects=dep != "advcl", prepositions=TO_OBJECT)
                if told is not None:
                    return told
            elif dep == "pcomp":
                preposition, above = above, parse.head[above]
                told = self._object(above, preposition, objects=True, prepositions=NONE)
                if parse.lower[preposition] in OF_OBJECT and told is not None:
                    return told
            elif dep != "conj":
                return None
            verb = above
        return None

    def _object(self, verb: int, before: int, *, objects: bool, prepositions: frozenset[str]) -> int | None:
        """The object of a verb that does what follows: "urged them to leave", "called on them to leave"."""
        parse = self.parse
        for k in parse.children[verb]:
            if k >= before:
                return None
            if objects and parse.dep[k] in OBJECTS:
                return k
            if parse.dep[k] == "prep" and parse.lower[k] in prepositions and parse.tag[before] == "VB":
                called = next((o for o in parse.kids(k, "pobj") if not self._is_day(o)), None)
                if called is not None:
                    return called
        return None

    def _is_day(self, i: int) -> bool:
        at = self.parse.entity_at[i]
        return at >= 0 and self.parse.entities[at].label in ("DATE", "TIME")

    def clause_of(self, i: int) -> int | None:
        """The verb of the clause in which a token stands."""
        parse = self.parse
        for above in parse.ancestors(i):
            if parse.pos[above] in VERBAL:
                return above
        return None

    def above(self, verb: int) -> int | None:
        """The verb of the clause on which the clause of a verb hangs."""
        return self.clause_of(verb) if self.parse.dep[verb] in CLAUSES else None
