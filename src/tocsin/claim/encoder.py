"""A small sentence encoder's opinion of events: is it a claim, of which type, how does it stand.

The first layers of MiniLM (Wang et al. 2020), taught by a large model what that one says of news
(`training/distil.py`; Hinton et al. 2015), with weights of eight bits. A document is read in windows of whole
sentences; an event is judged by the word that names it, its window and the rules' own opinion of it. No randomness.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import msgspec
import numpy as np

from tocsin.claim.events import Event
from tocsin.claim.linear import Floats, part
from tocsin.claim.vouching import Standing
from tocsin.claim.wordpiece import Vocabulary
from tocsin.understand.parse import Parse

if TYPE_CHECKING:
    import onnxruntime

WINDOW = 128
"""Word pieces in a window at most, start and end included; a longer sentence is cut."""

BATCH = 512
"""Word pieces that are read together."""

ALIKE = 0.9
"""Windows are read together where the shortest is so long beside the longest: padding costs as much as text."""

FARTHEST_SENTENCE = 12
"""From here on all sentences stand equally far from the beginning."""

AT_MOST = 2
"""Threads for the weights; more bring next to nothing at the length of an article."""

MADE_BY = "training/distil.py"


class Tables(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What belongs to the weights: the pieces of the vocabulary, the names of the answers, and of the rules' opinions
    (type, status, rule) the number of each, from one; nought is any other."""

    pieces: tuple[str, ...]
    types: tuple[str, ...]
    statuses: tuple[str, ...]
    opinions: tuple[dict[str, int], ...]


class Opinions(NamedTuple):
    """What the encoder says of n events: log-odds of being a claim (n,), log-probabilities of types (n, types) and of
    statuses (n, statuses). `vectors` are the words as it reads them in their context (tokens, width): noughts for words
    of sentences without events."""

    claim: Floats
    types: Floats
    statuses: Floats
    vectors: Floats


class Window(NamedTuple):
    """Whole sentences as word pieces, the events in them, by their number, and the tokens of sentences with events:
    each with the piece that it stands on."""

    pieces: list[int]
    events: list[tuple[int, int]]
    tokens: list[tuple[int, int]]


class Encoder:
    """The weights and their tables. `load` gives the one of the package."""

    def __init__(self, session: onnxruntime.InferenceSession, tables: Tables) -> None:
        self.session = session
        self.tables = tables
        self.vocabulary = Vocabulary(tables.pieces)
        self.width = int(session.get_outputs()[-1].shape[-1])

    def opinions(self, parse: Parse, events: Sequence[Event], stands: Sequence[Standing]) -> Opinions:
        """What it says of the events of a document, in their order."""
        widths = 1, len(self.tables.types), len(self.tables.statuses)
        claim, types, statuses = found = [np.zeros((len(events), width), np.float32) for width in widths]
        vectors = np.zeros((len(parse), self.width), np.float32)
        for batch in batches(windows(parse, events, self.vocabulary)):
            numbers = [number for window in batch for number, _ in window.events]
            asked = self._asked(batch) | self._described(parse, [events[n] for n in numbers], stands)
            *said, hidden = self.session.run(None, asked)
            for whole, some in zip(found, said, strict=True):
                whole[numbers] = some
            length = hidden.shape[1]
            tokens = [token for window in batch for token, _ in window.tokens]
            stand = [row * length + piece for row, window in enumerate(batch) for _, piece in window.tokens]
            vectors[tokens] = hidden.reshape(-1, self.width)[stand]
        return Opinions(claim[:, 0], _normal(types), _normal(statuses), vectors)

    def _asked(self, batch: Sequence[Window]) -> dict[str, np.ndarray[tuple[int, ...], np.dtype[np.int64]]]:
        """The pieces of a batch of windows, and where its events stand in them."""
        longest = max(len(window.pieces) for window in batch)
        pieces = np.full((len(batch), longest), self.vocabulary.pad, np.int64)
        mask = np.zeros_like(pieces)
        for row, window in enumerate(batch):
            pieces[row, : len(window.pieces)] = window.pieces
            mask[row, : len(window.pieces)] = 1
        places = [(row, piece) for row, window in enumerate(batch) for _, piece in window.events]
        rows, at = np.array(places, np.int64).T
        return {"pieces": pieces, "mask": mask, "rows": rows, "at": at}

    def _described(
        self, parse: Parse, events: Sequence[Event], stands: Sequence[Standing]
    ) -> dict[str, np.ndarray[tuple[int, ...], np.dtype[np.generic]]]:
        """The rules' opinion of events, and how far from the beginning they stand."""
        told = [(event.type, stands[event.head].status, event.rule) for event in events]
        opinions = [[table.get(word, 0) for table, word in zip(self.tables.opinions, row, strict=True)] for row in told]
        numbers = [
            (event.weight, min(parse.sent[event.head], FARTHEST_SENTENCE) / FARTHEST_SENTENCE) for event in events
        ]
        return {"opinions": np.array(opinions, np.int64), "numbers": np.array(numbers, np.float32)}


