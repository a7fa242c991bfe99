"""Fit the small models over features: modes, roles, places, times, figures, twins; and write them into the package.

    python training/train.py [--shared DIR]

Seeded and reproducible: the same articles, rules and libraries give the same files. Nothing is fitted on `gold/`. What
is a claim, of which type and status, the encoder says (`distil.py`).
"""

from __future__ import annotations

import argparse
from itertools import chain
from pathlib import Path
from zlib import crc32

import items
import numpy as np
from examples import Rows, articles, examples, readings
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from tocsin.claim import linear

BITS = {"mode": 16, "role": 18, "place": 17, "time": 17, "figure": 17, "twin": 16}
STRENGTH = {
    "mode": 0.5,
    "role": 0.5,
    "place": 0.3,
    "time": 0.3,
    "figure": 0.3,
    "twin": 0.3,
}
"""Inverse strength of the L2 penalty of each model, chosen by cross-validation over articles."""

ITEM_WEIGHT = 0.7
"""What a row from our own items counts beside one from an article: they show more of the language than its shares."""

ROUNDS = {"mode": 40}
"""Steps of the optimiser, where the many classes make each one dear and the later ones change no answer."""


def matrix(rows: list[list[str]], bits: int) -> csr_matrix:
    """The rows as counts in 2^bits hashed columns."""
    mask = (1 << bits) - 1
    columns = np.array([crc32(f.encode()) & mask for row in rows for f in row], np.int64)
    ends = np.cumsum([0, *(len(row) for row in rows)])
    return csr_matrix((np.ones(len(columns), np.float64), columns, ends), shape=(len(rows), mask + 1))


def fit(name: str, data: Rows, keep: np.ndarray | None = None) -> linear.Linear:
    """A multinomial logistic regression of one model's rows."""
    keep = np.arange(len(data.rows)) if keep is None else keep
    answers = np.array(data.answers)[keep]
    weights = np.array(data.weights)[keep]
    x = matrix([data.rows[k] for k in keep], BITS[name])
    used = np.unique(x.indices)
    model = LogisticRegression(C=STRENGTH[name], max_iter=ROUNDS.get(name, 150), tol=1e-3)
    model.fit(x[:, used], answers, sample_weight=weights)
    coef = np.zeros((model.coef_.shape[0], x.shape[1]))
    coef[:, used] = model.coef_
    bias, classes = model.intercept_, tuple(str(c) for c in model.classes_)
    if len(classes) == 2:
        coef, bias = np.vstack([np.zeros_like(coef[0]), coef[0]]), np.array([0.0, bias[0]])
    return linear.Linear(classes, coef.T.astype(np.float32), bias.astype(np.float32))


def main() -> None:
    """Fit and write all models."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    given = options.parse_args()
    found = list(articles(given.shared / "train"))
    data = examples(chain(found, readings(list(items.load()))))
    for name, rows in data.items():
        rows.weigh(len(found), ITEM_WEIGHT)
        linear.save(name, fit(name, rows))
        print(f"{name}: {len(rows.rows)} rows from {len(set(rows.article))} articles")


if __name__ == "__main__":
    main()
