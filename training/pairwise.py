"""The layers that say what a word is to an event, over the vectors of both: teacher and student have the same, of
different width."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from cases import PLACES, ROLES
from torch import nn
from torch.nn import functional

from tocsin.claim.pairs import SORTS

UNSEEN = 0.1
"""The share of facts that are hidden in training, so that none is relied on alone."""


class Pairwise(nn.Module):
    """An event and a word as a sum: of each alone, of the two together (their product), of the facts of the pair and of
    its sort. `inner` is the width of the sum, `facts` how many facts of each kind are told apart."""

    def __init__(self, width: int, inner: int, facts: Sequence[int], dropout: float) -> None:
        super().__init__()
        self.of_event, self.of_word = nn.Linear(width, 2 * inner), nn.Linear(width, 2 * inner)
        self.facts = nn.ModuleList(nn.Embedding(size + 1, inner) for size in facts)
        for table in self.facts:
            nn.init.normal_(table.weight, std=0.05)
        self.sort = nn.Embedding(len(SORTS), inner)
        self.drop, self.middle = nn.Dropout(dropout), nn.Linear(inner, inner)
        self.heads = nn.ModuleList(nn.Linear(inner, size) for size in (len(ROLES), len(PLACES), 1, 1, 1))

    def logits(
        self, events: Any, words: Any, event: Any, word: Any, also: Any, sort: Any, facts: Any
    ) -> tuple[torch.Tensor, ...]:
        """The logits of roles (n, 4), places (n, 4), and of figures, times, twins (n, 1) of n pairs. `event`, `word`
        and `also` are rows of the vectors `events` and `words`; a word is half what it and what it counts are."""
        if self.training:
            facts = facts * (torch.rand(facts.shape) > UNSEEN)
        (plain, times), (beside, by) = (
            project(self.drop(vectors)).chunk(2, -1)
            for project, vectors in ((self.of_event, events), (self.of_word, words))
        )
        total = plain[event] + (beside[word] + beside[also]) / 2 + times[event] * (by[word] + by[also]) / 2
        for k, table in enumerate(self.facts):
            total = total + table(facts[:, k])
        first = self.drop(functional.relu(total + self.sort(sort)))
        second = first + functional.relu(self.middle(first))
        return tuple(head(second) for head in self.heads)
