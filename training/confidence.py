"""Fit how sure a claim is on the gold articles, which no model has seen, and write `confidence.yaml`.

    python training/confidence.py [--shared DIR]

Prints first how well it does on each article when it is fitted on the others.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from tocsin import lexicon
from tocsin.claim import build, confidence
from tocsin.evaluate import gold
from tocsin.evaluate.claims import match, right_in_what_it_says

STRENGTH = 1.0
BINS = 5
NAMES = ("claim", "type", "status", "roles")


def rows(folder: Path) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Of each claim that is read from the articles what the models say, whether it is right, and its article."""
    from tocsin import api

    seen: list[tuple[float, ...]] = []

    def noted(chances: tuple[float, float, float], roles: float) -> float:
        seen.append((*chances, roles))
        return 0.0

    build.confidence = noted  # type: ignore[assignment]
    right, article = [], []
    for number, path in enumerate(sorted(folder.glob("*.json"))):
        annotated = gold.load(path)
        report = next(iter(api.read_documents([annotated.document()], mentions=False)))
        partners = {id(one): other for one, other in match(report.claims, annotated.claims)}
        for claim in report.claims:
            other = partners.get(id(claim))
            right.append(other is not None and right_in_what_it_says(claim, other))
            article.append(number)
    return np.array(seen), np.array(right), np.array(article)


def main() -> None:
    """Fit, show, write."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    x, y, article = rows(options.parse_args().shared / "gold")
    held = np.zeros(len(y))
    for number in np.unique(article):
        kept = article != number
        held[~kept] = LogisticRegression(C=STRENGTH).fit(x[kept], y[kept]).predict_proba(x[~kept])[:, 1]
    for low in range(BINS):
        inside = (held >= low / BINS) & (held < (low + 1) / BINS)
        if inside.any():
            print(
                f"{low / BINS:.1f}: {inside.sum()} claims, said {held[inside].mean():.2f}, {y[inside].mean():.2f} right"
            )
    model = LogisticRegression(C=STRENGTH).fit(x, y)
    lines = ["# Made by training/confidence.py; never edited by hand.", f"bias: {model.intercept_[0]:.4f}"]
    lines += [f"{name}: {weight:.4f}" for name, weight in zip(NAMES, model.coef_[0], strict=True)]
    (lexicon.PACKAGE / "confidence.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    confidence.weights.cache_clear()


if __name__ == "__main__":
    main()
