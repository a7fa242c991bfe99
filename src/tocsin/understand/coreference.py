"""Whom a pronoun means: candidates in the sentences before, agreement, and the salience of each.

Rules of the language, weighed: a pronoun agrees in number, gender and humanity; it does not mean its own co-argument;
subjects are looked back to before objects, near ones before far ones, named ones before others, and a pronoun carries
its own antecedent on.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from typing import NamedTuple, Protocol

from tocsin.model import Mention
from tocsin.understand.actors_lexicon import lore
from tocsin.understand.coreference_clauses import Clauses
from tocsin.understand.coreference_quotes import Speakers
from tocsin.understand.grammar import RELATIVE, SUBJECTS, VERBAL
from tocsin.understand.parse import Parse

ACCUSATIVE = frozenset({"him", "them", "me", "us"})
"""As the subject of an infinitive they are the object of the verb above it ("claimed them to be spies")."""

MALE = frozenset({"he", "him", "his", "himself"})
FEMALE = frozenset({"she", "her", "hers", "herself"})
THING = frozenset({"it", "its", "itself"})
MANY = frozenset({"they", "them", "their", "theirs", "themselves"})
FIRST_PERSON = frozenset({"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"})
ADDRESSED = frozenset({"you", "your", "yours"})
LOOKING_BACK = MALE | FEMALE | THING | MANY
PRONOUNS = LOOKING_BACK | FIRST_PERSON | ADDRESSED | RELATIVE

REASONS = frozenset({"for", "over"})
ARGUMENTS = frozenset({"dobj", "pobj", "nsubjpass", "dative", "appos"})

SENTENCES_BACK = 4
CANDIDATE_DEPS = {
    "nsubj": 1.2, "nsubjpass": 1.1, "dobj": 0.8, "pobj": 0.4, "dative": 0.4, "poss": 0.3, "appos": 0.0, "conj": -0.1,
    "attr": 0.0, "ROOT": 0.3, "agent": 0.3, "npadvmod": 0.0, "compound": -0.3, "nmod": -0.3, "amod": -0.6, "oprd": 0.0,
}  # fmt: skip
"""Where a candidate may stand in its clause, and what that is worth."""

BEARERS = frozenset({"NOUN", "PROPN", "PRON", "ADJ", "NUM"})
BY_DISTANCE = (0.0, -0.8, -1.6, -2.3, -3.1)
SCENE = frozenset({"in", "at", "on", "near", "across", "throughout", "into", "outside", "inside", "from"})
"""Prepositions of places: what they name is the scene more often than somebody."""

SCENE_MALUS = 0.7
NAMED_BONUS = 1.1
GENDER_BONUS = 1.0
SPEAKER_BONUS = 1.2
CARRIED_BONUS = 0.7
DOER_BONUS = 2.0
OWN_SUBJECT_BONUS = 0.6
OWN_AGENT_BONUS = 0.5
GOVERNING_BONUS = 0.5


class Kind(NamedTuple):
    """What can be told of the bearer of a noun. `None` where the words leave it open."""

    human: bool | None
    plural: bool | None
    female: bool | None
    named: bool


class Knows(Protocol):
    """Tells what kind of being a noun names; `None` for one that is no actor."""

    def kind(self, head: int) -> Kind | None:
        """The kind of the actor that the phrase of this head names."""
        ...


class References:
    """The antecedents of a document's pronouns, found when asked for."""

    def __init__(self, parse: Parse, knows: Knows) -> None:
        self.parse = parse
        self.knows = knows
        self.speakers = Speakers(parse)
        self.clauses = Clauses(parse)
        self._known: dict[int, int | None] = {}

    @cached_property
    def _candidates(self) -> list[int]:
        """The tokens that a pronoun may look back to, by their part of speech and their place in the clause."""
        parse = self.parse
        return [i for i, pos in enumerate(parse.pos) if pos in BEARERS and parse.dep[i] in CANDIDATE_DEPS]

    def antecedent(self, i: int) -> int | None:
        """The head of the noun that the pronoun at token `i` means, or `None`."""
        if i not in self._known:
            self._known[i] = None
            self._known[i] = self._find(i)
        return self._known[i]

    def _find(self, i: int) -> int | None:
        word = self.parse.lower[i]
        if word in RELATIVE:
            return self._relative(i)
        if word in FIRST_PERSON:
            speaker = self.speakers.of(i)
            return self._through(speaker) if speaker != i else None
        if word in LOOKING_BACK:
            beside = self._beside(i)
            return self._back(i) if beside is None or self._agreement(word, i, beside) is not None else None
        return None

    def _through(self, i: int | None) -> int | None:
        """The noun behind a token that may itself be a pronoun."""
        if i is None or self.parse.lower[i] not in PRONOUNS or self.parse.pos[i] in ("NOUN", "PROPN"):
            return i
        return self.antecedent(i)

    def _beside(self, i: int) -> int | None:
        """The object of the verb joined to its own that a pronoun for a thing takes up ("boarded a ship and searched
        it")."""
        parse = self.parse
        verb = parse.head[i]
        if parse.lower[i] not in THING or parse.dep[i] != "dobj" or parse.dep[verb] != "conj":
            return None
        return next((k for k in parse.kids(parse.head[verb], "dobj") if k < i and parse.tag[k] in ("NN", "NNP")), None)

    def _relative(self, i: int) -> int | None:
        """The noun on which the relative clause of a relative pronoun hangs."""
        parse = self.parse
        for above in (i, *parse.ancestors(i)):
            if parse.dep[above] in ("relcl", "acl") and parse.head[above] < i:
                return self._through(parse.head[above])
        return None

    def _back(self, i: int) -> int | None:
        """The best candidate before a personal pronoun."""
        best, score = None, -9.0
        blamed = self._reason(i)
        first = self.parse.sents[max(0, self.parse.sent[i] - SENTENCES_BACK)][0]
        for k in range(bisect_left(self._candidates, i) - 1, -1, -1):
            j = self._candidates[k]
            if j < first:
                break
            value = self._value(i, j)
            if value is not None and j < blamed and self.parse.dep[j] in ARGUMENTS:
                value, blamed = value + DOER_BONUS, -1
            if value is not None and value > score:
                best, score = j, value
        return self._through(best)

    def _reason(self, i: int) -> int:
        """The preposition under which a pronoun stands that tells why somebody is blamed or praised ("sued them for
        their part"): whoever is named just before it did what follows. -1 without one."""
        parse, table = self.parse, lore()
        for above in parse.ancestors(i):
            if parse.pos[above] in VERBAL:
                return -1
            if parse.dep[above] == "prep" and parse.lower[above] in REASONS:
                governor = parse.head[above]
                if parse.lemma[governor] in table.for_doing or any(
                    parse.lemma[k] in table.for_doing for k in parse.kids(governor, "dobj", "nsubjpass")
                ):
                    return above
        return -1

    def bearer(self, i: int, *, plural: bool, outside: frozenset[int]) -> int | None:
        """Whom a definite noun for a human being ("the man", "the couple") takes up: the best candidate before it that
        is not among the tokens `outside`."""
        parse = self.parse
        best, score = None, 0.0
        first = parse.sents[max(0, parse.sent[i] - SENTENCES_BACK)][0]
        for k in range(bisect_left(self._candidates, i) - 1, -1, -1):
            j = self._candidates[k]
            if j < first:
                break
            kind = None if parse.pos[j] == "PRON" else self.knows.kind(j)
            if kind is None or not kind.human or j in outside or self._bound(i, j):
                continue
            grouped = any(parse.dep[c] == "conj" for c in parse.children[j])
            if bool(kind.plural or grouped) is not plural:
                continue
            value = CANDIDATE_DEPS[parse.dep[j]] + BY_DISTANCE[parse.sent[i] - parse.sent[j]] + 3.0
            if value > score:
                best, score = j, value
        return best

    def _value(self, i: int, j: int) -> float | None:
        """How well the pronoun at `i` fits the candidate at `j`; `None` when it cannot mean it."""
        parse, word = self.parse, self.parse.lower[i]
        pronoun = parse.pos[j] == "PRON"
        fit = self._sameness(word, j) if pronoun else self._agreement(word, i, j)
        if fit is None or self._bound(i, j) or (pronoun and self.antecedent(j) is None):
            return None
        value = CANDIDATE_DEPS[parse.dep[j]] + BY_DISTANCE[parse.sent[i] - parse.sent[j]] - 0.004 * (i - j)
        if parse.dep[j] == "pobj" and parse.lower[parse.head[j]] in SCENE:
            value -= SCENE_MALUS
        value += fit
        return value + self._speaking(i, j)

    def _sameness(self, word: str, j: int) -> float | None:
        """What it is worth that another pronoun is of the same kind; `None` when it is not."""
        same = next((group for group in (MALE, FEMALE, THING, MANY) if word in group), None)
        return CARRIED_BONUS if same is not None and self.parse.lower[j] in same else None

    def _agreement(self, word: str, i: int, j: int) -> float | None:
        """What a noun's kind is worth to a pronoun; `None` when they do not agree."""
        kind = self.knows.kind(j)
        if kind is None:
            return None
        if word in MALE or word in FEMALE:
            female = word in FEMALE
            if kind.human is not True or kind.plural or kind.female is (not female):
                return None
            return (NAMED_BONUS if kind.named else 0.0) + (GENDER_BONUS if kind.female is female else 0.0)
        if word in THING:
            return None if kind.human or kind.plural else (0.3 if kind.named else 0.0)
        if kind.plural is not True and self._is_share(word, i):
            return None
        grouped = any(self.parse.dep[k] == "conj" for k in self.parse.children[j])
        if kind.plural or grouped:
            return 0.6 if kind.human is not False else 0.3
        return None if kind.human or kind.plural is False else 0.0

    def _is_share(self, word: str, i: int) -> bool:
        """Whether a number of "them" is counted: "at least 1,100 of them" are of many, not of one body."""
        parse = self.parse
        over = parse.head[parse.head[i]]
        return word == "them" and parse.lower[parse.head[i]] == "of" and parse.pos[over] == "NUM"

    def _bound(self, i: int, j: int) -> bool:
        """Whether pronoun and candidate are arguments of one verb, or the one is inside the other's phrase."""
        parse = self.parse
        if parse.left[j] <= i <= parse.right[j] and parse.dep[i] != "poss" and j == parse.head[i]:
            return True
        if parse.dep[i] == "poss":
            return parse.head[i] == j or (parse.dep[j] == "poss" and parse.head[j] == parse.head[i])
        if parse.lower[i].endswith(("self", "selves")):
            return False
        verb = self._verb(i)
        accused = parse.dep[i] in SUBJECTS and parse.lower[i] in ACCUSATIVE
        if accused and parse.head[verb] != verb:
            verb = parse.head[verb]
        if (accused or parse.dep[i] not in SUBJECTS) and parse.pos[verb] in VERBAL and self.clauses.agent(verb) == j:
            return True
        return verb == self._verb(j) and parse.sent[i] == parse.sent[j]

    def _verb(self, i: int) -> int:
        """The verb of which a token is an argument, through prepositions."""
        parse = self.parse
        at = parse.head[i]
        while parse.pos[at] not in ("VERB", "AUX", "NOUN", "PROPN") and parse.head[at] != at:
            at = parse.head[at]
        return at

    def _says(self, verb: int) -> bool:
        """Whether somebody says something by a verb or one that is joined to it ("gave no cause but ruled out ...")."""
        speech = lore().speech
        return any(self.parse.lemma[k] in speech for k in self.parse.conjuncts(verb))

    def _speaking(self, i: int, j: int) -> float:
        """Bonus for one who speaks again ("he added"), for the subject of the pronoun's own clause; and against the
        speaker being spoken of in his own quotation."""
        parse = self.parse
        value = 0.0
        verb = parse.head[i]
        if parse.dep[i] in SUBJECTS and parse.dep[j] in SUBJECTS and self._says(verb) and self._says(parse.head[j]):
            value += SPEAKER_BONUS
        if parse.sent[i] == parse.sent[j]:
            value += self._commanded(i, j)
        inside = self.speakers.quote_at(i)
        if inside is not None and self.speakers.quote_at(j) != inside:
            value -= 0.4
            if self.speakers.of(i) == j:
                value -= 2.0
        return value

    def _commanded(self, i: int, j: int) -> float:
        """Bonus for the subject of the pronoun's own clause, or of the one on which that hangs."""
        parse, clauses = self.parse, self.clauses
        verb = clauses.clause_of(i)
        value = 0.0
        if parse.dep[i] == "poss" and parse.dep[j] in SUBJECTS:
            value += OWN_SUBJECT_BONUS
        if verb is None:
            return value
        if parse.dep[i] == "poss" and clauses.agent(verb) == j:
            return value + OWN_AGENT_BONUS
        above = clauses.above(verb)
        if parse.lower[i] in MANY:
            kind = self.knows.kind(j)
            if kind is None or not kind.plural:
                return value
        if (
            parse.dep[i] in SUBJECTS
            and parse.lower[i] not in ACCUSATIVE
            and above is not None
            and clauses.agent(above) == j
        ):
            value += GOVERNING_BONUS
        return value


def resolve_references(parse: Parse, knows: Knows) -> dict[int, Mention]:
    """Antecedent (the noun alone) of every pronoun of the text that has one, by the pronoun's token."""
    references = References(parse, knows)
    found: dict[int, Mention] = {}
    for i, pos in enumerate(parse.pos):
        if pos in ("PRON", "DET", "SCONJ") and parse.lower[i] in PRONOUNS:
            head = references.antecedent(i)
            if head is not None:
                found[i] = parse.tokens(head, head + 1)
    return found
