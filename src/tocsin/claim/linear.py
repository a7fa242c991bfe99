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
from itertools import chain
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

import numpy as np
import numpy.typing as npt

from tocsin.errors import MissingPart
from tocsin.lexicon import PACKAGE

Floats = npt.NDArray[np.float32]

MODELS = PACKAGE / "model"


class Hashed(NamedTuple):
    """Rows of features as numbers: the hashes of all, and where each row starts among them."""

    hashes: npt.NDArray[np.intp]
    starts: npt.NDArray[np.intp]


@dataclass(frozen=True)
class Linear:
    """`classes`: the answers. `weights`: (rows, classes) float32. `bias`: (classes,) float32."""

    classes: tuple[str, ...]
    weights: Floats
    bias: Floats

    def scores(self, rows: Sequence[Sequence[str]] | Hashed) -> Floats:
        """The probabilities of each class for each row of features: (rows, classes), each row sums to 1."""
        found = rows if isinstance(rows, Hashed) else hashed(rows)
        if not len(found.starts):
            return np.zeros((0, len(self.classes)), np.float32)
        index = found.hashes & (len(self.weights) - 1)
        logits = np.add.reduceat(self.weights[index], found.starts, axis=0) + self.bias
        logits -= logits.max(axis=1, keepdims=True)
        np.exp(logits, out=logits)
        logits /= logits.sum(axis=1, keepdims=True)
        result: Floats = logits
        return result


def hashed(rows: Sequence[Sequence[str]]) -> Hashed:
    """The hashes of all features of all rows; none of the rows is empty."""
    hashes = np.fromiter((crc32(feature.encode()) for feature in chain.from_iterable(rows)), np.intp)
    starts = np.cumsum([0, *(len(row) for row in rows[:-1])]) if rows else np.zeros(0, np.intp)
    return Hashed(hashes, starts)


def part(file: str, made_by: str) -> Path:
    """Where a file of the models lies; `MissingPart`, with the script that makes it, where it is not there."""
    path = MODELS / file
    if not path.exists():
        raise MissingPart(f"the model {file} is missing from the package; reinstall tocsin, or run {made_by}")
    return path


@functools.cache
def load(name: str) -> Linear:
    """The model `name` that ships in the package; `MissingPart` where it is not there."""
    with np.load(part(f"{name}.npz", "training/train.py"), allow_pickle=False) as arrays:
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
