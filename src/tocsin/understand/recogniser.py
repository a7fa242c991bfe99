"""The named entities that spaCy's recogniser finds, decoded for all sentences of a batch at once.

spaCy's `ner` walks each document word by word and asks of every action whether it may be taken; the question about
white space takes and gives back Python's global lock each time, some thirty times a word, which costs more than half
of a whole pass. An entity never goes over the end of a sentence, and what the walk has seen before the sentence bears
on nothing in it. So here all sentences take their first step together, then their second, with the same weights and
the same rules of what may follow what (the BILUO scheme of Ratinov and Roth 2009, as spaCy's source has it).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from spacy.attrs import IS_SPACE, SENT_START

from tocsin.understand.parse import Entity

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

NER = "ner"

OPENING, INSIDE, LAST, UNIT, OUTSIDE = "B", "I", "L", "U", "O"

FEATURES = 3
"""What a step looks at: the word, the first word of the open entity, the word before in it."""

Floats = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int64]


class Recogniser:
    """The entities of documents that the other parts of `nlp` have split into sentences."""

    def __init__(self, nlp: Language) -> None:
        part: Any = nlp.get_pipe(NER)
        self.model = part.model
        lower, upper = self.model.get_ref("lower"), self.model.get_ref("upper")
        weights, bias, missing = (lower.get_param(name) for name in ("W", "b", "pad"))
        self.hidden, self.pieces = bias.shape
        self.seen = np.ascontiguousarray(weights.transpose(0, 2, 1, 3).reshape(-1, weights.shape[3]))
        self.missing = missing[0].transpose(0, 2, 1).reshape(1, FEATURES, -1)
        self.bias = np.ascontiguousarray(bias.T).reshape(-1)
        self.upper, self.upper_bias = upper.get_param("W"), upper.get_param("b")
        names = [part.moves.get_class_name(k).partition("-") for k in range(part.moves.n_moves)]
        self.labels = ["", *sorted({label for _, _, label in names if label})]
        self.action = [action for action, _, _ in names]
        self.label = np.array([self.labels.index(label) for _, _, label in names])
        self.forbidden = _forbidden(self.action, self.label, len(self.labels))

    def of(self, docs: Sequence[Doc]) -> list[list[Entity]]:
        """The entities of each document, in the order of the text."""
        found: list[list[Entity]] = [[] for _ in docs]
        lengths = np.array([len(doc) for doc in docs])
        if not lengths.sum():
            return found
        base = np.cumsum(lengths) - lengths
        flags = np.concatenate([doc.to_array([SENT_START, IS_SPACE]).reshape(-1, 2) for doc in docs]).astype(np.int64)
        begins = flags[:, 0] == 1
        begins[base[lengths > 0]] = True
        vectors = self.model.get_ref("tok2vec").predict(docs)
        for start, end, label in sorted(self._walk(vectors, np.flatnonzero(begins), flags[:, 1])):
            number = int(np.searchsorted(base, start, side="right")) - 1
            at = int(base[number])
            found[number].append(Entity(start - at, end - at, self.labels[label]))
        return found

    def _walk(self, vectors: Floats, starts: Numbers, space: Numbers) -> list[tuple[int, int, int]]:
        """The entities as first word, end and label: `starts` are the words that sentences begin with."""
        ends = np.append(starts[1:], len(vectors))
        longest_first = np.argsort(starts - ends, kind="stable")
        starts, ends = starts[longest_first], ends[longest_first]
        known = self._known(vectors)
        opened, first = np.zeros(len(starts), np.int64), np.zeros(len(starts), np.int64)
        found: list[tuple[int, int, int]] = []
        begin, close = (np.array([action in which for action in self.action]) for which in ("BU", "LU"))
        into = np.where(np.array([action in "BI" for action in self.action]), self.label, 0)
        for step in range(int(ends[0] - starts[0])):
            going = int(np.count_nonzero(ends - starts > step))
            word, label = starts[:going] + step, opened[:going]
            is_open = label > 0
            scores = self._scores(known, word + 1, np.where(is_open, first[:going] + 1, 0), np.where(is_open, word, 0))
            scores += self.forbidden[label, (word + 1 == ends[:going]).astype(np.int64), space[word]]
            taken = scores.argmax(axis=1)
            first[:going] = np.where(begin[taken], word, first[:going])
            for k in np.flatnonzero(close[taken]):
                found.append((int(first[k]), int(word[k]) + 1, int(self.label[taken[k]])))
            opened[:going] = into[taken]
        return found

    def _known(self, vectors: Floats) -> Floats:
        """What each word adds to the hidden layer in each place of `FEATURES`, from row 1 on; row 0 is no word."""
        seen = self.model.ops.gemm(vectors, self.seen, trans2=True).reshape(len(vectors), FEATURES, -1)
        seen[:, 0] += self.bias
        found: Floats = np.concatenate([self.missing, seen])
        return found

    def _scores(self, known: Floats, word: Numbers, first: Numbers, before: Numbers) -> Floats:
        """The score of each action at a step, for the rows of `known` that it looks at: (sentences, actions)."""
        total = known[word, 0]
        total += known[first, 1]
        total += known[before, 2]
        best = total.reshape(len(word), self.pieces, self.hidden).max(axis=1)
        found: Floats = self.model.ops.gemm(best, self.upper, trans2=True)
        found += self.upper_bias
        return found


def _forbidden(action: Sequence[str], label: Numbers, labels: int) -> Floats:
    """What is added to the score of each action: nought, or minus infinity where it may not be taken; by the label of
    the open entity (nought for none), by whether the word is the last of its sentence, by whether it is white space."""
    found = np.zeros((labels, 2, 2, len(action)), np.float32)
    for opened, last, space, k in np.ndindex(found.shape):
        if opened:
            allowed = label[k] == opened and action[k] in (LAST, *([] if last else [INSIDE]))
        else:
            starts = action[k] in (UNIT, *([] if last else [OPENING]))
            allowed = action[k] == OUTSIDE or (starts and label[k] > 0 and not space)
        if not allowed:
            found[opened, last, space, k] = -np.inf
    return found


def can_decode(nlp: Language) -> bool:
    """Whether a pipeline's entities come from one recogniser of the kind that is decoded here: greedy, over three
    features."""
    if [name for name in nlp.pipe_names if "doc.ents" in nlp.get_pipe_meta(name).assigns] != [NER]:
        return False
    part: Any = nlp.get_pipe(NER)
    attrs = part.model.attrs
    return (
        part.cfg.get("beam_width", 1) == 1
        and bool(attrs.get("has_upper"))
        and not attrs.get("unseen_classes")
        and not part.postprocesses
        and bool(part.model.get_ref("lower").get_dim("nF") == FEATURES)
    )
