"""Fit the small model over features that says of which mode an event is, and write it into the package.

    python training/train.py [--shared DIR]

Seeded and reproducible: the same articles, rules and libraries give the same files. Nothing is fitted on `gold/`. What
is a claim, of which type and status, and what plays which part in it, the encoder says (`distil.py`).
"""

from __future__ import annotations

import argparse
from itertools import chain
from pathlib import Path
from zlib import crc32

import items
import numpy as np
from examples import Rows, articles, modes, readings
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from tocsin.claim import linear

MODE = "mode"
BITS = 16

STRENGTH = 0.5
"""Inverse strength of the L2 penalty, chosen by cross-validation over articles."""

ITEM_WEIGHT = 0.7
"""What a row from our own items counts beside one from an article: they show more of the language than its shares."""

ROUNDS = 40
"""Steps of the optimiser, where the many classes make each one dear and the later ones change no answer."""


def matrix(rows: list[list[str]], bits: int) -> csr_matrix:
    """The rows as counts in 2^bits hashed columns."""
    mask = (1 << bits) - 1
    columns = np.array([crc32(f.encode()) & mask for row in rows for f in row], np.int64)
    ends = np.cumsum([0, *(len(row) for row in rows)])
    return csr_matrix((np.ones(len(columns), np.float64), columns, ends), shape=(len(rows), mask + 1))


def fit(data: Rows) -> linear.Linear:
    """A multinomial logistic regression of the rows."""
    x = matrix(data.rows, BITS)
    used = np.unique(x.indices)
    model = LogisticRegression(C=STRENGTH, max_iter=ROUNDS, tol=1e-3)
    model.fit(x[:, used], np.array(data.answers), sample_weight=np.array(data.weights))
    coef = np.zeros((model.coef_.shape[0], x.shape[1]))
    coef[:, used] = model.coef_
    bias, classes = model.intercept_, tuple(str(c) for c in model.classes_)
    return linear.Linear(classes, coef.T.astype(np.float32), bias.astype(np.float32))


def main() -> None:
    """Fit and write the model."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    given = options.parse_args()
    found = list(articles(given.shared / "train"))
    rows = modes(chain(found, readings(list(items.load()))))
    rows.weigh(len(found), ITEM_WEIGHT)
    linear.save(MODE, fit(rows))
    print(f"{MODE}: {len(rows.rows)} rows from {len(set(rows.article))} articles")


if __name__ == "__main__":
    main()
