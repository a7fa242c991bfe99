"""Linear models over hashed features: probabilities, storage, and what is missing is said."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tocsin.claim import linear
from tocsin.errors import MissingPart


def some_model() -> linear.Linear:
    weights = np.zeros((16, 2), np.float32)
    weights[:, 1] = np.linspace(-2.0, 2.0, 16)
    return linear.Linear(("no", "yes"), weights, np.array([0.0, 0.5], np.float32))


def test_probabilities_of_a_row_sum_to_one() -> None:
    scores = some_model().scores([["a", "b"], ["c"]])
    assert scores.shape == (2, 2)
    assert np.allclose(scores.sum(axis=1), 1.0)


def test_rows_are_scored_one_by_one_as_together() -> None:
    model, rows = some_model(), [["a"], ["b", "c", "d"], ["a", "e"]]
    together = model.scores(rows)
    assert np.allclose(together, np.vstack([model.scores([row]) for row in rows]))
    assert np.allclose(together, model.scores(linear.hashed(rows)))


def test_no_rows_give_no_scores() -> None:
    assert some_model().scores([]).shape == (0, 2)


def test_a_saved_model_answers_as_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linear, "MODELS", tmp_path)
    linear.save("some", some_model())
    kept = linear.load.__wrapped__("some")
    assert kept.classes == ("no", "yes")
    assert np.allclose(kept.scores([["a", "b"]]), some_model().scores([["a", "b"]]), atol=0.02)


def test_a_missing_model_is_said_with_the_remedy() -> None:
    with pytest.raises(MissingPart, match="reinstall tocsin"):
        linear.load("no-such-model")
