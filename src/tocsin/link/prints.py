"""The print of a document: all that comparing it with others needs, in a few kilobytes.

A ledger keeps one a document and finds candidates by the keys of `bands`, so that no text has to be read again and
nothing has to be held in memory.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from tocsin.judgement import Paper
from tocsin.link.factprint import facts_of
from tocsin.link.furniture import stripped
from tocsin.link.kinrules import rules
from tocsin.link.shingles import Hashes, lowest, marked, mixed, opened, shingled
from tocsin.link.tokens import sentences_of
from tocsin.model import Record

FACT_TAG = 1 << 62
"""Keeps the keys of pairs of facts apart from those of shingles."""


class Print(Record, frozen=True, kw_only=True):
    """What is kept of a document. The byte strings are sorted 32-bit hashes, little-endian: of shingles and stems
    those with the lowest values, of names, numbers, quotations (runs of their words) and times all; `leads` may be
    names, since they stand at the head of a sentence; `telling` are names and numbers that few texts hold."""

    id: str
    published: str | None
    agency: str | None
    publisher: str | None
    title: str | None
    shingles: bytes
    stems: bytes
    names: bytes
    leads: bytes
    numbers: bytes
    quotations: bytes
    times: bytes
    telling: bytes


def print_of(paper: Paper) -> Print:
    """The print of a document, its page furniture left out."""
    sentences = stripped(sentences_of(paper.text[paper.body :]))
    sketch = rules().sketch
    marks = [token.mark for sentence in sentences for token in sentence.tokens]
    facts = facts_of(sentences)
    return Print(
        id=paper.id,
        published=paper.published,
        agency=paper.agency,
        publisher=paper.publisher,
        title=paper.title,
        shingles=lowest(shingled(marks, sketch.words), sketch.most),
        stems=_kept(facts.stems, sketch.stems),
        names=_kept(facts.names),
        leads=_kept(facts.leads),
        numbers=_kept(facts.numbers),
        quotations=_kept(facts.quotations),
        times=_kept(facts.times),
        telling=_kept(facts.telling),
    )


def _kept(words: Iterable[str], most: int | None = None) -> bytes:
    """The hashes of words, sorted, at most so many."""
    hashes = marked(words)
    return lowest(hashes, len(hashes) if most is None else most)


def bands(print: Print) -> tuple[int, ...]:
    """The keys under which a document's kin is looked up, below 2**63. Documents that share one are worth comparing.

    The lowest hashes of its shingles find copies and cuts; pairs of telling facts, the lowest of several orders of them
    (MinHash with two rows a band; Leskovec, Rajaraman, Ullman, Mining of Massive Datasets, ch. 3), find rewordings.
    """
    sketch = rules().sketch
    copies = [int(value) for value in opened(print.shingles)[: sketch.keys]]
    return (*copies, *_pairs(opened(print.telling), sketch.fact_keys))


def _pairs(telling: Hashes, number: int) -> list[int]:
    """The two lowest of some facts in each of `number` orders, each pair as one key."""
    if len(telling) < 2:
        return []
    orders = np.arange(1, number + 1, dtype=np.uint64)[:, None] << np.uint64(32)
    ranks = mixed(orders | telling.astype(np.uint64)[None, :]).astype(np.uint64)
    two = np.sort(np.partition(ranks, 1, axis=1)[:, :2], axis=1)
    keys = (two[:, 0] << np.uint64(30)) ^ two[:, 1]
    return sorted({FACT_TAG | int(key) for key in keys})
