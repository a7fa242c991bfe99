"""Page furniture: the words of a page that are no part of the report, and so are not compared.

Sign-up and comment forms, readers' comments, share buttons, copyright lines and standing blocks make unrelated pages
look alike. Rules are phrases of words, so that looking for all of them is cheap (`data/furniture.yaml`).
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tocsin.link.kinrules import Furniture, furniture
from tocsin.link.tokens import Sentence, sentences_of, tokens_of

LATE = 0.2
"""A rule that takes the rest of a text does so only after this share of its sentences."""


class Phrase(NamedTuple):
    """A phrase between blanks, and the rule that it belongs to."""

    words: str
    rule: Furniture


@functools.cache
def phrases() -> dict[str, list[Phrase]]:
    """All phrases of all rules by their longest word, which is seldom in a text that holds no furniture."""
    found: dict[str, list[Phrase]] = {}
    for rule in furniture():
        for phrase in rule.phrases:
            words = [token.word for token in tokens_of(phrase)]
            found.setdefault(max(words, key=len), []).append(Phrase(f" {' '.join(words)} ", rule))
    return found


def stripped(sentences: Sequence[Sentence]) -> list[Sentence]:
    """The sentences of a text that are not furniture."""
    anchors = phrases().keys() & {token.word for sentence in sentences for token in sentence.tokens}
    whole = "".join([sentence.spaced for sentence in sentences])
    present = [phrase for anchor in sorted(anchors) for phrase in phrases()[anchor] if phrase.words in whole]
    if not present:
        return list(sentences)
    kept: list[Sentence] = []
    for number, sentence in enumerate(sentences):
        taken = _rules_of(sentence, present)
        if any(rule.takes == "rest" for rule in taken) and number >= LATE * len(sentences):
            return kept
        if not taken:
            kept.append(sentence)
    return kept


def is_furniture(text: str) -> bool:
    """Whether a rule takes any sentence of a text."""
    sentences = sentences_of(text)
    return len(stripped(sentences)) < len(sentences)


def _rules_of(sentence: Sentence, among: Iterable[Phrase]) -> list[Furniture]:
    """The rules that take a sentence."""
    words = sentence.spaced
    counts: dict[str, tuple[Furniture, int]] = {}
    for phrase, rule in among:
        if words.startswith(phrase) if rule.begins else phrase in words:
            counts[rule.id] = (rule, counts.get(rule.id, (rule, 0))[1] + 1)
    length = len(sentence.tokens)
    return [
        rule
        for rule, number in counts.values()
        if number >= rule.needs and (rule.longest is None or length <= rule.longest)
    ]
