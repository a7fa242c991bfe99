"""Linear models over hashed features: multinomial logistic regression, as plain arrays.

A model is a table of weights (2^bits rows, a column a class) and a bias. A feature is a string; its row is a CRC-32 of
it. Several rows may collide; at a few hundred thousand features in 2^17 rows that costs less accuracy than it saves
in size (Weinberger et al. 2009, "Feature hashing for large scale multitask learning").
"""

from __future__ import annotations

import functools
import json
from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
import numpy.typing as npt

from tocsin.errors import MissingPart
from tocsin.lexicon import PACKAGE

Floats = npt.NDArray[np.float32]

MODELS = PACKAGE / "model"


@dataclass(frozen=True)
class Linear:
    """`classes`: the answers. `weights`: (rows, classes) float32. `bias`: (classes,) float32."""

    classes: tuple[str, ...]
    weights: Floats
    bias: Floats

    def scores(self, rows: Sequence[Sequence[str]]) -> Floats:
        """The probabilities of each class for each row of features: (rows, classes), each row sums to 1."""
        if not rows:
            return np.zeros((0, len(self.classes)), np.float32)
        mask = len(self.weights) - 1
        index = [crc32(feature.encode()) & mask for row in rows for feature in row]
        starts = np.cumsum([0, *(len(row) for row in rows[:-1])])
        logits = np.add.reduceat(self.weights[np.asarray(index, np.intp)], starts, axis=0) + self.bias
        logits -= logits.max(axis=1, keepdims=True)
        np.exp(logits, out=logits)
        logits /= logits.sum(axis=1, keepdims=True)
        result: Floats = logits
        return result


@functools.cache
def load(name: str) -> Linear:
    """The model `name` that ships in the package; `MissingPart` where it is not there."""
    path = MODELS / f"{name}.npz"
    if not path.exists():
        raise MissingPart(
            f"the model {path.name} is missing from the package; reinstall tocsin, or run training/train.py"
        )
    with np.load(path, allow_pickle=False) as arrays:
        classes = tuple(json.loads(bytes(arrays["classes"]).decode()))
        weights = arrays["weights"].astype(np.float32) * np.float32(arrays["scale"])
        return Linear(classes, weights, arrays["bias"].astype(np.float32))


def save(name: str, model: Linear) -> None:
    """Write a model beside the package's data: weights as 8-bit integers with one scale, compressed, no pickle."""
    MODELS.mkdir(exist_ok=True)
    scale = float(np.abs(model.weights).max()) / 127 or 1.0
    np.savez_compressed(
        MODELS / f"{name}.npz",
        classes=np.frombuffer(json.dumps(model.classes).encode(), np.uint8),
        weights=np.round(model.weights / scale).astype(np.int8),
        scale=np.float32(scale),
        bias=model.bias.astype(np.float32),
    )
