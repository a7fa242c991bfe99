"""Lemmas that spaCy's rules get wrong, set right.

Of two words that may have a form, its rules take the one that needs the shorter ending: "hoped" and "raped" become
"hop" and "rap", "bases" a "basis" and "corpses" a "corps".
"""

from __future__ import annotations

import functools
import re

from tocsin import lexicon

SHORT = re.compile(r"(?:[^aeiouy]|qu)*[aeiouy][^aeiouywx]")
"""A syllable that doubles its last consonant before -ed and -ing ("hop", "hopped")."""

ENDINGS = ("ed", "ing")
HISSING = ("s", "x", "z", "ch", "sh", "o")
"""After these the third person ends in -es, else in -s."""

UNDOUBLED = frozenset({"bus", "gas"})


class LemmaFile(lexicon.Entry, frozen=True, kw_only=True):
    """The file `lemmas.yaml`: forms of nouns and verbs with their lemmas."""

    nouns: dict[str, str]
    verbs: dict[str, str]


@functools.cache
def known() -> dict[str, dict[str, str]]:
    """The forms of `lemmas.yaml`, of the package and of the user, by part of speech."""
    found: dict[str, dict[str, str]] = {"NOUN": {}, "VERB": {}}
    for file in lexicon.read_all("lemmas.yaml", LemmaFile):
        found["NOUN"] |= file.nouns
        found["VERB"] |= file.verbs
    return found


def mended(word: str, lemma: str, pos: str) -> str:
    """The lemma of a word, all in lower case, with what spaCy says it is."""
    forms = known().get(pos)
    if forms is None:
        return lemma
    if word in forms:
        return forms[word]
    return lemma + "e" if pos == "VERB" and _has_lost_an_e(word, lemma) else lemma


def _has_lost_an_e(word: str, lemma: str) -> bool:
    """Whether the spelling of a verb's form shows that its lemma ends in an e."""
    lost = word[len(lemma) :]
    if lemma + lost != word:
        return False
    if lost == "es":
        return not lemma.endswith(HISSING)
    return lost in ENDINGS and lemma not in UNDOUBLED and SHORT.fullmatch(lemma) is not None
