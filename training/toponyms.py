"""Fit the weights by which candidates are told to be place names: `data/toponym_weights.yaml`.

Two logistic regressions, the second on top of the first, over the features of `tocsin.understand.toponyms`. The second
sees what the first says of a candidate's neighbours, as it speaks of documents that it was not fitted on. Trained on
the public sets TR-News and LGL; prints precision, recall and F1 of five-fold cross-validation over documents.

    python training/toponyms.py ../shared/bench [--write]
"""

from __future__ import annotations

import argparse
import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from tocsin.gazetteer import gazetteer
from tocsin.lexicon import PACKAGE
from tocsin.understand.parse import Parse
from tocsin.understand.pipeline import load, parse_many, prepare
from tocsin.understand.toponym_features import Surroundings, features, second_look
from tocsin.understand.toponyms import Candidate, candidates, evened

SETS = ("geo_trnews", "geo_lgl")
FOLDS = 5
STRENGTH = 0.5
THRESHOLD = -0.2
DEMONYM = re.compile(r"(?:ish|ese|ian|ean|[aeiou]n|i|ch|ans|ians|is)$")


@dataclass
class Example:
    """A candidate with its features; `label` is `None` for a demonym, which is neither right nor wrong."""

    group: int
    facts: list[str]
    label: bool | None


@dataclass
class Text:
    """A document: its parse, its candidates, and the numbers of their examples."""

    parse: Parse
    found: list[Candidate]
    rows: list[int] = field(default_factory=list)


def main() -> None:
    """Fit, report, and with `--write` put the weights in place."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("bench", type=Path)
    arguments.add_argument("--write", action="store_true")
    options = arguments.parse_args()
    texts, examples, gold = read(options.bench)
    label = np.array([bool(e.label) for e in examples])
    used = np.array([e.label is not None for e in examples])
    fold = np.array([e.group for e in examples]) % FOLDS
    first, first_weights = fit_first([e.facts for e in examples], label, used, fold)
    facts: list[list[str]] = [[] for _ in examples]
    for text in texts:
        looked = second_look(text.parse, text.found, [float(first[row]) for row in text.rows])
        for row, more in zip(text.rows, looked, strict=True):
            facts[row] = more
    total, second_weights = fit_second(facts, first, label, used, fold)
    taken = (total >= THRESHOLD) & used
    right = int((taken & label).sum())
    print(f"P {right / taken.sum():.3f} R {right / gold:.3f} F1 {2 * right / (taken.sum() + gold):.3f}")
    if options.write:
        write({**first_weights, **second_weights})


def read(bench: Path) -> tuple[list[Text], list[Example], int]:
    """The documents, their candidates as examples, and the number of place names that should be found."""
    nlp, places = load(), gazetteer()
    texts: list[Text] = []
    examples: list[Example] = []
    gold = 0
    for name in SETS:
        with (bench / f"{name}.jsonl").open(encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
        parses = parse_many(nlp, [(row["text"], prepare(row["text"])) for row in rows])
        for group, (row, parse) in enumerate(zip(rows, map(evened, parses), strict=True)):
            text = Text(parse, list(candidates(parse, places)))
            wanted = [t for t in row["toponyms"] if not is_demonym(t)]
            idle = [t for t in row["toponyms"] if is_demonym(t)]
            gold += len(wanted)
            doc = Surroundings(parse)
            for candidate in text.found:
                text.rows.append(len(examples))
                examples.append(Example(group, features(candidate, doc), judge(parse, candidate, wanted, idle)))
            texts.append(text)
    return texts, examples, gold


def judge(parse: Parse, candidate: Candidate, wanted: list[dict[str, Any]], idle: list[dict[str, Any]]) -> bool | None:
    """Whether a candidate overlaps an annotated name, which is then used up."""
    mention = parse.tokens(candidate.start, candidate.end)
    for toponym in wanted:
        if toponym["start"] < mention.end and mention.start < toponym["end"]:
            wanted.remove(toponym)
            return True
    return None if any(t["start"] < mention.end and mention.start < t["end"] for t in idle) else False


def is_demonym(toponym: dict[str, Any]) -> bool:
    """Whether the sets mark the name of a people or an adjective, which is no place."""
    name, known = toponym["name"].lower(), (toponym.get("gaz_name") or "").lower()
    country = (toponym.get("fcode") or "").startswith("PCL")
    return bool(known and country and known not in name and name.count(".") < 2 and DEMONYM.search(name))


def fit_first(facts: list[list[str]], label: Any, used: Any, fold: Any) -> tuple[Any, dict[str, float]]:
    """Log-odds of each example by a model that has not seen its document, and the weights of the model that saw all."""
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([dict.fromkeys(f, 1.0) for f in facts])
    scores = np.zeros(len(facts))
    for k in range(FOLDS):
        known = (fold != k) & used
        scores[fold == k] = regression().fit(matrix[known], label[known]).decision_function(matrix[fold == k])
    model = regression().fit(matrix[used], label[used])
    return scores, dict(zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True))


def regression() -> LogisticRegression:
    """The first model, without an intercept of its own: `bias` is a feature."""
    return LogisticRegression(C=STRENGTH, max_iter=800, fit_intercept=False)


def fit_second(facts: list[list[str]], first: Any, label: Any, used: Any, fold: Any) -> tuple[Any, dict[str, float]]:
    """The same for the second look, with the first scores as a fixed part of the log-odds."""
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([dict.fromkeys(f, 1.0) for f in facts]).toarray()
    total = first.copy()
    for k in range(FOLDS):
        known = (fold != k) & used
        total[fold == k] += matrix[fold == k] @ newton(matrix[known], first[known], label[known])
    weights = newton(matrix[used], first[used], label[used])
    return total, dict(zip(vectorizer.get_feature_names_out(), weights, strict=True))


def newton(matrix: Any, offset: Any, label: Any) -> Any:
    """Weights of a logistic regression with a fixed offset and an L2 penalty, by Newton's method."""
    weights = np.zeros(matrix.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-(matrix @ weights + offset)))
        slope = matrix.T @ (label - chance) - weights / STRENGTH
        curve = (matrix * (chance * (1 - chance))[:, None]).T @ matrix + np.eye(len(weights)) / STRENGTH
        step = np.linalg.solve(curve, slope)
        weights += step
        if abs(step).max() < 1e-6:
            break
    return weights


def write(weights: dict[str, float]) -> None:
    """Write the data file."""
    lines = [f"  {json.dumps(name)}: {weights[name]:.3f}" for name in sorted(weights)]
    head = "# Log-odds that a candidate with a feature is the name of a place; fitted by training/toponyms.py.\n"
    text = f"{head}threshold: {THRESHOLD}\nweights:\n" + "\n".join(lines) + "\n"
    (PACKAGE / "toponym_weights.yaml").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
