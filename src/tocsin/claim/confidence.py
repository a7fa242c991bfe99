"""How sure a claim is: the share of claims like it that are right in type, status, actors and recipients.

A logistic regression over what the models say (Platt 1999), fitted by `training/confidence.py` on annotated articles
that no model has seen. The measure of it is the reliability table in `docs/accuracy.md`.
"""

from __future__ import annotations

import functools
import math

from tocsin import lexicon


class Weights(lexicon.Entry, frozen=True):
    """confidence.yaml: what each part of the models' word counts."""

    bias: float
    claim: float
    type: float
    status: float
    roles: float


@functools.cache
def weights() -> Weights:
    """The weights, read once."""
    return lexicon.read(lexicon.PACKAGE / "confidence.yaml", Weights)


def confidence(chances: tuple[float, float, float], roles: float) -> float:
    """The probability that a claim is right. `chances` are those of its verdict, `roles` that of its fillers."""
    table = weights()
    claim, type_, status = chances
    odds = table.bias + table.claim * claim + table.type * type_ + table.status * status + table.roles * roles
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, odds))))