def windows(parse: Parse, events: Sequence[Event], vocabulary: Vocabulary) -> Iterator[Window]:
    """The windows of a document that hold events: as many whole sentences as go into each."""
    inside: dict[int, list[int]] = {}
    for number, event in enumerate(events):
        inside.setdefault(parse.sent[event.head], []).append(number)
    window = Window([vocabulary.start], [], [])
    for sentence, (start, end) in enumerate(parse.sents):
        pieces: list[int] = []
        first: list[int] = []
        for word in parse.word[start:end]:
            first.append(len(pieces))
            pieces += vocabulary.pieces(word)
        room = WINDOW - 2
        if len(window.pieces) + min(len(pieces), room) + 1 > WINDOW:
            if window.events:
                yield window._replace(pieces=[*window.pieces, vocabulary.end])
            window = Window([vocabulary.start], [], [])
        base = len(window.pieces)
        stands = [base + at if at < room else base for at in first] if sentence in inside else []
        window.events.extend((number, stands[events[number].head - start]) for number in inside.get(sentence, ()))
        window.tokens.extend(enumerate(stands, start))
        window.pieces.extend(pieces[:room])
    if window.events:
        yield window._replace(pieces=[*window.pieces, vocabulary.end])


def batches(found: Iterator[Window]) -> Iterator[list[Window]]:
    """Windows of like length together, so many that their pieces, padding counted, are no more than `BATCH`."""
    batch: list[Window] = []
    for window in sorted(found, key=lambda window: len(window.pieces)):
        longest = len(window.pieces)
        if batch and (longest * (len(batch) + 1) > BATCH or len(batch[0].pieces) < ALIKE * longest):
            yield batch
            batch = []
        batch.append(window)
    if batch:
        yield batch


def _normal(logits: Floats) -> Floats:
    """Log-probabilities of logits."""
    if not len(logits):
        return logits
    least = logits - logits.max(axis=1, keepdims=True)
    found: Floats = least - np.log(np.exp(least).sum(axis=1, keepdims=True))
    return found


@functools.cache
def load() -> Encoder:
    """The encoder of the package, loaded once; `MissingPart` where it is not there."""
    tables = msgspec.json.decode(part("encoder.json", MADE_BY).read_bytes(), type=Tables)
    return Encoder(session("encoder.onnx"), tables)


def threads() -> int:
    """On how many threads the weights run: so many as $OMP_NUM_THREADS allows, else two where there are two cores. What
    they say does not depend on it. The processes of an ingest have one each, as there are as many as are wanted."""
    allowed = os.environ.get("OMP_NUM_THREADS", "")
    return max(1, min(AT_MOST, int(allowed) if allowed.isdigit() else os.cpu_count() or 1))


def session(file: str) -> onnxruntime.InferenceSession:
    """The weights of a file of the package, ready to run."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = threads(), 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.enable_cpu_mem_arena = False  # it would keep what the longest text needed, and is no faster
    return onnxruntime.InferenceSession(part(file, MADE_BY).read_bytes(), options, providers=["CPUExecutionProvider"])
